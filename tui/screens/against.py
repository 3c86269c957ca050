"""What the changes did: the changed run beside the untouched one of the same customers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.live.against import Against, Effect, Row
from tui.live.names import Names
from tui.widgets.floor.panel import fitted
from tui.widgets.lines import Line, Lines, Tone

_EFFECTS: dict[Effect, tuple[str, Tone]] = {
    "better": ("▲ better", "good"),
    "worse": ("▼ worse", "bad"),
    "other": ("different", "plain"),
    "same": ("the same", "muted"),
}


class AgainstDialog(ModalScreen[bool]):
    """Measures of both runs; true when the changes are to be saved as a policy."""

    DEFAULT_CSS = """
    AgainstDialog {
        .dialog { width: 92; max-width: 98%; }
        #against-lines { background: $surface; height: auto; max-height: 22; }
        #against-note { margin-top: 1; color: $text-muted; }
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
            lines = Lines(id="against-lines")
            yield lines
            days = self._against.days
            over = "this day" if days == 1 else f"the {days} days"
            yield Static(
                f"The same customers over {over}, once with your changes and once without. One "
                "draw: it shows what happened, not what to expect. Save it as a policy and compare "
                "it over many days to be sure.",
                id="against-note",
                markup=False,
            )

    def on_mount(self) -> None:
        """Fill the table."""
        lines = self.query_one("#against-lines", Lines)
        rows = self._lines_of()
        lines.styles.height = len(rows)
        lines.show(rows)

    def _lines_of(self) -> list[Line]:
        made = [
            ((f"» {self._names.when(one.at, self._against.made[0].at)} {one.words}", "accent"),)
            for one in self._against.made
        ]
        head: Line = ((f"{'':34}{'without':>12}{'with':>12}{'difference':>16}", "muted"),)
        return [*made, head, *(_line(row) for row in self._against.rows)]  # type: ignore[list-item]

    def action_close(self, save: bool) -> None:
        """Go back to the floor."""
        self.dismiss(save)


def _line(row: Row) -> Line:
    words, tone = _EFFECTS[row.effect]
    return (
        (fitted(row.title, 34), "plain"),
        (f"{row.untouched:>12}{row.changed:>12}", "plain"),
        (f"{row.difference:>16}", tone),
        (f"  {words}", tone),
    )
