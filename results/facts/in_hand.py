"""Which contacts an agent has in hand at each moment, and how they share the agent's time.

Of several, chats share it evenly; else it belongs to the contact that was answered last, for which
the others were put aside.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = MutableMapping[str, NDArray[Any]]

_MILLISECOND = 0.001


def ranges(begin: Codes, end: Codes) -> tuple[Codes, Codes]:
    """The number of each range, and the places in it, one range after the other."""
    lengths = np.maximum(end - begin, 0)
    number = np.repeat(np.arange(len(lengths)), lengths)
    before = np.cumsum(lengths) - lengths
    return number, np.arange(len(number)) - before[number] + begin[number]


class Shares(NamedTuple):
    """Spans shared out among the contacts in hand."""

    group: Codes
    """Of each share, shape (shares,), as the next two."""
    seconds: Floats
    leg: Codes
    of_span: Codes
    """The group of each span, shape (spans,)."""
    left: Floats
    """Seconds of each span in which nothing is in hand."""


class InHand:
    """Which contacts every agent has in hand, from the answer to the end of the wrap-up."""

    def __init__(self, legs: Columns, chat: int, horizon_s: float) -> None:
        """Lay the contacts of all agents out on one axis of time.

        Args:
            legs: answered, ended, wrap_up_s, agent and channel of each, shape (legs,).
            chat: position of the chats among the channels, -1 without any.
            horizon_s: when the replication ends; contacts that last are in hand until then.
        """
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

    def share(self, spans: Columns) -> Shares:
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
        number, piece = ranges(first, after)
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
        return Shares(group[number], seconds * grown[number], self._leg[piece], group, left)


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
    run, leg = ranges(*runs)
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
    one, moment = ranges(came, place[count:])
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
