"""A figure by half hour of the day, all predicted days together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.backtest.backtest import Part
from results.backtest.cells import Figure, Numbers
from results.backtest.scores import BAND

LEAST_CALLS = 10
"""Calls of all days together from which a half hour is drawn."""


@dataclass(frozen=True)
class OverTheDay:
    """What was predicted and what came; all of shape (half hours,), shares and seconds."""

    slots: np.ndarray[tuple[int], np.dtype[np.intp]]
    """Half hours from midnight."""
    low: Numbers
    high: Numbers
    """Ends of the band in which 80 % of what may come by chance lies."""
    predicted: Numbers
    came: Numbers


def over_the_day(part: Part, figure: Figure) -> OverTheDay:
    """Half hours with enough calls; all with any call where none has enough."""
    seen, each = part.observed.sum(axis=0), part.cells.sum(axis=1)
    slots = np.flatnonzero(seen[:, 0] >= LEAST_CALLS)
    slots = slots if len(slots) else np.flatnonzero(seen[:, 0] > 0)
    made = figure.of(each)[:, slots]
    made = np.where(np.isnan(made).all(axis=0), 0.0, made)
    low, high = np.nanquantile(made, [(1 - BAND) / 2, (1 + BAND) / 2], axis=0)
    predicted, came = (figure.of(counts)[slots] for counts in (each.mean(axis=0), seen))
    return OverTheDay(slots, low, high, predicted, came)
