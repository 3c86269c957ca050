"""What the screens with a tab have in common: header, footer, the open scenario."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer
from textual.worker import Worker, WorkerState

from tui.shell.header_strip import HeaderStrip
from tui.shell.scenario_file import ScenarioFile
from tui.shell.shell import Shell


class ModeScreen(Screen[None]):
    """A screen with a tab of its own.

    A screen fills in ``body`` and ``show_opened``; the latter is called when the screen is there
    and each time another scenario was opened, or the same one read again, but only while the
    screen is seen.
    """

    MODE: ClassVar[str]
    """Its name in ``keys.MODES``."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-normal"), (170, "-wide")]  # noqa: RUF012

    app = getters.app(Shell)

    def __init__(self) -> None:
        super().__init__()
        self._shown: ScenarioFile | None = None
        self._away = True

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        yield HeaderStrip(self.MODE)
        yield from self.body()
        yield Footer(compact=True, show_command_palette=False)

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """What stands between header and footer."""

    def show_opened(self, opened: ScenarioFile) -> None:
        """Show the scenario that is open now."""

    def come_back(self) -> None:
        """Look at what may have changed while another screen was seen; at the start as well."""

    def on_mount(self) -> None:
        """Follow what is opened from now on."""
        self.watch(self.app, "opened", self._follow, init=False)

    def on_screen_resume(self) -> None:
        """Catch up with what was opened while another screen was seen."""
        self._follow()
        if self._away:
            self._away = False
            # Work in the background would take its share of the time in which the frame is painted.
            self.call_after_refresh(self.come_back)

    def on_screen_suspend(self) -> None:
        """Tell another screen from a dialog over this one."""
        self._away = self.app.current_mode != self.MODE

    def _follow(self) -> None:
        opened = self.app.opened
        if opened is None or opened is self._shown or not self.is_current:
            return
        self._shown = opened
        self.query_one(HeaderStrip).show(opened.place)
        self.show_opened(opened)

    @on(Worker.StateChanged)
    def _tell_failure(self, event: Worker.StateChanged) -> None:
        """Say in a dialog what kept work in the background from ending well."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.show_failure(event.worker.error)
