"""The day in intervals: what happens at which time, the days of the horizon laid together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.experiments.experiment import Experiment
from results.measures.summary import Summary
from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

Pair = tuple[Floats, Floats]
"""What was found in every interval of the horizon, and how much it weighs; NaN where undefined."""

ByPolicy = Mapping[str, Floats]
"""By policy, a number by time of day, shape (replications, intervals of a day)."""


@dataclass(frozen=True)
class Curves:
    """A number by time of day under each policy."""

    starts_s: tuple[float, ...]
    """Where the intervals begin, in seconds from midnight."""
    values: Mapping[str, tuple[float, ...]]
    """By policy, the baseline first: the mean in each interval; NaN where nothing happened."""

    @property
    def tallest(self) -> float:
        """The largest value of all."""
        return max((v for found in self.values.values() for v in found if v == v), default=0.0)


def waits(experiment: Experiment) -> ByPolicy:
    """Mean wait of customers answered on voice and chat, by time of arrival."""

    def pairs(summary: Summary) -> Iterator[Pair]:
        for channel in ("voice", "chat"):
            if ("channel", channel) in summary.intervals:
                table = summary.intervals["channel", channel]
                yield table["asa_s"].astype(np.float64), table["answered"].astype(np.float64)

    return _over_the_day(experiment, pairs)


def approvals_waiting(experiment: Experiment) -> ByPolicy:
    """Mean number of questions that wait while customers hold, by time of day."""

    def pairs(summary: Summary) -> Iterator[Pair]:
        table = summary.intervals["all", ""]
        works = table["staffed"].astype(np.float64) > 0.0
        yield table["approvals_waiting"].astype(np.float64), works.astype(np.float64)

    return _over_the_day(experiment, pairs)


def occupancy(experiment: Experiment, group: str) -> ByPolicy:
    """Occupancy of a group by time of day; a day counts by its agents where days are laid together.

    After hours somebody finishes a last contact; that is no time of the group.
    """

    def pairs(summary: Summary) -> Iterator[Pair]:
        table = summary.intervals["group", group]
        yield table["occupancy"].astype(np.float64), table["staffed"].astype(np.float64)

    return {
        policy: np.where(_on_duty(experiment.under[policy], group), found, np.nan)
        for policy, found in _over_the_day(experiment, pairs).items()
    }


def curves_of(experiment: Experiment, found: ByPolicy) -> Curves | None:
    """The means over the replications while anything happens; None where nothing ever does."""
    hours = open_hours(found.values())
    if hours.start == hours.stop:
        return None
    length = interval_s(experiment.scenario)
    return Curves(
        tuple(float(number * length) for number in range(hours.start, hours.stop)),
        {policy: tuple(means_of(one[:, hours]).tolist()) for policy, one in found.items()},
    )


def means_of(found: Floats) -> Floats:
    """Mean over the replications in which something happened, shape (intervals,); NaN in none."""
    known = ~np.isnan(found)
    count = known.sum(axis=0)
    total = np.where(known, found, 0.0).sum(axis=0)
    means: Floats = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
    return means


def open_hours(found: Iterable[Floats]) -> slice:
    """The intervals from the first to the last in which anything happens; nights are left out."""
    happens = [~np.isnan(one).all(axis=0) for one in found]
    busy = np.flatnonzero(np.any(happens, axis=0))
    return slice(int(busy[0]), int(busy[-1]) + 1) if len(busy) else slice(0, 0)


def any_defined(found: Iterable[Floats]) -> bool:
    """Whether anything happens at any time."""
    return any(not np.isnan(one).all() for one in found)


def interval_s(scenario: Scenario) -> float:
    """Length of an interval in seconds."""
    return scenario.targets.interval_min * 60.0


def day_words(scenario: Scenario) -> str:
    """What a day in the picture is, if not the only one: the average of several."""
    days = scenario.horizon.days
    return "" if days == 1 else f" (average of {days} days)"


def _over_the_day(
    experiment: Experiment, pairs: Callable[[Summary], Iterable[Pair]]
) -> dict[str, Floats]:
    """Weighted means by time of day under every policy.

    Args:
        experiment: with or without replications.
        pairs: takes a replication's values apart, by channel for example; together they count.
    """
    per_day = math.ceil(DAY_S / interval_s(experiment.scenario))
    return {
        policy: np.array([_folded(pairs(one), per_day) for one in found]).reshape(-1, per_day)
        for policy, found in experiment.summaries.items()
    }


def _on_duty(scenario: Scenario, group: str) -> Bools:
    """Intervals of a day in which the roster has somebody of the group, overtime left out."""
    length = interval_s(scenario)
    per_day = math.ceil(DAY_S / length)
    there = np.zeros(per_day, dtype=np.bool_)
    for start, end, _ in calendar_of(scenario).duty(group):
        first, last = int(start // length), math.ceil(end / length)
        there[np.arange(first, last) % per_day] = True
    return there


def _folded(pairs: Iterable[Pair], per_day: int) -> Floats:
    total, weight = np.zeros(per_day), np.zeros(per_day)
    for values, weights in pairs:
        time = np.arange(len(values)) % per_day
        known = ~np.isnan(values) & (weights > 0)
        total += np.bincount(time[known], (values * weights)[known], minlength=per_day)
        weight += np.bincount(time[known], weights[known], minlength=per_day)
    means: Floats = np.divide(total, weight, out=np.full(per_day, np.nan), where=weight > 0)
    return means
