"""An interval drawn in one row: where it lies from nothing, and whether it reaches over it."""

from __future__ import annotations

import math

ZERO, MEAN = "┊", "●"


Ends = tuple[float, float]


def interval_bar(low: float, mean: float, high: float, width: int, ends: Ends = (0.0, 0.0)) -> str:
    """An interval with its middle, and the place of nothing.

    Args:
        low: its lower end; NaN where there is no interval.
        mean: between the ends; NaN draws nothing.
        high: its upper end.
        width: columns, at least 3.
        ends: what the row covers besides, so that several bars have one scale.
    """
    if math.isnan(mean):
        return " " * width
    if math.isnan(low) or math.isnan(high):
        low = high = mean
    left, right = min(0.0, low, *ends), max(0.0, high, *ends)
    span = right - left or 1.0

    def place(value: float) -> int:
        return round((value - left) / span * (width - 1))

    cells = [" "] * width
    begin, end = place(low), place(high)
    cells[begin : end + 1] = ["─"] * (end + 1 - begin)
    cells[place(0.0)] = "┼" if begin < place(0.0) < end else ZERO
    if end - begin >= 2:
        cells[begin], cells[end] = "├", "┤"
    cells[place(mean)] = MEAN
    return "".join(cells)
