"""What counts as resolved at first contact."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.parts.clock import WEEK_S
from sim.trace.codes import Ending, Help

Columns = MutableMapping[str, NDArray[Any]]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


def truly_settled(contacts: Columns) -> Flags:
    """Contacts that settled their case: what only seemed settled (false resolution) did not."""
    settled: Flags = (contacts["ending"] == Ending.SETTLED) & (contacts["false_resolution"] == 0)
    return settled


def add_first_contact(
    cases: Columns, contacts: Columns, first: Codes, row: Codes, horizon_s: float
) -> None:
    """Judge the first answered contact of each case, unless it is still going on.

    Args:
        cases: get judged, settled_first, alone_first, week_seen and quiet_7d, each of shape
            (cases,).
        contacts: with their derived columns.
        first: the row of the first answered contact of each case, -1 without one.
        row: the row of the case of each contact.
        horizon_s: when the replication ends.
    """
    ending = of_contact(contacts["ending"], first, Ending.IN_HAND)
    over = of_contact(contacts["ended"], first, np.nan)
    cases["judged"] = ending != Ending.IN_HAND
    cases["settled_first"] = of_contact(truly_settled(contacts), first, 0)
    cases["alone_first"] = (
        cases["settled_first"]
        & (of_contact(contacts["help"], first, Help.ALONE) == Help.ALONE)
        & (of_contact(contacts["transfers"], first, 0) == 0)
    )
    after_s = contacts["arrival"] - of_contact(over, row, np.nan)
    again = contacts["inbound"] & (after_s >= 0.0) & (after_s < WEEK_S)
    cases["week_seen"] = over + WEEK_S <= horizon_s
    cases["quiet_7d"] = np.bincount(row[again], minlength=len(first)) == 0


def of_contact(column: NDArray[Any], contact: Codes, otherwise: float) -> NDArray[Any]:
    """The column at each contact; another value where there is no contact."""
    return np.append(column, np.asarray(otherwise, dtype=column.dtype))[contact]
