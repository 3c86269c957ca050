"""Scenarios: which contact centre to work on."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget
from textual.worker import get_current_worker

from tui.parts import loading
from tui.parts.line_list import LineList
from tui.parts.row_table import RowTable, on_enter
from tui.scenarios.question_list import QuestionList
from tui.shell import scenario_file
from tui.shell.mode import ModeScreen
from tui.shell.scenario_file import ScenarioFile, at_home
from tui.shell.shell import Beginning

# This screen is the first to be seen. What reads scenarios and draws charts takes longer to load
# than the rest of the app; it is loaded in the thread that reads, while the frame is there already.
if TYPE_CHECKING:
    from tui.scenarios.catalogue import Entry
    from tui.scenarios.last_answers import LastAnswer
    from tui.scenarios.preview import ScenarioDay, ScenarioPreview
    from tui.scenarios.questions import Question


PATIENCE_S = 3.0
"""After which the other files are read even where no questions came."""


class ScenarioTable(RowTable):
    """Scenario files and the latest runs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        on_enter("Open", "scenarios.open", "Work on the scenario, or open the run to compare"),
        Binding(
            "right",
            "screen.to_questions",
            "Ask",
            id="scenarios.ask",
            tooltip="To the questions of this scenario",
            show=False,
        ),
    ]


