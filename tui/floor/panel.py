"""A panel of the floor: lines in a frame with a title, made from a frame of the run."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from tui.floor.frames import Frame
from tui.floor.lines import Line, Lines
from tui.floor.names import Names
from tui.parts.fitting import fitted


class TitledLines(Lines):
    """Lines in a frame with a title."""

    DEFAULT_CSS = """
    TitledLines {
        padding: 0 2;
        border: round $axis;
        border-title-color: $text-muted;
        background: $surface;

        &:focus { border: round $primary; }
    }
    """

    HEADING = ""

    def __init__(self, *, id: str, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=can_focus)
        self.heading = self.HEADING
        """What the title begins with."""
        self._title = Content("")
        self.head()

    def head(self, more: str = "", *, right: bool = False, rows: int = 0) -> None:
        """Write the title, with more next to it or, at the right, over the columns.

        Args:
            more: than the title.
            right: put it there.
            rows: that there are; the title shows whether some of them lie below.
        """
        width, height = self.scrollable_content_region.size
        heading = f"{self.heading} ▾" if rows > height > 0 else self.heading
        if width:
            heading = fitted(heading, max(1, min(cell_len(heading), width - 2)))
        gap = width - cell_len(heading) - cell_len(more)
        # The frame goes on between a title and what stands over the columns.
        between = f" {'─' * (gap - 2)} " if right and gap > 2 else "  "
        title = Content.assemble(
            (heading, "bold $accent"), (between if more else "", "$axis"), more
        )
        if self._title != title:
            self._title = title
            self.border_title = title


class Panel(TitledLines):
    """A part of the floor; it is given frames and shows what changed."""

    def __init__(self, *, id: str, can_focus: bool = False) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=can_focus)
        self._frame: tuple[Frame, Names] | None = None

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
