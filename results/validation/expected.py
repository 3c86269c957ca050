"""The figure that is right, and how exactly it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Expected:
    """One right figure."""

    value: float
    unit: str = ""
    rounding: float = 0.0
    """Half a unit of the last digit, where the source rounds."""
    standard_error: float = 0.0
    """Of the figure itself, where it comes from somebody else's simulation."""
    tolerance: float | None = None
    """About three standard errors of one run of the length that the source of the case says."""


Figures = Callable[[], Mapping[str, Expected]]
"""The right figures of a case by name; found when they are asked for, for a chain is solved."""


def as_printed(value: float, unit: str = "") -> Expected:
    """A figure that is right to every digit that the source prints."""
    exponent = Decimal(str(value)).as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is no figure that anybody prints.")
    return Expected(value, unit, 0.5000001 * 10.0**exponent)
