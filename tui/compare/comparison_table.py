"""Tables of policies side by side: measures or parts of the centre in rows, policies in columns."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Self

from rich.cells import cell_len
from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable
from textual.widgets.data_table import CursorType

from results.reading.interval_table import Intervals
from results.reading.ranking import Row as RankedRow
from results.reading.signs import Face
from results.reading.table import Cell, Row
from tui.parts.fitting import fit, shortened, width_of, wrapped
from tui.parts.interval_bar import Ends, interval_bar
from tui.parts.looks import policy_colour

_LEAST_NAME, _NAME, _MOST_NAME, _LINES = 8, 11, 18, 3
"""Room for the title of a policy in a line: least, usual and most; and in how many lines."""
_LEAST_FOR_ONE_LINE = 16
"""Columns from which a difference and its margin stand in one line."""

_GAP, _LEAST_FOR_MARGINS = 2, 76
"""Blanks before a column of a ranking; and its width from which margins have room."""

_FIGURE = re.compile(r"[\d∞]")

_TALL = 50
"""Rows of a screen from which a fourth line for each measure leaves enough of them."""
_LEAST_BAR, _MOST_BAR = 7, 15
"""Columns of an interval that is drawn."""

_LABEL, _SHORT_LABEL, _LEAST_LABEL = 26, 17, 12
"""Room for the name of a row: on a screen with enough of it, on a narrow one, and at least."""


Looks = tuple[bool, int, int, int, str]
"""Whether a table is a short one, its width, rows and columns of bars in it, the theme."""
_NOTHING: tuple[tuple[tuple[str, Face], ...], tuple[str, ...], Looks] = (
    (),
    (),
    (False, 0, 0, 0, ""),
)
"""The layout of an empty table: policies, rows, how it looks."""


class ComparisonTable(DataTable[Text]):
    """A row for each measure or part, a column for each policy."""

    DEFAULT_CSS = """
    ComparisonTable {
        height: 1fr;
        scrollbar-size: 1 1;
        & > .datatable--fixed { background: $surface; color: $text; }
    }
    """

    def __init__(
        self,
        id: str | None = None,  # noqa: A002 - Textual's name
        cursor: CursorType = "row",
    ) -> None:
        """Make the table.

        Args:
            id: of the widget.
            cursor: on a row, or on a cell: then a policy is under it as well.
        """
        super().__init__(id=id, cursor_type=cursor, fixed_columns=1, cell_padding=0)
        self._layout = _NOTHING
        self._tall = 2
        self._flat = False
        self._bar = 0
        """Columns of an interval that is drawn; 0 where there is no room for it."""

    def show_lines(self, lines: Sequence[Row], faces: Mapping[str, Face]) -> None:
        """Show rows; the cursor stays where it was when they are the same ones."""
        self._flat = self._each(len(faces)) >= _LEAST_FOR_ONE_LINE
        compared = any(cell.change for line in lines for cell in line.cells.values())
        barred = compared and self._room_for_bars
        self._tall = (3 if compared and not self._flat else 2) + barred
        self._bar = max(_LEAST_BAR, min(_MOST_BAR, self._each(len(faces)) - 4)) if barred else 0
        looks = self._short, self.size.width, self._tall, self._bar, self.app.theme
        layout = (tuple(faces.items()), tuple(line.name for line in lines), looks)
        cells = [self._texts(line) for line in lines]
        columns = sum(max(map(width_of, column)) for column in zip(*cells, strict=True))
        rows = [[self._label(line, columns), *row] for line, row in zip(lines, cells, strict=True)]
        if layout != self._layout:
            # A further policy that has come leaves the cursor where it is.
            place = self.cursor_coordinate if layout[1] == self._layout[1] else Coordinate(0, 0)
            self._lay_out(faces.values())
            self._fill(rows)
            self._layout = layout
            self.move_cursor(row=place.row, column=place.column)
        elif self._has_room(rows):
            for number, row in enumerate(rows):
                for column, text in enumerate(row[1:], start=1):
                    self.update_cell_at(Coordinate(number, column), text)
        else:
            place = self.cursor_coordinate
            self.clear()
            self._fill(rows)
            self._layout = layout
            self.move_cursor(row=place.row, column=place.column)

    def show_intervals(self, intervals: Intervals) -> None:
        """Show an interval table."""
        self.clear(columns=True)
        self.header_height = 1
        for header in intervals.titles:
            self.add_column(Text(f"  {header}", justify="right"))
        rows = [
            [Text(f"  {cell}", justify="right") for cell in _said(row, closed)]
            for row, closed in zip(intervals.rows, intervals.closed, strict=True)
        ]
        fit(self, rows)
        for row in rows:
            self.add_row(*row)

    def show_ranking(self, rows: Sequence[RankedRow], faces: Mapping[str, Face]) -> None:
        """Show policies in an order, with what cannot be told apart where there is room.

        Titles give way, so that every column is seen.
        """
        self.clear(columns=True)
        self.header_height = 1
        columns = [("Rank", [row.rank for row in rows]), ("Value", [row.value for row in rows])]
        if self.size.width >= _LEAST_FOR_MARGINS:
            columns.append(("±", [row.margin.removeprefix("±") for row in rows]))
        columns.append(("From the first", [row.behind for row in rows]))
        if self.size.width >= _LEAST_FOR_MARGINS:
            columns.append(("±", [row.behind_margin.removeprefix("±") for row in rows]))
            alike = [" ".join(faces[one].sign.mark for one in row.alike_policies) for row in rows]
            columns.append(("Not told apart", alike))
        taken = sum(_GAP + max(map(cell_len, (head, *cells))) for head, cells in columns)
        room = self.size.width - taken - _GAP
        columns.insert(1, ("Policy", [_called(faces[row.policy], room) for row in rows]))
        for head, _ in columns:
            self.add_column(_apart(head, head == "Policy"))
        texts = [
            [_apart(cells[at], head == "Policy") for head, cells in columns]
            for at in range(len(rows))
        ]
        fit(self, texts)
        for line in texts:
            self.add_row(*line)

    def clear(self, columns: bool = False) -> Self:
        """Take all rows out; what is shown next is laid out anew."""
        self._layout = _NOTHING
        return super().clear(columns)

    @property
    def current(self) -> str | None:
        """The name of the row that has the cursor."""
        names = self._layout[1]
        return names[self.cursor_row] if 0 <= self.cursor_row < len(names) else None

    @property
    def policy(self) -> str | None:
        """The policy whose column has the cursor; None where that is no policy's."""
        names, column = [name for name, _ in self._layout[0]], self.cursor_column - 1
        seen = self.cursor_type == "cell" and 0 <= column < len(names)
        return names[column] if seen else None

    @property
    def _short(self) -> bool:
        """Next to the plan on a narrow screen: signs for names, no ±; then policies have room."""
        return self.screen.has_class("-narrow") and not self.screen.has_class("-full")

    def _lay_out(self, faces: Collection[Face]) -> None:
        self.clear(columns=True)
        self.add_column("")
        if self._short:
            self.header_height = 1
            for _, sign in faces:
                self.add_column(Text(f"{sign.mark} ", policy_colour(self, sign), justify="right"))
            return
        room = self._room_for_names(len(faces))
        names = [wrapped(title, room, _LINES) for title, _ in faces]
        lines = max(map(len, names))
        self.header_height = 1 + lines
        for name, (_, sign) in zip(names, faces, strict=True):
            rows = [*[""] * (lines - len(name)), sign.mark, *name]
            head = "\n".join(" " * max(1, room + 1 - cell_len(row)) + row for row in rows)
            self.add_column(Text(head, policy_colour(self, sign), justify="right"))

    def _room_for_names(self, policies: int) -> int:
        """Columns for a policy's name, so that all policies are seen."""
        if not self.size.width:
            return _NAME
        return max(_LEAST_NAME, min(_MOST_NAME, self._each(policies) - 1))

    def _each(self, policies: int) -> int:
        return (self.size.width - _LABEL) // max(1, policies)

    def _fill(self, rows: Sequence[Sequence[Text]]) -> None:
        fit(self, rows)
        for row in rows:
            # A part that has nothing to show takes one line.
            nothing = not any(_FIGURE.search(text.plain) for text in row[1:])
            self.add_row(*row, height=1 if self._short or nothing else self._tall)

    def _has_room(self, rows: Sequence[Sequence[Text]]) -> bool:
        """Whether other rows fit into the columns as wide as they are."""
        widths = [column.width for column in self.columns.values()]
        return all(
            width_of(text) <= room for row in rows for text, room in zip(row, widths, strict=True)
        )

    def _label(self, line: Row, columns: int) -> Text:
        # A table on a tab that is not seen yet has no width of its own.
        label = _LABEL
        if self.screen.has_class("-narrow"):
            label = (
                min(_SHORT_LABEL, self.size.width - columns - 1) if self._short else _SHORT_LABEL
            )
            label = max(_LEAST_LABEL, label)
        shown = Text(f" {line.short}")
        shown.truncate(label, overflow="ellipsis", pad=True)
        return shown

    @property
    def _room_for_bars(self) -> bool:
        """Whether intervals are drawn: from 120 columns on, where they crowd out no measure."""
        roomy = self._flat or self.app.size.height >= _TALL
        return roomy and not self.screen.has_class("-narrow")

    def _texts(self, line: Row) -> list[Text]:
        """The cells of a row; their intervals are drawn on one scale."""
        drawn = [end for cell in line.cells.values() for end in cell.interval or ()]
        known = [end for end in drawn if not math.isnan(end)]
        ends = min(known, default=0.0), max(known, default=0.0)
        return [self._text(cell, ends) for cell in line.cells.values()]

    def _text(self, cell: Cell, ends: Ends) -> Text:
        theme = self.app.theme_variables
        tone = {"better": theme["success"], "worse": theme["warning"]}.get(cell.effect, "")
        muted = theme.get("muted", "dim")
        if self._short:
            return Text(f" {_close(cell.short)}{cell.mark}", tone, justify="right")
        text = Text(f"  {cell.value}", tone, justify="right")
        # The place of the mark is kept in every line, so that the numbers stand under each other.
        spread = [_brief(cell.change), cell.change_margin] if cell.change else [cell.margin]
        if self._flat:
            spread = [" ".join(spread)]
        under = "".join(f"\n{part}  " for part in spread)
        text.append(f" {cell.mark}", tone).append(under, muted)
        if self._bar and cell.interval is not None:
            lines = "\n" * (self._tall - 2 - len(spread))
            bar = interval_bar(*cell.interval, self._bar, ends)
            text.append(f"\n{lines}{bar}  ", tone or muted)
        return text


def _called(face: Face, room: int) -> str:
    """The sign of a policy and its title, in so many columns where it needs them."""
    name = f"{face.sign.mark} {face.title}"
    return shortened(name, max(_LEAST_NAME, room)) if cell_len(name) > room else name


def _apart(said: str, left: bool) -> Text:
    """A cell with the gap to the one before it."""
    return Text(" " * _GAP + said, justify="left" if left else "right")


def _said(row: Sequence[str], closed: bool) -> Sequence[str]:
    """A row of intervals; one in which nobody can come says so beside its time."""
    time, *cells = row
    return [f"closed {time}" if closed else time, *cells]


def _brief(change: str) -> str:
    """A difference without the word for points: its value has %, and every column finds room."""
    return change.removesuffix(" points")


def _close(value: str) -> str:
    """A number with its unit close to it: 84.4%, €20.9k."""
    number, _, unit = value.rpartition(" ")
    return f"{number}{unit}" if unit in ("%", "k", "M", "s") else value
