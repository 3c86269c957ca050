"""Week by week: what a horizon of weeks shows that its mean hides."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, sheets, style
from results.charts.policy_key import draw_key, key_in
from results.charts.scales import inside, unit_axis
from results.charts.view import Floats, Readings, View
from results.charts.wording import Told, headline, unmoved
from results.comparison.estimate import across
from results.measures.registry import MEASURES
from results.reading.changes import SUBJECTS, Subject
from results.reading.listing import joined
from results.reading.rows import WEEKLY, defined

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST = 4
"""Panels: the first measures that are defined and change."""
_PANEL_IN = 2.2
_STEADY, _AIR = 0.05, 0.1
_DWARFED = 3.0
"""A band reaches so many times as far as the curves at most; it may not make them all flat."""


@dataclass(frozen=True)
class Weekly:
    """A measure week by week."""

    title: str
    unit: str
    readings: Sequence[Readings]
    """Of each week."""
    values: Mapping[str, Floats]
    """By policy, shape (replications, weeks)."""


def draw(view: View) -> Figure | None:
    """A panel for each measure with a curve for each policy; None without two weeks to show."""
    weeks = weeks_of(view)
    shown = {name: one for name in WEEKLY if (one := weekly(view, name, weeks)) is not None}
    for said, instead in (("fcr_complaints", "fcr"), ("total_cost", "service_cost")):
        if said in shown:
            shown.pop(instead, None)
    return draw_weekly(view, weeks, dict(list(shown.items())[:_MOST]), _message)


def weekly(view: View, name: str, weeks: Sequence[int]) -> Weekly | None:
    """A measure week by week; None where it is undefined or the same number throughout."""
    values = {
        policy: np.stack([across(found, name, ("week", str(week))) for week in weeks], axis=1)
        if weeks
        else np.zeros((len(found), 0))
        for policy, found in view.summaries.items()
    }
    measure = MEASURES[name]
    return _told_of(view, measure.title, measure.unit, values)


def added_up(view: View, title: str, name: str, weeks: Sequence[int], part: float) -> Weekly | None:
    """What a measure adds up to from the first week on; ``part`` of it falls into one week."""
    found = weekly(view, name, weeks)
    if found is None:
        return None
    values = {policy: np.cumsum(one * part, axis=1) for policy, one in found.values.items()}
    return _told_of(view, title, found.unit, values)


def _told_of(view: View, title: str, unit: str, values: Mapping[str, Floats]) -> Weekly | None:
    readings = panels.columns_of(view, values)
    means = {one.level.mean for week in readings for one in week.values()}
    if len(defined(means)) < 2:
        return None
    return Weekly(title, unit, readings, values)


def draw_weekly(
    view: View,
    weeks: Sequence[int],
    shown: Mapping[str, Weekly],
    message: Callable[[View, Sequence[int], Mapping[str, Weekly]], str],
) -> Figure | None:
    """Draw measures by week; None without two weeks and a measure to show.

    Args:
        view: what is drawn.
        weeks: their numbers.
        shown: measures by name, the most important first.
        message: says it in a sentence.
    """
    if len(weeks) < 2 or not shown:
        return None
    notes = [panels.how_to_read(view, shared=True), *view.foot]
    columns = min(len(shown), 2)
    rows = math.ceil(len(shown) / columns)
    key = key_in(view, view.policies)
    body = key + rows * (_PANEL_IN + 0.55) + 0.35
    page = sheets.sheet(message(view, weeks, shown), notes, body)
    grid = page.grid(
        rows, columns, left_in=0.95, top_in=key + 0.3, bottom_in=0.5, gap_in=(0.95, 0.65)
    )
    for number, one in enumerate(shown.values()):
        axes = page.figure.add_subplot(grid[number // columns, number % columns])
        _draw_panel(axes, view, weeks, one)
        if number + columns >= len(shown):
            axes.set_xlabel("Week", color=style.INK)
    draw_key(view, page, view.policies)
    return page.figure


def weeks_of(view: View) -> list[int]:
    """Numbers of the weeks that every replication knows."""
    known = [
        {int(name) for kind, name in one.values if kind == "week"}
        for found in view.summaries.values()
        for one in found
    ]
    return sorted(set.intersection(*known))


def _draw_panel(axes: Axes, view: View, weeks: Sequence[int], shown: Weekly) -> None:
    from matplotlib.ticker import MaxNLocator

    style.plain(axes, "y")
    axes.set_title(shown.title, loc="left", size=style.LETTER_PT, weight="bold", pad=8)
    x = np.array(weeks, dtype=np.float64)
    curves = panels.curves_of(view, list(shown.readings), shown.values)
    # The baseline is drawn last: where curves lie on each other, it is on top.
    for policy in (*view.others, view.baseline):
        panels.draw_curve(axes, view, policy, x, curves[policy], shared=True)
        if len(weeks) <= 8:
            sign = view.signs[policy]
            axes.plot(x, curves[policy].mean, sign.marker, color=sign.on_paper, markersize=5)
    axes.set_xlim(x[0] - 0.2, x[-1] + 0.2)
    axes.set_ylim(*inside(_limits(curves), shown.unit))
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    unit_axis(axes.yaxis, shown.unit, view.currency, 4)


def _limits(curves: Mapping[str, panels.Curve]) -> tuple[float, float]:
    """All curves with their bands, unless those dwarf them; from zero where that leaves shapes."""
    means = np.concatenate([curve.mean for curve in curves.values()])
    bands = np.concatenate([panels.half_of_band(curve, curves) for curve in curves.values()])
    low, high = float(np.nanmin(means)), float(np.nanmax(means))
    # A number that hardly moves is not blown up until its noise fills the panel.
    room = max(high - low, _STEADY * abs(high)) or 1.0
    most = _DWARFED * room
    top = min(float(np.nanmax(means + bands)), high + most) + _AIR * room
    if 0.0 <= low < 0.6 * high:
        return 0.0, top
    return max(float(np.nanmin(means - bands)), low - most) - _AIR * room, top


def _message(view: View, weeks: Sequence[int], shown: Mapping[str, Weekly]) -> str:
    """What a policy makes of the last week, by the first measure that it moves."""
    told = [_told(name, one, weeks[-1]) for name, one in shown.items() if name in SUBJECTS]
    for one in told:
        found = headline(view, [one], "")
        if found:
            return found
    names = [one.title.lower() for one in list(shown.values())[:2]]
    if view.others and view.has_intervals:
        return f"Week {weeks[-1]}: {unmoved(view, told[:2], joined(names, 'or'))}"
    return f"Weeks {weeks[0]} to {weeks[-1]}: {joined(names)}"


def _told(name: str, shown: Weekly, week: int) -> Told:
    """The last week of a measure; it has no claim of its own, so it must be clear and matter."""
    subject = SUBJECTS[name]
    noun = f"in week {week}, {subject.noun}"
    better = MEASURES[name].better
    return Told(shown.readings[-1], Subject(noun, subject.plural), shown.unit, better)
