"""The answer of the bench: state, verdict, measures side by side, waits over the day, endings."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.widgets import Static

from results.comparison.comparison import Comparison
from results.measures.registry import MEASURES
from results.reading.answer import answer
from results.reading.day import curves_of, waits
from results.reading.endings import endings
from results.reading.listing import joined
from results.reading.names import title_of_policy
from results.reading.rows import rows_left_out
from results.reading.signs import Face, signs_of
from results.reading.table import measure_rows
from tui.parts.cards import HeadlineCards, cards_of
from tui.parts.curves_over_day import CurvesOverDay
from tui.parts.endings_table import EndingsTable
from tui.parts.saying import say
from tui.shell.requests import Update
from tui.shell.run_state import Tone, run_words
from tui.what_if.bench import Bench
from tui.what_if.measure_list import MeasureList

_NAMES = ("base", "what-if")

MOST_NAMED = 3
"""Changes that are named; further ones are counted."""


TALL = 50
"""Height of a screen with room for higher pictures."""


class WhatIfAnswer(Vertical):
    """Everything that is known about the what-if, and how sure it is."""

    DEFAULT_CSS = """
    WhatIfAnswer {
        height: auto;

        #answer-head, #answer-figures, #answer-day, #answer-end, #answer-full { height: auto; }
        #answer-turned { height: auto; max-height: 2; }
        #answer-state { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #answer-state.-marked { color: $accent; }
        #answer-state.-better { color: $accent; }
        #answer-state.-worse { color: $error; }
        #answer-state.-muted { color: $text-muted; }
        #answer-days, #answer-left-out { height: auto; color: $text-muted; }
        #answer-headline { height: auto; min-height: 3; margin: 1 0; text-style: bold; }
        #answer-verdict { height: auto; color: $text-muted; }
        &.-stale #answer-headline, &.-stale #answer-cards, &.-stale #answer-body
            { text-opacity: 45%; opacity: 60%; }
        #answer-body, #answer-pictures { height: auto; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._base = ""
        self._seen: Update | None = None
        self._drawn_at = Size()
        """The screen's size for which the figures were drawn."""

    def compose(self) -> ComposeResult:
        """From the shortest to the longest."""
        with Vertical(id="answer-head", classes="panel") as head:
            head.border_title = "Answer"
            yield Static(id="answer-turned", markup=False)
            yield Static(id="answer-days", markup=False)
            yield Static(id="answer-state", markup=False)
            yield Static(id="answer-headline", markup=False)
            yield HeadlineCards(id="answer-cards")
        with Container(id="answer-body"):
            with Vertical(id="answer-figures", classes="panel") as figures:
                figures.border_title = "All measures"
                yield MeasureList(id="answer-measures")
                yield Static(id="answer-left-out", markup=False)
            with Vertical(id="answer-pictures"):
                with Vertical(id="answer-day", classes="panel") as day:
                    day.border_title = "Over the day"
                    yield CurvesOverDay("Mean wait by time of day", id="answer-waits")
                with Vertical(id="answer-end", classes="panel") as end:
                    end.border_title = "In the end"
                    yield EndingsTable(id="answer-endings")
                with Vertical(id="answer-full", classes="panel") as full:
                    full.border_title = "The verdict in full"
                    yield Static(id="answer-verdict", markup=False)

    @property
    def sentence(self) -> str:
        """What is turned, over which days, and the verdict."""
        names = ("#answer-turned", "#answer-verdict", "#answer-days")
        turned, verdict, days = (str(self.query_one(one, Static).content) for one in names)
        return f"{turned}. {verdict} ({days.rstrip('.')})"

    def on_resize(self) -> None:
        """Draw the figures for another size of the screen."""
        if self._seen is not None and self._drawn_at != self.app.size:
            self._draw(self._seen)

    def show_turned(self, bench: Bench, days: str) -> None:
        """Say what is compared with what.

        Args:
            bench: with what is turned on it.
            days: over which days, and why.
        """
        self._base = bench.base.baseline
        self.add_class("-stale")
        say(self.query_one("#answer-turned", Static), _turned_words(bench))
        say(self.query_one("#answer-days", Static), days)

    def say_begun(self, planned: int) -> None:
        """Say that a run was asked for."""
        self._say_state(f"▶ running 0 of {planned}", "marked")

    def show_state(self, update: Update) -> None:
        """Show how far the run is."""
        self._say_state(*run_words(update))

    def show_update(self, update: Update) -> None:
        """Show what is known."""
        if update.comparison is not None:
            self.remove_class("-stale")
            self._draw(update)

    def _draw(self, update: Update) -> None:
        experiment, comparison = update.experiment, update.comparison
        if experiment is None or comparison is None:
            return
        self._seen, self._drawn_at = update, self.app.size
        other = comparison.others[0] if comparison.others else ""
        signs = signs_of(comparison.policies).values()
        faces = [Face(*one) for one in zip(_NAMES, signs, strict=False)]
        most = (1, 1) if self.screen.has_class("-narrow") else (2, 1)
        say(self.query_one("#answer-headline", Static), _headline(update, other, most))
        say(self.query_one("#answer-verdict", Static), _verdict(update, other))
        self.query_one(HeadlineCards).show_cards(cards_of(comparison, other))
        measures = self.query_one(MeasureList)
        measures.show_rows(measure_rows(comparison), self._base, other)
        say(self.query_one("#answer-left-out", Static), left_out_words(comparison))
        curves = self.query_one(CurvesOverDay)
        curves.high = 9 if self.app.size.height < TALL else 15
        curves.show_curves(curves_of(experiment, waits(experiment)), faces)
        self.query_one(EndingsTable).show_endings(endings(experiment), faces)

    def _say_state(self, words: str, tone: Tone) -> None:
        state = self.query_one("#answer-state", Static)
        state.set_classes(f"-{tone}")
        say(state, words)


def left_out_words(comparison: Comparison) -> str:
    """What is not shown over these days, why, and where it is; empty where all is."""
    titles = [MEASURES[name].title for name in rows_left_out(comparison)]
    if not titles:
        return ""
    named = joined([title[:1].lower() + title[1:] for title in titles])
    them = "it" if len(titles) == 1 else "them"
    return f"Not shown, as cases go on after this day: {named}. Compare and d show {them}."


def _headline(update: Update, other: str, most: tuple[int, int]) -> str:
    """The answer in one sentence; the verdict in full has the rest."""
    comparison = update.comparison
    assert comparison is not None
    if not other or comparison.replications < 2:
        return _verdict(update, other)
    said = answer(comparison, other, most).removeprefix(f"{comparison.called(other)}: ")
    return said[:1].upper() + said[1:]


def _verdict(update: Update, other: str) -> str:
    comparison = update.comparison
    assert comparison is not None
    if not other:
        return "Turn a knob at the left: its effect appears here. h finds how far to turn it."
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
