"""The dates of records: which are missing, half, or unlike others of their weekday."""

from __future__ import annotations

import numpy as np

from scenarios.records.columns import Numbers, Times
from scenarios.records.report import Day
from scenarios.shares import percent

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOT_MS = 30 * 60_000
_DAY_MS = 86_400_000
_LATE_SLOTS = 3
"""Half hours by which opening or closing differs before a day is odd."""
_LIKE = 3
"""Days of a weekday from which on one can be called unlike the others."""
_MOST_DAYS = 3660


def days_of(
    begun: Times, weights: Numbers | None = None, served: Times | None = None
) -> tuple[Day, ...]:
    """Every date from the first to the last, with what is odd about it.

    Args:
        begun: When each contact, interval or ticket began; no NaT.
        weights: How many contacts each row stands for; one without.
        served: When contacts were answered, which shows when the centre was open; `begun`
            without.
    """
    if not len(begun):
        return ()
    counts = np.ones(len(begun)) if weights is None else np.nan_to_num(weights)
    filled = counts > 0
    begun, counts = begun[filled], counts[filled]
    if not len(begun):
        return ()
    ms = begun.astype("datetime64[ms]").astype(np.int64)
    day_of = ms // _DAY_MS
    start, length = int(day_of.min()), int(day_of.max() - day_of.min()) + 1
    if length > _MOST_DAYS:
        return ()
    place = day_of - start
    totals = np.bincount(place, counts, minlength=length).astype(np.float64)
    first = np.full(length, np.iinfo(np.int64).max)
    last = np.full(length, np.iinfo(np.int64).min)
    np.minimum.at(first, place, ms)
    np.maximum.at(last, place, ms)
    opened, closed = _core(ms, counts, start, length)
    if served is not None and len(served):
        answers = served.astype("datetime64[ms]").astype(np.int64)
        opened, closed = _core(answers, np.ones(len(answers)), start, length)
    weekday = (start + np.arange(length) + 3) % 7
    made = []
    for at in range(length):
        same = (weekday == weekday[at]) & (totals > 0)
        same[at] = False
        made.append(
            Day(
                np.datetime64(start + at, "D"),
                round(float(totals[at])),
                _moment(first[at], totals[at]),
                _moment(last[at], totals[at]),
                _odd(at, int(weekday[at]), totals, same, opened, closed),
            )
        )
    return tuple(made)


def _moment(ms: np.int64, total: float) -> np.datetime64:
    return np.datetime64(int(ms), "ms") if total else np.datetime64("NaT", "ms")


def _core(
    ms: np.ndarray[tuple[int], np.dtype[np.int64]], counts: Numbers, start: int, length: int
) -> tuple[Numbers, Numbers]:
    """The half hours in which the middle 98 % of a day's contacts begin and end."""
    table = np.zeros((length, 48))
    place = ms // _DAY_MS - start
    there = (place >= 0) & (place < length)
    np.add.at(table, (place[there], (ms[there] % _DAY_MS) // _SLOT_MS), counts[there])
    shares = np.cumsum(table, axis=1) / np.maximum(table.sum(axis=1, keepdims=True), 1e-9)
    opened = (shares < 0.01).sum(axis=1).astype(np.float64)
    closed = (shares < 0.99).sum(axis=1).astype(np.float64)
    return opened, closed


def _odd(
    at: int,
    weekday: int,
    totals: Numbers,
    same: np.ndarray[tuple[int], np.dtype[np.bool_]],
    opened: Numbers,
    closed: Numbers,
) -> str:
    others = f"other {_WEEKDAYS[weekday]}s"
    if not totals[at]:
        return "missing" if same.any() else ""
    if same.sum() < _LIKE - 1:
        return ""
    said = []
    usual = float(np.median(totals[same]))
    if usual >= 20 and not 0.6 < totals[at] / usual < 1.6:
        said.append(f"{percent(totals[at] / usual)} of the contacts of {others}")
    for hours, did in ((opened, "opened"), (closed, "closed")):
        gap = float(hours[at] - np.median(hours[same]))
        unlike = hours[at] < hours[same].min() - 1 or hours[at] > hours[same].max() + 1
        if abs(gap) >= _LATE_SLOTS and unlike:
            side = "later" if gap > 0 else "earlier"
            said.append(f"{did} {abs(gap) / 2:g} hours {side} than {others}")
    return ", ".join(said)
