"""Waits against complaints resolved at first contact: the picture of what a policy trades."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from results.charts import style
from results.charts.dots import draw_sign
from results.charts.labels import Line, Name, name_points
from results.charts.policy_key import draw_key, key_in
from results.charts.scales import unit_axis, with_margin
from results.charts.view import Reading, Readings, View
from results.charts.wording import (
    best,
    clause,
    how_to_read,
    joined,
    sent_off_first,
    spoken,
)
from results.measures.definition import Measure
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.tradeoff import ACROSS, upwards_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

Limits = tuple[float, float]

_BODY_IN, _LEFT_IN, _BOTTOM_IN = 5.0, 1.1, 0.5
_NEAR_IN, _SIGN_IN = 0.28, 0.16
"""Signs closer than this lie on each other; how wide a sign is."""
_MARGIN = 0.17
"""Room around the whiskers as a share of their range: the good corner stays free for its name."""


def draw(view: View) -> Figure | None:
    """One point with its error cross for each policy; None where nobody is answered."""
    upwards = upwards_of(lambda name: [one.level.mean for one in view.measured(name).values()])
    if upwards is None:
        return None
    measure, across, up = MEASURES[upwards], view.measured(ACROSS), view.measured(upwards)
    points = {policy: _point(across, up, policy) for policy in view.policies}
    drawn = [policy for policy, point in points.items() if not math.isnan(point[0])]
    limits = _limits(across), _limits(up)
    knot = _knot({policy: points[policy] for policy in drawn}, limits)
    key = key_in(knot)
    notes = [_how_to_read(view, knot), *view.foot]
    page = style.sheet(_message(view, across, measure, up), notes, body_in=_BODY_IN + key)
    grid = page.grid(left_in=_LEFT_IN, top_in=key, bottom_in=_BOTTOM_IN)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes, "both")
    _scale(axes, view, limits, measure)
    lines = _baseline_lines(axes, across[view.baseline], up[view.baseline], view)
    lines += [
        line
        for policy in view.policies
        for line in _cross(axes, view, policy, (across[policy], up[policy]), policy in knot)
    ]
    corner = _good_corner(axes, measure)
    apart = [policy for policy in drawn if policy not in knot]
    name_points(
        axes,
        [points[policy] for policy in apart],
        [_name(view, policy) for policy in apart],
        [*lines, *_signs(axes, [points[policy] for policy in knot])],
        corner,
    )
    if knot:
        draw_key(view, page, knot)
    return page.figure


def _knot(
    points: Mapping[str, tuple[float, float]], limits: tuple[Limits, Limits]
) -> tuple[str, ...]:
    """The policies whose signs lie on each other, three or more together: no names fit there."""
    size = (10.0 - _LEFT_IN - 0.3, _BODY_IN - _BOTTOM_IN)
    scale = [inches / (high - low) for inches, (low, high) in zip(size, limits, strict=True)]
    near = {
        policy: {
            other
            for other, there in points.items()
            if math.dist(_times(here, scale), _times(there, scale)) < _NEAR_IN
        }
        for policy, here in points.items()
    }
    knotted = {other for around in near.values() if len(around) > 2 for other in around}
    return tuple(policy for policy in points if policy in knotted)


def _times(point: tuple[float, float], scale: Sequence[float]) -> tuple[float, float]:
    return point[0] * scale[0], point[1] * scale[1]


def _signs(axes: Axes, points: Sequence[tuple[float, float]]) -> list[Line]:
    """Signs that names should not lie on, as lines across each of them."""
    (left, right), half = axes.get_xlim(), 0.5 * _SIGN_IN / (10.0 - _LEFT_IN - 0.3)
    reach = half * (right - left)
    return [((x - reach, y), (x + reach, y)) for x, y in points]


def _name(view: View, policy: str) -> Name:
    colour = style.for_letters(view.signs[policy].on_paper)
    gone = "\n(sends off more)" if view.sends_off(policy) else ""
    return Name(style.wrapped(policy) + gone, colour, bold=policy == view.baseline)


def _point(across: Readings, up: Readings, policy: str) -> tuple[float, float]:
    return across[policy].level.mean, up[policy].level.mean


def _limits(readings: Readings) -> Limits:
    return with_margin([end for reading in readings.values() for end in reading.ends], _MARGIN)


def _scale(axes: Axes, view: View, limits: tuple[Limits, Limits], measure: Measure) -> None:
    axes.set_xlim(*limits[0])
    axes.set_ylim(*limits[1])
    unit_axis(axes.xaxis, MEASURES[ACROSS].unit, view.currency)
    unit_axis(axes.yaxis, measure.unit, view.currency)
    axes.set_xlabel(f"{MEASURES[ACROSS].title} (mean wait, voice and chat)", color=style.INK)
    axes.set_ylabel(measure.title, color=style.INK)


def _cross(
    axes: Axes, view: View, policy: str, place: tuple[Reading, Reading], knotted: bool
) -> list[Line]:
    """Draw a point with its whiskers; the whiskers are returned, so that names avoid them.

    In a knot the intervals of the levels, which are about the same, are left out.
    """
    x, y = place
    sign, point = view.signs[policy], (x.level.mean, y.level.mean)
    if not knotted:
        style.whiskers(axes, point, sign.on_paper, x.level_width, y.level_width, thick=False)
    style.whiskers(axes, point, sign.on_paper, x.shift_width, y.shift_width, thick=not knotted)
    draw_sign(axes, view, policy, point, size=8.0 if knotted else 10.0)
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


def _how_to_read(view: View, knot: Sequence[str]) -> str:
    said = how_to_read(view, "a dashed line")
    if not knot or not view.has_intervals:
        return said
    return f"{said} Policies in the key lie together and have only the first kind, drawn thin."


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
        return sent_off_first(view, policy, f"Under {policy}, {joined(said)} than under {base}")
    if view.others and view.has_intervals:
        return f"No policy differs clearly from {base} in waits or in: {measure.title.lower()}"
    if view.others:
        return f"Mean wait against {measure.title.lower()} in a single replication"
    level = words.value(up[base].level.mean, unit)
    return f"{measure.title}: {level}, after a mean wait of {spoken(across[base].level.mean)}"
