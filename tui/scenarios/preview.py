"""The preview of a scenario: its story, when customers come, whether the agents are enough."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from results.reading import format as numbers
from scenarios.checks.outline import BIN_S
from tui.parts.harmless import harmless
from tui.scenarios.catalogue import Entry
from tui.scenarios.day_plot import DayPlot
from tui.shell.run_facts import facts

_ITEM = re.compile(r"\s*(\d+\.|[-*•]) ")


class ScenarioPreview(Vertical):
    """Next to the table: the row under the cursor as text and two small charts."""

    DEFAULT_CSS = """
    ScenarioPreview {
        .preview-story { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        .preview-words { height: auto; }
        .preview-charts { height: 22; padding: 0 1; scrollbar-size-vertical: 1; }
        .preview-title {
            height: 1;
            color: $text-muted;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Words above, charts below."""
        with VerticalScroll(classes="preview-story", can_focus=True):
            yield Static(id="preview-words", classes="preview-words", markup=False)
        with VerticalScroll(classes="preview-charts", id="preview-charts", can_focus=False):
            yield Static(id="preview-staff-title", classes="preview-title")
            yield DayPlot(id="preview-staff")
            yield Static(id="preview-arrivals-title", classes="preview-title")
            yield DayPlot(id="preview-arrivals")

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
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
        if not self.children:
            return  # the app is being left
        self.query_one("#preview-words", Static).update(harmless(_words(entry)))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        charts = self.query_one("#preview-charts")
        charts.display = entry.outline is not None
        if entry.outline is None:
            return
        day = entry.outline.day
        half_hours = BIN_S / 3600.0
        busiest = numbers.number(max(day.arrivals))
        self.query_one("#preview-arrivals-title", Static).update(
            f"[$primary]█[/] new cases per half-hour, at most {busiest}"
        )
        self.query_one("#preview-arrivals", DayPlot).show(
            day.arrivals, hours=half_hours, seen=day.used
        )
        self.query_one("#preview-staff-title", Static).update(
            f"{day.label.capitalize()}: [$primary]█[/] agents kept busy  [$accent]━[/] on duty"
        )
        self.query_one("#preview-staff", DayPlot).show(
            day.work, day.staff, hours=half_hours, seen=day.used
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
