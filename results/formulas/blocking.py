"""Erlang's blocking in one step, for any number of lines.

The textbook's recursion takes a step per line, its factorials overflow. This is the same number as
an integral (Fortet 1948; Jagerman 1974):

    1 / B(n, a) = ∫ exp(-t) (1 + t / a)^n dt,    t from 0 on

Its integrand is positive and its logarithm concave, with the peak at t = max(0, n - a). Written
around the peak, with c = max(n, a) and s the way from it, the logarithm is

    -s (c - n) / c + n φ(s / c),    φ(x) = log(1 + x) - x

so that nearly equal large numbers are never subtracted. A fixed Gauss rule on the stretch where the
integrand is above exp(-45) of its peak agrees with the recursion to 1e-12, and a billion lines cost
what one line does.
"""

import math

import numpy as np

from results.formulas.patience_law import Values, panel_nodes

NEGLIGIBLE = -45.0
PANELS = 24
SMALL = 0.02
"""Below this the power series of φ is exact to the last digit, and the logarithm is not."""


def log_inverse_blocking(load: float, lines: int) -> float:
    """Natural logarithm of 1 / B for a load above 0 in erlangs and so many lines.

    It stays finite where B itself is too small for a number.
    """
    centre = max(float(lines), load)
    slope = (centre - lines) / centre
    # Steps that begin at the width of the peak end within a few doublings where all has died out.
    width = centre / (centre - lines + math.sqrt(lines) + 1.0)

    def log_height(way: float) -> float:
        return -way * slope + lines * _phi(way / centre)

    high = width
    while log_height(high) > NEGLIGIBLE:
        high *= 2.0
    room = centre - load
    low = min(width, room)
    while low < room and log_height(-low) > NEGLIGIBLE:
        low = min(2.0 * low, room)
    area = _area(0.0, high, slope, lines, centre) + _area(-low, 0.0, slope, lines, centre)
    return _log_peak(load, lines) + math.log(area)


def blocking(load: float, lines: int) -> float:
    """Share blocked with a load of 0 or more in erlangs and so many lines; 0 where it is tinier."""
    if lines == 0:
        return 1.0
    return math.exp(-log_inverse_blocking(load, lines)) if load > 0.0 else 0.0


def _log_peak(load: float, lines: int) -> float:
    """Logarithm of the integrand at its peak: n log(n / a) - (n - a) where n is above a."""
    if load >= lines:
        return 0.0
    spare = (lines - load) / lines
    if spare > 0.5:  # log(1 - spare) would lose the digits of a small load
        return -lines * (math.log(load / lines) + spare)
    return -lines * _phi(-spare)


def _phi(part: float) -> float:
    return float(_phis(np.array([part]))[0])


def _phis(part: Values) -> Values:
    """log(1 + x) - x, with all its digits near 0 too."""
    series = np.zeros_like(part)
    for power in range(10, 1, -1):
        series = series * part + (-1.0 if power % 2 == 0 else 1.0) / power
    with np.errstate(divide="ignore"):
        exact = np.log1p(part) - part
    return np.where(np.abs(part) < SMALL, series * part * part, exact)


def _area(start: float, stop: float, slope: float, lines: int, centre: float) -> float:
    """Area under the integrand between two ways from its peak, whose height is 1."""
    if start == stop:
        return 0.0
    ends = np.linspace(start, stop, PANELS + 1)
    ways, weights = panel_nodes(ends[:-1], ends[1:])
    heights = np.exp(-ways * slope + lines * _phis(ways / centre))
    return float(np.sum(weights * heights))
