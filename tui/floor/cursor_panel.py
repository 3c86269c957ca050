"""A panel with a cursor: one of its lines can be chosen by the keyboard as well."""

from __future__ import annotations

from rich.segment import Segment
from textual.binding import Binding
from textual.strip import Strip

from tui.floor.panel import Panel


class CursorPanel(Panel):
    """Lines among which the cursor keys move; it stays on the last one until it is moved."""

    BINDINGS = [  # noqa: RUF012
        Binding("up", "move(-1)", "Up", id="lines.up", tooltip="One line up", show=False),
        Binding("down", "move(1)", "Down", id="lines.down", tooltip="One line down", show=False),
        Binding(
            "enter", "choose", "Choose", id="lines.choose", tooltip="Follow this one", show=False
        ),
    ]

    _from_end = 1
    """Lines from the end to the cursor, so that it goes along as new lines come."""

    @property
    def cursor(self) -> int:
        """The row of the cursor."""
        return max(0, len(self.shown) - self._from_end)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._from_end = max(1, min(len(self.shown), self._from_end - by))
        self.scroll_to(y=max(0, self.cursor - self.size.height + 1), animate=False)
        self.refresh()

    def action_choose(self) -> None:
        """Choose the line at the cursor."""
        if self.shown:
            self.choose(self.cursor)

    def render_line(self, y: int) -> Strip:
        """One row of the screen, the cursor's with another background."""
        strip = super().render_line(y)
        if self.has_focus and y + self.scroll_offset.y == self.cursor and self.shown:
            mark = self.style_of("cursor")
            return Strip(Segment.apply_style(strip, post_style=mark), strip.cell_length)
        return strip
