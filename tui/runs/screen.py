"""Runs: what was run before."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import typer
from rich.text import Text
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from results.runs.folders import remove
from results.runs.store import Run, open_run
from tui.parts.harmless import harmless
from tui.parts.row_table import Cell, RowTable, on_enter
from tui.runs.past_runs import PastRun, past_runs
from tui.runs.shareable import shareable
from tui.shell.mode import ModeScreen
from tui.shell.run_facts import called, facts, local
from tui.shell.sharing import shared

NOTHING = "No run yet.\n\nCompare policies (3), or: firstline compare retail-complaints"


_WHY_NOT = {
    "": "This run is whole: there is nothing to continue. Enter opens it.",
    "damaged": "A file of this run is damaged; Enter opens what can be read of it.",
    "running": "Another process is at work in this run. Wait for it, or end it (Ctrl-C there).",
    "start again": "Begun by an earlier version: start it again. What is in it stays.",
}
_NO_VERDICT = "The name of the scenario is copied: this run compares no policies."


class RunTable(RowTable):
    """Run folders, the latest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        on_enter("Open", "runs.open", "Open the run in the comparison, as when it was run")
    ]


class RunsScreen(ModeScreen):
    """Past runs in a table; what the one under the cursor found is shown next to it."""

    MODE: ClassVar[str] = "runs"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "mark",
            "Mark",
            id="runs.mark",
            tooltip="Mark a run to compare another one with it",
        ),
        Binding(
            "b",
            "beside",
            "Compare marked",
            id="runs.beside",
            tooltip="Compare the run under the cursor with the marked one",
        ),
        Binding(
            "x",
            "go_on",
            "Continue",
            id="runs.go_on",
            tooltip="Run what is left of a run that was stopped or killed",
        ),
        Binding(
            "y",
            "share",
            "Share",
            id="runs.share",
            tooltip="Copy what the run found, say where picture and report are, open the report",
            show=False,
        ),
        Binding("f", "folder", "Folder", id="runs.folder", tooltip="Open the folder of the run"),
        Binding(
            "delete,d",
            "delete",
            "Delete",
            id="runs.delete",
            key_display="d",
            tooltip="Delete the run's folder; asks first",
        ),
        Binding("r", "reread", "Read again", id="runs.reread", tooltip="Look at the folders again"),
    ]

    DEFAULT_CSS = """
    RunsScreen {
        #runs-body { height: 1fr; layout: horizontal; }
        #runs-panel { width: 1fr; height: 100%; }
        #runs { height: 100%; }
        #runs-about { width: 46; height: 100%; scrollbar-size-vertical: 1; }
        #runs-nothing { display: none; }

        &.-empty {
            #runs-panel, #runs-about { display: none; }
            #runs-nothing { display: block; }
        }

        &.-wide #runs-about { width: 80; }

        &.-narrow {
            #runs-body { layout: vertical; }
            #runs-panel { width: 100%; height: 1fr; }
            #runs-about { width: 100%; height: 9; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._runs: dict[str, PastRun] = {}
        self._marked: str | None = None

    def body(self) -> Iterable[Widget]:
        """The table, and what the run under the cursor found."""
        with Container(id="runs-body"):
            with Vertical(id="runs-panel", classes="panel") as panel:
                panel.border_title = "Past runs"
                yield RunTable(
                    "",
                    "Date",
                    "Scenario",
                    "Policies",
                    "Reps",
                    "Seed",
                    "Precision",
                    right=("Policies", "Reps", "Seed"),
                    gives_way="Scenario",
                    id="runs",
                )
            with VerticalScroll(id="runs-about", classes="panel") as about:
                about.border_title = "What it found"
                yield Static(id="runs-words", markup=False)
            yield Static(NOTHING, id="runs-nothing", classes="empty", markup=False)

    def come_back(self) -> None:
        """See what has been run since."""
        self.action_reread()

    def action_reread(self) -> None:
        """Look at the folders again."""
        self.read_runs(self.app.runs)

    @work(thread=True, exclusive=True, exit_on_error=False, group="runs")
    def read_runs(self, root: Path) -> None:
        """Read what the run folders say, without holding up the screen."""
        self.app.call_from_thread(self._show, past_runs(root))

    def _show(self, found: list[PastRun]) -> None:
        self._runs = {str(one.folder): one for one in found}
        if self._marked not in self._runs:
            self._marked = None
        self.set_class(not found, "-empty")
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(RunTable)
        table.put((key, _cells(one, key == self._marked)) for key, one in self._runs.items())
        self._about()

    # -- the row under the cursor ------------------------------------------------------------

    @property
    def chosen(self) -> PastRun | None:
        """The run under the cursor."""
        return self._runs.get(self.query_one(RunTable).chosen or "")

    @on(RunTable.RowHighlighted, "#runs")
    def _about(self) -> None:
        if self.chosen is not None:
            self.query_one("#runs-words", Static).update(harmless(_about(self.chosen)))
            self.query_one("#runs-about").scroll_home(animate=False)

    @on(RunTable.RowSelected, "#runs")
    def _open(self, event: RunTable.RowSelected) -> None:
        # The row that Enter was pressed on; the cursor may have gone on since.
        run = self._runs.get(str(event.row_key.value))
        if run is None:
            return
        if run.unreadable:
            self.app.show_error("This run cannot be opened", run.unreadable)
        else:
            self.app.show_run(run.folder)

    def action_go_on(self) -> None:
        """Run what is left of a run that was stopped or killed."""
        run = self.chosen
        if run is None:
            return
        if run.folder in self.app.in_use:
            self.app.go("compare")
        elif run.unreadable:
            self.app.show_error("This run cannot be continued", run.unreadable)
        elif run.can_go_on:
            self.app.show_run(run.folder, go_on=True)
        else:
            self.notify(_WHY_NOT[run.state])

    def action_share(self) -> None:
        """Copy what the run found; see to it that it has pictures and a report, and say where."""
        run = self.chosen
        if run is None:
            return
        said = run.manifest
        if said is None or not said.complete:
            self.notify("Only a finished run can be shared. x runs what is left of a stopped one.")
            return
        self.app.copy_to_clipboard("\n".join(said.verdicts.values()) or called(said))
        copied = "What it found is copied." if said.verdicts else _NO_VERDICT
        self.notify(f"{copied} Looking for picture and report …")
        self._share(run.folder, copied)

    @work(thread=True, exit_on_error=False, group="share")
    def _share(self, folder: Path, copied: str) -> None:
        found = shared(*shareable(folder), show=not self.app.is_web, copied=copied)
        self.app.call_from_thread(self.notify, found.in_words(), title="Shared", timeout=20)

    def action_mark(self) -> None:
        """Mark the run, or take the mark away."""
        if self.chosen is not None:
            key = str(self.chosen.folder)
            self._marked = None if self._marked == key else key
            self._fill()

    def action_beside(self) -> None:
        """Compare the run under the cursor with the marked one; the earlier one comes first."""
        run = self.chosen
        if run is None:
            return
        if self._marked in (None, str(run.folder)):
            self.notify("Mark one run with Space, go to the other one, then press b.")
        else:
            self._set_beside(sorted([Path(str(self._marked)), run.folder]))

    @work(thread=True, exit_on_error=False)
    def _set_beside(self, folders: list[Path]) -> None:
        first, second = (open_run(folder) for folder in folders)
        self.app.call_from_thread(self._show_both, first, second)

    def _show_both(self, first: Run, second: Run) -> None:
        from tui.runs.two_runs import TwoRunsScreen

        self.app.push_screen(TwoRunsScreen(first, second))

    @work(exit_on_error=False, group="ask")
    async def action_delete(self) -> None:
        """Delete the run's folder once that was confirmed."""
        run = self.chosen
        if run is not None and run.folder in self.app.in_use:
            self.notify("This run is not finished (3). Stop it there first: x.")
        elif run is not None and await self.app.ask_yes(
            f"Delete {run.folder} with all its tables and charts?\nIt cannot be brought back.",
            "Delete",
            "Keep",
        ):
            remove(run.folder)
            self.action_reread()

    @work(thread=True, exit_on_error=False)
    def action_folder(self) -> None:
        """Open the folder where folders are looked at; say where it is."""
        run = self.chosen
        if run is not None:
            folder = run.folder.resolve()
            # Not every machine has something that shows folders; then the words will do.
            with suppress(OSError):
                typer.launch(str(folder))
            self.app.call_from_thread(self.notify, str(folder), title="Folder of the run")


def _cells(run: PastRun, marked: bool) -> list[Cell]:
    sign = "●" if marked else ""
    said = run.manifest
    if said is None:
        return [
            sign,
            Text("✗", "$error"),
            Text(run.folder.name, "$error"),
            "",
            "",
            "",
            "unreadable",
        ]
    count = f"{said.replications}" if said.complete else f"{said.replications}/{said.planned}"
    return [
        sign,
        local(said.started),
        said.name,
        str(len(said.policies)),
        count,
        str(said.origin.seed),
        run.state or run.precision,
    ]


def _about(run: PastRun) -> str:
    if run.manifest is None:
        return f"✗ {run.unreadable}\n\nThe folder can be deleted (d), or repaired by hand (f)."
    before = [f"✗ {run.damaged}", ""] if run.damaged else []
    before += ["■ Stopped: x runs what is left.", ""] if run.can_go_on else []
    return "\n".join([*before, *facts(run.folder, run.manifest)])


SCREEN = RunsScreen
