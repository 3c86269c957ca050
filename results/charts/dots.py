"""Rows of dots with whiskers, a row for each policy: levels in a panel, differences in another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from results.charts import sheets, style
from results.charts.lettering import mark
from results.charts.scales import inside, unit_axis, with_margin
from results.charts.view import Readings, View
from results.letters import counted
from results.measures.registry import MEASURES
from results.reading.notation import Notation, notation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.gridspec import GridSpec

ROW_IN = 0.5
"""Height of a row."""
NAMES_IN = 2.35
"""Width of the names to the left of the rows."""
_LETTER_IN = 0.083
_LETTERS, _SMALL = 24, 29
"""Letters of a name that fit, and of smaller ones in a line; of bold ones fewer."""


class Measured(NamedTuple):
    """A number under every policy, with what it is called."""

    title: str
    readings: Readings
    unit: str
    label: str
    """Along the axis of the levels."""
    absent: str = ""
    """Said of a policy under which it is undefined."""

    @classmethod
    def of(cls, view: View, measure: str, title: str, label: str, absent: str = "") -> Measured:
        """A measure of the whole centre."""
        return cls(title, view.measured(measure), MEASURES[measure].unit, label, absent)

    def is_compared(self, view: View) -> bool:
        """Whether there is a number of the baseline from which others can differ."""
        return bool(view.others) and not math.isnan(self.readings[view.baseline].level.mean)


def body_in(view: View, count: int) -> float:
    """Height of the room that so many blocks of rows need."""
    return count * (_BLOCK_IN + ROW_IN * len(view.policies))


_BLOCK_IN = 1.0


def draw_blocks(page: sheets.Sheet, view: View, blocks: Sequence[Measured]) -> None:
    """Draw a block for each number: its levels, and next to them the differences."""
    height = page.height_in - page.head_in - page.foot_in
    each = height / len(blocks)
    for number, block in enumerate(blocks):
        grid = cells(page, view, block, top_in=number * each, height_in=each)
        draw_levels(page.figure.add_subplot(grid[0, 0]), view, block)
        if block.is_compared(view):
            draw_differences(page.figure.add_subplot(grid[0, 1]), view, block)


def cells(
    page: sheets.Sheet, view: View, block: Measured, *, top_in: float, height_in: float
) -> GridSpec:
    """Cells for levels and differences side by side, with room for their numbers."""
    room = page.height_in - page.head_in - page.foot_in
    levels, shifts = _widths(view, block)
    return page.grid(
        1,
        2 if block.is_compared(view) else 1,
        left_in=NAMES_IN,
        right_in=shifts if block.is_compared(view) else levels,
        top_in=top_in + 0.35,
        bottom_in=room - top_in - height_in + 0.5,
        gap_in=(levels + 0.1, 0.0),
    )


def _widths(view: View, block: Measured) -> tuple[float, float]:
    """Room for the numbers next to levels and to differences."""
    found, shifts = notations(view, block)
    levels = [said_level(block, policy, found) for policy in view.policies]
    changes = [said_shift(block, policy, shifts) for policy in view.others] or [""]
    return room_for(levels), room_for(changes)


def room_for(texts: Sequence[str]) -> float:
    """Width that the longest of some texts needs next to rows."""
    return max(0.3 + _LETTER_IN * max(map(len, texts)), 1.2)


def notations(view: View, block: Measured) -> tuple[Notation, Notation]:
    """How the levels, and how the differences of a block are written."""
    means = [one.level.mean for one in block.readings.values()]
    moved = [one.shift.mean for one in block.readings.values() if one.shift]
    return (
        notation(means, block.unit, view.currency),
        notation(moved, block.unit, view.currency),
    )


def said_level(block: Measured, policy: str, found: Notation) -> str:
    """A value with its interval: 80.3 % ±0.7."""
    level = block.readings[policy].level
    return f"{found.value(level.mean)} {found.margin(level.half_width)}".rstrip()


def said_shift(block: Measured, policy: str, found: Notation) -> str:
    """A difference with its interval: +9.4 points ±1.2."""
    shift = block.readings[policy].shift
    if shift is None or math.isnan(shift.mean):
        return ""
    return f"{found.change(shift.mean)} {found.margin(shift.half_width)}".rstrip()


def draw_levels(axes: Axes, view: View, block: Measured) -> None:
    """Draw a dot with the interval of its level for each policy, the baseline on top."""
    style.plain(axes, "x")
    low, high = range_of(block.unit)
    ends = [
        min(max(end, low), high)
        for one in block.readings.values()
        for end in (one.level.mean - one.level_width, one.level.mean + one.level_width)
    ]
    axes.set_xlim(*inside(with_margin(ends, 0.1), block.unit))
    name_rows(axes, view)
    unit_axis(axes.xaxis, block.unit, view.currency, 4)
    head(axes, block.title)
    axes.set_xlabel(block.label, color=style.INK)
    found, _ = notations(view, block)
    for row, policy in enumerate(view.policies):
        level = block.readings[policy].level
        if math.isnan(level.mean):
            write_beside(axes, row, "", block.absent)
            continue
        _draw_interval(
            axes, view, policy, row, level.mean, block.readings[policy].level_width, block.unit
        )
        write_beside(axes, row, said_level(block, policy, found))


def draw_differences(axes: Axes, view: View, block: Measured) -> None:
    """Draw the difference of each policy from the baseline, which is the line at zero."""
    style.plain(axes, "x")
    ends = [0.0]
    for one in block.readings.values():
        if one.shift is not None and not math.isnan(one.shift.mean):
            ends += [one.shift.mean - one.shift_width, one.shift.mean + one.shift_width]
    axes.set_xlim(*with_margin(ends, 0.12))
    name_rows(axes, view)
    axes.tick_params(labelleft=False)
    ticks = ticks_that_fit(axes, view, block.unit, 3)
    unit_axis(axes.xaxis, block.unit, view.currency, max(ticks, 1), difference=True)
    _keep_apart(axes)
    style.baseline_line(axes, x=0.0)
    name = style.wrapped(view.titles[view.baseline], 34, 2)
    points = ", in points" if block.unit == "share" else ""
    axes.set_xlabel(f"Difference from {name}{points}", color=style.INK)
    _, found = notations(view, block)
    for row, policy in enumerate(view.policies):
        reading = block.readings[policy]
        if reading.shift is None or math.isnan(reading.shift.mean):
            continue
        _draw_interval(axes, view, policy, row, reading.shift.mean, reading.shift_width, "")
        said = said_shift(block, policy, found)
        if not reading.shift.mean:
            said = "no difference"
        unclear = view.has_intervals and not reading.clear and bool(reading.shift.mean)
        write_beside(axes, row, said, "may be chance" if unclear else "")


def _draw_interval(
    axes: Axes, view: View, policy: str, row: int, at: float, half: float, unit: str
) -> None:
    """Draw a sign with its interval; that of a level stays where such a number can be."""
    low, high = range_of(unit) if unit else (-math.inf, math.inf)
    colour = view.signs[policy].on_paper
    if half:
        ends = [max(at - half, low), min(at + half, high)]
        axes.plot(
            ends, [row, row], color=colour, linewidth=2.0, zorder=3, gid=mark("interval", policy)
        )
    draw_sign(axes, view, policy, (at, float(row)))


def ticks_that_fit(axes: Axes, view: View, unit: str, most: int) -> int:
    """How many ticks have room along the x axis, 0 for none but the first."""
    return min(int(style.width_in(axes) / _tick_in(view, unit)), most)


def _tick_in(view: View, unit: str) -> float:
    """Width that a tick needs."""
    return 0.1 * (len(view.currency) + 6 if unit == "money" else 6) + 0.15


def _keep_apart(axes: Axes) -> None:
    """Leave out ticks whose labels would lie on each other; nothing and the ends stay."""
    low, high = axes.get_xlim()
    inch = style.width_in(axes) / (high - low)
    kept: list[float] = []
    shown = [float(tick) for tick in axes.get_xticks() if low <= tick <= high]
    labels = axes.xaxis.get_major_formatter().format_ticks(shown)
    least_in = _LETTER_IN * max(map(len, labels), default=0) + 0.1
    for tick in sorted(shown, key=lambda tick: (tick != 0.0, -abs(tick))):
        if all(abs(tick - other) * inch >= least_in for other in kept):
            kept.append(tick)
    axes.set_xticks(sorted(kept))


def range_of(unit: str) -> tuple[float, float]:
    """Where a level of this unit can lie; money may be gained as well as spent."""
    if unit == "share":
        return 0.0, 1.0
    return (-math.inf, math.inf) if unit == "money" else (0.0, math.inf)


def head(axes: Axes, title: str) -> None:
    """Write what is shown above the axes."""
    style.heading(axes, title, pad=10)


def name_rows(axes: Axes, view: View, lines: int = 3) -> None:
    """Make a row for each policy, the first on top, with its title to the left.

    Args:
        axes: of the rows.
        view: what is drawn.
        lines: as many as a row has room for; of a title that takes more the middle is left out.
    """
    names = row_names(view, lines)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    for label, name, policy in zip(axes.get_yticklabels(), names, view.policies, strict=True):
        label.set_fontweight("bold" if policy == view.baseline else "normal")
        # A long name needs smaller letters to stay in its row.
        small = len(counted(name)) > _LETTERS - 2 if policy == view.baseline else "\n" in name
        small = small or len(counted(name)) > _LETTERS
        label.set_fontsize(style.SMALL_PT if small else style.LETTER_PT)


def row_names(view: View, lines: int = 3) -> list[str]:
    """The titles to the left of the rows: in ordinary letters, or in smaller ones in lines."""
    return [
        title
        if len(counted(title)) <= (_LETTERS - 2 if policy == view.baseline else _LETTERS)
        else style.wrapped(title, _SMALL - 3 if policy == view.baseline else _SMALL, lines)
        for policy, title in view.titles.items()
    ]


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
        clip_on=False,
        gid=mark("point", policy),
    )


def write_beside(axes: Axes, row: float, value: str, difference: str = "") -> None:
    """Write a row's number to the right of it, something smaller underneath."""
    for text, up, size, colour in (
        (value, 6 if difference else 0, style.LETTER_PT, style.INK),
        (difference, -7 if value else 0, style.SMALL_PT, style.MUTED),
    ):
        if text:
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
