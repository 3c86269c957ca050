"""The money of a verdict in sentences: what it is made of, when it pays, and when to doubt it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from results.comparison.break_even import BreakEven
from results.comparison.comparison import Comparison
from results.comparison.doubts import NO_DOUBTS, SENT_OFF
from results.reading import format as words

_ROUNDING = 0.001
_OF_A_CUSTOMER = 0.01
"""Below so small a part of what a customer is worth nobody asks whether a policy pays."""
_SERVICE = ("service_cost", "cost_per_resolution")

DOUBTED = (*_SERVICE, "remedies_withheld", "unresolved", "given_up", *SENT_OFF)
"""The measures that a doubt is about."""


NOT_PRICED = "Customers who leave are not counted in the money: [loyalty] is left out."


def worth_words(comparison: Comparison) -> str:
    """At what value of a customer the cost in all is counted."""
    value = words.money(comparison.customer_value, comparison.currency)
    return f"In all, a customer is counted as worth {value}: put in your own value."


def break_even_words(comparison: Comparison, policy: str) -> str:
    """From what value of a customer on the policy pays; empty where nothing is known of it."""
    found = comparison.break_even.get(policy)
    if found is None or found.pays == "unknown" or _valued_otherwise(comparison, policy):
        return ""
    value = words.money(found.value, comparison.currency)
    said = {
        "above": f"It pays where a customer is worth more than {value}",
        "below": f"It pays only where a customer is worth less than {value}",
        "at any value": "It pays whatever a customer is worth",
        "at no value": "It does not pay, whatever a customer is worth",
    }[found.pays]
    always = found.pays in ("at any value", "at no value")
    if always and found.high < _OF_A_CUSTOMER * comparison.customer_value:
        return f"{said}."
    return f"{said}{_sure(found, comparison.currency)}."


def _valued_otherwise(comparison: Comparison, policy: str) -> bool:
    return comparison.doubts.get(policy, NO_DOUBTS).other_values


def _sure(found: BreakEven, currency: str) -> str:
    """Where the replications do not tell."""
    if math.isnan(found.low) or found.low == found.high:
        return ""
    low = words.money(found.low, currency)
    if math.isinf(found.high):
        return f" (not clear from {low} on)"
    high = words.money(found.high, currency)
    if low == high:
        return ""
    return f" (not clear {f'from {low} to' if found.low > 0.0 else 'up to'} {high})"


def doubt_words(comparison: Comparison, policy: str) -> str:
    """Why a lower cost is no saving by itself; empty where it is not lower, or nothing hides."""
    doubts = comparison.doubts.get(policy, NO_DOUBTS)
    cheaper = [name for name in _SERVICE if _lower(comparison, policy, name)]
    hidden = list(_hidden(comparison, policy)) if doubts.any else []
    if not cheaper or not hidden:
        return ""
    sure = any(_said_lower(comparison, policy, name) for name in cheaper)
    lower = "its lower service cost is" if sure else "a lower service cost would be"
    return f"Warning: {lower} no saving by itself: {' and '.join(hidden)}."


def value_words(comparison: Comparison, policy: str) -> str:
    """That a policy values customers otherwise than the baseline; empty where it does not."""
    if not _valued_otherwise(comparison, policy):
        return ""
    return (
        "Warning: the policy itself changes what customers are worth ([loyalty], [satisfaction] or "
        "prices of waiting in [costs]), so its money cannot be compared."
    )


def _hidden(comparison: Comparison, policy: str) -> Iterator[str]:
    doubts = comparison.doubts[policy]
    if doubts.withholds:
        more = words.money(_shift(comparison, policy, "remedies_withheld"), comparison.currency)
        yield f"{more} a day more of what is owed is withheld"
    if doubts.leaves_open:
        more = words.points(_shift(comparison, policy, "unresolved"))
        yield f"{more} more cases are still open at the end"
    if doubts.gives_up and not (doubts.withholds or doubts.leaves_open or doubts.sends_off):
        more = words.points(_shift(comparison, policy, "given_up"))
        yield f"{more} more cases are given up"
    if doubts.sends_off:
        shifts = [_shift(comparison, policy, name) for name in SENT_OFF]
        more = words.points(sum(one for one in shifts if not math.isnan(one)))
        yield f"{more} more customers are sent off"


def _lower(comparison: Comparison, policy: str, name: str) -> bool:
    """Whether a cost is lower by more than rounding."""
    if name not in comparison.measures:
        return False
    difference = comparison.findings[policy, name].difference
    return difference is not None and (
        difference.relative < -_ROUNDING or (difference.clear and difference.estimate.mean < 0.0)
    )


def _said_lower(comparison: Comparison, policy: str, name: str) -> bool:
    """Whether the replications tell a cost from that of the baseline, and it is not the same."""
    difference = comparison.findings[policy, name].difference
    claim = comparison.claims.get((policy, name))
    same = claim is not None and claim.outcome == "same"
    return difference is not None and difference.clear and not same


def _shift(comparison: Comparison, policy: str, name: str) -> float:
    """How far the policy moves a measure; NaN where it is not compared or not defined."""
    if name not in comparison.measures:
        return math.nan
    difference = comparison.findings[policy, name].difference
    return math.nan if difference is None else difference.estimate.mean
