"""Floor: the simulation at work, to be watched, followed and changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from scenarios import Scenario, ScenarioError
from scenarios.policy import apply
from sim.live import ChangeError, LiveRun, Made, Topic
from tui.keys_floor import FLOOR
from tui.live.against import Against, set_against
from tui.live.driver import ThreadDriver
from tui.live.forms import FORMS, offered
from tui.live.frames import SPEEDS, Driver, Frame
from tui.live.names import Names
from tui.live.saving import as_saved, save_changes
from tui.live.times import read_time
from tui.live.words import TOPICS
from tui.opened import Opened
from tui.screens.against import AgainstDialog
from tui.screens.form import ChoiceDialog, FormDialog, PickDialog
from tui.screens.mode import ModeScreen
from tui.widgets.floor.agent_grid import AgentGrid
from tui.widgets.floor.approval_queue import ApprovalQueue
from tui.widgets.floor.clock_bar import ClockBar
from tui.widgets.floor.day_curves import DayCurves
from tui.widgets.floor.event_log import EventLog
from tui.widgets.floor.measure_board import MeasureBoard
from tui.widgets.floor.panel import Panel
from tui.widgets.floor.queue_board import QueueBoard
from tui.widgets.floor.story_line import StoryLine
from tui.widgets.lines import Lines

SEED = 1
_LOOKS_A_SECOND = 15


def start(scenario: Scenario, replication: int) -> Driver:
    """Let a run of a scenario go on in a thread of its own."""
    return ThreadDriver(lambda: LiveRun(scenario, SEED, replication))


class FloorScreen(ModeScreen):
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
            &.-following #agents { display: none; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._driver: Driver | None = None
        self._names: Names | None = None
        self._base: Scenario | None = None
        self._policy = ""
        self._replication = 0
        self._topics = frozenset(Topic)
        self._seen: Frame | None = None
        self._goes_on = False

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

    def show_opened(self, opened: Opened) -> None:
        """Begin a run of the scenario that is open now."""
        if opened.scenario is not None:
            self._base = opened.scenario
            self._policy = opened.scenario.baseline
            self._begin()

    @property
    def driver(self) -> Driver | None:
        """Who drives the run that is seen."""
        return self._driver

    @property
    def frame(self) -> Frame | None:
        """The frame that is shown."""
        return self._seen

    def _begin(self, to: float | None = None) -> None:
        """Begin a run of the policy that is chosen, and go to a time."""
        self._end()
        assert self._base is not None
        try:
            scenario = apply(self._base, self._policy)
        except ScenarioError as error:
            self.app.show_failure(error)
            return
        self._names = Names(scenario)
        self._seen = None
        self._driver = start(scenario, self._replication)
        self._driver.show(self._topics)
        self.remove_class("-following")
        if to is not None:
            self._driver.jump(to)

    def _end(self) -> None:
        if self._driver is not None:
            self._driver.stop()
            self._driver = None

    def on_unmount(self) -> None:
        """The run ends with the screen."""
        self._end()

    def on_screen_suspend(self) -> None:
        """Nobody looks: the run rests, unless only a dialog lies above."""
        if self.app.current_mode != self.MODE and self._driver is not None and self._seen:
            self._goes_on = not self._seen.paused
            self._driver.pause()

    def on_screen_resume(self) -> None:
        """Somebody looks again."""
        if self._goes_on and self._driver is not None:
            self._driver.go_on()
        self._goes_on = False

    def _look(self) -> None:
        frame = self._driver.latest if self._driver else None
        if frame is None or frame is self._seen or self._names is None or not self.is_attached:
            return
        if self._seen is None:
            self._names.learn(frame.snapshot)
        if frame.failed and not (self._seen and self._seen.failed):
            words = "The run stopped because of a mistake in the program."
            self.app.show_error("The floor stands still", words, frame.failed)
        self._seen = frame
        self.query_one(ClockBar).show_frame(frame, self._names, self._policy)
        for panel in self.query(Panel):
            if panel.display:
                panel.show_frame(frame, self._names)

    # The clock.

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        if self._driver and self._seen:
            (self._driver.go_on if self._seen.paused else self._driver.pause)()

    def action_step(self) -> None:
        """Go to the next thing that the log would show."""
        if self._driver:
            self._driver.step(self._topics)

    def action_minute(self) -> None:
        """Go to the next full minute."""
        if self._driver:
            self._driver.minute()

    def action_speed(self, by: int) -> None:
        """Go faster or slower by one step."""
        if self._driver and self._seen:
            place = SPEEDS.index(self._seen.speed) + by
            self._driver.set_speed(SPEEDS[max(0, min(len(SPEEDS) - 1, place))])

    def action_next_opening(self) -> None:
        """Go to when customers can call next."""
        if self._driver:
            self._driver.jump(None)

    @work
    async def action_go_to(self) -> None:
        """Go to a time that is asked for."""
        if self._driver is None or self._seen is None or self._names is None:
            return
        now, horizon = self._seen.snapshot.now, self._seen.snapshot.horizon_s
        scenario = self._names.scenario

        def wrong(text: str) -> str:
            found = read_time(text, now, horizon, scenario.horizon.weekday)
            return found if isinstance(found, str) else ""

        text = await self.app.ask_text(
            "Go to which time? As 14:30, or with a day: tue 9:00, day 3 14:30. Earlier times begin "
            "the run again, with the changes made until then.",
            placeholder="14:30",
            check=wrong,
        )
        if text is not None and self._driver is not None:
            to = read_time(text, now, horizon, scenario.horizon.weekday)
            assert isinstance(to, float)
            self._driver.jump(to)

    # Customers and the log.

    @work
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
        if self._driver is None:
            return
        if not await asyncio.wrap_future(self._driver.follow(case)):
            self.notify(f"No story is known of customer #{case}.", severity="warning")
            return
        self.add_class("-following")
        self._seen = None

    def action_unfollow(self) -> None:
        """Follow nobody any more."""
        if self._driver:
            self._driver.follow(None)
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
            self.run_worker(self._follow_case(case))
        elif isinstance(lines, EventLog):
            self.notify("That line is about no customer.")

    @work
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
            if self._driver:
                self._driver.show(self._topics)

    # Changing.

    @work
    async def action_change(self) -> None:
        """Change something on the floor."""
        if self._driver is None or self._names is None:
            return
        kind = await self.app.push_screen_wait(ChoiceDialog("Change what?", offered(self._names)))
        if kind is None:
            return
        form = FORMS[kind]
        dialog = FormDialog(form.title, form.fields(self._names), form.check, form.words)
        answers = await self.app.push_screen_wait(dialog)
        if answers is not None:
            await self._make(self._driver, kind, answers)

    async def _make(self, driver: Driver, kind: str, answers: dict[str, str]) -> None:
        try:
            made = await asyncio.wrap_future(driver.change(FORMS[kind].change(answers)))
        except ChangeError as error:
            self.app.show_error("That cannot be done now", str(error))
            return
        self.notify(f"Done: {made.words}. Press u to set it against the untouched run.")

    @property
    def _made(self) -> tuple[Made, ...]:
        return self._seen.snapshot.changes if self._seen else ()

    @work
    async def action_against(self) -> None:
        """Set the changed run against the untouched one of the same customers."""
        if not self._made or self._names is None or self._seen is None or self._driver is None:
            self.notify("Change something first (i): until then this is the untouched run.")
            return
        names, made, now = self._names, self._made, self._seen.snapshot.now
        self._driver.pause()
        self.notify("Running the same customers with and without your changes …", timeout=3)
        found: list[Against] = []
        work = self.run_worker(
            lambda: found.append(set_against(names.scenario, SEED, self._replication, made, now)),
            thread=True,
            group="against",
        )
        await work.wait()
        if await self.app.push_screen_wait(AgainstDialog(found[0], names)):
            self.action_save()

    @work
    async def action_save(self) -> None:
        """Save the changes as a policy of the scenario file."""
        opened, base = self.app.opened, self._base
        if opened is None or base is None or not self._made:
            self.notify("Change something first (i): there is nothing to save yet.")
            return
        saved = as_saved(base, self._policy, self._made)
        if not saved.can_be_saved:
            self.app.show_error("No policy can say this", saved.words)
            return
        name = await self.app.ask_text(
            f"Save as a policy named?\n\n{saved.words}", placeholder="my-policy", check=saved.wrong
        )
        if name is not None:
            try:
                path = save_changes(opened, name, saved)
            except FileExistsError as error:
                self.app.show_error("Not saved", str(error))
                return
            except ScenarioError as error:
                self.app.show_failure(error)
                return
            self.notify(f"Saved as the policy {name} in {path.name}.")
            self.app.open_scenario(path)

    @work
    async def action_policy(self) -> None:
        """Watch another policy, at the same time of day."""
        if self._base is None:
            return
        policies = [(self._base.baseline, self._base.baseline)]
        policies += [
            (f"{name}: {policy.title}" if policy.title else name, name)
            for name, policy in self._base.policies.items()
        ]
        chosen = await self.app.push_screen_wait(
            ChoiceDialog("Watch which policy?", policies, self._policy)
        )
        if chosen is not None:
            self._policy = chosen
            self._begin(self._seen.snapshot.now if self._seen else None)

    def action_other_customers(self) -> None:
        """Begin again with other customers of the same kind."""
        self._replication += 1
        self._begin()
        self.notify(f"Other customers: draw {self._replication + 1}.")


SCREEN = FloorScreen
