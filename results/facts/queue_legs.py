"""Legs as queues have them: each wait for an agent belongs to the queue that it was offered to.

A contact comes to the queue of the first group that may take it, a customer who is passed on to
that of the group asked for, what is promised to that of the group that is to keep it. There it
stays, whichever group answers: who overflows is answered, and who gives up is lost, where the
customer was offered.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import any_of, having, lasts
from sim.trace.codes import Ending, Outcome
from sim.trace.columns_on_disk import ColumnStore, Room

Columns = MutableMapping[str, NDArray[Any]]

_INTO_A_QUEUE = (Ending.TRANSFERRED_COLD, Ending.PASSED_ON)
_OF_CONTACT = ("reason", "channel", "kind", "complaint", "live", "written", "arrival", "interval")
_TIMES = ("talk_s", "hold_s", "wrap_up_s")


def queue_legs(contacts: Columns, legs: Columns, room: Room) -> Columns:
    """Every wait for an agent: answered legs, first waits and later ones that nobody answered.

    Args:
        contacts: of a trace, with their derived columns.
        legs: of the same.
        room: memory for the columns.

    Returns:
        Columns of shape (waits,). Those of the contact; row (of the contact); queue; group (that
        answered, -1 for none); queued, wait (until the answer, or until it was left); outcome (of
        this wait), served, handled; inbound and offered (a customer's wait, not a promise that is
        kept); offered_callback; talk_s, hold_s, wrap_up_s (of the leg).
    """
    parts = _answered(contacts, legs), _lost_before(contacts), _lost_after(contacts, legs)
    columns = ColumnStore(room)
    for name in parts[0]:
        columns[name] = np.concatenate([part[name] for part in parts])
    for name in _OF_CONTACT:
        columns[name] = contacts[name][columns["row"]]
    columns["served"] = np.arange(len(columns["row"])) < len(legs["row"])
    columns["offered"] = columns["inbound"]
    return columns


def on_the_line(waits: Columns, room: Room) -> Columns:
    """Those of the waits in which a customer stood in line, on voice or chat, for any time.

    Args:
        waits: every wait for an agent.
        room: memory for the columns.

    Returns:
        joined and left in seconds, reason, channel, complaint and queue, each of shape (waits,).
    """
    stood = np.flatnonzero(waits["live"] & waits["inbound"] & (waits["wait"] > 0.0))
    queued = waits["queued"][stood]
    found = ColumnStore(room)
    found["joined"], found["left"] = queued, queued + waits["wait"][stood]
    for name in ("reason", "channel", "complaint", "queue"):
        found[name] = waits[name][stood]
    found["group"] = np.full(len(stood), -1, dtype=np.int32)
    return found


def _answered(contacts: Columns, legs: Columns) -> Columns:
    """Waits that ended with an agent."""
    row, first = legs["row"], legs["leg"] == 0
    return {
        **{name: legs[name] for name in ("row", "queue", "group", "queued", "wait", "handled")},
        **{name: legs[name] for name in _TIMES},
        "outcome": np.full(len(row), int(Outcome.ANSWERED), dtype=np.int32),
        # Of a contact that the centre makes, what comes before the first agent keeps a promise.
        "inbound": legs["inbound"] | ~first,
        "offered_callback": np.where(first, contacts["offered_callback"][row], 0),
    }


def _lost_before(contacts: Columns) -> Columns:
    """First waits of customers whom no agent answered."""
    asked = contacts["inbound"] & ~np.isnan(contacts["queued"])
    row = np.flatnonzero(asked & ~contacts["served"])
    names = ("queue", "queued", "wait", "outcome", "offered_callback")
    return {**_of_nobody(row), **{name: contacts[name][row] for name in names}}


def _lost_after(contacts: Columns, legs: Columns) -> Columns:
    """Waits after a leg that passed the customer on to a queue in which nobody answered."""
    order = np.lexsort((legs["leg"], legs["row"]))
    last = np.zeros(len(order), dtype=np.bool_)
    last[order] = lasts(legs["row"][order])
    passed = any_of(legs["ending"], _INTO_A_QUEUE) & (legs["next_queue"] >= 0)
    leg = np.flatnonzero(last & passed)
    row = legs["row"][leg]
    queued, ending = legs["ended"][leg], contacts["ending"][row]
    outcome = np.where(having(ending, Ending.HUNG_UP), Outcome.ABANDONED, Outcome.TURNED_AWAY)
    outcome = np.where(having(ending, Ending.IN_HAND), Outcome.WAITING, outcome)
    return {
        **_of_nobody(row),
        "queue": legs["next_queue"][leg],
        "queued": queued,
        "wait": np.maximum(contacts["ended"][row] - queued, 0.0),
        "outcome": outcome.astype(np.int32),
        "offered_callback": np.zeros(len(row), dtype=np.int32),
    }


def _of_nobody(row: NDArray[np.int64]) -> Columns:
    """What a customer's wait has that no agent ended."""
    return {
        "row": row,
        "group": np.full(len(row), -1, dtype=np.int32),
        "inbound": np.ones(len(row), dtype=np.bool_),
        "handled": np.zeros(len(row), dtype=np.bool_),
        **dict.fromkeys(_TIMES, np.zeros(len(row))),
    }
