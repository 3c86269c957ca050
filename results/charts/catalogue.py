"""Every chart, the most important first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from results.charts import (
    approvals_over_day,
    by_part,
    cost,
    cost_and_benefit,
    counterfactual,
    distribution_of_waits,
    endings,
    failure_demand,
    first_contact,
    occupancy,
    path,
    people,
    promises,
    scorecard,
    staffing,
    supervisors,
    tornado,
    tradeoff,
    waits_over_day,
    waterfall,
    weekdays,
    weeks,
)
from results.charts.lettering import as_written
from results.charts.titles import (
    BY_PART,
    COST,
    COST_AND_BENEFIT,
    DEPENDS_ON,
    PROMISES,
    SCORECARD,
    THROUGH_WHAT,
    TRADE_OFF,
    WEEKS,
    WHICH_CHANGE,
    WHY,
)
from results.charts.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[["View"], "Figure | None"]


def _lettered(draw: Draw) -> Draw:
    """The same chart, its texts written as they stand."""

    def drawn(view: View) -> Figure | None:
        with as_written():
            return draw(view)

    return drawn


_DRAWN: Mapping[str, Draw] = {
    COST_AND_BENEFIT: cost_and_benefit.draw,
    SCORECARD: scorecard.draw,
    TRADE_OFF: tradeoff.draw,
    WHY: waterfall.draw,
    WHICH_CHANGE: partial(counterfactual.draw, "which_change"),
    THROUGH_WHAT: partial(counterfactual.draw, "through_what"),
    "path-of-a-complaint": path.draw,
    "how-cases-end": endings.draw,
    "first-contact-resolution": first_contact.draw,
    PROMISES: promises.draw,
    WEEKS: weeks.draw,
    "where-failure-demand-comes-from": failure_demand.draw,
    "staffing-and-load": staffing.draw,
    "weekdays": weekdays.draw,
    "waits-over-the-day": waits_over_day.draw,
    "distribution-of-waits": distribution_of_waits.draw,
    "occupancy": occupancy.draw,
    "approvals-over-the-day": approvals_over_day.draw,
    "approvals-and-coaching": supervisors.draw,
    "people-week-by-week": people.draw,
    COST: cost.draw,
    BY_PART: by_part.draw,
    DEPENDS_ON: tornado.draw,
}

CHARTS: Mapping[str, Draw] = MappingProxyType(
    {name: _lettered(draw) for name, draw in _DRAWN.items()}
)
"""Every chart by the name of its file, the most important first."""
