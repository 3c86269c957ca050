"""Waits against complaints resolved at first contact: a point with its intervals per policy."""

from __future__ import annotations

import math
from dataclasses import dataclass

from results import Comparison
from results.comparison.doubts import NO_DOUBTS
from results.measures.registry import MEASURES

ACROSS = "asa"
UPWARDS = ("fcr_complaints", "fcr", "abandonment")
"""What stands against waits: the first of these that is defined."""


@dataclass(frozen=True)
class Point:
    """A policy between two measures."""

    policy: str
    x: float
    y: float
    x_margin: float
    y_margin: float
    sends_off: bool = False
    """It sends off more customers than the baseline: its waits are of those who are left."""


@dataclass(frozen=True)
class TradeOff:
    """The points of all policies, and what the axes mean."""

    x_title: str
    y_title: str
    x_unit: str
    y_unit: str
    points: tuple[Point, ...]


def trade_off(comparison: Comparison) -> TradeOff | None:
    """Waits against what they are traded for; None where nobody waits on a line."""
    up = next((name for name in UPWARDS if _defined(comparison, name)), None)
    if up is None or not _defined(comparison, ACROSS):
        return None
    points = []
    for policy in comparison.policies:
        x, y = (comparison.findings[policy, name].mean for name in (ACROSS, up))
        if not (math.isnan(x.mean) or math.isnan(y.mean)):
            margins = (_margin(x.half_width), _margin(y.half_width))
            doubts = comparison.doubts.get(policy, NO_DOUBTS)
            points.append(Point(policy, x.mean, y.mean, *margins, doubts.sends_off))
    across, upwards = MEASURES[ACROSS], MEASURES[up]
    return TradeOff(across.title, upwards.title, across.unit, upwards.unit, tuple(points))


def _defined(comparison: Comparison, name: str) -> bool:
    return name in comparison.measures and any(
        not math.isnan(comparison.findings[policy, name].mean.mean)
        for policy in comparison.policies
    )


def _margin(half_width: float) -> float:
    return 0.0 if math.isnan(half_width) else half_width
