"""The people week by week: how many are there, for how long, and how many leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from results.charts.view import View
from results.charts.weeks import Weekly, draw_weekly
from results.charts.wording import strongest
from results.measures.registry import MEASURES
from results.reading import format as words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MEASURED = ("headcount", "tenure", "attrition", "engagement")


def draw(view: View) -> Figure | None:
    """Headcount, tenure, turnover and engagement; None where people do not change by the week."""
    return draw_weekly(view, MEASURED, _message)


def _message(view: View, weeks: Sequence[int], shown: Weekly) -> str:
    """The number that the last week differs in most clearly, stated for the whole horizon."""
    base = view.baseline
    for name in ("attrition", "headcount", "tenure", "engagement"):
        if name not in shown:
            continue
        whole = view.measured(name)
        policy = strongest(whole)
        if policy is not None:
            unit = MEASURES[name].unit
            before, after = (words.value(whole[one].level.mean, unit) for one in (base, policy))
            title = MEASURES[name].title
            return f"{title}: {before} under {base}, {after} under {policy}"
    if view.others and view.has_intervals:
        return f"The people: no policy differs clearly from {base} over {len(weeks)} weeks"
    return f"The people in weeks {weeks[0]} to {weeks[-1]}"
