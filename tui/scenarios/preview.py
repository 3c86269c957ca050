"""The preview of a scenario: its story, when customers come, whether the agents are enough."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from results.reading import format as numbers
from scenarios.checks.outline import BIN_S
from tui.parts.harmless import harmless
from tui.scenarios.catalogue import Entry
from tui.scenarios.day_plot import STEP, DayPlot
from tui.shell.run_facts import facts

_ITEM = re.compile(r"\s*(\d+\.|[-*•]) ")


class _EntryPanel(Vertical):
    """A panel about the row of the catalogue that is under the cursor."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes="panel")
        self._entry: Entry | None = None

    def on_mount(self) -> None:
        """Show what was asked for before there was anything to show it in."""
        if self._entry is not None:
            self._draw(self._entry)

    def show(self, entry: Entry) -> None:
        """Show a row of the catalogue."""
        self._entry = entry
        if self.is_mounted:
            self._draw(entry)

    def _draw(self, entry: Entry) -> None:
        raise NotImplementedError


class ScenarioPreview(_EntryPanel):
    """The row under the cursor in words: how large it is, and its story."""

    DEFAULT_CSS = """
    ScenarioPreview {
        #preview-facts { height: auto; color: $text-muted; margin-bottom: 1; }
        .preview-story { height: 1fr; scrollbar-size-vertical: 1; }
        .preview-words { height: auto; }
    }
    """

    def compose(self) -> ComposeResult:
        """Facts above, the story below."""
        yield Static(id="preview-facts", markup=False)
        with VerticalScroll(classes="preview-story", can_focus=True):
            yield Static(id="preview-words", classes="preview-words", markup=False)

    def _draw(self, entry: Entry) -> None:
        if not self.query("#preview-words"):
            return  # the app is being left: what is in here goes first
        self.border_title = Content(harmless(entry.title or entry.called, ""))
        self.query_one("#preview-words", Static).update(harmless(_words(entry)))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.query_one("#preview-facts", Static).update(_facts(entry))
        self.query_one("#preview-facts").display = entry.outline is not None


class ScenarioDay(_EntryPanel):
    """The busiest day of the row under the cursor, as two small charts."""

    DEFAULT_CSS = """
    ScenarioDay {
        #preview-charts { height: 1fr; scrollbar-size-vertical: 1; }
        .day-plot { height: 9; }
        .preview-title {
            height: 1;
            color: $text-muted;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Whether the agents are enough, then when customers come."""
        with VerticalScroll(id="preview-charts", can_focus=False):
            yield Static(id="preview-staff-title", classes="preview-title")
            yield DayPlot(id="preview-staff")
            yield Static(id="preview-arrivals-title", classes="preview-title")
            yield DayPlot(id="preview-arrivals")

    def _draw(self, entry: Entry) -> None:
        if len(self.query(DayPlot)) < 2:
            return  # the app is being left: what is in here goes first
        self.query_one("#preview-charts").display = entry.outline is not None
        if entry.outline is None:
            self.border_title = "No day to show"
            return
        day = entry.outline.day
        self.border_title = f"The busiest day: {day.label.capitalize()}"
        half_hours = BIN_S / 3600.0
        busiest = numbers.number(max(day.arrivals))
        self.query_one("#preview-arrivals-title", Static).update(
            f"[$primary 70%]█[/] new cases per half-hour, at most {busiest}"
        )
        self.query_one("#preview-arrivals", DayPlot).show(
            day.arrivals, hours=half_hours, seen=day.used
        )
        self.query_one("#preview-staff-title", Static).update(
            f"[$primary 70%]█[/] agents kept busy   [b]{STEP}[/] agents on duty"
        )
        self.query_one("#preview-staff", DayPlot).show(
            day.work, day.staff, hours=half_hours, seen=day.used
        )


def _facts(entry: Entry) -> str:
    """How large it is, in a line."""
    if entry.outline is None:
        return ""
    size, policies = entry.outline, len(entry.outline.policies)
    return " · ".join(
        (
            f"{numbers.number(round(size.per_day))} new cases a day",
            f"{size.agents} agents at the busiest",
            f"{policies} {'policy' if policies == 1 else 'policies'} to compare",
        )
    )


def _words(entry: Entry) -> str:
    if entry.run is not None:
        return "\n".join(facts(entry.path, entry.run))
    if entry.problems:
        head = "1 problem" if len(entry.problems) == 1 else f"{len(entry.problems)} problems"
        told = "\n\n".join(map(str, entry.problems))
        return f"✗ {head}: this file cannot be used yet.\n\n{told}"
    return reflowed(entry.comment) or entry.title


def reflowed(comment: str) -> str:
    """A comment whose lines were cut for an editor, as paragraphs and items of one line each."""
    lines: list[str] = []
    for line in comment.splitlines():
        goes_on = lines and lines[-1].strip() and line.strip() and not _ITEM.match(line)
        if goes_on:
            joint = "" if lines[-1].endswith("-") else " "
            lines[-1] += joint + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)
