"""A ranking of policies by one measure, with what cannot be told apart.

Every policy is compared with every other one, replication by replication; the t intervals of all
these differences hold together (Bonferroni over all pairs). A policy is better than another one
only where their interval excludes zero and nothing is hidden in it (``doubts``); it ranks behind as
many as are better for certain, and before as many as are worse. These bounds hold for all policies
together. Sources: Law, Simulation Modeling and Analysis, 5th ed., section 10.3.2 (all pairs); Al
Mohamad, Goeman, van Zwet, Simultaneous confidence intervals for ranks, Biometrics 78 (2022).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from results.comparison.compare import Pair, against, paired_difference
from results.comparison.comparison import Difference
from results.comparison.doubts import doubts_by_policy
from results.comparison.estimate import Estimate, across, adjusted, estimate
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.experiments.precision import refuse_unknown_measures
from results.measures.registry import MEASURES

LEAST = 2
"""Policies that can be put in an order."""


@dataclass(frozen=True)
class Place:
    """Where a policy stands."""

    policy: str
    mean: Estimate
    """Of the measure, its own interval."""
    behind: Estimate
    """How far it lies from the first of the order, with the interval among all pairs; of the first
    itself nothing is known."""
    best: int
    """The best rank that it can have; 1 is the first."""
    worst: int
    alike: tuple[str, ...]
    """Policies that it cannot be told apart from."""


@dataclass(frozen=True)
class Ranking:
    """Policies in the order of a measure, the best mean first."""

    measure: str
    places: tuple[Place, ...]
    confidence: float
    """With which all that is said of all pairs holds together."""
    replications: int

    @property
    def pairs(self) -> int:
        """How many differences are decided together."""
        return len(self.places) * (len(self.places) - 1) // 2

    @property
    def first(self) -> tuple[str, ...]:
        """The policies that may be the best: for no other one it is certain that it is better."""
        return tuple(place.policy for place in self.places if place.best == 1)


def ranking(experiment: Experiment, measure: str, confidence: float = 0.95) -> Ranking:
    """Put the policies of an experiment in the order of a measure of the whole centre.

    Args:
        experiment: of two policies at least; only replications finished under all of them count.
        measure: by name, one that has a better direction.
        confidence: of all differences between policies together.

    Raises:
        ExperimentError: fewer than two policies, nothing finished, an unknown measure, one of which
            neither direction is better, or one that the days that were run cannot show.
    """
    refuse_unknown_measures([measure])
    _refuse(experiment, measure)
    pairs = len(experiment.policies) * (len(experiment.policies) - 1) // 2
    level = adjusted(confidence, pairs)
    differences = _differences(experiment, measure, level)
    values = {policy: across(found, measure) for policy, found in experiment.summaries.items()}
    means = {policy: estimate(found, confidence) for policy, found in values.items()}
    sign = 1.0 if MEASURES[measure].better == "lower" else -1.0
    known = [policy for policy in experiment.policies if means[policy].n]
    order = sorted(known, key=lambda policy: sign * means[policy].mean)
    places = tuple(_place(policy, order, differences, means[policy]) for policy in order)
    return Ranking(measure, places, confidence, len(experiment.replications))


def rankable(measure: str) -> bool:
    """Whether one direction of a measure of the whole centre is better."""
    found = MEASURES[measure]
    return found.better is not None and found.exists_for("all")


def _refuse(experiment: Experiment, measure: str) -> None:
    if len(experiment.policies) < LEAST:
        raise ExperimentError("It takes two policies to put them in an order.")
    if not experiment.replications:
        raise ExperimentError(f"Nothing can be put in an order yet. {experiment.state}")
    title = MEASURES[measure].title
    if not rankable(measure):
        raise ExperimentError(
            f"{title} puts no policies in an order: neither more nor less of it is better."
        )
    if measure in hidden_in(experiment):
        raise ExperimentError(f"{title} needs days in which every case comes to its end.")


def _differences(
    experiment: Experiment, measure: str, level: float
) -> dict[tuple[str, str], Difference]:
    """How far each policy lies from each other one, by (policy, the one it is set against)."""
    found: dict[tuple[str, str], Difference] = {}
    for base in experiment.policies:
        set_against = against(experiment, base)
        of = partial(_pair, set_against, base)
        doubts = doubts_by_policy(set_against, of, level)
        for policy in set_against.policies[1:]:
            found[policy, base] = paired_difference(
                measure, *of(policy, measure), level, doubts[policy]
            )
    return found


def _pair(experiment: Experiment, base: str, policy: str, measure: str) -> Pair:
    summaries = experiment.summaries
    return across(summaries[policy], measure), across(summaries[base], measure)


def _place(
    policy: str,
    order: list[str],
    differences: Mapping[tuple[str, str], Difference],
    mean: Estimate,
) -> Place:
    others = [name for name in order if name != policy]
    # Better is what no doubt stands against, seen from either side.
    ahead = [name for name in others if differences[name, policy].effect == "better"]
    behind = [name for name in others if differences[policy, name].effect == "better"]
    alike = tuple(name for name in others if name not in ahead and name not in behind)
    first = order[0]
    gap = (
        Estimate(math.nan, math.nan, 0) if policy == first else differences[policy, first].estimate
    )
    return Place(policy, mean, gap, 1 + len(ahead), len(order) - len(behind), alike)
