"""Floor: the simulation at work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from tui.opened import Opened
from tui.screens.mode import ModeScreen


class FloorScreen(ModeScreen):
    """Queues, agents and customers while the clock runs."""

    MODE: ClassVar[str] = "floor"

    def body(self) -> Iterable[Widget]:
        """The name of the centre."""
        yield Static(id="floor", classes="empty")

    def show_opened(self, opened: Opened) -> None:
        """Name the centre that is watched."""
        self.query_one("#floor", Static).update(opened.name)


SCREEN = FloorScreen
