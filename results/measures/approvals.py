"""Approvals: how often agents ask, how long they wait, and what the answer is."""

from __future__ import annotations

import numpy as np

from results.facts.rows import any_of, count, mean, ratio
from results.measures.definition import COMMON, EVERYWHERE, REASONS, Measure
from results.measures.slice import Slice
from sim.trace.equations import approval_wait


def _approval_wait(s: Slice) -> float:
    waited_s = s.decided["decided"] - s.decided["first_asked"]
    return approval_wait(waited_s.sum(), len(waited_s))


def _approvals_per_complaint(s: Slice) -> float:
    return ratio(count(s.requests["complaint"]), count(s.cases["complaint"]))


def _internal_wait(s: Slice) -> float:
    asked = s.decisions.where(s.decisions["on_hold"] & ~np.isnan(s.decisions["started"]))
    passed = s.legs.where(s.legs["in_warm"])
    waited_s = (asked["started"] - asked["asked"]).sum() + passed["wait"].sum()
    return ratio(float(waited_s), len(asked) + len(passed))


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
        "approval_undecided",
        "Asked and not decided",
        "requests that ended without a yes or no (nobody came in time, or the customer hung up) / "
        "requests; for a group or tier what it was asked",
        "share",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: mean(~any_of(s.closed_requests["approved"], (0.0, 1.0))),
    ),
    Measure(
        "approval_hold",
        "Hold where an approval is asked",
        "hold / contacts whose customer held while an approval was asked for, decided or not",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.held_for_approval["hold_s"]),
    ),
    Measure(
        "internal_wait",
        "Wait of agents for approvers and specialists",
        "mean time from asking until somebody turns to it, of approvals asked on hold and warm "
        "transfers; for a group or tier what it was asked",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        _internal_wait,
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
