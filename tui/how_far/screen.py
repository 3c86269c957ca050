"""How far should a knob be turned: waits, first contact and money over its levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.measures.summary import Key, Summary
from results.reading.rows import short_title
from results.studies.goal import Goal, goal_of
from results.studies.study import Study
from results.studies.words import title, written_in
from tui.how_far.how_far import (
    INSTEAD,
    REPLICATIONS,
    SHOWN,
    HowFar,
    drawn_measures,
    goal_sentence,
    turning_sentence,
    usual_goal,
)
from tui.how_far.in_few_words import in_few_words
from tui.how_far.keeping import kept_sweep
from tui.how_far.sweep_curve import CurveLook, SweepCurve, drawn_curve
from tui.parts.boxed import EDGES, beside, boxed
from tui.shell.requests import Request, Update
from tui.shell.run_screen import RunScreen
from tui.shell.scenario_file import ScenarioFile
from tui.shell.sharing import shared
from tui.terminal.run_files import RunFiles
from tui.what_if.memory import SHOWN as KINDS

SIDE_BY_SIDE = ((110, 3), (0, 1))
"""From which width on so many curves stand next to each other."""
GAP = 1
"""Columns between two curves."""
LEAST_CURVE = 7
"""Rows of a curve with its axis; what is said of it may take the others."""
LONGEST_NAME = 10
"""Letters of a level's name up to which names stand below the curves; else their numbers do."""
LEAST_HEIGHT, MOST_HEIGHT = 12, 46


