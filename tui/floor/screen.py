"""Floor: the simulation at work, to be watched, followed and changed, back and forth."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget
from textual.worker import WorkerFailed

from results.reading.names import titles_of
from scenarios import Scenario, ScenarioError
from sim.live import Topic
from tui.floor import floor_changes
from tui.floor.against import Against, set_against
from tui.floor.against_dialog import AgainstDialog
from tui.floor.agent_grid import AgentGrid
from tui.floor.approval_queue import ApprovalQueue
from tui.floor.both_board import FIRST, SECOND, BothBoard
from tui.floor.clock_bar import ClockBar
from tui.floor.day_curves import DayCurves
from tui.floor.event_log import EventLog
from tui.floor.frames import Driver, Frame
from tui.floor.heat_strip import HeatStrip, Marks
from tui.floor.keys import FLOOR
from tui.floor.lines import Lines
from tui.floor.measure_board import MeasureBoard
from tui.floor.names import clock
from tui.floor.panel import Panel, TitledLines
from tui.floor.queue_board import QueueBoard
from tui.floor.session import SEED, FloorSession
from tui.floor.story_line import StoryLine
from tui.floor.times import read_time
from tui.floor.words import TOPICS
from tui.parts.choice import ChoiceDialog
from tui.parts.form import PickDialog
from tui.shell.mode import ModeScreen
from tui.shell.scenario_file import ScenarioFile

_LOOKS_A_SECOND = 15


def _without_policies(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"policies": {}})


class FloorScreen(ModeScreen):
    """Queues, agents and customers while the clock runs."""

    MODE: ClassVar[str] = "floor"
    AUTO_FOCUS = "#log"
    BINDINGS = [*FLOOR]  # noqa: RUF012
    DEFAULT_CSS = """
    FloorScreen {
        #floor-upper { height: 9fr; }
        #floor-lower { height: 4fr; layout: horizontal; }
        #floor-left, #floor-right { width: 1fr; }
        #queues, #other-queues { height: 2fr; max-height: 8; }
        #agents, #other-agents { height: 5fr; }
        #measures { height: 11; }
        #curves { height: 4; }
        #approvals { height: 1fr; }
        #log, #story, #other-story { width: 1fr; }
        #story, #other-story, #both, #other-queues, #other-agents { display: none; }
        &.-following #story { display: block; }

        &.-beside {
            #other-queues, #other-agents, #both { display: block; }
            #measures, #curves, #approvals, #log { display: none; }
            #both { width: 1fr; }
        }
        &.-beside.-following {
            #both { display: none; }
            #other-story { display: block; }
        }

        &.-wide {
            #strip { height: 7; }
            #floor-all { layout: horizontal; }
            #floor-upper { width: 2fr; height: 1fr; }
            #floor-lower { width: 1fr; height: 1fr; layout: vertical; }
            #log, #story, #other-story, #both { width: 1fr; height: 1fr; }
            #queues, #other-queues { height: 9; }
            #curves { height: 10; }
        }
        &.-narrow {
            TitledLines {
                padding: 0 1;
                border: none;
                border-top: solid $axis;
                &:focus { border-top: heavy $primary; }
            }
            #strip { height: 3; }
            #floor-upper { height: 13; }
            #floor-right { width: 35; }
            #curves { display: none; }
            #measures { height: 8; }
            #queues, #other-queues { height: 5; }
            #agents, #other-agents { height: 1fr; }
            &.-following #log { display: none; }
            &.-following #floor-upper { height: 6; }
            &.-following #agents, &.-following #measures { display: none; }
            &.-following #queues { height: 6; }
            &.-beside {
                #strip { height: 4; }
                #floor-right { width: 1fr; }
                #floor-upper { height: 9; }
                #queues, #other-queues { height: 4; }
            }
            &.-beside.-following {
                #floor-upper { height: 5; }
                #queues, #other-queues { height: 5; }
                #other-agents { display: none; }
            }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.session = FloorSession()
        self._failed = False
        """Whether a person has been told that the run failed."""
        self._strip: object = None
        """What the heat strip was made of."""
        self._base_of: Path | None = None
        """The file whose day is seen."""
        self._later: Scenario | None = None
        """Another state of that file, which is not seen while there are changes in the run."""

    @property
    def driver(self) -> Driver | None:
        """Who drives the run that is seen."""
        return self.session.driver

    @property
    def seen(self) -> Frame | None:
        """The frame that is shown."""
        return self.session.seen

    def body(self) -> Iterable[Widget]:
        """Clock, heat strip, boards, log."""
        yield ClockBar(id="clock")
        yield HeatStrip(id="strip")
        with Container(id="floor-all"):
            with Horizontal(id="floor-upper"):
                with Vertical(id="floor-left"):
                    yield QueueBoard(id="queues", can_focus=True)
                    yield AgentGrid(id="agents")
                with Vertical(id="floor-right"):
                    yield MeasureBoard(id="measures", can_focus=True)
                    yield DayCurves(id="curves")
                    yield ApprovalQueue(id="approvals")
                    yield QueueBoard(id="other-queues")
                    yield AgentGrid(id="other-agents")
            with Container(id="floor-lower"):
                yield EventLog(id="log", can_focus=True)
                yield BothBoard(id="both")
                yield StoryLine(id="story", can_focus=True)
                yield StoryLine(id="other-story", can_focus=True)

    # Frames.

    def on_mount(self) -> None:
        """Look at the driver many times a second."""
        self.set_interval(1.0 / _LOOKS_A_SECOND, self._look)

    def show_opened(self, opened: ScenarioFile) -> None:
        """Begin a run of the scenario that is open now; another policy in it changes nothing."""
        if opened.scenario is None:
            return
        before, now = self.session.base, opened.scenario
        goes_on = before is not None and self._goes_on_under(before, now)
        if not goes_on and self.session.changes and self._base_of == opened.path:
            if self._later is None:
                self.notify("This day continues as it was, with your changes; n begins it anew.")
            self._later = now
            return
        self.session.base, self._base_of, self._later = now, opened.path, None
        if not goes_on:
            self.session.policy = now.baseline
            self._begin()

    def _take_later(self) -> None:
        """The run is given up: the next one is of the file as it is open now."""
        session, later = self.session, self._later
        if later is not None:
            session.base, self._later = later, None
            if session.policy not in later.policies:
                session.policy = later.baseline

    def _goes_on_under(self, before: Scenario, now: Scenario) -> bool:
        """Whether the run that is seen is one of this scenario as well."""
        policy = self.session.policy
        watched = before.policies.get(policy) == now.policies.get(policy)
        return watched and _without_policies(before) == _without_policies(now)

    def _begin(self, to: float | None = None) -> None:
        """Begin a run of the policy that is chosen, and go to a time."""
        self._failed, self._strip = False, None
        self.remove_class("-following", "-beside")
        try:
            self.session.begin(to)
        except ScenarioError as error:
            self.app.show_failure(error)

    def on_unmount(self) -> None:
        """The run ends with the screen."""
        self.session.end()

    def on_screen_suspend(self) -> None:
        """A dialog is open, or nobody looks: the clock is held."""
        if self.driver is not None:
            self.driver.hold()

    def on_screen_resume(self) -> None:
        """Somebody looks again: the clock goes on, if it went."""
        if self.driver is not None:
            self.driver.release()

    def _look(self) -> None:
        session = self.session
        self._tell_what_went_wrong()
        if not self.is_attached:
            return
        found = session.look()
        if found is not None:
            self._show(*found)
        self._show_strip()

    def _show(self, frame: Frame, beside: Frame | None) -> None:
        session = self.session
        names, other = session.names, session.other
        assert names is not None
        title = session.title
        if other is not None:
            title = f"{FIRST} {title}  │  {SECOND} {other.title}"
        self.query_one(ClockBar).show_frame(frame, names, title)
        for panel in self.query(Panel):  # type: ignore[type-abstract]  # finds its kinds
            if not panel.display:
                continue
            if not (panel.id or "").startswith("other-"):
                panel.show_frame(frame, names)
            elif other is not None and beside is not None:
                panel.show_frame(beside, other.names)
        if other is not None:
            self.query_one(BothBoard).show_both(frame, names, session.title, beside, other)
            self._follow_beside(frame, beside)

    def _show_strip(self) -> None:
        """Draw the day anew where something in it is new."""
        session, driver = self.session, self.driver
        if driver is None or session.seen is None or session.names is None:
            return
        days = [("", driver.day)]
        if session.other is not None:
            days = [(FIRST, driver.day), (SECOND, session.other.driver.day)]
        parting = session.other.parting if session.other else None
        now = session.seen.snapshot.now // 60.0 * 60.0
        made_of = (
            now,
            tuple(session.bookmarks.times),
            parting,
            tuple((day, len(day.minutes) // 15, day.complete) for _, day in days),
        )
        if made_of != self._strip:
            self._strip = made_of
            at = None if parting is None else parting.at
            marks = Marks(now, tuple(session.bookmarks.times), session.worst, at)
            self.query_one(HeatStrip).show_days(days, marks, session.names.scenario)

    def _tell_what_went_wrong(self) -> None:
        driver = self.driver
        if driver is None:
            return
        for words in driver.refusals():
            self.notify(f"Not made again: {words}", severity="warning", markup=False)
        if driver.failed and not self._failed:
            self._failed = True
            words = "The run stopped because of a mistake in the program."
            self.app.show_error("The simulation stopped", words, driver.failed)

    # The clock.

    def action_pause(self) -> None:
        """Stop the clock, or let it run."""
        # What stands on the screen may be a frame old: the run knows whether it goes.
        if self.driver:
            self.driver.pause_or_go_on()

    def action_step(self) -> None:
        """Go to the next thing that the log would show."""
        if self.driver:
            self.driver.step(self.session.topics)

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

    @work(group="ask", exit_on_error=False)
    async def action_go_to(self) -> None:
        """Go to a time that is asked for."""
        names, seen = self.session.names, self.seen
        if self.driver is None or seen is None or names is None:
            return
        now, horizon = seen.snapshot.now, seen.snapshot.horizon_s
        weekday = names.scenario.horizon.weekday

        def wrong(text: str) -> str:
            found = read_time(text, now, horizon, weekday)
            return found if isinstance(found, str) else ""

        text = await self.app.ask_text(
            "Go to which time? As 14:30, or with a day: tue 9:00, day 3 14:30.",
            placeholder="14:30",
            check=wrong,
        )
        if text is not None and self.driver is not None:
            to = read_time(text, now, horizon, weekday)
            assert isinstance(to, float)
            self.driver.jump(to)

    # Back and forth through the day.

    def action_quarters(self, by: int) -> None:
        """Go some quarters of an hour forward or back."""
        if self.driver:
            self.driver.quarters(by)

    @work(exclusive=True, group="worst", exit_on_error=False)
    async def action_worst(self) -> None:
        """Go to the quarter of an hour in which customers waited longest."""
        while self.driver is not None and not self.driver.day.complete:
            await asyncio.sleep(0.05)
        worst = self.session.worst
        if self.driver is None or worst is None:
            self.notify("Nobody waited on this day.")
            return
        self.driver.jump(worst.begins)
        self.notify(
            f"Worst quarter of an hour, from {clock(worst.begins, seconds=False)}: {worst.words}.",
            markup=False,
        )

    def action_mark(self) -> None:
        """Set a bookmark here, or take it away."""
        if self.seen is not None:
            now = self.seen.snapshot.now
            marked = self.session.bookmarks.toggle(now)
            words = "Bookmark at" if marked else "No bookmark any more at"
            self.notify(f"{words} {clock(now, seconds=False)} (' goes to the next one).")

    def action_next_mark(self) -> None:
        """Go to the next bookmark."""
        if self.driver is None or self.seen is None:
            return
        to = self.session.bookmarks.after(self.seen.snapshot.now, self.session.marked)
        if to is None:
            self.notify("No bookmark yet: b sets one.")
        else:
            self.driver.jump(to)

    # Another policy beside this one.

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_beside(self) -> None:
        """Watch another policy beside this one, or this one alone again."""
        if self.session.other is None:
            await self._watch_beside()
        else:
            self._watch_alone()

    async def _watch_beside(self) -> bool:
        session = self.session
        base = session.base
        if base is None or session.driver is None:
            return False
        policies = [one for one in (base.baseline, *base.policies) if one != session.policy]
        if not policies:
            self.notify("The scenario has no other policy to watch beside this one.")
            return False
        chosen = await self.app.push_screen_wait(
            ChoiceDialog("Watch which policy beside this one?", titles_of(base, policies))
        )
        if chosen is None:
            return False
        other = session.watch_beside(chosen)
        self._name_sides()
        self.add_class("-beside")
        self.run_worker(
            lambda: session.seek_parting(other),
            thread=True,
            group="parting",
            exit_on_error=False,
        )
        return True

    def _watch_alone(self) -> None:
        self.session.watch_alone()
        self.remove_class("-beside")
        self._name_sides()

    def _name_sides(self) -> None:
        """Say on the panels of which policy they are."""
        other = self.session.other
        for sign, before in ((FIRST, ""), (SECOND, "other-")):
            for panel in (f"{before}queues", f"{before}story"):
                lines = self.query_one(f"#{panel}", TitledLines)
                lines.heading = f"{sign} {lines.HEADING}" if other else lines.HEADING
            grid = self.query_one(f"#{before}agents", AgentGrid)
            title = self.session.title if sign == FIRST else other.title if other else ""
            grid.heading = f"{sign} {title}" if other else AgentGrid.HEADING
            grid.head()
        self._strip = None
        self.session.seen = None

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_both_stories(self) -> None:
        """Show the followed customer's story under another policy beside this one."""
        if not self.has_class("-following"):
            self.notify("Follow a customer first: f, or Enter on a line of the log.")
        elif self.session.other is not None:
            self._watch_alone()
        else:
            await self._watch_beside()

    def _follow_beside(self, frame: Frame, beside: Frame | None) -> None:
        """Follow the same customer under the other policy, as soon as they are there."""
        other, story = self.session.other, frame.snapshot.followed
        if other is None or beside is None:
            return
        theirs = beside.snapshot.followed
        if (story is None) != (theirs is None) or (
            story is not None and theirs is not None and story.began != theirs.began
        ):
            other.follow(story)

    # Customers and the log.

    @work(group="ask", exit_on_error=False)
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
        self.session.seen = None

    def action_unfollow(self) -> None:
        """Follow nobody any more."""
        if self.driver:
            self.driver.follow(None)
        self.remove_class("-following")

    @on(Lines.Chosen)
    def _chosen(self, chosen: Lines.Chosen) -> None:
        """Follow whom a line or a cell is about; go to a time of the strip."""
        chosen.stop()
        lines, case = chosen.lines, -1
        if isinstance(lines, HeatStrip):
            to = lines.time_at(chosen.column)
            if to is not None and self.driver is not None:
                self.driver.jump(to)
            return
        if isinstance(lines, EventLog | ApprovalQueue):
            case = lines.case_at(chosen.row)
        elif isinstance(lines, AgentGrid) and lines.id == "agents":
            case = lines.case_at(chosen.row, chosen.column)
        if case >= 0:
            self.run_worker(self._follow_case(case), exit_on_error=False)
        elif isinstance(lines, EventLog):
            self.notify("This entry has no customer.")

    @work(group="ask", exit_on_error=False)
    async def action_filter(self) -> None:
        """Choose what the log shows, and what a step stops at."""
        choices = [(words, str(topic.value)) for topic, words in TOPICS.items()]
        picked = frozenset(str(topic.value) for topic in self.session.topics)
        found = await self.app.push_screen_wait(PickDialog("The log shows", choices, picked))
        if found is not None:
            topics = self.session.topics = frozenset(Topic(int(key)) for key in found)
            all_of_it = len(topics) == len(Topic)
            words = "" if all_of_it else f"{len(topics)} of {len(Topic)} kinds (l)"
            self.query_one(EventLog).head(words)
            if self.driver:
                self.driver.show(topics)

    # Changes.

    @work(group="ask", exit_on_error=False)
    async def action_change(self) -> None:
        """Change something on the floor."""
        await floor_changes.intervene(self.app, self.session)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Repeat the day up to now without one of the changes."""
        await floor_changes.take_back(self.app, self.session)

    @work(exclusive=True, group="ask", exit_on_error=False)
    async def action_save(self) -> None:
        """Save the changes as a policy of the scenario file."""
        await floor_changes.save_changes(self.app, self.session)

    @work(exit_on_error=False)
    async def action_against(self) -> None:
        """Set the changed run against the untouched one of the same customers."""
        session, made = self.session, self.session.changes
        names, seen = session.names, session.seen
        if not made or names is None or seen is None or session.driver is None:
            self.notify("Change something first (i): until then this is the untouched run.")
            return
        now, draw = seen.snapshot.now, session.replication
        session.driver.pause()
        self.notify("Running the same customers with and without your changes …", timeout=3)
        found: list[Against] = []
        work = self.run_worker(
            lambda: found.append(set_against(names.scenario, SEED, draw, made, now)),
            thread=True,
            group="against",
            exit_on_error=False,
        )
        try:
            await work.wait()
        except WorkerFailed:  # told by the screen
            return
        if await self.app.push_screen_wait(AgainstDialog(found[0], names)):
            self.action_save()

    # Others.

    @work(exit_on_error=False)
    async def action_policy(self) -> None:
        """Watch another policy, at the same time of day."""
        session = self.session
        if session.base is None:
            return
        policies = titles_of(session.base, (session.base.baseline, *session.base.policies))
        chosen = await self.app.push_screen_wait(
            ChoiceDialog("Watch which policy?", policies, session.policy)
        )
        if chosen is not None and await floor_changes.may_begin_again(self.app, session):
            session.policy = chosen
            self._take_later()
            self._begin(session.seen.snapshot.now if session.seen else None)

    @work(exit_on_error=False)
    async def action_other_customers(self) -> None:
        """Begin again with other customers of the same kind."""
        if await floor_changes.may_begin_again(self.app, self.session):
            self.session.replication += 1
            self._take_later()
            self._begin()
            self.notify(f"Other customers: draw {self.session.replication + 1}.")


SCREEN = FloorScreen
