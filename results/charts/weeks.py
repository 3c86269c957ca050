"""Week by week: what a horizon of weeks shows that its mean hides."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from results.charts import panels, style
from results.charts.policy_key import draw_key, key_in
from results.charts.scales import unit_axis
from results.charts.view import Readings, View
from results.charts.wording import CLAUSES, clause, how_to_read, sent_off_first, strongest
from results.measures.registry import MEASURES
from results.reading.rows import WEEKLY, defined

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST = 4
"""Panels: the first measures that are defined and change."""
_PANEL_IN = 2.2
_STEADY, _AIR = 0.05, 0.1

Weekly = Mapping[str, Sequence[Readings]]
"""By measure, the readings of each week."""


def draw(view: View) -> Figure | None:
    """A panel for each measure with a curve for each policy; None without two weeks to show."""
    return draw_weekly(view, WEEKLY, _message)


def draw_weekly(
    view: View, measures: Sequence[str], message: Callable[[View, Sequence[int], Weekly], str]
) -> Figure | None:
    """Draw measures by week.

    Args:
        view: what is drawn.
        measures: by name, the most important first.
        message: says it in a sentence.
    """
    weeks = weeks_of(view)
    found = {
        name: [view.measured(name, ("week", str(week))) for week in weeks] for name in measures
    }
    shown = {name: one for name, one in found.items() if _says_something(one)}
    for said, instead in (("fcr_complaints", "fcr"), ("total_cost", "service_cost")):
        if said in shown:
            shown.pop(instead, None)
    shown = dict(list(shown.items())[:_MOST])
    if len(weeks) < 2 or not shown:
        return None
    notes = [
        how_to_read(view, "the grey curve", thick="Coloured band", thin="Grey band"),
        *view.foot,
    ]
    columns = min(len(shown), 2)
    rows = math.ceil(len(shown) / columns)
    key = key_in(view.policies)
    body = key + rows * (_PANEL_IN + 0.55) + 0.35
    page = style.sheet(message(view, weeks, shown), notes, body)
    grid = page.grid(
        rows, columns, left_in=0.95, top_in=key + 0.3, bottom_in=0.5, gap_in=(0.95, 0.65)
    )
    for number, (name, readings) in enumerate(shown.items()):
        axes = page.figure.add_subplot(grid[number // columns, number % columns])
        _draw_panel(axes, view, weeks, name, readings)
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


def _says_something(readings: Sequence[Readings]) -> bool:
    """Defined in some week under every policy, and not the same number throughout."""
    means = {one.level.mean for week in readings for one in week.values()}
    return len(defined(means)) > 1


def _draw_panel(
    axes: Axes, view: View, weeks: Sequence[int], name: str, readings: Sequence[Readings]
) -> None:
    from matplotlib.ticker import MaxNLocator

    measure = MEASURES[name]
    style.plain(axes, "y")
    axes.set_title(measure.title, loc="left", size=style.LETTER_PT, weight="bold", pad=8)
    x = np.array(weeks, dtype=np.float64)
    curves = panels.curves_of(view, list(readings))
    # The baseline is drawn last: where curves lie on each other, it is on top.
    for policy in (*view.others, view.baseline):
        panels.draw_curve(axes, view, policy, x, curves[policy])
        if len(weeks) <= 8:
            sign = view.signs[policy]
            axes.plot(x, curves[policy].mean, sign.marker, color=sign.on_paper, markersize=5)
    axes.set_xlim(x[0] - 0.2, x[-1] + 0.2)
    axes.set_ylim(*_limits(curves))
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    unit_axis(axes.yaxis, measure.unit, view.currency, 4)


def _limits(curves: Mapping[str, panels.Curve]) -> tuple[float, float]:
    """All curves with their bands, unless those dwarf them; from zero where that leaves shapes."""
    means = np.concatenate([curve.mean for curve in curves.values()])
    bands = np.concatenate([np.nan_to_num(curve.level) for curve in curves.values()])
    low, high = float(np.nanmin(means)), float(np.nanmax(means))
    # A number that hardly moves is not blown up until its noise fills the panel.
    room = max(high - low, _STEADY * abs(high)) or 1.0
    top = min(float(np.nanmax(means + bands)), high + room) + _AIR * room
    if 0.0 <= low < 0.6 * high:
        return 0.0, top
    return max(float(np.nanmin(means - bands)), low - room) - _AIR * room, top


def _message(view: View, weeks: Sequence[int], shown: Weekly) -> str:
    """What the policy that changes the last week most did in the first."""
    base = view.baseline
    for name, readings in shown.items():
        first, last = readings[0], readings[-1]
        policy = strongest(last) if name in CLAUSES else None
        if policy is not None:
            unit = MEASURES[name].unit
            after = clause(name, last[policy], unit, view.currency)
            before = "there is no clear difference"
            if first[policy].clear:
                before = clause(name, first[policy], unit, view.currency)
            said = (
                f"Under {policy}, in week {weeks[0]} {before}, in week {weeks[-1]} {after} than "
                f"under {base}"
            )
            return sent_off_first(view, policy, said)
    if view.others and view.has_intervals:
        return f"In week {weeks[-1]} no policy differs clearly from {base}"
    return f"Weeks {weeks[0]} to {weeks[-1]} under {' and '.join(view.policies[:3])}"
