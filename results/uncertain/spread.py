"""Spread: how much of a difference's spread is between centres, and how much is chance.

Each centre was simulated twice. Two replications of one centre differ by chance alone; the means
of centres differ by that and by what is not known. This is the analysis of variance with one
factor and two observations each: with the mean squares between (B) and within centres (W), W
estimates the variance of chance and (B - W) / 2 that between centres. Where B is less than W that
would be negative: it is 0, and this is said. Source: Searle, Casella & McCulloch, Variance
Components (1992), section 3.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.comparison.better_or_worse import effect_of
from results.comparison.estimate import Estimate, estimate
from scenarios.fit.estimate import share_of

EACH = 2
"""Replications of each centre."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """What the centres say of one measure under one policy, against the baseline."""

    policy: str
    measure: str
    centres: int
    """In which the difference is defined."""
    difference: Estimate
    """Policy minus baseline: the mean over centres, with its 95 % interval."""
    better: int
    """Centres whose mean difference is better."""
    worse: int
    between: float
    """Standard deviation between centres, of what is not known; 0 where it is clipped."""
    within: float
    """Standard deviation between replications of one centre: chance."""
    clipped: bool
    """Chance alone is more than what the centres differ by."""

    @property
    def share(self) -> float:
        """Share of the centres in which it is better."""
        return self.better / self.centres if self.centres else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of that share among all centres that fit (Wilson)."""
        found = share_of(self.better, self.centres)
        return found.low, found.high


def spread_of(policy: str, measure: str, differences: Floats) -> Spread:
    """Take the spread apart.

    Args:
        policy: that is set against the baseline.
        measure: by name.
        differences: policy minus baseline, shape (centres, 2); NaN where undefined, and a centre
            with one of those does not count.
    """
    whole = differences[~np.isnan(differences).any(axis=1)]
    means: Floats = whole.mean(axis=1) if len(whole) else np.empty(0)
    effects = [effect_of(measure, float(mean)) if mean else "unclear" for mean in means]
    between, within, clipped = components(whole)
    return Spread(
        policy,
        measure,
        len(whole),
        estimate(means),
        effects.count("better"),
        effects.count("worse"),
        between,
        within,
        clipped,
    )


def components(values: Floats) -> tuple[float, float, bool]:
    """Standard deviations between centres and within, and whether the first was clipped at 0.

    Args:
        values: shape (centres, 2), none of them NaN; NaN with fewer than two centres.
    """
    centres = len(values)
    if centres < 2:
        return math.nan, math.nan, False
    within = float(np.sum((values - values.mean(axis=1, keepdims=True)) ** 2)) / centres
    between = float(EACH * np.var(values.mean(axis=1), ddof=1))
    component = (between - within) / EACH
    return math.sqrt(max(component, 0.0)), math.sqrt(within), component < 0.0
