"""What the days that were run cannot show: what becomes of cases later, what takes a week.

A promise that is not yet broken would look free. Where a case can outlast days that are part of a
longer horizon, under any of the policies compared, none of them has the measures that follow cases.
Each measure says itself what it needs (``follows_cases``, ``least_days``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from results.comparison.estimate import across, estimate
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.reading import format as words
from scenarios.rules.reach import ends_unseen
from scenarios.schema import Scenario

_PRICED = (
    *("customers_lost", "revenue_at_risk", "revenue_at_risk_per_case"),
    *("total_cost", "total_cost_per_case"),
)
_HAS: Mapping[str, Callable[[Scenario], bool]] = {
    **dict.fromkeys(_PRICED, lambda scenario: scenario.loyalty is not None),
    "people_told": lambda scenario: None not in (scenario.word_of_mouth, scenario.satisfaction),
    "fcr_no_repeat_7d": lambda _scenario: True,
}
"""Measures that part of a horizon leaves undefined, and whether the scenario has them."""


def outlasted(experiment: Experiment) -> bool:
    """Whether cases can outlast the days that were run, under any of the policies."""
    if experiment.scenario.horizon.part_of_days is None:
        return False
    return any(ends_unseen(experiment.under[policy]) for policy in experiment.policies)


def hidden_in(experiment: Experiment) -> frozenset[str]:
    """The measures that the days of an experiment cannot show, under any of its policies."""
    return hidden_over(experiment.scenario, outlasted=outlasted(experiment))


def hidden_over(scenario: Scenario, *, outlasted: bool) -> frozenset[str]:
    """The measures that the days of a scenario cannot show.

    Args:
        scenario: with the days that are run.
        outlasted: whether cases begun in them can go on later, unseen.
    """
    horizon = scenario.horizon
    days = horizon.days - horizon.warm_up_days
    return frozenset(
        name for name, one in MEASURES.items() if not one.is_shown_over(days, outlasted=outlasted)
    )


def left_out(experiment: Experiment, hidden: Iterable[str], cut: Cut) -> tuple[str, ...]:
    """The hidden measures that the scenario has over its whole horizon.

    None where the days are the whole horizon already: nothing shows more.

    Args:
        experiment: with at least one replication.
        hidden: measures that its days cannot show.
        cut: of the centre.
    """
    summaries = experiment.summaries.values()
    whole = experiment.scenario.horizon.part_of_days
    if whole is None:
        return ()

    def counted(name: str) -> bool:
        if not MEASURES[name].is_shown_over(whole, outlasted=False):
            return False
        if name in _HAS:
            return _HAS[name](experiment.scenario)
        return any(value == value for one in summaries for value in across(one, name, cut).tolist())

    return tuple(filter(counted, hidden))


def unseen_words(experiment: Experiment, cut: Cut) -> str:
    """How many cases outlast the days, and where they are followed; empty where none can."""
    if not outlasted(experiment):
        return ""
    horizon = experiment.scenario.horizon
    found = experiment.summaries.values()
    means = [estimate(across(one, "unresolved", cut)).mean for one in found]
    most = max((mean for mean in means if not math.isnan(mean)), default=0.0)
    when = "tonight" if horizon.days - math.ceil(horizon.warm_up_days) == 1 else "at the end"
    up_to = "up to " if len({round(mean, 3) for mean in means}) > 1 else ""
    open_ = f"{up_to}{words.share(most)} of cases are still open" if most else "cases may stay open"
    said = f"{open_} {when}; Compare follows them through {horizon.part_of_days} days."
    return said[:1].upper() + said[1:]
