"""How many customers wait on the line, from moment to moment, while it is open."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar.hours import hours_of
from scenarios.parts.channels import ChannelName
from scenarios.schema import Scenario

Floats = NDArray[np.float64]


class OpenTime:
    """How much of the time the line was open up to any moment."""

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        """Remember the hours.

        Args:
            spans: begin and end of each stretch in seconds, in order, none touching another.
        """
        edges = np.array(spans, dtype=np.float64).reshape(-1, 2)
        # Of gaps between stretches nothing is open.
        lengths = np.diff(edges.ravel(), prepend=0.0)
        lengths[0::2] = 0.0
        self._at, self._open_s = edges.ravel(), lengths.cumsum()

    def until(self, times: Floats) -> Floats:
        """Open seconds from the begin of the horizon to each time, of the shape of the times."""
        if not len(self._at):
            return np.zeros(np.shape(times))
        passed: Floats = np.interp(times, self._at, self._open_s)
        return passed


def open_time(scenario: Scenario, channels: Collection[ChannelName], until: float) -> OpenTime:
    """When any of these channels is open.

    Args:
        scenario: the centre.
        channels: voice, chat or both; closed for ever when there is none.
        until: end of the horizon in seconds.
    """
    spans: list[tuple[float, float]] = []
    for channel in channels:
        hours = hours_of(scenario, channel)
        if hours.never_close:
            return OpenTime([(0.0, until)])
        for period in range(math.ceil(until / hours.period_s)):
            begin = period * hours.period_s
            spans += [(begin + start, min(begin + end, until)) for start, end in hours.spans]
    return OpenTime(_united([span for span in spans if span[0] < span[1]]))


def _united(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


class NumberWaiting:
    """The number of customers in line as it changes over time."""

    def __init__(self, joined: Floats, left: Floats, open_time: OpenTime) -> None:
        """Lay out the changes.

        Args:
            joined: when each customer began to wait, in seconds, shape (n,).
            left: when each was answered or gave up, shape (n,).
            open_time: when it counts.
        """
        times = np.concatenate([left, joined])
        change = np.repeat((-1, 1), len(left))
        order = np.argsort(times, kind="stable")  # who leaves at an instant leaves before the next
        self._open = open_time
        self._times = times[order]
        self._number = np.append(0, change[order].cumsum())
        """In line before the first change, and after each."""

    def mean(self, begin: float, end: float) -> float:
        """The mean over the open time of a stretch; NaN when it was closed throughout."""
        return float(self.means(np.array([begin, end]))[1])

    def quantile(self, share: float, begin: float, end: float) -> float:
        """The smallest number that is not exceeded for a share of the open time of a stretch."""
        lasted = self._lasted(begin, end)
        if not lasted.sum() > 0.0:
            return math.nan
        for_long = np.bincount(self._number, lasted).cumsum()
        return float(np.searchsorted(for_long, share * for_long[-1] * (1.0 - 1e-12)))

    def most(self, begin: float, end: float) -> float:
        """The largest number in the open time of a stretch; NaN when it was closed throughout."""
        lasted = self._lasted(begin, end)
        return float(self._number[lasted > 0.0].max()) if lasted.sum() > 0.0 else math.nan

    @cached_property
    def _waited(self) -> tuple[Floats, Floats]:
        """Open seconds until each change, and what customers have waited by then; zero first."""
        at = np.append(0.0, self._open.until(self._times))
        return at, np.append(0.0, (self._number[:-1] * np.diff(at)).cumsum())

    def means(self, ends: Floats) -> Floats:
        """The mean over the open time from each moment to the next; NaN where it was closed.

        Args:
            ends: moments in order, shape (n,).

        Returns:
            Shape (n,); the first is from the begin of the horizon on.
        """
        open_s = self._open.until(ends)
        at, customer_s = self._waited
        before = np.searchsorted(self._times, ends, side="right")
        since = at[before]
        total = customer_s[before] + self._number[before] * (open_s - since)
        lasted, waited = np.diff(open_s, prepend=0.0), np.diff(total, prepend=0.0)
        means: Floats = np.divide(
            waited, lasted, out=np.full(len(ends), np.nan), where=lasted > 0.0
        )
        return means

    def _lasted(self, begin: float, end: float) -> Floats:
        """Open seconds for which each number lasted within a stretch."""
        edges = np.concatenate([[begin], np.clip(self._times, begin, end), [end]])
        return np.diff(self._open.until(edges))
