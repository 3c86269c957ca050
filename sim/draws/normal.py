"""The normal quantile: algorithm AS 241 (Wichura 1988), with the same bits on every machine."""

from __future__ import annotations

from math import sqrt

import numpy as np

from scenarios import portable
from sim.draws.portable import Floats, log

Figures = tuple[tuple[float, float], ...]


def _side_by_side(*figures: tuple[float, ...]) -> Floats:
    """Numerator and denominator, from the highest power down: shape (powers, 2, 1)."""
    return np.array([*zip(*figures, strict=True)])[:, :, np.newaxis]


_MIDDLE = _side_by_side(
    (
        *(2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4),
        *(4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3),
        *(1.3314166789178437745e2, 3.3871328727963666080e0),
    ),
    (
        *(5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4),
        *(2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2),
        *(4.2313330701600911252e1, 1.0),
    ),
)
_OUTER = _side_by_side(
    (
        *(7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1),
        *(1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0),
        *(4.63033784615654529590e0, 1.42343711074968357734e0),
    ),
    (
        *(1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2),
        *(1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0),
        *(2.05319162663775882187e0, 1.0),
    ),
)
_FAR = _side_by_side(
    (
        *(2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3),
        *(2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0),
        *(5.46378491116411436990e0, 6.65790464350110377720e0),
    ),
    (
        *(2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5),
        *(7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1),
        *(5.99832206555887937690e-1, 1.0),
    ),
)

_MIDDLE_FIGURES, _OUTER_FIGURES, _FAR_FIGURES = (
    tuple((float(above), float(below)) for (above,), (below,) in figures)
    for figures in (_MIDDLE, _OUTER, _FAR)
)
_MIDDLE_HALF, _MIDDLE_SQUARE = 0.425, 0.180625
_OUTER_FROM, _FAR_FROM = 1.6, 5.0


def normal(marks: Floats) -> Floats:
    """Standard normal values at the marks."""
    q = marks - 0.5
    values = q * _ratio(_MIDDLE, _MIDDLE_SQUARE - q * q)
    ends = np.flatnonzero(np.abs(q) > _MIDDLE_HALF)
    if not len(ends):
        return values
    mark = marks[ends]
    r = np.sqrt(-log(np.minimum(mark, 1.0 - mark)))
    sizes = _ratio(_OUTER, r - _OUTER_FROM)
    far = np.flatnonzero(r > _FAR_FROM)
    if len(far):
        sizes[far] = _ratio(_FAR, r[far] - _FAR_FROM)
    values[ends] = np.where(mark < 0.5, -sizes, sizes)
    return values


def normal_at(mark: float) -> float:
    """The standard normal value at one mark, with the same bits as in a column."""
    q = mark - 0.5
    if abs(q) <= _MIDDLE_HALF:
        return q * _ratio_at(_MIDDLE_FIGURES, _MIDDLE_SQUARE - q * q)
    r = sqrt(-portable.log(min(mark, 1.0 - mark)))
    if r > _FAR_FROM:
        size = _ratio_at(_FAR_FIGURES, r - _FAR_FROM)
    else:
        size = _ratio_at(_OUTER_FIGURES, r - _OUTER_FROM)
    return -size if mark < 0.5 else size


def _ratio_at(figures: Figures, r: float) -> float:
    (above, below), *rest = figures
    for one, other in rest:
        above = above * r + one
        below = below * r + other
    return above / below


def _ratio(figures: Floats, r: Floats) -> Floats:
    """One polynomial over another, both reckoned side by side."""
    both = figures[0] * r
    both += figures[1]
    for pair in figures[2:]:
        both *= r
        both += pair
    values: Floats = both[0] / both[1]
    return values
