"""Calls to the customers of lists, and who was put on them."""

from __future__ import annotations

import numpy as np

from sim.trace.columns_on_disk import ColumnStore, Room, columns_of
from sim.trace.trace import DIALS, LISTS, Trace


def dial_columns(trace: Trace, room: Room) -> ColumnStore:
    """The calls, each of the group of the agent who had to do with it."""
    dials = ColumnStore(room)
    dials.update(columns_of(trace.dials, tuple(DIALS)))
    return dials


def list_columns(trace: Trace, room: Room) -> ColumnStore:
    """How many customers were put on which list on which day; of no group."""
    lists = ColumnStore(room)
    lists.update(columns_of(trace.lists, tuple(LISTS)))
    lists["group"] = np.full(len(lists["began"]), -1, dtype=np.int32)
    return lists
