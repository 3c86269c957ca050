"""The measures that a manager looks at first, as far as a centre has them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from results import Comparison


@dataclass(frozen=True)
class _Candidate:
    measure: str
    instead_of: str | None = None
    """Shown only where this other measure says nothing."""


_CANDIDATES = (
    _Candidate("service_level"),
    _Candidate("asa"),
    _Candidate("wait_p90"),
    _Candidate("abandonment"),
    _Candidate("response_within_target", instead_of="service_level"),
    _Candidate("response_time", instead_of="service_level"),
    _Candidate("fcr_complaints"),
    _Candidate("fcr", instead_of="fcr_complaints"),
    _Candidate("approvals_per_complaint"),
    _Candidate("coaching_done"),
    _Candidate("occupancy", instead_of="coaching_done"),
    _Candidate("failure_demand", instead_of="asa"),
    _Candidate("total_cost"),
)

CANDIDATES = tuple(candidate.measure for candidate in _CANDIDATES)
"""Every measure that may be shown first."""

AT_LEAST = "handled"
"""Shown when there is nothing else to say; it exists for every part of a centre."""

_SAYS_NOTHING = {"total_cost": 0.0, "approvals_per_complaint": 0.0, "fcr": 1.0}
"""A cost of zero is none written down; nobody asks where nobody has to; nobody could fail."""


def headline(comparisons: Iterable[Comparison]) -> tuple[str, ...]:
    """The measures to show unless others are asked for.

    Args:
        comparisons: of the cuts that are shown, each with its measures.
    """
    telling = {
        measure
        for comparison in comparisons
        for measure in comparison.measures
        if _says_something(comparison, measure)
    }
    shown = [
        candidate.measure
        for candidate in _CANDIDATES
        if candidate.measure in telling and candidate.instead_of not in telling
    ]
    return tuple(shown) or (AT_LEAST,)


def values(comparison: Comparison, measure: str) -> set[float]:
    """The means of a measure under the policies; empty where none of them defines it."""
    means = {comparison.findings[policy, measure].mean.mean for policy in comparison.policies}
    return {mean for mean in means if not math.isnan(mean)}


def _says_something(comparison: Comparison, measure: str) -> bool:
    found = values(comparison, measure)
    return bool(found) and found != {_SAYS_NOTHING.get(measure)}
