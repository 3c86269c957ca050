"""What a clear difference means, by the better direction of its measure."""

from __future__ import annotations

from typing import Literal

from results.measures.registry import MEASURES

Effect = Literal["better", "worse", "different", "unclear"]
"""Different where neither direction is better; unclear where it may be chance."""


def effect_of(measure: str | None, mean: float) -> Effect:
    """What a clear difference of this size means.

    Args:
        measure: by name; None for a number that is none, of which neither direction is better.
        mean: of the differences, not 0.
    """
    better = MEASURES[measure].better if measure is not None else None
    if better is None:
        return "different"
    return "better" if (mean < 0.0) == (better == "lower") else "worse"
