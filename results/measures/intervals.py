"""The interval table: what a manager reads for every 15, 30 or 60 minutes of the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.backlog import mean_open, open_at
from results.facts.facts import Facts
from results.facts.rows import Rows, having
from results.measures.slice import Slice, had_to_wait
from sim.trace.codes import ContactKind, Outcome
from sim.trace.states import AVAILABLE_STATES, BUSY_STATES

MEANINGS = {
    "start_s": ("begin of the interval", "s from midnight of the first day"),
    "offered": ("contacts that asked for an agent while it was open", ""),
    "answered": ("contacts that customers made and an agent answered, when they are over", ""),
    "handled": ("answered, and callbacks and follow-ups by the centre, when they are over", ""),
    "abandoned": ("gave up while they waited (voice and chat)", ""),
    "short_abandons": ("of these, gave up so soon that they do not count against the service", ""),
    "blocked": ("found every line busy", ""),
    "closed": ("came while it was closed", ""),
    "turned_away": ("were turned away by a limit on waiting", ""),
    "callbacks_offered": ("were offered a callback", ""),
    "callbacks_taken": ("took it", ""),
    "transferred_in": ("legs that began with a transfer", ""),
    "transferred_out": ("legs that ended with a transfer", ""),
    "escalated": (
        "went up a tier, or to an approver; without the follow-ups that the centre makes itself",
        "",
    ),
    "answered_in_target": ("answered within the target time (voice and chat)", ""),
    "service_level": (
        "answered in the target time, of those offered (voice and chat)",
        "share",
    ),
    "asa_s": ("mean wait of the answered (voice and chat)", "s"),
    "wait_all_s": (
        "mean wait of all who asked for an agent, answered or not (voice and chat)",
        "s",
    ),
    "wait_abandoned_s": ("mean wait of the abandoned until they left (voice and chat)", "s"),
    "queued_share": (
        "not answered immediately, of those who asked for an agent (voice and chat)",
        "share",
    ),
    "longest_wait_s": ("longest wait, answered or not (voice and chat)", "s"),
    "talk_s": ("talk of the handled", "s"),
    "hold_s": ("hold of the handled", "s"),
    "wrap_up_s": ("wrap-up of the handled", "s"),
    "aht_s": ("average handle time: talk, hold and wrap-up of one handled contact", "s"),
    "staffed": ("mean number of agents at work or ready", ""),
    "occupancy": ("time with customers and colleagues, of the time at work or ready", "share"),
    "number_waiting": ("mean number waiting while it was open (voice and chat)", ""),
    "approvals_waiting": (
        "mean number of questions that wait for somebody to decide while the customer holds",
        "",
    ),
    "backlog": ("open cases at the end of the interval", ""),
}
"""What each column of the interval table means, and its unit."""

COLUMNS = tuple(MEANINGS)
"""Columns of the interval table.

