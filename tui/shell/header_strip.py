"""The line at the top: which screens there are, where one is, which scenario is open."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from tui.parts.harmless import harmless
from tui.shell.keys import MODES


class HeaderTab(Static):
    """The name of a screen; a click goes there."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    def __init__(self, key: str, title: str, target: str, *, current: bool) -> None:
        super().__init__(f"[b]{key}[/b] {title}", classes="header-tab")
        self.target = target
        self.set_class(current, "-current")

    def on_click(self, event: events.Click) -> None:
        """Go to the screen."""
        event.stop()
        self.post_message(self.Chosen(self.target))


class OpenedPlace(Static):
    """Where the open scenario lies; cut at its beginning, so that the file's name stays."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._place = ""

    def show(self, place: str) -> None:
        """Show a path, or the name of a shipped scenario."""
        self._place = harmless(place, "")
        self.tooltip = Text(self._place)
        self._fit()

    def on_resize(self) -> None:
        """Cut it for another width."""
        self._fit()

    def _fit(self) -> None:
        width = self.content_size.width or cell_len(self._place)
        text = self._place
        while text and cell_len(text) > width - (text != self._place):
            text = text[1:]
        self.update(text if text == self._place else f"…{text}")


class HeaderStrip(Horizontal):
    """Tabs for the screens with their keys, and where the open scenario lies."""

    DEFAULT_CSS = """
    HeaderStrip {
        height: 1;
        background: $panel;

        .header-tab {
            width: auto;
            padding: 0 1;
            color: $text-muted;

            &:hover { background: $primary 20%; color: $text; }
            &.-current { background: $primary; color: $background; text-style: bold; }
        }

        #header-opened {
            width: 1fr;
            padding: 0 1;
            text-align: right;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            color: $accent;
        }
    }
    """

    HELP = "help"

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current

    def compose(self) -> ComposeResult:
        """A tab for each screen, the help, the open scenario."""
        for number, (mode, title) in enumerate(MODES.items(), start=1):
            yield HeaderTab(str(number), title, mode, current=mode == self._current)
        yield HeaderTab("?", "Help", self.HELP, current=False)
        yield OpenedPlace(id="header-opened")

    def show(self, place: str) -> None:
        """Say which scenario is open and where it lies."""
        self.query_one(OpenedPlace).show(place)

    @on(HeaderTab.Chosen)
    async def _go(self, chosen: HeaderTab.Chosen) -> None:
        chosen.stop()
        await self.run_action(
            "app.help" if chosen.target == self.HELP else f"app.go('{chosen.target}')"
        )
