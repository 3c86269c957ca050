"""The customers behind a difference: a list, and one customer's story under both policies."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState

from results.why.customers import Behind
from tui.parts.fitting import shortened
from tui.parts.harmless import harmless
from tui.parts.row_table import RowTable, on_enter
from tui.shell.shell import Shell
from tui.why.customers import (
    Asked,
    Found,
    find,
    lost_words,
    reason_words,
    story,
    went_short,
    went_words,
)

_TIME = re.compile(r"\d\d:\d\d:\d\d")

TITLE = 20
"""Room for the title of a policy above its column."""


class CustomerTable(RowTable):
    """Customers who fared differently."""

    BINDINGS: ClassVar[list[BindingType]] = [
        on_enter("Story", "customers.story", "What happened to this customer under both policies")
    ]


class _Screen(ModalScreen[None]):
    """A screen over the one that explains, with work in the background."""

    app = getters.app(Shell)

    @on(Worker.StateChanged)
    def _tell_failure(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.show_failure(event.worker.error)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


class CustomersScreen(_Screen):
    """Customers whose cases went most differently under two policies."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c,q", "close", "Close", id="customers.close", tooltip="Back to the why"),
        Binding("y", "copy", "Copy", id="customers.copy", tooltip="Copy the list"),
    ]
    DEFAULT_CSS = """
    CustomersScreen {
        background: $background;

        #customers-title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
        #customers-said { height: auto; max-height: 6; padding: 1 1 0 1; }
        #customers { height: 1fr; margin: 1 0 0 0; }
    }
    """

    def __init__(self, asked: Asked) -> None:
        """Look for the customers behind a difference.

        Args:
            asked: the two policies.
        """
        super().__init__()
        self._asked = asked
        self._found: Found | None = None

    def compose(self) -> ComposeResult:
        """Question, how many, the list."""
        first, second = self._asked.titles
        title = f"The customers behind it: {first} against {second}"
        yield Static(harmless(title), id="customers-title", markup=False)
        yield Static("Simulating both …", id="customers-said", markup=False)
        heads = (f"{n} {shortened(one, TITLE).rstrip()}" for n, one in ((1, first), (2, second)))
        yield CustomerTable(
            "No.", "Came for", *heads, right=("No.",), gives_way="Came for", id="customers"
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look for them."""
        self.query_one(CustomerTable).focus()
        self._find()

    @work(thread=True, exit_on_error=False, group="customers")
    def _find(self) -> None:
        found = find(self._asked)
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Found) -> None:
        self._found = found
        self.query_one("#customers-said", Static).update(harmless(lost_words(self._asked, found)))
        rows = [(str(one.case), self._cells(one)) for one in found.customers]
        self.query_one(CustomerTable).put(rows)

    def _cells(self, one: Behind) -> list[str]:
        reason = reason_words(self._asked, one)
        return [str(one.case), reason, went_short(one.first), went_short(one.second)]

    @on(RowTable.RowSelected, "#customers")
    def _open(self, event: RowTable.RowSelected) -> None:
        chosen = str(event.row_key.value)
        for one in self._found.customers if self._found is not None else ():
            if str(one.case) == chosen:
                self.app.push_screen(StoryScreen(self._asked, one))

    def action_copy(self) -> None:
        """Copy who is behind the difference."""
        if self._found is not None:
            rows = (" · ".join(self._cells(one)) for one in self._found.customers)
            said = lost_words(self._asked, self._found)
            self.app.copy_to_clipboard("\n".join((said, *rows)))
            self.notify("Copied.")


class StoryScreen(_Screen):
    """What happened to one customer under both policies, next to each other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", id="story.close", tooltip="Back to the customers"),
        Binding("y", "copy", "Copy", id="story.copy", tooltip="Copy both stories"),
        Binding("down", "scroll(1)", "Down", id="story.down", tooltip="Further down", show=False),
        Binding("up", "scroll(-1)", "Up", id="story.up", tooltip="Further up", show=False),
    ]
    DEFAULT_CSS = """
    StoryScreen {
        background: $background;

        #story-title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
        #story-scroll { height: 1fr; padding: 1 0; }
        #story-scroll { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
        #stories { height: auto; }
        .story { width: 1fr; height: auto; padding: 0 1; }
    }
    """

    def __init__(self, asked: Asked, behind: Behind) -> None:
        """Tell a story.

        Args:
            asked: the two policies.
            behind: whose story.
        """
        super().__init__()
        self._asked, self._behind = asked, behind
        self._told: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """Who it is, and both stories."""
        about = reason_words(self._asked, self._behind)
        title = f"Customer #{self._behind.case}: {about}"
        yield Static(harmless(title), id="story-title", markup=False)
        with VerticalScroll(id="story-scroll"), Horizontal(id="stories"):
            yield Static(
                "Simulating up to there …", id="story-first", classes="story", markup=False
            )
            yield Static("", id="story-second", classes="story", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Find out what happened."""
        self._tell()

    @work(thread=True, exit_on_error=False, group="story")
    def _tell(self) -> None:
        asked, one = self._asked, self._behind
        told = []
        each = zip(asked.titles, (asked.first, asked.second), (one.first, one.second), strict=True)
        for title, scenario, went in each:
            lines = story(scenario, asked.seed, one.case, went)
            told.append("\n".join((title, went_words(went), "", *lines)))
        self.app.call_from_thread(self._show, told)

    def _show(self, told: Sequence[str]) -> None:
        self._told = told
        for name, words in zip(("#story-first", "#story-second"), told, strict=True):
            place = self.query_one(name, Static)
            lines = harmless(words).split("\n")
            place.update("\n".join(_hanging(one, place.content_size.width) for one in lines))

    def on_resize(self) -> None:
        """Break the lines at another width, once both stories have theirs."""
        if self._told:
            self.call_after_refresh(self._show, self._told)

    def action_scroll(self, by: int) -> None:
        """Move both stories."""
        self.query_one("#story-scroll", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    def action_copy(self) -> None:
        """Copy both stories."""
        if self._told:
            self.app.copy_to_clipboard("\n\n".join(self._told))
            self.notify("Copied.")


def _hanging(line: str, width: int) -> str:
    """A line of a story; what does not fit into it stands below its words, not below its time."""
    time, _, words = line.partition(" ")
    if not _TIME.fullmatch(time) or width < 2 * len(time):
        return line
    room = width - len(time) - 1
    return f"{time} " + f"\n{' ' * (len(time) + 1)}".join(textwrap.wrap(words, room))
