"""Lists in a sentence: a, b and c."""

from __future__ import annotations

from collections.abc import Iterable


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Parts of a sentence: a, b and c; empty for none."""
    *first, end = [*parts] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
