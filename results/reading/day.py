"""The day in intervals: what happens at which time, the days of the horizon laid together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from results.charts.view import Floats, View
from results.measures.summary import Summary
from scenarios.calendar.week import duty
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario

Bools = NDArray[np.bool_]

Pair = tuple[Floats, Floats]
"""What was found in every interval of the horizon, and how much it weighs; NaN where undefined."""


def over_the_day(view: View, pairs: Callable[[Summary], Iterable[Pair]]) -> dict[str, Floats]:
    """Weighted means by time of day under every policy, shape (replications, intervals of a day).

    Args:
        view: what is drawn.
        pairs: takes a replication's values apart, by channel for example; together they count.
    """
    per_day = math.ceil(DAY_S / interval_s(view.experiment.scenario))
    return {
        policy: np.array([_folded(pairs(one), per_day) for one in found])
        for policy, found in view.summaries.items()
    }


def open_hours(found: Iterable[Floats]) -> slice:
    """The intervals from the first to the last in which anything happens; nights are left out."""
    happens = [~np.isnan(one).all(axis=0) for one in found]
    busy = np.flatnonzero(np.any(happens, axis=0))
    return slice(int(busy[0]), int(busy[-1]) + 1) if len(busy) else slice(0, 0)


def any_defined(found: Iterable[Floats]) -> bool:
    """Whether anything happens at any time."""
    return any(not np.isnan(one).all() for one in found)


def on_duty(scenario: Scenario, group: str) -> Bools:
    """Intervals of a day in which the roster has somebody of the group, overtime left out."""
    length = interval_s(scenario)
    per_day = math.ceil(DAY_S / length)
    there = np.zeros(per_day, dtype=np.bool_)
    for start, end, _ in duty(scenario, scenario.groups[group]):
        first, last = int(start // length), math.ceil(end / length)
        there[np.arange(first, last) % per_day] = True
    return there


def interval_s(scenario: Scenario) -> float:
    """Length of an interval in seconds."""
    return scenario.targets.interval_min * 60.0


def day_words(scenario: Scenario) -> str:
    """What a day in the picture is, if not the only one: several laid together."""
    days = scenario.horizon.days
    return "" if days == 1 else f" ({days} days laid together)"


def _folded(pairs: Iterable[Pair], per_day: int) -> Floats:
    total, weight = np.zeros(per_day), np.zeros(per_day)
    for values, weights in pairs:
        time = np.arange(len(values)) % per_day
        known = ~np.isnan(values) & (weights > 0)
        total += np.bincount(time[known], (values * weights)[known], minlength=per_day)
        weight += np.bincount(time[known], weights[known], minlength=per_day)
    means: Floats = np.divide(total, weight, out=np.full(per_day, np.nan), where=weight > 0)
    return means
