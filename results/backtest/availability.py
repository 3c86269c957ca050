"""The one figure that is fitted by simulation: how much logged-on agents are there.

Windows of activity say when agents were logged on, records say how soon they come back when
somebody waits. What is left is the share of their free time in which they are there. It is fitted
so that training days, simulated with their own calls and agents, come out as they were.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from results.backtest.cells import FIGURES, SLOT_S, SLOTS, Numbers, observed
from results.backtest.predict import replications_of, scenario_of
from scenarios.fit.calls import Dates
from scenarios.fit.centre import FittedCentre
from scenarios.fit.document import replayed
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate
from scenarios.fit.staffing import Window

SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Shares that are simulated; those between are interpolated."""
FINE = np.linspace(SHARES[0], SHARES[-1], 161)
FIT_FIGURES = FIGURES[:4]
"""Abandonment, mean wait, share that had to wait and service level, each in units of its chance."""
RESAMPLES = 400
ROBUST = 2.0
"""Days further off than so many spreads count as if they were no further off."""


@dataclass(frozen=True)
class Availability:
    """The fitted figure.

    Attributes:
        share: Of the time without a contact in which agents are there; its interval by resampling
            training days.
        spread: Standard deviation of that share from day to day, beyond chance.
        latest: The same fitted to the latest third of the training days.
        by_day: By date, the share with which the day comes out best.
    """

    share: Estimate
    spread: float
    latest: Estimate
    by_day: dict[np.datetime64, float]


def fit_availability(
    fitted: FittedCentre,
    *,
    within_s: float,
    replications: int = 4,
    workers: Executor | None = None,
    told: Callable[[float], None] | None = None,
) -> Availability:
    """Fit the share by simulating the training days at several.

    Raises:
        FitError: no contact names its agent.
    """
    if not fitted.windows:
        raise FitError("No contact names the agent who answered: nobody's time can be told.")
    dates, calls = fitted.dates, fitted.calls.on(fitted.dates)
    usual = _usual_cells(fitted, dates)
    seen = observed(calls, dates, within_s) * usual
    grid = []
    for place, share in enumerate(SHARES):
        document = replayed(fitted, calls, dates, _windows(fitted, dates), share)
        cells = replications_of(
            scenario_of(document), dates, within_s, replications, workers=workers
        )
        grid.append(cells * usual)
        if told is not None:
            told((place + 1) / len(SHARES))
    return _fitted(dates, seen, np.array(grid))


def _windows(fitted: FittedCentre, dates: Dates) -> tuple[Window, ...]:
    return tuple(window for window in fitted.windows if window.date in dates)


def _usual_cells(fitted: FittedCentre, dates: Dates) -> Numbers:
    """0 for half hours with an outage or a rush and half an hour after them, 1 for the others."""
    kept = np.ones((len(dates), SLOTS, 1))
    for stretch in fitted.unusual:
        place = np.flatnonzero(dates == stretch.date)
        first, last = int(stretch.start // SLOT_S), int(stretch.end // SLOT_S) + 1
        kept[place, first : last + 1] = 0.0
    return kept if kept.any() else np.ones_like(kept)


def _fitted(dates: Dates, seen: Numbers, grid: Numbers) -> Availability:
    """From days × half hours × counts, and shares × replications × the same."""
    days = seen.sum(axis=1)
    each = grid.sum(axis=3)
    losses = _losses(days, each)
    share = _best(losses.sum(axis=0))
    random = np.random.default_rng(17)
    picks = random.integers(len(dates), size=(RESAMPLES, len(dates)))
    drawn = [_best(losses[pick].sum(axis=0)) for pick in picks]
    late = losses[-max(len(dates) // 3, 1) :]
    late_picks = random.integers(len(late), size=(RESAMPLES, len(late)))
    late_drawn = [_best(late[pick].sum(axis=0)) for pick in late_picks]
    by_day = [_best(row) for row in losses]
    return Availability(
        Estimate(share, *_wider(_ends(drawn), _as_good(losses)), len(dates)),
        _spread(by_day, each, share),
        Estimate(_best(late.sum(axis=0)), *_wider(_ends(late_drawn), _as_good(late)), len(late)),
        dict(zip(dates, by_day, strict=True)),
    )


def _losses(days: Numbers, each: Numbers) -> Numbers:
    """Days × fine shares: how far each day comes out from what it was."""
    losses = np.zeros((len(days), len(FINE)))
    for figure in FIT_FIGURES:
        mean = figure.of(each.mean(axis=1))
        chance = float(np.sqrt(np.nanmean(figure.of(each).var(axis=1, ddof=1)) + 1e-12))
        seen = figure.of(days)
        for day in range(len(days)):
            off = (np.interp(FINE, SHARES, mean[:, day]) - seen[day]) / chance
            losses[day] += np.nan_to_num(_robust(off))
    weight = days[:, :1] / days[:, 0].mean()
    return np.asarray(losses * weight)


def _robust(off: Numbers) -> Numbers:
    """Squares near 0, straight beyond `ROBUST` (Huber)."""
    far = np.abs(off) > ROBUST
    return np.where(far, 2 * ROBUST * np.abs(off) - ROBUST**2, off**2)


def _best(loss: Numbers) -> float:
    return float(FINE[int(np.argmin(loss))])


def _ends(drawn: list[float]) -> tuple[float, float]:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def _as_good(losses: Numbers) -> tuple[float, float]:
    """Between which shares the days fit about as well, by chance alone.

    Resampling tells how much days differ, and nothing where there are one or two. The figures go
    together, so that their mean distance counts as that of one.
    """
    loss = losses.sum(axis=0) / len(FIT_FIGURES)
    inside = FINE[loss <= loss.min() + 3.84]
    return float(inside[0]), float(inside[-1])


def _wider(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return min(one[0], other[0]), max(one[1], other[1])


def _spread(by_day: list[float], each: Numbers, share: float) -> float:
    """Spread of the best shares of days beyond what chance makes of the same share every day."""
    if len(by_day) < 3:
        return 0.0
    nearest = int(np.argmin(np.abs(np.array(SHARES) - share)))
    by_chance = []
    for one in each[nearest]:
        losses = _losses(one, each)
        by_chance.append(np.var([_best(row) for row in losses], ddof=1))
    return math.sqrt(max(0.0, float(np.var(by_day, ddof=1)) - float(np.mean(by_chance))))
