"""Crossings: at which level of a factor a measure reaches what is asked of it.

A crossing is read off a curve through paired points, straight between two levels next to each
other. Its interval is where the two ends of the curve's interval cross (Graybill, Theory and
Application of the Linear Model, 1976, section 8.5: inverse prediction); it holds point by point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from results.comparison.estimate import Estimate


@dataclass(frozen=True)
class Crossing:
    """Where a curve reaches zero for the first time, from the low levels on."""

    at: float
    """Level at which the mean crosses; NaN where it does not within the levels."""
    low: float
    """Lowest level at which it may cross; the lowest of all where it may be there already."""
    high: float
    """Highest level at which it may cross; infinite where it may not cross at all."""
    begins_beyond: bool
    """The curve is on the far side at the lowest level already."""
    returns: Crossing | None = None
    """Where a curve that begins on the far side falls short again; None where it does not."""

    @property
    def is_reached(self) -> bool:
        """Whether the mean crosses, or lies beyond from the lowest level on."""
        return not math.isnan(self.at)

    def plus(self, amount: float) -> Crossing:
        """The same with levels counted from elsewhere: agents in all, not agents added."""
        returns = None if self.returns is None else self.returns.plus(amount)
        ends = self.at + amount, self.low + amount, self.high + amount
        return Crossing(*ends, self.begins_beyond, returns)

    def __format__(self, spec: str) -> str:
        """The level with its interval, numbers as the format says: ``3.4 (2.9 to 4.0)``."""
        if not self.is_reached:
            return "not reached"
        high = "or more" if math.isinf(self.high) else f"to {self.high:{spec}}"
        return f"{self.at:{spec}} ({self.low:{spec}} {high})"


def crossing(levels: Sequence[float], found: Sequence[Estimate]) -> Crossing:
    """Where differences that begin below zero come to zero or above.

    Args:
        levels: of the factor, ascending.
        found: how far the measure lies beyond what is asked, in the direction that is better,
            at each level: negative is short of it. Levels where nothing is known are passed over.
    """
    known = [(x, one) for x, one in zip(levels, found, strict=True) if one.n]
    if not known:
        return Crossing(math.nan, math.nan, math.inf, begins_beyond=False)
    xs = [x for x, _ in known]
    middle = _first(xs, [one.mean for _, one in known])
    early = _first(xs, [one.mean + _half(one) for _, one in known])
    late = _first(xs, [one.mean - _half(one) for _, one in known])
    begins, returns = known[0][1].mean >= 0.0, None
    if known[0][1].mean > 0.0 > known[-1][1].mean:
        short = [Estimate(-one.mean, one.half_width, one.n) for _, one in known]
        returns = crossing(xs, short)
    return Crossing(middle, early, math.inf if math.isnan(late) else late, begins, returns)


def _half(one: Estimate) -> float:
    """Half the interval; without one nothing is known, and it may lie anywhere."""
    return math.inf if math.isnan(one.half_width) else one.half_width


def _first(xs: Sequence[float], heights: Sequence[float]) -> float:
    """Where heights come to zero for the first time, straight between two; NaN where never."""
    if heights[0] >= 0.0:
        return xs[0]
    for (x, here), (further, there) in pairwise(zip(xs, heights, strict=True)):
        if here < 0.0 <= there:
            if math.isinf(here) or math.isinf(there):
                return further
            return x + (further - x) * -here / (there - here)
    return math.nan
