"""Sensitivity: how much the answer depends on each assumption, and whether one turns the verdict.

Every assumption that the scenario uses, and every driving figure that it sets itself (handling
time, what agents solve, decisions …), is set to the low and to the high end of its range, one at a
time, with the same customers as before. What is watched is the difference between a policy and
the baseline, not the level: an assumption that moves both alike changes no decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np

from results.comparison.compare import paired_difference
from results.comparison.comparison import Difference
from results.comparison.estimate import adjusted
from results.errors import ExperimentError, ReplicationError, no_room_for_scratch
from results.experiments.experiment import DEFAULT_REPLICATIONS, chosen_policies
from results.experiments.interrupts import heard
from results.experiments.precision import refuse_unknown_measures
from results.experiments.progress import Progress, Watch
from results.experiments.replications import FLOOR, Engine
from results.experiments.workers import answers, opened
from results.facts.facts import facts_of
from results.measures.cuts import whole
from results.measures.registry import MEASURES
from results.reading.names import titles_of
from results.sensitivity.assumption_ranges import AS_ASSUMED, End, Variants, variants_of
from results.sensitivity.swings import Sensitivity, Swing
from scenarios import Scenario
from scenarios.policies.policy_set import PolicySet

__all__ = [
    "Sensitivity",
    "Swing",
    "default_replications",
    "sensitivity",
    "simulations_each",
]

DEFAULT_SIMULATIONS = 300
"""As many as two cores do within some minutes, for a week of a centre with forty agents."""
AT_LEAST = 5
"""Replications, below which the spread between them says little."""


def simulations_each(scenario: Scenario | PolicySet, policies: Sequence[str] | None = None) -> int:
    """How many simulations a replication takes, over all policies and ends.

    Raises:
        ExperimentError: a policy does not exist, or there is nothing to compare.
    """
    variants = variants_of(_compared(scenario, policies))
    return sum(1 for policy in variants.policies for _ in variants.simulations(policy))


def default_replications(each: int, compared: int) -> int:
    """How many replications to take when none is given.

    Args:
        each: simulations that a replication takes.
        compared: replications of the comparison, more of which would answer another question.
    """
    return max(2, min(compared, max(AT_LEAST, DEFAULT_SIMULATIONS // each)))


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
        return {end: function(whole(facts_of(scenario, trace))) for end, scenario in task.reads}
    except OSError as error:
        raise no_room_for_scratch(task.policy, task.replication, error) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise ReplicationError(task.policy, task.replication, task.seed, reason) from error


def sensitivity(  # noqa: PLR0913 - the same questions as a run, and the measure
    scenario: Scenario | PolicySet,
    measure: str | None = None,
    *,
    policies: Sequence[str] | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    confidence: float = 0.95,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
    engine: Engine = FLOOR,
) -> Sensitivity:
    """Ask for a comparison again with each assumption and driving figure at both ends of its range.

    An assumption that only says how to read what happened costs no further simulation.

    Args:
        scenario: the centre with its policies.
        measure: whose difference from the baseline is watched; defined for the whole centre. None
            is the cost in all where it is said who stays a customer, else the service cost.
        policies: those to compare; all when None.
        replications: under each policy and at each end; at least 2.
        seed: of all random draws; that of the comparison gives its very customers.
        confidence: of all differences together, as in a comparison.
        workers: as for a run.
        progress: called after each simulation.
        engine: how a replication is simulated.

    Ctrl-C (or a KeyboardInterrupt from ``progress``) ends it and keeps the whole replications.

    Raises:
        ExperimentError: the measure or a policy does not exist, there is nothing to compare, or
            the replications are too few to tell a difference from chance.
        ReplicationError: a replication ended in an error.
        KeyboardInterrupt: it was interrupted before two replications were whole.
    """
    checked = PolicySet.of(scenario)
    scenario = checked.scenario
    measure = measure or ("service_cost" if scenario.loyalty is None else "total_cost")
    refuse_unknown_measures((measure,))
    if replications < 2:
        raise ExperimentError("Sensitivity takes at least 2 replications: one shows no spread.")
    chosen = _compared(checked, policies)
    variants = variants_of(chosen)
    simulations = {policy: tuple(variants.simulations(policy)) for policy in chosen}
    tasks = [
        _Task(policy, number, seed, floor, reads)
        for number in range(replications)
        for policy in chosen
        for floor, reads in simulations[policy]
    ]
    found: Found = {}
    complete = False
    watch = Watch(progress, tuple(chosen))
    try:
        _find(found, partial(_measured, engine, measure), tasks, workers, watch)
        complete = True
    except KeyboardInterrupt:
        if len(_whole(found, tasks)) < 2:
            raise
    numbers = _whole(found, tasks)
    level = adjusted(confidence, len(chosen) - 1)
    return Sensitivity(
        measure=measure,
        policies=tuple(chosen),
        replications=len(numbers),
        planned=replications,
        complete=complete,
        currency=scenario.costs.currency,
        swings=_swings(measure, variants, _in_order(found, numbers), level),
        levers=variants.levers,
        titles=titles_of(scenario, chosen),
    )


def _compared(
    scenario: Scenario | PolicySet, policies: Sequence[str] | None
) -> dict[str, Scenario]:
    chosen = chosen_policies(scenario, policies)
    if len(chosen) < 2:
        raise ExperimentError("Sensitivity takes a policy to compare with the baseline.")
    return chosen


Found = dict[tuple[str, End], dict[int, float]]
"""The measure by policy and end, by number of replication."""


def _find(
    found: Found,
    measured: Callable[[_Task], dict[End, float]],
    tasks: Sequence[_Task],
    workers: int | Executor | None,
    watch: Watch,
) -> None:
    """Carry the tasks out and put into what is found what each of them brings."""
    with (
        heard(at_once=workers == 1) as check,
        opened(workers) as executor,
        closing(answers(measured, tasks, executor, check)) as coming,
    ):
        for task, values in coming:
            for end, value in values.items():
                found.setdefault((task.policy, end), {})[task.replication] = value
            watch.count(task.policy, len(tasks))


def _whole(found: Found, tasks: Sequence[_Task]) -> list[int]:
    """The replications of which every simulation is done."""
    missing = {
        task.replication
        for task in tasks
        for end, _ in task.reads
        if task.replication not in found.get((task.policy, end), ())
    }
    return sorted({task.replication for task in tasks} - missing)


def _in_order(found: Found, numbers: Sequence[int]) -> dict[tuple[str, End], list[float]]:
    return {key: [values[number] for number in numbers] for key, values in found.items()}


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
                own=one.own,
            )
            for number, one in enumerate(variants.ranges)
        ]
        # A swing that is not a number comes last.
        swings[policy] = tuple(sorted(mine, key=lambda one: -np.nan_to_num(one.span, nan=-1.0)))
    return swings
