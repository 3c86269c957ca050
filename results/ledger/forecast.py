"""Forecasts: what a policy is to bring on given dates, with bands that hold 80 % of what may come.

Each replication is a centre of its own that fits what is known (``results.uncertain``), so that a
band knows both chance and what is not known of the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from math import ceil

import numpy as np

from results.backtest.cells import Numbers
from results.backtest.scores import BAND
from results.errors import ExperimentError, unknown
from results.experiments.interrupts import heard
from results.experiments.progress import Progress, Watch
from results.experiments.replications import simulate
from results.experiments.workers import answers, opened
from results.ledger.days import QUANTITIES, Quantity, of_trace
from results.uncertain.centres import Drawing
from results.uncertain.spread import EACH
from results.uncertain.unknown import unknowns_of
from scenarios import Scenario, with_changes
from scenarios.fit.calls import Dates
from scenarios.policies.policy_set import PolicySet

DEFAULT_REPLICATIONS = 100


@dataclass(frozen=True)
class Band:
    """A quantity as it is predicted."""

    mean: float
    low: float
    high: float

    def has(self, value: float) -> bool:
        """Whether a value lies inside; the ends belong to it."""
        return self.low <= value <= self.high

    def how_far(self, value: float) -> float:
        """How far a value lies from the mean, in widths of the band on that side; 1 is its end."""
        reach = self.high - self.mean if value >= self.mean else self.mean - self.low
        off = abs(value - self.mean)
        return off / reach if reach > 0.0 else (np.inf if off > 0.0 else 0.0)


Bands = Mapping[str, Band]
"""By name of a quantity; those that are not defined are not among them."""


@dataclass(frozen=True)
class Forecast:
    """What a policy is to bring."""

    scenario: str
    """Title of the scenario."""
    policy: str
    policy_title: str
    digest: str
    """SHA-256 of the scenario of the run, policies included."""
    run: str
    """Name of the run folder."""
    made: str
    """Date on which it was made, ISO 8601."""
    within_s: float
    """Target of the service level, in seconds."""
    seed: int
    replications: int
    ranges: Mapping[str, tuple[float, float]]
    """By key path, ends of the figures that are not known for sure and were drawn."""
    stretch: Bands
    """Of all dates together."""
    day: Bands
    """Of any one of the dates."""
    days: Mapping[str, Bands]
    """Of each date, by its text."""

    @property
    def dates(self) -> Dates:
        """The dates in order."""
        return np.array(sorted(self.days), dtype="datetime64[D]")

    @property
    def early(self) -> bool:
        """Whether it was made before the first of its days began: only then it counts."""
        return self.made < min(self.days)


def chosen_policy(scenario: Scenario, policies: Sequence[str], wanted: str | None) -> str:
    """The policy of a decision: the one named, the one of the report, or the only one.

    Args:
        scenario: of the run.
        policies: of the run, the baseline first.
        wanted: by name; None is whichever it must be.

    Raises:
        ExperimentError: it was not run, or it could be any of several.
    """
    if wanted is not None:
        if wanted not in policies:
            raise ExperimentError(unknown("policy", wanted, policies))
        return wanted
    if scenario.report.policy in policies:
        return str(scenario.report.policy)
    if len(policies) <= 2:
        return policies[-1]
    raise ExperimentError(
        "The run has several policies: say with --policy which one was chosen, "
        f"{', '.join(policies)}."
    )


def dated(scenario: Scenario, dates: Dates) -> tuple[Scenario, np.datetime64]:
    """The scenario on given dates, its warm-up before them, and the first date simulated.

    Where it never closes a day follows, on which the calls of the last night end.

    Args:
        scenario: with its policies.
        dates: one after the other.

    Raises:
        ScenarioError: it does not work on these dates.
    """
    horizon = scenario.horizon
    before = ceil(horizon.warm_up_days)
    after = 1 if scenario.opening.never_closes else 0
    first = dates[0] - before
    changes = {"horizon.first_date": str(first), "horizon.days": before + len(dates) + after}
    said = [
        f"horizon.{name}"
        for name in ("first_weekday", "part_of_days")
        if name in horizon.model_fields_set and getattr(horizon, name) is not None
    ]
    return with_changes(scenario, changes, remove=said), first


@dataclass(frozen=True)
class _Task:
    scenario: Scenario
    number: int


def counts_of(
    scenario: Scenario | PolicySet,
    policy: str,
    dates: Dates,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    workers: int | Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Numbers, Mapping[str, tuple[float, float]]]:
    """Simulate a policy on given dates, each time in a centre that fits what is known.

    Args:
        scenario: the centre with its policies.
        policy: by name.
        dates: one after the other.
        replications: how many times.
        seed: of all random draws.
        workers: as for a run.
        progress: called after each replication.

    Returns:
        Replications × dates × ``COUNTS``, and the ranges of what was drawn by key path.

    Raises:
        ScenarioError: the scenario does not work on these dates.
        ExperimentError: the ranges do not go together.
        KeyboardInterrupt: it was interrupted.
    """
    set_ = PolicySet.of(scenario)
    moved, first = dated(set_.scenario, dates)
    centre = PolicySet.of(moved)
    drawing = Drawing(unknowns_of(centre), [policy], seed)
    one = partial(
        _replication,
        first=first,
        dates=dates,
        within_s=moved.targets.answer_within_s,
        seed=seed,
    )
    found: dict[int, Numbers] = {}
    with heard(at_once=workers == 1) as check, opened(workers) as executor:
        watch = Watch(progress, (policy,))
        tasks = _tasks(drawing, policy, replications)
        with closing(answers(one, tasks, executor, check)) as coming:
            for task, counts in coming:
                found[task.number] = counts
                watch.count(policy, replications)
    ranges = {key: (one.low, one.high) for one in drawing.unknowns.all for key in one.keys}
    return np.array([found[number] for number in range(replications)]), ranges


def _tasks(drawing: Drawing, policy: str, replications: int) -> Iterator[_Task]:
    for number in range(replications):
        # A centre of its own each time.
        yield _Task(drawing.scenario(policy, number * EACH), number)


def _replication(
    task: _Task, first: np.datetime64, dates: Dates, within_s: float, seed: int
) -> Numbers:
    return of_trace(simulate(task.scenario, seed, task.number), first, dates, within_s)


def bands_of(counts: Numbers) -> Bands:
    """The mean and the band of each quantity that is defined.

    The ends are the values at ranks 0.1 and 0.9 times one more than there are: what comes next lies
    between them with 80 %, whatever its law.

    Args:
        counts: values that may come × ``COUNTS``.
    """
    found = {}
    for one in QUANTITIES:
        each = one.of(counts)
        known = each[~np.isnan(each)]
        if len(known) and _happens(one, counts):
            low, high = np.quantile(known, [(1 - BAND) / 2, (1 + BAND) / 2], method="weibull")
            # The mean of a ratio is that of the sums: an empty day weighs nothing.
            found[one.name] = Band(float(one.of(counts.sum(axis=0))), float(low), float(high))
    return found


def _happens(one: Quantity, counts: Numbers) -> bool:
    """Whether there is anything of it at all: a closed day has no band."""
    return bool(counts[..., one.above].any() or counts[..., 0].any())


def forecast_bands(counts: Numbers, dates: Dates) -> tuple[Bands, Bands, dict[str, Bands]]:
    """Of the stretch, of any day, and of each date.

    Args:
        counts: replications × dates × ``COUNTS``.
        dates: of the second axis.
    """
    any_day = counts.reshape(-1, counts.shape[-1])
    open_days = any_day[any_day[:, 0] > 0]
    days = {str(date): bands_of(counts[:, place]) for place, date in enumerate(dates)}
    return bands_of(counts.sum(axis=1)), bands_of(open_days), days
