"""Compare: policies side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import DataTable, Static

from results import compare
from results.comparison.reported import deciding
from results.errors import ExperimentError
from results.reading.rows import ASKED
from results.reading.signs import faces_of
from results.runs import running
from results.runs.finished_replications import holds_anything
from results.runs.store import open_run
from results.runs.unfinished import is_unfinished, open_unfinished
from results.uncertain.past import centres_in
from results.uncertain.words import sentences
from tui.compare.comparison_keeping import ComparisonKeeping
from tui.compare.comparison_panes import ComparisonPanes
from tui.compare.finished_before import FinishedBefore
from tui.compare.plan import Plan
from tui.compare.plan_list import PlanList
from tui.parts.choice import ChoiceDialog
from tui.parts.saying import say
from tui.shell.pace import Pace
from tui.shell.requests import Job, Request, Update
from tui.shell.run_keeping import begun, resumed
from tui.shell.run_state import run_words
from tui.shell.run_update import RunUpdate
from tui.shell.scenario_file import ScenarioFile
from tui.what_if.day import days_of_run, why_all
from tui.why.asking_why import why_screen
from tui.worth.screen import WorthScreen
from tui.worth.worth import worth_of

BUSY = "the comparison"


class CompareScreen(ComparisonKeeping):
    """The policies of the open scenario, or of a past run, side by side."""

    MODE: ClassVar[str] = "compare"
    DEFAULT_CSS = """
    CompareScreen {
        #compare { height: 1fr; }
        #plan { width: 30; }
        #plan-under { height: auto; min-height: 2; color: $text-muted; margin-top: 1; }
        #compare-state { height: auto; margin-top: 1; }
        #compare-state.-marked { color: $accent; }
        #compare-state.-better { color: $accent; }
        #compare-state.-worse { color: $error; }
        #compare-state.-muted { color: $text-muted; }
        #compare-kept { height: auto; color: $text-muted; margin-top: 1; }
        &.-normal #plan { width: 36; }
        &.-wide #plan { width: 48; }
        &.-wide #compare-verdicts { height: 14; }
        &.-narrow #plan { width: 22; }
        &.-narrow #compare-verdicts { display: none; }
        &.-narrow #compare-cards { margin-bottom: 0; }
        &.-full #plan { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "x",
            "start_or_stop",
            "Start/stop",
            id="compare.start",
            tooltip="Run the picked policies; again to stop, and again to continue",
        ),
        Binding(
            "v",
            "next_view",
            "View",
            id="compare.view",
            tooltip="The next view: table, trade-off, waits, endings, busy, parts, intervals",
        ),
        Binding(
            "b",
            "base",
            "Against",
            id="compare.base",
            tooltip="Set the others against another policy: any two, by the pairs of their runs",
            show=False,
        ),
        Binding(
            "m",
            "measure",
            "Equation",
            id="compare.measure",
            tooltip="The equation of the measure under the cursor",
        ),
        Binding(
            "w",
            "why",
            "Why",
            id="compare.why",
            tooltip="What a difference comes from: hours, contacts, cases, money",
        ),
        Binding(
            "a",
            "worth",
            "In agents",
            id="compare.worth",
            tooltip="What the policy under the cursor is worth in agents, and for equal money",
            show=False,
        ),
        Binding(
            "y",
            "share",
            "Share",
            id="compare.share",
            tooltip="Copy the sentence, save picture and report, open the report in the browser",
            show=False,
        ),
        Binding(
            "e",
            "export",
            "Copy run",
            id="compare.export",
            tooltip="Copy the run folder with charts and report to a place of your own",
        ),
        Binding(
            "f",
            "full",
            "Full width",
            id="compare.full",
            tooltip="Give the answer the whole width, or the plan its place again",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._going: Request | None = None
        """That is being run."""
        self._request: Request | None = None
        """That can be gone on with."""
        self._later: ScenarioFile | None = None
        """What was opened while another comparison went on, which is still shown."""
        self._before = FinishedBefore()
        self._last: Update | None = None
        self._pace = Pace(self.set_timer, lambda: self.app.pressed_at)

    def body(self) -> Iterable[Widget]:
        """The plan and the views."""
        with Horizontal(id="compare"):
            with Vertical(id="plan", classes="panel") as plan:
                plan.border_title = "Policies"
                yield PlanList(self.choose, id="plan-list")
                yield Static(id="plan-under", markup=False)
                yield Static(id="compare-state", markup=False)
                yield Static(id="compare-kept", markup=False)
            yield ComparisonPanes(id="compare-panes")

    # -- what is compared ----------------------------------------------------------------------

    def show_opened(self, opened: ScenarioFile) -> None:
        """Offer the policies of the scenario."""
        scenario = opened.scenario
        if scenario is None:
            return
        if self._job is not None:
            self._later = opened
            return
        self._later = None
        added = self._added(opened)
        self._plan_of = opened
        names = (scenario.baseline, *scenario.policies)
        picked = {scenario.baseline, *(self.app.policies or scenario.policies)}
        typed = self.app.settings.plan_of(opened.path)
        if added is not None:
            picked, typed = self._plan.picked | set(added), self._plan.typed
        faces = faces_of(scenario, names)
        self._plan = Plan(faces, picked & set(names)).as_typed(typed)
        self._request = None
        self._show_plan()
        self._say_days(opened)
        if added is None:
            self._last = None
        else:
            # The answer that is shown is about policies that are still what they were.
            if added:
                self._say(f"○ x runs {', '.join(added)} as well", "muted")
            return
        self._say("○ x runs the picked policies", "muted")
        self._pace.forget()
        self.query_one(ComparisonPanes).forget()
        self.query_one(PlanList).show_progress({}, 0)
        self._say_kept("")
        self.query_one(PlanList).focus()

    def _added(self, opened: ScenarioFile) -> list[str] | None:
        """The policies saved since into the file whose answer is shown; None for anything else.

        A copy of a shipped file counts as that file.
        """
        before = self._plan_of.scenario if self._plan_of is not None else None
        now = opened.scenario
        if before is None or now is None or self._plan_of is None:
            return None
        if self._plan_of.path not in (opened.path, opened.copy_of) or before is now:
            return None
        same = {name: one for name, one in now.policies.items() if name in before.policies}
        without = now.model_copy(update={"policies": before.policies})
        if same != before.policies or without != before:
            return None
        return [name for name in now.policies if name not in before.policies]

    def come_back(self) -> None:
        """Show what was opened while a comparison went on that is over now."""
        if self._plan_of is not None:
            self._say_days(self._plan_of)  # others may have been chosen on the bench
        if self._later is not None and self._job is None:
            if self._added(self._later) is None:
                said = "what was compared before is in Runs (5)."
                self.notify(f"{self._later.name} is open now; {said}")
            self.show_opened(self._later)

    def continue_run(self, folder: Path) -> None:
        """Show a run that was stopped or killed, and run what is left of it."""
        self.show_run(folder, go_on=True)

    def show_run(self, folder: Path, *, go_on: bool = False) -> None:
        """Show a past run; what runs is stopped, and nothing of it is shown any more.

        Args:
            folder: of the run.
            go_on: run what is left of it as well.
        """
        if self._job is not None and self._folder == folder:
            return  # it runs, and is shown
        self._stop()
        self._job = self._going = self._request = self._later = None
        self.app.idle(BUSY)
        self._say("Reading the run …", "muted")
        self._read(folder, go_on)

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self, folder: Path, go_on: bool) -> None:
        if is_unfinished(folder):
            self._read_unfinished(folder, go_on)
            return
        run = open_run(folder)
        comparison = compare(run.experiment, ASKED)
        notes = [*run.notes]
        centres = centres_in(run, notes)
        if centres is not None:
            notes += sentences(centres, deciding(comparison))
        done = dict.fromkeys(run.experiment.policies, len(run.experiment.replications))
        update = Update(
            "done" if run.manifest.complete else "stopped",
            done,
            run.experiment.planned,
            experiment=run.experiment,
            comparison=comparison,
        )
        self.app.call_from_thread(self._show_past, folder, update, notes)

    def _read_unfinished(self, folder: Path, go_on: bool) -> None:
        """Read a run that was stopped or killed: its replications are the answer so far."""
        run = open_unfinished(folder)
        found = run.experiment
        done = {name: sum(key[0] == name for key in found.finished) for name in found.policies}
        comparison = compare(found, ASKED) if found.replications else None
        experiment = found if comparison is not None else None
        update = Update("stopped", done, found.planned, None, experiment, comparison)
        tell = self.app.call_from_thread
        tell(self._show_past, folder, update, run.notes, resumed(run))
        if go_on:
            tell(self.action_start_or_stop)

    def _show_past(
        self,
        folder: Path,
        update: Update,
        notes: Sequence[str] = (),
        request: Request | None = None,
    ) -> None:
        """Show a past run.

        Args:
            folder: of the run.
            update: what it found.
            notes: what a reader must know of it.
            request: what is left to run of it; None where it is whole.
        """
        self._folder, self._request, self._plan_of = folder, request, None
        of = request or update.experiment
        assert of is not None
        precise = request.precision if request is not None else None
        self._plan = Plan(
            faces_of(of.scenario, of.policies),
            set(of.policies),
            update.planned,
            precise.text if precise is not None else "",
            of.seed,
        )
        self._show_plan()
        self._pace.forget()
        self.query_one(ComparisonPanes).forget()
        self.query_one(ComparisonPanes).say_days(days_of_run(of.scenario))
        self._show_update(update)
        what = "Past run" if request is None else "Stopped run; x continues it"
        self._say_kept("\n".join((f"{what}: {folder}", *notes)))

    @property
    def running(self) -> bool:
        """Whether something runs now."""
        return self._job is not None

    def forget_request(self) -> None:
        """What was begun is not gone on with."""
        self._request = None

    # -- running -------------------------------------------------------------------------------

    def action_start_or_stop(self) -> None:
        """Run, stop or continue."""
        if self._job is not None:
            self._stop()
        elif self._request is not None and _is_there(self._request):
            self._submit(self._request)
        else:
            self._begin()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _begin(self) -> None:
        opened = self.app.opened
        if opened is None or opened.scenario is None:
            return
        if self._plan_of is not opened:
            # A past run is shown, or another file, which may have policies of the same names.
            self.show_opened(opened)
        self._say("Making the run folder …", "muted")
        self._begin_folder(opened)

    @work(thread=True, exclusive=True, group="begin", exit_on_error=False)
    def _begin_folder(self, opened: ScenarioFile) -> None:
        plan, scenario = self._plan, opened.scenario
        assert scenario is not None
        request = Request(
            scenario=scenario,
            policies=plan.chosen,
            replications=plan.replications,
            precision=plan.precision,
            seed=plan.seed,
            measures=ASKED,
            as_they_come=True,
        )
        known = self._before.known(request)
        folder = begun(self.app.runs, opened.name, request, opened.file)
        self.app.call_from_thread(self._submit, replace(request, folder=folder, known=known))

    def _submit(self, request: Request) -> None:
        if self._job is not None:
            # Somebody was quicker with the key than the folder was made.
            if request.folder is not None:
                self._drop(request.folder)
            return
        self._request = self._going = request
        self._folder = request.folder
        if request.folder is not None:
            try:
                running.claim(request.folder)
            except ExperimentError as error:
                self._request = self._going = None
                self.app.show_failure(error)
                return
            self.app.in_use.add(request.folder)
        self._say_kept(f"Kept as it comes in {request.folder}")
        self._job = self.app.runner.submit(
            request, lambda update: self.post_message(RunUpdate(request, update))
        )
        self.app.busy(BUSY, self._stop)

    @on(RunUpdate)
    def _told(self, event: RunUpdate) -> None:
        request, update = event.request, event.update
        if update.over:
            self._let_go(request, update)
        if request is not self._going:
            return
        if update.over:
            self._job = self._going = None
            self.app.idle(BUSY)
            nothing_kept = request.folder is None or not request.folder.is_dir()
            if update.state == "done" or (update.experiment is None and nothing_kept):
                # Nothing is left to continue.
                self._request = None
        self._show_update(update)
        if update.state == "failed":
            self.app.show_error("The comparison failed", update.words, update.detail)
        elif update.over and update.experiment is not None and update.experiment.damaged:
            self.notify("\n".join(update.experiment.damaged), severity="warning")

    def _let_go(self, request: Request, update: Update) -> None:
        """Do with the folder what is due when a run is over, whatever is shown by then."""
        if update.experiment is not None:
            self._before.keep(update.experiment)
        folder = request.folder
        if folder is None:
            return
        if update.state == "done":
            self._keep(folder, update)
            return
        self.app.in_use.discard(folder)
        # Whoever wants to continue it may: this app, another one, or the command line.
        running.release(folder)
        if update.experiment is None and not holds_anything(folder):
            self._drop(folder)

    def _show_update(self, update: Update) -> None:
        self.query_one(PlanList).show_progress(update.done, update.planned)
        self._last = update
        if update.experiment is not None and update.comparison is not None:
            self._pace.draw(partial(self._show_answer, update), now=update.over)
        self._show_last()

    def _show_answer(self, update: Update) -> None:
        if update.experiment is not None and update.comparison is not None:
            panes = self.query_one(ComparisonPanes)
            panes.show_answer(update.experiment, update.comparison)
            self._show_last()

    def _show_last(self) -> None:
        """Say how far what is shown is, and against what the others are set."""
        update, panes = self._last, self.query_one(ComparisonPanes)
        if update is None:
            return
        words, tone = run_words(update)
        if update.state == "stopped" and self._request is not None:
            words += " · x continues"
        if panes.base and panes.base != next(iter(self._plan.faces)):
            words += f"\n● the others against {self._plan.faces[panes.base].title}"
        self._say(words, tone)

    def _say_days(self, opened: ScenarioFile) -> None:
        """Say which days are compared, and why."""
        if opened.scenario is not None:
            words = why_all(opened.scenario, self.app.settings.days_of(opened.path))
            self.query_one(ComparisonPanes).say_days(words)

    def _say(self, words: str, tone: str) -> None:
        state = self.query_one("#compare-state", Static)
        state.set_classes(f"-{tone}")
        say(state, words)

    # -- looking -------------------------------------------------------------------------------

    @on(DataTable.CellSelected, "#compare-table")
    def _drill(self) -> None:
        measure = self.query_one(ComparisonPanes).measure
        if measure is not None:
            self.query_one(ComparisonPanes).drill(measure)

    def action_measure(self) -> None:
        """Say what the measure under the cursor means."""
        measure = self.query_one(ComparisonPanes).measure
        if measure is not None:
            self.app.show_measure(measure)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_base(self) -> None:
        """Choose the policy that the others are set against."""
        panes = self.query_one(ComparisonPanes)
        experiment = panes.experiment
        if experiment is None or len(experiment.policies) < 2:
            self.notify("There are no two policies to set against each other yet.")
            return
        choices = {
            name: f"{face.sign.mark} {face.title}"
            for name, face in self._plan.faces.items()
            if name in experiment.policies
        }
        dialog = ChoiceDialog("Set the others against", choices, panes.base)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            panes.set_against(chosen)
            self._show_last()

    @property
    def pointed_at(self) -> str:
        """The policy under the cursor, in the list or the table; else the favoured one."""
        panes, plan = self.query_one(ComparisonPanes), self.query_one(PlanList)
        policy = plan.current if plan.has_focus else panes.policy
        known = panes.experiment.policies[1:] if panes.experiment is not None else ()
        return policy if isinstance(policy, str) and policy in known else panes.favoured

    @work(thread=True, group="worth", exit_on_error=False)
    def action_worth(self) -> None:
        """Run the baseline with more and more agents against the policy under the cursor."""
        tell = self.app.call_from_thread
        if self._job is not None:
            tell(self.notify, "Stop the run first: x stops it, and what is finished stays.")
            return
        experiment, policy = self.query_one(ComparisonPanes).experiment, self.pointed_at
        if experiment is None or not policy:
            tell(self.notify, "Put the cursor on a policy that has run.")
            return
        try:
            asked = worth_of(experiment.scenario, policy)
        except ExperimentError as error:
            tell(self.notify, str(error))
            return
        tell(self.app.push_screen, WorthScreen(asked, experiment.seed))

    def action_why(self) -> None:
        """Say what the differences come from, those of the policy under the cursor first."""
        experiment = self.query_one(ComparisonPanes).experiment
        found = why_screen(experiment, self.pointed_at, self.finished_files)
        if isinstance(found, str):
            self.notify(found)
        else:
            self.app.push_screen(found)

    def action_share(self) -> None:
        """Copy the answer; save picture and report, say where, and open the report."""
        self.share(self.query_one(ComparisonPanes).sentence)

    def action_next_view(self) -> None:
        """Go to the next view."""
        self.query_one(ComparisonPanes).next_view()

    def action_full(self) -> None:
        """Give the answer the whole width, or the plan its place again."""
        self.set_class(not self.has_class("-full"), "-full")
        self.query_one(ComparisonPanes).draw_again()


def _is_there(request: Request) -> bool:
    """Whether the folder of a stopped run was left where it was."""
    return request.folder is None or request.folder.is_dir()


SCREEN = CompareScreen
