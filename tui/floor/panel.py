"""A panel of the floor: lines under a title, made from a frame."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from textual.content import Content

from tui.floor.frames import Frame
from tui.floor.lines import Line, Lines
from tui.floor.names import Names


class Panel(Lines):
    """A part of the floor; it is given frames and shows what changed."""

    DEFAULT_CSS = """
    Panel {
        padding: 0 1;
        border-top: solid $panel;
        border-title-color: $text-muted;
        background: $surface;

        &:focus { border-top: heavy $primary; }
    }
    """

    HEADING = ""

    def __init__(self, *, id: str, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=can_focus)
        self._title = Content("")
        self.head()
        self._frame: tuple[Frame, Names] | None = None

    def head(self, more: str = "", *, right: bool = False) -> None:
        """Write the title, with more next to it or, at the right, over the columns."""
        gap = self.scrollable_content_region.width - len(self.HEADING) - len(more)
        between = " " * max(1, gap if right else 2)
        title = Content.assemble((self.HEADING, "bold $accent"), between if more else "", more)
        if self._title != title:
            self._title = title
            self.border_title = title

    def show_frame(self, frame: Frame, names: Names) -> None:
        """Show a frame, if there is room for anything."""
        self._frame = frame, names
        if self.size.width:
            self.show(self.lines(frame, names))

    def on_resize(self) -> None:
        """Another width may need other lines."""
        if self._frame is not None:
            self.show(self.lines(*self._frame))

    @abstractmethod
    def lines(self, frame: Frame, names: Names) -> Sequence[Line]:
        """What is shown of a frame."""
