"""Approvals: how often agents ask, how long the answer takes, and what it is."""

from __future__ import annotations

from results.facts.rows import count, mean, ratio
from results.measures.cuts import Slice
from results.measures.definition import COMMON, EVERYWHERE, REASONS, Measure
from sim.trace.equations import approval_wait


def _approval_wait(s: Slice) -> float:
    waited_s = s.decided["decided"] - s.decided["first_asked"]
    return approval_wait(waited_s.sum(), len(waited_s))


def _approvals_per_complaint(s: Slice) -> float:
    return ratio(count(s.requests["complaint"]), count(s.cases["complaint"]))


MEASURES = (
    Measure(
        "approval_wait",
        "Wait for an approval",
        "mean time from asking to the decision, up the line included; for a group or tier what "
        "it decided",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        _approval_wait,
    ),
    Measure(
        "approved",
        "Approved",
        "approved / decided, of what others asked; for a group or tier what it decided",
        "share",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.decided["approved"]),
    ),
    Measure(
        "approvals_per_complaint",
        "Approvals asked per complaint",
        "approvals that agents asked in complaint cases / complaint cases",
        "count",
        "lower",
        COMMON,
        REASONS,
        _approvals_per_complaint,
    ),
)
