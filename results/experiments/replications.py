"""Replications: handed out to workers, and each put in its place whenever it comes back."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from results.errors import ReplicationError, no_room_for_scratch
from results.experiments.interrupts import Check, never
from results.experiments.progress import Watch
from results.experiments.workers import answers
from results.facts.tier_one import BeyondTierOne
from results.measures.registry import summarise
from results.measures.summary import Key, Summary
from results.runs.finished_replications import ReplicationStore
from scenarios import Scenario
from sim.trace.trace import Trace


def simulate(scenario: Scenario, seed: int, replication: int) -> Trace:
    """The floor itself, loaded with the first replication: most commands simulate nothing."""
    from sim.replication import simulate as simulated

    return simulated(scenario, seed, replication)


@dataclass(frozen=True)
class Engine:
    """How one replication is made and measured; a second engine stands behind the same two.

    Both are functions of a module, where workers find them.
    """

    simulate: Callable[[Scenario, int, int], Trace] = simulate
    summarise: Callable[[Scenario, Trace, BeyondTierOne], Summary] = summarise


FLOOR = Engine()


def keys(policies: Iterable[str], planned: int) -> Iterator[Key]:
    """Policies and replications, replication by replication: an interrupt leaves whole ones."""
    names = tuple(policies)
    return ((policy, number) for number in range(planned) for policy in names)


class _Sent:
    """A scenario sent with each task: packed once, and one object for all tasks of a worker.

    What belongs to a scenario and is made for its first replication is there for the others.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps(self.scenario)

    def __reduce__(self) -> tuple[Callable[[bytes], _Sent], tuple[bytes]]:
        return _received, (self._packed,)


@lru_cache(maxsize=16)
def _received(packed: bytes) -> _Sent:
    return _Sent(pickle.loads(packed))  # noqa: S301 - packed above, by the process that asks


@dataclass(frozen=True)
class _Task:
    """One replication to do, complete in itself: it may be done on another machine."""

    policy: str
    replication: int
    seed: int
    sent: _Sent
    """The scenario with the policy's changes applied."""
    beyond: BeyondTierOne
    engine: Engine
    with_trace: bool


def _replicate(task: _Task) -> tuple[Summary, Trace | None]:
    """Simulate and measure one replication; runs in a worker."""
    try:
        scenario = task.sent.scenario
        trace = task.engine.simulate(scenario, task.seed, task.replication)
        summary = task.engine.summarise(scenario, trace, task.beyond)
    except OSError as error:
        raise no_room_for_scratch(task.policy, task.replication, error) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise ReplicationError(task.policy, task.replication, task.seed, reason) from error
    return summary.packed(), trace if task.with_trace else None


@dataclass
class Replications:
    """The replications of an experiment on their way.

    Answers are placed by policy and replication, so that the order in which they come back,
    which depends on the workers, changes nothing.
    """

    scenarios: Mapping[str, Scenario]
    beyond: BeyondTierOne
    """What tier 1 can never resolve, the same under every policy."""
    seed: int
    engines: Mapping[str, Engine]
    """By policy."""
    store: ReplicationStore | None
    watch: Watch
    check: Check = never
    """Whether somebody wants it to end (``interrupts.heard``)."""
    known: Mapping[Key, Summary] = field(default_factory=dict)
    """Finished before, and not done again."""
    finished: dict[Key, Summary] = field(default_factory=dict)

    def finish(self, planned: int, executor: Executor | None) -> None:
        """Do what is missing up to this number of replications under every policy."""
        total = planned * len(self.scenarios)
        # Closed whatever happens: an interrupt must not wait for what nobody will look at.
        tasks = self._tasks(planned, total)
        with closing(answers(_replicate, tasks, executor, self.check)) as coming:
            for task, (summary, trace) in coming:
                if self.store is not None:
                    self.store.write(task.policy, task.replication, summary, trace)
                self.finished[task.policy, task.replication] = summary
                self.watch.count(task.policy, total, finished=self.finished)

    def _tasks(self, planned: int, total: int) -> Iterator[_Task]:
        """What is not there yet, made when it is asked for."""
        with_trace = self.store is not None and self.store.traces
        sent = {policy: _Sent(scenario) for policy, scenario in self.scenarios.items()}
        for policy, number in keys(self.scenarios, planned):
            self.check()
            if (policy, number) not in self.finished and not self._read_back(policy, number, total):
                engine = self.engines[policy]
                yield _Task(
                    policy, number, self.seed, sent[policy], self.beyond, engine, with_trace
                )

    def _read_back(self, policy: str, number: int, total: int) -> bool:
        summary = self.known.get((policy, number))
        if self.store is not None:
            if summary is None:
                summary = self.store.read(policy, number)
            elif not self.store.holds(policy, number):
                self.store.write(policy, number, summary, None)
        if summary is None:
            return False
        summary = summary.packed()
        self.finished[policy, number] = summary
        self.watch.count(policy, total, simulated=False, finished=self.finished)
        return True

    def whole_rounds(self, planned: int) -> dict[str, list[Summary]]:
        """The summaries by policy, in order of replication, when all planned are finished."""
        return {
            policy: [self.finished[policy, number] for number in range(planned)]
            for policy in self.scenarios
        }
