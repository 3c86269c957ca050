"""Quantile functions: a uniform mark becomes a time or an amount of money.

Draws are made by inversion, so that the same customer with the same mark waits, talks and needs
more or less when a policy moves the distribution: one mark, one person, a paired comparison.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special

from scenarios.figures import log_figures, shape_and_scale
from scenarios.parts.distributions import (
    AnyDistribution,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from sim.draws.draws import Marks

Quantile = Callable[[Marks], Marks]
"""Values at the marks, in the unit of the scenario's key; shape of the marks."""


def quantile_of(distribution: AnyDistribution) -> Quantile:
    """The quantile function of a distribution, its point mass included at the low end."""
    pure = _pure(distribution)
    share, at = distribution.point_share, distribution.point_at
    if share == 0.0:
        return pure
    if share == 1.0:
        return lambda marks: np.full(marks.shape, at)

    def mixed(marks: Marks) -> Marks:
        inner = pure(np.clip((marks - share) / (1.0 - share), 1e-16, 1.0 - 1e-16))
        return np.where(marks < share, at, inner)

    return mixed


def _pure(distribution: AnyDistribution) -> Quantile:
    return _MAKERS[type(distribution)](distribution)


def _constant(distribution: Constant) -> Quantile:
    return lambda marks: np.full(marks.shape, distribution.value)


def _exponential(distribution: Exponential) -> Quantile:
    return lambda marks: -distribution.mean * np.log1p(-marks)


def _uniform(distribution: Uniform) -> Quantile:
    low, width = distribution.low, distribution.high - distribution.low
    return lambda marks: low + width * marks


def _empirical(distribution: Empirical) -> Quantile:
    seen = np.sort(np.asarray(distribution.values))
    return lambda marks: seen[(marks * len(seen)).astype(np.int64)]


def _by_shape_and_scale(shape: float, scale: float) -> Quantile:
    return lambda marks: scale * special.gammaincinv(shape, marks)


def _gamma(distribution: Gamma) -> Quantile:
    shape = distribution.cv**-2.0
    return _by_shape_and_scale(shape, distribution.mean / shape)


def _erlang(distribution: Erlang) -> Quantile:
    return _by_shape_and_scale(float(distribution.phases), distribution.mean / distribution.phases)


def _lognormal(distribution: Lognormal) -> Quantile:
    mu, sigma = log_figures(distribution)
    return lambda marks: np.exp(mu + sigma * special.ndtri(marks))


def _weibull(distribution: Weibull) -> Quantile:
    shape, scale = shape_and_scale(distribution)
    return lambda marks: scale * (-np.log1p(-marks)) ** (1.0 / shape)


def _triangular(distribution: Triangular) -> Quantile:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    turn = (mode - low) / (high - low)

    def values(marks: Marks) -> Marks:
        rising = low + np.sqrt(marks * (high - low) * (mode - low))
        falling = high - np.sqrt((1.0 - marks) * (high - low) * (high - mode))
        return np.where(marks < turn, rising, falling)

    return values


def _hyperexponential(distribution: Hyperexponential) -> Quantile:
    """Invert the survival function of two balanced phases by Newton steps on a log scale.

    With p the share of the fast phase, rates 2p/mean and 2(1-p)/mean (balanced means); the
    logarithm of the survival function is convex in time, so Newton from zero converges from
    below without overshooting.
    """
    mean, cv = distribution.mean, distribution.cv
    fast_share = 0.5 * (1.0 + math.sqrt((cv**2 - 1.0) / (cv**2 + 1.0)))
    fast, slow = 2.0 * fast_share / mean, 2.0 * (1.0 - fast_share) / mean

    def values(marks: Marks) -> Marks:
        target = np.log1p(-marks)
        time = np.zeros_like(marks)
        for _ in range(100):
            by_fast = fast_share * np.exp(-fast * time)
            by_slow = (1.0 - fast_share) * np.exp(-slow * time)
            survival = by_fast + by_slow
            slope = (fast * by_fast + slow * by_slow) / survival
            step = (np.log(survival) - target) / slope
            time = time + step
            if np.all(np.abs(step) <= 1e-12 * (time + mean)):
                break
        # The least marks can end a rounding error below zero.
        return np.maximum(time, 0.0)

    return values


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
}
