"""Jump: a letter on everything that takes the keyboard; pressing it goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.errors import NoWidget
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Label

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""In the order in which they are given: those under the fingers first."""


def targets(screen: Screen[Any]) -> list[Widget]:
    """What can be jumped to: what takes the keyboard and is seen, at most one for each letter."""
    seen = [one for one in screen.focus_chain if _in_view(one, screen)]
    return seen[: len(LETTERS)]


def _in_view(widget: Widget, screen: Screen[Any]) -> bool:
    try:
        return bool(screen.find_widget(widget).visible_region)
    except NoWidget:
        return False


class JumpScreen(ModalScreen[Widget | None]):
    """The screen below with a letter on each target."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,ctrl+o", "stay", "Stay", id="jump.stay", tooltip="Stay where you are"),
    ]

    DEFAULT_CSS = """
    JumpScreen {
        background: $background 40%;

        .jump-letter {
            position: absolute;
            width: 3;
            height: 1;
            text-align: center;
            background: $accent;
            color: $background;
            text-style: bold;
        }
    }
    """

    def __init__(self, found: Sequence[Widget]) -> None:
        super().__init__()
        self._targets = dict(zip(LETTERS, found, strict=False))

    def compose(self) -> ComposeResult:
        """A letter at the corner of each target."""
        for letter, widget in self._targets.items():
            label = Label(letter, classes="jump-letter", id=f"jump-{letter}")
            label.styles.offset = (widget.region.x, widget.region.y)
            yield label

    def on_key(self, event: events.Key) -> None:
        """Go to the target of a letter."""
        if event.key in self._targets:
            event.stop()
            self.dismiss(self._targets[event.key])

    def action_stay(self) -> None:
        """Go nowhere."""
        self.dismiss(None)
