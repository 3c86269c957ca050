"""A changed run against the untouched one of the same customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from results.comparison.better_or_worse import Effect, effect_of
from results.comparison.doubts import Doubts, doubts_of
from results.measures.registry import MEASURES, summarise
from results.reading.format import change, is_nothing
from results.reading.notation import row_notation
from results.reading.rows import ASKED, rows_for
from scenarios import Scenario
from scenarios.parts.clock import DAY_S
from sim.live import Made, replay


@dataclass(frozen=True)
class Row:
    """One measure of both runs, ready to be read."""

    measure: str
    title: str
    untouched: str
    changed: str
    difference: str
    effect: Effect
    """Unclear where nothing is different."""


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
    both = {name: (untouched[name], changed[name]) for name in ASKED}
    rows = (_row(name, *both[name], scenario, doubts) for name in rows_for([both]) if name in both)
    return Against(days, tuple(rows), done)


def _row(name: str, untouched: float, changed: float, scenario: Scenario, doubts: Doubts) -> Row:
    measure, currency = MEASURES[name], scenario.costs.currency
    difference = changed - untouched
    told = [] if is_nothing(change(difference, measure.unit, currency)) else [difference]
    number = row_notation([untouched, changed], told, measure.unit, currency)
    written = number.change(difference)
    effect = "unclear" if is_nothing(written) else doubts.about(name, effect_of(name, difference))
    return Row(
        measure=name,
        title=measure.title,
        untouched=number.value(untouched),
        changed=number.value(changed),
        difference=written,
        effect=effect,
    )
