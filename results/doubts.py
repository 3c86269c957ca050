"""Doubts: why a policy may look good that refuses customers, leaves them waiting or sends them off.

A policy that withholds what is owed, leaves more cases open, or sends more customers off has less
to do: its service costs less, and who is left waits less. Where that is so nothing is called better
that does not count everybody, and the verdict says why.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.estimate import estimate

Floats = NDArray[np.float64]
Effect = Literal["better", "worse", "different", "unclear"]

MATERIAL = 0.005
"""Half a per cent of what is due, or half a point of the customers: more counts even where the
replications are too few to call it clear."""

SENT_OFF = ("blocked", "closed", "turned_away")
"""Shares of the customers who found no line, came while it was closed, or were sent away."""

COUNTS_EVERYBODY = frozenset(
    {
        *SENT_OFF,
        *("total_cost", "total_cost_per_case", "revenue_at_risk", "revenue_at_risk_per_case"),
        *("customers_lost", "stay", "given_up", "unresolved"),
        *("remedies_withheld", "customers_withheld", "remedies_refused", "customers_refused"),
        *("remedies_open", "customers_open"),
    }
)
"""Measures in which nobody is missing: those refused, sent off or left open are counted."""

_COSTS = frozenset(
    {
        *("service_cost", "service_cost_per_case", "staff_cost", "telecom_cost", "waiting_cost"),
        *("overtime_cost", "hiring_cost", "training_cost", "fix_cost", "cost_per_resolution"),
        *("give_away", "give_away_per_case"),
    }
)
_FREED = frozenset({"approvals_per_complaint", "approval_wait", "escalation_rate", "coaching_done"})
"""What gets better by itself where asking is refused, put off or never begun."""
_PER_RESOLUTION = "cost_per_resolution"
_WITHHELD = frozenset({"remedies_withheld", "customers_withheld", "remedies_refused"})


@dataclass(frozen=True)
class Doubts:
    """What a policy does to customers that makes it look better than it is."""

    other_cases: bool = False
    """The number of cases is another: different customers are compared."""
    withholds: bool = False
    """More of what is owed is withheld."""
    leaves_open: bool = False
    """More cases are still open at the end."""
    sends_off: bool = False
    """More customers find no line, a closed centre, or are turned away."""
    hang_up: bool = False
    """More customers hang up while waiting, so that fewer get through."""

    @property
    def any(self) -> bool:
        """Whether a lower cost of service may be no saving."""
        return self.withholds or self.leaves_open or self.sends_off or self.hang_up

    def about(self, measure: str, effect: Effect) -> Effect:
        """What a clear difference may be called in the light of the doubts."""
        if measure == _PER_RESOLUTION and (self.any or self.other_cases):
            return "different" if effect in ("better", "worse") else effect
        if effect != "better":
            return effect
        hidden = (
            (measure in _COSTS and self.any)
            or (measure in _FREED and self.any)
            or (measure in _WITHHELD and self.leaves_open)
            or (self.sends_off and measure not in COUNTS_EVERYBODY)
        )
        return "different" if hidden else effect


NO_DOUBTS = Doubts()

Pairs = Callable[[str], tuple[Floats, Floats]]
"""The values of a measure in each replication: under a policy, and under its baseline."""


def doubts_of(pairs: Pairs, level: float) -> Doubts:
    """Look at what a policy does to customers, against its baseline.

    Args:
        pairs: the values of a measure, shape (n,) each, NaN where undefined.
        level: confidence at which a difference is clear.
    """
    due = _mean(pairs("remedies_due")[1])
    return Doubts(
        other_cases=_moved(*pairs("cases")),
        withholds=_more(*pairs("remedies_withheld"), level, due),
        leaves_open=_more(*pairs("unresolved"), level, 1.0),
        sends_off=_more(*_together(pairs), level, 1.0),
        hang_up=_more(*pairs("abandonment"), level, 1.0),
    )


def _together(pairs: Pairs) -> tuple[Floats, Floats]:
    """The share of customers sent off in any way, under the policy and the baseline."""
    found = [pairs(name) for name in SENT_OFF]
    policy, base = (np.sum([np.nan_to_num(one[side]) for one in found], axis=0) for side in (0, 1))
    return policy, base


def _moved(values: Floats, base: Floats) -> bool:
    difference = _difference(values, base)
    return bool(len(difference)) and abs(_mean(difference)) > 1e-9 * abs(_mean(base))


def _more(values: Floats, base: Floats, level: float, whole: float) -> bool:
    """Whether there is more of something bad, clearly or by a share that matters."""
    difference = _difference(values, base)
    moved = estimate(difference, level)
    if not moved.mean > 1e-9 * max(whole, 1e-9):
        return False
    return moved.excludes_zero or moved.mean > MATERIAL * whole


def _difference(values: Floats, base: Floats) -> Floats:
    both = ~(np.isnan(values) | np.isnan(base))
    return values[both] - base[both]


def _mean(values: Floats) -> float:
    defined = values[~np.isnan(values)]
    return float(np.mean(defined)) if len(defined) else math.nan
