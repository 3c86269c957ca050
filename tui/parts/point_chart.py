"""Points with their intervals between two axes, each with its name beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from tui.parts.fitting import shortened
from tui.parts.scales import Scale, even_scale, ticks
from tui.parts.sheet import Look, Sheet

_EVERY = 12
"""Columns by a multiple of which the lower axis is divided: by two, three and four."""
_MOST_NAME = 30


@dataclass(frozen=True)
class Spot:
    """A point."""

    name: str
    mark: str
    look: Look
    x: float
    y: float
    x_margin: float = 0.0
    y_margin: float = 0.0


@dataclass(frozen=True)
class Axis:
    """What an axis says."""

    title: str
    unit: str


def point_chart(
    spots: Sequence[Spot], across: Axis, upwards: Axis, width: int, height: int, axis: Look = ""
) -> list[Text]:
    """Points with intervals and names, as rows of the screen.

    Args:
        spots: at least one.
        across: the lower axis.
        upwards: the left axis.
        width: columns that there are.
        height: rows in all, at least 8.
        axis: look of axes and labels.
    """
    sheet = Sheet(width, height)
    rise = _scale([(one.y, one.y_margin) for one in spots], height - 4, upwards)
    labels = ticks(rise, upwards.unit)
    left = max(map(cell_len, labels.values())) + 1
    columns = max(1, (width - left - 4) // _EVERY) * _EVERY + 1
    run = _scale([(one.x, one.x_margin) for one in spots], columns, across)
    sheet.put(0, 0, f"{upwards.title}, upwards", axis)
    for row in range(rise.rows):
        words = labels.get(row, "")
        sheet.put(1 + row, left - 1 - cell_len(words), words, axis)
        sheet.put(1 + row, left, "┤" if words else "│", axis)
    _put_lower_axis(sheet, run, across, 1 + rise.rows, left, axis)
    places = [(_column(run, one.x), rise.place(one.y, rise.rows)) for one in spots]
    for one in spots:
        _put_interval(sheet, one, run, rise, left)
    for one, (column, row) in zip(spots, places, strict=True):
        sheet.put(1 + row, left + 1 + column, one.mark, one.look)
    for one, (column, row) in zip(spots, places, strict=True):
        _put_name(sheet, one, left + 1 + column, 1 + row, (left + 1, 1, rise.rows))
    return sheet.lines()


def _scale(found: Sequence[tuple[float, float]], places: int, axis: Axis) -> Scale:
    """The scale of an axis; an interval ends where no value can be: at zero, at all of a whole."""
    most = 1.0 if axis.unit == "share" else math.inf
    low = min(value - margin for value, margin in found)
    high = max(value + margin for value, margin in found)
    around = (high - low or abs(high) or 1.0) * 0.06
    return even_scale(max(0.0, low - around), min(most, high + around), places, axis.unit)


def _column(run: Scale, value: float) -> int:
    return run.rows - 1 - run.place(value, run.rows)


def _put_lower_axis(
    sheet: Sheet, run: Scale, across: Axis, row: int, left: int, axis: Look
) -> None:
    sheet.put(row, left, "└" + "─" * run.rows, axis)
    for place, words in ticks(run, across.unit).items():
        column = left + 1 + run.rows - 1 - place
        sheet.put(row, column, "┴", axis)
        begin = min(max(0, column - cell_len(words) // 2), sheet.width - cell_len(words))
        if sheet.is_free(row + 1, max(0, begin - 1), cell_len(words) + (begin > 0)):
            sheet.put(row + 1, begin, words, axis)
    title = shortened(across.title, min(cell_len(across.title), sheet.width - left - 1))
    sheet.put(row + 2, left + 1, title, axis)


def _put_interval(sheet: Sheet, one: Spot, run: Scale, rise: Scale, left: int) -> None:
    """A line across and one upwards through the point, as far as it may be off."""
    row, column = 1 + rise.place(one.y, rise.rows), left + 1 + _column(run, one.x)
    if one.x_margin > 0.0:
        begin, end = (
            left + 1 + _column(run, end) for end in (one.x - one.x_margin, one.x + one.x_margin)
        )
        sheet.put(row, begin, "─" * (end - begin + 1), one.look)
    if one.y_margin > 0.0:
        top, foot = (
            1 + rise.place(end, rise.rows) for end in (one.y + one.y_margin, one.y - one.y_margin)
        )
        for at in range(top, foot + 1):
            sheet.put(at, column, "│", one.look)


def _put_name(sheet: Sheet, one: Spot, column: int, row: int, field: tuple[int, int, int]) -> None:
    """The name beside its point, where there is room for it; above or below it else."""
    first, top, rows = field
    name = shortened(one.name, min(_MOST_NAME, cell_len(one.name)))
    wide = cell_len(name)
    sides = [(0, 2), (0, -1 - wide)]
    off = [(down, right) for down in (-1, 1, -2, 2, -3, 3) for right in (1, -wide, -wide // 2)]
    for down, right in (*sides, *off):
        at, begin = row + down, column + right
        inside = top <= at < top + rows and begin >= first
        if inside and sheet.is_free(at, begin - 1, wide + 2):
            sheet.put(at, begin, name, one.look)
            return
