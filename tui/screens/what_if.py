"""What-if: turn a knob, see what it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from tui.opened import Opened
from tui.screens.mode import ModeScreen


class WhatIfScreen(ModeScreen):
    """The base beside what a change makes of it."""

    MODE: ClassVar[str] = "what_if"

    def body(self) -> Iterable[Widget]:
        """The name of the open scenario."""
        yield Static(id="what-if", classes="empty")

    def show_opened(self, opened: Opened) -> None:
        """Name the scenario whose knobs are turned."""
        self.query_one("#what-if", Static).update(opened.name)


SCREEN = WhatIfScreen
