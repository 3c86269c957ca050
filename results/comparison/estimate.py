"""Estimates from replications: a mean, and how far it may be off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from results.measures.slice import Cut
from results.measures.summary import Summary

TOTAL: Cut = ("all", "")
"""The whole centre, as opposed to a reason, a channel or a group."""


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its confidence interval, in the unit of the measure."""

    mean: float
    """NaN when no replication defines the value."""
    half_width: float
    """The interval is mean ± half_width; NaN with fewer than two values."""
    n: int
    """Replications in which the value is defined."""

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.mean + self.half_width

    @property
    def excludes_zero(self) -> bool:
        """True when zero lies outside the interval; never true without an interval."""
        return abs(self.mean) > self.half_width


NOTHING = Estimate(math.nan, math.nan, 0)
"""The estimate of what no replication defines."""


@lru_cache(1024)
def t_quantile(probability: float, freedom: int) -> float:
    """The quantile of Student's t distribution at a cumulative probability.

    Args:
        probability: between 0 and 1.
        freedom: degrees of freedom, at least 1.
    """
    # scipy.stats has the same function and takes half a second to load.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, probability))


def estimate(values: NDArray[np.float64], confidence: float = 0.95) -> Estimate:
    """Estimate a mean from independent replications, with a t interval.

    Source: Law, Simulation Modeling and Analysis, 5th ed., section 4.5: mean ±
    t(n - 1, 1 - alpha / 2) sqrt(s² / n).

    Args:
        values: one per replication, shape (n,); NaN where the value is undefined, left out.
        confidence: the share of such intervals that hold the true mean.
    """
    defined = values[~np.isnan(values)]
    n = len(defined)
    mean = float(defined.mean()) if n else math.nan
    if n < 2:
        return Estimate(mean, math.nan, n)
    quantile = t_quantile((1.0 + confidence) / 2.0, n - 1)
    return Estimate(mean, quantile * float(defined.std(ddof=1)) / math.sqrt(n), n)


def lowest_of(rows: NDArray[np.float64], confidence: float = 0.95) -> NDArray[np.float64]:
    """The lower end of the t interval of each row's mean; NaN with fewer than two values.

    As ``estimate`` row by row, for many rows together.

    Args:
        rows: replications of each, shape (rows, n); NaN where undefined, left out.
        confidence: of each interval.
    """
    there = ~np.isnan(rows)
    count = there.sum(axis=1)
    found = np.full(len(rows), math.nan)
    for n in set(count[count >= 2].tolist()):
        # Rows with the same number of values, all of which fill a square.
        of = count == n
        values = rows[of][there[of]].reshape(-1, n)
        reach = t_quantile((1.0 + confidence) / 2.0, n - 1) / math.sqrt(n)
        found[of] = values.mean(axis=1) - reach * values.std(axis=1, ddof=1)
    return found


def adjusted(confidence: float, comparisons: int) -> float:
    """The confidence of each interval that gives all of them together the one asked for.

    Source: Bonferroni's inequality: 1 - alpha / k each.
    """
    return 1.0 - (1.0 - confidence) / max(comparisons, 1)


def across(summaries: Sequence[Summary], measure: str, cut: Cut = TOTAL) -> NDArray[np.float64]:
    """The values of one measure across replications, shape (n,); NaN where undefined."""
    return np.array([one.values.get(cut, {}).get(measure, math.nan) for one in summaries], float)
