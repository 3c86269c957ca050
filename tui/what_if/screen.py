"""What-if: turn a knob, see what it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from scenarios import Scenario
from scenarios.schema import Policy
from tui.how_far.how_far import how_far
from tui.how_far.screen import HowFarScreen
from tui.parts.line_list import LineList
from tui.scenarios.answered import remember_levels, remember_what_if
from tui.shell.pace import Pace
from tui.shell.requests import Job, Request, Update
from tui.shell.run_keeping import exported, measured, whole
from tui.shell.run_update import RunUpdate
from tui.shell.saving import save_as_policy
from tui.shell.scenario_file import ScenarioFile, at_home
from tui.shell.sharing import screen_picture, shared
from tui.terminal.run_files import RunFiles
from tui.what_if.answer import WhatIfAnswer
from tui.what_if.bench import Bench, RefusedError, Turned
from tui.what_if.day import Stretch, one_day, stretch_for, whole_horizon, why_this
from tui.what_if.knob_detail import KnobDetail
from tui.what_if.knob_list import KnobList
from tui.what_if.knob_turning import KnobTurning
from tui.what_if.measure_list import MeasureList
from tui.what_if.memory import Memory
from tui.why.asking_why import why_screen

SETTLED_S = 0.25
"""A change is run when nothing was turned for so long."""

REPLICATIONS_OF_A_DAY = 20
REPLICATIONS_OF_ALL = 10


class WhatIfScreen(KnobTurning):
    """Knobs at the left; at the right the base next to what they make of it."""

    MODE: ClassVar[str] = "what_if"
    AUTO_FOCUS = "#knobs"
    DEFAULT_CSS = """
    WhatIfScreen {
        #what-if { height: 1fr; }
        #answer { scrollbar-size-vertical: 1; }
        #bench { width: 33; }
        #knobs-panel { height: 1fr; }
        #knob-find { height: 1; border: none; padding: 0 1; display: none; }
        #knob-find.-open { display: block; }
        &.-normal #bench { width: 42; }
        &.-wide #bench { width: 56; }
        &.-full #bench { display: none; }

        &.-narrow #answer-headline { min-height: 4; }
        &.-wide #answer-headline { min-height: 2; }
        &.-wide #answer-body { layout: horizontal; }
        &.-wide #answer-figures { width: 78; height: 100%; }
        &.-wide #answer-pictures { width: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s",
            "save",
            "Save",
            id="what_if.save",
            tooltip="Save what is turned as a policy into the scenario file",
        ),
        Binding(
            "x",
            "stop_or_go",
            "Stop/go",
            id="what_if.stop",
            tooltip="Stop the run; again to continue",
        ),
        Binding(
            "d",
            "days",
            "Day/all",
            id="what_if.days",
            tooltip="Run one day, or the whole horizon as Compare does; remembered for this file",
        ),
        Binding(
            "e",
            "export",
            "Export",
            id="what_if.export",
            tooltip="Keep this answer as a run folder with charts and a report",
            show=False,
        ),
        Binding(
            "y",
            "share",
            "Share",
            id="what_if.share",
            tooltip="Copy the sentence, save picture and report, open the report in the browser",
            show=False,
        ),
        Binding(
            "m",
            "measure",
            "Equation",
            id="what_if.measure",
            tooltip="The equation of the measure under the cursor",
            show=False,
        ),
        Binding(
            "w",
            "why",
            "Why",
            id="what_if.why",
            tooltip="What the difference comes from: hours, contacts, cases, money",
        ),
        Binding(
            "h",
            "how_far",
            "How far",
            id="what_if.how_far",
            tooltip="Run the knob under the cursor at several levels, and seek a goal",
        ),
        Binding(
            "f",
            "full",
            "Full width",
            id="what_if.full",
            tooltip="Give the answer the whole width, or the knobs their place again",
            show=False,
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._memory: Memory | None = None
        self._job: Job | None = None
        self._begun_with: tuple[Request, Bench, Memory] | None = None
        """What the latest request was made of; what is turned may have gone on since."""
        self._waiting: Timer | None = None
        self._last: Update | None = None
        self._pace = Pace(self.set_timer, lambda: self.app.pressed_at)
        self._pale = Pace(self.set_timer, lambda: self.app.pressed_at)
        """Paints the answer pale that is about something else by now."""
        self._kept: tuple[Update, RunFiles] | None = None
        """The answer that was kept last, and where."""
        self._carried: tuple[Path, Turned, Mapping[str, str]] | None = None
        """What is turned, kept while the knobs of another state of the file are made."""
        self._bench_of: Path | None = None
        """The file whose knobs there are."""

    def body(self) -> Iterable[Widget]:
        """The bench and the answer."""
        with Horizontal(id="what-if"):
            with Vertical(id="bench"):
                with Vertical(id="knobs-panel", classes="panel") as panel:
                    panel.border_title = "Knobs"
                    yield Input(id="knob-find", placeholder="Find a knob")
                    yield KnobList(self.turn_knob, self.ask_for, id="knobs")
                yield KnobDetail(id="knob-detail")
            with VerticalScroll(id="answer", can_focus=False):
                yield WhatIfAnswer(id="what-if-answer")

    # -- the open scenario ---------------------------------------------------------------------

    def show_opened(self, opened: ScenarioFile) -> None:
        """Make the knobs of the scenario, and run its base."""
        if self._only_saved(opened):
            return
        bench = self._bench
        if bench is not None and self._bench_of == opened.path and not bench.turned.nothing:
            words = {knob.key: f"{knob.title}: {knob.shown}" for knob in bench.changed}
            self._carried = opened.path, bench.turned, words
        self._stop()
        self._pace.forget()
        self._bench = self._memory = self._last = None
        self.query_one(KnobList).forget()
        if opened.scenario is not None:
            self._make(opened, opened.scenario)

    def _only_saved(self, opened: ScenarioFile) -> bool:
        """Whether the base is what it was: only policies are others, as when one was saved.

        Then knobs, answer and what runs stay as they are, also where it was saved into a copy of a
        shipped file.
        """
        bench, before, scenario = self._bench, self._bench_of, opened.scenario
        if bench is None or before is None or scenario is None:
            return False
        if before not in (opened.path, opened.copy_of):
            return False
        if scenario.model_copy(update={"policies": {}}) != bench.base:
            return False
        self._bench_of = opened.path
        return True

    @work(thread=True, exclusive=True, group="bench", exit_on_error=False)
    def _make(self, opened: ScenarioFile, scenario: Scenario) -> None:
        # Reading what may be turned from the schema takes a moment the first time.
        chosen = self.app.settings.days_of(opened.path)
        bench, stretch = Bench.of(scenario), stretch_for(scenario, chosen)
        self.app.call_from_thread(self._made, opened, bench, stretch)

    def _made(self, opened: ScenarioFile, bench: Bench, stretch: Stretch) -> None:
        if opened is not self._shown:
            return  # another file was opened while the knobs of this one were made
        if self._carried is not None and self._carried[0] == opened.path:
            bench, refused = bench.with_what_works(self._carried[1])
            if refused:
                words = (
                    f"{opened.place} has changed. These changes no longer work, and are left out:"
                )
                said = self._carried[2]
                lines = "\n\n".join(f"{said.get(key, key)}\n{why}" for key, why in refused.items())
                self.app.show_words("Not everything could be turned again", words, lines)
        self._carried, self._bench_of = None, opened.path
        self._memory = Memory(stretch)
        self.take(bench)
        self.query_one(KnobList).focus()
        self.begin()

    def begin(self) -> None:
        """Begin what was asked for on another screen, once the knobs of its scenario are there."""
        asked, bench, opened = self.app.beginning, self._bench, self._shown
        if asked is None or bench is None or opened is None or opened is not self.app.opened:
            return
        self.app.beginning = None
        if asked.afresh:
            scenario = opened.scenario
            policy = scenario.policies.get(asked.policy) if scenario is not None else None
            self._try(bench.reset_all() if policy is None else bench.start_from(policy))
        knobs, now = self.query_one(KnobList), self._bench or bench
        turned = next((knob.key for knob in now.changed), "")
        self.remove_class("-full")
        knobs.find("")
        knobs.go_to(asked.knob or turned)
        # Immediately: keys that were pressed already are meant for the knob.
        self.set_focus(knobs)

    def take(self, bench: Bench) -> None:
        """Show a turned bench, and run it when nothing more is turned for a moment."""
        self._bench, self._last = bench, None
        self._pace.forget()
        self._stop()
        self.query_one(KnobList).show_knobs(bench.knobs)
        self._show_detail()
        # The knob is seen to turn before the whole answer is painted pale.
        turned = partial(self._answer.show_turned, bench, self._days_words(bench))
        self.call_after_refresh(self._pale.draw, turned)
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(SETTLED_S, self._run)

    def _days_words(self, bench: Bench) -> str:
        """Which days are run, and why."""
        memory, opened = self._memory, self._shown
        if memory is None or opened is None:
            return ""
        return why_this(memory.stretch, bench.base, self.app.settings.days_of(opened.path))

    # -- running -------------------------------------------------------------------------------

    @property
    def _answer(self) -> WhatIfAnswer:
        return self.query_one(WhatIfAnswer)

    def _run(self) -> None:
        self._stop()
        bench, memory = self._bench, self._memory
        if bench is None or memory is None:
            return
        stretch = memory.stretch
        one = not stretch.whole or stretch.scenario.horizon.days == 1
        count = REPLICATIONS_OF_A_DAY if one else REPLICATIONS_OF_ALL
        request = memory.request(bench, count)
        self._begun_with = request, bench, memory
        self._job = self.app.runner.submit(
            request, lambda update: self.post_message(RunUpdate(request, update))
        )
        self._answer.say_begun(count)
        self.app.busy("the what-if", self._stop)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        if self._job is not None:
            self._job.stop()

    def action_stop_or_go(self) -> None:
        """Stop the run, or continue it."""
        if self._job is not None:
            self._stop()
        else:
            self._run()

    @on(RunUpdate)
    def _told(self, event: RunUpdate) -> None:
        update = event.update
        if self._begun_with is None or event.request is not self._begun_with[0]:
            return
        _, bench, memory = self._begun_with
        if update.experiment is not None:
            memory.keep(bench, update.experiment)
        if bench is self._bench and memory is self._memory:
            self._last = update
            done = update.state == "done"
            if update.comparison is not None:
                self._pace.draw(partial(self._show, update), now=update.over and not done)
            if not done:
                self._answer.show_state(update)
        if update.over:
            self._job = None
            self.app.idle("the what-if")
        if update.state == "done" and update.comparison is not None and self._shown is not None:
            self._remember(self._shown, bench, update, memory.stretch.scenario)
        if update.state == "failed":
            self.app.show_error("The what-if failed", update.words, update.detail)

    def _show(self, update: Update) -> None:
        """Show what is known; that the run is whole is said with its figures, not before."""
        self._pale.finish()
        self._answer.show_update(update)
        if update.over:
            self._answer.show_state(update)

    @work(thread=True, group="answers", exit_on_error=False)
    def _remember(self, opened: ScenarioFile, bench: Bench, update: Update, over: Scenario) -> None:
        """Remember the answer for the questions that it answers."""
        if update.comparison is not None:
            remember_what_if(self.app.settings.answers, opened, bench, update.comparison, over)

    def action_days(self) -> None:
        """Run one day, or the whole horizon."""
        bench, memory, opened = self._bench, self._memory, self._shown
        if bench is None or memory is None or opened is None:
            return
        whole = memory.stretch.whole
        stretch = (one_day if whole else whole_horizon)(bench.base)
        if whole and stretch.whole:
            self.notify("The scenario has only one day to run.")
            return
        self._memory = Memory(stretch)
        self.app.settings.choose_days(opened.path, "day" if whole else "all")
        self.take(replace(bench))

    # -- what else can be done with an answer --------------------------------------------------

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_save(self) -> None:
        """Save what is turned as a policy."""
        opened, bench = self._shown, self.bench
        if opened is None or opened.scenario is None or bench is None:
            return
        turned = bench.turned
        if turned.nothing:
            self.notify("No change made yet: there is nothing to save.")
            return
        policy = Policy(
            title=bench.title, changes=dict(turned.changes), remove=tuple(turned.remove)
        )
        saved = await save_as_policy(self.app, opened, policy)
        if saved is not None:
            self.app.take_saved(saved.file)
            self.notify(f"{saved.name} is saved in {at_home(saved.path)}. Compare it on screen 3.")

    def action_measure(self) -> None:
        """Say what the measure under the cursor means."""
        name = self.query_one(MeasureList).current
        if name is not None:
            self.app.show_measure(name)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if isinstance(event.sender, MeasureList):
            self.action_measure()

    def action_why(self) -> None:
        """Say what the difference comes from."""
        last = self._last
        experiment = last.experiment if last is not None else None
        if experiment is not None and last is not None and self._bench is not None:
            experiment = replace(experiment, scenario=self._bench.titled(experiment.scenario))
            experiment = whole(experiment) if last.over else experiment
        found = why_screen(experiment, "", partial(self._files_of, self._shown, self._last))
        if isinstance(found, str):
            self.notify(found)
        else:
            self.app.push_screen(found)

    @work(thread=True, group="how-far", exit_on_error=False)
    def action_how_far(self) -> None:
        """Run the knob under the cursor at several levels."""
        bench, memory, knob = self._bench, self._memory, self.query_one(KnobList).current
        opened, tell = self._shown, self.app.call_from_thread
        if opened is None or bench is None or memory is None or knob is None:
            tell(self.notify, "Put the cursor on a knob first.")
            return
        try:
            asked = how_far(bench, knob, memory.stretch)
        except RefusedError as error:
            tell(self.notify, str(error))
            return
        book = self.app.settings.answers

        stretch = memory.stretch

        def remember(words: str) -> None:
            remember_levels(book, opened, bench, knob, words, stretch.scenario)

        tell(self._stop)
        tell(self.app.push_screen, HowFarScreen(asked, stretch.words, opened, remember))

    def action_full(self) -> None:
        """Give the answer the whole width, or the knobs their place again."""
        full = not self.has_class("-full")
        self.set_class(full, "-full")
        self.query_one(MeasureList if full else KnobList).focus()

    def action_export(self) -> None:
        """Keep the answer as a run folder."""
        update = self._last
        if update is None or update.experiment is None or not update.over:
            self.notify("There is nothing to keep until the run has ended or was stopped.")
            return
        self.notify("Measuring every part, drawing charts and writing the report …")
        assert self._shown is not None
        self._export(self._shown, update)

    @work(thread=True, group="export", exit_on_error=False)
    def _export(self, opened: ScenarioFile, update: Update) -> None:
        files = self._exported(opened, update)
        self.app.call_from_thread(self.notify, f"Kept in {files.folder}", timeout=10)
        self.app.call_from_thread(self.app.tell_missing, files)

    def _exported(self, opened: ScenarioFile, update: Update) -> RunFiles:
        """The run folder of an answer, made once for each."""
        assert update.experiment is not None
        if self._kept is not None and self._kept[0] is update and self._kept[1].folder.is_dir():
            return self._kept[1]
        experiment = measured(self.app.runner, update.experiment)
        files = exported(self.app.runs, f"{opened.name}-what-if", experiment, opened.file)
        self._kept = update, files
        return files

    def _files_of(self, opened: ScenarioFile | None, update: Update | None) -> RunFiles | None:
        """Keep an answer; None where it is not whole yet."""
        if opened is None or update is None or update.experiment is None or not update.over:
            return None
        return self._exported(opened, update)

    def action_share(self) -> None:
        """Copy the sentence; save picture and report, say where, and open the report."""
        self._pace.finish()
        update = self._last
        if self._shown is None or update is None or update.experiment is None or not update.over:
            self.notify("There is nothing to share until the run has ended or was stopped.")
            return
        self.app.copy_to_clipboard(self._answer.sentence)
        self.notify("The sentence is copied. Drawing charts and writing the report …")
        self._share(self._shown, update, self.app.export_screenshot())

    @work(thread=True, group="export", exit_on_error=False)
    def _share(self, opened: ScenarioFile, update: Update, picture: str) -> None:
        files = self._exported(opened, update)
        found = shared(files, [screen_picture(files, picture)], show=not self.app.is_web)
        self.app.call_from_thread(self.notify, found.in_words(), title="Shared", timeout=20)
        self.app.call_from_thread(self.app.tell_missing, files)


SCREEN = WhatIfScreen
