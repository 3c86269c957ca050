"""Erlang A on the same inputs: the textbook's prediction of each half hour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from results.backtest import cells
from results.backtest.cells import SLOT_S, SLOTS, Numbers
from results.formulas.patience_queue import erlang_a
from scenarios.fit.calls import Dates
from scenarios.fit.centre import FittedCentre
from scenarios.fit.staffing import Window

AVAILABLE = np.linspace(0.5, 1.0, 11)
"""Shares of the agents logged on that are tried on the training days."""


@dataclass(frozen=True)
class Textbook:
    """Erlang A with what the training days give it.

    Attributes:
        handle_s: Mean time per call, the change-over included.
        patience_s: Mean patience, of the censored exponential law.
        available: Share of the agents logged on: of those tried, the one with which the half hours
            of the training days come out best.
        within_s: The target of the service level.
    """

    handle_s: float
    patience_s: float
    available: float
    within_s: float

    def cells(self, heads: Numbers, observed: Numbers) -> Numbers:
        """Expected counts, from agents logged on and calls: dates × half hours × counts."""
        made = np.zeros(observed.shape)
        for place in np.ndindex(*heads.shape):
            calls = float(observed[place][0])
            if calls:
                agents = max(round(float(heads[place]) * self.available), 1)
                shares = _shares(calls, agents, self.handle_s, self.patience_s, self.within_s)
                made[place] = calls * np.array(shares)
        return made


def textbook_of(fitted: FittedCentre, within_s: float) -> Textbook:
    """Erlang A fitted to the training days: their calls, agents, handling time and patience."""
    between = float(np.nan_to_num(fitted.away.between_s.value))
    handle = max(fitted.handling.all.mean.value + between, 1.0)
    hang_ups = fitted.hang_ups.all
    patience = hang_ups.exponential.value if hang_ups else 1e6
    seen = cells.observed(fitted.calls, fitted.dates, within_s)
    heads = heads_of(fitted.dates, fitted.windows)
    tried = [Textbook(handle, patience, float(share), within_s) for share in AVAILABLE]
    losses = [_loss(one.cells(heads, seen), seen) for one in tried]
    return tried[int(np.argmin(losses))]


def _loss(made: Numbers, seen: Numbers) -> float:
    """Squared errors of abandonment and wait by half hour, each against its own spread."""
    loss = 0.0
    for figure in cells.FIGURES[:2]:
        of_seen = figure.of(seen)
        off = np.nan_to_num(figure.of(made) - of_seen)
        known = of_seen[~np.isnan(of_seen)]
        loss += float(np.sum(seen[..., 0] * off**2)) / max(float(np.var(known)), 1e-9)
    return loss


@lru_cache(maxsize=20_000)
def _shares(
    calls: float, agents: int, handle_s: float, patience_s: float, within_s: float
) -> tuple[float, ...]:
    """Of one call: itself, hung up, wait, had to wait, answered in time, wait until hung up."""
    law = erlang_a(calls * 3600 / SLOT_S, handle_s, agents, patience_s, target_s=within_s)
    left = law.abandonment
    of_abandoned = max(law.wait_all - law.asa * (1 - left), 0.0)
    return 1.0, left, law.wait_all, law.p_wait, law.service_level, of_abandoned


def heads_of(dates: Dates, windows: tuple[Window, ...]) -> Numbers:
    """Mean agents logged on: dates × half hours."""
    heads = np.zeros((len(dates), SLOTS))
    edges = np.arange(SLOTS + 1) * float(SLOT_S)
    for window in windows:
        place = int(np.searchsorted(dates, window.date))
        if place < len(dates) and dates[place] == window.date:
            inside = np.clip(window.end, edges[:-1], edges[1:]) - np.clip(
                window.start, edges[:-1], edges[1:]
            )
            heads[place] += inside / SLOT_S
    return heads
