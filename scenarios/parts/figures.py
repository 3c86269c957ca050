"""The figures of a distribution that are known without drawing from it."""

from itertools import pairwise, zip_longest
from math import fsum, inf, sqrt
from typing import NamedTuple

from scenarios.parts.distributions import (
    AnyDistribution,
    Constant,
    Empirical,
    Lognormal,
    Survival,
    Triangular,
    Uniform,
    Weibull,
)
from scenarios.portable import exp, gamma, log, log1p, power

Z90 = 1.2815515655446004
"""The 90 % quantile of the standard normal distribution."""


def mean_of(distribution: AnyDistribution) -> float:
    """The mean, point mass included; infinite where it is beyond every number."""
    share = distribution.point_share
    if share == 1.0:
        return distribution.point_at
    try:
        return share * distribution.point_at + (1.0 - share) * _mean(distribution)
    except OverflowError:
        return inf


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
    if isinstance(distribution, Survival):
        return distribution.times[0] == 0.0 and distribution.survival[0] < 1.0
    return isinstance(distribution, Constant) and distribution.value == 0.0


def log_figures(lognormal: Lognormal) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a lognormal amount."""
    if lognormal.mean is not None and lognormal.cv is not None:
        sigma = sqrt(log1p(lognormal.cv * lognormal.cv))
        return log(lognormal.mean) - sigma * sigma / 2.0, sigma
    assert lognormal.median is not None  # the schema leaves no other way
    mu = log(lognormal.median)
    return mu, lognormal.sigma or (log(lognormal.p90 or 0.0) - mu) / Z90


def shape_and_scale(weibull: Weibull) -> tuple[float, float]:
    """Shape and scale of a Weibull amount.

    The mean is scale times Γ(1 + 1/shape), median and 90 % quantile are scale times
    (log 2)^(1/shape) and (log 10)^(1/shape).
    """
    if weibull.median is not None and weibull.p90 is not None:
        shape = log(log(10.0) / log(2.0)) / log(weibull.p90 / weibull.median)
        return shape, weibull.median / power(log(2.0), 1.0 / shape)
    assert weibull.shape is not None  # the schema leaves no other way
    shape = weibull.shape
    return shape, weibull.scale or (weibull.mean or 0.0) / gamma(1.0 + 1.0 / shape)


class Stretch(NamedTuple):
    """Between two times of a survival table, or beyond the last."""

    start: float
    hazard: float
    """Cumulative, at the start."""
    share: float
    """Who are still there at the start."""
    per_hazard: float
    """Time that it takes the cumulative hazard to rise by one; infinite where nobody leaves."""
    end: float


def stretches_of(table: Survival) -> list[Stretch]:
    """The stretches of a survival table, the tail last; without one where all leave evenly.

    The first begins at time 0 with those who do not leave at once.
    """
    at_zero = table.times[0] == 0.0
    shares = table.survival if at_zero else (1.0, *table.survival)
    times = table.times if at_zero else (0.0, *table.times)
    found = []
    for (start, share), (end, left) in pairwise(zip(times, shares, strict=True)):
        rise = -log(left / share) if left > 0.0 else inf
        per_hazard = (end - start) / rise if rise > 0.0 else inf
        found.append(Stretch(start, -log(share), share, per_hazard, end))
    if shares[-1] > 0.0:
        tail = found[-1].per_hazard if table.tail_mean is None else table.tail_mean
        found.append(Stretch(times[-1], -log(shares[-1]), shares[-1], tail, inf))
    return found


def _mean_of_table(table: Survival) -> float:
    """The area under the survival curve."""
    area = []
    stretches = stretches_of(table)
    for stretch, after in zip_longest(stretches, stretches[1:]):
        left = 0.0 if after is None else after.share
        if stretch.per_hazard == 0.0:  # all leave evenly
            area.append(stretch.share * (stretch.end - stretch.start) / 2.0)
        elif stretch.per_hazard == inf:
            area.append(stretch.share * (stretch.end - stretch.start))
        else:
            area.append((stretch.share - left) * stretch.per_hazard)
    return fsum(area)


def _end(distribution: AnyDistribution) -> float:
    if isinstance(distribution, Survival):
        return inf if distribution.survival[-1] > 0.0 else distribution.times[-1]
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
            return fsum(values) / len(values)
        case Survival():
            return _mean_of_table(distribution)
        case Lognormal(mean=None):
            mu, sigma = log_figures(distribution)
            return exp(mu + sigma * sigma / 2.0)
        case Weibull(mean=None):
            shape, scale = shape_and_scale(distribution)
            return scale * gamma(1.0 + 1.0 / shape)
    return distribution.mean or 0.0
