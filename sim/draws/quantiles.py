"""Quantile functions: a uniform mark becomes a time or an amount of money.

Draws are made by inversion, so that the same customer with the same mark waits, talks and needs
more or less when a policy moves the distribution: one mark, one person, a paired comparison.
Every value depends on its own mark alone, and has the same bits on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np

from scenarios import portable
from scenarios.parts.distributions import (
    AnyDistribution,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Lognormal,
    Survival,
    Triangular,
    Uniform,
    Weibull,
)
from scenarios.parts.figures import log_figures, shape_and_scale, stretches_of
from sim.draws.draws import Marks
from sim.draws.gamma import gamma_of
from sim.draws.normal import normal, normal_at
from sim.draws.portable import exp, log, log1p, power

_BLOCK = 4096
"""Marks that are turned into values together: their columns fit into the processor's cache."""
_SEARCH_STEPS = 100
_NEAR = 1e-12
"""A step of a search so small, in proportion, is the last."""
_LEAST, _MOST = 1e-16, 1.0 - 1e-16

OfColumn = Callable[[Marks], Marks]
OfOne = Callable[[float], float]


class Quantile:
    """Values at marks, in the unit of the scenario's key; one alone has the same bits."""

    def __init__(
        self,
        of_base: OfColumn,
        of_one: OfOne | None = None,
        base: OfColumn | None = None,
        last: OfColumn | None = None,
    ) -> None:
        """Put a quantile function together: first ``base``, then ``of_base``, then ``last``.

        Args:
            of_base: what it alone does with marks, or with what ``base`` makes of them.
            of_one: the value at one mark, where that is quicker than a column of one.
            base: what all of its family do with marks first.
            last: what all of its family do at the end.
        """
        self._of_base = of_base
        self.base = base
        self.last = last
        self.at: OfOne = of_one or self._alone
        """The value at one mark."""

    def __call__(self, marks: Marks) -> Marks:
        """Values at the marks, shape of the marks."""
        values = self.but_last(marks if self.base is None else in_blocks(self.base, marks))
        return values if self.last is None else in_blocks(self.last, values)

    def but_last(self, values: Marks) -> Marks:
        """What ``last`` is to be done with, of marks with which ``base`` has been done."""
        return in_blocks(self._of_base, values)

    def _alone(self, mark: float) -> float:
        return float(self(np.array([mark]))[0])


def in_blocks(function: OfColumn, column: Marks) -> Marks:
    """A function of each mark of a column, so many together as the cache holds."""
    if len(column) <= _BLOCK:
        return function(column)
    cuts = range(0, len(column), _BLOCK)
    return np.concatenate([function(column[cut : cut + _BLOCK]) for cut in cuts])


def quantile_of(distribution: AnyDistribution) -> Quantile:
    """The quantile function of a distribution, its point mass included at the low end."""
    pure: Quantile = _MAKERS[type(distribution)](distribution)
    share, at = distribution.point_share, distribution.point_at
    if share == 0.0:
        return pure
    if share == 1.0:
        return Quantile(lambda marks: np.full(marks.shape, at), lambda _: at)

    def mixed(marks: Marks) -> Marks:
        inner = pure(np.clip((marks - share) / (1.0 - share), _LEAST, _MOST))
        return np.where(marks < share, at, inner)

    def mixed_at(mark: float) -> float:
        if mark < share:
            return at
        return pure.at(min(max((mark - share) / (1.0 - share), _LEAST), _MOST))

    return Quantile(mixed, mixed_at)


def _constant(distribution: Constant) -> Quantile:
    value = distribution.value
    return Quantile(lambda marks: np.full(marks.shape, value), lambda _: value)


def _exponential(distribution: Exponential) -> Quantile:
    mean = distribution.mean
    return Quantile(
        lambda hazard: mean * hazard, lambda mark: -mean * portable.log1p(-mark), _hazard
    )


def _hazard(marks: Marks) -> Marks:
    """Exponential values of mean 1."""
    return -log1p(-marks)


def _uniform(distribution: Uniform) -> Quantile:
    low, width = distribution.low, distribution.high - distribution.low
    return Quantile(lambda marks: low + width * marks, lambda mark: low + width * mark)


def _empirical(distribution: Empirical) -> Quantile:
    seen = np.sort(np.asarray(distribution.values))
    return Quantile(lambda marks: seen[(marks * len(seen)).astype(np.int64)])


