"""A small curve of bars: one row or more of eighths of a block."""

from __future__ import annotations

from collections.abc import Sequence

EIGHTHS = " ▁▂▃▄▅▆▇█"
"""Bars from nothing to a full row."""


def bars(values: Sequence[float], rows: int) -> list[str]:
    """A bar for each value, the largest as high as there are rows; the highest row first."""
    full = max([*values, 1e-9])
    eighths = [round(value / full * rows * 8) for value in values]
    # What is there at all is seen.
    eighths = [max(1, n) if value > 0 else 0 for n, value in zip(eighths, values, strict=True)]
    return [
        "".join(EIGHTHS[max(0, min(8, n - 8 * row))] for n in eighths)
        for row in reversed(range(rows))
    ]
