"""Chats: how many an agent has in hand at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import having, ratio
from results.measures.definition import COMMON, PEOPLE, Measure
from results.measures.slice import Slice

Floats = NDArray[np.float64]


def _stretches(s: Slice) -> tuple[Floats, Floats]:
    """Begin and end of every chat in hand, wrap-up included, agents one after the other.

    All agents share one axis of time, on which each has a stretch longer than the run.
    """
    legs = s.legs
    chats = having(legs["channel"], s.facts.trace.channels.index("chat")) & legs["served"]
    if not chats.any():
        return np.zeros(0), np.zeros(0)
    begin, ended = legs["answered"][chats], legs["ended"][chats]
    end = np.where(np.isnan(ended), s.facts.trace.horizon_s, ended) + legs["wrap_up_s"][chats]
    axis = legs["agent"][chats] * (1.0 + 2.0 * end.max(initial=0.0))
    order = np.argsort(axis + begin, kind="stable")
    return (axis + begin)[order], (axis + np.maximum(end, begin))[order]


def _at_once(s: Slice) -> float:
    begin, end = _stretches(s)
    latest = np.maximum.accumulate(end)
    # What reaches beyond all chats begun before is time that has not been counted yet.
    before = np.append(-np.inf, latest[:-1]) if len(end) else end
    with_any = np.clip(end - np.maximum(begin, before), 0.0, None)
    return ratio(float((end - begin).sum()), float(with_any.sum()))


def _most(s: Slice) -> float:
    begin, end = _stretches(s)
    if not len(begin):
        return np.nan
    times = np.concatenate([end, begin])
    order = np.argsort(times, kind="stable")  # one that ends makes room for the next
    return float(np.repeat((-1, 1), len(end))[order].cumsum().max())


MEASURES = (
    Measure(
        "chats_at_once",
        "Chats in hand at once",
        "seconds of chats in hand, from the answer to the end of wrap-up / seconds in which their "
        "agents have at least one in hand",
        "count",
        None,
        COMMON,
        PEOPLE,
        _at_once,
    ),
    Measure(
        "chats_at_once_most",
        "Most chats in hand at once",
        "largest number of chats that one agent has in hand at once",
        "count",
        None,
        COMMON,
        PEOPLE,
        _most,
    ),
)
