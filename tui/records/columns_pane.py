"""What each column means: shown, changed, confirmed."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from scenarios.records.mapping import KINDS
from tui.parts.row_table import RowTable
from tui.records.session import DATES, ColumnRow, Session, is_person
from tui.records.texts import bullets

_LEFT = 54
"""Columns that names and meanings mostly take; what is left is for values."""


class ColumnTable(RowTable):
    """A row for each column of the files."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "screen.confirm", "Read", id="records.read", tooltip="This is right: read it"
        ),
        Binding(
            "space",
            "select_cursor",
            "Change",
            id="records.change",
            tooltip="Say what the column under the cursor means",
        ),
        Binding(
            "u",
            "screen.unit",
            "Unit",
            id="records.unit",
            tooltip="Say in which unit its numbers are",
        ),
        Binding("k", "screen.kind", "Kind", id="records.kind", tooltip="Say what a row is"),
        Binding(
            "d", "screen.dates", "Dates", id="records.dates", tooltip="Day or month first in dates"
        ),
        Binding(
            "m",
            "screen.mapping",
            "Mapping",
            id="records.mapping",
            tooltip="Take the columns by a shipped mapping or by a file",
        ),
        Binding(
            "w",
            "screen.write_mapping",
            "Keep",
            id="records.keep",
            tooltip="Write this as a mapping file, for next month's export",
        ),
    ]


class ColumnsPane(Vertical):
    """How the files are read, a row for each column, what is missing and what that costs."""

    DEFAULT_CSS = """
    ColumnsPane {
        padding: 0 1;

        #columns-head { height: auto; text-style: bold; }
        #columns-lacking { height: auto; max-height: 4; color: $error; }
        #columns-table { height: auto; max-height: 70%; min-height: 5; }
        #columns-costs-scroll { height: auto; max-height: 1fr; margin-top: 1; }
        #columns-costs { height: auto; color: $text-muted; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(id="columns")
        self._session = session

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static("", id="columns-head", markup=False)
        yield Static("", id="columns-lacking", markup=False)
        yield ColumnTable("Column", "Means", "Values", gives_way="Values", id="columns-table")
        with VerticalScroll(id="columns-costs-scroll", can_focus=False):
            yield Static("", id="columns-costs", markup=False)

    def on_resize(self) -> None:
        """Show as many values as there is room for."""
        self.renew()

    @property
    def first(self) -> Widget:
        """What takes the keyboard."""
        return self.query_one(ColumnTable)

    @property
    def chosen(self) -> ColumnRow | None:
        """The column under the cursor."""
        place = self.query_one(ColumnTable).cursor_row
        rows = self._session.rows
        return rows[place] if 0 <= place < len(rows) else None

    def renew(self) -> None:
        """Show what was found."""
        session = self._session
        if session.looked is None:
            return
        found = session.looked.columns
        mapping = session.mapping or found.mapping
        dates = f" · dates {DATES.get(mapping.dates, mapping.dates)}" if mapping.dates else ""
        self.query_one("#columns-head", Static).update(
            f"{KINDS[session.kind].capitalize()}, read as {found.layout}{dates}: "
            f"{found.rows:,} rows. Is this right?"
        )
        lacking = [
            f"✗ The file {one}. Put the cursor on the right column and press Space."
            for one in session.lacking
        ]
        self.query_one("#columns-lacking", Static).update("\n".join(lacking))
        self.query_one("#columns-lacking").display = bool(lacking)
        self.query_one(ColumnTable).put(
            (str(at), (row.column, _means(row), _values(row, self.app.size.width - _LEFT)))
            for at, row in enumerate(session.rows)
        )
        missing = session.missing
        costs = bullets(f"{one.what}: {one.cost}" for one in missing)
        head = Text("In no column, and what that costs:\n") if missing else Text()
        self.query_one("#columns-costs", Static).update(head.append_text(costs))


def _means(row: ColumnRow) -> str:
    if not row.field:
        return "– not used"
    return f"{row.title}, {row.unit}" if row.unit else row.title


def _values(row: ColumnRow, room: int) -> str:
    if is_person(row.field):
        return "(persons are not shown)"
    shown = ", ".join(row.values)
    if row.values and len(shown) > room:
        shown = f"{row.values[0]}, …"
    return shown or ("" if row.field else "(not shown)")
