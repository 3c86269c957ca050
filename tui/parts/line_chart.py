"""Lines over something that goes on evenly: in braille, with axes, each line with its name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from tui.parts.braille import ACROSS, DOWN, Braille
from tui.parts.fitting import shortened
from tui.parts.scales import Scale, even_scale, ticks
from tui.parts.sheet import Look, Sheet

LEAST_WITH_NAMES = 64
"""Width from which names stand at the ends of their lines; below it they stand in a key above."""
_MOST_NAME = 26
_MARKS_EVERY = 9
"""Columns between two signs on a line, so that lines are told apart without colours."""


@dataclass(frozen=True)
class Line:
    """A line of a chart."""

    name: str
    mark: str
    look: Look
    values: Sequence[float]
    """One for each place across; NaN where there is none."""


@dataclass(frozen=True)
class Chart:
    """What is drawn."""

    lines: Sequence[Line]
    across: Mapping[int, str]
    """What stands below, by the number of the place."""
    unit: str = ""
    least: float = 0.0
    """Where the axis begins at the latest."""
    most: float = -math.inf
    """Where it ends at the earliest."""


def line_chart(chart: Chart, width: int, height: int, axis: Look = "") -> list[Text]:
    """The lines with axes, as rows of the screen.

    Args:
        chart: what is drawn.
        width: columns that there are.
        height: rows in all, at least 5.
        axis: look of axes and labels.
    """
    beside = width >= LEAST_WITH_NAMES and len(chart.lines) <= height - 2
    sheet, top = Sheet(width, height), 0
    if not beside:
        top = _put_key(sheet, chart.lines)
    scale = _scale_of(chart, max(2, height - top - 2))
    labels = ticks(scale, chart.unit)
    left = max(map(cell_len, labels.values())) + 1
    names = min(_MOST_NAME, max(cell_len(one.name) for one in chart.lines)) + 3 if beside else 0
    columns = max(4, width - left - 1 - names)
    _put_axes(sheet, top, left, columns, labels, scale.rows, axis)
    field = _Field(sheet, chart, scale, top, left + 1, columns)
    field.draw()
    field.put_across(axis)
    if beside:
        field.put_names(names - 2)
    return sheet.lines()


def _scale_of(chart: Chart, rows: int) -> Scale:
    known = [value for one in chart.lines for value in one.values if math.isfinite(value)]
    low, high = min([*known, chart.least]), max([*known, chart.most])
    return even_scale(low, high if high > low else low + 1.0, rows, chart.unit)


def _put_key(sheet: Sheet, lines: Sequence[Line]) -> int:
    """The names above the chart, as many to a row as there is room for; how many rows they take."""
    row, at = 0, 0
    for one in lines:
        words = f"{one.mark} {shortened(one.name, min(cell_len(one.name), sheet.width - 3))}"
        if at and at + cell_len(words) > sheet.width:
            row, at = row + 1, 0
        sheet.put(row, at, words, one.look)
        at += cell_len(words) + 3
    return row + 1


def _put_axes(
    sheet: Sheet,
    top: int,
    left: int,
    columns: int,
    labels: Mapping[int, str],
    rows: int,
    axis: Look,
) -> None:
    for row in range(rows):
        words = labels.get(row, "")
        sheet.put(top + row, left - 1 - cell_len(words), words, axis)
        sheet.put(top + row, left, "┤" if words else "│", axis)
    sheet.put(top + rows, left, "└" + "─" * (columns - 1), axis)


class _Field:
    """Where the lines are, between the axes."""

    def __init__(
        self, sheet: Sheet, chart: Chart, scale: Scale, top: int, left: int, columns: int
    ) -> None:
        self.sheet, self.chart, self.scale = sheet, chart, scale
        self.top, self.left, self.columns = top, left, columns
        count = max(len(one.values) for one in chart.lines)
        wide = (columns * ACROSS - 2) / max(1, count - 1)
        # Whole dots from one place to the next stand evenly, unless too much room is lost.
        self.across = math.floor(wide) if math.floor(wide) >= 0.8 * wide else wide
        self.braille = Braille(columns, scale.rows)

    def x(self, at: int) -> int:
        return 1 + round(at * self.across)

    def y(self, value: float) -> int:
        # A label stands in the middle of its row: the second of four dots.
        return 1 + self.scale.place(value, DOWN * (self.scale.rows - 1) + 1)

    def draw(self) -> None:
        """The lines, the first one below the others, and their signs."""
        for one in self.chart.lines:
            before: tuple[int, int] | None = None
            for at, value in enumerate(one.values):
                here = None if math.isnan(value) else (self.x(at), self.y(value))
                if here is not None:
                    self.braille.line(before or here, here, one.look)
                before = here
        self.braille.put_on(self.sheet, self.top, self.left)
        for number, one in enumerate(self.chart.lines):
            self._put_signs(number, one)

    def _put_signs(self, number: int, line: Line) -> None:
        """Signs at even distances, those of the next line a little further right."""
        shift = number * _MARKS_EVERY // max(1, len(self.chart.lines))
        last = -_MARKS_EVERY + shift
        for at, value in enumerate(line.values):
            column = self.x(at) // ACROSS
            if not math.isnan(value) and column - last >= _MARKS_EVERY:
                self.sheet.put(
                    self.top + self.y(value) // DOWN, self.left + column, line.mark, line.look
                )
                last = column

    def put_across(self, axis: Look) -> None:
        """Labels below, each in the middle below its place."""
        row = self.top + self.scale.rows + 1
        for at, words in self.chart.across.items():
            column = self.left + self.x(at) // ACROSS
            self.sheet.put(row - 1, column, "┴", axis)
            begin = min(max(0, column - cell_len(words) // 2), self.sheet.width - cell_len(words))
            if self.sheet.is_free(row, begin - (begin > 0), cell_len(words) + (begin > 0)):
                self.sheet.put(row, begin, words, axis)

    def put_names(self, room: int) -> None:
        """Names to the right of the lines' ends, one below the other where they meet."""
        ends = [(self._end(one), number) for number, one in enumerate(self.chart.lines)]
        taken: dict[int, int] = {}
        for row, number in sorted(ends):
            free = [one for one in range(self.scale.rows) if one not in taken]
            if free:
                taken[min(free, key=lambda one: (abs(one - row), one))] = number
        ordered = sorted(taken)
        order = [number for _, number in sorted(ends)]
        column = self.left + self.columns
        for row, number in zip(ordered, order, strict=False):
            one = self.chart.lines[number]
            name = shortened(one.name, min(room, cell_len(one.name)))
            self.sheet.put(self.top + row, column, f"{one.mark} {name}", one.look)

    def _end(self, line: Line) -> int:
        known = [value for value in line.values if not math.isnan(value)]
        return self.y(known[-1]) // DOWN if known else self.scale.rows - 1
