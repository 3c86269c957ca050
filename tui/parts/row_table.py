"""A table of rows: one cursor for the whole row, texts as they are, a key for each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.theme import Theme
from textual.widgets import DataTable

from tui.parts.fitting import fit, fitted, shortened
from tui.parts.harmless import harmless

Cell = str | Text
_SENTENCE = 36
"""Room of a column that gives way from which what is cut in it is a sentence."""


def on_enter(description: str, id: str, tooltip: str) -> Binding:  # noqa: A002 - Textual's name
    """What Enter does with a row, for a table in which it does something."""
    return Binding("enter", "select_cursor", description, id=id, tooltip=tooltip)


class RowTable(DataTable[Text]):
    """A table whose rows are chosen as a whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Where there is no column to go to, these are the first and the last row.
        Binding("home", "scroll_top", "First row", tooltip="To the first row", show=False),
        Binding("end", "scroll_bottom", "Last row", tooltip="To the last row", show=False),
    ]

    DEFAULT_CSS = """
    RowTable {
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        overflow-x: hidden;

        &:focus { background-tint: transparent; }
    }
    """

    def __init__(
        self, *columns: str, right: Iterable[str] = (), gives_way: str = "", **rest: Any
    ) -> None:
        """Name the columns.

        Args:
            columns: their headings.
            right: headings of those that hold numbers.
            gives_way: heading of the one that is cut, so that all the others are seen.
            rest: id and classes, as of any widget.
        """
        super().__init__(cursor_type="row", zebra_stripes=True, **rest)
        self._right, self._gives_way = set(right), gives_way
        self._rows: list[tuple[str, Sequence[Cell]]] = []
        self._laid_at = 0
        for name in columns:
            self.add_column(Text(name, justify=self._side(name)), key=name)

    def _side(self, name: str) -> Any:
        return "right" if name in self._right else "left"

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, self._recolour)

    def _recolour(self, _: Theme) -> None:
        self.put(self._rows)

    def put(self, rows: Iterable[tuple[str, Sequence[Cell]]]) -> None:
        """Show other rows; the cursor stays on the row of the same key where it is still there.

        Args:
            rows: key and cells of each; a text's style may be a colour of the theme, ``$error``.
        """
        self._rows = [(key, list(cells)) for key, cells in rows]
        before, place = self.chosen, self.cursor_row
        names = [str(key.value) for key in self.columns]
        shown = [
            (key, [self._cell(name, cell) for name, cell in zip(names, cells, strict=True)])
            for key, cells in self._rows
        ]
        self._make_room([cells for _, cells in shown])
        self.clear()
        fit(self, [cells for _, cells in shown])
        for key, cells in shown:
            self.add_row(*cells, key=key)
        keys = [key.value for key in self.rows]
        self.move_cursor(row=keys.index(before) if before in keys else place)

    def on_resize(self) -> None:
        """Give every column its room at another width."""
        if self._gives_way and self.size.width != self._laid_at:
            self.put(self._rows)

    def _make_room(self, rows: Sequence[Sequence[Text]]) -> None:
        """Cut the texts of the column that gives way, as far as the others need its room."""
        self._laid_at = self.size.width
        names = [str(key.value) for key in self.columns]
        if not self._gives_way or not self.size.width:
            return
        giving = names.index(self._gives_way)
        taken = sum(
            max([cell_len(name), *(row[at].cell_len for row in rows)])
            for at, name in enumerate(names)
            if at != giving
        )
        room = self.scrollable_content_region.width - taken - 2 * self.cell_padding * len(names)
        # Names often differ in how they end, sentences do not.
        cut = fitted if room >= _SENTENCE else shortened
        for row in rows:
            row[giving].plain = cut(row[giving].plain, min(row[giving].cell_len, max(8, room)))

    def _cell(self, name: str, cell: Cell) -> Text:
        text = cell.copy() if isinstance(cell, Text) else Text(cell)
        if (plain := harmless(text.plain, "")) != text.plain:
            text.plain = plain
        text.justify, text.no_wrap, text.overflow = self._side(name), True, "ellipsis"
        if isinstance(text.style, str) and text.style.startswith("$"):
            text.style = self.app.theme_variables[text.style.removeprefix("$")]
        return text

    @property
    def chosen(self) -> str | None:
        """Key of the row under the cursor; None in an empty table."""
        if not self.is_valid_row_index(self.cursor_row):
            return None
        return self.coordinate_to_cell_key(Coordinate(self.cursor_row, 0)).row_key.value

    def choose(self, key: str) -> None:
        """Move the cursor to a row."""
        if key in self.rows:
            self.move_cursor(row=self.get_row_index(key))
