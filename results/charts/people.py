"""The people week by week: how many are there, for how long, and how many leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from results.charts.view import View
from results.charts.weeks import Weekly, added_up, draw_weekly, weekly, weeks_of
from results.charts.wording import Told, headline, unmoved

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEFT = "Left since the first week, of the headcount"
_WEEK_OF_YEAR = 7.0 / 365.0
"""Turnover is counted as of a year; one who leaves in a week is no turnover of 100 %."""
_FOUND = ("attrition", "tenure", "engagement")
"""What becomes of the people. How many there are is mostly what a policy sets itself."""


def draw(view: View) -> Figure | None:
    """Headcount, tenure, who left, engagement; None where people do not change by the week."""
    weeks = weeks_of(view)
    found = {
        "headcount": weekly(view, "headcount", weeks),
        "tenure": weekly(view, "tenure", weeks),
        "attrition": added_up(view, LEFT, "attrition", weeks, _WEEK_OF_YEAR),
        "engagement": weekly(view, "engagement", weeks),
    }
    shown = {name: one for name, one in found.items() if one is not None}
    return draw_weekly(view, weeks, shown, _message)


def _message(view: View, weeks: Sequence[int], shown: Mapping[str, Weekly]) -> str:
    """What a policy makes of the people over the whole horizon."""
    told = [Told.of(name, view.measured(name)) for name in _FOUND if name in shown]
    for one in told:
        if said := headline(view, [one], ""):
            return said
    if view.others and view.has_intervals:
        return f"The people in {len(weeks)} weeks: {unmoved(view, told, 'turnover or experience')}"
    return f"The people in weeks {weeks[0]} to {weeks[-1]}"
