"""Help: every key, every measure, every assumption; made from what is really there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input, Static, TabbedContent, TabPane

from results.measures.registry import MEASURES
from scenarios import assumptions
from scenarios.register.assumptions import Assumed
from tui.app.help_texts import KeyHelp, key_helps
from tui.parts.row_table import RowTable, on_enter
from tui.shell.shell import Shell

Row = tuple[str, tuple[str, ...], str]
"""Key of the row, its cells, what is said below the table when the cursor is on it."""

COLUMNS = {
    "keys": ("Key", "Name", "Where", "What it does"),
    "measures": ("Measure", "Unit", "Better", "Name"),
    "assumptions": ("Assumption", "Value", "Likely", "Known", "Used"),
}


class MeasureTable(RowTable):
    """Measures; the only rows of which there is more to tell than stands below the table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        on_enter("Details", "help.details", "Everything about the measure under the cursor")
    ]


class HelpScreen(ModalScreen[None]):
    """Keys of all screens, measures with their equations, assumptions of the open scenario."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "close", "Close", id="help.close", tooltip="Back to the screen"),
        Binding("slash", "find", "Find", id="help.find", tooltip="Type words to find rows by"),
        Binding(
            "ctrl+o", "app.jump", "Jump", id="help.jump", tooltip="Jump to a widget", show=False
        ),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        background: $background;

        #help-find { height: 3; margin: 0 1; border: round $panel; background: $background; }
        #help-find:focus { border: round $primary; }
        #help-tabs { height: 1fr; }
        .help-table { height: 1fr; }
        #help-about {
            height: auto;
            max-height: 8;
            padding: 0 2;
            margin: 0 1;
            border: round $panel;
            border-title-color: $primary;
        }
    }
    """

    app = getters.app(Shell)

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._there = about
        self._rows: dict[str, list[Row]] = {}

    def compose(self) -> ComposeResult:
        """A field to find rows, three tables, what is said about the row under the cursor."""
        yield Input(placeholder="Find a key, a measure, an assumption", id="help-find")
        with TabbedContent(id="help-tabs"):
            for name, columns in COLUMNS.items():
                with TabPane(name.capitalize(), id=f"help-{name}"):
                    table = MeasureTable if name == "measures" else RowTable
                    yield table(
                        *columns,
                        gives_way=columns[-1],
                        id=f"help-table-{name}",
                        classes="help-table",
                    )
        with Vertical(id="help-about"):
            yield Static(id="help-words", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the tables."""
        opened = self.app.opened
        self._rows = {
            "keys": list(_key_rows(key_helps(self._there))),
            "measures": list(_measure_rows()),
            "assumptions": []
            if opened is None or opened.scenario is None
            else list(_assumption_rows(assumptions(opened.scenario))),
        }
        self._fill("")
        self._table("keys").focus()

    def _table(self, name: str) -> RowTable:
        return self.query_one(f"#help-table-{name}", RowTable)

    @property
    def _active(self) -> str:
        return self.query_one(TabbedContent).active.removeprefix("help-")

    @on(Input.Changed, "#help-find")
    def _find(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted, "#help-find")
    def _to_table(self) -> None:
        self._table(self._active).focus()

    def _fill(self, words: str) -> None:
        """Show the rows in which every word occurs, and go to a table that has any."""
        wanted = words.lower().split()
        for name, rows in self._rows.items():
            table = self._table(name)
            table.put((key, cells) for key, cells, about in rows if _has(wanted, cells, about))
            self._count(name, table.row_count)
        found = [name for name in self._rows if self._table(name).row_count]
        if found and self._active not in found:
            self.query_one(TabbedContent).active = f"help-{found[0]}"
        self._say()

    def _count(self, name: str, rows: int) -> None:
        """Say on the tab how many rows its table has."""
        self.query_one(TabbedContent).get_tab(f"help-{name}").label = f"{name.capitalize()} {rows}"

    @on(RowTable.RowHighlighted)
    @on(TabbedContent.TabActivated)
    def _say(self) -> None:
        """Say more about the row under the cursor."""
        name = self._active
        chosen = self._table(name).chosen
        words = next((about for one, _, about in self._rows[name] if one == chosen), "")
        self.query_one("#help-words", Static).update(words or "Nothing here has these words.")

    @on(RowTable.RowSelected, "#help-table-measures")
    def _measure(self, event: RowTable.RowSelected) -> None:
        self.app.show_measure(str(event.row_key.value))

    @on(TabbedContent.TabActivated)
    def _to_its_table(self) -> None:
        if self.focused is not self.query_one("#help-find"):
            self._table(self._active).focus()

    def action_find(self) -> None:
        """Type words to find rows by."""
        self.query_one("#help-find").focus()

    def action_close(self) -> None:
        """Go back to the screen from which help was asked for."""
        self.dismiss()


def _has(words: Sequence[str], cells: Iterable[str], about: str) -> bool:
    """Whether every word occurs in a row."""
    text = " ".join((*cells, about)).lower()
    return all(word in text for word in words)


def _key_rows(helps: list[KeyHelp]) -> Iterator[Row]:
    for number, one in enumerate(helps):
        about = f"{one.key}  {one.description}: {one.tooltip or one.screen}"
        yield str(number), (one.key, one.description, one.screen, one.tooltip), about


def _measure_rows() -> Iterator[Row]:
    for measure in MEASURES.values():
        about = f"{measure.equation}\nSource: {measure.source}"
        yield (
            measure.name,
            (measure.title, measure.unit, measure.better or "–", measure.name),
            about,
        )


def _assumption_rows(found: Iterable[Assumed]) -> Iterator[Row]:
    # Relations that a scenario leaves out may stand under one key.
    for number, one in enumerate(found):
        assumed = one.assumption
        value = f"{one.value:g}" if isinstance(one.value, int | float) else "another law"
        likely = f"{assumed.low:g} – {assumed.high:g}"
        used = "yes" if one.used else "no"
        mark = " *" if one.overridden else ""
        own = "* The scenario says something else than the default.\n" if one.overridden else ""
        about = (
            f"{one.key}: {value} {assumed.unit}, by default {assumed.default:g}.\n"
            f"{own}Source: {one.source}"
        )
        yield str(number), (one.key, value + mark, likely, one.strength, used), about
