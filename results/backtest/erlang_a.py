"""Erlang A on the same inputs: the textbook's prediction of each half hour."""

from __future__ import annotations

import numpy as np

from results.backtest.cells import COUNTS, SLOT_S, SLOTS, Numbers
from results.formulas.patience_queue import erlang_a
from scenarios.fit.calls import Dates
from scenarios.fit.centre import FittedCentre
from scenarios.fit.staffing import Window


def erlang_a_cells(
    fitted: FittedCentre,
    dates: Dates,
    windows: tuple[Window, ...],
    observed: Numbers,
    available: float,
    within_s: float,
) -> Numbers:
    """Expected counts of Erlang A: dates × half hours × counts.

    Calls of the half hour, agents logged on (their share available, rounded), handling time and
    mean patience of the training days: what the simulation is given as well.
    """
    heads = heads_of(dates, windows) * available
    handle = fitted.handling.all.mean.value + float(np.nan_to_num(fitted.away.between_s.value))
    hang_ups = fitted.hang_ups.all
    patience = hang_ups.exponential.value if hang_ups else 1e6
    cells = np.zeros((len(dates), SLOTS, len(COUNTS)))
    for place in np.ndindex(len(dates), SLOTS):
        calls = observed[place][0]
        if calls:
            agents = max(round(float(heads[place])), 1)
            cells[place] = _cell(calls, agents, handle, patience, within_s)
    return cells


def _cell(calls: float, agents: int, handle: float, patience: float, within_s: float) -> Numbers:
    law = erlang_a(calls * 3600 / SLOT_S, handle, agents, patience, target_s=within_s)
    left = law.abandonment
    answered_wait = law.asa * (1 - left)
    of_abandoned = max(law.wait_all - answered_wait, 0.0)
    shares = [1.0, left, law.wait_all, law.p_wait, law.service_level, of_abandoned]
    return calls * np.array(shares)


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
