"""Compare: policies side by side."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from tui.opened import Opened
from tui.screens.mode import ModeScreen


class CompareScreen(ModeScreen):
    """The policies of the open scenario, or of a past run, side by side."""

    MODE: ClassVar[str] = "compare"

    def body(self) -> Iterable[Widget]:
        """The name of what is compared."""
        yield Static(id="compare", classes="empty")

    def show_opened(self, opened: Opened) -> None:
        """Name the scenario whose policies are compared."""
        self.query_one("#compare", Static).update(opened.name)

    def show_run(self, folder: Path) -> None:
        """Show a past run."""
        self.query_one("#compare", Static).update(folder.name)


SCREEN = CompareScreen
