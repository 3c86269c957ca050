"""Week by week: what a horizon of weeks shows that its mean hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from results.errors import ExperimentError
from results.estimate import Estimate, across, estimate
from results.experiments.experiment import Experiment
from results.experiments.precision import refuse_unknown_measures
from results.facts.week_cuts import whole_weeks
from scenarios import Scenario
from scenarios.parts.clock import DAY_S


@dataclass(frozen=True)
class Weekly:
    """A measure week by week, under each policy."""

    measure: str
    weeks: tuple[int, ...]
    """Numbers of the weeks, 1 is the first of the horizon; those of the warm-up are missing."""
    estimates: Mapping[str, tuple[Estimate, ...]]
    """By policy, the baseline first: the mean of each week over replications with its band. Each
    band holds for its own week; they are not adjusted for the number of weeks."""


def weekly(experiment: Experiment, measure: str, confidence: float = 0.95) -> Weekly:
    """A measure of the whole centre week by week, with bands over replications.

    Args:
        experiment: only replications finished under every policy count.
        measure: name from the registry.
        confidence: of the band of each week.

    Raises:
        ExperimentError: an unknown measure, or a horizon without two whole weeks to show.
    """
    refuse_unknown_measures((measure,))
    weeks = _weeks_of(experiment.scenario)
    summaries = experiment.summaries
    return Weekly(
        measure,
        tuple(weeks),
        {
            policy: tuple(
                estimate(across(found, measure, ("week", str(week))), confidence) for week in weeks
            )
            for policy, found in summaries.items()
        },
    )


def _weeks_of(scenario: Scenario) -> range:
    horizon = scenario.horizon
    weeks = whole_weeks(horizon.days * DAY_S, horizon.warm_up_days * DAY_S)
    if not weeks:
        raise ExperimentError(
            f"A horizon of {horizon.days} days with {horizon.warm_up_days:g} days of warm-up has "
            "fewer than two whole weeks to show: set horizon.days to 14 or more after the warm-up."
        )
    return weeks
