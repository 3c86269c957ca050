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
Places = NDArray[np.int64]

_INTO_A_QUEUE = (Ending.TRANSFERRED_COLD, Ending.PASSED_ON, Ending.HANDED_OVER)
_OF_CONTACT = ("reason", "channel", "kind", "complaint", "live", "written", "arrival", "interval")
_OF_LEG = {"group": -1, "handled": False, "talk_s": 0.0, "hold_s": 0.0, "wrap_up_s": 0.0}
"""Columns of the leg, with what a wait has that no agent ended."""


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
    columns = ColumnStore(room)
    lost, passed = _lost_before(contacts), _lost_after(legs)
    row, later = legs["row"], legs["row"][passed]
    unanswered = len(lost) + len(later)
    # One column after the other: of a long horizon all of them do not fit into memory.
    columns["row"] = _joined(row, lost, later)
    for name in _OF_CONTACT:
        columns[name] = contacts[name][columns["row"]]
    columns["queue"] = _joined(legs["queue"], contacts["queue"][lost], legs["next_queue"][passed])
    columns["queued"] = _joined(legs["queued"], contacts["queued"][lost], legs["ended"][passed])
    until = np.maximum(contacts["ended"][later] - legs["ended"][passed], 0.0)
    columns["wait"] = _joined(legs["wait"], contacts["wait"][lost], until)
    columns["outcome"] = _joined(
        np.full(len(row), int(Outcome.ANSWERED), dtype=np.int32),
        contacts["outcome"][lost],
        _how_lost(contacts["ending"][later]),
    )
    # Of a contact that the centre makes, what comes before the first agent keeps a promise.
    first = legs["leg"] == 0
    columns["inbound"] = _ended_by(legs["inbound"] | ~first, True, unanswered)
    columns["offered"] = columns["inbound"]
    offered = contacts["offered_callback"]
    columns["offered_callback"] = _joined(
        np.where(first, offered[row], 0), offered[lost], np.zeros(len(later), dtype=np.int32)
    )
    columns["served"] = np.arange(len(columns["row"])) < len(row)
    for name, of_nobody in _OF_LEG.items():
        columns[name] = _ended_by(legs[name], of_nobody, unanswered)
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


def _lost_before(contacts: Columns) -> Places:
    """Contacts of customers who came to a queue and whom no agent answered."""
    asked = contacts["inbound"] & ~np.isnan(contacts["queued"])
    return np.flatnonzero(asked & ~contacts["served"])


def _lost_after(legs: Columns) -> Places:
    """Legs that passed the customer on to a queue in which nobody answered."""
    order = np.lexsort((legs["leg"], legs["row"]))
    last = np.zeros(len(order), dtype=np.bool_)
    last[order] = lasts(legs["row"][order])
    passed = any_of(legs["ending"], _INTO_A_QUEUE) & (legs["next_queue"] >= 0)
    return np.flatnonzero(last & passed)


def _how_lost(ending: NDArray[Any]) -> NDArray[np.int32]:
    """What became of a wait after an agent, from how its contact ended."""
    left = np.where(having(ending, Ending.HUNG_UP), Outcome.ABANDONED, Outcome.TURNED_AWAY)
    return np.where(having(ending, Ending.IN_HAND), Outcome.WAITING, left).astype(np.int32)


def _joined(answered: NDArray[Any], before: NDArray[Any], after: NDArray[Any]) -> NDArray[Any]:
    """A column of the waits that an agent ended, of lost first ones and of lost later ones."""
    return np.concatenate([answered, before, after])


def _ended_by(of_legs: NDArray[Any], of_nobody: float, unanswered: int) -> NDArray[Any]:
    """A column of the legs, with the same for all waits that no agent ended."""
    return np.append(of_legs, np.full(unanswered, of_nobody, dtype=of_legs.dtype))
