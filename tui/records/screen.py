"""A new scenario from records: files, columns, report, backtest, and a name for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import ClassVar, TypeVar

from rich.text import Text
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import ContentSwitcher, Footer, Static

from results.backtest.backtest import DEFAULT_REPLICATIONS
from scenarios import ScenarioError
from scenarios.records.field_words import is_time
from scenarios.records.mapping import KINDS, shipped
from scenarios.shares import percent
from tui.parts.choice import ChoiceDialog
from tui.parts.curve import lying_bar
from tui.parts.row_table import RowTable
from tui.records.backtest_pane import BacktestPane
from tui.records.columns_pane import ColumnsPane
from tui.records.files_pane import FilesPane
from tui.records.paths import path_of
from tui.records.report_pane import ReportPane
from tui.records.session import DATES, NO_CALLS, UNITS, Chosen, Session, error_words
from tui.records.work import Processes, StoppedError, Task
from tui.shell.shell import Shell

STEPS = {"files": "Files", "columns": "Columns", "report": "Report", "backtest": "Backtest"}
BUSY = "reading and fitting records"
LOOK_S = 0.25
"""How often the time that has passed is shown."""
_BAR = 20

Made = TypeVar("Made")


class RecordsScreen(ModalScreen[Path | None]):
    """Step by step from files of records to a scenario file, which is given back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="records.back", tooltip="Stop what runs; a step back"),
        Binding("enter", "confirm", "Backtest", id="records.next", tooltip="Predict unseen days"),
        Binding("f", "fit", "Fit", id="records.fit", tooltip="Fit a centre to the records"),
        Binding("s", "save", "Save", id="records.save", tooltip="Save the scenario as a file"),
        Binding(
            "e", "draw", "Pictures", id="records.draw", tooltip="Draw the backtest as PNG and SVG"
        ),
        Binding("r", "report", "Report", id="records.report", tooltip="Back to the report"),
    ]
    DEFAULT_CSS = """
    RecordsScreen {
        background: $background;

        #records-title { height: 1; padding: 0 1; background: $panel; }
        #records-steps { height: 1fr; margin-top: 1; }
        #records-state { height: 1; padding: 0 1; color: $text-muted; }
    }
    """

    app = getters.app(Shell)

    def __init__(self, session: Session, processes: Processes) -> None:
        """Begin at the files.

        Args:
            session: what was chosen and found.
            processes: where the work is done.
        """
        super().__init__()
        self.session = session
        self._processes = processes
        self._job: Task | None = None
        self._doing, self._share, self._since = "", 0.0, 0.0
        self._then_predict = False
        self._before: Chosen | None = None
        """How the files were read before the choice that is looked at now."""

    def compose(self) -> ComposeResult:
        """Where one is, the step, what runs, the keys."""
        yield Static(id="records-title", markup=False)
        with ContentSwitcher(initial="files", id="records-steps"):
            yield FilesPane(self.session)
            yield ColumnsPane(self.session)
            yield ReportPane(self.session)
            yield BacktestPane(self.session)
        yield Static("", id="records-state", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the files."""
        self._go("files")
        self.set_interval(LOOK_S, self._show_state)

    def on_unmount(self) -> None:
        """Nobody waits any more, and nothing can be shown."""
        job, self._job = self._job, None
        if job is not None:
            job.stop()
        self._processes.close()
        self.app.idle(BUSY)

    # -- going about -------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step that is seen."""
        return str(self.query_one(ContentSwitcher).current)

    def _go(self, step: str) -> None:
        # A widget that is hidden while it has the keyboard hands it on a moment later.
        self.set_focus(None)
        self.query_one(ContentSwitcher).current = step
        title = Text("New scenario from records   ", "bold")
        for number, (name, words) in enumerate(STEPS.items()):
            title.append(" → " if number else "")
            title.append(words, "bold reverse" if name == step else "")
        self.query_one("#records-title", Static).update(title)
        pane = self.query_one(f"#{step}")
        assert isinstance(pane, FilesPane | ColumnsPane | ReportPane | BacktestPane)
        pane.renew()
        self.set_focus(pane.first)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Which keys do something here."""
        step, session = self.step, self.session
        if action == "confirm":
            return step in ("columns", "report") or (step == "backtest" and session.test is None)
        if action == "fit":
            there = session.records is not None and session.fitted is None
            return step == "report" and there and self._job is None
        if action == "save":
            return step in ("report", "backtest") and session.fitted is not None
        if action == "draw":
            return step == "backtest" and session.test is not None
        return action != "report" or step == "backtest"

    async def action_back(self) -> None:
        """Stop what runs; else go a step back, and leave from the first one."""
        if self._job is not None:
            self._stop()
            return
        steps = list(STEPS)
        at = steps.index(self.step)
        if at:
            self._go(steps[at - 1])
        else:
            self._leave()

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def _leave(self) -> None:
        session = self.session
        question = "Nothing is saved yet. Leave anyway?"
        if session.fitted is None or await self.app.ask_yes(question, "Leave"):
            self.dismiss(None)

    def action_report(self) -> None:
        """Back to the report."""
        self._go("report")

    def action_confirm(self) -> None:
        """Go on."""
        if self.step == "columns":
            self._read()
        elif self.step in ("report", "backtest"):
            self._to_backtest()

    # -- what takes long ---------------------------------------------------------------------

    def _begin(
        self,
        work: Callable[[Task], Made],
        done: Callable[[Made], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do something in a thread; what keeps it from ending well is said in words."""
        if self._job is not None:
            self._stop()
        self._job = task = self._processes.task(self._told)
        self._doing, self._share, self._since = "", 0.0, monotonic()
        self.app.busy(BUSY, task.stop)
        self.refresh_bindings()
        self._in_thread(task, work, done, failed)

    @work(thread=True, exit_on_error=False, group="records")
    def _in_thread(
        self,
        task: Task,
        work: Callable[[Task], Made],
        done: Callable[[Made], None],
        failed: Callable[[str], None],
    ) -> None:
        try:
            made = work(task)
        except StoppedError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is shown words
            self.app.call_from_thread(self._failed, task, error, failed)
        else:
            self.app.call_from_thread(self._done, task, made, done)

    def _done(self, task: Task, made: Made, done: Callable[[Made], None]) -> None:
        if task is self._job and self.is_mounted:
            self._end()
            done(made)

    def _failed(self, task: Task, error: Exception, failed: Callable[[str], None]) -> None:
        if task is not self._job or not self.is_mounted:
            return
        self._end()
        if words := error_words(error):
            failed(words)
        else:
            self.app.show_failure(error)

    def _told(self, what: str, share: float) -> None:
        self._doing, self._share = what, share

    def _stop(self) -> None:
        if self._job is None:
            return
        self._job.stop()
        if self._before is not None:
            self.session.chosen = self._before
        self._end()
        if self._then_predict:
            self._then_predict = False
            again = "Stopped. r goes back to the report, where f fits the centre again."
            self.query_one(BacktestPane).say(again)
        words = "Stopped."
        if self.step == "report" and self.session.fitted is None:
            words += " f fits the centre again."
        self._say(words)

    def _end(self) -> None:
        self._job = self._before = None
        self.app.idle(BUSY)
        self._say("")
        self.refresh_bindings()

    def _say(self, words: str) -> None:
        self.query_one("#records-state", Static).update(words)

    def _show_state(self) -> None:
        if self._job is None or not self._doing:
            return
        what = f"▶ {self._doing[0].upper()}{self._doing[1:]}"
        bar = f" {lying_bar(self._share, _BAR)} {percent(self._share)}" if self._share else " …"
        self._say(f"{what}{bar} {monotonic() - self._since:.0f} s · Esc stops it")

    # -- files and columns -------------------------------------------------------------------

    @on(FilesPane.Ready)
    def _look_first(self) -> None:
        self._begin(self.session.look, lambda _: self._go("columns"), self._refuse_files)

    def _refuse_files(self, words: str) -> None:
        self.session.clear()
        self._go("files")
        self.query_one(FilesPane).say(words)

    def action_pick(self) -> None:
        """Take one file more, or leave it out."""
        self.query_one(FilesPane).pick()

    def action_up(self) -> None:
        """Go to the folder above."""
        self.query_one(FilesPane).up()

    def _look_again(self, before: Chosen) -> None:
        """Look at the columns as they are chosen now; what does not work is taken back."""

        def failed(words: str) -> None:
            self.session.chosen = before
            self.app.show_error("That does not go with these files", words)

        self._begin(self.session.look, lambda _: self.query_one(ColumnsPane).renew(), failed)
        self._before = before

    @on(RowTable.RowSelected, "#columns-table")
    @work(exclusive=True, group="ask", exit_on_error=False)
    async def _change(self) -> None:
        row = self.query_one(ColumnsPane).chosen
        if row is None or self._job is not None:
            return
        words = dict(self.session.choices)
        dialog = ChoiceDialog(f"What does {row.column} mean?", words, row.field)
        taken_for = await self.app.push_screen_wait(dialog)
        if taken_for is not None and taken_for != row.field:
            before = self.session.chosen
            self.session.take_as(row.column, taken_for)
            self._look_again(before)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_unit(self) -> None:
        """Say in which unit the numbers of a column are."""
        row = self.query_one(ColumnsPane).chosen
        if row is None or self._job is not None:
            return
        if not is_time(row.field):
            self.notify("Only a column of times has a unit.")
            return
        asked = f"In which unit is {row.column}, where it has no colon?"
        unit = await self.app.push_screen_wait(ChoiceDialog(asked, UNITS, row.unit))
        if unit is not None and unit != row.unit:
            before = self.session.chosen
            self.session.read_in(row.field, unit)
            self._look_again(before)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_kind(self) -> None:
        """Say what a row is."""
        dialog = ChoiceDialog("What is in these files?", KINDS, self.session.kind)
        kind = await self.app.push_screen_wait(dialog)
        if kind is not None and kind != self.session.kind:
            before = self.session.chosen
            self.session.read_kind(kind)
            self._look_again(before)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_dates(self) -> None:
        """Say whether the day or the month comes first."""
        mapping = self.session.mapping
        dialog = ChoiceDialog("Dates such as 03/04", DATES, mapping.dates if mapping else "")
        order = await self.app.push_screen_wait(dialog)
        if order is not None:
            before = self.session.chosen
            self.session.read_dates(order)
            self._look_again(before)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_mapping(self) -> None:
        """Take the columns by a shipped mapping, or by a mapping file."""
        choices = {"": "a mapping file …"} | {name: one.title for name, one in shipped().items()}
        dialog = ChoiceDialog("Which mapping says what the columns mean?", choices)
        name = await self.app.push_screen_wait(dialog)
        if name == "":
            name = await self.app.ask_text("The mapping file?", placeholder="columns.toml")
        if name is None:
            return
        before = self.session.chosen
        try:
            self.session.read_by(name)
        except ScenarioError as error:
            self.app.show_error("This is no mapping", "\n\n".join(map(str, error.problems)))
        else:
            self._look_again(before)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_write_mapping(self) -> None:
        """Write what was chosen as a mapping file."""
        typed = await self.app.ask_text(
            "Keep the columns as which mapping file?",
            "columns.toml",
            check=self.session.mapping_refusal,
        )
        if typed is None:
            return
        try:
            self.session.save_mapping(path_of(typed.strip(), self.session.folder))
        except OSError as error:
            self.app.show_error("The mapping cannot be written", error_words(error))
        else:
            self.notify(f"{typed} can be given next month, here or with --mapping.", title="Kept")

    # -- reading, fitting, predicting --------------------------------------------------------

    def _read(self) -> None:
        if self._job is not None:
            return
        session = self.session
        if session.lacking:
            self.app.show_error(
                "These records cannot be read yet",
                "\n\n".join(f"The file {one}." for one in session.lacking),
                "Put the cursor on the column that says it, press Space, and choose what it means.",
            )
            return
        if session.records is not None:
            self._go("report")
            return
        self._begin(
            session.read,
            lambda _: self._show_read(),
            lambda words: self.app.show_error("These records cannot be used", words),
        )

    def _show_read(self) -> None:
        self._go("report")
        self.action_fit()

    def action_fit(self) -> None:
        """Fit a centre to the records."""
        if self.session.records is None or self._job is not None:
            return
        report = self.query_one(ReportPane)
        report.say("What was fitted stands here as soon as it is known.")
        self._begin(self.session.fit, lambda _: self._show_fitted(), self._not_fitted)

    def _show_fitted(self) -> None:
        self.query_one(ReportPane).renew()
        if self._then_predict:
            self._predict()
            return
        further = "Enter predicts days to see how far to trust it · " * self.session.can_predict
        self._say(f"✓ Fitted. {further}s saves the scenario")

    def _not_fitted(self, words: str) -> None:
        self._then_predict = False
        self.query_one(ReportPane).say(f"✗ No scenario can be made of these records: {words}")
        self.query_one(BacktestPane).say(f"✗ {words}")

    def _to_backtest(self) -> None:
        session = self.session
        if self.step == "report":
            self._go("backtest")
        if session.test is not None:
            return
        if not session.can_predict:
            self.query_one(BacktestPane).say(NO_CALLS)
        elif self._job is not None:
            self._then_predict = True
        else:
            self._predict()
            return
        if self._then_predict:
            self.query_one(BacktestPane).say("Days are predicted as soon as the centre is fitted.")

    def _predict(self) -> None:
        self._then_predict = False
        pane = self.query_one(BacktestPane)
        pane.say(
            "The first two thirds of the days are fitted, and the others predicted from when "
            f"customers came and who was there, {DEFAULT_REPLICATIONS} times."
        )
        self._begin(
            lambda task: self.session.backtest(task, DEFAULT_REPLICATIONS),
            lambda _: self._show_predicted(),
            lambda words: pane.say(f"✗ {words}"),
        )

    def _show_predicted(self) -> None:
        self.query_one(BacktestPane).renew()
        self.refresh_bindings()
        self._say("✓ Predicted. s saves the scenario · e draws pictures · r back to the report")

    # -- keeping -----------------------------------------------------------------------------

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_draw(self) -> None:
        """Draw the backtest as pictures, as the command line does."""
        session = self.session
        folder = await self.app.ask_text(
            "Draw the pictures into which folder?", "backtest", check=session.pictures_refusal
        )
        if folder is not None:
            self._draw(path_of(folder.strip(), session.folder))

    def _draw(self, folder: Path) -> None:
        self._begin(
            lambda task: self.session.draw(task, folder),
            lambda paths: self.notify(
                f"{len(paths)} pictures in {paths[0].parent}, PNG and SVG.", title="Drawn"
            ),
            lambda words: self.app.show_error("The pictures cannot be drawn", words),
        )

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_save(self) -> None:
        """Save the scenario, and go to it."""
        session = self.session
        typed = await self.app.ask_text(
            "Save the scenario as?", session.free_name(), check=session.target_refusal
        )
        if typed is None:
            return
        try:
            written = session.save(typed)
        except OSError as error:
            words = error_words(error) or str(error)
            self.app.show_error("The scenario cannot be written", words)
            return
        files = ", ".join(path.name for path in written.files)
        self.notify(f"{files}. Enter asks what-ifs of it.", title="Written")
        self.dismiss(written.files[0].resolve())
