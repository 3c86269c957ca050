"""Another policy on the same customers, kept at the clock of the one that is watched."""

from __future__ import annotations

import threading
from collections.abc import Callable

from scenarios.parts.clock import DAY_S
from sim.live import LiveRun, StoryView
from tui.floor.frames import Driver, Frame
from tui.floor.names import Names
from tui.floor.parting import Parting, parting_of, same_customer


class OtherPolicy:
    """The run beside the one that is watched, and where the two part."""

    def __init__(self, policy: str, title: str, names: Names, driver: Driver) -> None:
        """Keep a driver that stands still at the clock of another one."""
        self.policy = policy
        self.title = title
        self.names = names
        self.driver = driver
        self.parting: Parting | None = None
        """The first customer who is treated otherwise; None for nobody, or not known yet."""
        self.sought_until: float | None = None
        """Up to when it is known where they part; None while it is still looked for."""
        self._asked: float | None = None
        self._gone = threading.Event()

    def at(self, now: float) -> Frame | None:
        """What this policy comes to at a time; None until its run is there."""
        frame = self.driver.latest
        if frame is not None and frame.snapshot.now == now:
            return frame
        if self._asked != now:
            self._asked = now
            self.driver.jump(now)
        return None

    def seek_parting(
        self, first: Callable[[], LiveRun], second: Callable[[], LiveRun], now: float
    ) -> None:
        """Look for where the two part, up to the end of the day of a time; takes its time."""
        run = first()
        until = min((now // DAY_S + 1.0) * DAY_S, run.horizon_s)
        self.parting = parting_of(run, second(), until, self._gone.is_set)
        self.sought_until = until

    def follow(self, story: StoryView | None) -> None:
        """Follow the same customer here, or nobody."""
        case: int | None = None
        if story is not None:
            case = same_customer(self.driver.day.moments, story.began, story.reason)
            case = story.case if case < 0 else case
        self.driver.follow(case)

    def stop(self) -> None:
        """End its run."""
        self._gone.set()
        self.driver.stop()
