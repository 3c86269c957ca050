"""Queues: how many wait in them, and what one group answers of what was offered to another.

A wait belongs to the queue of the group that was asked first, no matter who answers: the first
group of a reason, the target of a transfer or of a promise. So what was offered to a queue is
answered, lost or still waiting in it, and queues add up to legs.
"""

from __future__ import annotations

from functools import partial

from results.facts.rows import Rows, count
from results.measures.definition import COMMON, WAITS, Measure, Scope
from results.measures.slice import Slice

_OFFERING: Scope = ("all", "queue")
_ANSWERING: Scope = ("all", "queue", "group")


def _elsewhere(rows: Rows) -> int:
    """Legs that another group answered than the one of the queue."""
    return count(rows["queue"] != rows["group"])


def _taken_over(s: Slice) -> int:
    if s.cut[0] != "queue":
        return _elsewhere(s.legs)
    every = s.facts.legs  # those answered by the group that the queue is named after
    return count((every["group"] == s.number) & (every["queue"] != s.number))


def _mean_number(s: Slice) -> float:
    return s.in_line.mean(s.facts.trace.warm_up_s, s.facts.trace.horizon_s)


def _number_not_exceeded(s: Slice, share: float) -> float:
    return s.in_line.quantile(share, s.facts.trace.warm_up_s, s.facts.trace.horizon_s)


def _most(s: Slice) -> float:
    return s.in_line.most(s.facts.trace.warm_up_s, s.facts.trace.horizon_s)


MEASURES = (
    Measure(
        "overflowed_out",
        "Overflowed out",
        "answered by another group than the one whose queue it was offered to",
        "count",
        None,
        COMMON,
        _OFFERING,
        lambda s: float(_elsewhere(s.legs)),
    ),
    Measure(
        "taken_over",
        "Taken over",
        "answered by this group, and offered to the queue of another",
        "count",
        None,
        COMMON,
        _ANSWERING,
        lambda s: float(_taken_over(s)),
    ),
    Measure(
        "number_waiting",
        "Number waiting",
        "mean number of customers who wait on the line (voice and chat) over the time in which it "
        "is open; each counts once, in its own queue",
        "count",
        "lower",
        COMMON,
        WAITS,
        _mean_number,
    ),
    Measure(
        "number_waiting_p95",
        "Number waiting, 95 % of the time",
        "smallest number of waiting customers that is not exceeded for 95 % of the time behind "
        "number_waiting",
        "count",
        "lower",
        COMMON,
        WAITS,
        partial(_number_not_exceeded, share=0.95),
    ),
    Measure(
        "number_waiting_most",
        "Most waiting",
        "largest number of waiting customers in the time behind number_waiting",
        "count",
        "lower",
        COMMON,
        WAITS,
        _most,
    ),
)
