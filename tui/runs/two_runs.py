"""Two runs side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static, Tab, Tabs

from results import compare
from results.comparison.two_runs import Change, changes, notation_of, policy_pairs, unequal
from results.measures.registry import MEASURES
from results.reading.names import pair_title
from results.reading.rows import rows_of
from results.reading.shown_better_or_worse import MARKS, shown_effect
from results.runs.store import Run
from tui.parts.row_table import Cell, RowTable
from tui.shell.run_facts import called, local
from tui.shell.shell import Shell

STYLES = {"better": "$success", "worse": "$error", "different": "", "unclear": "$muted"}


class TwoRunsScreen(ModalScreen[None]):
    """What changed from an earlier run to a later one, policy by policy."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Back", id="two_runs.close", tooltip="Back to the runs"),
        Binding(
            "left",
            "policy(-1)",
            "Policy before",
            id="two_runs.before",
            tooltip="The policy before",
            show=False,
        ),
        Binding("right", "policy(1)", "Next policy", id="two_runs.next", tooltip="The next policy"),
        Binding(
            "e",
            "equation",
            "Equation",
            id="two_runs.equation",
            tooltip="What the measure under the cursor means",
        ),
    ]

    DEFAULT_CSS = """
    TwoRunsScreen {
        background: $background;

        #two-runs-heads { height: auto; padding: 1 1 0 1; }
        #two-runs-table { height: 1fr; }
        #two-runs-note { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    app = getters.app(Shell)

    def __init__(self, first: Run, second: Run) -> None:
        """Take two runs; the first is the one from which changes are counted."""
        super().__init__()
        self._first, self._second = first, second
        self._pairs = policy_pairs(first.experiment, second.experiment)

    def compose(self) -> ComposeResult:
        """What is compared, a tab for each policy, the table, what the interval means."""
        yield Static(_heads(self._first, self._second), markup=False, id="two-runs-heads")
        scenarios = self._first.experiment.scenario, self._second.experiment.scenario
        titles = [pair_title(*scenarios, pair) for pair in self._pairs]
        yield Tabs(*(Tab(Content(title), id=f"pair-{k}") for k, title in enumerate(titles)))
        yield RowTable(
            "",
            "Measure",
            "First",
            "Second",
            "Change",
            right=("First", "Second", "Change"),
            id="two-runs-table",
        )
        yield Static(_note(self._first, self._second), id="two-runs-note", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The table has the keyboard."""
        self.query_one(RowTable).focus()

    @on(Tabs.TabActivated)
    def _show(self, event: Tabs.TabActivated) -> None:
        pair = self._pairs[int(str(event.tab.id).removeprefix("pair-"))]
        first, second = self._first.experiment, self._second.experiment
        measures = rows_of([compare(first), compare(second)])
        currency = second.scenario.costs.currency
        rows = changes(first, second, pair, measures)
        left_out = unequal(first, second, measures)
        note = self.query_one("#two-runs-note", Static)
        note.update(_note(self._first, self._second, left_out.values()))
        self.query_one(RowTable).put((one.measure, list(_cells(one, currency))) for one in rows)

    def action_policy(self, step: int) -> None:
        """Go to the policy before or after."""
        tabs = self.query_one(Tabs)
        (tabs.action_next_tab if step > 0 else tabs.action_previous_tab)()

    def action_equation(self) -> None:
        """Say what the measure under the cursor means."""
        chosen = self.query_one(RowTable).chosen
        if chosen:
            self.app.show_measure(chosen)

    @on(RowTable.RowSelected)
    def _meaning(self, event: RowTable.RowSelected) -> None:
        self.app.show_measure(str(event.row_key.value))

    def action_close(self) -> None:
        """Go back to the runs."""
        self.dismiss()


def _heads(first: Run, second: Run) -> str:
    return f"First   {_head(first)}\nSecond  {_head(second)}"


def _head(run: Run) -> str:
    said = run.manifest
    count, seed = said.replications, said.origin.seed
    return f"{called(said)}, {local(said.started)}, {count} replications, seed {seed}"


def _note(first: Run, second: Run, left_out: Iterable[str] = ()) -> str:
    same = first.manifest.origin.seed == second.manifest.origin.seed
    what = "One seed: the same customers." if same else "Two seeds: other customers."
    marks = f"{MARKS['better']} better, {MARKS['worse']} worse, no mark: unclear."
    note = f"{marks} ± is the 95 % interval. {what}"
    damaged = [f"Left out: {one}" for run in (first, second) for one in run.damaged]
    reasons = "; ".join(left_out)
    return "\n".join([note, *([f"Not compared: {reasons}."] if reasons else []), *damaged])


def _cells(change: Change, currency: str) -> Iterator[Cell]:
    unit = MEASURES[change.measure].unit
    effect = shown_effect(change.difference, unit)
    found = change.difference.estimate
    yield Text(MARKS[effect], STYLES[effect])
    yield MEASURES[change.measure].title
    written = notation_of(change, currency)
    yield written.value(change.first.mean)
    yield written.value(change.second.mean)
    yield f"{written.change(found.mean)} {written.margin(found.half_width)}".rstrip()
