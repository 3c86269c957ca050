"""The people of the groups day by day, where a lever changes them."""

from __future__ import annotations

import numpy as np

from scenarios.parts.clock import DAY_S
from sim.trace.columns_on_disk import ColumnStore, Room, columns_of
from sim.trace.trace import Trace

_STAFF = ("agent", "day", "tenure_weeks", "engagement", "state", "quit", "hired")


def staff_columns(trace: Trace, room: Room) -> ColumnStore:
    """The places of all groups on every day of the horizon, with group and begin of the day.

    Args:
        trace: one replication.
        room: memory for the columns.
    """
    staff = ColumnStore(room)
    inside = trace.staff["day"] * DAY_S < trace.horizon_s
    for name, column in columns_of(trace.staff, _STAFF):
        staff[name] = column[inside]
    group = np.array([*(agent.group for agent in trace.agents), -1], dtype=np.int32)
    staff["group"] = group[staff["agent"]]
    staff["began"] = staff["day"] * DAY_S
    return staff