class HowFarScreen(RunScreen):
    """A knob over its levels, run in the background while it is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,h,q", "close", "Close", id="far.close", tooltip="Back to the knobs"),
        Binding("g", "goal", "Goal", id="far.goal", tooltip="Seek the level that reaches a goal"),
        Binding("x", "stop_or_go", "Stop/go", id="far.stop", tooltip="Stop; again to continue"),
        Binding(
            "y",
            "share",
            "Share",
            id="far.share",
            tooltip="Copy what it says, save curves and report, open the report in the browser",
        ),
    ]
    DEFAULT_CSS = """
    HowFarScreen {
        background: $background;

        #far-title { height: 1; padding: 0 1; background: $panel; text-style: bold; }
        #far-goal { height: 2; padding: 0 1; margin-top: 1; text-style: bold; }
        #far-state { height: 1; padding: 0 1; color: $text-muted; }
        #far-scroll { height: 1fr; scrollbar-size-vertical: 1; padding: 1 1 0 1; }
        #far-curves { height: auto; }
        #far-legend { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    BUSY = "the sweep"
    FAILED = "The sweep failed"
    STATE = "#far-state"

    def __init__(
        self,
        asked: HowFar,
        days: str,
        opened: ScenarioFile,
        remember: Callable[[str], object],
        seed: int = 1,
    ) -> None:
        """Ask how far a knob should be turned.

        Args:
            asked: the levels.
            days: which days are run, as a sentence says it.
            opened: the scenario file.
            remember: is given the answer in few words, as soon as it is whole.
            seed: of the customers, those of the what-if.
        """
        super().__init__(f"{len(asked.levels)} levels, the same customers")
        self._asked, self._days, self._seed = asked, days, seed
        self._opened, self._remember = opened, remember
        self._goal: Goal = usual_goal(asked.plan.scenario)
        self._sought = False
        """Whether the goal was typed in."""
        self._study: Study | None = None
        self._kept: tuple[Study, Goal, RunFiles, list[Path]] | None = None
        """What was kept last, for which goal, and where."""

    def compose(self) -> ComposeResult:
        """Knob, goal, state, curves, how they are read."""
        yield Static(self._title, id="far-title", markup=False)
        yield Static(id="far-goal", markup=False)
        yield Static(id="far-state", markup=False)
        with VerticalScroll(id="far-scroll"):
            yield Static(id="far-curves", markup=False)
        yield Static(id="far-legend", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    @property
    def _title(self) -> str:
        return f"How far? {self._asked.knob.title}"

    def on_mount(self) -> None:
        """Say how the curves are read."""
        legend = f"━ mean  ⠂⠂ its interval  ┊ where the knob stands · {self._days}"
        levels = " · ".join(f"{at} {words}" for at, words in enumerate(self._levels, 1))
        legend = f"{levels}\n{legend}" if self._numbered else legend
        self.query_one("#far-legend", Static).update(legend)

    @property
    def _levels(self) -> list[str]:
        return [level.words for level in self._asked.levels]

    @property
    def _numbered(self) -> bool:
        """Whether numbers stand below the curves, as the names have no room there."""
        return any(cell_len(words) > LONGEST_NAME for words in self._levels)

    def on_resize(self) -> None:
        """Draw it at another size."""
        self._draw()

    def ask(self, known: Mapping[Key, Summary]) -> Request:
        """Every level over the same customers."""
        return Request(
            scenario=self._asked.scenario,
            policies=self._asked.policies,
            replications=REPLICATIONS,
            seed=self._seed,
            measures=(*SHOWN, *INSTEAD.values()),
            details=False,
            kinds=KINDS,
            known=known,
        )

    def show(self, update: Update) -> None:
        """Draw what is known now; hand it on once the sweep is whole."""
        if update.experiment is not None:
            self._study = self._asked.study(update.experiment)
            self._draw()
        if update.over:
            self._answered()

    def _answered(self) -> None:
        """Hand on what is known now, once the sweep is whole."""
        study, update = self._study, self._update
        if study is not None and study.replications > 1 and update is not None:
            words = in_few_words(self._asked, study, self._goal, sought=self._sought)
            if update.state == "done" and words:
                self._remember(words)

    @property
    def sentences(self) -> list[str]:
        """What is known so far: the goal, then each measure."""
        study = self._study
        if study is None or study.replications < 2:
            return []
        goal = goal_sentence(self._asked, study, self._goal)
        turns = [
            f"{title(study, name)}: {said}"
            for name in drawn_measures(study)
            if (said := turning_sentence(self._asked, study, name))
        ]
        return [goal, *turns]

    def _draw(self) -> None:
        study = self._study
        if study is None:
            return
        goal, *_ = self.sentences or ["One replication so far: a difference may be chance."]
        self.query_one("#far-goal", Static).update(goal)
        names = list(drawn_measures(study))
        columns = next(n for least, n in SIDE_BY_SIDE if self.app.size.width >= least)
        columns = min(columns, len(names))
        room = (self.app.size.width - 3 - GAP * (columns - 1)) // columns
        rows = -(-len(names) // columns)
        others = 8 + self.query_one("#far-legend").size.height
        height = max(LEAST_HEIGHT, min(MOST_HEIGHT, (self.app.size.height - others) // rows))
        notes = [self._note(study, name, room - EDGES) for name in names]
        most = min(max(map(len, notes)), height - 2 - LEAST_CURVE)
        drawn = [
            self._curve(study, name, (room, height), [*note, *[Text()] * most][:most])
            for name, note in zip(names, notes, strict=True)
        ]
        rows_of = [drawn[at : at + columns] for at in range(0, len(drawn), columns)]
        laid = [line for row in rows_of for line in beside(row, [room] * len(row), GAP)]
        text = Text("\n", no_wrap=True).join(laid)
        self.query_one("#far-curves", Static).update(text)

    def _note(self, study: Study, name: str, width: int) -> list[Text]:
        said = turning_sentence(self._asked, study, name) or "…"
        return list(Text(said[:1].upper() + said[1:]).wrap(self.app.console, width))

    def _curve(
        self, study: Study, name: str, size: tuple[int, int], note: Sequence[Text]
    ) -> list[Text]:
        """A measure over the levels in a box of columns and rows, and what its curve says."""
        width, height = size
        (policy,) = study.plan.policies
        measure, written = MEASURES[name], written_in(study, name)
        colours = self.app.theme_variables
        muted = colours.get("muted", "dim")
        look = CurveLook(
            f"bold {colours['primary']}", muted, muted, f"bold {colours['foreground']}"
        )
        curve = SweepCurve(
            "",
            [str(1 + at) for at in range(len(self._levels))] if self._numbered else self._levels,
            study.curve(policy, name),
            written.value,
            self._asked.place_of(self._asked.knob.value),
            least=0.0 if measure.unit in ("s", "share") else float("-inf"),
            most=1.0 if measure.unit == "share" else float("inf"),
            unit=measure.unit,
        )
        _, *lines = drawn_curve(curve, width - EDGES, height - 1 - len(note), look).split("\n")
        name_of = title(study, name)
        name_of = name_of if cell_len(name_of) <= width - 6 else short_title(name)
        edge = colours["border-blurred"]
        return boxed(name_of, [*lines, *note], width, height, edge, "bold")

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_goal(self) -> None:
        """Seek the least level that reaches a goal."""
        goal = self._goal
        sign = ">=" if goal.at_least else "<="
        text = await self.app.ask_text(
            "Which goal? A measure with >= or <=; shares as fractions, waits in seconds",
            f"{goal.measure}{sign}{goal.value:g}",
            check=_refusal,
        )
        if text is not None:
            self._goal, self._sought = goal_of(text), True
            self._draw()
            self._answered()

    def action_share(self) -> None:
        """Copy what it says; keep the sweep with its curves and a report, and say where."""
        study, update = self._study, self._update
        if study is None or update is None or not update.over or not self.sentences:
            self.notify("There is nothing to share until the sweep has ended or was stopped.")
            return
        self.app.copy_to_clipboard("\n".join((self._title, *self.sentences)))
        self.notify("What it says is copied. Drawing the curves and writing the report …")
        self._share(study, self._goal)

    # The words keep the worker from describing itself by all that was found.
    @work(thread=True, exit_on_error=False, group="share", description="share the sweep")
    def _share(self, study: Study, goal: Goal) -> None:
        if self._kept is None or self._kept[0] is not study or self._kept[1] != goal:
            made = kept_sweep(self.app.runs, self._opened, self._asked, study, goal)
            self._kept = study, goal, *made
        *_, files, pictures = self._kept
        found = shared(files, pictures, show=not self.app.is_web)
        self.app.call_from_thread(self.notify, found.in_words(), title="Shared", timeout=20)


def _refusal(text: str) -> str:
    try:
        goal_of(text)
    except ExperimentError as error:
        return str(error)
    return ""
