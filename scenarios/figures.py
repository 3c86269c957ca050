"""The figures of a distribution that can be told without drawing from it."""

from __future__ import annotations

from math import exp, gamma, inf, log

from scenarios.parts.distributions import (
    AnyDistribution,
    Constant,
    Empirical,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)

Z90 = 1.2815515655446004
"""The 90 % quantile of the standard normal distribution."""


def mean_of(distribution: AnyDistribution) -> float:
    """The mean, point mass included."""
    share = distribution.point_share
    return share * distribution.point_at + (1.0 - share) * _mean(distribution)


def greatest(distribution: AnyDistribution) -> float:
    """The greatest value that can occur; infinite for a distribution without an end."""
    values = [distribution.point_at] if distribution.point_share > 0.0 else []
    if distribution.point_share < 1.0:
        values.append(_end(distribution))
    return max(values)


def can_be_zero(distribution: AnyDistribution) -> bool:
    """Whether the value 0 occurs with a probability above zero."""
    if distribution.point_share > 0.0 and distribution.point_at == 0.0:
        return True
    if isinstance(distribution, Empirical):
        return 0.0 in distribution.values
    return isinstance(distribution, Constant) and distribution.value == 0.0


def _end(distribution: AnyDistribution) -> float:
    if isinstance(distribution, Constant):
        return distribution.value
    if isinstance(distribution, Uniform | Triangular):
        return distribution.high
    return max(distribution.values) if isinstance(distribution, Empirical) else inf


def _mean(distribution: AnyDistribution) -> float:
    match distribution:
        case Constant(value=value):
            return value
        case Uniform(low=low, high=high):
            return (low + high) / 2.0
        case Triangular(low=low, mode=mode, high=high):
            return (low + mode + high) / 3.0
        case Empirical(values=values):
            return sum(values) / len(values)
        case Lognormal(mean=None, median=float(median)):
            sigma = distribution.sigma or log((distribution.p90 or median) / median) / Z90
            return median * exp(sigma**2 / 2.0)
        case Weibull(mean=None):
            return _weibull_mean(distribution)
    return distribution.mean or 0.0


def _weibull_mean(weibull: Weibull) -> float:
    """Scale times Γ(1 + 1/shape); quantiles are scale times (log 2 or log 10)^(1/shape)."""
    shape, scale = weibull.shape, weibull.scale
    if shape is None or scale is None:
        median, p90 = weibull.median or 0.0, weibull.p90 or 0.0
        shape = log(log(10.0) / log(2.0)) / log(p90 / median)
        scale = median / log(2.0) ** (1.0 / shape)
    return scale * gamma(1.0 + 1.0 / shape)
