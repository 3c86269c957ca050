"""Sensitivity: how much the answer hangs on each assumption, and whether one turns the verdict.

Every assumption that the scenario uses is set to the low and to the high end of its range, one at
a time, with the same customers as before. What is watched is the difference between a policy and
the baseline, not the level: an assumption that moves both alike changes no decision.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np

from results import format as words
from results.compare import Difference, adjusted, paired_difference
from results.errors import ExperimentError, ReplicationError
from results.experiments.experiment import USUAL_REPLICATIONS, chosen_policies
from results.experiments.precision import refuse_unknown_measures
from results.experiments.progress import Progress, Watch
from results.experiments.replications import FLOOR, Engine
from results.experiments.variants import AS_ASSUMED, End, Variants, variants_of
from results.experiments.workers import answers, opened
from results.facts.cuts import slices
from results.facts.facts import facts_of
from results.measures.registry import MEASURES
from scenarios import Scenario
from scenarios.register import Assumption


@dataclass(frozen=True)
class Swing:
    """What one assumption does to the difference between a policy and the baseline."""

    policy: str
    assumption: Assumption
    keys: tuple[str, ...]
    """Key paths in the scenario, moved together."""
    low: float
    """The value at the low end."""
    high: float
    as_assumed: Difference
    at_low: Difference
    """The policy minus the baseline with the assumption at its low end."""
    at_high: Difference

    @property
    def span(self) -> float:
        """How far the difference moves from one end to the other, in the unit of the measure."""
        means = [one.estimate.mean for one in (self.as_assumed, self.at_low, self.at_high)]
        return max(means) - min(means)

    @property
    def turned_at(self) -> tuple[float, ...]:
        """Ends of the range at which the verdict is another one; empty where it stands."""
        ends = ((self.low, self.at_low), (self.high, self.at_high))
        return tuple(end for end, there in ends if there.effect != self.as_assumed.effect)


@dataclass(frozen=True)
class Sensitivity:
    """How far the answer about one measure hangs on the assumptions behind it."""

    measure: str
    policies: tuple[str, ...]
    """The baseline first."""
    replications: int
    currency: str
    swings: Mapping[str, tuple[Swing, ...]]
    """By policy other than the baseline, the assumption with the largest swing first."""
    levers: tuple[str, ...]
    """Key paths that the policies themselves set differently, and which were left alone."""

    def turning(self, policy: str) -> tuple[Swing, ...]:
        """The assumptions that turn the verdict on a policy, the largest swing first."""
        return tuple(swing for swing in self.swings[policy] if swing.turned_at)

    @property
    def verdicts(self) -> Mapping[str, str]:
        """One sentence for each policy: what its verdict hangs on."""
        return {policy: self._sentence(policy) for policy in self.swings}

    def _sentence(self, policy: str) -> str:
        swings, turning = self.swings[policy], self.turning(policy)
        title = MEASURES[self.measure].title.lower()
        if not swings:
            return f"{policy}: no assumption of the register is in use."
        if turning:
            named = "; ".join(_turn(swing) for swing in turning)
            return f"{policy}: the verdict on {title} hangs on what nobody knows for sure: {named}."
        most = swings[0]
        if not most.span > 0.0:
            return f"{policy}: no assumption moves its difference in {title}."
        size = words.size(most.span, MEASURES[self.measure].unit, self.currency)
        return (
            f"{policy}: none of {len(swings)} assumptions alone turns the verdict on {title}; "
            f"{most.keys[0]} moves the difference most, by {size}."
        )


def _turn(swing: Swing) -> str:
    ends = {swing.low: swing.at_low, swing.high: swing.at_high}
    said = " and ".join(f"{ends[end].effect} at {end:g}" for end in swing.turned_at)
    return f"{swing.keys[0]} ({swing.as_assumed.effect} as assumed, {said})"


@dataclass(frozen=True)
class _Task:
    """One simulation, and the scenarios under which its trace is read."""

    policy: str
    replication: int
    seed: int
    scenario: Scenario
    reads: tuple[tuple[End, Scenario], ...]


def _measured(engine: Engine, measure: str, task: _Task) -> dict[End, float]:
    """Simulate once and read the measure under every scenario; runs in a worker."""
    try:
        trace = engine.simulate(task.scenario, task.seed, task.replication)
        function = MEASURES[measure].function
        return {
            end: function(next(slices(facts_of(scenario, trace)))) for end, scenario in task.reads
        }
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise ReplicationError(task.policy, task.replication, task.seed, reason) from error


def sensitivity(  # noqa: PLR0913 - the same questions as a run, and the measure
    scenario: Scenario,
    measure: str = "total_cost",
    *,
    policies: Sequence[str] | None = None,
    replications: int = USUAL_REPLICATIONS,
    seed: int = 1,
    confidence: float = 0.95,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: Engine = FLOOR,
) -> Sensitivity:
    """Ask for a comparison again with each assumption in use at both ends of its range.

    An assumption that only says how to read what happened costs no further simulation.

    Args:
        scenario: the centre with its policies.
        measure: whose difference from the baseline is watched; defined for the whole centre.
        policies: those to compare; all when None.
        replications: under each policy and at each end; at least 2.
        seed: of all random draws; that of the comparison gives its very customers.
        confidence: of all differences together, as in a comparison.
        workers: as for a run.
        progress: called after each simulation.
        engine: how a replication is simulated.

    Raises:
        ExperimentError: the measure or a policy does not exist, there is nothing to compare, or
            the replications are too few to tell a difference from chance.
        ReplicationError: a replication ended in an error.
    """
    refuse_unknown_measures((measure,))
    if replications < 2:
        raise ExperimentError("Sensitivity takes at least 2 replications: one shows no spread.")
    chosen = chosen_policies(scenario, policies)
    if len(chosen) < 2:
        raise ExperimentError("Sensitivity takes a policy to compare with the baseline.")
    variants = variants_of(chosen)
    simulations = {policy: tuple(variants.simulations(policy)) for policy in chosen}
    tasks = [
        _Task(policy, number, seed, floor, reads)
        for number in range(replications)
        for policy in chosen
        for floor, reads in simulations[policy]
    ]
    watch = Watch(progress, tuple(chosen))
    found: dict[tuple[str, End], list[float]] = {}
    with opened(workers) as executor:
        asked = answers(partial(_measured, engine, measure), tasks, executor)
        with closing(asked) as coming:
            for task, values in coming:
                for end, value in values.items():
                    row = found.setdefault((task.policy, end), [math.nan] * replications)
                    row[task.replication] = value
                watch.count(task.policy, len(tasks))
    level = adjusted(confidence, len(chosen) - 1)
    return Sensitivity(
        measure=measure,
        policies=tuple(chosen),
        replications=replications,
        currency=scenario.costs.currency,
        swings=_swings(measure, variants, found, level),
        levers=variants.levers,
    )


def _swings(
    measure: str, variants: Variants, found: Mapping[tuple[str, End], list[float]], level: float
) -> dict[str, tuple[Swing, ...]]:
    baseline, *others = variants.policies

    def difference(policy: str, end: End) -> Difference:
        # Where a policy lacks the relation, its end is what it was.
        sides = (found.get((side, end), found[side, AS_ASSUMED]) for side in (policy, baseline))
        values, base = (np.array(side, dtype=np.float64) for side in sides)
        return paired_difference(measure, values, base, level)

    swings: dict[str, tuple[Swing, ...]] = {}
    for policy in others:
        mine = [
            Swing(
                policy=policy,
                assumption=one.assumption,
                keys=one.keys,
                low=one.low,
                high=one.high,
                as_assumed=difference(policy, AS_ASSUMED),
                at_low=difference(policy, (number, "low")),
                at_high=difference(policy, (number, "high")),
            )
            for number, one in enumerate(variants.ranges)
        ]
        # A swing that is not a number comes last.
        swings[policy] = tuple(sorted(mine, key=lambda one: -np.nan_to_num(one.span, nan=-1.0)))
    return swings
