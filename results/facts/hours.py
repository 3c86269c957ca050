"""Paid hours by what they were spent on: each second of each agent counts in exactly one part.

Time with customers belongs to the contact in hand. Of several, chats share it evenly; else it is
the contact that was answered last, for which the others were put aside.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.facts.agent_time import AgentTime, added
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
_MILLISECOND = 0.001


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
    hands = _InHand(legs, chat, trace.horizon_s)
    told = _share_retold(legs, retell_s)
    talk = np.array([_NAMES.index(_TALK_OF[kind]) for kind in ContactKind])[legs["kind"]]
    asked = _asked_for_approval(legs, decisions)
    hold = np.where(asked, _NAMES.index("hold_approval"), _NAMES.index("hold_other"))
    shape = len(trace.groups), len(WORK)
    of_talk, of_hold = _Sums(shape), _Sums(shape)
    for spans in time.spans:
        of_talk.add(hands.share(_in_state(spans, AgentState.TALK)), talk, "talk_owed", told)
        of_hold.add(
            hands.share(_in_state(spans, AgentState.HOLD)), hold, "hold_other", np.zeros(len(told))
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

    def add(self, shares: _Shares, part_of: Codes, alone: str, told: Floats) -> None:
        """Add spans of one state.

        Args:
            shares: of some spans.
            part_of: the part of each leg, shape (legs,).
            alone: the part where nothing is in hand.
            told: the share of each leg in which the story is told again, shape (legs,).
        """
        group, parts = shares.group * self._shape[1], part_of[shares.leg]
        again = shares.seconds * told[shares.leg]
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
    question, place = _ranges(
        np.searchsorted(row, of, side="left"), np.searchsorted(row, of, side="right")
    )
    leg, at = order[place], for_somebody[question]
    asked = decisions["asked"][at]
    during = (legs["answered"][leg] <= asked) & ~(legs["ended"][leg] < asked)
    found[leg[during & (legs["group"][leg] == decisions["asker_group"][at])]] = True
    return found


def _ranges(begin: Codes, end: Codes) -> tuple[Codes, Codes]:
    """The number of each range, and the places in it, one range after the other."""
    lengths = np.maximum(end - begin, 0)
    number = np.repeat(np.arange(len(lengths)), lengths)
    before = np.cumsum(lengths) - lengths
    return number, np.arange(len(number)) - before[number] + begin[number]


class _Shares(NamedTuple):
    """Spans shared out among the contacts in hand."""

    group: Codes
    """Of each share, shape (shares,), as the next two."""
    seconds: Floats
    leg: Codes
    of_span: Codes
    """The group of each span, shape (spans,)."""
    left: Floats
    """Seconds of each span in which nothing is in hand."""


class _InHand:
    """Which contacts every agent has in hand, from the answer to the end of the wrap-up."""

    def __init__(self, legs: Columns, chat: int, horizon_s: float) -> None:
        begin, ended = legs["answered"], legs["ended"]
        end = np.where(np.isnan(ended), horizon_s, ended) + legs["wrap_up_s"]
        # One time axis for all agents: each has a stretch of it that is longer than the run.
        self._stretch = 1.0 + max(horizon_s, float(end.max(initial=0.0)))
        order = np.lexsort((begin, legs["agent"]))
        place = legs["agent"][order] * self._stretch
        begin, end = place + begin[order], place + end[order]
        reach = np.maximum.accumulate(end)
        apart = np.ones(len(order) + 1, dtype=np.bool_)
        apart[1:-1] = begin[1:] >= reach[:-1] - _MILLISECOND
        alone = apart[:-1] & apart[1:]
        singly = np.flatnonzero(alone)
        chats = legs["channel"][order] == chat
        several = _pieces(begin, end, chats, _stretches(apart, alone))
        begins = np.concatenate([begin[singly], several.begin])
        in_order = np.argsort(begins, kind="stable")
        self._begin = np.append(begins[in_order], np.inf)
        """With one more, which never begins."""
        self._end = np.concatenate([end[singly], several.end])[in_order]
        self._leg = order[np.concatenate([singly, several.leg])[in_order]]
        self._among = np.concatenate([np.ones(len(singly)), several.among])[in_order]

    def share(self, spans: Columns) -> _Shares:
        """Share spans out among the contacts in hand.

        Args:
            spans: agent, group, start and end of each, shape (spans,).
        """
        place = spans["agent"] * self._stretch
        start, end = place + spans["start"], place + spans["end"]
        first = np.searchsorted(self._end, start, side="right")
        # Most lie within the contact in which they begin.
        after = first + (self._begin[first] < end)
        several = np.flatnonzero(self._begin[after] < end)
        after[several] = np.searchsorted(self._begin, end[several], side="left")
        number, piece = _ranges(first, after)
        inside = np.minimum(end[number], self._end[piece])
        inside -= np.maximum(start[number], self._begin[piece])
        seconds = np.maximum(inside, 0.0) / self._among[piece]
        covered = np.bincount(number, seconds, minlength=len(start)).astype(np.float64)
        length = spans["end"] - spans["start"]
        # What is shorter is a rounding rest of the time axis that all agents share.
        whole = (length - covered < _MILLISECOND) & (covered > 0.0)
        grown = np.divide(length, covered, out=np.ones(len(length)), where=whole)
        left = np.where(whole, 0.0, length - covered)
        group = spans["group"]
        return _Shares(group[number], seconds * grown[number], self._leg[piece], group, left)


def _stretches(apart: NDArray[np.bool_], alone: NDArray[np.bool_]) -> tuple[Codes, Codes]:
    """Runs of legs of one agent that overlap: the first of each, and the one after the last."""
    edges = np.flatnonzero(apart)
    firsts = np.flatnonzero(apart[:-1] & ~alone)
    return firsts, edges[np.searchsorted(edges, firsts, side="right")]


class _Pieces(NamedTuple):
    """Stretches of time in which the same contacts are in hand, once for each that they belong to.

    In order of time, and within a stretch of time in the order in which the contacts came.
    """

    begin: Floats
    end: Floats
    leg: Codes
    among: Floats
    """How many contacts the stretch of time is shared among."""


def _pieces(
    begin: Floats, end: Floats, chats: NDArray[np.bool_], runs: tuple[Codes, Codes]
) -> _Pieces:
    """What agents have in hand from moment to moment where their contacts overlap.

    Chats in hand share the time; without one it belongs to the contact that came last.

    Args:
        begin: of each contact, shape (legs,).
        end: of each.
        chats: whether it is one.
        runs: of contacts that overlap: the first of each run, and the one after the last.
    """
    run, leg = _ranges(*runs)
    lasting = end[leg] > begin[leg]
    run, leg = run[lasting], leg[lasting]
    count = len(leg)
    comes = np.repeat([1, 0], count)
    times = np.concatenate([begin[leg], end[leg]])
    # Run by run in order of time; who leaves at a moment goes before who comes.
    events = np.lexsort((np.tile(leg, 2), comes, times, np.tile(run, 2)))
    place = np.empty(2 * count, dtype=np.int64)
    place[events] = np.arange(2 * count)
    times = times[events]
    came = place[:count]
    one, moment = _ranges(came, place[count:])
    lasts = times[moment + 1] > times[moment]
    one, moment = one[lasts], moment[lasts]
    in_order = np.lexsort((came[one], moment))
    one, moment = one[in_order], moment[in_order]
    is_chat = chats[leg[one]]
    several = np.bincount(moment, is_chat, minlength=2 * count)[moment]
    latest = np.append(moment[1:] != moment[:-1], np.ones(min(len(moment), 1), dtype=np.bool_))
    owns = np.where(several > 0.0, is_chat, latest)
    moment = moment[owns]
    among = np.maximum(several[owns], 1.0)
    return _Pieces(times[moment], times[moment + 1], leg[one[owns]], among)
