"""Predictions against records: bias, error beside the noise floor, coverage of the bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.backtest.cells import COUNTS, FIGURES, Figure, Numbers

BAND = 0.8
"""Share of what comes that a band is to hold."""


@dataclass(frozen=True)
class Score:
    """One figure at one level of detail.

    Attributes:
        observed: By cell (half hours, days, or one in all), NaN where there is none.
        predicted: Mean over replications.
        low: Lower end of the 80 % band.
        high: Upper end.
        weight: Calls in each cell (of the wait of the abandoned: those who hung up).
        bias: Predicted minus observed, weighted.
        rmse: Root of the mean squared difference, weighted.
        floor: The RMSE that a perfect prediction would still have: chance alone.
        covered: Share of cells within the band; of half hours by randomised rank.
    """

    figure: Figure
    observed: Numbers
    predicted: Numbers
    low: Numbers
    high: Numbers
    weight: Numbers
    bias: float
    rmse: float
    floor: float
    covered: float


def half_hour_score(figure: Figure, observed: Numbers, replications: Numbers) -> Score:
    """By half hour: cells are dates × half hours."""
    cells = observed.reshape(-1, len(COUNTS))
    return _score(figure, cells, replications.reshape(len(replications), *cells.shape))


def day_score(figure: Figure, observed: Numbers, replications: Numbers) -> Score:
    """By day."""
    return _score(figure, observed.sum(axis=1), replications.sum(axis=2))


def total_score(figure: Figure, observed: Numbers, replications: Numbers) -> Score:
    """In all."""
    total = observed.sum(axis=(0, 1))[None]
    return _score(figure, total, replications.sum(axis=(1, 2))[:, None])


def _score(figure: Figure, observed: Numbers, replications: Numbers) -> Score:
    """Cells × counts against replications × cells × counts."""
    seen, each = figure.of(observed), figure.of(replications)
    weight = np.where(np.isnan(seen), 0.0, observed[:, figure.below])
    # The mean over replications of a ratio is that of the sums: all of them have the same calls.
    mean = figure.of(replications.mean(axis=0))
    usable = (weight > 0) & ~np.isnan(mean)
    weight = np.where(usable, weight, 0.0)
    low, high = _band(each)
    off = np.where(usable, mean - seen, 0.0)
    total = max(float(weight.sum()), 1e-9)
    overall = figure.of(replications.mean(axis=0).sum(axis=0)) - figure.of(observed.sum(axis=0))
    return Score(
        figure,
        seen,
        mean,
        low,
        high,
        weight,
        float(overall),
        float(np.sqrt(weight @ off**2 / total)),
        _floor(figure, replications, weight),
        _covered(seen[usable], each[:, usable]),
    )


def _band(each: Numbers) -> tuple[Numbers, Numbers]:
    filled = np.where(np.isnan(each).all(axis=0), 0.0, each)
    low, high = np.nanquantile(filled, [(1 - BAND) / 2, (1 + BAND) / 2], axis=0)
    return low, high


def _floor(figure: Figure, replications: Numbers, weight: Numbers) -> float:
    """RMSE of the mean of the others against one replication in the place of the records."""
    count = len(replications)
    if count < 2:
        return np.nan
    total = replications.sum(axis=0)
    errors = []
    for one in replications:
        others = figure.of((total - one) / (count - 1))
        seen = figure.of(one)
        usable = (weight > 0) & ~np.isnan(seen) & ~np.isnan(others)
        share = weight[usable]
        errors.append(float(share @ (others - seen)[usable] ** 2 / max(share.sum(), 1e-9)))
    return float(np.sqrt(np.mean(errors)))


def _covered(seen: Numbers, each: Numbers) -> float:
    """Share of cells whose place among the replications is in the middle 80 %.

    A cell that equals many replications (nobody hung up) has many places: all are as likely, and
    the share of them in the middle counts.
    """
    if not len(seen):
        return np.nan
    count = len(each)
    below = np.nansum(each < seen, axis=0)
    equal = np.nansum(each == seen, axis=0)
    start, end = below / (count + 1), (below + equal + 1) / (count + 1)
    inside = np.minimum(end, (1 + BAND) / 2) - np.maximum(start, (1 - BAND) / 2)
    return float(np.mean(np.clip(inside, 0, None) / (end - start)))


def scores(observed: Numbers, replications: Numbers) -> dict[str, dict[str, Score]]:
    """Every figure at every level: "half_hour", "day" and "all"."""
    levels = {"half_hour": half_hour_score, "day": day_score, "all": total_score}
    return {
        level: {figure.name: score(figure, observed, replications) for figure in FIGURES}
        for level, score in levels.items()
    }
