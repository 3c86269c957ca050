"""One panel for each policy, its curve against that of the baseline, which is grey in all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from results.charts import sheets, style
from results.charts.lettering import mark
from results.charts.policy_key import sample
from results.charts.view import Floats, Readings, View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PANEL_IN = 2.1
_KEY_IN = 0.35
"""Room above the panels for what is grey in all of them."""


_MANY = 3
FEW = 5
"""With fewer replications each of them is drawn as a line of its own, and no band."""


@dataclass(frozen=True)
class Curve:
    """A number along the x axis under one policy, each array of shape (points,)."""

    mean: Floats
    level: Floats
    """Half the width of the interval of the number."""
    shift: Floats
    """Half the width of the interval of its difference from the baseline."""
    each: Floats
    """In every replication, shape (replications, points)."""


def columns_of(view: View, values: Mapping[str, Floats]) -> list[Readings]:
    """Estimate each point from values of shape (replications, points) by policy."""
    points = values[view.baseline].shape[1]
    return [
        view.readings({policy: found[:, point] for policy, found in values.items()})
        for point in range(points)
    ]


def curves_of(
    view: View, columns: list[Readings], values: Mapping[str, Floats]
) -> dict[str, Curve]:
    """The curve of every policy through its points; values as they went into ``columns_of``."""
    return {
        policy: Curve(
            np.array([column[policy].level.mean for column in columns]),
            np.array([column[policy].level.half_width for column in columns]),
            np.array(
                [shift.half_width if (shift := c[policy].shift) else math.nan for c in columns]
            ),
            values[policy],
        )
        for policy in view.policies
    }


def is_few(view: View) -> bool:
    """Whether the replications are too few for a band."""
    return len(view.experiment.replications) < FEW


def has_band(view: View, policy: str, *, shared: bool) -> bool:
    """Whether a policy has a band: where many curves share a panel only that of the verdict."""
    if not view.others:
        return True
    if not shared or len(view.others) <= _MANY:
        return policy != view.baseline
    return view.hero is not None and policy == view.hero.policies[0]


def how_to_read(view: View, *, shared: bool = False) -> str:
    """What is drawn around the curves: one kind of band, or the replications themselves."""
    count = len(view.experiment.replications)
    if count < 2:
        return "One replication: there are no intervals, and differences may be chance."
    if is_few(view):
        return f"Thin lines: each of the {count} replications, too few for an interval."
    if not view.others:
        return f"Band: {view.level_name} interval of the curve, point by point."
    many = len(view.others) > 1
    if shared and len(view.others) > _MANY:
        hero = view.hero
        if hero is None:
            return "Curves: means; with so many policies no intervals are drawn."
        return (
            f"Band: {view.level_name} interval of the difference of "
            f"{view.called(hero.policies[0])} from the grey curve, point by point; "
            "the other curves have none, to be told apart."
        )
    together = f", adjusted for {len(view.others)} policies" if many else ""
    return (
        f"Band: {view.level_name} interval of the difference from the grey curve, with the same "
        f"customers under both, point by point{together}; where it does not touch the grey curve, "
        "the difference is more than chance."
    )


def body_in(view: View) -> float:
    """Height of the room that the panels need, axis labels included."""
    if not view.others:
        return 4.4
    rows, _ = _shape(view)
    panel = _PANEL_IN * (1.35 if rows == 1 else 1.0)
    return _KEY_IN + rows * (panel + _names_in(view)) + 0.6


def draw_panels(
    view: View, page: sheets.Sheet, x: Floats, curves: Mapping[str, Curve]
) -> dict[str, Axes]:
    """Draw the curves; axes by policy, the baseline's own when it is alone.

    Args:
        view: what is drawn.
        page: with room for ``body_in``.
        x: shape (points,).
        curves: by policy.
    """
    rows, columns = _shape(view)
    names = _names_in(view)
    top = _KEY_IN + names if view.others else 0.0
    # The last time below one panel and the first below the next have room side by side.
    gap = (0.5, names + 0.3)
    grid = page.grid(rows, columns, left_in=1.0, top_in=top, bottom_in=0.55, gap_in=gap)
    panels: dict[str, Axes] = {}
    for number, policy in enumerate(view.others or view.policies):
        first = next(iter(panels.values()), None)
        axes = page.figure.add_subplot(
            grid[number // columns, number % columns], sharex=first, sharey=first
        )
        style.plain(axes, "y")
        axes.tick_params(labelleft=number % columns == 0)
        # The lowest panel of each column carries the times.
        axes.tick_params(labelbottom=number + columns >= len(view.others or (policy,)))
        draw_curve(axes, view, view.baseline, x, curves[view.baseline])
        if policy != view.baseline:
            draw_curve(axes, view, policy, x, curves[policy])
            _name_panel(axes, view, policy)
        panels[policy] = axes
    if view.others:
        _name_baseline(view, page)
    return panels


def ticks(view: View) -> int:
    """How many ticks fit along the x axis of a panel."""
    return {1: 9, 2: 5, 3: 4}.get(_shape(view)[1], 3)


def tallest(curves: Mapping[str, Curve]) -> float:
    """Where the y axis ends: all curves fit, and bands that do not dwarf them."""
    mean = max(float(np.nanmax(curve.mean)) for curve in curves.values())
    band = max(
        float(np.nanmax(curve.mean + half_of_band(curve, curves))) for curve in curves.values()
    )
    return min(1.05 * max(mean, band), 2.0 * mean) or 1.0


def half_of_band(curve: Curve, curves: Mapping[str, Curve]) -> Floats:
    """Half the width of the band that is drawn: of a difference, or of the only level there is."""
    half: Floats = np.nan_to_num(curve.level if len(curves) == 1 else curve.shift)
    return half


def label(page: sheets.Sheet, across: str, upwards: str) -> None:
    """Name the axes once for all panels."""
    bottom = (page.foot_in + 0.05) / page.height_in
    middle = 0.5 * (1.0 + 0.7 / page.width_in)
    text: dict[str, Any] = {"size": style.LETTER_PT, "color": style.INK}
    page.figure.text(middle, bottom, across, ha="center", va="bottom", gid="x label", **text)
    height = 0.5 * (1.0 + (page.foot_in - page.head_in) / page.height_in)
    page.figure.text(
        0.25 / page.width_in, height, upwards, rotation=90, va="center", gid="y label", **text
    )


def _shape(view: View) -> tuple[int, int]:
    """Rows and columns of panels: up to three side by side, more in two rows."""
    count = max(len(view.others), 1)
    columns = count if count <= 3 else min(math.ceil(count / 2), 4)
    return math.ceil(count / columns), columns


def draw_curve(
    axes: Axes, view: View, policy: str, x: Floats, curve: Curve, *, shared: bool = False
) -> None:
    """Draw a curve with its band, that of the difference; with few replications these instead."""
    baseline = policy == view.baseline
    colour = view.signs[policy].on_paper
    if is_few(view):
        for one in curve.each if len(curve.each) > 1 else ():
            axes.plot(
                *(x, one),
                color=colour,
                linewidth=0.7,
                alpha=0.45,
                zorder=2,
                gid=mark("replication", policy),
            )
    elif has_band(view, policy, shared=shared):
        _draw_band(axes, policy, x, curve.mean, curve.level if baseline else curve.shift, colour)
    axes.plot(x, curve.mean, color=colour, linewidth=1.8, zorder=4, gid=mark("curve", policy))


def _draw_band(axes: Axes, policy: str, x: Floats, mean: Floats, half: Floats, colour: str) -> None:
    known = ~np.isnan(half)
    axes.fill_between(
        x,
        np.where(known, np.maximum(mean - half, 0.0), np.nan),
        np.where(known, mean + half, np.nan),
        color=colour,
        alpha=0.3,
        linewidth=0,
        zorder=2,
        gid=mark("band", policy),
    )


def _panel_name(view: View, policy: str) -> str:
    letters = {1: 60, 2: 34, 3: 24}.get(_shape(view)[1], 17)
    return style.wrapped(view.titles[policy], letters, 3)


def _names_in(view: View) -> float:
    """Height that the names of panels take above them."""
    lines = max(1 + _panel_name(view, policy).count("\n") for policy in view.policies)
    return 0.1 + 0.16 * lines


def _name_panel(axes: Axes, view: View, policy: str) -> None:
    """Write sign and name of the policy above its panel."""
    narrow = _shape(view)[1] > 2
    axes.legend(
        handles=[sample(view, policy)],
        labels=[_panel_name(view, policy)],
        loc="lower left",
        bbox_to_anchor=(0.0, 1.02),
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.0,
        handlelength=1.4,
        prop={"weight": "bold", "size": style.SMALL_PT if narrow else style.LETTER_PT},
    )


def _name_baseline(view: View, page: sheets.Sheet) -> None:
    """Say above all panels what the grey curve is."""
    sheets.key(
        page,
        [sample(view, view.baseline)],
        labels=[f"{view.titles[view.baseline]}, for comparison"],
        below_in=0.1,
        fontsize=style.LETTER_PT,
        labelcolor=style.MUTED,
    )
