"""The answer of the bench: state, verdict, measures side by side, waits over the day, endings."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from results.reading.day import curves_of, waits
from results.reading.endings import endings
from results.reading.names import title_of_policy
from results.reading.signs import Face, signs_of
from results.reading.table import measure_rows
from tui.parts.day_bars import DayBars
from tui.parts.endings_table import EndingsTable
from tui.shell.run_state import Tone, run_words
from tui.shell.runner import Update
from tui.what_if.bench import Bench
from tui.what_if.day import Stretch
from tui.what_if.measure_list import MeasureList

_NAMES = ("base", "what-if")

MOST_NAMED = 3
"""Changes that are named; further ones are counted."""


TALL = 50
"""Height of a screen with room for taller bars."""


class WhatIfAnswer(Vertical):
    """Everything that is known about the what-if, and how sure it is."""

    DEFAULT_CSS = """
    WhatIfAnswer {
        height: auto;
        padding: 0 1;

        #answer-turned { height: auto; max-height: 3; }
        #answer-state { height: auto; }
        #answer-state.-marked { color: $accent; }
        #answer-state.-better { color: $success; }
        #answer-state.-worse { color: $error; }
        #answer-state.-muted { color: $text-muted; }
        #answer-days { height: auto; color: $text-muted; }
        #answer-verdict { height: auto; margin: 1 0; text-style: bold; }
        &.-stale #answer-verdict, &.-stale #answer-measures,
        &.-stale #answer-waits, &.-stale #answer-endings { text-opacity: 45%; opacity: 60%; }
        #answer-waits { margin-top: 1; }
        #answer-endings { margin-top: 1; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._base = ""

    def compose(self) -> ComposeResult:
        """From the shortest to the longest."""
        yield Static(id="answer-turned", markup=False)
        yield Static(id="answer-state", markup=False)
        yield Static(id="answer-days", markup=False)
        yield Static(id="answer-verdict", markup=False)
        yield MeasureList(id="answer-measures")
        yield DayBars("Mean wait by time of day", id="answer-waits")
        yield EndingsTable(id="answer-endings")

    @property
    def sentence(self) -> str:
        """What is turned, over which days, and the verdict."""
        names = ("#answer-turned", "#answer-verdict", "#answer-days")
        turned, verdict, days = (str(self.query_one(one, Static).content) for one in names)
        return f"{turned}. {verdict} ({days})"

    def show_turned(self, bench: Bench, stretch: Stretch | None) -> None:
        """Say what is compared with what."""
        self._base = bench.base.baseline
        self.add_class("-stale")
        self.query_one("#answer-turned", Static).update(_turned_words(bench))
        if stretch is not None:
            unseen = f"; {stretch.unseen} show over the whole horizon" if stretch.unseen else ""
            self.query_one("#answer-days", Static).update(f"{stretch.words}{unseen}")

    def say_begun(self, planned: int) -> None:
        """Say that a run was asked for."""
        self._say_state(f"▶ running 0 of {planned}", "marked")

    def show_update(self, update: Update) -> None:
        """Show how far the run is, and what is known."""
        words, tone = run_words(update)
        self._say_state(words, tone)
        experiment, comparison = update.experiment, update.comparison
        if experiment is None or comparison is None:
            return
        self.remove_class("-stale")
        other = comparison.others[0] if comparison.others else ""
        signs = signs_of(comparison.policies).values()
        faces = [Face(*one) for one in zip(_NAMES, signs, strict=False)]
        self.query_one("#answer-verdict", Static).update(_verdict(update, other))
        measures = self.query_one(MeasureList)
        measures.show_rows(measure_rows(comparison), self._base, other)
        bars = self.query_one(DayBars)
        bars.high = 2 if self.app.size.height < TALL else 4
        bars.show_curves(curves_of(experiment, waits(experiment)), faces)
        self.query_one(EndingsTable).show_endings(endings(experiment), faces)

    def _say_state(self, words: str, tone: Tone) -> None:
        state = self.query_one("#answer-state", Static)
        state.set_classes(f"-{tone}")
        state.update(words)


def _verdict(update: Update, other: str) -> str:
    comparison = update.comparison
    assert comparison is not None
    if not other:
        return "Turn a knob at the left, and its effect appears here."
    if comparison.replications < 2:
        return "One replication so far: a difference may be chance."
    sentence = comparison.verdicts[other].removeprefix(f"{comparison.called(other)}: ")
    return " ".join([sentence[:1].upper() + sentence[1:], comparison.unseen]).rstrip()


def _turned_words(bench: Bench) -> Text:
    base = title_of_policy(bench.base, bench.base.baseline)
    if bench.turned.nothing:
        return Text(f"{base}, as it is", "bold")
    changed = bench.changed
    named = [f"{knob.title}: {knob.shown}" for knob in changed] or list(bench.turned.changes)
    shown, more = named[:MOST_NAMED], len(named) - MOST_NAMED
    words = "; ".join(shown) + (f"; {more} more" if more > 0 else "")
    return Text(f"{base} → ", "bold").append(words)
