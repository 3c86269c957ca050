"""The trade-off: waits against what they are traded for, a point with intervals for each policy."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from results.comparison.comparison import Comparison
from results.comparison.doubts import NO_DOUBTS
from results.measures.registry import MEASURES
from results.reading.rows import is_open

ACROSS = "asa"
UPWARDS = ("fcr_complaints", "fcr", "abandonment")
"""What stands against waits: the first of these in which policies differ."""
_APART = 0.005
"""Half a point: policies that differ by less do not differ to a manager."""


@dataclass(frozen=True)
class Point:
    """A policy between two measures.

    It lies as far from the baseline as its difference, whose interval is drawn, so that the
    baseline has none.
    """

    policy: str
    x: float
    y: float
    x_margin: float
    """Half the width of the interval of the difference, as for ``y_margin``."""
    y_margin: float
    sends_off: bool = False
    """It sends off more customers than the baseline: its waits are of those who are left."""


@dataclass(frozen=True)
class TradeOff:
    """The points of all policies, and what the axes mean."""

    upwards: str
    """The measure against waits."""
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        """What is drawn against what."""
        return f"{MEASURES[self.upwards].title} against {MEASURES[ACROSS].title.lower()}"


def trade_off(comparison: Comparison) -> TradeOff | None:
    """Waits against what they are traded for; None where nobody waits on a line."""

    def means(measure: str) -> Sequence[float]:
        if measure not in comparison.measures:
            return ()
        return [comparison.findings[policy, measure].mean.mean for policy in comparison.policies]

    upwards = upwards_of(means)
    if upwards is None:
        return None
    points = []
    for policy in comparison.policies:
        (x, x_margin), (y, y_margin) = (
            _place(comparison, policy, name) for name in (ACROSS, upwards)
        )
        if not (math.isnan(x) or math.isnan(y)):
            doubts = comparison.doubts.get(policy, NO_DOUBTS)
            points.append(Point(policy, x, y, x_margin, y_margin, doubts.sends_off))
    return TradeOff(upwards, tuple(points))


def _place(comparison: Comparison, policy: str, measure: str) -> tuple[float, float]:
    """Where a policy stands, and half the width of the interval of its difference."""
    today = comparison.findings[comparison.baseline, measure].mean.mean
    found = comparison.findings[policy, measure].difference
    if found is None:
        return today, 0.0
    return today + found.estimate.mean, _margin(found.estimate.half_width)


def upwards_of(means: Callable[[str], Sequence[float]]) -> str | None:
    """The measure to lay against waits; None where nobody waits on a line.

    Args:
        means: of a measure under each policy; NaN where undefined.
    """
    if all(math.isnan(wait) for wait in means(ACROSS)):
        return None
    there = [name for name in UPWARDS if not all(math.isnan(mean) for mean in means(name))]
    open_ = [name for name in there if is_open(means(name))]
    # What hardly differs between policies is no side of a trade.
    apart = [name for name in open_ if max(means(name)) - min(means(name)) >= _APART]
    return next(iter((*apart, *open_, *there[-1:])), None)


def _margin(half_width: float) -> float:
    return 0.0 if math.isnan(half_width) else half_width
