"""Rows of dots with whiskers, one row for each policy: the plainest way to show an interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from results.charts import style
from results.charts.lettering import mark
from results.charts.scales import unit_axis, with_margin
from results.charts.view import Reading, Readings, View
from results.comparison.estimate import Estimate
from results.reading import format as words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.gridspec import GridSpec

ROW_IN = 0.5
"""Height of a row."""
NAMES_IN = 2.35
"""Width of the names to the left of the rows."""
VALUES_IN = 1.5
"""Width of the numbers to the right of the rows."""


def draw_rows(axes: Axes, view: View, readings: Readings, unit: str, title: str) -> None:
    """Draw a dot with its two whiskers for each policy, the baseline on top.

    Args:
        axes: with ``VALUES_IN`` free to its right.
        view: what is drawn.
        readings: of the number, by policy.
        unit: of the number.
        title: what the number is.
    """
    style.plain(axes, "x")
    axes.set_xlim(*with_margin([end for one in readings.values() for end in one.ends], 0.1))
    name_rows(axes, view)
    unit_axis(axes.xaxis, unit, view.currency, 4)
    head(axes, title)
    if view.others:
        style.baseline_line(axes, x=readings[view.baseline].level.mean)
    for row, (policy, reading) in enumerate(readings.items()):
        point, colour = (reading.level.mean, float(row)), view.signs[policy].on_paper
        style.whiskers(axes, point, colour, reading.level_width, 0.0, thick=False)
        style.whiskers(axes, point, colour, reading.shift_width, 0.0, thick=True)
        draw_sign(axes, view, policy, point)
        write_beside(axes, row, said(reading.level, unit, view), _difference(reading, unit, view))


def columns(page: style.Sheet, count: int) -> GridSpec:
    """Cells for so many sets of rows side by side, names to their left, numbers to their right."""
    return page.grid(
        1,
        count,
        left_in=NAMES_IN,
        right_in=VALUES_IN,
        top_in=0.3,
        bottom_in=0.5,
        gap_in=(VALUES_IN + 0.1, 0.0),
    )


def head(axes: Axes, title: str) -> None:
    """Write what is shown above the axes."""
    axes.set_title(title, loc="left", size=style.LETTER_PT, weight="bold", color=style.INK, pad=10)


def name_rows(axes: Axes, view: View, lines: int = 3) -> None:
    """Make a row for each policy, the first on top, with its name to the left.

    Args:
        axes: of the rows.
        view: what is drawn.
        lines: as many as a row has room for; of a name that takes more the middle is left out.
    """
    names = [style.wrapped(policy, 24, lines) for policy in view.policies]
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    for label, name in zip(axes.get_yticklabels(), names, strict=True):
        label.set_fontweight("bold" if name == names[0] else "normal")
        # A long name needs smaller letters to stay in its row.
        label.set_fontsize(style.SMALL_PT if "\n" in name else style.LETTER_PT)


def draw_sign(
    axes: Axes, view: View, policy: str, point: tuple[float, float], size: float = 7.0
) -> None:
    """Draw the sign of a policy at a point, in points high."""
    marker = view.signs[policy].marker
    axes.plot(
        *point,
        marker,
        color=view.signs[policy].on_paper,
        # A star is mostly air.
        markersize=1.5 * size if marker == "*" else size,
        markeredgecolor="white",
        markeredgewidth=0.8,
        # Where signs lie on each other, that of the baseline is on top.
        zorder=6 if policy == view.baseline else 5,
        gid=mark("point", policy),
    )


def write_beside(axes: Axes, row: int, value: str, difference: str = "") -> None:
    """Write a row's number to the right of it, its difference from the baseline underneath."""
    for text, up, size, colour in (
        (value, 6 if difference else 0, style.LETTER_PT, style.INK),
        (difference, -7, style.SMALL_PT, style.MUTED),
    ):
        axes.annotate(
            text,
            (1.0, row),
            xycoords=("axes fraction", "data"),
            xytext=(10, up),
            textcoords="offset points",
            va="center",
            size=size,
            color=colour,
        )


def said(level: Estimate, unit: str, view: View) -> str:
    """A value with its interval: 80.3 % ±0.7."""
    text = words.value(level.mean, unit, view.currency)
    return _with_margin(text, level.mean, level.half_width, unit)


def shifted(shift: Estimate, unit: str, view: View) -> str:
    """A difference with its interval: +9.4 points ±1.2."""
    sure = _as_sure(shift, unit)
    text = words.change(sure, unit, view.currency)
    return _with_margin(text, sure, shift.half_width, unit)


def _with_margin(text: str, amount: float, half_width: float, unit: str) -> str:
    return text if math.isnan(half_width) else f"{text} {words.margin(half_width, unit, amount)}"


def _difference(reading: Reading, unit: str, view: View) -> str:
    if reading.shift is None or not view.has_intervals:
        return ""
    return shifted(reading.shift, unit, view) if reading.clear else "no clear difference"


def _as_sure(found: Estimate, unit: str) -> float:
    """The mean without the cents that its interval does not bear out."""
    return round(found.mean) if unit == "money" and found.half_width >= 10.0 else found.mean
