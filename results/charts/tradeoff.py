"""Two things that policies trade, as differences from today: which policy is worth which price."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.charts import sheets, style
from results.charts.dots import draw_sign
from results.charts.labels import Line, Name, name_points
from results.charts.policy_key import draw_key, key_in
from results.charts.scales import unit_axis, with_margin
from results.charts.view import Reading, Readings, View
from results.charts.wording import Told, capital, headline, how_to_read, unmoved
from results.measures.definition import Measure
from results.measures.registry import MEASURES
from results.reading.notation import notation
from results.reading.tradeoff import ACROSS, upwards_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

Limits = tuple[float, float]

_BODY_IN, _LEFT_IN, _BOTTOM_IN = 5.0, 1.1, 0.5
_NEAR_IN, _SIGN_IN = 0.28, 0.16
"""Signs closer than this lie on each other; how wide a sign is."""
_LEAST_SHARE = 0.02
_MOST_NAMED = 8
"""Of more policies only today's and that of the verdict have their names next to their points."""
_PALE = "#757575"
_GREY = "Names in grey: another policy costs less and does more, both by more than chance."
_FRONTIER = " The wide line joins those worth choosing from."
_MARGIN = 0.17
"""Room around the intervals as a share of their range: the good corner stays free for its name."""


@dataclass(frozen=True)
class Plane:
    """Two measures against each other."""

    across: Measure
    up: Measure
    x: Readings
    y: Readings
    across_label: str = ""
    """Along the x axis, if not the title of the measure."""

    def point(self, policy: str) -> tuple[float, float]:
        """Where a policy lies: how far it moves both, the baseline at nothing."""
        return _moved(self.x[policy]), _moved(self.y[policy])


def _moved(reading: Reading) -> float:
    if reading.difference is None:
        return 0.0 if not math.isnan(reading.level.mean) else math.nan
    return reading.difference.estimate.mean


def draw(view: View) -> Figure | None:
    """Waits against what they are traded for; None without somebody answered or to compare."""
    upwards = upwards_of(lambda name: [one.level.mean for one in view.measured(name).values()])
    if upwards is None or not view.others:
        return None
    plane = Plane(
        MEASURES[ACROSS],
        MEASURES[upwards],
        view.measured(ACROSS),
        view.measured(upwards),
        f"{MEASURES[ACROSS].title} (mean wait)",
    )
    told = [Told.of(upwards, plane.y), Told.of(ACROSS, plane.x)]
    names = f"{plane.up.title.lower()} or waits"
    quiet = f"Waits against {plane.up.title.lower()} in a single replication"
    if view.has_intervals:
        quiet = capital(unmoved(view, told, names))
    return draw_plane(view, plane, headline(view, told, quiet))


def draw_plane(
    view: View,
    plane: Plane,
    message: str,
    labels: Mapping[str, str] | None = None,
    grey: Collection[str] = (),
) -> Figure:
    """One point for each policy with the intervals of its differences, the baseline at zero.

    Args:
        view: what is drawn, of at least two policies.
        plane: two measures.
        message: the title.
        labels: what stands under the title of a policy; None is its two levels.
        grey: policies next to which another is better in both; a line joins the others.
    """
    points = {policy: plane.point(policy) for policy in view.policies}
    drawn = [policy for policy, point in points.items() if not any(map(math.isnan, point))]
    limits = _limits(plane.x, plane.across.unit), _limits(plane.y, plane.up.unit)
    knot = _in_key(view, {policy: points[policy] for policy in drawn}, limits)
    key = key_in(view, knot)
    front = _frontier([points[p] for p in drawn if p not in grey], plane) if grey else []
    chosen = _GREY + (_FRONTIER if len(front) > 1 else "") if grey else ""
    notes = [how_to_read(view, differences="Crosses"), *([chosen] if chosen else []), *view.foot]
    page = sheets.sheet(message, notes, body_in=_BODY_IN + key)
    grid = page.grid(left_in=_LEFT_IN, top_in=key, bottom_in=_BOTTOM_IN)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes, "both")
    _scale(axes, view, limits, plane)
    style.baseline_line(axes, x=0.0)
    style.baseline_line(axes, y=0.0)
    lines = _zero_lines(axes)
    if len(front) > 1:
        _join(axes, front)
    for policy in drawn:
        lines += _cross(axes, view, policy, plane)
    corner = good_corner(axes, plane.across, plane.up)
    apart = [policy for policy in drawn if policy not in knot]
    under = labels if labels is not None else _levels(view, plane)
    name_points(
        axes,
        [points[policy] for policy in apart],
        [_name(view, policy, under.get(policy, ""), policy in grey) for policy in apart],
        [*lines, *_signs(axes, [points[policy] for policy in knot])],
        corner,
    )
    if knot:
        draw_key(view, page, knot)
    return page.figure


