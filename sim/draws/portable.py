"""Exponentials, logarithms and powers of whole columns, with the same bits on every machine.

The same operations in the same order as for single numbers (``scenarios.portable``); numpy rounds
each of them on its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenarios.portable import (
    EXP_LEAST,
    ROOT_HALF,
    exp_of_rest,
    log_of_parts,
    log_tail,
    power_parts,
    rest_of_one_and,
    whole_power,
)
from scenarios.portable import log1p as log1p_of_one
from scenarios.portable import power as power_of_one

__all__ = [
    "Floats",
    "exp",
    "log",
    "log1p",
    "log1p_of_one",
    "log_tail",
    "power",
    "power_of_one",
    "whole_power",
]

Floats = NDArray[np.float64]

_PER_LN2 = 1.44269504088896338700


def exp(x: Floats) -> Floats:
    """The exponential of each number."""
    return _exp(np.maximum(x, EXP_LEAST), 0.0)


def log(x: Floats) -> Floats:
    """The natural logarithm of each number; all are above zero."""
    values: Floats = log_of_parts(*_parts(x))
    return values


def log1p(x: Floats) -> Floats:
    """The logarithm of 1 + x of each number above -1, exact for a small x too."""
    whole = 1.0 + x
    values: Floats = log(whole) + rest_of_one_and(x, whole) / whole
    return values


def power(base: Floats, exponent: float) -> Floats:
    """Each number, all above zero, to the same power."""
    if exponent == 1.0:
        return base
    high, low = power_parts(*_parts(base), exponent)
    return _exp(np.maximum(high, EXP_LEAST), low)


def _exp(x: Floats, low: Floats | float) -> Floats:
    k = np.rint(x * _PER_LN2)
    values: Floats = np.ldexp(exp_of_rest(x, low, k), k.astype(np.int32))
    return values


def _parts(x: Floats) -> tuple[Floats, Floats]:
    fraction, k = np.frexp(x)
    low = fraction < ROOT_HALF
    return np.where(low, 2.0 * fraction, fraction), (k - low).astype(np.float64)
