"""Lengths of time in interval reports: sums or means, in which unit."""

from __future__ import annotations

import numpy as np

from scenarios.records.columns import Numbers
from scenarios.records.names import says_mean, says_sum

_ENOUGH = 8


def are_sums(column: str, values: Numbers, counts: Numbers) -> bool:
    """Whether a column holds sums over the contacts of an interval and not their mean.

    Its name may say so. Otherwise the spread does: means do not grow with the number of contacts,
    sums do, so that the values are more alike when they are divided by it.

    Args:
        column: The column's name.
        values: Seconds by interval.
        counts: Contacts they are about.
    """
    if says_sum(column) or says_mean(column):
        return says_sum(column) and not says_mean(column)
    known = (values > 0) & (counts >= 2)
    if known.sum() < _ENOUGH or len(np.unique(counts[known])) < 3:
        return False
    return _spread(np.log(values[known] / counts[known])) < 0.8 * _spread(np.log(values[known]))


def _spread(values: Numbers) -> float:
    return float(np.median(np.abs(values - np.median(values)))) + 1e-12


def mean_of(sums: Numbers, counts: Numbers) -> Numbers:
    """Sums divided by counts, NaN where nothing is counted."""
    return np.where(counts > 0, sums / np.where(counts > 0, counts, 1.0), np.nan)


def weighted(values: Numbers, weights: Numbers) -> float:
    """The mean of values by weight, NaN where there is none."""
    known = ~np.isnan(values) & (weights > 0)
    if not known.any():
        return np.nan
    return float(np.average(values[known], weights=weights[known]))