def _levels(view: View, plane: Plane) -> dict[str, str]:
    """What both measures are under each policy, in figures."""
    across = notation(
        [one.level.mean for one in plane.x.values()], plane.across.unit, view.currency
    )
    up = notation([one.level.mean for one in plane.y.values()], plane.up.unit, view.currency)
    return {
        policy: f"{up.value(y.level.mean)}, {across.value(plane.x[policy].level.mean)}"
        for policy, y in plane.y.items()
    }


def _in_key(
    view: View, points: Mapping[str, tuple[float, float]], limits: tuple[Limits, Limits]
) -> tuple[str, ...]:
    """The policies that are named in a key: where there is no room for names next to points."""
    if len(points) <= _MOST_NAMED:
        return _knot(points, limits)
    spoken = {view.baseline, *(view.hero.policies if view.hero else ())}
    return tuple(policy for policy in points if policy not in spoken)


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


def _name(view: View, policy: str, under: str, grey: bool) -> Name:
    colour = _PALE if grey else style.for_letters(view.signs[policy].on_paper)
    gone = "\n(sends off more)" if view.sends_off(policy) else ""
    title = style.wrapped(view.titles[policy], 24, 3)
    below = f"\n{under}" if under else ""
    return Name(f"{title}{below}{gone}", colour, bold=policy == view.baseline)


def _limits(readings: Readings, unit: str) -> Limits:
    ends = [0.0]
    for reading in readings.values():
        at, reach = _moved(reading), reading.shift_width
        ends += [] if math.isnan(at) else [at - reach, at + reach]
    low, high = with_margin(ends, _MARGIN)
    if unit == "share" and high - low < _LEAST_SHARE:
        # What hardly moves is not blown up until it looks like much.
        middle = 0.5 * (low + high)
        return middle - 0.5 * _LEAST_SHARE, middle + 0.5 * _LEAST_SHARE
    return low, high


def _scale(axes: Axes, view: View, limits: tuple[Limits, Limits], plane: Plane) -> None:
    axes.set_xlim(*limits[0])
    axes.set_ylim(*limits[1])
    for axis, measure in ((axes.xaxis, plane.across), (axes.yaxis, plane.up)):
        unit_axis(axis, measure.unit, view.currency, difference=True)
    axes.set_xlabel(_label(plane.across_label or plane.across.title, plane.across), color=style.INK)
    axes.set_ylabel(_label(plane.up.title, plane.up), color=style.INK)


def _label(title: str, measure: Measure) -> str:
    points = " in points" if measure.unit == "share" else ""
    return f"{title}: difference{points}"


def _cross(axes: Axes, view: View, policy: str, plane: Plane) -> list[Line]:
    """Draw a point with the intervals of its differences, which are returned to be avoided."""
    x, y = point = plane.point(policy)
    colour = view.signs[policy].on_paper
    across, up = plane.x[policy].shift_width, plane.y[policy].shift_width
    style.whiskers(axes, point, colour, across, up)
    draw_sign(axes, view, policy, point, size=10.0)
    return [((x - across, y), (x + across, y)), ((x, y - up), (x, y + up))]


def _frontier(points: Sequence[tuple[float, float]], plane: Plane) -> list[tuple[float, float]]:
    """The points of which each does more than all that cost less, by their means."""
    turned = 1.0 if plane.up.better == "higher" else -1.0
    chosen: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda one: (one[0], -turned * one[1])):
        if not chosen or turned * point[1] > turned * chosen[-1][1]:
            chosen.append(point)
    return chosen


def _join(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    axes.plot(
        [x for x, _ in points],
        [y for _, y in points],
        color=style.GRID,
        linewidth=5.0,
        zorder=1,
        solid_capstyle="round",
        gid="frontier",
    )


def _zero_lines(axes: Axes) -> list[Line]:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return [((0.0, bottom), (0.0, top)), ((left, 0.0), (right, 0.0))]


def good_corner(axes: Axes, across: Measure, up: Measure) -> Annotation:
    """Name the corner where both are better: short waits, much resolved."""
    high, left = up.better == "higher", across.better == "lower"
    return axes.annotate(
        "better",
        (0.006 if left else 0.994, 0.988 if high else 0.012),
        xytext=(20 if left else -20, -18 if high else 18),
        xycoords="axes fraction",
        textcoords="offset points",
        color=style.GOOD,
        size=style.LETTER_PT,
        weight="bold",
        ha="left" if left else "right",
        va="top" if high else "bottom",
        arrowprops={"arrowstyle": "-|>", "color": style.GOOD, "linewidth": 1.6},
        gid="good corner",
    )
