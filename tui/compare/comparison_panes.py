"""What a comparison has to show, a tab for each view."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Select, Static, TabbedContent, TabPane

from results import Comparison, Experiment, compare
from results.comparison.compare import against
from results.comparison.estimate import TOTAL
from results.comparison.ranking import rankable, ranking
from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.answer import answer
from results.reading.by import By
from results.reading.day import curves_of, occupancy, waits
from results.reading.endings import endings
from results.reading.hero import hero_of
from results.reading.interval_table import interval_table
from results.reading.parts import parts_of, ways_of
from results.reading.ranking import ranking_note, ranking_sentence
from results.reading.ranking import rows_of as ranking_rows
from results.reading.rows import ASKED
from results.reading.signs import Face, faces_of
from results.reading.table import legend, measure_rows, rows_by, title_in
from results.reading.tradeoff import trade_off
from tui.compare.comparison_table import ComparisonTable
from tui.compare.trade_off_plot import TradeOffPlot
from tui.parts.cards import HeadlineCards, cards_of
from tui.parts.curves_over_day import CurvesOverDay
from tui.parts.endings_table import EndingsTable
from tui.parts.looks import policy_colour
from tui.parts.saying import say

NOTHING_YET = "Pick policies at the left with Space; x runs them with the same customers."
_SAID = ("#compare-verdict", "#compare-favoured")

FIRST = "fcr_complaints"
"""Measure that is broken down before another was chosen."""
FIRST_RANKED = "wait_all"
"""Measure by which policies are put in an order where the one looked at has no better end."""
RANKED_BY = "Another measure: its row in the table."


class ComparisonPanes(Vertical):
    """Table, trade-off, waits, endings, occupancy, parts, intervals."""

    DEFAULT_CSS = """
    ComparisonPanes {
        height: 1fr;

        #panes { height: 1fr; }
        .pane { padding: 0 1; height: 1fr; }
        .pane-choices { height: 1; }
        .pane-select { width: 1fr; max-width: 44; height: 1; }
        .pane-note { height: auto; color: $text-muted; }
        #pane-table { overflow-y: auto; scrollbar-size-vertical: 1; }
        #compare-table { min-height: 6; }
        #compare-days { height: auto; padding: 0 1; color: $text-muted; }
        #compare-headline { height: auto; min-height: 3; padding: 0 1; text-style: bold; }
        #compare-favoured {
            height: 1; padding: 0 1; color: $text-muted;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        #compare-cards { padding: 0 1; margin-bottom: 1; }
        #compare-verdicts { height: 8; scrollbar-size-vertical: 1; }
        #compare-verdict { height: auto; }
        #compare-legend { height: auto; color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._experiment: Experiment | None = None
        self._comparison: Comparison | None = None
        self._faces: dict[str, Face] = {}
        self._measure, self._by = FIRST, By.REASON
        self._run: tuple[Experiment, Comparison] | None = None
        """As it was run, the baseline first."""
        self._base = ""
        """The policy that the others are set against; empty for the baseline."""
        self._drawn: set[str] = set()

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.draw_again())

    def on_resize(self) -> None:
        """Draw for another width, once every part has its own."""
        self.call_after_refresh(self.draw_again)

    def compose(self) -> ComposeResult:
        """A tab for each view; the verdicts stand under the table."""
        with TabbedContent(id="panes"):
            with TabPane("Table", id="pane-table"):
                yield Static(id="compare-days", markup=False)
                yield Static(id="compare-headline", markup=False)
                yield Static(id="compare-favoured", markup=False)
                yield HeadlineCards(id="compare-cards")
                yield ComparisonTable(id="compare-table", cursor="cell")
                with VerticalScroll(
                    id="compare-verdicts", classes="panel", can_focus=False
                ) as verdicts:
                    verdicts.border_title = "The verdicts in full"
                    yield Static(id="compare-verdict", markup=False)
                    yield Static(id="compare-legend", markup=False)
            with TabPane("Ranking", id="pane-ranking"), Vertical(classes="pane"):
                yield Static(id="ranking-said", markup=False)
                yield ComparisonTable(id="compare-ranking")
                yield Static(id="ranking-note", markup=False, classes="pane-note")
            with TabPane("Trade-off", id="pane-trade"):
                yield TradeOffPlot(id="compare-trade")
            with TabPane("Waits", id="pane-waits"), VerticalScroll(classes="pane"):
                yield CurvesOverDay("Mean wait by time of day", id="compare-waits")
            with TabPane("Endings", id="pane-endings"), VerticalScroll(classes="pane"):
                yield EndingsTable(id="compare-endings")
            with TabPane("Busy", id="pane-busy"):
                yield VerticalScroll(id="compare-busy", classes="pane")
            with TabPane("Parts", id="pane-parts"), Vertical(classes="pane"):
                with Horizontal(classes="pane-choices"):
                    yield Select[str](
                        [], id="parts-by", classes="pane-select", compact=True, prompt="by"
                    )
                yield Static(id="parts-title", markup=False, classes="pane-note")
                yield ComparisonTable(id="compare-parts")
            with TabPane("Times", id="pane-intervals"), Vertical(classes="pane"):
                with Horizontal(classes="pane-choices"):
                    yield Select[str](
                        [],
                        id="intervals-policy",
                        classes="pane-select",
                        compact=True,
                        prompt="policy",
                    )
                    yield Select[str](
                        [], id="intervals-part", classes="pane-select", compact=True, prompt="part"
                    )
                yield ComparisonTable(id="compare-intervals")

    # -- showing -------------------------------------------------------------------------------

    def show_answer(self, experiment: Experiment, comparison: Comparison) -> None:
        """Show what is known; only the tab that is seen is drawn."""
        self._run = experiment, comparison
        if self._base in experiment.policies[1:]:
            experiment = against(experiment, self._base)
            comparison = compare(experiment, ASKED)
        before = self._experiment
        fresh = (
            before is None
            or before.policies != experiment.policies
            or before.scenario is not experiment.scenario
        )
        self._experiment, self._comparison = experiment, comparison
        self._faces = faces_of(experiment.scenario, experiment.policies)
        self._drawn = set()
        if fresh:
            self._offer(experiment)
        self._draw()

    @property
    def base(self) -> str:
        """The policy that the others are set against now; empty while nothing is shown."""
        return self._experiment.policies[0] if self._experiment is not None else ""

    def set_against(self, policy: str) -> None:
        """Set the others against a policy of the run; each difference is that of the pairs."""
        self._base = policy
        if self._run is not None:
            self.show_answer(*self._run)

    def say_days(self, words: str) -> None:
        """Say over which days what is shown goes, and why."""
        self.query_one("#compare-days", Static).update(words)

    def forget(self) -> None:
        """Show nothing until there is something new."""
        self._experiment = self._comparison = self._run = None
        self._base = ""
        self._drawn = set()
        for table in self.query(ComparisonTable):
            table.clear(columns=True)
        notes = ("#compare-legend", "#parts-title", "#ranking-said", "#ranking-note")
        for words in (*_SAID, *notes):
            self.query_one(words, Static).update("")
        self.query_one("#compare-headline", Static).update(NOTHING_YET)
        self.query_one(HeadlineCards).show_cards(())
        for choice in self.query(Select):
            choice.set_options([])
        self.query_one(TradeOffPlot).forget()
        self.query_one("#compare-waits", CurvesOverDay).show_curves(None, ())
        self.query_one("#compare-endings", EndingsTable).show_endings(None, ())
        self.query_one("#compare-busy", VerticalScroll).remove_children()

    def draw_again(self) -> None:
        """Draw for another width."""
        self._drawn = set()
        self._draw()

    def next_view(self) -> None:
        """Go to the next tab, and after the last to the first."""
        panes = self.query_one("#panes", TabbedContent)
        ids = [pane.id or "" for pane in panes.query(TabPane)]
        panes.active = ids[(ids.index(panes.active) + 1) % len(ids)]

    def drill(self, measure: str) -> None:
        """Break a measure down into the parts of the centre."""
        ways = ways_of(measure)
        if not ways:
            self.notify(f"{MEASURES[measure].title} exists for the whole centre only.")
            return
        self._measure = measure
        self._by = self._by if self._by in ways else ways[0]
        self._offer_ways()
        self._drawn.discard("pane-parts")
        self.query_one("#panes", TabbedContent).active = "pane-parts"
        self._draw()

    @property
    def experiment(self) -> Experiment | None:
        """What is shown; None while nothing is."""
        return self._experiment

    @property
    def sentence(self) -> str:
        """The answer in a sentence; empty while there is none."""
        return answer(self._comparison) if self._comparison is not None else ""

    @property
    def favoured(self) -> str:
        """The policy that the answer speaks of first; empty for none."""
        comparison = self._comparison
        if comparison is None or not comparison.others or comparison.replications < 2:
            return ""
        hero = hero_of(comparison)
        return hero.policies[0] if hero is not None else ""

    @property
    def policy(self) -> str | None:
        """The policy under the cursor of the table; None while another view is seen."""
        if self.query_one("#panes", TabbedContent).active != "pane-table":
            return None
        return self.query_one("#compare-table", ComparisonTable).policy

    @property
    def measure(self) -> str | None:
        """The measure that the user looks at."""
        if self.query_one("#panes", TabbedContent).active == "pane-parts":
            return self._measure
        return self.query_one("#compare-table", ComparisonTable).current

    def _offer(self, experiment: Experiment) -> None:
        """Fill the selections for another run."""
        policy = self.query_one("#intervals-policy", Select)
        policy.set_options([(Content(face.title), name) for name, face in self._faces.items()])
        policy.value = experiment.policies[0]
        part = self.query_one("#intervals-part", Select)
        part.set_options([(Content(words), "/".join(cut)) for words, cut in parts_of(experiment)])
        part.value = "/".join(TOTAL)
        self._offer_ways()

    def _offer_ways(self) -> None:
        ways = ways_of(self._measure)
        by = self.query_one("#parts-by", Select)
        with by.prevent(Select.Changed):
            by.set_options([(f"by {way.value}", way.value) for way in ways])
            by.value = self._by.value

    @on(TabbedContent.TabActivated)
    def _seen(self) -> None:
        # The order is that of the row that has the cursor now.
        self._drawn.discard("pane-ranking")
        self._draw()
        pane = self.query_one("#panes", TabbedContent).active_pane
        if pane is not None and not pane.size.width:
            # What was drawn knew no width; once the pane is laid out it is drawn for that.
            self._drawn.discard(pane.id or "")
            self.call_after_refresh(self._draw)

    @on(Select.Changed)
    def _changed(self, event: Select.Changed) -> None:
        if event.select.id == "parts-by" and isinstance(event.value, str):
            self._by = By(event.value)
        self._drawn -= {"pane-parts", "pane-intervals"}
        self._draw()

    def _draw(self) -> None:
        pane = self.query_one("#panes", TabbedContent).active
        experiment, comparison = self._experiment, self._comparison
        if experiment is None or comparison is None or pane in self._drawn:
            return
        self._drawn.add(pane)
        draw = {
            "pane-table": self._draw_table,
            "pane-ranking": self._draw_ranking,
            "pane-trade": self._draw_trade,
            "pane-waits": self._draw_waits,
            "pane-endings": self._draw_endings,
            "pane-busy": self._draw_busy,
            "pane-parts": self._draw_parts,
            "pane-intervals": self._draw_intervals,
        }
        draw[pane](experiment, comparison)

    def _draw_table(self, _: Experiment, comparison: Comparison) -> None:
        table = self.query_one("#compare-table", ComparisonTable)
        table.show_lines(measure_rows(comparison), self._faces)
        told = answer(comparison, None, (1, 1) if self.screen.has_class("-narrow") else (2, 1))
        say(self.query_one("#compare-headline", Static), told)
        chosen = self.favoured or next(iter(comparison.others), "")
        say(self.query_one("#compare-favoured", Static), self._whose_cards(comparison, chosen))
        self.query_one(HeadlineCards).show_cards(cards_of(comparison, chosen))
        say(self.query_one("#compare-verdict", Static), _verdicts(comparison))
        say(self.query_one("#compare-legend", Static), legend(comparison, differences=True))

    def _draw_ranking(self, experiment: Experiment, comparison: Comparison) -> None:
        """The order by the measure under the cursor of the table, or the first that has one."""
        here = self.query_one("#compare-table", ComparisonTable).current or self._measure
        measure = here if rankable(here) else FIRST_RANKED
        said, note = (
            self.query_one("#ranking-said", Static),
            self.query_one("#ranking-note", Static),
        )
        table = self.query_one("#compare-ranking", ComparisonTable)
        try:
            found = ranking(experiment, measure)
        except ExperimentError as error:
            table.clear(columns=True)
            said.update(str(error))
            note.update("")
            return
        titles, title = comparison.titles, title_in(comparison, measure)
        said.update(ranking_sentence(found, titles, title))
        table.show_ranking(ranking_rows(found, titles, comparison.currency), self._faces)
        note.update(f"{ranking_note(found)} {RANKED_BY}")

    def _whose_cards(self, comparison: Comparison, policy: str) -> Text:
        """Of which policy the figures above the table are."""
        base = comparison.called(comparison.baseline)
        if not policy:
            return Text(f"{base}, as it is")
        title, sign = self._faces[policy]
        return Text(f"{base} → ").append(f"{sign.mark} {title}", policy_colour(self, sign))

    def _draw_trade(self, _: Experiment, comparison: Comparison) -> None:
        plot = self.query_one(TradeOffPlot)
        plot.show_points(trade_off(comparison), self._faces)

    def _draw_waits(self, experiment: Experiment, _: Comparison) -> None:
        picture = self.query_one("#compare-waits", CurvesOverDay)
        picture.high = max(8, min(26, self.size.height - 5))
        picture.show_curves(curves_of(experiment, waits(experiment)), [*self._faces.values()])

    def _draw_endings(self, experiment: Experiment, _: Comparison) -> None:
        table = self.query_one("#compare-endings", EndingsTable)
        table.show_endings(endings(experiment), [*self._faces.values()])

    def _draw_busy(self, experiment: Experiment, _: Comparison) -> None:
        room = self.query_one("#compare-busy", VerticalScroll)
        groups = experiment.scenario.groups
        there = {one.name: one for one in room.query(CurvesOverDay)}
        for stale in [one for name, one in there.items() if name not in groups]:
            stale.remove()
        for name, group in groups.items():
            title = f"Occupancy, {group.title or name}"
            picture = there.get(name)
            if picture is None:
                picture = CurvesOverDay(title, numbers.share, unit="share", name=name)
                room.mount(picture)
            picture.high = max(8, (self.size.height - 4) // len(groups) - 2)
            curves = curves_of(experiment, occupancy(experiment, name))
            picture.show_curves(curves, [*self._faces.values()], whole=1.0)

    def _draw_parts(self, experiment: Experiment, comparison: Comparison) -> None:
        measure = title_in(comparison, self._measure)
        title = f"{measure}: Enter on a row of the table takes another"
        self.query_one("#parts-title", Static).update(title)
        lines = rows_by(experiment, self._measure, self._by)
        table = self.query_one("#compare-parts", ComparisonTable)
        table.show_lines(lines, self._faces)

    def _draw_intervals(self, experiment: Experiment, _: Comparison) -> None:
        policy = self.query_one("#intervals-policy", Select).value
        part = self.query_one("#intervals-part", Select).value
        if isinstance(policy, str) and isinstance(part, str):
            kind, _slash, name = part.partition("/")
            table = self.query_one("#compare-intervals", ComparisonTable)
            table.show_intervals(interval_table(experiment, policy, (kind, name)))


def _verdicts(comparison: Comparison) -> str:
    verdicts = comparison.verdicts
    lines = [*verdicts.sentences.values(), *([verdicts.overall] if verdicts.overall else [])]
    return "\n".join(lines)
