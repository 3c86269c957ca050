"""Backlog: work that customers wait for without waiting on the line."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace.codes import Outcome, PromiseKind

_Columns = MutableMapping[str, NDArray[Any]]


def open_work(contacts: _Columns, promises: _Columns) -> _Columns:
    """Written contacts, promised callbacks and tickets, each from opening to closing.

    A written contact is open from arrival until somebody takes it up; a promise from being made
    until it is done or the customer comes first; NaN closes never. The group is the one that
    answered, or that is to keep the promise; -1 when nobody answered or anybody may keep it.
    The queue is the one it came to.
    """
    written = contacts["written"] & contacts["offered"]
    taken_up = np.where(contacts["served"], contacts["answered"], contacts["ended"])
    taken_up = np.where(contacts["outcome"] == Outcome.WAITING, np.nan, taken_up)
    tasks = promises["kind"] != PromiseKind.TOLD_WAIT
    parts = {
        "opened": (contacts["arrival"][written], promises["made"][tasks]),
        "closed": (taken_up[written], _settled(contacts, promises)[tasks]),
    }
    for name in ("reason", "channel", "complaint", "queue", "group"):
        parts[name] = (contacts[name][written], promises[name][tasks])
    return {name: np.concatenate(columns) for name, columns in parts.items()}


def _settled(contacts: _Columns, promises: _Columns) -> NDArray[np.float64]:
    """When nobody needs to keep each promise any more, shape (promises,)."""
    settled: NDArray[np.float64] = promises["done"].copy()
    undone = np.flatnonzero(np.isnan(settled))
    inbound = contacts["inbound"]
    case, arrival = contacts["case"][inbound], contacts["arrival"][inbound]
    if not len(undone) or not len(case):
        return settled
    # One time axis for all cases: each has a stretch of it that is longer than the run.
    stretch = 1.0 + max(arrival.max(), promises["made"].max())
    order = np.argsort(case * stretch + arrival)
    at = promises["case"][undone] * stretch + promises["made"][undone]
    following = np.searchsorted((case * stretch + arrival)[order], at, side="right")
    came = order[np.minimum(following, len(order) - 1)]
    returned = (following < len(order)) & (case[came] == promises["case"][undone])
    settled[undone[returned]] = arrival[came[returned]]
    return settled


def mean_open(
    opened: NDArray[np.float64], closed: NDArray[np.float64], ends: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How many items are open from each end to the next, over time.

    Args:
        opened: when each began, in seconds, shape (n,).
        closed: when each was over, shape (n,).
        ends: of the intervals in order, shape (intervals,); the first begins at zero.

    Returns:
        Means of the number, shape (intervals,).
    """
    open_s = _passed(opened, ends) - _passed(closed, ends)
    means: NDArray[np.float64] = np.diff(open_s, prepend=0.0) / np.diff(ends, prepend=0.0)
    return means


def _passed(since: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds from each moment to each end, added up over the moments before it."""
    moments = np.sort(since)
    before = np.searchsorted(moments, ends, side="right")
    passed: NDArray[np.float64] = before * ends - np.append(0.0, moments.cumsum())[before]
    return passed


def open_at(
    opened: NDArray[np.float64], closed: NDArray[np.float64], instants: NDArray[np.float64]
) -> NDArray[np.int64]:
    """How many items are open at each instant, shape (instants,): opened by then, not closed."""
    done = closed[~np.isnan(closed)]
    before = np.searchsorted(np.sort(opened), instants, side="right")
    return before - np.searchsorted(np.sort(done), instants, side="right")
