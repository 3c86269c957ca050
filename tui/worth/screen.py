"""What a policy is worth in agents, run in the background while it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from results.measures.registry import MEASURES
from results.measures.summary import Key, Summary
from results.reading.rows import short_title
from results.studies.study import Study
from results.studies.words import READ_OFF, title, written_in
from tui.how_far.sweep_curve import AIM, CurveLook, SweepCurve, drawn_curve
from tui.parts.boxed import EDGES, beside, boxed
from tui.shell.requests import Request, Update
from tui.shell.run_screen import RunScreen
from tui.what_if.memory import SHOWN as KINDS
from tui.worth.worth import REPLICATIONS, Worth

MOST_CURVES, SIDE_BY_SIDE = 6, 110
"""Curves at most, and from which width on three of them stand beside each other."""
HIGH, GAP = 13, 1
"""Rows of a curve, and columns between two."""


class WorthScreen(RunScreen):
    """Agents more that do as well as a policy, and what its money would buy instead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,a,q", "close", "Close", id="worth.close", tooltip="Back to the policies"),
        Binding("x", "stop_or_go", "Stop/go", id="worth.stop", tooltip="Stop; again to continue"),
        Binding("y", "copy", "Copy", id="worth.copy", tooltip="Copy what it says"),
    ]
    DEFAULT_CSS = """
    WorthScreen {
        background: $background;

        #worth-title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
        #worth-state { height: 1; padding: 0 1; color: $text-muted; }
        #worth-scroll { height: 1fr; scrollbar-size-vertical: 1; padding: 1; }
        #worth-said { height: auto; }
        #worth-curves { height: auto; margin-top: 1; }
        #worth-note { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    BUSY = "what a policy is worth"
    FAILED = "It could not be run"
    STATE = "#worth-state"

    def __init__(self, asked: Worth, seed: int = 1) -> None:
        """Ask what a policy is worth.

        Args:
            asked: what is run.
            seed: of the customers.
        """
        super().__init__(f"{len(asked.levels)} numbers of agents")
        self._asked, self._seed = asked, seed

    def compose(self) -> ComposeResult:
        """Question, state, sentences, how they are found."""
        plan = self._asked.plan
        yield Static(
            f"What is “{plan.called(self._asked.policy)}” worth, in agents of {self._asked.group}?",
            id="worth-title",
            markup=False,
        )
        yield Static(id="worth-state", markup=False)
        with VerticalScroll(id="worth-scroll"):
            yield Static(id="worth-said", markup=False)
            yield Static(id="worth-curves", markup=False)
        days = plan.scenario.horizon.days
        most = self._asked.levels[-1]
        yield Static(
            f"{plan.called(plan.policies[0])} with up to {most} agents more, against the policy as "
            f"it is: the same customers, {days} {'day' if days == 1 else 'days'}. {READ_OFF}\n"
            f"━ with so many agents more   ⠂⠂ interval   {AIM} what the policy reaches",
            id="worth-note",
            markup=False,
        )
        yield Footer(compact=True, show_command_palette=False)

    def ask(self, known: Mapping[Key, Summary]) -> Request:
        """The policy, and the baseline with more and more agents."""
        return Request(
            scenario=self._asked.plan.combined.scenario,
            policies=self._asked.policies,
            replications=REPLICATIONS,
            seed=self._seed,
            measures=("asa",),
            details=False,
            kinds=KINDS,
            known=known,
        )

    def on_resize(self) -> None:
        """Draw the curves at another size."""
        self._draw()

    def show(self, update: Update) -> None:  # noqa: ARG002 - the sentences look at what is kept
        """Say what is known now, and draw it."""
        self.query_one("#worth-said", Static).update("\n\n".join(self.sentences))
        self._draw()

    def _draw(self) -> None:
        """A curve for each measure, as many side by side as there is room for."""
        experiment = self._update.experiment if self._update is not None else None
        if experiment is None or len(experiment.replications) < 2:
            return
        study = self._asked.study(experiment)
        names = self._asked.drawn(study)[:MOST_CURVES]
        columns = min(len(names), 3 if self.app.size.width >= SIDE_BY_SIDE else 1)
        if not columns:
            return
        room = (self.app.size.width - 3 - GAP * (columns - 1)) // columns
        drawn = [self._curve(study, name, room) for name in names]
        rows = [drawn[at : at + columns] for at in range(0, len(drawn), columns)]
        laid = [line for row in rows for line in beside(row, [room] * len(row), GAP)]
        self.query_one("#worth-curves", Static).update(Text("\n", no_wrap=True).join(laid))

    def _curve(self, study: Study, name: str, width: int) -> list[Text]:
        """A measure over the agents more in a box, what the policy reaches as a line across."""
        colours, unit = self.app.theme_variables, MEASURES[name].unit
        muted = colours.get("muted", "dim")
        curve = SweepCurve(
            "",
            [f"+{more}" for more in self._asked.levels],
            study.curve(study.plan.policies[0], name),
            written_in(study, name).value,
            least=0.0 if unit in ("s", "share") else float("-inf"),
            most=1.0 if unit == "share" else float("inf"),
            aim=self._asked.reached(study, name),
            unit=unit,
        )
        mark = f"bold {colours['foreground']}"
        look = CurveLook(f"bold {colours['primary']}", muted, muted, mark)
        _, *lines = drawn_curve(curve, width - EDGES, HIGH - 1, look).split("\n")
        called = title(study, name)
        called = called if cell_len(called) <= width - 6 else short_title(name)
        return boxed(called, lines, width, HIGH, colours["border-blurred"], "bold")

    @property
    def sentences(self) -> list[str]:
        """What is known so far; nothing before there are two replications."""
        experiment = self._update.experiment if self._update is not None else None
        if experiment is None or len(experiment.replications) < 2:
            return ["Two replications are needed before anything can be said."]
        return [f"• {one}" for one in self._asked.sentences(self._asked.study(experiment))]

    def action_copy(self) -> None:
        """Copy what it says."""
        said = str(self.query_one("#worth-title", Static).content)
        self.app.copy_to_clipboard("\n".join((said, *self.sentences)))
        self.notify("Copied.")
