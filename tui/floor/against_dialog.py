"""What the changes did: the changed run against the untouched one of the same customers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.floor.against import Against
from tui.floor.differences import Row
from tui.floor.lines import Line, Lines
from tui.floor.names import Names
from tui.parts.fitting import fitted

_NUMBERS = 11 + 11 + 14
"""Columns next to the title."""


class _Table(Lines):
    """More measures than a small terminal has rows."""

    SCROLLS = True


class AgainstDialog(ModalScreen[bool]):
    """Measures of both runs; true when the changes are to be saved as a policy."""

    DEFAULT_CSS = """
    AgainstDialog {
        .dialog { width: 92; max-width: 98%; }
        #against-lines { background: $surface; max-height: 22; }
        #against-note { margin-top: 1; color: $text-muted; }

        &.-low #against-lines { max-height: 11; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("escape,enter", "close(False)", "Close", id="against.close", tooltip="Back"),
        Binding(
            "s", "close(True)", "Save", id="against.save", tooltip="Save your changes as a policy"
        ),
    ]

    def __init__(self, against: Against, names: Names) -> None:
        super().__init__(classes="dialog-screen")
        self._against, self._names = against, names

    def compose(self) -> ComposeResult:
        """The table and what it is worth."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "With your changes, and without"
            dialog.border_subtitle = "s save as a policy · Esc close"
            yield _Table(id="against-lines", can_focus=True)
            days = self._against.days
            over = "this day" if days == 1 else f"the {days} days"
            yield Static(
                f"The same customers over {over}, once with your changes and once without. One "
                "draw shows what happened, not what to expect: nothing is called better or worse. "
                "Save your changes as a policy and compare it over many days for that.",
                id="against-note",
                markup=False,
            )

    def on_resize(self) -> None:
        """Fill the table as wide as it is now."""
        self.set_class(self.size.height < 30, "-low")
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        table = self.query_one(_Table)
        room = max(16, table.size.width - _NUMBERS)
        first = self._against.made[0].at
        lines: list[Line] = [
            ((f"» {self._names.when(one.at, first)} {one.words}", "accent"),)
            for one in self._against.made
        ]
        heading = f"{'':{room}}{'without':>11}{'with':>11}{'difference':>14}"
        lines.append(((heading, "muted"),))
        lines += [_line(row, room) for row in self._against.rows]
        table.styles.height = len(lines)
        table.show(lines)

    def action_close(self, save: bool) -> None:
        """Go back to the floor."""
        self.dismiss(save)


def _line(row: Row, room: int) -> Line:
    return (
        (fitted(row.title, room), "plain"),
        (f"{row.first:>11}{row.second:>11}", "plain"),
        (f"{row.difference or 'the same':>14}", "accent" if row.difference else "muted"),
    )
