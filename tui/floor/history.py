"""The history: the day in view, simulated ahead of the clock and recorded minute by minute.

The same customers and changes give the same day, so that a second run, which no clock holds, knows
what the first will come to. What it has recorded is shown immediately, backwards and forwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter

from scenarios.parts.clock import DAY_S
from sim.live import LiveRun, Made, StoryView
from tui.floor.recorded_day import MINUTE_S, RecordedDay
from tui.floor.repeated_run import RepeatedRun

_SILENT_S = 600.0
"""Simulated at a time on the way to what is to be recorded."""


class History:
    """Records the day in view of a run, with the changes made to it."""

    def __init__(self, make: Callable[[], LiveRun]) -> None:
        """Record runs that ``make`` makes, all of the same customers."""
        self._make = make
        self._changes: tuple[Made, ...] = ()
        self._run: RepeatedRun | None = None
        self.day = RecordedDay(0)
        """It only grows: where something changes, another one takes its place."""

    def look_at(self, day: int) -> None:
        """Record this day, if it is not the one that is recorded already."""
        if day == self.day.number:
            return
        follows = self.day.complete and day == self.day.number + 1
        self.day = RecordedDay(day)
        if not follows:
            self._run = None

    def change(self, changes: Iterable[Made], since: float) -> None:
        """Record with these changes from now on; what was before ``since`` stays as it is."""
        self._changes = tuple(changes)
        day = RecordedDay(self.day.number)
        day.take_until(self.day, since)
        self.day, self._run = day, None

    def record(self, seconds: float) -> bool:
        """Record for about so many seconds; whether there is more to record."""
        ends = perf_counter() + seconds
        while not self.day.complete and perf_counter() < ends:
            self._record_next()
        return not self.day.complete

    def story(self, case: int) -> StoryView | None:
        """A customer's story, as far as it is recorded; None when it is unknown."""
        return self._run.run.story(case) if self._run is not None else None

    def _record_next(self) -> None:
        if self._run is None:
            self._run = RepeatedRun(self._make, self._changes)
            self._run.run.keep_moments()
        run, day = self._run, self.day
        minute = day.begins if not day.minutes else day.reached + MINUTE_S
        if run.now < minute - _SILENT_S:
            run.advance(run.now + _SILENT_S)
            run.run.take_moments()
            return
        run.advance(minute)
        known = day.moments[-1].number if day.moments else -1
        happened = [
            moment
            for moment in run.run.take_moments()
            if moment.at >= day.begins and moment.number > known
        ]
        day.add(run.run.snapshot(), happened)
        # The last midnight belongs to the last day, every other one to the day that begins.
        midnight = day.begins + DAY_S
        day.complete = minute >= (midnight - MINUTE_S if midnight < run.horizon_s else midnight)
