"""The full-screen app: the shell with its screens, commands and looks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.screen import Screen

from tui.parts import loading
from tui.shell import keys
from tui.shell.settings import Settings
from tui.shell.shell import Shell
from tui.shell.shutdown import left_unfinished


def _screen(mode: str) -> Callable[[], Screen[None]]:
    """How the screen of a mode is made; its module is loaded when somebody goes there."""

    def made() -> Screen[None]:
        # The first screen is there before anything heavy; the others need it anyhow.
        if mode != FirstlineApp.DEFAULT_MODE:
            loading.everything()
        screen: Screen[None] = import_module(f"tui.{mode}.screen").SCREEN()
        return screen

    return made


def _commands(name: str, module: str = "tui.app.palette") -> Callable[[], type[Provider]]:
    """A provider of commands; its module is loaded when the palette is opened."""

    def found() -> type[Provider]:
        loading.everything()
        provider: type[Provider] = getattr(import_module(module), name)
        return provider

    return found


class FirstlineApp(Shell):
    """The app that a person opens."""

    TITLE = "firstline"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        mode: _screen(mode) for mode in keys.MODES
    }
    DEFAULT_MODE = "scenarios"
    BINDINGS: ClassVar[list[BindingType]] = [*keys.APP]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        _commands("KeyCommands"),
        _commands("MeasureCommands"),
        _commands("AskingCommands", "tui.app.asking_palette"),
    }
    COMMAND_PALETTE_DISPLAY = "^p"

    def get_driver_class(self) -> type[Driver]:
        """What shows the app: a terminal, or a browser whose server may go away."""
        found = super().get_driver_class()
        if found.__name__ != "WebDriver":
            return found
        from tui.app.served_driver import ServedDriver

        return ServedDriver

    def get_ready(self, when_seen: Callable[[], None]) -> None:
        """Get ready for the first visits of screens as well."""
        super().get_ready(when_seen)
        loading.later()
        from tui.what_if.bench import Bench

        if self.opened is not None and self.opened.scenario is not None:
            # What may be turned is read from the schema, which takes a moment the first time.
            Bench.of(self.opened.scenario)

    def action_help(self) -> None:
        """Every key of this screen, every measure, every assumption."""
        loading.everything()
        from tui.app.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_from_records(self) -> None:
        """Make a scenario from a centre's own records, and go to it in the list."""
        loading.everything()
        from tui.records.screen import RecordsScreen
        from tui.records.session import Session
        from tui.records.work import Processes
        from tui.terminal.environment import workers_or_default

        screen = RecordsScreen(Session(Path.cwd()), Processes(workers_or_default()))
        self.push_screen(screen, lambda made: self.show_made(made) if made else None)

    def _fatal_error(self) -> None:
        # Textual would print every frame with its variables; a person gets words and a file.
        from tui.terminal.refusals import fault_words

        error = sys.exception()
        self.panic(Text(fault_words(error) if error else ""))


def run_app() -> None:
    """Open the app in this terminal until the user leaves it.

    Run folders and workers are those of the environment, as for the commands.
    """
    from tui.shell.late_runner import LateRunner
    from tui.terminal.console import say
    from tui.terminal.environment import runs_folder, workers_or_default

    runs, workers = runs_folder(), workers_or_default()
    runner = LateRunner(workers)
    settings = Settings.of_this_user()
    app = FirstlineApp(runner=runner, settings=settings, runs=runs, when_seen=runner.load)
    try:
        app.run()
    finally:
        runner.close()
    for words in left_unfinished(app.left_unfinished):
        say(words)
    if app.return_code:
        sys.exit(app.return_code)
