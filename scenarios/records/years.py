"""Dates that cannot be right: another year, or far from all others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenarios.records.columns import Flags

_FAR_DAYS = 120
_FEW = 0.02


def strays(days: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Flags]:
    """For each row the days to add so that its date lies among the others, and which do not fit.

    A date is a stray when it lies over 120 days from all others but a fiftieth. If the same date
    of another year lies among them, the year is wrong; otherwise the date is not known.

    Args:
        days: Days since 1970.
    """
    shift, unfit = np.zeros(len(days), dtype=np.int64), np.zeros(len(days), dtype=bool)
    if not len(days):
        return shift, unfit
    first, last = _main_span(days)
    for row_day in np.unique(days[(days < first) | (days > last)]):
        here = days == row_day
        moved = _same_date_within(int(row_day), first, last)
        if moved is None:
            unfit |= here
        else:
            shift[here] = moved - row_day
    return shift, unfit


def _main_span(days: npt.NDArray[np.int64]) -> tuple[int, int]:
    """First and last day of the run of dates that holds nearly all rows."""
    each, counts = np.unique(days, return_counts=True)
    runs = np.split(np.arange(len(each)), np.nonzero(np.diff(each) > _FAR_DAYS)[0] + 1)
    sizes = [int(counts[run].sum()) for run in runs]
    kept = [run for run, size in zip(runs, sizes, strict=True) if size > _FEW * len(days)]
    return int(each[kept[0][0]]), int(each[kept[-1][-1]])


def _same_date_within(day: int, first: int, last: int) -> int | None:
    date = np.datetime64(day, "D").astype(object)
    start = np.datetime64(first, "D").astype(object).year
    for year in range(start, start + 2):
        try:
            moved = (date.replace(year=year) - np.datetime64(0, "D").astype(object)).days
        except (ValueError, AttributeError):
            continue
        if first - 1 <= moved <= last + 1:
            return int(moved)
    return None
