"""Promises: anything told to a customer with a time in it, and answers in writing."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from results.facts.backlog import open_at
from results.facts.rows import any_of, having, mean, quantile
from results.measures.definition import COMMON, COPC, CUSTOMERS, LEGS, Measure
from results.measures.slice import Slice
from sim.trace.codes import ContactKind, PromiseKind
from sim.trace.equations import promises_kept

_KINDS = {
    PromiseKind.TOLD_WAIT: ("told_wait", "Waits told that were kept"),
    PromiseKind.CALLBACK: ("callback", "Callbacks instead of waiting kept"),
    PromiseKind.VOICEMAIL: ("voicemail", "Voicemails answered in time"),
    PromiseKind.FOLLOW_UP_CALL: ("follow_up_call", "Promised follow-up calls kept"),
    PromiseKind.TICKET: ("ticket", "Tickets answered in time"),
}


def _kept(s: Slice, kinds: tuple[PromiseKind, ...]) -> float:
    """Share kept of the promises that fell due before the horizon ended."""
    kept = s.due_promises["kept"][any_of(s.due_promises["kind"], kinds)]
    return promises_kept(kept.sum(), len(kept))


def _followed_up(s: Slice) -> NDArray[np.float64]:
    """Seconds from each promise of a call or an answer to the first try of keeping it."""
    rows = s.contacts
    keeps = having(rows["kind"], ContactKind.FOLLOW_UP) & rows["served"] & ~rows["inbound"]
    waits: NDArray[np.float64] = rows["wait"][keeps]
    return waits


def _response_time(s: Slice) -> float:
    written = s.written
    return mean((written["ended"] - written["arrival"])[written["handled"]])


def _response_within_target(s: Slice) -> float:
    """Unanswered contacts count once their target has run out, and then they have missed it."""
    written = s.written
    due, answered = written["answer_due"], written["handled"]
    in_time = answered & (written["ended"] <= due)
    judged = (answered | (s.facts.trace.horizon_s > due)) & ~np.isnan(due)
    return mean(in_time[judged])


def _backlog(s: Slice) -> float:
    ends = s.facts.interval_ends
    counted = ends[ends > s.facts.trace.warm_up_s]
    return mean(open_at(s.open_work["opened"], s.open_work["closed"], counted))


MEASURES = (
    Measure(
        "promises_kept",
        "Promises kept",
        "kept / due before the horizon ended, promises of every kind",
        "share",
        "higher",
        COMMON,
        LEGS,
        partial(_kept, kinds=tuple(PromiseKind)),
    ),
    *(
        Measure(
            f"promises_kept_{name}",
            title,
            f"kept / due before the horizon ended, promises of kind {name}",
            "share",
            "higher",
            COMMON,
            LEGS,
            partial(_kept, kinds=(kind,)),
        )
        for kind, (name, title) in _KINDS.items()
    ),
    Measure(
        "followup_wait",
        "Wait for what is promised",
        "mean time from promising a call or ticket to the first try of keeping it: the call, or "
        "the begin of the writing; over those tried before the horizon ended",
        "s",
        "lower",
        COMMON,
        LEGS,
        lambda s: mean(_followed_up(s)),
    ),
    Measure(
        "followup_wait_p90",
        "90 % of promises tried within",
        "90 % quantile of the times behind followup_wait",
        "s",
        "lower",
        COMMON,
        LEGS,
        lambda s: quantile(_followed_up(s), 0.9),
    ),
    Measure(
        "response_time",
        "Response time in writing",
        "mean time from a written contact (email, text) to the end of its answer",
        "s",
        "lower",
        COMMON,
        CUSTOMERS,
        _response_time,
    ),
    Measure(
        "response_within_target",
        "Answered within response target",
        "written contacts answered within response_target_h of their channel / answered or past "
        "that target; the hours are those in which the channel is open, unless target_clock says "
        "calendar",
        "share",
        "higher",
        COPC,
        CUSTOMERS,
        _response_within_target,
        version=2,
    ),
    Measure(
        "backlog",
        "Backlog",
        "open written contacts, tickets and promised callbacks, mean over the ends of intervals; "
        "for a group or tier those it answered or is to keep",
        "count",
        "lower",
        COMMON,
        LEGS,
        _backlog,
    ),
)