A contact with all its talk belongs to the interval in which it arrived. ``answered`` counts what
customers made, ``handled`` also callbacks and follow-ups, all of them over. Waits, abandons and
service level are of voice and chat. ``staffed`` is the mean number of agents at work or ready;
``number_waiting`` is of the time in which somebody waits, not of the arrival, and undefined where
it is closed; ``approvals_waiting`` is of the centre and of the groups that are asked, and of the
time from asking until somebody turns to the question or the agent has done without; ``backlog`` is
counted at the end of the interval.
"""

Floats = NDArray[np.float64]
Table = dict[str, NDArray[np.float32]]

_OF_PEOPLE = ("all", "group", "tier")


@dataclass(frozen=True)
class Attendance:
    """Seconds of agent time by group and interval, shape (groups, intervals) each."""

    busy: Floats
    """With a customer or a colleague."""
    available: Floats
    """Ready and waiting, or at own work while nobody asks."""

    @classmethod
    def of(cls, facts: Facts) -> Attendance:
        """Spread the spans of a replication over the intervals, once for all cuts."""
        return cls(*facts.time.by_interval((BUSY_STATES, AVAILABLE_STATES), facts.interval_ends))


def interval_table(s: Slice, attendance: Attendance) -> Table:
    """The interval table of one cut, every column of shape (intervals,) and single precision.

    NaN stands for what is undefined: shares of nothing, agents of a reason or a queue, who waits
    while it is closed, and for a group what happens to contacts that nobody answered.
    """
    found: dict[str, NDArray[Any]] = {
        "start_s": np.concatenate([[0.0], s.facts.interval_ends[:-1]]),
        **_handled(s),
        **({"escalated": _escalated(s)} if s.cut[0] != "queue" else {}),
        **(_offered(s) if not s.by_people else {}),
        **(_not_let_in(s) if not s.by_people and s.cut[0] != "queue" else {}),
        **(_staffed(s, attendance) if s.cut[0] in _OF_PEOPLE else {}),
        **({"approvals_waiting": _approvals_waiting(s)} if s.cut[0] in _OF_PEOPLE else {}),
        "backlog": open_at(s.open_work["opened"], s.open_work["closed"], s.facts.interval_ends),
    }
    undefined = np.full(len(s.facts.interval_ends), np.nan)
    return {name: found.get(name, undefined).astype(np.float32) for name in COLUMNS}


def _count(s: Slice, rows: Rows, mask: NDArray[np.bool_] | None = None) -> Floats:
    """Count the rows, or those where the mask is true, by the interval of arrival."""
    interval = rows["interval"] if mask is None else rows["interval"][mask]
    return np.bincount(interval, minlength=len(s.facts.interval_ends)).astype(np.float64)


def _sum(s: Slice, rows: Rows, column: str) -> Floats:
    """Add up one of the columns of the rows by the interval of arrival."""
    sums = np.bincount(rows["interval"], rows[column], minlength=len(s.facts.interval_ends))
    return sums.astype(np.float64)


def _share(part: Floats, whole: Floats) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return shares


def _handled(s: Slice) -> dict[str, Floats]:
    handled = _count(s, s.handled)
    parts = {name: _sum(s, s.handled, name) for name in ("talk_s", "hold_s", "wrap_up_s")}
    return {
        "answered": _count(s, s.served, s.served["inbound"]),
        "handled": handled,
        "answered_in_target": _count(s, s.answered_in_target),
        "asa_s": _share(_sum(s, s.answered, "wait"), _count(s, s.answered)),
        **parts,
        "aht_s": _share(sum(parts.values(), np.zeros(len(handled))), handled),
        "transferred_in": _count(s, s.legs, s.legs["in"]),
        "transferred_out": _count(s, s.legs, s.legs["out"]),
    }


def _escalated(s: Slice) -> Floats:
    """As escalation_rate counts: not again with the follow-ups that come of it."""
    up = s.contacts["escalated"] != 0
    return _count(s, s.contacts, up & (s.contacts["kind"] != ContactKind.FOLLOW_UP))


def _offered(s: Slice) -> dict[str, Floats]:
    outcome = s.offered["outcome"]
    longest = np.full(len(s.facts.interval_ends), -np.inf)
    np.maximum.at(longest, s.queued["interval"], s.queued["wait"])
    return {
        "offered": _count(s, s.offered),
        "abandoned": _count(s, s.abandoned),
        "short_abandons": _count(s, s.abandoned, s.abandoned["wait"] < s.targets.short_abandon_s),
        "turned_away": _count(s, s.offered, having(outcome, Outcome.TURNED_AWAY)),
        "callbacks_offered": _count(s, s.offered, s.offered["offered_callback"] == 1),
        "callbacks_taken": _count(s, s.offered, having(outcome, Outcome.CALLBACK_TAKEN)),
        "service_level": _share(_count(s, s.answered_in_target), _count(s, s.waiting)),
        "number_waiting": s.in_line.means(s.facts.interval_ends),
        "longest_wait_s": np.where(np.isinf(longest), np.nan, longest),
        "wait_all_s": _share(_sum(s, s.queued, "wait"), _count(s, s.queued)),
        "wait_abandoned_s": _share(_sum(s, s.abandoned, "wait"), _count(s, s.abandoned)),
        "queued_share": _share(_count(s, s.queued, had_to_wait(s)), _count(s, s.queued)),
    }


def _not_let_in(s: Slice) -> dict[str, Floats]:
    """Those who never came to a queue."""
    return {
        "blocked": _count(s, s.offered, having(s.offered["outcome"], Outcome.BLOCKED)),
        "closed": _count(s, s.contacts, having(s.contacts["outcome"], Outcome.CLOSED)),
    }


def _approvals_waiting(s: Slice) -> Floats:
    asked = s.decisions.where(s.decisions["on_hold"])
    return mean_open(asked["asked"], asked["waited_until"], s.facts.interval_ends)


def _staffed(s: Slice, attendance: Attendance) -> dict[str, Floats]:
    lengths = np.diff(s.facts.interval_ends, prepend=0.0)
    busy = attendance.busy[s.groups].sum(axis=0)
    at_work = busy + attendance.available[s.groups].sum(axis=0)
    return {"staffed": at_work / lengths, "occupancy": _share(busy, at_work)}
