"""Figures next to what they are wanted to be."""

from __future__ import annotations

from collections.abc import Sequence


def line(what: str, value: float, unit: str, bar: float, note: str = "") -> None:
    """Print a figure, and whether it is below what is wanted."""
    digits = 0 if unit == "ms" else 2
    sign = "✓" if value < bar else "✗"
    wanted = f"{sign} below {bar:g} {unit} wanted"
    print(f"  {what:34} {value:8.{digits}f} {unit:2}   {wanted:24}{f'   {note}' if note else ''}")


def share_below(values: Sequence[float], share: float) -> float:
    """The value that such a share of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
