"""Stretches in which nobody answered although customers waited, or nothing was recorded."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from scenarios.records.columns import Numbers, Times
from scenarios.records.report import Outage

NOBODY, GONE, SILENT = "nobody answered", "all agents gone", "no contacts at all"
_BIN_MS = 5 * 60_000
_DAY_MS = 86_400_000
_BINS = _DAY_MS // _BIN_MS
_SHORTEST_MS = 10 * 60_000
_FEWEST = 5
_EXPECTED = 15.0
"""Contacts that others of the weekday have in a gap before its silence is an outage."""


def outages_of(asked: Times, answered: Times) -> tuple[Outage, ...]:
    """Stretches of at least ten minutes in which at least five asked and nobody answered.

    Times of day at which hardly anybody is ever answered are closing hours and none. Silence
    counts where other days have at least 15 contacts in the same stretch.

    Args:
        asked: When contacts came into the queue, no NaT.
        answered: When contacts were answered, no NaT.
    """
    if len(asked) < 50 or len(answered) < 50:
        return ()
    came, served = _ms(asked), _ms(answered)
    days = int((max(came.max(), served.max()) - min(came.min(), served.min())) // _DAY_MS) + 1
    if days > 3660:
        return ()
    first = min(int(came.min()), int(served.min())) // _DAY_MS
    answers, arrivals = _table(served, first, days), _table(came, first, days)
    found = [*_unanswered(came, served, answers, first), *_silent(came, arrivals, first)]
    return tuple(sorted(found, key=lambda each: each.start))


def _ms(times: Times) -> npt.NDArray[np.int64]:
    return np.sort(times.astype("datetime64[ms]").astype(np.int64))


def _table(ms: npt.NDArray[np.int64], first: int, days: int) -> npt.NDArray[np.float64]:
    """Counts by date and five minutes."""
    place = ms // _BIN_MS - first * _BINS
    place = place[(place >= 0) & (place < (days + 1) * _BINS)]
    counts = np.bincount(place, minlength=(days + 1) * _BINS)
    return counts.reshape(days + 1, _BINS).astype(np.float64)


def _unanswered(
    came: npt.NDArray[np.int64],
    served: npt.NDArray[np.int64],
    answers: npt.NDArray[np.float64],
    first: int,
) -> Iterable[Outage]:
    gaps = np.nonzero(np.diff(served) >= _SHORTEST_MS)[0]
    for at in gaps:
        start, end = int(served[at]), int(served[at + 1])
        waiting = came[np.searchsorted(came, start, "right") : np.searchsorted(came, end)]
        if len(waiting) < _FEWEST:
            continue
        usual = _usually(answers, start, end, first)
        # Answers that other days have in this stretch: the night before opening has none.
        if usual >= _FEWEST and end - start < _DAY_MS:
            yield Outage(
                np.datetime64(int(waiting[0]), "ms"),
                np.datetime64(end, "ms"),
                len(waiting),
                NOBODY,
            )


def _silent(
    came: npt.NDArray[np.int64], arrivals: npt.NDArray[np.float64], first: int
) -> Iterable[Outage]:
    gaps = np.nonzero(np.diff(came) >= _SHORTEST_MS)[0]
    for at in gaps:
        start, end = int(came[at]), int(came[at + 1])
        if end - start >= _DAY_MS:
            continue
        if _usually(arrivals, start, end, first) >= _EXPECTED:
            yield Outage(np.datetime64(start, "ms"), np.datetime64(end, "ms"), 0, SILENT)


def _usually(table: npt.NDArray[np.float64], start: int, end: int, first: int) -> float:
    """How many others of the weekday have between two moments, in the median; of whole bins."""
    one, last = -(-start // _BIN_MS), end // _BIN_MS
    bins = np.arange(one, last) - first * _BINS
    if not len(bins):
        return 0.0
    date = int(bins[0] // _BINS)
    others = [day for day in range(date % 7, len(table), 7) if day != date and table[day].any()]
    if len(others) < 2:
        others = [day for day in range(len(table)) if day != date and table[day].any()]
    if len(others) < 2:
        return 0.0
    flat = table.ravel()
    shifted = [bins + (day - date) * _BINS for day in others]
    return float(np.median([flat[each[each < len(flat)]].sum() for each in shifted]))


def unstaffed(
    start: Times, length_s: Numbers, offered: Numbers, answered: Numbers, staffed: Numbers
) -> tuple[Outage, ...]:
    """Intervals with contacts and no answers, or with nobody logged on; neighbours are joined."""
    came = np.nan_to_num(offered)
    gone = (staffed == 0) & (came > 0)
    none = (answered == 0) & (came >= _FEWEST)
    rows = np.nonzero(gone | none)[0]
    rows = rows[np.argsort(start[rows], kind="stable")]
    joined: list[Outage] = []
    for row in rows:
        end = start[row] + np.timedelta64(int(np.nan_to_num(length_s[row], nan=1800.0)), "s")
        reason = GONE if gone[row] else NOBODY
        count = round(float(came[row]))
        if joined and joined[-1].end >= start[row]:
            before = joined.pop()
            joined.append(
                Outage(before.start, max(before.end, end), before.contacts + count, before.reason)
            )
        else:
            joined.append(Outage(start[row], end, count, reason))
    return tuple(joined)
