"""The shell: what the screens of the app share, and nothing that they show.

The screens know the shell, and the app, which is a shell with screens, knows the screens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.app import ScreenStackError
from textual.filter import LineFilter
from textual.reactive import reactive
from textual.widget import Widget

from tui.parts import loading
from tui.shell import keys, scenario_file, tidying
from tui.shell.messages import MessageApp
from tui.shell.outside import OutsideWatch
from tui.shell.outside_line import show_on, tells
from tui.shell.scenario_file import ScenarioFile
from tui.shell.settings import Settings
from tui.shell.shutdown import leave_on_signals
from tui.shell.style_sheets import StyleSheets
from tui.shell.themes import DARK, LIGHT, STYLED, THEMES

if TYPE_CHECKING:
    from tui.shell.requests import Runner


LOOK_S = 0.5
"""How often it is looked whether the open file has changed on disk; twice before it is read."""

READY_S = 3.0
"""Time after which what is needed later is made ready, whatever the first screen does."""

HELD_S = 15.0
"""Time after which keys are no longer held for a what-if that does not begin."""


@dataclass(frozen=True)
class Beginning:
    """Where a what-if begins."""

    knob: str = ""
    """Key of the knob under the cursor; empty for the first one that is turned."""
    policy: str = ""
    """Whose knobs are turned; empty for those of the base."""
    afresh: bool = True
    """Whether what is turned already is turned back."""


@runtime_checkable
class BeginsWhatIf(Protocol):
    """A screen that takes up the what-if that was asked for."""

    def begin(self) -> None:
        """Begin what was asked for, as soon as the scenario is there."""


@runtime_checkable
class ShowsRuns(Protocol):
    """A screen that shows past runs."""

    def show_run(self, folder: Path) -> None:
        """Show the run in a folder."""

    def continue_run(self, folder: Path) -> None:
        """Show a run that was stopped or killed, and run what is left of it."""


@runtime_checkable
class ListsScenarios(Protocol):
    """A screen that lists scenario files."""

    def show_made(self, path: Path) -> None:
        """Put the cursor on a file that was just made."""


class Shell(MessageApp):
    """What the screens have in common: the open scenario, the runner, dialogs, what is running."""

    opened: reactive[ScenarioFile | None] = reactive(None)
    """The scenario file to work on; None until the first one is read."""
    policies: reactive[tuple[str, ...]] = reactive(())
    """Policies picked for comparing; those that the open scenario has."""

    first_screen = "scenarios"
    """Where the app begins, whichever screen it was left on."""

    def __init__(
        self,
        *,
        runner: Runner,
        settings: Settings,
        runs: Path = Path("runs"),
        when_seen: Callable[[], None] | None = None,
    ) -> None:
        """Put the app together.

        Args:
            runner: what runs replications for the screens.
            settings: choices and the last state; kept up to date.
            runs: where run folders are.
            when_seen: what is to be made ready in a thread once the first screen is of use.
        """
        super().__init__()
        self.stylesheet = StyleSheets(self.get_css_variables())
        self.runner = runner
        self._when_seen = when_seen
        self.settings = settings
        self.runs = runs
        """Where run folders are."""
        self.in_use: set[Path] = set()
        """Run folders that are being written."""
        self._opening: object = None
        """What was asked to be opened last: a file that takes longer to read does not win."""
        self.beginning: Beginning | None = None
        """The what-if that was asked for and is not begun yet; keys wait for it."""
        self._asked_at = 0.0
        self.left_unfinished: set[Path] = set()
        """Those that were being written when the app was left."""
        self.outside = OutsideWatch()
        """What becomes of the open file outside the app."""
        self._stops: dict[str, Callable[[], None]] = {}
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = LIGHT if settings.choices.theme == "light" else DARK

    def on_mount(self) -> None:
        """Begin with the questions, and open what was open when the app was left."""
        self.go(self.first_screen)
        # Threads would take their share of the time in which the first frame is painted.
        asked = self._opening
        self.call_after_refresh(self._beside, lambda: self._reopen(asked), "open")
        self.set_interval(LOOK_S, self.look_outside)

    def on_ready(self) -> None:
        """What a terminal may send is minded from now on."""
        if not self.is_headless:
            leave_on_signals(self._leave)
            tidying.leave_to_pauses()
            self.set_interval(tidying.PAUSE_S, lambda: tidying.tidy(self.pressed_at))
        self.set_timer(READY_S, self.make_ready)

    def make_ready(self) -> None:
        """Make ready what nobody waits for yet; once, when the first screen is of use."""
        when_seen, self._when_seen = self._when_seen, None
        if when_seen is not None:
            self._beside(lambda: self.get_ready(when_seen), "ready")

    def get_ready(self, when_seen: Callable[[], None]) -> None:
        """Get ready in a thread."""
        when_seen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to each line before it is written; without colour, styles are made sure."""
        filters = super().get_line_filters()
        return [STYLED, *filters] if self.no_color else filters

    @property
    def holds_keys(self) -> bool:
        """A key after the one that begins a what-if is meant for its knob."""
        return self.beginning is not None and monotonic() - self._asked_at < HELD_S

    # -- the open scenario -------------------------------------------------------------------

    def open_scenario(self, path: Path, then: str = "") -> None:
        """Open a scenario file and go to a screen, if one is named in ``keys.MODES``.

        One with problems is told, and what was open stays open. So it does where it is another
        state of the same file: then there is the choice to read it anew.
        """
        self.beginning = None
        self._open_in_thread(path, then)

    def _open_in_thread(self, path: Path, then: str) -> None:
        self._opening = asked = object()
        self._beside(lambda: self._open(path, then, asked), "open")

    def _reopen(self, asked: object) -> None:
        here = Path.cwd()
        last = self.settings.opened_in(here)
        found = scenario_file.read(last) if last else scenario_file.newest(here)
        if found is None:
            found = scenario_file.read(scenario_file.first())
        if found.scenario is None:
            first = scenario_file.read(scenario_file.first())
            self.call_from_thread(self._take, first, asked)
            self.call_from_thread(self.show_problems, found, f"{first.name} is open instead.")
            return
        self.call_from_thread(self._take, found, asked)

    def _open(self, path: Path, then: str, asked: object) -> None:
        found = scenario_file.read(path)
        if found.scenario is None:
            self.beginning = None
            self.call_from_thread(self.show_problems, found)
        else:
            self.call_from_thread(self._take, found, asked, then)

    def _take(self, found: ScenarioFile, asked: object, then: str = "") -> None:
        if asked is not self._opening:
            return  # another file was asked for while this one was read
        if self.opened is not None and self.outside.differs(found):
            self.outside.again()
            found = self.opened
        self._show_opened(found)
        if self.beginning is not None and then == "what_if":
            self.call_later(self._begin_what_if)
        else:
            self.go(then)

    def take_saved(self, file: ScenarioFile) -> None:
        """Go on with what is open, and the policy that was just saved into it."""
        self._opening = object()
        self._show_opened(file, saved=True)

    def _show_opened(self, found: ScenarioFile, *, saved: bool = False) -> None:
        self.settings.remember(found.path, Path.cwd())
        known = found.scenario.policies if found.scenario else {}
        picked = self.settings.picked_of(found.path)
        self.policies = tuple(name for name in picked if name in known)
        if found is not self.opened:
            self.outside.follow(found, saved=saved)
        self.opened = found

    # -- what others do to the file ----------------------------------------------------------

    def look_outside(self) -> None:
        """Look whether the open file has changed on disk, and have the screen say what is known."""
        if self.outside.must_read():
            self._beside(self._read_outside, "outside")
        with suppress(ScreenStackError):  # the app is being left
            show_on(self.screen, self.outside.news)

    def _read_outside(self) -> None:
        found = self.outside.read()
        if found is not None:
            self.call_from_thread(self._tell_outside, found)

    def _tell_outside(self, found: ScenarioFile) -> None:
        self.outside.take(found)
        show_on(self.screen, self.outside.news)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The choice is there while there is something to choose; else its keys are free."""
        if action in ("read_anew", "keep_open"):
            return self.outside.news is not None and tells(self.screen)
        return super().check_action(action, parameters)

    def action_read_anew(self) -> None:
        """Take what is on disk for what is open."""
        self._beside(self._read_anew, "open")

    def _read_anew(self) -> None:
        found = self.outside.read()
        if found is None:
            return
        if found.scenario is None:
            self.call_from_thread(self.show_problems, found, "What is open stays open.")
            return
        self.call_from_thread(self._show_anew, found)

    def _show_anew(self, found: ScenarioFile) -> None:
        self._opening = object()
        self._show_opened(found)
        show_on(self.screen, None)

    def action_keep_open(self) -> None:
        """Keep what is open, until the file changes again."""
        self._beside(self._keep_open, "outside")

    def _keep_open(self) -> None:
        found = self.outside.read()
        if found is not None:
            self.call_from_thread(self._kept_open, found)

    def _kept_open(self, found: ScenarioFile) -> None:
        self.outside.keep(found)
        show_on(self.screen, None)

    def pick(self, policies: Iterable[str]) -> None:
        """Pick policies of the open scenario for comparing; they are remembered for its file."""
        self.policies = tuple(policies)
        if self.opened is not None:
            self.settings.pick(self.opened.path, self.policies)

    # -- going about -------------------------------------------------------------------------

    def go(self, mode: str) -> None:
        """Go to a screen by its name in ``keys.MODES``."""
        if mode in keys.MODES:
            self.switch_mode(mode)

    def action_go(self, mode: str) -> None:
        """Go to a screen by its key or tab."""
        self.go(mode)

    def show_run(self, folder: Path, *, go_on: bool = False) -> None:
        """Open a past run in the comparison.

        Args:
            folder: of the run.
            go_on: run what is left of one that was stopped or killed.
        """

        async def shown() -> None:
            await self.switch_mode("compare")
            screen = self.screen_stack[0]
            assert isinstance(screen, ShowsRuns)
            (screen.continue_run if go_on else screen.show_run)(folder)

        self.call_later(shown)

    def show_made(self, path: Path) -> None:
        """Show a scenario file that was just made in the list of all; Enter opens it."""

        async def shown() -> None:
            await self.switch_mode(self.first_screen)
            screen = self.screen_stack[0]
            assert isinstance(screen, ListsScenarios)
            screen.show_made(path)

        self.call_later(shown)

    def begin_what_if(self, path: Path, beginning: Beginning) -> None:
        """Open a scenario file in the what-if, with a knob under the cursor."""
        self.beginning, self._asked_at = beginning, monotonic()
        self._open_in_thread(path, "what_if")

    async def _begin_what_if(self) -> None:
        await self.switch_mode("what_if")
        screen = self.screen_stack[0]
        assert isinstance(screen, BeginsWhatIf)
        screen.begin()

    def show_measure(self, name: str) -> None:
        """Say what a measure means: its equation, its unit, its source."""
        loading.everything()
        from tui.shell.measure_help import MeasureHelp

        self.push_screen(MeasureHelp(name))

    def action_jump(self) -> None:
        """Show a letter on everything that takes the keyboard, and go to the one pressed."""
        from tui.shell.jump import JumpScreen, targets

        there = self.screen
        if not isinstance(there, JumpScreen):
            self.push_screen(JumpScreen(targets(there)), _focus)

    def action_light_or_dark(self) -> None:
        """Switch between the light and the dark theme, and remember it."""
        dark = self.theme == LIGHT
        self.theme = DARK if dark else LIGHT
        self.settings.choices.theme = "dark" if dark else "light"
        self._save_settings()

    # -- what is running, and leaving --------------------------------------------------------

    def busy(self, name: str, stop: Callable[[], None]) -> None:
        """Say what is running now, and how it is stopped."""
        self._stops[name] = stop

    def idle(self, name: str) -> None:
        """Say that it does not run any more."""
        self._stops.pop(name, None)

    async def action_quit(self) -> None:
        """Leave; when something is running, ask once and stop it."""
        from tui.parts.dialogs import YesNoDialog

        if not self._stops:
            self._leave()
        elif not isinstance(self.screen, YesNoDialog):
            what = " and ".join(self._stops)
            question = f"Still running: {what}.\nStop it and quit? What is finished is kept."
            dialog = YesNoDialog(question, "Stop and quit", "Stay")
            self.push_screen(dialog, lambda yes: self._leave() if yes else None)

    def _leave(self) -> None:
        self.left_unfinished |= self.in_use
        for stop in self._stops.values():
            stop()
        self._stops.clear()
        self._save_settings()
        self.exit()

    def _save_settings(self) -> None:
        try:
            self.settings.save()
        except OSError as error:
            self.notify(f"The settings cannot be kept: {error}", severity="warning")


def _focus(widget: Widget | None) -> None:
    if widget is not None:
        widget.focus()
