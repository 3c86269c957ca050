"""Scenarios: which contact centre to work on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.worker import get_current_worker

from results import format as numbers
from results.runs.store import SCENARIO
from tui import catalogue, new_files
from tui.catalogue import Entry
from tui.screens.mode import ModeScreen
from tui.widgets.row_table import RowTable
from tui.widgets.run_facts import local
from tui.widgets.scenario_preview import ScenarioPreview

KINDS = {"own": "yours", "shipped": "shipped", "run": "run"}


class ScenarioTable(RowTable):
    """Scenario files and the latest runs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select_cursor",
            "Open",
            id="scenarios.open",
            tooltip="Work on the scenario, or open the run in the comparison",
        ),
    ]


class ScenariosScreen(ModeScreen):
    """Shipped and own scenarios and the latest runs in one table, a preview beside it."""

    MODE: ClassVar[str] = "scenarios"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c",
            "copy",
            "Copy",
            id="scenarios.copy",
            tooltip="Copy the scenario into a file of your own, to change it",
        ),
        Binding(
            "n",
            "new",
            "New",
            id="scenarios.new",
            tooltip="Begin a scenario of your own with a small template",
        ),
        Binding(
            "k",
            "check",
            "Check",
            id="scenarios.check",
            tooltip="Say everything that is wrong with the file, and what is doubtful",
        ),
        Binding(
            "r",
            "reread",
            "Read again",
            id="scenarios.reread",
            tooltip="Look at the files and runs again",
        ),
    ]

    DEFAULT_CSS = """
    ScenariosScreen {
        #scenarios-body { height: 1fr; layout: horizontal; }
        #scenarios { width: 66; height: 100%; }
        #scenarios-preview { width: 1fr; height: 100%; border-left: vkey $panel; }

        &.-wide .preview-charts { height: 30; }

        &.-narrow {
            #scenarios-body { layout: vertical; }
            #scenarios { width: 100%; height: 10; }
            #scenarios-preview {
                width: 100%;
                height: 1fr;
                layout: horizontal;
                border-left: none;
                border-top: hkey $panel;

                .preview-story { width: 1fr; }
                .preview-charts { width: 42; height: 100%; }
                .day-plot { height: 10; }
            }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}

    def body(self) -> Iterable[Widget]:
        """The table and the preview."""
        with Container(id="scenarios-body"):
            yield ScenarioTable(
                "Scenario",
                "",
                "Per day",
                "Agents",
                "Policies",
                "Last run",
                right=("Per day", "Agents", "Policies"),
                id="scenarios",
            )
            yield ScenarioPreview(id="scenarios-preview")

    def on_screen_resume(self) -> None:
        """See what has come since."""
        super().on_screen_resume()
        self.action_reread()

    # -- reading -----------------------------------------------------------------------------

    def action_reread(self) -> None:
        """Look at the files and runs again."""
        self.read_catalogue(Path.cwd())

    @work(thread=True, exclusive=True, exit_on_error=False, group="catalogue")
    def read_catalogue(self, folder: Path) -> None:
        """Read scenario files and runs beside the screen; each is shown as soon as it is read."""
        worker = get_current_worker()
        runs = catalogue.manifests(self.app.runs)
        last = catalogue.last_runs_of(runs)
        entries: list[Entry] = []
        for kind, path in catalogue.places(folder, self.app.settings.last.recent):
            if worker.is_cancelled:
                return
            entries.append(catalogue.entry_of(kind, path, last))
        entries += catalogue.run_entries(runs)
        self.app.call_from_thread(self._show, entries)

    def _show(self, entries: list[Entry]) -> None:
        self._entries = {str(one.path): one for one in entries}
        table = self.query_one(ScenarioTable)
        first = table.chosen is None
        table.put((str(one.path), _cells(one)) for one in entries)
        opened = self.app.opened
        if first and opened is not None:
            table.choose(str(opened.path))
        self._preview()

    # -- the row under the cursor ------------------------------------------------------------

    @property
    def chosen(self) -> Entry | None:
        """The row under the cursor."""
        return self._entries.get(self.query_one(ScenarioTable).chosen or "")

    @on(RowTable.RowHighlighted, "#scenarios")
    def _preview(self) -> None:
        if self.chosen is not None:
            self.query_one(ScenarioPreview).show(self.chosen)

    @on(RowTable.RowSelected, "#scenarios")
    def _open(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        if entry.kind == "run":
            self.app.show_run(entry.path)
        elif entry.problems:
            self.action_check()
        else:
            self.app.open_scenario(entry.path)
            self.app.go("what_if")

    @work(thread=True, exit_on_error=False)
    def action_check(self) -> None:
        """Say everything that is wrong with the file, and what is doubtful."""
        entry = self.chosen
        if entry is not None and entry.kind != "run":
            words, detail = new_files.checked(entry.path)
            self.app.call_from_thread(self.app.show_words, entry.name, words, detail)

    @work(exit_on_error=False, group="ask")
    async def action_copy(self) -> None:
        """Copy the scenario into a file of the user's own."""
        entry = self.chosen
        if entry is None:
            return
        source = entry.path / SCENARIO if entry.kind == "run" else entry.path
        await self._make(f"Copy {entry.name} to which file?", entry.name, new_files.text_of(source))

    @work(exit_on_error=False, group="ask")
    async def action_new(self) -> None:
        """Begin a scenario with a template."""
        found = new_files.templates()
        name = await self.app.ask_choice(
            "Begin with", {one: new_files.about(text) for one, text in found.items()}
        )
        if name is not None:
            await self._make("Name of the new file?", "my-centre", found[name])

    async def _make(self, question: str, name: str, text: str) -> None:
        """Ask for a file that is not there yet, and write the text into it."""
        folder = Path.cwd()
        free = new_files.free_name(folder, name)
        answer = await self.app.ask_text(
            question, free, check=lambda typed: new_files.refusal(folder, typed)
        )
        if answer is None:
            return
        path = new_files.write(folder, answer, text)
        self.notify(f"{path.name} is yours now: change it in any editor.", title="Written")
        await self.read_catalogue(folder).wait()
        self.query_one(ScenarioTable).choose(str(path))


def _cells(entry: Entry) -> list[str | Text]:
    name = Text(entry.name)
    kind = Text(KINDS[entry.kind], "dim")
    last = local(entry.last_run)
    if entry.outline is None:
        return [Text(f"✗ {entry.name}", "red"), kind, "", "", "", last]
    size = entry.outline
    policies = len(entry.run.policies) if entry.run else len(size.policies) + 1
    return [name, kind, numbers.number(round(size.per_day)), str(size.agents), str(policies), last]


SCREEN = ScenariosScreen
