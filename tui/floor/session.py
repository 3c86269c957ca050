"""What is watched on the floor: a run, beside it perhaps another policy, and what was marked."""

from __future__ import annotations

from time import monotonic

from results.reading.names import title_of_policy
from scenarios import Scenario
from scenarios.policies.policy import apply
from sim.live import LiveRun, Made, Topic
from tui.floor.bookmarks import Bookmarks
from tui.floor.driver import ThreadDriver
from tui.floor.frames import Driver, Frame
from tui.floor.names import Names
from tui.floor.other_policy import OtherPolicy
from tui.floor.recorded_day import RecordedDay
from tui.floor.worst import Worst, worst_of

SEED = 1

_PATIENCE_S = 1.0
"""Time after which the watched run goes on alone where the other one does not keep up."""


def start(scenario: Scenario, replication: int, *, paused: bool = False) -> Driver:
    """Let a run of a scenario continue in a thread of its own."""
    return ThreadDriver(lambda: LiveRun(scenario, SEED, replication), paused=paused)


class FloorSession:
    """The run that is watched; without a screen."""

    def __init__(self) -> None:
        self.base: Scenario | None = None
        """The scenario as it is open, without a policy."""
        self.policy = ""
        self.replication = 0
        self.driver: Driver | None = None
        """Who drives the run that is seen."""
        self.names: Names | None = None
        self.seen: Frame | None = None
        """The frame that is shown."""
        self.saved: tuple[Made, ...] = ()
        """Changes that were saved as a policy."""
        self.topics = frozenset(Topic)
        self.bookmarks = Bookmarks()
        self.other: OtherPolicy | None = None
        self._next: Frame | None = None
        """The frame that waits for the other policy's."""
        self._since = 0.0
        self._beside: Frame | None = None
        """The other policy's frame that is shown."""
        self._worst: tuple[RecordedDay, Worst | None] | None = None

    # Beginning and ending.

    def begin(self, to: float | None = None) -> None:
        """Begin a run of the policy that is chosen, and go to a time.

        Raises:
            ScenarioError: if the policy cannot be applied.
        """
        self.end()
        assert self.base is not None
        scenario = apply(self.base, self.policy)
        self.names = Names(scenario)
        self.seen, self.saved, self._next = None, (), None
        self.driver = start(scenario, self.replication)
        self.driver.show(self.topics)
        if to is not None:
            self.driver.jump(to)

    def end(self) -> None:
        """Give up what is watched."""
        self.watch_alone()
        if self.driver is not None:
            self.driver.stop()
            self.driver = None

    def watch_beside(self, policy: str) -> OtherPolicy:
        """Watch another policy on the same customers beside this one.

        Raises:
            ScenarioError: if the policy cannot be applied.
        """
        self.watch_alone()
        assert self.base is not None
        scenario = apply(self.base, policy)
        driver = start(scenario, self.replication, paused=True)
        title = title_of_policy(self.base, policy)
        self.other = OtherPolicy(policy, title, Names(scenario), driver)
        return self.other

    def seek_parting(self, other: OtherPolicy) -> None:
        """Look for where the two policies part; not for the thread of the screen."""
        assert self.names is not None
        first, second, draw = self.names.scenario, other.names.scenario, self.replication
        now = self.seen.snapshot.now if self.seen else 0.0
        other.seek_parting(
            lambda: LiveRun(first, SEED, draw), lambda: LiveRun(second, SEED, draw), now
        )

    def watch_alone(self) -> None:
        """Watch no other policy any more."""
        if self.other is not None:
            self.other.stop()
        self.other = None

    # What is shown.

    @property
    def title(self) -> str:
        """The title of the policy that is watched."""
        return title_of_policy(self.base, self.policy) if self.base else ""

    @property
    def changes(self) -> tuple[Made, ...]:
        """What is changed in the run."""
        return self.seen.changes if self.seen else ()

    def look(self) -> tuple[Frame, Frame | None] | None:
        """What is to be shown now, of both policies at the same clock; None for nothing new."""
        latest = self.driver.latest if self.driver else None
        if latest is None or self.names is None:
            return None
        if self.other is None:
            if latest is self.seen:
                return None
            self._show(latest)
            return latest, None
        return self._look_at_both(latest, self.other)

    def _look_at_both(self, latest: Frame, other: OtherPolicy) -> tuple[Frame, Frame | None] | None:
        if self._next is None:
            if latest is self.seen and other.driver.latest is self._beside:
                return None
            self._next, self._since = latest, monotonic()
        frame = self._next
        beside = other.at(frame.snapshot.now)
        if beside is not None:
            other.names.learn(beside.snapshot)
        elif monotonic() - self._since < _PATIENCE_S:
            return None
        self._next, self._beside = None, beside
        self._show(frame)
        return frame, beside

    def _show(self, frame: Frame) -> None:
        if self.names is not None:
            self.names.learn(frame.snapshot)
        self.seen = frame

    # The day.

    @property
    def worst(self) -> Worst | None:
        """The worst quarter of an hour of the day in view; None while it is not known."""
        day = self.driver.day if self.driver else None
        if day is None or not day.complete or self.names is None:
            return None
        if self._worst is None or self._worst[0] is not day:
            self._worst = day, worst_of(day, self.names.scenario)
        return self._worst[1]

    @property
    def marked(self) -> list[float]:
        """Bookmarks, and where two policies part."""
        parting = self.other.parting if self.other else None
        more = [] if parting is None else [parting.at // 60.0 * 60.0]
        return sorted({*self.bookmarks.times, *more})
