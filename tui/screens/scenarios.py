"""Scenarios: which contact centre to work on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import DataTable

from tui.screens.mode import ModeScreen


class ScenariosScreen(ModeScreen):
    """Shipped and own scenarios in one table."""

    MODE: ClassVar[str] = "scenarios"

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield DataTable[str](id="scenarios", cursor_type="row")

    def on_mount(self) -> None:
        """List what is shipped."""
        from scenarios import list_scenarios

        super().on_mount()
        table = self.query_one("#scenarios", DataTable)
        table.add_columns("Scenario", "Title")
        for one in list_scenarios():
            table.add_row(one.name, one.title, key=one.name)

    @on(DataTable.RowSelected, "#scenarios")
    def _open(self, event: DataTable.RowSelected) -> None:
        from scenarios import path_of

        self.app.open_scenario(path_of(str(event.row_key.value)))
        self.app.go("what_if")


SCREEN = ScenariosScreen
