"""Claims: what a verdict may say of policies and measures, all of them one family.

The family is fixed before anything is run: every policy that is compared, times every measure that
the verdict could speak of in this scenario. That a policy *differs* is said where the paired t test
holds among all claims (Holm's steps) and the difference is large enough to matter; that it is
*practically the same* where the 90 % interval, adjusted for all claims (Bonferroni), lies within
what matters; else it is *not known yet*. Sources: Holm, A simple sequentially rejective multiple
test procedure, Scandinavian Journal of Statistics 6 (1979); Schuirmann, two one-sided tests for
equivalence, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import adjusted, estimate, t_quantile

Outcome = Literal["differs", "same", "unknown"]
"""Different for certain and by as much as matters; practically the same; not known yet."""

Key = tuple[str, str]
"""A policy and a measure."""

SAME = 1e-9
"""Means that differ by less than this share of their size differ by rounding only."""

EQUIVALENCE = 0.9
"""Confidence of the interval that has to lie within what matters: two one-sided tests at 5 %."""

_MOST = 10_000_000
"""Replications beyond which nothing is decided any more."""


@dataclass(frozen=True)
class Claim:
    """What can be said of one measure under one policy, among all claims."""

    outcome: Outcome
    p: float
    """Of the paired t test, adjusted for all claims; 1 where there is nothing to test."""
    relevance: float
    """The least difference that matters, in the unit of the measure."""
    further: float
    """Replications more that would decide if they scattered like these; 0 where it is decided,
    infinite where that cannot be told."""


def claims_of(
    pairs: Mapping[Key, tuple[NDArray[np.float64], NDArray[np.float64]]],
    relevance: Mapping[Key, float],
    confidence: float,
) -> dict[Key, Claim]:
    """Decide all claims of a family together.

    Args:
        pairs: of every claim the values under the policy and under the baseline, shape (n,) each,
            replication by replication; NaN where undefined. What is undefined counts as a claim.
        relevance: of every claim the least difference that matters.
        confidence: that nothing is said to differ by chance, 0.95 for 5 %.
    """
    differences = {key: _difference(*found) for key, found in pairs.items()}
    held = _holm({key: _p(found) for key, found in differences.items()})
    return {
        key: _claim(differences[key], held[key], relevance[key], confidence, len(pairs))
        for key in pairs
    }


def _claim(
    difference: NDArray[np.float64], p: float, relevance: float, confidence: float, family: int
) -> Claim:
    near = estimate(difference, adjusted(EQUIVALENCE, family))
    if p <= 1.0 - confidence and abs(near.mean) >= relevance:
        return Claim("differs", p, relevance, 0.0)
    if near.n > 1 and abs(near.mean) + near.half_width <= relevance:
        return Claim("same", p, relevance, 0.0)
    level = adjusted(confidence if abs(near.mean) >= relevance else EQUIVALENCE, family)
    gap = abs(near.mean) if abs(near.mean) >= relevance else relevance - abs(near.mean)
    return Claim("unknown", p, relevance, _further(difference, gap, level))


def _difference(values: NDArray[np.float64], base: NDArray[np.float64]) -> NDArray[np.float64]:
    """The differences where both are defined; what is rounding only is none."""
    both = ~(np.isnan(values) | np.isnan(base))
    found = values[both] - base[both]
    rounding = len(found) and abs(np.mean(found)) <= SAME * abs(np.mean(base[both]))
    return found - np.mean(found) if rounding else found


def _p(difference: NDArray[np.float64]) -> float:
    """Of the paired t test, two-sided; 1 with fewer than two pairs."""
    n = len(difference)
    if n < 2:
        return 1.0
    # scipy.stats has the same function and takes half a second to load.
    from scipy.special import stdtr

    error = float(np.std(difference, ddof=1)) / math.sqrt(n)
    mean = abs(float(np.mean(difference)))
    if not error:
        return 0.0 if mean else 1.0
    return float(2.0 * stdtr(n - 1, -mean / error))


def _holm(found: Mapping[Key, float]) -> dict[Key, float]:
    """The p-values adjusted by Holm's steps: the smallest times all, the next times one less."""
    held, largest = {}, 0.0
    for rank, key in enumerate(sorted(found, key=lambda key: found[key])):
        largest = max(largest, min(1.0, found[key] * (len(found) - rank)))
        held[key] = largest
    return held


def _further(difference: NDArray[np.float64], gap: float, confidence: float) -> float:
    """How many replications more make the half-width of the mean as small as a gap."""
    n = len(difference)
    if n < 2 or not gap > 0.0:
        return math.inf
    spread = float(np.std(difference, ddof=1))

    def decides(count: int) -> bool:
        quantile = t_quantile((1.0 + confidence) / 2.0, count - 1)
        return quantile * spread <= gap * math.sqrt(count)

    # The more replications, the smaller the half-width: doubled until enough, then halved.
    enough = n + 1
    while not decides(enough):
        if enough > _MOST:
            return math.inf
        enough *= 2
    few = max(enough // 2, n)
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if decides(middle) else (middle, enough)
    return float(enough - n)
