"""Paid hours by what they were spent on: each second of each agent counts in exactly one part.

Time with customers belongs to the contact in hand.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.agent_time import AgentTime, added
from results.facts.in_hand import InHand, Shares, ranges
from sim.trace.codes import AgentState, ContactKind
from sim.trace.trace import Trace

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = MutableMapping[str, NDArray[Any]]

WORK = MappingProxyType(
    {
        "talk_first": "Talk, first contacts",
        "talk_repeat": "Talk, repeats",
        "talk_owed": "Talk, callbacks and follow-ups",
        "retelling": "Retelling",
        "hold_approval": "Hold for approvals",
        "hold_other": "Hold for colleagues, transfers",
        "wrap_up": "Wrap-up",
        "helping": "Helping colleagues",
        "deciding": "Deciding for others",
        "outbound": "Outbound calls",
        "own_work": "Coaching and own work",
        "idle": "Idle, ready for contacts",
        "breaks": "Breaks and meetings",
        "training": "Training",
        "absent": "Absence",
    }
)
"""What paid time is spent on, with titles.

Redials count with first contacts. Retelling is ``waiting.retell_s`` of the talk of each agent to
whom the story was told again. Hold for approvals is all hold of an agent who asked for one in that
part of the contact. Ringing customers and preparing promised calls count with callbacks and
follow-ups.
"""

_NAMES = tuple(WORK)
_OF_STATE = {
    AgentState.READY: "idle",
    AgentState.WRAP_UP: "wrap_up",
    AgentState.HELPING: "helping",
    AgentState.DECIDING: "deciding",
    AgentState.BREAK: "breaks",
    AgentState.MEETING: "breaks",
    AgentState.AWAY: "breaks",
    AgentState.TRAINING: "training",
    AgentState.ABSENT: "absent",
    AgentState.OWN_WORK: "own_work",
    AgentState.OUTBOUND: "outbound",
}
"""States that are one part, whichever contact is in hand."""
_TALK_OF = {
    ContactKind.FIRST: "talk_first",
    ContactKind.REDIAL: "talk_first",
    ContactKind.REPEAT: "talk_repeat",
    ContactKind.CALLBACK: "talk_owed",
    ContactKind.FOLLOW_UP: "talk_owed",
}


def hours_by_work(
    trace: Trace, time: AgentTime, legs: Columns, decisions: Columns, retell_s: float
) -> Floats:
    """Paid hours of each group by what they were spent on, after the warm-up.

    Args:
        trace: one replication.
        time: what its agents did.
        legs: all its legs with their derived columns, those before the warm-up too.
        decisions: all its decisions with theirs.
        retell_s: how long it takes to tell the story again.

    Returns:
        Shape (groups, parts) with the parts of ``WORK``; each row adds up to what the group was
        paid for.
    """
    seconds = np.zeros((len(trace.groups), len(WORK)))
    for state, part in _OF_STATE.items():
        seconds[:, _NAMES.index(part)] += time.seconds[:, state]
    seconds += _with_customers(trace, time, legs, decisions, retell_s)
    return seconds / 3600.0


def _with_customers(
    trace: Trace, time: AgentTime, legs: Columns, decisions: Columns, retell_s: float
) -> Floats:
    """Seconds of talk and hold of each group by part, shape (groups, parts)."""
    chat = trace.channels.index("chat") if "chat" in trace.channels else -1
    hands = InHand(legs, chat, trace.horizon_s)
    retold = _share_retold(legs, retell_s)
    talk = np.array([_NAMES.index(_TALK_OF[kind]) for kind in ContactKind])[legs["kind"]]
    asked = _asked_for_approval(legs, decisions)
    hold = np.where(asked, _NAMES.index("hold_approval"), _NAMES.index("hold_other"))
    shape = len(trace.groups), len(WORK)
    of_talk, of_hold = _Sums(shape), _Sums(shape)
    for spans in time.spans:
        of_talk.add(hands.share(_in_state(spans, AgentState.TALK)), talk, "talk_owed", retold)
        of_hold.add(
            hands.share(_in_state(spans, AgentState.HOLD)),
            hold,
            "hold_other",
            np.zeros(len(retold)),
        )
    return of_talk.total() + of_hold.total()


def _in_state(spans: Columns, state: AgentState) -> Columns:
    chosen = np.flatnonzero(spans["state"] == int(state))
    return {name: spans[name][chosen] for name in ("agent", "group", "start", "end")}


class _Sums:
    """Seconds by group and part, added up in the order of the spans.

    What is shared out, retold and left over has sums of its own, so that it changes no bit how many
    spans come at a time.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        self._shape = shape
        self._sums = [np.zeros(shape[0] * shape[1]) for _ in range(3)]

    def add(self, shares: Shares, part_of: Codes, alone: str, retold: Floats) -> None:
        """Add spans of one state.

        Args:
            shares: of some spans.
            part_of: the part of each leg, shape (legs,).
            alone: the part where nothing is in hand.
            retold: the share of each leg in which the story is told again, shape (legs,).
        """
        group, parts = shares.group * self._shape[1], part_of[shares.leg]
        again = shares.seconds * retold[shares.leg]
        left = shares.of_span * self._shape[1] + _NAMES.index(alone)
        for number, (cell, seconds) in enumerate(
            (
                (group + parts, shares.seconds - again),
                (group + _NAMES.index("retelling"), again),
                (left, shares.left),
            )
        ):
            self._sums[number] = added(self._sums[number], cell, seconds)

    def total(self) -> Floats:
        """All of it, shape (groups, parts)."""
        total: Floats = np.sum(self._sums, axis=0).reshape(self._shape)
        return total


def _share_retold(legs: Columns, retell_s: float) -> Floats:
    """The share of the talk of each leg in which the story is told again, shape (legs,)."""
    talk = legs["talk_s"]
    part = np.divide(retell_s, talk, out=np.zeros(len(talk)), where=talk > 0.0)
    return np.where(legs["retold"] == 1, np.minimum(part, 1.0), 0.0)


def _asked_for_approval(legs: Columns, decisions: Columns) -> NDArray[np.bool_]:
    """Whether the agent of each leg asked for an approval in it, shape (legs,)."""
    found = np.zeros(len(legs["row"]), dtype=np.bool_)
    for_somebody = np.flatnonzero(decisions["asked_for"])
    order = np.argsort(legs["row"], kind="stable")
    row = legs["row"][order]
    of = decisions["row"][for_somebody]
    question, place = ranges(
        np.searchsorted(row, of, side="left"), np.searchsorted(row, of, side="right")
    )
    leg, at = order[place], for_somebody[question]
    asked = decisions["asked"][at]
    during = (legs["answered"][leg] <= asked) & ~(legs["ended"][leg] < asked)
    found[leg[during & (legs["group"][leg] == decisions["asker_group"][at])]] = True
    return found
