"""The gamma quantile, with the same bits on every machine.

Newton's method on the logarithm of the probability, which is concave there: from its start it
runs to the root from one side. Below shape + 1 the probability is a series, above it a continued
fraction (Abramowitz & Stegun 6.5.29, 6.5.31), each of a length that follows from the shape alone.
A huge shape is close to the normal distribution; there the uniform expansion of Temme (1979,
DLMF 8.12) is solved. Every value depends on its own mark alone, not on the column it stands in.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sqrt

import numpy as np

from scenarios import portable
from sim.draws.normal import normal
from sim.draws.portable import Floats, exp, log, log1p, log_tail

_HUGE = 1e4
"""Shape from which on the expansion is exact."""
_LARGE = 10.0
"""Shape from which on the density is told by its distance from the shape."""
_STEPS = 60
"""Steps after which what is left is noise: only for shapes so small that all is near zero."""
_NEAR = 2.0**-34
"""A step so small, in proportion, is the last: the next one would be below a rounding."""


def gamma_of(shape: float) -> Callable[[Floats], Floats]:
    """The quantile function of a gamma distribution with scale 1."""
    return _Expanded(shape).values if shape >= _HUGE else _Solved(shape).values


class _Solved:
    """One shape, prepared for solving."""

    def __init__(self, shape: float) -> None:
        self._shape = shape
        self._border = shape + 1.0
        self._log_whole = portable.log_gamma(self._border)
        self._reciprocals = _series_terms(shape)
        self._depth = _fraction_depth(shape)
        border = np.array([self._border])
        below = exp(self._log_density(border, log(border))) * self._series(border)
        self._below_border = float(below[0])

    def values(self, marks: Floats) -> Floats:
        """Values at the marks."""
        values = np.empty_like(marks)
        lower = marks < self._below_border
        values[lower] = self._by_series(marks[lower])
        values[~lower] = self._by_fraction(marks[~lower])
        return values

    def _by_series(self, marks: Floats) -> Floats:
        """Solve log P = log mark in the logarithm of the value, coming from below."""
        shape, target = self._shape, log(marks)
        y = (target + self._log_whole) / shape
        about = self._about(marks)
        better = about > 1e-300
        y[better] = np.maximum(y[better], log(about[better]))
        y = np.minimum(y, portable.log(self._border))
        x = exp(y)
        left = np.arange(len(marks))
        for _ in range(_STEPS):
            now = x[left]
            series = self._series(now)
            error = self._log_density(now, y[left]) + log(series) - target[left]
            step = -error * series / shape
            y[left] += step
            # Where the logarithm is large in proportion, the value is made of it anew.
            x[left] = now * exp(step) if shape >= _LARGE else exp(y[left])
            left = left[np.abs(step) > _NEAR * np.maximum(1.0, np.abs(y[left]))]
            if not len(left):
                break
        return x

    def _by_fraction(self, marks: Floats) -> Floats:
        """Solve log Q = log(1 - mark) in the value itself."""
        target = log1p(-marks) - portable.log(self._shape)
        x = np.maximum(self._border, self._about(marks))
        left = np.arange(len(marks))
        for _ in range(_STEPS):
            now = x[left]
            fraction = self._fraction(now)
            error = self._log_density(now, log(now)) + log(fraction) - target[left]
            step = error * now * fraction
            x[left] = np.maximum(now + step, self._border)
            left = left[np.abs(step) > _NEAR * now]
            if not len(left):
                break
        return x

    def _about(self, marks: Floats) -> Floats:
        """Where to start: the cube of Wilson & Hilferty (1931)."""
        ninth = 1.0 / (9.0 * self._shape)
        root = 1.0 - ninth + normal(marks) * sqrt(ninth)
        root = np.maximum(root, 0.0)
        about: Floats = self._shape * (root * root * root)
        return about

    def _log_density(self, x: Floats, y: Floats) -> Floats:
        """The logarithm of x^shape exp(-x) / Γ(shape + 1); y is the logarithm of x."""
        shape = self._shape
        if shape < _LARGE:
            return shape * y - x - self._log_whole
        away = (x - shape) / shape
        s = away / (2.0 + away)
        near = s * (log_tail(s * s) - away)
        rest = np.where((away > -0.29) & (away < 0.41), near, log1p(away) - away)
        return shape * rest - _log_peak(shape)

    def _series(self, x: Floats) -> Floats:
        """P(shape, x) over the density: 1 + x / (shape + 1) (1 + x / (shape + 2) (1 + …))."""
        total = np.ones_like(x)
        for reciprocal in self._reciprocals:
            total *= x * reciprocal
            total += 1.0
        return total

    def _fraction(self, x: Floats) -> Floats:
        """Q(shape, x) over shape times the density."""
        return _fraction_of(self._shape, x, self._depth)


def _series_terms(shape: float) -> list[float]:
    """1 / (shape + n) from the last term that counts, where the series is longest, to n = 1."""
    term = total = 1.0
    reciprocals: list[float] = []
    while term > 1e-18 * total:
        reciprocals.append(1.0 / (shape + len(reciprocals) + 1.0))
        term *= (shape + 1.0) * reciprocals[-1]
        total += term
    return reciprocals[::-1]


def _fraction_depth(shape: float) -> int:
    """How deep the continued fraction must go where it is deepest, at shape + 1."""
    depth, border = 16, np.array([shape + 1.0])
    value = _fraction_of(shape, border, depth)[0]
    while True:
        deeper = _fraction_of(shape, border, 2 * depth)[0]
        if abs(value - deeper) <= 1e-16 * deeper:
            return depth
        depth, value = 2 * depth, deeper


def _fraction_of(shape: float, x: Floats, depth: int) -> Floats:
    base = x + (1.0 - shape)
    below = base + 2.0 * depth
    for n in range(depth, 0, -1):
        below = base + (2.0 * n - 2.0) + n * (shape - n) / below
    return 1.0 / below


def _log_peak(shape: float) -> float:
    """The logarithm of √(2π shape) with Stirling's correction of Γ(shape + 1)."""
    r = 1.0 / (shape * shape)
    series = 1.0 / 1188.0 - r * (691.0 / 360360.0 - r * (1.0 / 156.0 - r * 3617.0 / 122400.0))
    series = 1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r * series)))
    return 0.5 * portable.log(2.0 * pi * shape) + series / shape


