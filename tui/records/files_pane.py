"""Which files: a path typed, pasted or dragged, or found in a folder."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from tui.parts.row_table import RowTable
from tui.records.paths import Listing, is_there, listing, paths_in
from tui.records.session import Session
from tui.shell.scenario_file import at_home

HINT = (
    "CSV (gzip or not), Parquet or .xlsx, with a row for each call, each interval or each ticket. "
    "Type or paste a path, or drag files here."
)


class PathInput(Input):
    """A path; Tab completes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="records.complete", tooltip="Complete the path"),
        Binding("down", "to_list", "List", id="records.list", tooltip="To the list", show=False),
    ]

    class Complete(Message):
        """Somebody wants to type no further."""

    class ToList(Message):
        """Somebody wants to choose from the list."""

    def action_complete(self) -> None:
        """Complete what was typed."""
        self.post_message(self.Complete())

    def action_to_list(self) -> None:
        """Go to the list."""
        self.post_message(self.ToList())

    def on_paste(self, event: events.Paste) -> None:
        """Take every line: files that are dragged together may come in lines of their own."""
        event.prevent_default()
        event.stop()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        self.insert_text_at_cursor(" ".join(lines))


class FileTable(RowTable):
    """What lies in the folder; Space takes several files."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Take", id="records.take", tooltip="Take the file"),
        Binding("space", "screen.pick", "One more", id="records.pick", tooltip="Take several"),
        Binding("backspace", "screen.up", "Up", id="records.up", tooltip="The folder above"),
    ]


class FilesPane(Vertical):
    """A path, what is wrong with it, what lies in its folder, what was taken."""

    DEFAULT_CSS = """
    FilesPane {
        padding: 0 1;

        #records-path { border: round $primary; background: $background; height: 3; }
        #records-wrong { color: $error; height: auto; }
        #records-taken { height: auto; max-height: 4; color: $success; }
        #records-folder { height: 1; color: $text-muted; margin-top: 1; }
        #records-files { height: 1fr; }
    }
    """

    class Ready(Message):
        """The files are chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="files")
        self._session = session
        self._listing: Listing = Listing(session.folder, ())

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static(HINT, markup=False)
        yield PathInput(placeholder="~/exports/january.csv", id="records-path")
        yield Label("", id="records-wrong", markup=False)
        yield Static("", id="records-taken", markup=False)
        yield Static("", id="records-folder", markup=False)
        yield FileTable("Name", "Size", "", gives_way="Name", id="records-files")

    def on_mount(self) -> None:
        """Show the folder that the app was started in."""
        self.renew()

    @property
    def first(self) -> Widget:
        """What takes the keyboard."""
        return self.query_one(PathInput)

    def say(self, words: str) -> None:
        """Say what is wrong with what was chosen."""
        self.query_one("#records-wrong", Label).update(words)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.query_one(PathInput).value

    @on(Input.Changed)
    def _changed(self) -> None:
        self.say("")
        self.renew()

    def renew(self) -> None:
        """Show what lies in the folder, and what was taken."""
        self._listing = found = listing(self.typed, self._session.folder)
        words = found.problem or at_home(found.folder)
        if not found.problem and not found.entries:
            words += ": no such file here" if self.typed.strip() else ": no records here"
        self.query_one("#records-folder", Static).update(words)
        taken = self._session.files
        self.query_one(FileTable).put(
            (
                str(one.path),
                (
                    one.path.name + ("/" if one.is_folder else ""),
                    one.words,
                    "✓ taken" if one.path in taken else "",
                ),
            )
            for one in found.entries
        )
        words = "✓ " + ", ".join(path.name for path in taken) if taken else ""
        self.query_one("#records-taken", Static).update(words)

    @on(PathInput.Complete)
    def _complete(self) -> None:
        field = self.query_one(PathInput)
        more = self._listing.completed(field.value)
        if more == field.value and self._listing.entries:
            self.query_one(FileTable).focus()
        field.value = more
        field.cursor_position = len(more)

    @on(PathInput.ToList)
    def _to_list(self) -> None:
        self.query_one(FileTable).focus()

    @on(Input.Submitted)
    def _take_typed(self) -> None:
        paths = paths_in(self.typed, self._session.folder)
        if len(paths) == 1 and is_there(paths[0]) and paths[0].is_dir():
            self._into(at_home(paths[0]))
            return
        wrong = self._session.refusal(self.typed)
        self.say(wrong)
        if not wrong:
            self._session.take(self.typed)
            self._ready()

    def _ready(self) -> None:
        self.query_one(PathInput).value = ""
        self.post_message(self.Ready())

    def _into(self, folder: str) -> None:
        field = self.query_one(PathInput)
        field.value = folder if folder.endswith("/") else f"{folder}/"
        field.cursor_position = len(field.value)

    @on(RowTable.RowSelected)
    def _take_chosen(self, event: RowTable.RowSelected) -> None:
        event.stop()
        chosen = str(event.row_key.value)
        entry = next((one for one in self._listing.entries if str(one.path) == chosen), None)
        if entry is None:
            return
        if entry.is_folder:
            self._into(at_home(entry.path))
            return
        if entry.path not in self._session.files:
            self._session.toggle(entry.path)
        self._ready()

    def pick(self) -> None:
        """Take the file under the cursor as well, or leave it out again."""
        chosen = self.query_one(FileTable).chosen
        entry = next((one for one in self._listing.entries if str(one.path) == chosen), None)
        if entry is not None and not entry.is_folder:
            self._session.toggle(entry.path)
            self.renew()

    def up(self) -> None:
        """Go to the folder above."""
        self._into(at_home(self._listing.folder.resolve().parent))
