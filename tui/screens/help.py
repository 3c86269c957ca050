"""Help: every key of the screen from which it was asked for."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import DataTable


class HelpScreen(ModalScreen[None]):
    """The keys that work where help was asked for, as they are bound."""

    BINDINGS = [  # noqa: RUF012
        Binding(
            "escape,question_mark,f1", "app.pop_screen", "Close", id="help.close", tooltip="Back"
        ),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__(classes="dialog-screen")
        self._bindings_there = list(about.active_bindings.values())

    def compose(self) -> ComposeResult:
        """A table of keys."""
        with Vertical(classes="dialog"):
            yield DataTable[str](id="help-keys", cursor_type="row")

    def on_mount(self) -> None:
        """List the keys."""
        table = self.query_one("#help-keys", DataTable)
        table.add_columns("Key", "What it does")
        for one in self._bindings_there:
            table.add_row(
                one.binding.key_display or one.binding.key, one.tooltip or one.binding.description
            )
