"""Rows of interval reports while they are being put together."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from scenarios.records.columns import Flags, Numbers
from scenarios.records.intervals import Figures
from scenarios.records.reports.means import mean_of

SUMMED = (
    "offered",
    "answered",
    "abandoned",
    "required",
    "forecast",
    "staffed",
    "available",
    "away",
)
"""Figures of parts of a queue that add up."""
BY_ANSWERED = ("asa_s", "aht_s", "talk_s", "hold_s", "wrap_up_s")
"""Means over the answered."""


@dataclass(frozen=True, eq=False)
class Rows(Figures):
    """Interval reports row by row.

    Attributes:
        start: Milliseconds since 1970.
    """

    start: Numbers

    def __add__(self, more: Rows) -> Rows:
        return Rows(
            **{
                each.name: np.concatenate([getattr(self, each.name), getattr(more, each.name)])
                for each in fields(self)
            }
        )


def copies(rows: Rows) -> Flags:
    """Rows that say the same as an earlier one in everything."""
    parts = [
        np.atleast_2d(np.nan_to_num(getattr(rows, each.name), nan=-1.0).T) for each in fields(rows)
    ]
    table = np.concatenate([part.astype(np.float64) for part in parts]).T
    _, first = np.unique(table, axis=0, return_index=True)
    again = np.ones(len(rows), dtype=bool)
    again[first] = False
    return again


def doubled(rows: Rows) -> Flags:
    """Rows of an interval and queue that an earlier row has."""
    _, first = np.unique(np.stack([rows.start, rows.queue]), axis=1, return_index=True)
    again = np.ones(len(rows), dtype=bool)
    again[first] = False
    return again


def put_together(rows: Rows) -> Rows:
    """One row for each interval and queue: counts added, means weighted; in order of time."""
    keys, first, place = np.unique(
        np.stack([rows.start, rows.queue]), axis=1, return_index=True, return_inverse=True
    )
    place = place.ravel()
    if keys.shape[1] == len(rows):
        return rows.take(first)
    made = rows.take(first)
    size = keys.shape[1]
    summed = {name: _summed(getattr(rows, name), place, size) for name in SUMMED}
    weighted = {
        name: _weighted(getattr(rows, name), rows.answered, place, size) for name in BY_ANSWERED
    }
    within = (
        np.stack(
            [_summed(rows.within[:, band], place, size) for band in range(rows.within.shape[1])],
            axis=1,
        )
        if rows.within.shape[1]
        else made.within
    )
    values = {each.name: getattr(made, each.name) for each in fields(made)}
    values |= summed | weighted
    return replace(
        Rows(**values),
        service_level=_weighted(rows.service_level, rows.offered, place, size),
        abandon_wait_s=_weighted(rows.abandon_wait_s, rows.abandoned, place, size),
        occupancy=_weighted(rows.occupancy, rows.staffed, place, size),
        forecast_aht_s=_weighted(rows.forecast_aht_s, rows.forecast, place, size),
        within=within,
    )


def _summed(values: Numbers, place: npt.NDArray[np.intp], size: int) -> Numbers:
    known = ~np.isnan(values)
    total = np.bincount(place[known], values[known], minlength=size)
    return np.where(np.bincount(place[known], minlength=size) > 0, total, np.nan)


def _weighted(values: Numbers, weights: Numbers, place: npt.NDArray[np.intp], size: int) -> Numbers:
    known = ~np.isnan(values)
    # Where no row says how many a mean is about, all count alike.
    each = np.where(np.isnan(weights), 1.0, weights)
    total = _summed(np.where(known, values * each, np.nan), place, size)
    return mean_of(total, _summed(np.where(known, each, np.nan), place, size))