_ORDERS = (
    (
        *(-1 / 3, 1 / 12, -2 / 135, 1 / 864, 1 / 2835, -139 / 777600, 1 / 25515),
        *(-571 / 261273600, -281 / 151559100),
    ),
    (-1 / 540, -1 / 288, 1 / 378, -77 / 77760, 1 / 4860),
    (25 / 6048, -139 / 51840, 1 / 1296),
    (101 / 155520,),
)
"""Coefficients of the expansion: by powers of 1 / shape, and of the distance."""
_LEVEL = (
    *(1.0, 1.0, 1 / 3, 1 / 36, -1 / 270, 1 / 4320, 1 / 17010, -139 / 5443200, 1 / 204120),
    *(-571 / 2351462400,),
)
"""The value over the shape, by powers of the distance."""
_ROUNDS = 12


class _Expanded:
    """One huge shape."""

    def __init__(self, shape: float) -> None:
        self._shape = shape

    def values(self, marks: Floats) -> Floats:
        """Values at the marks."""
        root = sqrt(self._shape)
        z = normal(marks)
        shift = np.zeros_like(z)
        for _ in range(_ROUNDS):
            y = z + shift
            shift = self._skew(y / root) / root - _beyond_first(y, shift)
        level = _by_powers(_LEVEL, (z + shift) / root)
        return self._shape * level

    def _skew(self, distance: Floats) -> Floats:
        """By how much the distribution is skew at a distance from its middle."""
        total = np.zeros_like(distance)
        for order in reversed(_ORDERS):
            total = total / self._shape + _by_powers(order, distance)
        return total


def _beyond_first(y: Floats, shift: Floats) -> Floats:
    """The normal probability between y - shift and y over the density at y, without the shift.

    The terms are Hermite polynomials of y times powers of the shift over factorials.
    """
    before, hermite = np.ones_like(y), y
    power, total = shift, np.zeros_like(y)
    for n in range(1, 8):
        power = power * shift / (n + 1.0)
        total = total + hermite * power
        before, hermite = hermite, y * hermite - n * before
    return total


def _by_powers(figures: tuple[float, ...], x: Floats) -> Floats:
    value = np.full_like(x, figures[-1])
    for figure in reversed(figures[:-1]):
        value = value * x + figure
    return value
