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
    lost, passed = _lost_before(contacts), _lost_after(legs)
    answered = len(legs["row"])
    columns = ColumnStore(room)
    row = np.concatenate([legs["row"], lost, legs["row"][passed]])
    columns["row"] = row
    for name in _OF_CONTACT:
        columns[name] = contacts[name][row]

    def of_each(of_leg: Any, of_lost: Any, of_passed: Any) -> NDArray[Any]:
        return np.concatenate([of_leg, of_lost, of_passed])

    def nothing(rows: NDArray[np.int64], value: float = 0.0) -> NDArray[np.float64]:
        return np.full(len(rows), value)

    columns["queue"] = of_each(legs["queue"], contacts["queue"][lost], legs["next_queue"][passed])
    nobody = np.full(len(lost) + len(passed), -1, dtype=legs["group"].dtype)
    columns["group"] = np.concatenate([legs["group"], nobody])
    columns["queued"] = of_each(legs["queued"], contacts["queued"][lost], legs["ended"][passed])
    until = contacts["ended"][legs["row"][passed]] - legs["ended"][passed]
    columns["wait"] = of_each(legs["wait"], contacts["wait"][lost], np.maximum(until, 0.0))
    columns["outcome"] = of_each(
        np.full(answered, int(Outcome.ANSWERED)),
        contacts["outcome"][lost],
        _how_lost(contacts["ending"][legs["row"][passed]]),
    )
    columns["served"] = np.arange(len(row)) < answered
    columns["handled"] = of_each(legs["handled"], nothing(lost) > 0, nothing(passed) > 0)
    # Of a contact that the centre makes, what comes before the first agent keeps a promise.
    customers = of_each(
        legs["inbound"] | (legs["leg"] > 0), nothing(lost) == 0, nothing(passed) == 0
    )
    columns["inbound"] = columns["offered"] = customers
    offered = contacts["offered_callback"]
    first = np.where(legs["leg"] == 0, offered[legs["row"]], 0)
    columns["offered_callback"] = of_each(first, offered[lost], nothing(passed))
    for name in _TIMES:
        columns[name] = of_each(legs[name], nothing(lost), nothing(passed))
    return columns


def on_the_line(waits: Columns) -> Columns:
    """Those of the waits in which a customer stood in line, on voice or chat, for any time.

    Returns:
        joined and left in seconds, reason, channel, complaint and queue, each of shape (waits,).
    """
    stood = np.flatnonzero(waits["live"] & waits["inbound"] & (waits["wait"] > 0.0))
    queued = waits["queued"][stood]
    found: Columns = {"joined": queued, "left": queued + waits["wait"][stood]}
    for name in ("reason", "channel", "complaint", "queue"):
        found[name] = waits[name][stood]
    found["group"] = np.full(len(stood), -1)
    return found


def _lost_before(contacts: Columns) -> NDArray[np.int64]:
    """Customers' contacts that came to a queue and that no agent answered."""
    asked = contacts["inbound"] & ~np.isnan(contacts["queued"])
    return np.flatnonzero(asked & ~contacts["served"])


def _lost_after(legs: Columns) -> NDArray[np.int64]:
    """Legs that passed a customer on to a queue in which nobody answered."""
    order = np.lexsort((legs["leg"], legs["row"]))
    last = np.zeros(len(order), dtype=np.bool_)
    last[order] = lasts(legs["row"][order])
    passed = any_of(legs["ending"], _INTO_A_QUEUE) & (legs["next_queue"] >= 0)
    return np.flatnonzero(last & passed)


def _how_lost(ending: NDArray[Any]) -> NDArray[np.int64]:
    """What became of a wait after an agent, from how its contact ended."""
    left = np.where(having(ending, Ending.HUNG_UP), Outcome.ABANDONED, Outcome.TURNED_AWAY)
    return np.where(having(ending, Ending.IN_HAND), Outcome.WAITING, left)
