"""Lines of text with a cursor: what lists of knobs and of measures have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.parts.looks import look

CURSOR = "▌"
"""Stands before the line that has the cursor."""


class LineList(ScrollView, can_focus=True):
    """Lines of which one has the cursor; a list says how many there are and what stands in them."""

    DEFAULT_CSS = """
    LineList {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .line-list--cursor { background: $cursor; }
        & > .line-list--cursor-idle { background: $panel; }
        & > .line-list--muted { color: $text-muted; }
        & > .line-list--strong { text-style: bold; }
        & > .line-list--head { color: $primary; text-style: bold; }
        & > .line-list--marked { color: $accent; text-style: bold; }
        & > .line-list--better { color: $success; }
        & > .line-list--worse { color: $warning; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor",
        "line-list--cursor-idle",
        "line-list--muted",
        "line-list--strong",
        "line-list--head",
        "line-list--marked",
        "line-list--better",
        "line-list--worse",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", id="list.up", tooltip="One line up", show=False),
        Binding("down", "move(1)", "Down", id="list.down", tooltip="One line down", show=False),
        Binding(
            "pageup", "page(-1)", "Page up", id="list.page_up", tooltip="A page up", show=False
        ),
        Binding(
            "pagedown",
            "page(1)",
            "Page down",
            id="list.page_down",
            tooltip="A page down",
            show=False,
        ),
        Binding("home", "to(0)", "First", id="list.first", tooltip="To the first line", show=False),
        Binding("end", "to(-1)", "Last", id="list.last", tooltip="To the last line", show=False),
    ]

    cursor = reactive(0, repaint=True)

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, sender: LineList) -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> LineList:
            """The list."""
            return self.sender

    class Chosen(Moved):
        """A line was clicked twice, or Enter pressed on it."""

    @abstractmethod
    def count(self) -> int:
        """How many lines there are."""

    @abstractmethod
    def line(self, index: int, width: int) -> Text:
        """What stands in a line, at most ``width`` columns of it."""

    def head(self, _width: int) -> Text | None:
        """A line that stays above the others; None where there is none."""
        return None

    def rows_of(self, _width: int) -> int:
        """How many rows of the screen a line takes."""
        return 1

    def renew(self) -> None:
        """Show the lines anew after they changed."""
        self.cursor = max(0, min(self.cursor, self.count() - 1))
        before = self.virtual_size
        self._measure()
        # Also where the height is given: a scrollbar shows how many lines there are.
        self.refresh(layout=before != self.virtual_size or not self.size.width)

    def _measure(self) -> None:
        width = self.size.width
        self.virtual_size = Size(width, self._height(width))

    def _height(self, width: int) -> int:
        heads = 0 if self.head(width) is None else 1
        return heads + self.count() * self.rows_of(width)

    def style_of(self, name: str) -> Style:
        """A look by the last part of its component class."""
        return look(self, f"line-list--{name}")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are, where the height is automatic."""
        return max(1, self._height(width))

    def on_resize(self) -> None:
        """Lay the lines out for another size, the cursor in sight."""
        self._measure()
        self._see_cursor()

    def render_line(self, y: int) -> Strip:
        """One row of the window on the list."""
        width = self.size.width
        head = self.head(width)
        if head is not None and y == 0:
            return self._strip(head, width).apply_style(self.rich_style)
        index, row = self._at(y)
        if index >= self.count():
            return Strip.blank(width, self.rich_style)
        rows = self.line(index, width).split("\n")
        text = rows[row] if row < len(rows) else Text()
        style = self.rich_style
        if index == self.cursor and text.plain.startswith(" "):
            # A bar as well, for those who see no difference between the grounds.
            text = Text().append(CURSOR, self.style_of("marked")).append_text(text[1:])
        strip = self._strip(text, width)
        if index == self.cursor:
            name = "cursor" if self.has_focus else "cursor-idle"
            style = self.get_component_rich_style(f"line-list--{name}")
        return strip.apply_style(style)

    def _at(self, y: int) -> tuple[int, int]:
        """The line in a row of the window, and which of its rows it is."""
        heads = 0 if self.head(self.size.width) is None else 1
        return divmod(y - heads + self.scroll_offset.y, self.rows_of(self.size.width))

    def _strip(self, text: Text, width: int) -> Strip:
        text.truncate(width, overflow="ellipsis")
        # Rich leaves the style of a whole text to the printer of it.
        text.stylize_before(text.style)
        return Strip(text.render(self.app.console, end="")).adjust_cell_length(width)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.action_to(max(0, min(self.cursor + by, self.count() - 1)))

    def action_page(self, by: int) -> None:
        """Move the cursor by a window."""
        self.action_move(by * max(1, self.size.height - 1))

    def action_to(self, index: int) -> None:
        """Put the cursor on a line; −1 is the last."""
        self.cursor = index if index >= 0 else self.count() - 1

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self._see_cursor()
        self.post_message(self.Moved(self))

    def _see_cursor(self) -> None:
        rows = self.rows_of(self.size.width)
        place = Region(0, self.cursor * rows, max(1, self.size.width), rows + 1)
        self.scroll_to_region(place, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where it was clicked."""
        index, _ = self._at(event.y)
        if 0 <= index < self.count():
            self.cursor = index
            if event.chain == 2:
                self.choose()

    def choose(self) -> None:
        """Say that the line under the cursor was chosen."""
        self.post_message(self.Chosen(self))
