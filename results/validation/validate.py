"""Validation: cases are run, and each of their figures gets a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from results.errors import ExperimentError
from results.experiments.workers import answers, opened
from results.validation.case import Case, History
from results.validation.catalogue import cases, figures_simulated
from results.validation.expected import Expected
from results.validation.verdict import Verdict, margin, of_computed, of_simulated, worst
from results.validation.watch import Estimate

SEED = 20_240_101
"""Of all random draws, when no other is asked for; that of the page."""

CONTACTS_IN = {
    "contacts": 1,
    "days of 15 minutes": 100,
    "days": 1_500,
    "replications of two days": 3_000,
    "replications of ten days": 13_000,
}
"""About how many contacts take as long as one of what a case counts."""


@dataclass(frozen=True)
class Outcome:
    """What became of one figure."""

    figure: str
    unit: str
    expected: Any
    """The right figure; of a short history what happens."""
    verdict: Verdict
    computed: float | None = None
    """By a formula of firstline; None where there is none."""
    simulated: Any = None
    """None where it is not simulated."""
    margin: float | None = None
    """How far the simulated figure may be from the right one; None where nothing is random."""


@dataclass(frozen=True)
class Result:
    """What became of one case."""

    name: str
    outcomes: tuple[Outcome, ...]
    length: int | None
    """How much was simulated; None when nothing was, or a short history."""

    @property
    def verdict(self) -> Verdict:
        """The worst of its figures."""
        return worst([outcome.verdict for outcome in self.outcomes])


@dataclass(frozen=True)
class Validation:
    """What became of the cases that were asked for."""

    results: tuple[Result, ...]
    seed: int
    long: bool
    figures: int
    """Simulated in the whole set, asked for or not: the false alarms are shared among them."""

    def count(self) -> Counter[Verdict]:
        """How many cases got which verdict."""
        return Counter(result.verdict for result in self.results)

    def outcomes(self) -> Iterable[Outcome]:
        """Every figure."""
        return (outcome for result in self.results for outcome in result.outcomes)


@dataclass(frozen=True)
class _Task:
    name: str
    seed: int
    long: bool


def validate(
    names: Iterable[str],
    *,
    long: bool = False,
    seed: int = SEED,
    workers: int | Executor | None = 1,
    progress: Callable[[int, float], None] = lambda _, __: None,
) -> Validation:
    """Run cases and compare what they give with what is right.

    Args:
        names: of the cases.
        long: with the long runs.
        seed: of all random draws.
        workers: number of processes, or an executor.
        progress: called with the number of cases done, and the share of the work.

    Raises:
        ExperimentError: there is no case of a name.
    """
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in cases():
            raise ExperimentError(f"There is no case '{name}'.")
    # The longest first, so that no worker is left alone with one at the end.
    tasks = sorted((_Task(name, seed, long) for name in wanted), key=_work, reverse=True)
    found, done, all_work = {}, 0, sum(map(_work, tasks))
    with opened(workers) as pool:
        for task, result in answers(_run, tasks, pool):
            found[task.name] = result
            done += _work(task)
            progress(len(found), done / all_work)
    # In the order of the catalogue, whatever was asked for first.
    ordered = tuple(found[name] for name in cases() if name in found)
    return Validation(ordered, seed, long, figures_simulated(long=long))


def _work(task: _Task) -> int:
    """About how many contacts a case simulates; at least one."""
    case = cases()[task.name]
    if isinstance(case, History):
        return 1
    length = case.length(long=task.long) or 1
    return length * CONTACTS_IN[case.counts]


def _run(task: _Task) -> Result:
    case = cases()[task.name]
    if isinstance(case, History):
        return _told(case)
    length = case.length(long=task.long)
    found: Mapping[str, Estimate] = {}
    if length is not None and case.simulate is not None:
        found = case.simulate(task.seed, length)
        if set(found) != set(case.simulated()):
            raise ExperimentError(f"Case {case.name} simulates other figures than it expects.")
    computed = {} if case.compute is None else case.compute()
    share = figures_simulated(long=task.long)
    outcomes = (
        _outcome(name, right, case, computed.get(name), found.get(name), share)
        for name, right in case.expected().items()
    )
    return Result(case.name, tuple(filter(None, outcomes)), length)


def _outcome(
    name: str,
    right: Expected,
    case: Case,
    computed: float | None,
    found: Estimate | None,
    figures: int,
) -> Outcome | None:
    """The verdict on one figure; None when it is neither computed nor simulated."""
    verdicts, allowed = [], None
    if computed is not None:
        verdicts.append(of_computed(right, computed, case.within))
    if found is not None:
        allowed = margin(right, found, figures)
        verdicts.append(of_simulated(right, found, allowed))
    if not verdicts:
        return None
    simulated = None if found is None else found.value
    return Outcome(name, right.unit, right.value, worst(verdicts), computed, simulated, allowed)


def _told(history: History) -> Result:
    """A history must be told to the event."""
    told = history.tell()
    outcomes = (
        Outcome(
            name,
            "events",
            right,
            Verdict.AGREES if told.get(name) == right else Verdict.DIFFERS,
            simulated=told.get(name),
        )
        for name, right in history.expected.items()
    )
    return Result(history.name, tuple(outcomes), None)
