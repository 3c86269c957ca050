"""Shares of a whole as people read them: ``83.1 %``, with a blank before the sign everywhere."""

from __future__ import annotations


def percent(fraction: float, digits: int = 0) -> str:
    """A share that was counted, rounded: ``62 %``, ``7.6 %``.

    Args:
        fraction: of 1.
        digits: behind the point.
    """
    return f"{100.0 * fraction:.{digits}f} %"


def percent_as_given(fraction: float) -> str:
    """A share that somebody chose, with the digits that were chosen: ``80 %``, ``2.5 %``."""
    return f"{100.0 * fraction:.4g} %"
