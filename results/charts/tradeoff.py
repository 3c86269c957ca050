"""Waits against complaints resolved at first contact: the picture of what a policy trades."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from results import format as words
from results.charts import style
from results.charts.dots import draw_sign
from results.charts.labels import Line, Name, name_points
from results.charts.scales import unit_axis, with_margin
from results.charts.view import Reading, Readings, View
from results.charts.wording import best, clause, how_to_read, is_open, joined, spoken
from results.measures.definition import Measure
from results.measures.registry import MEASURES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

ACROSS = "asa"
UPWARDS = ("fcr_complaints", "fcr", "abandonment")
"""What stands against waits: the first of these that the scenario leaves open."""


_MARGIN = 0.17
"""Room around the whiskers as a share of their range: the good corner stays free for its name."""


def draw(view: View) -> Figure | None:
    """One point with its error cross for each policy; None where nobody is answered."""
    across, (measure, up) = view.measured(ACROSS), _upwards(view)
    if all(math.isnan(reading.level.mean) for reading in across.values()):
        return None
    notes = [how_to_read(view, "a dashed line"), view.source]
    page = style.sheet(_message(view, across, measure, up), notes, body_in=5.0)
    axes = page.figure.add_subplot(page.grid(left_in=1.1, bottom_in=0.5)[0])
    style.plain(axes, "both")
    _limits(axes, view, across, up, measure)
    lines = _baseline_lines(axes, across[view.baseline], up[view.baseline], view)
    lines += [
        line
        for policy in view.policies
        for line in _cross(axes, view, policy, across[policy], up[policy])
    ]
    corner = _good_corner(axes, measure)
    drawn = [policy for policy in view.policies if not math.isnan(_point(across, up, policy)[0])]
    name_points(
        axes,
        [_point(across, up, policy) for policy in drawn],
        [_name(view, policy) for policy in drawn],
        lines,
        corner,
    )
    return page.figure


def _name(view: View, policy: str) -> Name:
    colour = style.for_letters(view.looks[policy].colour)
    return Name(style.wrapped(policy), colour, bold=policy == view.baseline)


def _upwards(view: View) -> tuple[Measure, Readings]:
    """The measure to lay against waits, with its readings."""
    for name in UPWARDS:
        readings = view.measured(name)
        if is_open(readings):
            break
    return MEASURES[name], readings


def _point(across: Readings, up: Readings, policy: str) -> tuple[float, float]:
    return across[policy].level.mean, up[policy].level.mean


def _limits(axes: Axes, view: View, across: Readings, up: Readings, measure: Measure) -> None:
    for axis, limit, readings, unit in (
        (axes.xaxis, axes.set_xlim, across, MEASURES[ACROSS].unit),
        (axes.yaxis, axes.set_ylim, up, measure.unit),
    ):
        ends = [end for reading in readings.values() for end in reading.ends]
        limit(*with_margin(ends, _MARGIN))
        unit_axis(axis, unit, view.currency)
    axes.set_xlabel(f"{MEASURES[ACROSS].title} (mean wait, voice and chat)", color=style.INK)
    axes.set_ylabel(measure.title, color=style.INK)


def _cross(axes: Axes, view: View, policy: str, x: Reading, y: Reading) -> list[Line]:
    """Draw a point with its whiskers; the whiskers are returned, so that names avoid them."""
    look, point = view.looks[policy], (x.level.mean, y.level.mean)
    style.whiskers(axes, point, look.colour, x.level_width, y.level_width, thick=False)
    style.whiskers(axes, point, look.colour, x.shift_width, y.shift_width, thick=True)
    draw_sign(axes, view, policy, point, size=10.0)
    (left, right), (bottom, top) = x.ends, y.ends
    return [((left, point[1]), (right, point[1])), ((point[0], bottom), (point[0], top))]


def _baseline_lines(axes: Axes, x: Reading, y: Reading, view: View) -> list[Line]:
    if not view.others:
        return []
    style.baseline_line(axes, x=x.level.mean)
    style.baseline_line(axes, y=y.level.mean)
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return [
        ((x.level.mean, bottom), (x.level.mean, top)),
        ((left, y.level.mean), (right, y.level.mean)),
    ]


def _good_corner(axes: Axes, measure: Measure) -> Annotation:
    """Name the corner where both are better: short waits, much resolved."""
    high = measure.better == "higher"
    return axes.annotate(
        "better",
        (0.006, 0.988 if high else 0.012),
        xytext=(20, -18 if high else 18),
        xycoords="axes fraction",
        textcoords="offset points",
        color=style.GOOD,
        size=style.LETTER_PT,
        weight="bold",
        ha="left",
        va="top" if high else "bottom",
        arrowprops={"arrowstyle": "-|>", "color": style.GOOD, "linewidth": 1.6},
        gid="good corner",
    )


def _message(view: View, across: Readings, measure: Measure, up: Readings) -> str:
    wait, unit = MEASURES[ACROSS], measure.unit
    base = view.baseline
    policy = best([(up, measure.better), (across, wait.better)])
    if policy is not None:
        parts = [(measure.name, up[policy], unit), (ACROSS, across[policy], wait.unit)]
        said = [clause(name, one, of, view.currency) for name, one, of in parts if one.clear]
        return f"Under {policy}, {joined(said)} than under {base}"
    if view.others and view.has_intervals:
        return f"No policy differs clearly from {base} in waits or in: {measure.title.lower()}"
    if view.others:
        return f"Mean wait against {measure.title.lower()} in a single replication"
    level = words.value(up[base].level.mean, unit)
    return f"{measure.title}: {level}, after a mean wait of {spoken(across[base].level.mean)}"