def _survival(distribution: Survival) -> Quantile:
    """Invert a table of survival: its cumulative hazard rises evenly between its times.

    Where survival ends at 0 the last stretch has no such hazard: the share itself falls evenly.
    """
    stretches = stretches_of(distribution)
    hazards = np.array([one.hazard for one in stretches])
    starts = np.array([one.start for one in stretches])
    per_hazard = np.array([one.per_hazard for one in stretches])
    last = stretches[-1]
    evenly = last.end - last.start if last.per_hazard == 0.0 else 0.0

    def values(hazard: Marks) -> Marks:
        place = np.maximum(np.searchsorted(hazards, hazard, side="right") - 1, 0)
        more = np.maximum(hazard - hazards[place], 0.0)
        found: Marks = starts[place] + np.where(more > 0.0, more, 0.0) * per_hazard[place]
        if evenly:
            at_end = place == len(stretches) - 1
            found[at_end] = last.start + evenly * (1.0 - exp(-more[at_end]))
        return found

    return Quantile(values, None, _hazard)


def _by_shape_and_scale(shape: float, scale: float) -> Quantile:
    values = gamma_of(shape)
    return Quantile(lambda marks: scale * values(marks))


def _gamma(distribution: Gamma) -> Quantile:
    shape = 1.0 / (distribution.cv * distribution.cv)
    return _by_shape_and_scale(shape, distribution.mean / shape)


def _erlang(distribution: Erlang) -> Quantile:
    return _by_shape_and_scale(float(distribution.phases), distribution.mean / distribution.phases)


def _lognormal(distribution: Lognormal) -> Quantile:
    mu, sigma = log_figures(distribution)
    return Quantile(
        lambda values: mu + sigma * values,
        lambda mark: portable.exp(mu + sigma * normal_at(mark)),
        normal,
        exp,
    )


def _weibull(distribution: Weibull) -> Quantile:
    shape, scale = shape_and_scale(distribution)
    return Quantile(
        lambda hazard: scale * power(hazard, 1.0 / shape),
        lambda mark: scale * portable.power(-portable.log1p(-mark), 1.0 / shape),
        _hazard,
    )


def _triangular(distribution: Triangular) -> Quantile:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    turn = (mode - low) / (high - low)

    def values(marks: Marks) -> Marks:
        rising = low + np.sqrt(marks * (high - low) * (mode - low))
        falling = high - np.sqrt((1.0 - marks) * (high - low) * (high - mode))
        return np.where(marks < turn, rising, falling)

    return Quantile(values)


def _hyperexponential(distribution: Hyperexponential) -> Quantile:
    """Invert the survival function of two balanced phases by Newton steps on a log scale.

    With p the share of the fast phase, rates 2p/mean and 2(1-p)/mean (balanced means); the
    logarithm of the survival function is convex in time, so Newton from zero converges from
    below without overshooting.
    """
    mean, square = distribution.mean, distribution.cv * distribution.cv
    fast_share = 0.5 * (1.0 + sqrt((square - 1.0) / (square + 1.0)))
    fast, slow = 2.0 * fast_share / mean, 2.0 * (1.0 - fast_share) / mean

    def values(marks: Marks) -> Marks:
        target = log1p(-marks)
        time = np.zeros_like(marks)
        left = np.arange(len(marks))
        for _ in range(_SEARCH_STEPS):
            now = time[left]
            by_fast = fast_share * exp(-fast * now)
            by_slow = (1.0 - fast_share) * exp(-slow * now)
            survival = by_fast + by_slow
            slope = (fast * by_fast + slow * by_slow) / survival
            step = (log(survival) - target[left]) / slope
            time[left] = now + step
            left = left[np.abs(step) > _NEAR * (time[left] + mean)]
            if not len(left):
                break
        # The least marks can end a rounding error below zero.
        return np.maximum(time, 0.0)

    return Quantile(values)


_MAKERS: dict[type[AnyDistribution], Callable[[Any], Quantile]] = {
    Constant: _constant,
    Exponential: _exponential,
    Lognormal: _lognormal,
    Gamma: _gamma,
    Weibull: _weibull,
    Erlang: _erlang,
    Uniform: _uniform,
    Triangular: _triangular,
    Hyperexponential: _hyperexponential,
    Empirical: _empirical,
    Survival: _survival,
}
