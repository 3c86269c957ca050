"""Lines: a widget of coloured lines that redraws only what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

Tone = Literal[
    "plain",
    "muted",
    "bold",
    "good",
    "warn",
    "bad",
    "accent",
    "ready",
    "talk",
    "hold",
    "approver",
    "wrap",
    "help",
    "break",
    "away",
    "cursor",
    "heat0",
    "heat1",
    "heat2",
    "heat3",
    "here",
    "frame",
]
"""What a piece of text is about; its colour follows from the theme."""

Line = tuple[tuple[str, Tone], ...]
"""Pieces of text with their tones."""


class Lines(ScrollView):
    """Coloured lines that can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{tone}"
        for tone in (
            *("plain", "muted", "bold", "good", "warn", "bad", "accent", "ready", "talk", "hold"),
            *("approver", "wrap", "help", "break", "away", "cursor", "here", "frame"),
            *("heat0", "heat1", "heat2", "heat3"),
        )
    }
    DEFAULT_CSS = """
    Lines {
        height: 1fr;
        scrollbar-size-vertical: 0;
        scrollbar-size-horizontal: 0;
        overflow-x: hidden;

        .lines--plain { color: $text; }
        .lines--muted { color: $text-muted; }
        .lines--bold { color: $text; text-style: bold; }
        .lines--good { color: $success; }
        .lines--warn { color: $warning; }
        .lines--bad { color: $error; }
        .lines--accent { color: $accent; }
        .lines--ready { color: $success; }
        .lines--talk { color: $primary; }
        .lines--hold { color: $warning; }
        .lines--approver { color: $error; text-style: bold; }
        .lines--wrap { color: $secondary; }
        .lines--help { color: $accent; }
        .lines--break { color: $text-muted; }
        .lines--away { color: $text-disabled; }
        .lines--cursor { background: $cursor; text-style: bold; }
        .lines--heat0 { color: $primary 45%; }
        .lines--heat1 { color: $primary; }
        .lines--heat2 { color: $warning; }
        .lines--heat3 { color: $error; text-style: bold; }
        .lines--here { color: $text; text-style: bold; }
        .lines--frame { color: $axis; }
    }
    """

    SCROLLS: ClassVar[bool] = False
    """Whether there may be more lines than fit; otherwise those at the end are cut off."""

    class Chosen(Message):
        """A line was chosen, by Enter or a click."""

        def __init__(self, lines: Lines, row: int, column: int) -> None:
            super().__init__()
            self.lines = lines
            self.row = row
            self.column = column

        @property
        def control(self) -> Lines:
            """The widget, for selectors."""
            return self.lines

    def __init__(self, *, id: str, classes: str = "", can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.can_focus = can_focus
        self._lines: list[Line] = []
        self._styles_of: dict[Tone, Style] = {}
        self._base: Style | None = None

    @property
    def shown(self) -> Sequence[Line]:
        """The lines that are shown now."""
        return self._lines

    @property
    def text(self) -> str:
        """The lines as plain text."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; only what differs from before is drawn anew."""
        before, self._lines = self._lines, list(lines)
        if len(before) != len(lines):
            if self.SCROLLS:  # the screen is laid out anew, which takes its time
                self.virtual_size = Size(0, len(lines))
            self.refresh()
            return
        top, width = self.scroll_offset.y, self.size.width
        for row, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old is not new and old != new:
                first, last = _span(old, new)
                self.refresh(Region(first, row - top, min(last, width) - first, 1))

    def notify_style_update(self) -> None:
        """Another theme has other colours."""
        super().notify_style_update()
        self._styles_of, self._base = {}, None

    @property
    def _base_style(self) -> Style:
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        base = self._base_style
        if row >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(text, base + self.style_of(tone)) for text, tone in self._lines[row]]
        strip = Strip(segments)
        if strip.cell_length > width and strip.text[width - 1 :].strip():
            more = Segment("…", base + self.style_of("muted"))
            return Strip([*strip.crop(0, width - 1), more], width)
        return strip.adjust_cell_length(width, base)

    def on_click(self, event: Click) -> None:
        """Choose the line that was clicked."""
        at = event.get_content_offset(self)
        if at is not None:
            self.choose(at.y + self.scroll_offset.y, at.x)

    def choose(self, row: int, column: int = 0) -> None:
        """Say that a line was chosen."""
        if row < len(self._lines):
            self.post_message(self.Chosen(self, row, column))

    def style_of(self, tone: Tone) -> Style:
        """The look of a tone under the present theme."""
        style = self._styles_of.get(tone)
        if style is None:
            # Colours are mixed with the background first, which a muted one needs to be muted.
            full = self.get_component_rich_style(f"lines--{tone}")
            back = full.bgcolor if tone == "cursor" else None
            color = None if tone == "cursor" else full.color
            style = self._styles_of[tone] = Style(color=color, bgcolor=back, bold=full.bold)
        return style


def _span(old: Line, new: Line) -> tuple[int, int]:
    """The first column that differs, and the end of the longer line."""
    column = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        column += cell_len(after[0])
    return column, max(sum(cell_len(text) for text, _ in line) for line in (old, new))
