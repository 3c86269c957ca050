"""Amounts: times and money as the floor uses them."""

from __future__ import annotations

from scenarios.parts.distributions import AnyDistribution, Constant
from sim.draws.quantiles import Quantile, quantile_of

Amount = Quantile | float
"""A quantile function, or a plain number where nothing is random."""


def amount_of(distribution: AnyDistribution) -> Amount:
    """A distribution as the floor uses it; constants need no draw."""
    if isinstance(distribution, Constant) and distribution.point_share == 0.0:
        return distribution.value
    return quantile_of(distribution)
