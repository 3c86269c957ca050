"""What is fitted by simulation: how much logged-on agents are there.

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
from results.backtest.erlang_a import heads_of
from results.backtest.predict import replications_of, scenario_of
from scenarios.fit.arrivals import half_hours
from scenarios.fit.calls import Dates
from scenarios.fit.centre import FittedCentre
from scenarios.fit.document import There, replayed
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate
from scenarios.fit.resampled import LEAST_DAYS
from scenarios.fit.staffing import Window

SHARES = (0.1, 0.3, 0.5, 0.75, 1.0)
"""Shares that are simulated; those between are interpolated."""
FINE = np.linspace(SHARES[0], SHARES[-1], 161)
FIT_FIGURES = FIGURES[:4]
"""Abandonment, mean wait, share that had to wait and service level, each in units of its chance."""
MOST_CALLS = 40_000
"""So many calls of the latest days are simulated: they tell the share as well as all would, and a
million would take half an hour."""
RESAMPLES = 400
ROBUST = 2.0
"""Days further off than so many spreads count as if they were no further off."""
ALWAYS = (0.25, 0.5, 0.75)
"""Agents who are always there that are tried, as shares of those logged on on average."""
CLEAR = 3.84
"""Gain from which it is believed that some are always there: once in twenty by chance."""

DIFFERENT = 1.5
"""Where half hours with many agents have less than half as many again as those with few, nothing
tells some who are always there from a larger share of all."""


@dataclass(frozen=True)
class Availability:
    """The fitted figures.

    Attributes:
        share: Of the time without a contact in which agents are there; its interval by resampling
            training days.
        always: So many of those logged on are always there, and the share is that of the others.
        spread: Standard deviation of that share from day to day, beyond chance.
        latest: The share fitted to the latest third of the training days.
        by_day: By date, the share with which the day comes out best.
    """

    share: Estimate
    always: float
    spread: float
    latest: Estimate
    by_day: dict[np.datetime64, float]
    losses: Numbers
    """How far each day comes out from the records at each of the fine shares: days × shares."""

    def drawn_anew(self, times: Numbers) -> Numbers:
        """The share that fits best where days count as often as they were drawn.

        The simulations are those of the fit, so that nothing is simulated again; they are of the
        patience and handling times of all days.

        Args:
            times: How often each of `dates` counts: sets × days. Where none does, nothing is told
                and the share is that of all.
        """
        best = FINE[np.argmin(times @ self.losses, axis=1)]
        return np.where(times.any(axis=1), best, self.share.value)

    @property
    def dates(self) -> Dates:
        """The days that were simulated."""
        return np.array(list(self.by_day), dtype="datetime64[D]")

    @property
    def there(self) -> There:
        """As it is written."""
        return There(self.share.value, self.always, self.spread)


def fit_availability(
    fitted: FittedCentre,
    *,
    within_s: float,
    replications: int = 3,
    workers: Executor | None = None,
    told: Callable[[float], None] | None = None,
) -> Availability:
    """Fit the share by simulating the latest training days, and how many are always there.

    Where few are logged on, agents may be away less: each day is two, its half hours with few
    agents and those with many, and more and more are taken to be always there as long as both come
    out clearly better.

    Raises:
        FitError: no contact names its agent.
    """
    if not fitted.windows:
        raise FitError("No contact names the agent who answered: nobody's time can be told.")
    dates = _latest_days(fitted)
    calls = fitted.calls.on(dates)
    usual = _usual_cells(fitted, dates)
    halves = _Halves(heads_of(dates, fitted.windows), observed(calls, dates, within_s) * usual)
    windows = _windows(fitted, dates)
    steps = (1 + len(ALWAYS)) * len(SHARES)
    done = 0

    def simulated(share: float, always: float) -> Numbers:
        nonlocal done
        document = replayed(fitted, calls, dates, windows, There(share, always))
        cells = replications_of(
            scenario_of(document), dates, within_s, replications, workers=workers
        )
        done += 1
        if told is not None:
            told(done / steps)
        return halves.of(cells * usual)

    plain = best = _Fit(0.0, halves.seen, np.array([simulated(share, 0.0) for share in SHARES]))
    for part in ALWAYS if halves.differ >= DIFFERENT else ():
        always = round(part * halves.mean_heads, 1)
        # With a share of 1 nobody is away in any case.
        grid = [*(simulated(share, always) for share in SHARES[:-1]), plain.grid[-1]]
        tried = _Fit(always, halves.seen, np.array(grid), plain.chance)
        if tried.loss > best.loss:
            break
        best = tried
    if plain.loss - best.loss < CLEAR * len(FIT_FIGURES):
        best = plain
    return _fitted(dates, best)


def _latest_days(fitted: FittedCentre) -> Dates:
    """The latest days with calls enough, at least as many as tell how much days differ."""
    totals = half_hours(fitted.calls, fitted.dates).sum(axis=1)
    number = int(np.searchsorted(np.cumsum(totals[::-1]), MOST_CALLS, side="right"))
    return fitted.dates[-max(number, LEAST_DAYS) :]


class _Halves:
    """Each day as two: its half hours with few agents logged on, and those with many."""

    def __init__(self, heads: Numbers, seen: Numbers) -> None:
        calls = seen[..., 0].ravel()
        order = np.argsort(heads.ravel(), kind="stable")
        total = max(float(calls.sum()), 1e-9)
        middle = int(np.searchsorted(np.cumsum(calls[order]) / total, 0.5))
        few = heads <= heads.ravel()[order][min(middle, len(order) - 1)]
        self.mean_heads = float(calls @ heads.ravel()) / total
        means = [float(np.average(heads[part])) for part in (few & (heads > 0), ~few) if part.any()]
        self.differ = means[-1] / means[0] if len(means) == 2 else 1.0
        self._parts = np.stack([few, ~few]).astype(float)[..., None]
        self.seen = self.of(seen)

    def of(self, cells: Numbers) -> Numbers:
        """Counts of both halves of each day: ... × (2 × dates) × counts."""
        halves = [(cells * part).sum(axis=-2) for part in self._parts]
        return np.concatenate(halves, axis=-2)


class _Fit:
    """Simulations with so many always there, at every share, laid next to what was seen."""

    def __init__(
        self, always: float, seen: Numbers, grid: Numbers, chance: list[float] | None = None
    ) -> None:
        """`grid` is shares × replications × (2 × dates) × counts; a `chance` is kept."""
        self.always = always
        self.seen = seen
        self.grid = grid
        self.chance = chance or [
            float(np.sqrt(np.nanmean(figure.of(grid).var(axis=1, ddof=1)) + 1e-12))
            for figure in FIT_FIGURES
        ]
        self.losses = self.losses_of(seen)

    @property
    def loss(self) -> float:
        """Of the best share."""
        return float(self.losses.sum(axis=0).min())

    def losses_of(self, seen: Numbers) -> Numbers:
        """Days × fine shares: how far each day comes out from what was seen."""
        losses = np.zeros((len(seen), len(FINE)))
        for figure, chance in zip(FIT_FIGURES, self.chance, strict=True):
            mean, came = figure.of(self.grid.mean(axis=1)), figure.of(seen)
            for row in range(len(seen)):
                off = (np.interp(FINE, SHARES, mean[:, row]) - came[row]) / chance
                losses[row] += np.nan_to_num(_robust(off))
        losses *= seen[:, :1] / max(float(seen[:, 0].mean()), 1e-9)
        return np.asarray(losses[: len(seen) // 2] + losses[len(seen) // 2 :])


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


def _fitted(dates: Dates, fit: _Fit) -> Availability:
    losses = fit.losses
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
        fit.always,
        _spread(by_day, fit, share),
        Estimate(_best(late.sum(axis=0)), *_wider(_ends(late_drawn), _as_good(late)), len(late)),
        dict(zip(dates, by_day, strict=True)),
        losses,
    )


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


def _spread(by_day: list[float], fit: _Fit, share: float) -> float:
    """Spread of the best shares of days beyond what chance makes of the same share every day."""
    if len(by_day) < 3:
        return 0.0
    nearest = int(np.argmin(np.abs(np.array(SHARES) - share)))
    by_chance = [
        np.var([_best(row) for row in fit.losses_of(one)], ddof=1) for one in fit.grid[nearest]
    ]
    return math.sqrt(max(0.0, float(np.var(by_day, ddof=1)) - float(np.mean(by_chance))))
