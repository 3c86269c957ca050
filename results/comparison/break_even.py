"""Break-even: how much a customer must be worth for a policy to pay.

With the customer's value V a policy moves the cost in all by Δ(service cost + remedies due) + V ×
Δ(customers lost). It breaks even at V* = -Δ(service cost + due) / Δ(customers lost).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import t_quantile

Floats = NDArray[np.float64]

Pays = Literal["at any value", "at no value", "above", "below", "unknown"]
"""At which values of a customer a policy costs less in all: any, none, or above or below V*."""

_SAME = 1e-9
_A_CENT = 0.005
"""A value of a customer below this is nothing."""


@dataclass(frozen=True)
class BreakEven:
    """At which value of a customer a policy begins, or ceases, to pay."""

    pays: Pays
    """By the means; unknown where the replications tell it at no value."""
    value: float = math.nan
    """V*, in money; NaN where there is none."""
    low: float = math.nan
    """From here on the replications do not tell whether it pays; NaN where they always do."""
    high: float = math.nan
    """They do not tell up to here; infinity where no value is large enough."""


def break_even(cost: Floats, lost: Floats, level: float) -> BreakEven:
    """The value of a customer at which a policy breaks even, with its interval.

    The interval holds every V >= 0 at which the paired t interval of cost + V × lost holds zero.
    Source: Fieller 1954, the interval of a ratio of two means.

    Args:
        cost: what the policy moves service cost and remedies due, in each replication, shape (n,).
        lost: what it moves the expected number of customers lost, shape (n,).
        level: confidence of the interval.
    """
    both = ~(np.isnan(cost) | np.isnan(lost))
    cost, lost = cost[both], lost[both]
    if len(cost) < 2:
        return BreakEven("unknown")
    x, y = float(np.mean(cost)), float(np.mean(lost))
    low, high = _unsure(cost, lost, level) or (math.nan, math.nan)
    if high < _A_CENT:
        low = high = math.nan
    if low == 0.0 and high == math.inf:
        return BreakEven("unknown", low=low, high=high)
    value = -x / y if y else math.nan
    if x * y >= 0.0 or value < _A_CENT:
        sign = y or x
        return BreakEven("at no value" if sign > 0.0 else "at any value", low=low, high=high)
    if math.isnan(low):
        low = high = value
    return BreakEven("above" if y < 0.0 else "below", value, low, high)


def _unsure(cost: Floats, lost: Floats, level: float) -> tuple[float, float] | None:
    """The values from 0 at which it is not clear which costs less, as an interval; None: none."""
    n = len(cost)
    t2 = t_quantile((1.0 + level) / 2.0, n - 1) ** 2 / n
    (sxx, sxy), (_, syy) = np.cov(cost, lost, ddof=1)
    x, y = float(np.mean(cost)), float(np.mean(lost))
    # Not clear where (x + V y)^2 <= t2 (sxx + 2 V sxy + V^2 syy), a quadratic in V.
    a, b, c = y * y - t2 * syy, 2.0 * (x * y - t2 * sxy), x * x - t2 * sxx
    if abs(a) <= _SAME * max(y * y, _SAME):
        a = 0.0
    return _not_above_zero(a, b, c)


def _not_above_zero(a: float, b: float, c: float) -> tuple[float, float] | None:
    """The stretch of V >= 0 on which a V² + b V + c is not above 0; all of it where it is two."""
    if a == 0.0:
        if b == 0.0:
            return (0.0, math.inf) if c <= 0.0 else None
        root = -c / b
        if b > 0.0:
            return (0.0, root) if root >= 0.0 else None
        return (max(root, 0.0), math.inf)
    square = b * b - 4.0 * a * c
    if square < 0.0:
        return None if a > 0.0 else (0.0, math.inf)
    first, second = sorted((-b + s * math.sqrt(square)) / (2.0 * a) for s in (-1.0, 1.0))
    if a > 0.0:
        return (max(first, 0.0), second) if second >= 0.0 else None
    if first < 0.0 <= second:
        return (second, math.inf)
    return (0.0, math.inf) if first >= 0.0 or second < 0.0 else None
