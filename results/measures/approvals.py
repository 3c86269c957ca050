"""Approvals: how often agents ask, how long the answer takes, and what it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import Rows, any_of, count, mean, ratio
from results.measures.cuts import Slice
from results.measures.definition import COMMON, EVERYWHERE, REASONS, Measure


def _asked(s: Slice) -> Rows:
    """Requests that agents made; not what an approver passed up the line to the next."""
    return s.decisions.where(s.decisions["request"])


def _decided(s: Slice) -> Rows:
    """Yes or no to somebody who asked; not passed up the line."""
    final = any_of(s.decisions["approved"], (0.0, 1.0))
    return s.decisions.where(final & s.decisions["asked_for"])


def _approvals_per_complaint(s: Slice) -> float:
    complaints = count(s.cases["complaint"])
    asked = _asked(s)
    return ratio(count(asked["complaint"]), complaints)


def _wait(s: Slice) -> NDArray[np.float64]:
    decided = _decided(s)
    wait: NDArray[np.float64] = decided["decided"] - decided["first_asked"]
    return wait


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
        lambda s: mean(_wait(s)),
    ),
    Measure(
        "approved",
        "Approved",
        "approved / decided, of what others asked; for a group or tier what it decided",
        "share",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: mean(_decided(s)["approved"]),
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
