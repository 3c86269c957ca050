"""Setting up a comparison: policies taken in or left out, replications, precision, seed."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.compare.plan import Plan, Setting, check_count, check_precision, check_seed
from tui.compare.plan_list import PlanList
from tui.shell.mode import ModeScreen
from tui.shell.scenario_file import ScenarioFile


class PlanSetting(ModeScreen):
    """What the compare screen does with its plan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "replications",
            "Replications",
            id="compare.replications",
            tooltip="How often each policy is run",
            show=False,
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._plan = Plan()
        self._plan_of: ScenarioFile | None = None
        """The scenario file whose policies are offered; None while a past run is shown."""

    @property
    @abstractmethod
    def running(self) -> bool:
        """Whether the plan is being run."""

    @abstractmethod
    def forget_request(self) -> None:
        """The plan is another one: what was begun is not gone on with."""

    def _show_plan(self) -> None:
        plan = self._plan
        self.query_one(PlanList).show_plan(plan.faces, plan.chosen, plan.settings)
        self._say_current()

    @on(PlanList.Moved)
    def _say_current(self) -> None:
        """Say in full what is under the cursor of the plan."""
        self.query_one("#plan-under", Static).update(self.query_one(PlanList).in_full)

    def _remember(self) -> None:
        """Remember what was set for the scenario file; what a past run had is its own matter."""
        if self._plan_of is not None:
            self.app.settings.plan(self._plan_of.path, self._plan.typed)

    def choose(self, current: str | Setting) -> None:
        """Take a policy in or leave it out, or ask for a setting."""
        if self.running:
            self.notify("Stop the run first: x stops it, and what is finished stays.")
        elif isinstance(current, Setting):
            self._set(current)
        elif current == next(iter(self._plan.faces)):
            self.notify(f"{current} is the base that the others are compared with.")
        else:
            self._plan.picked ^= {current}
            self.forget_request()
            if self._plan_of is not None and self._plan_of is self.app.opened:
                self.app.pick(self._plan.chosen[1:])
            self._show_plan()

    @work(exclusive=True, group="set", exit_on_error=False)
    async def _set(self, setting: Setting) -> None:
        ask = {"replications": self._ask_count, "precision": self._ask_precision}
        before = self._plan.typed
        await ask.get(setting.name, self._ask_seed)()
        self._set_anew(before)

    def _set_anew(self, before: list[str]) -> None:
        """Show what was set; a cancelled question changes nothing."""
        if self._plan.typed != before:
            self.forget_request()
            self._remember()
        self._show_plan()

    async def _ask_count(self) -> None:
        text = await self.app.ask_text(
            "How often is each policy run?", str(self._plan.replications), check=check_count
        )
        if text is not None:
            self._plan.replications, self._plan.precision_text = int(text), ""

    async def _ask_precision(self) -> None:
        text = await self.app.ask_text(
            "Run until these are known so closely (asa=5 is ±5 s, fcr_complaints=0.01 is ±1 "
            'point; "none" counts replications)',
            self._plan.precision_text or "asa=5,fcr_complaints=0.01",
            check=check_precision,
        )
        if text is not None:
            self._plan.precision_text = "" if text == "none" else text

    async def _ask_seed(self) -> None:
        text = await self.app.ask_text("Seed of all draws", str(self._plan.seed), check=check_seed)
        if text is not None:
            self._plan.seed = int(text)

    @work(exclusive=True, group="set", exit_on_error=False)
    async def action_replications(self) -> None:
        """Ask how often each policy is run."""
        if not self.running:
            before = self._plan.typed
            await self._ask_count()
            self._set_anew(before)
