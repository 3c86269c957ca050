"""Calls counted by half hour: what was observed and what was predicted, in the same cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.fit.calls import DAY_S, Calls, Dates, places_of

Numbers = npt.NDArray[np.float64]
SLOTS = 48
SLOT_S = DAY_S // SLOTS
COUNTS = ("calls", "abandoned", "wait", "queued", "within", "wait_abandoned")
"""What is counted in a cell, of those who asked for an agent: calls, how many hung up, their wait
in all, how many had to wait, how many were answered in time, the wait of those who hung up."""


@dataclass(frozen=True)
class Figure:
    """A figure of the backtest: one count over another."""

    name: str
    title: str
    above: int
    below: int
    percent: bool

    def of(self, counts: Numbers) -> Numbers:
        """The figure of counts (last axis: `COUNTS`), NaN where nothing was counted."""
        above, below = counts[..., self.above], counts[..., self.below]
        nothing = np.full(above.shape, np.nan)
        return np.asarray(np.divide(above, below, out=nothing, where=below > 0))


FIGURES = (
    Figure("abandonment", "Abandoned", 1, 0, percent=True),
    Figure("wait", "Mean wait of all", 2, 0, percent=False),
    Figure("queued", "Had to wait", 3, 0, percent=True),
    Figure("service_level", "Answered in time", 4, 0, percent=True),
    Figure("wait_abandoned", "Wait of the abandoned", 5, 1, percent=False),
)


def counted(
    dates: Dates, date: npt.NDArray[np.datetime64], second: Numbers, columns: list[Numbers]
) -> Numbers:
    """Sums of columns by date and half hour: dates × half hours × columns."""
    place = np.searchsorted(dates, date) * SLOTS + (second // SLOT_S).astype(int).clip(0, SLOTS - 1)
    size = len(dates) * SLOTS
    sums = [np.bincount(place, column, minlength=size) for column in columns]
    cells = np.stack(sums, axis=-1).astype(float)
    return cells.reshape(len(dates), SLOTS, len(columns))


def observed(calls: Calls, dates: Dates, within_s: float) -> Numbers:
    """What the records say: dates × half hours × `COUNTS`."""
    rows = calls.asked & places_of(dates, calls.date)[1]
    wait, left = calls.wait[rows], calls.abandoned[rows].astype(float)
    columns = _columns(wait, left, within_s)
    return counted(dates, calls.date[rows], calls.second[rows], columns)


def _columns(wait: Numbers, left: Numbers, within_s: float) -> list[Numbers]:
    in_time = (wait <= within_s) * (1 - left)
    return [np.ones(len(wait)), left, wait, (wait > 0).astype(float), in_time, wait * left]


def predicted(
    dates: Dates,
    first: np.datetime64,
    queued: Numbers,
    wait: Numbers,
    left: Numbers,
    within_s: float,
) -> Numbers:
    """What one replication says, from seconds after the first midnight."""
    day = np.floor(queued / DAY_S).astype(int)
    date = first + day
    rows = np.isin(date, dates)
    columns = _columns(wait[rows], left[rows], within_s)
    return counted(dates, date[rows], (queued - day * DAY_S)[rows], columns)
