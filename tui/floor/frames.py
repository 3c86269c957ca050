"""Frames: what a live run publishes, and what a screen asks of the driver."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from math import inf
from typing import Protocol

from sim.live import Change, Made, Snapshot, Topic
from tui.floor.recorded_day import RecordedDay

SPEEDS = (1.0, 10.0, 60.0, 300.0, 600.0, 1_800.0, 3_600.0, inf)
"""Seconds simulated in a second; the last is as fast as it goes."""

DEFAULT_SPEED = 60.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What the driver publishes: a snapshot and how the run is going."""

    snapshot: Snapshot
    speed: float
    """Wanted, in seconds a second."""
    pace: float
    """Reached since the last frame."""
    paused: bool
    """The clock stands, because somebody stopped it or a dialog is open."""
    going_to: float | None
    """The time that is jumped to, as fast as it goes; None when it can be shown already."""
    changes: tuple[Made, ...] = ()
    """What is changed in the run, earlier or later than the time that is shown."""
    failed: bool = False
    """The run ended early."""


class Driver(Protocol):
    """What the screen asks of the driver."""

    @property
    def latest(self) -> Frame | None:
        """The latest frame; None before the run is ready."""

    @property
    def failed(self) -> str:
        """Why the run ended early, for the developer; empty as long as all is well."""

    @property
    def day(self) -> RecordedDay:
        """The day in view, as far as it is recorded."""

    def pause(self) -> None:
        """Stop immediately, between two events."""

    def hold(self) -> None:
        """Let the clock stand until it is released: somebody is asked something."""

    def release(self) -> None:
        """Let the clock go on, if it went when it was held."""

    def pause_or_go_on(self) -> None:
        """Stop the clock where it goes by then, let it run where it stands."""

    def go_on(self) -> None:
        """Run at the speed chosen."""

    def set_speed(self, speed: float) -> None:
        """Choose the speed in seconds a second."""

    def faster(self, by: int) -> None:
        """Go faster by some of ``SPEEDS``, slower where it is below 0, from the speed by then."""

    def step(self, topics: Collection[Topic]) -> None:
        """Go to the next visible thing about one of these topics, and pause.

        Asked twice, it goes to the one after it.
        """

    def minute(self) -> None:
        """Go to the next full minute, and pause."""

    def jump(self, to: float | None) -> None:
        """Go to a time, forward or back; None is the next opening."""

    def quarters(self, by: int) -> None:
        """Go to the next full quarter of an hour, or so many further; back where it is below 0."""

    def take_back(self, made: Made) -> None:
        """Repeat the run up to now without a change."""

    def refusals(self) -> Sequence[str]:
        """Changes that could not be made again since the last time, and why."""

    def change(self, change: Change) -> Future[Made]:
        """Change something now; the future raises ChangeError when it cannot be done."""

    def follow(self, case: int | None) -> Future[bool]:
        """Follow a customer; the future says whether the case is known."""

    def show(self, topics: Collection[Topic]) -> None:
        """Log only moments about these topics."""

    def stop(self) -> None:
        """End the thread; the run is given up."""
