"""Values of every distribution that are the same on every machine, kept next to the tests.

``python -m tests.support.kept_quantiles`` writes them anew; needed only when the definition of a
quantile changes, and then every figure that was ever simulated changes with it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from scenarios.parts.distributions import AnyDistribution, Distribution
from sim.draws import portable
from sim.draws.draws import Draws, crowd
from sim.draws.normal import normal
from sim.draws.quantiles import quantile_of

Floats = NDArray[np.float64]

KEPT = Path(__file__).parent / "kept_quantiles.npy"
"""Little-endian doubles, shape (families, marks)."""

ENDS = (2.0**-53, 1e-12, 1e-6, 0.001, 0.999, 1.0 - 1e-6, 1.0 - 1e-12, 1.0 - 2.0**-53)

FAMILIES: tuple[dict[str, Any], ...] = (
    {"distribution": "exponential", "mean": 180.0},
    {"distribution": "exponential", "mean": 100.0, "point_share": 0.1, "point_at": 5.0},
    {"distribution": "lognormal", "mean": 240.0, "cv": 0.8},
    {"distribution": "lognormal", "median": 300.0, "sigma": 1.2},
    {"distribution": "lognormal", "median": 60.0, "p90": 150.0},
    {"distribution": "lognormal", "mean": 1.0, "cv": 20.0},
    {"distribution": "gamma", "mean": 1.0, "cv": 0.15},
    {"distribution": "gamma", "mean": 100.0, "cv": 0.5},
    {"distribution": "gamma", "mean": 100.0, "cv": 1.7},
    {"distribution": "gamma", "mean": 1.0, "cv": 4.0},
    {"distribution": "gamma", "mean": 30.0, "cv": 0.03},
    {"distribution": "gamma", "mean": 30.0, "cv": 0.003},
    {"distribution": "erlang", "mean": 90.0, "phases": 1},
    {"distribution": "erlang", "mean": 90.0, "phases": 3},
    {"distribution": "erlang", "mean": 90.0, "phases": 40},
    {"distribution": "weibull", "shape": 1.5, "scale": 100.0},
    {"distribution": "weibull", "shape": 0.7, "mean": 100.0},
    {"distribution": "weibull", "median": 60.0, "p90": 150.0},
    {"distribution": "hyperexponential", "mean": 120.0, "cv": 1.5},
    {"distribution": "hyperexponential", "mean": 120.0, "cv": 6.0},
    {"distribution": "triangular", "low": 10.0, "mode": 20.0, "high": 60.0},
)

FUNCTIONS: tuple[Callable[[Floats], Floats], ...] = (
    lambda marks: portable.exp(60.0 * (marks - 0.5)),
    lambda marks: portable.log(1000.0 * marks),
    lambda marks: portable.log1p(3.0 * marks - 0.9),
    lambda marks: portable.power(5.0 * marks, 1.7),
    normal,
)

EACH = 400
"""Marks of each family."""


def marks() -> Floats:
    """Marks at the ends and all over the middle."""
    drawn = Draws(1, 0).marks("kept", crowd("kept", np.arange(EACH - len(ENDS))))
    return np.concatenate([ENDS, drawn])


def given(**figures: Any) -> AnyDistribution:
    """A distribution as it is written in a scenario."""
    made: AnyDistribution = TypeAdapter(Distribution).validate_python(figures)
    return made


def values() -> Floats:
    """What is kept, reckoned now: shape (families and functions, marks)."""
    at = marks()
    drawn = [quantile_of(given(**figures))(at) for figures in FAMILIES]
    return np.array([*drawn, *(function(at) for function in FUNCTIONS)])


if __name__ == "__main__":
    np.save(KEPT, values().astype("<f8"))
