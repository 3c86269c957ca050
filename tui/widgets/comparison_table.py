"""Tables of policies side by side: measures or parts of the centre in rows, policies in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from tui.answers.comparison_table import broken
from tui.views.signs import signs_of
from tui.views.tables import Cell, Intervals, Line

_NAME = 10
"""Room for the name of a policy in a line."""

_LABEL, _SHORT_LABEL = 27, 17
"""Room for the name of a row, on a screen with enough of it and on a narrow one."""


class ComparisonTable(DataTable[Text]):
    """A row for each measure or part, a column for each policy."""

    DEFAULT_CSS = """
    ComparisonTable {
        height: 1fr;
        scrollbar-size: 1 1;
        & > .datatable--fixed { background: $surface; color: $text; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, cursor_type="row", fixed_columns=1, cell_padding=0)
        self._layout: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def show_lines(self, lines: Sequence[Line], policies: Sequence[str]) -> None:
        """Show rows; the cursor stays where it was when they are the same ones."""
        layout = (tuple(policies), tuple(line.name for line in lines))
        if layout != self._layout:
            self._lay_out(lines, policies)
            self._layout = layout
            return
        for number, line in enumerate(lines):
            for column, cell in enumerate(line.cells, start=1):
                self.update_cell_at(Coordinate(number, column), self._text(cell), update_width=True)

    def show_intervals(self, intervals: Intervals) -> None:
        """Show an interval table."""
        self.clear(columns=True)
        self.header_height = 1
        for header in intervals.headers:
            self.add_column(Text(f"  {header}", justify="right"))
        for row in intervals.rows:
            self.add_row(*(Text(f"  {cell}", justify="right") for cell in row))

    def clear(self, columns: bool = False) -> Self:
        """Take all rows out; what is shown next is laid out anew."""
        self._layout = ((), ())
        return super().clear(columns)

    @property
    def current(self) -> str | None:
        """The name of the row that has the cursor."""
        names = self._layout[1]
        return names[self.cursor_row] if 0 <= self.cursor_row < len(names) else None

    def _lay_out(self, lines: Sequence[Line], policies: Sequence[str]) -> None:
        self.clear(columns=True)
        self.add_column("")
        names = {policy: broken(policy, _NAME) for policy in policies}
        self.header_height = max(map(len, names.values()))
        for policy, sign in signs_of(policies).items():
            *first, last = names[policy]
            name = "\n".join([*first, f" {sign.mark} {last}"])
            self.add_column(Text(name, sign.colour, justify="right"))
        # A table on a tab that is not seen yet has no width of its own.
        label = _SHORT_LABEL if self.screen.has_class("-narrow") else _LABEL
        for line in lines:
            shown = Text(f" {line.label}")
            shown.truncate(label, overflow="ellipsis", pad=True)
            self.add_row(shown, *map(self._text, line.cells), height=2)

    def _text(self, cell: Cell) -> Text:
        theme = self.app.theme_variables
        tone = {"better": theme["success"], "worse": theme["error"]}.get(cell.effect, "")
        text = Text(f"  {cell.value}", tone, justify="right")
        # The place of the mark is kept in both lines, so that the numbers stand under each other.
        return text.append(f" {cell.mark}", tone).append(f"\n{cell.margin}  ", "dim")
