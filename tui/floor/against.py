"""A changed run against the untouched one of the same customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from results.comparison.unseen import hidden_over
from results.measures.registry import summarise
from results.reading.rows import ASKED, rows_for
from scenarios import Scenario
from scenarios.parts.clock import DAY_S
from scenarios.rules.reach import ends_unseen
from sim.live import Made, replay
from tui.floor.differences import Row, difference_row


@dataclass(frozen=True)
class Against:
    """Both runs from the beginning to the end of a day."""

    days: int
    rows: tuple[Row, ...]
    """The untouched run first."""
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
    hidden = hidden_over(short, outlasted=ends_unseen(short))
    both = {name: (untouched[name], changed[name]) for name in ASKED if name not in hidden}
    currency = scenario.costs.currency
    rows = (difference_row(name, *both[name], currency) for name in rows_for([both]))
    return Against(days, tuple(rows), done)
