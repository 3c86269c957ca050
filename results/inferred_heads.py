"""How many agents there must have been, by hang-ups and waits: Erlang A the other way round."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from results.formulas.patience_queue import erlang_a
from scenarios.fit.calls import WEEKDAYS
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate
from scenarios.fit.heads import InferredHeads, Offered
from scenarios.fit.resampled import divided

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
FINE = np.geomspace(FACTORS[0], FACTORS[-1], 201)
"""Factors between them, of which drawn days choose one."""
ASKED = 30
"""Half hours that are asked for the range of the factor."""
LEAST_SHARE = 0.1
"""Heads that are inferred are never known better than by a tenth: agents differ, and are away."""


def infer_heads(offered: Offered, times: Numbers | None = None) -> InferredHeads:
    """The heads of each weekday and half hour, and by what factor they may be wrong.

    Args:
        offered: What the records show.
        times: How often each of its days was drawn, for a factor again from each draw: sets ×
            dates.

    Raises:
        FitError: nobody hung up or waited, so that any number of agents would do; or nobody was
            offered.
    """
    if not offered.abandoned.sum() and not np.nansum(offered.waited_s):
        raise FitError(
            "Nobody waited or hung up in these records, and they name neither agents nor staff: "
            "any number of agents would do. Give records with agents, or reports with staff."
        )
    heads = {name: _heads(day) for name in WEEKDAYS if len((day := offered.weekday(name)).dates)}
    asked = _asked(offered, heads)
    if not asked:
        raise FitError(
            "No half hour of these records has a contact that was offered, although some waited "
            "or hung up: nothing says how many agents there were. "
            "Look at the column of those offered."
        )
    drawn = np.empty(0) if times is None else _drawn_anew(asked, offered, times)
    return InferredHeads(heads, _work(asked, offered), drawn)


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
    expected, seen = _expected(day, slot, heads, work), _seen(day, slot)
    return float(_off(expected.sum(axis=1), seen.sum(axis=1), day.handle_s))


def _expected(day: Offered, slot: int, heads: int, work: float) -> Numbers:
    """Hang-ups, seconds waited, and their square that so many heads give: 3 × days."""
    handle, patience = round(day.handle_s * work, 1), min(day.patience_s, ENDLESS_S)
    calls = day.calls[:, slot]
    shares = [_shares(float(n), heads, handle, patience) if n else (0.0,) * 3 for n in calls]
    return np.array(shares).T * calls


def _seen(day: Offered, slot: int) -> Numbers:
    """Hang-ups and seconds waited of a half hour: 2 × days; no wait of those without calls."""
    some = day.calls[:, slot] > 0
    return np.array([day.abandoned[:, slot], np.where(some, day.waited_s[:, slot], 0.0)])


def _off(expected: Numbers, seen: Numbers, handle_s: float) -> Numbers:
    """How far sums of `_expected` are from sums of `_seen`, in units of chance; waits if known."""
    left, wait, square = expected
    off = (left - seen[0]) ** 2 / (CORRELATED * np.maximum(left, 0.5))
    waits = (wait - seen[1]) ** 2 / (CORRELATED * np.maximum(square, handle_s**2 / 10))
    return np.asarray(off + np.nan_to_num(waits))


@lru_cache(maxsize=100_000)
def _shares(calls: float, heads: int, handle_s: float, patience_s: float) -> tuple[float, ...]:
    """Of one call: hung up, its wait, and the square of its wait (of an exponential one)."""
    law = erlang_a(calls * 3600 / SLOT_S, handle_s, heads, patience_s)
    return law.abandonment, law.wait_all, 2 * law.wait_all * law.wait_of_waiting


class _Asked(NamedTuple):
    """A half hour of a weekday that is asked how much work there may be."""

    days: npt.NDArray[np.intp]
    """Its days among all."""
    expected: Numbers
    """Of each factor: factors × 3 × days."""
    seen: Numbers
    """2 × days."""


def _asked(offered: Offered, heads: dict[str, list[int]]) -> list[_Asked]:
    """Some of the half hours, which say enough: each is asked for many factors."""
    used = [(name, slot) for name in heads for slot, n in enumerate(heads[name]) if n]
    days = {name: offered.weekday(name) for name in heads}
    return [
        _Asked(
            np.flatnonzero(np.isin(offered.dates, days[name].dates)),
            np.array([_expected(days[name], slot, heads[name][slot], f) for f in FACTORS]),
            _seen(days[name], slot),
        )
        for name, slot in used[:: max(len(used) // ASKED, 1)]
    ]


def _losses(asked: list[_Asked], handle_s: float, times: Numbers) -> Numbers:
    """How far all half hours together are off with each factor: sets × factors."""
    losses = np.zeros((len(times), len(asked[0].expected)))
    for one in asked:
        drawn = times[:, one.days]
        expected = np.einsum("fkd,sd->ksf", one.expected, drawn)
        seen = np.einsum("kd,sd->ks", one.seen, drawn)[..., None]
        losses += _off(expected, seen, handle_s)
    return losses


def _work(asked: list[_Asked], offered: Offered) -> Estimate:
    """Between which factors on the work all half hours together fit about as well as with 1."""
    losses = _losses(asked, offered.handle_s, np.ones((1, len(offered.dates))))[0]
    scale = max(float(losses.min()) / max(len(asked), 1), 1.0)
    inside = FACTORS[losses <= losses.min() + 3.84 * scale]
    low, high = min(float(inside[0]), 1 - LEAST_SHARE), max(float(inside[-1]), 1 + LEAST_SHARE)
    return Estimate(1.0, low, high, len(asked))


def _drawn_anew(asked: list[_Asked], offered: Offered, times: Numbers) -> Numbers:
    """The factor that fits the drawn days best, against that of all days.

    The work is handling time times the factor: where contacts of the drawn days are longer, less
    of it is left to the factor.
    """
    both = np.concatenate([np.ones((1, times.shape[1])), times])
    finer = [one._replace(expected=_between(one.expected)) for one in asked]
    factor = FINE[np.argmin(_losses(finer, offered.handle_s, both), axis=1)]
    work = factor / divided(*(offered.handled @ both.T))
    return np.asarray(work[1:] / work[0])


def _between(expected: Numbers) -> Numbers:
    """What is expected with each of the fine factors."""
    place = np.interp(np.log(FINE), np.log(FACTORS), np.arange(len(FACTORS)))
    lower = np.minimum(place.astype(int), len(FACTORS) - 2)
    share = (place - lower)[:, None, None]
    return np.asarray((1 - share) * expected[lower] + share * expected[lower + 1])
