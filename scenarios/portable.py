"""Exponentials, logarithms and gamma functions with the same bits on every machine.

The C library's (and numpy's) exp, log and pow may differ in the last bit between processors and
versions, and with them every draw. Here they are made of operations that IEEE 754 defines exactly
(+, -, *, /, scaling by powers of two), each rounded on its own, after fdlibm (Sun Microsystems
1993) where nothing else is said. Errors are about one unit in the last place at most.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from math import frexp, ldexp
from typing import Any

ROOT_HALF = 0.7071067811865476
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
"""The logarithm of 2 in two parts; a multiple of the first by an exponent is exact."""
_PER_LN2 = 1.44269504088896338700
_SPLIT = 134217729.0
"""2^27 + 1: cuts a float in two halves."""

EXP_LEAST, EXP_MOST = -746.0, 709.782712893384
"""Below the one exp is zero, above the other it is beyond every number."""

Real = Any
"""A float, or an array of them: the same operations in the same order."""


def exp(x: float) -> float:
    """The exponential of a number; raises OverflowError when it is beyond every number."""
    if x < EXP_LEAST:
        return 0.0
    if x > EXP_MOST:
        raise OverflowError("exp of a number so large")
    k = round(x * _PER_LN2)
    return ldexp(float(exp_of_rest(x, 0.0, k)), k)


def log(x: float) -> float:
    """The natural logarithm; raises ValueError when the number is not above zero."""
    return float(log_of_parts(*_parts(x)))


def log1p(x: float) -> float:
    """The logarithm of 1 + x, exact for a small x too; raises ValueError at -1 and below."""
    whole = 1.0 + x
    return log(whole) + float(rest_of_one_and(x, whole)) / whole


def power(base: float, exponent: float) -> float:
    """A number above zero to some power; raises OverflowError when it is beyond every number."""
    if exponent == 1.0:
        return base  # so that a Weibull amount of shape 1 is the exponential one, to the last bit
    high, low = power_parts(*_parts(base), exponent)
    if high < EXP_LEAST:
        return 0.0
    if high > EXP_MOST:
        raise OverflowError("a power so large")
    k = round(high * _PER_LN2)
    return ldexp(float(exp_of_rest(high, low, k)), k)


def whole_power(base: float, exponent: int) -> float:
    """A number multiplied by itself so many times (0 gives 1)."""
    product = 1.0
    for _ in range(exponent):
        product *= base
    return product


def gamma(x: float) -> float:
    """The gamma function of a number above zero."""
    with localcontext(_PRECISE):
        return float(_log_gamma(x).exp())


def log_gamma(x: float) -> float:
    """The logarithm of the gamma function of a number above zero."""
    with localcontext(_PRECISE):
        return float(_log_gamma(x))


def _parts(x: float) -> tuple[float, int]:
    """Fraction between the roots of 1/2 and 2, and the power of two that it is multiplied by."""
    if not x > 0.0:
        raise ValueError("the logarithm of a number that is not above zero")
    fraction, k = frexp(x)
    return (2.0 * fraction, k - 1) if fraction < ROOT_HALF else (fraction, k)


# What follows is the same for numbers and for whole columns of them.


def exp_of_rest(x: Real, low: Real, k: Real) -> Real:
    """The exponential of x + low, divided by 2^k; k is x over the logarithm of 2, rounded."""
    high = x - k * _LN2_HIGH
    low = k * _LN2_LOW - low
    r = high - low
    t = r * r
    c = 4.13813679705723846039e-08 * t + -1.65339022054652515390e-06
    c = c * t + 6.61375632143793436117e-05
    c = c * t + -2.77777777770155933842e-03
    c = c * t + 1.66666666666666019037e-01
    c = r - c * t
    return 1.0 - ((low - (r * c) / (2.0 - c)) - high)


def log_tail(z: Real) -> Real:
    """What log(1 + f) is over 2 s, divided by s, where s = f / (2 + f) and z is its square."""
    w = z * z
    one = w * (
        w * (w * 1.531383769920937332e-01 + 2.222219843214978396e-01) + 3.999999999940941908e-01
    )
    other = w * 1.479819860511658591e-01 + 1.818357216161805012e-01
    other = other * w + 2.857142874366239149e-01
    other = other * w + 6.666666666666735130e-01
    return other * z + one


def log_of_parts(fraction: Real, k: Real) -> Real:
    """The logarithm of fraction * 2^k."""
    f = fraction - 1.0
    s = f / (2.0 + f)
    half = 0.5 * f * f
    inner = half - (s * (half + log_tail(s * s)) + k * _LN2_LOW)
    return k * _LN2_HIGH - (inner - f)


def rest_of_one_and(x: Real, whole: Real) -> Real:
    """What rounding took from 1 + x."""
    return x - (whole - 1.0)


def power_parts(fraction: Real, k: Real, exponent: Real) -> tuple[Real, Real]:
    """The logarithm of (fraction * 2^k)^exponent, as the sum of a number and a small rest."""
    f = fraction - 1.0
    below = 1.0 + fraction
    s = f / below
    high, low = _product(s, below)
    s_rest = ((f - high) - low - s * (fraction - (below - 1.0))) / below
    tail = 2.0 * s_rest + s * log_tail(s * s)
    main = k * _LN2_HIGH
    total = main + 2.0 * s
    tail = (2.0 * s - (total - main)) + (tail + k * _LN2_LOW)
    logarithm = total + tail
    tail = tail - (logarithm - total)
    high, low = _product(logarithm, exponent)
    return high, low + exponent * tail


def _product(a: Real, b: Real) -> tuple[Real, Real]:
    """The product of two numbers and its rounding error (Dekker 1971)."""
    cut = _SPLIT * a
    a_high = cut - (cut - a)
    a_low = a - a_high
    cut = _SPLIT * b
    b_high = cut - (cut - b)
    b_low = b - b_high
    product = a * b
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


# The gamma function, asked for once per distribution: decimals are rounded alike everywhere.

_PRECISE = Context(prec=50)
_LOG_2_PI = Decimal("1.8378770664093454835606594728112352797227949472755668")
_STIRLING = (
    (1, 12),
    (-1, 360),
    (1, 1260),
    (-1, 1680),
    (1, 1188),
    (-691, 360360),
    (1, 156),
    (-3617, 122400),
    (43867, 244188),
    (-174611, 125400),
    (77683, 5796),
    (-236364091, 1506960),
    (657931, 300),
)
"""Of the series of Stirling: numerators and denominators of the odd powers of 1 / x."""
_FAR = 60


def _log_gamma(x: float) -> Decimal:
    z, product = Decimal(x), Decimal(1)
    while z < _FAR:
        product *= z
        z += 1
    series = sum(
        (Decimal(n) / d / z ** (2 * i + 1) for i, (n, d) in enumerate(_STIRLING)), _LOG_2_PI / 2
    )
    return (z - Decimal("0.5")) * z.ln() - z + series - product.ln()
