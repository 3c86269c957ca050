"""Reports that count answers by band of waiting time, several queues next to each other."""

from __future__ import annotations

import re

import numpy as np

from scenarios.records.columns import Codes, Numbers
from scenarios.records.fields import Fields
from scenarios.records.values.amounts import counts

_CUMULATIVE = 0.95


def banded(
    fields: Fields, prefix: str
) -> tuple[dict[str, Numbers], Numbers, tuple[float, ...]] | None:
    """Offered, answered and abandoned of one queue, and answers within each bound.

    Columns are called by the queue and the seconds, as 911_20; the last of two neighbours as
    911_120 and 911_121 counts what took longer. Bands may be counted each for itself or with all
    before; the rows show it.

    Returns:
        None where the file has no such columns.
    """
    bounds = {
        int(found[1]): name
        for name in fields.grid.names
        if (found := re.fullmatch(rf"{re.escape(prefix)}_(\d{{1,5}})", name, re.IGNORECASE))
    }
    if not bounds:
        return None
    seconds = sorted(bounds)
    table = np.stack([_counted(fields, bounds[each]) for each in seconds], axis=1)
    abandoned = _named(fields, f"{prefix}_AB")
    total = _named(fields, f"{prefix}_T")
    over = len(seconds) > 1 and seconds[-1] == seconds[-2] + 1
    steps = table[:, : len(seconds) - over]
    cumulative = len(steps) > 0 and bool(
        (np.diff(steps, axis=1) >= 0).all(axis=1).mean() > _CUMULATIVE
    )
    if cumulative and steps.sum() > 0 and np.nansum(table.sum(axis=1) > total) == 0:
        # Rising by chance, as with one busy band: together they are no more than all.
        cumulative = False
    answered = table[:, -1] if cumulative and not over else table.sum(axis=1)
    if cumulative and over:
        answered = table[:, -2] + table[:, -1]
    within = steps if cumulative else np.cumsum(steps, axis=1)
    offered = np.where(np.isnan(total), answered + np.nan_to_num(abandoned), total)
    made = {"offered": offered, "answered": answered, "abandoned": abandoned}
    return made, within, tuple(float(each) for each in seconds[: len(seconds) - over])


def _named(fields: Fields, name: str) -> Numbers:
    found = [each for each in fields.grid.names if each.lower() == name.lower()]
    return _counted(fields, found[0]) if found else fields.nothing()


def _counted(fields: Fields, column: str) -> Numbers:
    return np.nan_to_num(counts(column, fields.grid.cells(column), fields.notes))


def queue_codes(rows: int, place: int) -> Codes:
    """The same queue for every row."""
    return np.full(rows, place, dtype=np.int32)
