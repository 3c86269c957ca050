"""A changed run against the untouched one of the same customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np

from results.comparison.doubts import Doubts, doubts_of
from results.measures.registry import MEASURES, summarise
from results.reading.format import change, value
from scenarios import Scenario
from scenarios.parts.clock import DAY_S
from sim.live import Made, replay
from tui.answers.headline import CANDIDATES

_MORE = ("approval_wait", "escalation_rate", "promises_kept", "remedies_paid", "occupancy")
SHOWN = tuple(dict.fromkeys((*CANDIDATES, *_MORE)))

Effect = Literal["better", "worse", "other", "same"]


@dataclass(frozen=True)
class Row:
    """One measure of both runs, in words."""

    measure: str
    title: str
    untouched: str
    changed: str
    difference: str
    effect: Effect


@dataclass(frozen=True)
class Against:
    """Both runs from the beginning to the end of a day."""

    days: int
    rows: tuple[Row, ...]
    made: tuple[Made, ...]


def set_against(
    scenario: Scenario, seed: int, replication: int, made: Iterable[Made], now: float
) -> Against:
    """Run the same customers with and without the changes, to the end of the present day.

    Takes as long as simulating those days twice; not for the thread of the screen.
    """
    done = tuple(made)
    days = min(scenario.horizon.days, int(now // DAY_S) + 1)
    warm_up = scenario.horizon.warm_up_days
    horizon = scenario.horizon.model_copy(
        update={
            "days": days,
            "warm_up_days": warm_up if warm_up < days else 0.0,
            "part_of_days": scenario.horizon.days if days < scenario.horizon.days else None,
        }
    )
    short = scenario.model_copy(update={"horizon": horizon})
    untouched, changed = (
        summarise(short, replay(short, seed, replication, changes)).values["all", ""]
        for changes in ((), done)
    )
    doubts = doubts_of(lambda name: (np.array([changed[name]]), np.array([untouched[name]])), 0.95)
    rows = (_row(name, untouched[name], changed[name], scenario, doubts) for name in SHOWN)
    return Against(days, tuple(row for row in rows if row is not None), done)


def _row(
    name: str, untouched: float, changed: float, scenario: Scenario, doubts: Doubts
) -> Row | None:
    if isnan(untouched) or isnan(changed) or untouched == changed == 0.0:
        return None
    measure, currency = MEASURES[name], scenario.costs.currency
    difference = changed - untouched
    effect: Effect = "same"
    if difference:
        lower = (difference < 0.0) == (measure.better == "lower")
        seen = doubts.about(name, "better" if lower else "worse")
        seen = seen if measure.better is not None else "different"
        effect = "better" if seen == "better" else "worse" if seen == "worse" else "other"
    return Row(
        measure=name,
        title=measure.title,
        untouched=value(untouched, measure.unit, currency),
        changed=value(changed, measure.unit, currency),
        difference=change(difference, measure.unit, currency),
        effect=effect,
    )
