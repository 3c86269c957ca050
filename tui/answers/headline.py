"""The measures that a manager looks at first, as far as a centre has them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from results import Comparison
from results.measures.registry import MEASURES


@dataclass(frozen=True)
class _Candidate:
    measure: str
    instead_of: str | None = None
    """Shown only where this other measure says nothing."""
    where: Literal["", "differs", "unpriced"] = ""
    """Shown only where the policies differ in it, or where nothing says what it costs in all."""


_CANDIDATES = (
    _Candidate("service_level"),
    _Candidate("asa"),
    _Candidate("wait_p90"),
    _Candidate("abandonment"),
    _Candidate("blocked", where="differs"),
    _Candidate("closed", where="differs"),
    _Candidate("turned_away", where="differs"),
    _Candidate("lost_in_menu", where="differs"),
    _Candidate("response_within_target", instead_of="service_level"),
    _Candidate("response_time", instead_of="service_level"),
    _Candidate("fcr_complaints"),
    _Candidate("fcr", instead_of="fcr_complaints"),
    _Candidate("approvals_per_complaint"),
    _Candidate("coaching_done"),
    _Candidate("occupancy", instead_of="coaching_done"),
    _Candidate("failure_demand", instead_of="asa"),
    _Candidate("unresolved", where="differs"),
    _Candidate("service_cost"),
    _Candidate("remedies_due", where="differs"),
    _Candidate("remedies_paid"),
    _Candidate("remedies_withheld", where="unpriced"),
    _Candidate("remedies_open", where="unpriced"),
    _Candidate("revenue_at_risk"),
    _Candidate("total_cost"),
)

CANDIDATES = tuple(candidate.measure for candidate in _CANDIDATES)
"""Every measure that may be shown first."""

AT_LEAST = "handled"
"""Shown when there is nothing else to say; it exists for every part of a centre."""

_SAYS_NOTHING = {
    **dict.fromkeys(("service_cost", "total_cost", "revenue_at_risk"), 0.0),
    **dict.fromkeys(("remedies_due", "remedies_paid", "remedies_withheld", "remedies_open"), 0.0),
    "approvals_per_complaint": 0.0,
    "fcr": 1.0,
}
"""A cost of zero is none written down; nobody asks where nobody has to; nobody could fail."""


def headline(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
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
        if candidate.measure in telling
        and candidate.instead_of not in telling
        and (candidate.where != "unpriced" or "total_cost" not in telling)
        and (candidate.where != "differs" or _differs(comparisons, candidate.measure))
    ]
    return tuple(shown) or (AT_LEAST,)


def _differs(comparisons: Sequence[Comparison], measure: str) -> bool:
    """Whether policies differ in a measure by more than rounding; one alone has to have it."""
    for comparison in comparisons:
        found = values(comparison, measure) if measure in comparison.measures else set()
        alone = found if len(comparison.policies) > 1 else {*found, 0.0}
        least = 0.0005 if MEASURES[measure].unit == "share" else 0.0005 * max(alone, default=0.0)
        if alone and max(alone) - min(alone) > least:
            return True
    return False


def values(comparison: Comparison, measure: str) -> set[float]:
    """The means of a measure under the policies; empty where none of them defines it."""
    means = {comparison.findings[policy, measure].mean.mean for policy in comparison.policies}
    return {mean for mean in means if not math.isnan(mean)}


def _says_something(comparison: Comparison, measure: str) -> bool:
    found = values(comparison, measure)
    return bool(found) and found != {_SAYS_NOTHING.get(measure)}
