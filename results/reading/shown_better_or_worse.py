"""Effects as they are shown: one sign and one word for each, in every table and on every screen."""

from __future__ import annotations

from collections.abc import Mapping

from results.comparison.better_or_worse import Effect
from results.comparison.comparison import Difference
from results.reading import format as numbers

MARKS: Mapping[Effect, str] = {"better": "✓", "worse": "✗", "different": "≠", "unclear": " "}

WORDS: Mapping[Effect, str] = {
    "better": "better",
    "worse": "worse",
    "different": "differs",
    "unclear": "unclear",
}


def shown_effect(difference: Difference, unit: str) -> Effect:
    """The effect of a difference as it is written: one that rounds to nothing is none."""
    written = numbers.size(difference.estimate.mean, unit)
    return "unclear" if numbers.is_nothing(written) else difference.effect