class ScenariosScreen(ModeScreen):
    """Scenarios and the latest runs in a table; beside it what can be asked, and a preview."""

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
            "f",
            "app.from_records",
            "From records",
            id="scenarios.records",
            tooltip="New scenario from records: an export of your telephone system",
        ),
        Binding(
            "k",
            "check",
            "Check",
            id="scenarios.check",
            tooltip="Say everything that is wrong with the file, and every warning",
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
        #scenarios-left { width: 58; height: 100%; }
        #scenarios-panel { height: 1fr; }
        #scenarios { height: 100%; }
        #scenarios-day { height: 58%; max-height: 22; }
        #scenarios-beside { width: 1fr; height: 100%; }
        #questions-panel { height: auto; max-height: 50%; }
        #questions-panel.-none { display: none; }
        #questions { height: auto; max-height: 100%; min-height: 3; }
        #scenarios-preview { width: 100%; height: 1fr; }

        &.-wide {
            #scenarios-left { width: 76; }
            #scenarios-day { height: 58%; max-height: 34; }
            .day-plot { height: 15; }
        }

        &.-narrow {
            #scenarios-body { layout: vertical; }
            #scenarios-left { width: 100%; height: 7; }
            #scenarios-day { display: none; }
            #scenarios-beside { width: 100%; height: 1fr; }
            #questions-panel { max-height: 9; }
            #preview-facts { margin-bottom: 0; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}
        self._beside: ScenarioPreview | None = None
        self._day: ScenarioDay | None = None
        self._sought: Entry | None = None
        """The row whose questions are shown, or are being found."""
        self._answered: dict[str, dict[str, LastAnswer]] = {}
        """What was found last for each file; shown until it is looked for again."""
        self._made = ""
        """The file that was just made; the cursor goes to it once it is listed."""
        self._opened_last: Path | None = None
        """The file that was shown as the open one."""
        self._asking = False
        """Whether there were questions already; until then the keyboard waits for them."""
        self._asked_early = False
        """Enter was pressed before there was a question; it counts for the first one."""
        self._useful = threading.Event()
        """Set when the questions are there: what is read after them has no hurry."""

    def body(self) -> Iterable[Widget]:
        """The table and the preview."""
        with Container(id="scenarios-body"):
            with Vertical(id="scenarios-left"):
                with Vertical(id="scenarios-panel", classes="panel") as table:
                    table.border_title = "Contact centres"
                    yield ScenarioTable(
                        "Scenario", "", "Last run", gives_way="Scenario", id="scenarios"
                    )
                yield Vertical(id="scenarios-day")
            with (
                Vertical(id="scenarios-beside"),
                Vertical(id="questions-panel", classes="panel") as questions,
            ):
                questions.border_title = "What would you like to know?"
                questions.border_subtitle = "at the right the last answer"
                yield QuestionList(id="questions")

    def on_mount(self) -> None:
        """The keyboard begins at the questions."""
        self.query_one(QuestionList).focus()

    def on_unmount(self) -> None:
        """Nobody waits for the questions any more."""
        self._useful.set()

    def come_back(self) -> None:
        """See what has come since."""
        self.read_catalogue(Path.cwd())

    def show_opened(self, opened: ScenarioFile) -> None:
        """Put the cursor on the scenario that is open; of another state of it show what is new."""
        self.query_one(ScenarioTable).choose(str(opened.path))
        if self._opened_last == opened.path:
            self.read_catalogue(Path.cwd())
        self._opened_last = opened.path
        self._preview()

    # -- reading -----------------------------------------------------------------------------

    def action_reread(self) -> None:
        """Look at the files and runs again, and at what was kept open against its file."""
        self.app.outside.again()
        self.read_catalogue(Path.cwd())

    @work(thread=True, exclusive=True, exit_on_error=False, group="catalogue")
    def read_catalogue(self, folder: Path) -> None:
        """Read scenario files and runs in a thread: names and questions first, then the rest."""
        loading.questions()
        from tui.scenarios import catalogue

        worker, entries = get_current_worker(), []
        recent = self.app.settings.last.recent
        if not self._entries:
            # Names immediately: reading takes as long as a person needs to look at them.
            self.app.call_from_thread(self._list, list(catalogue.named(folder, recent)))
            self._useful.wait(PATIENCE_S)
        loading.everything()
        from tui.scenarios import preview as scenario_preview

        for entry in catalogue.read(folder, self.app.runs, recent):
            if worker.is_cancelled:
                return
            entries.append(entry)
        made = scenario_preview.ScenarioPreview, scenario_preview.ScenarioDay
        self.app.call_from_thread(self._show, entries, *made)

    def _show(
        self, entries: list[Entry], preview: type[ScenarioPreview], day: type[ScenarioDay]
    ) -> None:
        if self._beside is None or self._day is None:
            self._beside, self._day = preview(id="scenarios-preview"), day(id="preview-day")
            self.query_one("#scenarios-beside").mount(self._beside)
            self.query_one("#scenarios-day").mount(self._day)
        self._list(entries)
        self._preview()

    def _list(self, entries: list[Entry]) -> None:
        self._entries = {str(one.path): one for one in entries}
        table = self.query_one(ScenarioTable)
        first, opened = table.chosen is None, self.app.opened
        table.put((str(one.path), one.cells) for one in entries)
        if self._made in self._entries:
            table.choose(self._made)
            self._made = ""
        elif first and opened is not None:
            table.choose(str(opened.path))

    # -- the row under the cursor ------------------------------------------------------------

    @property
    def chosen(self) -> Entry | None:
        """The row under the cursor."""
        return self._entries.get(self.query_one(ScenarioTable).chosen or "")

    @on(RowTable.RowHighlighted, "#scenarios")
    def _preview(self) -> None:
        chosen = self.chosen
        if chosen is None or self.app.opened is None:
            return  # the cursor is on its way to the scenario that is open
        if self._beside is not None and self._day is not None:
            self._beside.show(chosen)
            self._day.show(chosen)
        if chosen is not self._sought:
            self._sought = chosen
            self._find_questions(chosen)

    @on(RowTable.RowSelected, "#scenarios")
    def _open(self, event: RowTable.RowSelected) -> None:
        # The row that Enter was pressed on; the cursor may have gone on since.
        entry = self._entries.get(str(event.row_key.value))
        if entry is None:
            return
        if entry.kind == "run":
            self.app.show_run(entry.path)
        elif entry.problems:
            self._check(entry)
        else:
            self.app.open_scenario(entry.path, then="what_if")

    # -- asking ------------------------------------------------------------------------------

    @work(thread=True, exit_on_error=False, group="questions")
    def _find_questions(self, entry: Entry) -> None:
        """Derive the questions of a row, then look for their last answers in its runs."""
        if entry is not self._sought:
            return  # the cursor has gone on
        loading.questions()
        from tui.scenarios.questions import questions_of

        tell = self.app.call_from_thread
        found = scenario_file.read(entry.path) if entry.kind != "run" else None
        if found is None or found.scenario is None:
            tell(self._show_questions, entry, [], {})
            return
        questions = questions_of(found.scenario)
        tell(self._show_questions, entry, questions, self._answered.get(str(entry.path), {}))
        loading.everything()
        from tui.scenarios.last_answers import last_answers

        given = self.app.settings.answers.of(found)
        answers = last_answers(found, questions, self.app.runs, given)
        if entry is self._sought:
            tell(self._show_questions, entry, questions, answers)

    def _show_questions(
        self, entry: Entry, questions: list[Question], answers: dict[str, LastAnswer]
    ) -> None:
        if entry is not self._sought:
            return
        self._useful.set()
        self.app.make_ready()
        self._answered[str(entry.path)] = answers
        shown = self.query_one(QuestionList)
        if not questions and not self._asking:
            return  # the cursor is still on its way to the scenario that is open
        self._asking = True
        if not questions and shown.has_focus:
            self.action_to_scenarios()
        self.query_one("#questions-panel").set_class(not questions, "-none")
        shown.show_questions(questions, answers)
        if questions and self._asked_early:
            shown.choose()
        self._asked_early = False

    @on(LineList.Chosen, "#questions")
    def _ask(self) -> None:
        entry = self.chosen
        question = self.query_one(QuestionList).current
        if entry is not None and entry.kind == "run":
            self.app.show_run(entry.path)  # it has no questions; those of before are going
            return
        if question is None or entry is None:
            self._asked_early = not self._answered
            return
        self.app.begin_what_if(entry.path, Beginning(question.knob, question.policy))

    def action_to_questions(self) -> None:
        """Go to the questions of the scenario under the cursor."""
        if self.query_one("#questions-panel").display:
            self.query_one(QuestionList).focus()

    def action_to_scenarios(self) -> None:
        """Go to the table of scenarios."""
        self.query_one(ScenarioTable).focus()

    def action_check(self) -> None:
        """Say everything that is wrong with the file, and every warning."""
        if self.chosen is not None:
            self._check(self.chosen)

    @work(thread=True, exit_on_error=False)
    def _check(self, entry: Entry) -> None:
        from tui.shell import new_files

        if entry.kind != "run":
            words, detail = new_files.checked(entry.path)
            self.app.call_from_thread(self.app.show_words, entry.name, words, detail)

    @work(exit_on_error=False, group="ask")
    async def action_copy(self) -> None:
        """Copy the scenario into a file of the user."""
        from tui.shell import new_files

        if (entry := self.chosen) is not None:
            question, text = f"Copy {entry.name} to which file?", new_files.text_of(entry.file)
            await self._make(question, entry.name, text, entry.file.parent)

    @work(exit_on_error=False, group="ask")
    async def action_new(self) -> None:
        """Begin a scenario with a template."""
        from tui.shell import new_files

        found = new_files.templates()
        name = await self.app.ask_choice(
            "Begin with", {one: new_files.about(text) for one, text in found.items()}
        )
        if name is not None:
            await self._make("Name of the new file?", "my-centre", found[name])

    def show_made(self, path: Path) -> None:
        """Put the cursor on a file that was just made."""
        self._made = str(path)
        self.action_to_scenarios()
        self.read_catalogue(Path.cwd())

    async def _make(self, question: str, name: str, text: str, tables: Path | None = None) -> None:
        """Ask for a file that is not there yet, and write the text and its tables there."""
        from tui.shell import new_files

        folder = Path.cwd()
        free = new_files.free_name(folder, name)
        answer = await self.app.ask_text(
            question, free, check=lambda typed: new_files.refusal(folder, typed)
        )
        if answer is None:
            return
        path = new_files.write(folder, answer, text, tables)
        self.notify(f"{at_home(path)} is yours now: change it in any editor.", title="Written")
        self.show_made(path)


SCREEN = ScenariosScreen
