"""A figure of a scenario that is not known for certain, and how it is shown."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.estimate import Estimate


@dataclass(frozen=True)
class Uncertain:
    """A figure of the scenario that is not known for certain."""

    key: tuple[str, ...]
    estimate: Estimate
    source: str


def shown(estimate: Estimate, unit: str, noun: str = "records") -> str:
    """An estimate for people: "187 s (184–190, 17,545 records)"."""
    scale, sign, digits = {"%": (100, " %", 1), "s": (1, " s", 0), "x": (1, "", 2)}[unit]
    value, low, high = (x * scale for x in (estimate.value, estimate.low, estimate.high))
    if not np.isfinite(value):
        return f"not known ({estimate.records:,} {noun})"
    ends = (
        f"{low:.{digits}f}–{high:.{digits}f}" if np.isfinite(high) else f"{low:.{digits}f} or more"
    )
    return f"{value:.{digits}f}{sign} ({ends}, {estimate.records:,} {noun})"
