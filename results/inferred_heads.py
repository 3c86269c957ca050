"""How many agents there must have been, by hang-ups and waits: Erlang A the other way round."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from results.formulas.patience_queue import erlang_a
from scenarios.fit.calls import WEEKDAYS
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate
from scenarios.fit.heads import InferredHeads, Offered

Numbers = npt.NDArray[np.float64]
SLOT_S = 1800.0
ENDLESS_S = 1e6
"""Patience where nobody hangs up."""
CORRELATED = 3.0
"""Callers of one half hour meet the same queue: their hang-ups vary so many times as much as those
of callers on their own."""
AS_GOOD = 1.0
"""Fewer heads are taken where they fit as well as more, within one standard error."""
FACTORS = np.round(np.geomspace(0.5, 2.0, 21), 4)
"""Factors on the work that are tried."""
ASKED = 30
"""Half hours that are asked for the range of the factor."""
LEAST_SHARE = 0.1
"""Heads that are inferred are never known better than by a tenth: agents differ, and are away."""


def infer_heads(offered: Offered) -> InferredHeads:
    """The heads of each weekday and half hour, and by what factor they may be wrong.

    Raises:
        FitError: nobody hung up or waited, so that any number of agents would do.
    """
    if not offered.abandoned.sum() and not np.nansum(offered.waited_s):
        raise FitError(
            "Nobody waited or hung up in these records, and they name neither agents nor staff: "
            "any number of agents would do. Give records with agents, or reports with staff."
        )
    heads = {name: _heads(day) for name in WEEKDAYS if len((day := offered.weekday(name)).dates)}
    return InferredHeads(heads, _work(offered, heads))


def _heads(day: Offered) -> list[int]:
    return [_best(day, slot) for slot in range(day.calls.shape[1])]


def _best(day: Offered, slot: int) -> int:
    """The fewest heads that fit a half hour about as well as any."""
    busiest = float(day.calls[:, slot].max())
    if not busiest:
        return 0
    most = int(busiest * day.handle_s / SLOT_S * 2 + 6)
    losses: dict[int, float] = {}

    def loss(heads: int) -> float:
        if heads not in losses:
            losses[heads] = _loss(day, slot, heads, 1.0)
        return losses[heads]

    # More heads mean fewer hang-ups and waits, so that the loss falls and rises once.
    best = max(int(np.mean(day.calls[:, slot]) * day.handle_s / SLOT_S), 1)
    while best < most and loss(best + 1) < loss(best):
        best += 1
    while best > 1 and loss(best - 1) < loss(best):
        best -= 1
    least = loss(best)
    while best > 1 and loss(best - 1) <= least + AS_GOOD:
        best -= 1
    return best


def _loss(day: Offered, slot: int, heads: int, work: float) -> float:
    """Squared distance of hang-ups and waits from those that so many heads give."""
    handle, patience = round(day.handle_s * work, 1), min(day.patience_s, ENDLESS_S)
    calls = day.calls[:, slot]
    shares = np.array([_shares(float(n), heads, handle, patience) for n in calls if n])
    number = calls[calls > 0]
    left, wait, square = (number @ shares).tolist() if len(number) else (0.0, 0.0, 0.0)
    off = (left - float(day.abandoned[:, slot].sum())) ** 2 / (CORRELATED * max(left, 0.5))
    seen = day.waited_s[:, slot][calls > 0]
    if len(seen) and not np.isnan(seen).any():
        off += (wait - float(seen.sum())) ** 2 / (CORRELATED * max(square, day.handle_s**2 / 10))
    return float(off)


@lru_cache(maxsize=100_000)
def _shares(calls: float, heads: int, handle_s: float, patience_s: float) -> tuple[float, ...]:
    """Of one call: hung up, its wait, and the square of its wait (of an exponential one)."""
    law = erlang_a(calls * 3600 / SLOT_S, handle_s, heads, patience_s)
    return law.abandonment, law.wait_all, 2 * law.wait_all * law.wait_of_waiting


def _work(offered: Offered, heads: dict[str, list[int]]) -> Estimate:
    """Between which factors on the work all half hours together fit about as well as with 1."""
    days = {name: offered.weekday(name) for name in heads}
    used = [(name, slot) for name in heads for slot, n in enumerate(heads[name]) if n]
    # Some of the half hours say enough, and each is asked for many factors.
    used = used[:: max(len(used) // ASKED, 1)]
    losses = np.array(
        [
            sum(_loss(days[name], slot, heads[name][slot], factor) for name, slot in used)
            for factor in FACTORS
        ]
    )
    scale = max(float(losses.min()) / max(len(used), 1), 1.0)
    inside = FACTORS[losses <= losses.min() + 3.84 * scale]
    low, high = min(float(inside[0]), 1 - LEAST_SHARE), max(float(inside[-1]), 1 + LEAST_SHARE)
    return Estimate(1.0, low, high, len(used))
