"""Measures of the base and of the what-if side by side, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from results.reading.table import Cell, Row
from tui.parts.line_list import LineList

_LEAST_LABEL = 19
"""Room for the name of a measure from which everything about it fits into one row."""

_COLUMNS = (8, 9, 13, 7, 10)
"""Base, what-if, difference, ±, word: least widths; the label takes the rest."""

_BASE_ALONE = (9, 8)
"""Base and its ±, as long as nothing is changed: least widths."""


class MeasureList(LineList):
    """One measure per line: base, what-if, difference, interval, and whether that is better."""

    DEFAULT_CSS = """
    MeasureList { height: auto; }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._names = ("base", "what-if")
        self._rooms: tuple[int, ...] = _COLUMNS

    def show_rows(self, rows: Sequence[Row], base: str, what_if: str) -> None:
        """Show measures.

        Args:
            rows: in the order of the screen.
            base: what the base is called.
            what_if: what the other is called; empty while nothing is changed.
        """
        self._rows, self._names = rows, (base, what_if)
        least = _COLUMNS if what_if else _BASE_ALONE
        columns = zip(*map(self._numbers, rows), strict=True) if rows else [()] * len(least)
        # A blank at least between two numbers, however long they are.
        self._rooms = tuple(
            max(room, *(cell_len(cell) + 1 for cell in column), 0)
            for room, column in zip(least, columns, strict=True)
        )
        self.renew()

    @property
    def current(self) -> str | None:
        """The measure that has the cursor."""
        return self._rows[self.cursor].measure if self.cursor < len(self._rows) else None

    def count(self) -> int:
        """A line for each measure."""
        return len(self._rows)

    def rows_of(self, width: int) -> int:
        """Two rows where one is too short, once there is something to compare."""
        return 2 if self._names[1] and width < sum(self._rooms) + _LEAST_LABEL else 1

    def head(self, width: int) -> Text | None:
        """The names of the columns."""
        if not self._rows:
            return None
        if self.rows_of(width) == 2:
            return Text("base → what-if".rjust(width - 1), self.style_of("muted"))
        cells = ("base", "what-if", "difference", "±", "") if self._names[1] else ("base", "±")
        return self._cells("", cells, width, self.style_of("muted"))

    def line(self, index: int, width: int) -> Text:
        """One measure."""
        row = self._rows[index]
        *_, cell = row.cells.values()
        judged = cell.effect in ("better", "worse")
        tone = self.style_of(cell.effect) if judged else Style.null()
        if self.rows_of(width) == 2:
            return self._two_rows(row, width, tone)
        return self._cells(row.short, self._numbers(row), width, Style.null(), tone)

    def _numbers(self, row: Row) -> tuple[str, ...]:
        """What stands next to the name of a measure."""
        base, what_if = _cells_of(row)
        if what_if is None:
            return base.value, base.margin
        word = f"{what_if.arrow} {what_if.word}".strip()
        return base.value, what_if.value, what_if.change, what_if.change_margin, word

    def _cells(
        self,
        label: str,
        cells: Sequence[str],
        width: int,
        style: Style,
        tone: Style = Style.null(),  # noqa: B008 - a constant of Rich
    ) -> Text:
        rooms = self._rooms
        name = Text(f" {label}", style)
        name.truncate(min(width - sum(rooms), 40), overflow="ellipsis", pad=True)
        for number, (cell, room) in enumerate(zip(cells, rooms, strict=True)):
            aligned = f" {cell:<{room - 1}}" if number == 4 else f"{cell:>{room}}"
            muted = bool(self._names[1]) and number in (0, 3) and not style
            look = self.style_of("muted") if muted else tone if number in (2, 4) else style
            name.append(aligned, look)
        return name

    def _two_rows(self, row: Row, width: int, tone: Style) -> Text:
        base, what_if = _cells_of(row)
        assert what_if is not None, "one row is enough for the base alone"
        numbers = Text(base.value, self.style_of("muted")).append(" → ").append(what_if.value)
        label = Text(f" {row.short}")
        label.truncate(width - numbers.cell_len - 1, overflow="ellipsis", pad=True)
        text = label.append_text(numbers).append("\n   ")
        text.append(f"{what_if.arrow} {what_if.word}".ljust(11), tone).append(what_if.change, tone)
        return text.append(f" {what_if.change_margin}", self.style_of("muted"))


def _cells_of(row: Row) -> tuple[Cell, Cell | None]:
    """Under the base and under the what-if, if there is one."""
    base, *others = row.cells.values()
    return base, others[0] if others else None
