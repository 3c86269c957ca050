"""Floor: the simulation at work, to be watched, followed and changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from results.reading.names import title_of_policy, titles_of
from scenarios import Scenario, ScenarioError
from scenarios.policies.policy import apply
from sim.live import LiveRun, Topic
from tui.floor.agent_grid import AgentGrid
from tui.floor.approval_queue import ApprovalQueue
from tui.floor.clock_bar import ClockBar
from tui.floor.day_curves import DayCurves
from tui.floor.driver import ThreadDriver
from tui.floor.event_log import EventLog
from tui.floor.floor_changes import SEED, ChangedFloor
from tui.floor.frames import Driver
from tui.floor.keys import FLOOR
from tui.floor.lines import Lines
from tui.floor.measure_board import MeasureBoard
from tui.floor.names import Names
from tui.floor.panel import Panel
from tui.floor.queue_board import QueueBoard
from tui.floor.story_line import StoryLine
from tui.floor.times import read_time
from tui.floor.words import TOPICS
from tui.parts.choice import ChoiceDialog
from tui.parts.form import PickDialog
from tui.shell.scenario_file import ScenarioFile

_LOOKS_A_SECOND = 15


def _without_policies(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"policies": {}})


def start(scenario: Scenario, replication: int) -> Driver:
    """Let a run of a scenario continue in a thread of its own."""
    return ThreadDriver(lambda: LiveRun(scenario, SEED, replication))


class FloorScreen(ChangedFloor):
    """Queues, agents and customers while the clock runs."""

    MODE: ClassVar[str] = "floor"
    BINDINGS = [*FLOOR]  # noqa: RUF012
    DEFAULT_CSS = """
    FloorScreen {
        #floor-upper { height: 2fr; }
        #floor-lower { height: 1fr; }
        #floor-left { width: 1fr; }
        #floor-right { width: 1fr; }
        #queues { height: 1fr; max-height: 10; }
        #curves { height: 5; }
        #approvals { height: 1fr; }
        #story { display: none; width: 1fr; }
        #log { width: 1fr; }
        &.-following #story { display: block; }

        &.-wide {
            #floor-upper { height: 27; }
            #curves { height: 9; }
        }
        &.-narrow {
            #floor-upper { height: 15; }
            #floor-right { width: 35; }
            #curves { height: 3; }
            #queues { height: 5; }
            #approvals { height: 4; }
            &.-following #log { display: none; }
            &.-following #floor-upper { height: 7; }
            &.-following #agents, &.-following #measures { display: none; }
            &.-following #queues { height: 7; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._topics = frozenset(Topic)
        self._goes_on = False
        self._failed = False
        """Whether a person has been told that the run failed."""

    def body(self) -> Iterable[Widget]:
        """Clock, boards, log."""
        yield ClockBar(id="clock")
        with Horizontal(id="floor-upper"):
            with Vertical(id="floor-left"):
                yield QueueBoard(id="queues")
                yield AgentGrid(id="agents")
            with Vertical(id="floor-right"):
                yield MeasureBoard(id="measures")
                yield DayCurves(id="curves")
                yield ApprovalQueue(id="approvals")
        with Horizontal(id="floor-lower"):
            yield EventLog(id="log", can_focus=True)
            yield StoryLine(id="story", can_focus=True)

    # Frames.

    def on_mount(self) -> None:
        """Look at the driver many times a second."""
        self.set_interval(1.0 / _LOOKS_A_SECOND, self._look)

    def show_opened(self, opened: ScenarioFile) -> None:
        """Begin a run of the scenario that is open now; another policy in it changes nothing."""
        if opened.scenario is None:
            return
        before, self.base = self.base, opened.scenario
        if before is None or not self._goes_on_under(before, opened.scenario):
            self.policy = opened.scenario.baseline
            self._begin()

    def _goes_on_under(self, before: Scenario, now: Scenario) -> bool:
        """Whether the run that is seen is one of this scenario as well."""
        watched = before.policies.get(self.policy) == now.policies.get(self.policy)
        return watched and _without_policies(before) == _without_policies(now)

    def _begin(self, to: float | None = None) -> None:
        """Begin a run of the policy that is chosen, and go to a time."""
        self._end()
        assert self.base is not None
        try:
            scenario = apply(self.base, self.policy)
        except ScenarioError as error:
            self.app.show_failure(error)
            return
        self.names = Names(scenario)
        self.seen, self._failed, self._saved = None, False, ()
        self.driver = start(scenario, self.replication)
        self.driver.show(self._topics)
        self.remove_class("-following")
        if to is not None:
            self.driver.jump(to)

    def _end(self) -> None:
        if self.driver is not None:
            self.driver.stop()
            self.driver = None

    def on_unmount(self) -> None:
        """The run ends with the screen."""
        self._end()

    def on_screen_suspend(self) -> None:
        """Nobody looks: the run rests, unless only a dialog lies above."""
        if self.app.current_mode != self.MODE and self.driver is not None and self.seen:
            self._goes_on = not self.seen.paused
            self.driver.pause()

    def on_screen_resume(self) -> None:
        """Somebody looks again."""
        if self._goes_on and self.driver is not None:
            self.driver.go_on()
        self._goes_on = False

    def _look(self) -> None:
        frame = self.driver.latest if self.driver else None
        self._tell_when_failed()
        if frame is None or frame is self.seen or self.names is None or not self.is_attached:
            return
        if self.seen is None:
            self.names.learn(frame.snapshot)
        self.seen = frame
        title = title_of_policy(self.base, self.policy) if self.base else ""
        self.query_one(ClockBar).show_frame(frame, self.names, title)
        for panel in self.query(Panel):  # type: ignore[type-abstract]  # finds its kinds
            if panel.display:
                panel.show_frame(frame, self.names)

    def _tell_when_failed(self) -> None:
        if self.driver is not None and self.driver.failed and not self._failed:
            self._failed = True
            words = "The run stopped because of a mistake in the program."
            self.app.show_error("The simulation stopped", words, self.driver.failed)

    # The clock.

    def action_pause(self) -> None:
        """Stop the clock, or let it run."""
        # What stands on the screen may be a frame old: the run knows whether it goes.
        if self.driver:
            self.driver.pause_or_go_on()

    def action_step(self) -> None:
        """Go to the next thing that the log would show."""
        if self.driver:
            self.driver.step(self._topics)

    def action_minute(self) -> None:
        """Go to the next full minute."""
        if self.driver:
            self.driver.minute()

    def action_speed(self, by: int) -> None:
        """Go faster or slower by one step."""
        if self.driver:
            self.driver.faster(by)

    def action_next_opening(self) -> None:
        """Go to when customers can call next."""
        if self.driver:
            self.driver.jump(None)

    @work(exit_on_error=False)
    async def action_go_to(self) -> None:
        """Go to a time that is asked for."""
        if self.driver is None or self.seen is None or self.names is None:
            return
        now, horizon = self.seen.snapshot.now, self.seen.snapshot.horizon_s
        scenario = self.names.scenario

        def wrong(text: str) -> str:
            found = read_time(text, now, horizon, scenario.horizon.weekday)
            return found if isinstance(found, str) else ""

        text = await self.app.ask_text(
            "Go to which time? As 14:30, or with a day: tue 9:00, day 3 14:30. Earlier times begin "
            "the run again, with the changes made until then.",
            placeholder="14:30",
            check=wrong,
        )
        if text is not None and self.driver is not None:
            to = read_time(text, now, horizon, scenario.horizon.weekday)
            assert isinstance(to, float)
            self.driver.jump(to)

    # Customers and the log.

    @work(exit_on_error=False)
    async def action_follow(self) -> None:
        """Follow the customer whose number is typed."""
        text = await self.app.ask_text(
            "Follow which customer? Type the number from the log.",
            placeholder="1042",
            check=lambda text: "" if text.lstrip("#").isdecimal() else "A number, as 1042.",
        )
        if text is not None:
            await self._follow_case(int(text.lstrip("#")))

    async def _follow_case(self, case: int) -> None:
        if self.driver is None:
            return
        if not await asyncio.wrap_future(self.driver.follow(case)):
            self.notify(f"No story is known of customer #{case}.", severity="warning")
            return
        self.add_class("-following")
        self.seen = None

    def action_unfollow(self) -> None:
        """Follow nobody any more."""
        if self.driver:
            self.driver.follow(None)
        self.remove_class("-following")

    @on(Lines.Chosen)
    def _chosen(self, chosen: Lines.Chosen) -> None:
        """Follow whom a line or a cell is about."""
        chosen.stop()
        lines, case = chosen.lines, -1
        if isinstance(lines, EventLog | ApprovalQueue):
            case = lines.case_at(chosen.row)
        elif isinstance(lines, AgentGrid):
            case = lines.case_at(chosen.row, chosen.column)
        if case >= 0:
            self.run_worker(self._follow_case(case), exit_on_error=False)
        elif isinstance(lines, EventLog):
            self.notify("That line is about no customer.")

    @work(exit_on_error=False)
    async def action_filter(self) -> None:
        """Choose what the log shows, and what a step stops at."""
        choices = [(words, str(topic.value)) for topic, words in TOPICS.items()]
        picked = frozenset(str(topic.value) for topic in self._topics)
        found = await self.app.push_screen_wait(PickDialog("The log shows", choices, picked))
        if found is not None:
            self._topics = frozenset(Topic(int(key)) for key in found)
            log = self.query_one(EventLog)
            all_of_it = len(self._topics) == len(Topic)
            log.head("" if all_of_it else f"{len(self._topics)} of {len(Topic)} kinds (l)")
            if self.driver:
                self.driver.show(self._topics)

    # Others.

    @work(exit_on_error=False)
    async def action_policy(self) -> None:
        """Watch another policy, at the same time of day."""
        if self.base is None:
            return
        policies = titles_of(self.base, (self.base.baseline, *self.base.policies))
        chosen = await self.app.push_screen_wait(
            ChoiceDialog("Watch which policy?", policies, self.policy)
        )
        if chosen is not None and await self.may_begin_again():
            self.policy = chosen
            self._begin(self.seen.snapshot.now if self.seen else None)

    @work(exit_on_error=False)
    async def action_other_customers(self) -> None:
        """Begin again with other customers of the same kind."""
        if not await self.may_begin_again():
            return
        self.replication += 1
        self._begin()
        self.notify(f"Other customers: draw {self.replication + 1}.")


SCREEN = FloorScreen
