"""Curves over the day: waits and occupancy by time of day under each policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from results import Experiment
from results.charts.view import Floats, View
from results.measures.summary import Summary
from results.reading.day import Pair, interval_s, open_hours, over_the_day


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


def waits(experiment: Experiment) -> Curves | None:
    """Mean wait on voice and chat by time of arrival; None where nobody waits on a line."""
    return _curves(experiment, _waits)


def occupancy(experiment: Experiment, group: str) -> Curves | None:
    """Occupancy of a group by time of day; None where it was never there."""

    def pairs(summary: Summary) -> Iterator[Pair]:
        table = summary.intervals["group", group]
        yield table["occupancy"].astype(np.float64), table["staffed"].astype(np.float64)

    return _curves(experiment, pairs)


def _waits(summary: Summary) -> Iterator[Pair]:
    for channel in ("voice", "chat"):
        if ("channel", channel) in summary.intervals:
            table = summary.intervals["channel", channel]
            yield table["asa_s"].astype(np.float64), table["answered"].astype(np.float64)


def _curves(experiment: Experiment, pairs: Callable[[Summary], Iterable[Pair]]) -> Curves | None:
    if not experiment.replications:
        return None
    found = over_the_day(View.of(experiment), pairs)
    hours = open_hours(found.values())
    if hours.start == hours.stop:
        return None
    length = interval_s(experiment.scenario)
    return Curves(
        tuple(float(i * length) for i in range(hours.start, hours.stop)),
        {policy: _mean(one[:, hours]) for policy, one in found.items()},
    )


def _mean(found: Floats) -> tuple[float, ...]:
    """Mean over the replications in which something happened, shape (intervals,)."""
    there = ~np.isnan(found)
    count = there.sum(axis=0)
    total = np.where(there, found, 0.0).sum(axis=0)
    means = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
    return tuple(means.tolist())
