"""Runs: what was run before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import DataTable

from tui.screens.mode import ModeScreen


class RunsScreen(ModeScreen):
    """Past runs in a table."""

    MODE: ClassVar[str] = "runs"

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield DataTable[str](id="runs", cursor_type="row")


SCREEN = RunsScreen
