"""The driver: a thread that lets a run continue at a chosen speed and publishes the latest frame.

One reference is published and nothing waits in line, so that a screen that is slow misses frames
and never falls behind. The thread works in slices of a few milliseconds and gives way after each:
screen and simulation share one interpreter.
"""

from __future__ import annotations

import math
import queue
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from math import inf
from typing import TypeVar

from scenarios.parts.clock import DAY_S
from sim.live import Change, LiveRun, Made, Snapshot, Topic
from tui.floor.frames import DEFAULT_SPEED, SPEEDS, Frame
from tui.floor.history import History
from tui.floor.recorded_day import QUARTER_S, RecordedDay
from tui.floor.repeated_run import RepeatedRun

_SLICE_S = 0.003
"""Wall time of a slice, after which the screen gets its turn."""
_PAUSE_S = 0.001
_FRAME_S = 1.0 / 15.0
_LONGEST_TICK_S = 0.1
"""Time that was missed for longer than this is not caught up with."""
_STEP_S = 600.0
"""Simulated seconds that a step looks ahead at a time."""

T = TypeVar("T")


class ThreadDriver:
    """Drives a run in a thread of its own; only that thread touches the run."""

    def __init__(self, make: Callable[[], LiveRun], *, paused: bool = False) -> None:
        """Begin with the run that ``make`` makes, in the thread, at its first opening."""
        self.latest: Frame | None = None
        self.failed = ""
        self._make = make
        self._speed = DEFAULT_SPEED
        self._paused = paused
        self._to: float | None = None
        self._stepping: Collection[Topic] | None = None
        self._steps = 0
        self._pace = 0.0
        self._slice = 10.0
        self._refused: deque[str] = deque()
        self._broken = False
        """Whether the day cannot be recorded."""
        self._asked: queue.Queue[Callable[[], None]] = queue.Queue(maxsize=64)
        self._stopped = threading.Event()
        self._history = History(make)
        self._held = False
        self._repeats = False
        """Whether the run has been begun again and is behind what is shown."""
        self._thread = threading.Thread(target=self._guarded, name="live floor", daemon=True)
        self._thread.start()

    # Asked by the screen.

    def pause(self) -> None:
        """Stop immediately, between two events."""
        self._ask(lambda: self._set(paused=True))

    def pause_or_go_on(self) -> None:
        """Stop the clock where it goes by then, let it run where it stands."""
        self._ask(lambda: self._set(paused=not self._rests()))

    @property
    def day(self) -> RecordedDay:
        """The day in view, as far as it is recorded."""
        return self._history.day

    def hold(self) -> None:
        """Let the clock stand until it is released: somebody is asked something."""
        self._ask(lambda: setattr(self, "_held", True))

    def release(self) -> None:
        """Let the clock go on, if it went when it was held."""
        self._ask(lambda: setattr(self, "_held", False))

    def go_on(self) -> None:
        """Run at the speed chosen."""
        self._ask(lambda: self._set(paused=False))

    def set_speed(self, speed: float) -> None:
        """Choose the speed in seconds a second."""
        self._ask(lambda: setattr(self, "_speed", speed))

    def faster(self, by: int) -> None:
        """Go faster by some of ``SPEEDS``, slower where it is below 0, from the speed by then."""
        self._ask(lambda: self._faster(by))

    def step(self, topics: Collection[Topic]) -> None:
        """Go to the next visible thing about one of these topics, and pause.

        Asked twice, it goes to the one after it.
        """
        self._ask(lambda: self._step(topics))

    def minute(self) -> None:
        """Go to the next full minute, and pause."""
        self._ask(self._to_next_minute)

    def jump(self, to: float | None) -> None:
        """Go to a time, forward or back; None is the next opening."""
        self._ask(lambda: self._jump(to))

    def quarters(self, by: int) -> None:
        """Go to the next full quarter of an hour, or so many further; back where it is below 0."""
        self._ask(lambda: self._quarters(by))

    def change(self, change: Change) -> Future[Made]:
        """Change something now; the future raises ChangeError when it cannot be done."""
        return self._asked_for(lambda: self._change(change))

    def take_back(self, made: Made) -> None:
        """Repeat the run up to now without a change."""
        self._ask(lambda: self._take_back(made))

    def refusals(self) -> Sequence[str]:
        """Changes that could not be made again since the last time, and why."""
        found = []
        while self._refused:
            found.append(self._refused.popleft())
        return found

    def follow(self, case: int | None) -> Future[bool]:
        """Follow a customer; the future says whether the case is known."""
        return self._asked_for(lambda: self._follow(case))

    def show(self, topics: Collection[Topic]) -> None:
        """Log only moments about these topics."""
        self._ask(lambda: self._run.run.show(topics))

    def stop(self) -> None:
        """End the thread; the run is given up."""
        self._stopped.set()
        self._ask(lambda: None)

    def wait(self, seconds: float = 10.0) -> bool:
        """Wait until the thread has ended; whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _ask(self, what: Callable[[], None]) -> None:
        try:
            self._asked.put_nowait(what)
        except queue.Full:
            return  # keys pressed faster than anybody could mean them

    def _asked_for(self, what: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()

        def done() -> None:
            try:
                future.set_result(what())
            except Exception as error:  # noqa: BLE001 - reported to the screen that asked
                future.set_exception(error)

        self._ask(done)
        return future

    # Done in the thread.

    def _guarded(self) -> None:
        try:
            self._live()
        except Exception:  # noqa: BLE001 - the screen shows it
            if self.latest is not None:
                self.latest = replace(self.latest, paused=True, failed=True)
            # Before its first frame as well: there may never be one.
            self.failed = traceback.format_exc()

    def _live(self) -> None:
        self._run = RepeatedRun(self._make)
        self._run.advance(self._run.run.next_opening() or 0.0)
        self._publish()
        shown = last = time.monotonic()
        rested, records = self._idle(), True
        while not self._stopped.is_set():
            changed = self._answer(wait=rested and not records)
            now = time.monotonic()
            last = now if rested else last  # while the clock stood, no time went by on it
            elapsed, last = max(1e-6, min(now - last, _LONGEST_TICK_S)), now
            rested = self._idle()
            if not rested:
                self._go_ahead(elapsed)
                self._measure_pace()
            records = self._record()
            if records or not rested:
                time.sleep(_PAUSE_S if records or self._is_flat_out() else 0.02)
            if changed or self._idle() != rested or now - shown >= _FRAME_S:
                self._publish()
                shown = now

    def _answer(self, wait: bool) -> bool:
        """Do what was asked; while the run rests, wait for it."""
        try:
            asked = self._asked.get(timeout=0.5) if wait else self._asked.get_nowait()
        except queue.Empty:
            return False
        asked()
        while not self._asked.empty():
            self._asked.get_nowait()()
        return True

    def _idle(self) -> bool:
        at_the_end = self._run.now >= self._run.horizon_s
        return at_the_end or self._rests()

    def _is_going_somewhere(self) -> bool:
        return self._to is not None or self._stepping is not None

    def _is_flat_out(self) -> bool:
        return self._is_going_somewhere() or self._speed == inf

    def _rests(self) -> bool:
        return (self._paused or self._held) and not self._is_going_somewhere()

    def _set(self, *, paused: bool, stepping: Collection[Topic] | None = None) -> None:
        self._catch_up()
        self._paused, self._stepping, self._to = paused, stepping, None
        self._pace = 0.0

    def _faster(self, by: int) -> None:
        place = SPEEDS.index(self._speed) + by
        self._speed = SPEEDS[max(0, min(len(SPEEDS) - 1, place))]

    def _step(self, topics: Collection[Topic]) -> None:
        self._steps = 1 if self._stepping is None else self._steps + 1
        self._set(paused=True, stepping=topics)

    def _to_next_minute(self) -> None:
        self._set(paused=True)
        self._run.minute()

    def _follow(self, case: int | None) -> bool:
        self._catch_up()
        known = case is None or self._run.run.knows(case)
        if known:
            self._run.run.follow(case)
        return known

    def _jump(self, to: float | None) -> None:
        if to is None:
            self._catch_up()
            to = self._run.run.next_opening()
        if to is None:
            return
        to = max(0.0, min(to, self._run.horizon_s))
        if to < self._run.now:
            self._run.begin_again()
            self._repeats = True
        self._to, self._stepping = to, None
        self._look_at(to)

    def _quarters(self, by: int) -> None:
        at = (self._run.now if self._to is None else self._to) / QUARTER_S
        self._jump((math.ceil(at) + by if by < 0 else math.floor(at) + by) * QUARTER_S)

    def _change(self, change: Change) -> Made:
        self._catch_up()
        made = self._run.change(change)
        self._history.change(self._run.changes, made.at)
        return made

    def _take_back(self, made: Made) -> None:
        self._catch_up()
        now = self._run.now
        if self._run.take_back(made):
            self._run.begin_again()
            self._repeats, self._to, self._stepping = True, now, None
        self._history.change(self._run.changes, made.at)

    def _catch_up(self) -> None:
        """Bring the run to where it is shown already."""
        if self._to is not None and (self._repeats or self._recorded() is not None):
            self._run.advance(self._to)
            self._to, self._repeats = None, False

    # What is known of the day.

    def _look_at(self, time: float) -> None:
        self._history.look_at(int(min(time, self._run.horizon_s - 1.0) // DAY_S))

    def _record(self) -> bool:
        """Record some of the day; whether there is more."""
        self._look_at(self._run.now if self._to is None else self._to)
        if self._broken:
            return False
        try:
            return self._history.record(_SLICE_S)
        except Exception:  # noqa: BLE001 - the run that is watched will come to it as well
            self._broken = True
            return False

    def _recorded(self) -> Snapshot | None:
        """What is jumped to, as it is recorded; None when it is not yet."""
        if self._to is None:
            return None
        run = self._run.run
        story = None if run.followed is None else self._history.story(run.followed)
        return self._history.day.at(self._to, run.topics, story)

    def _go_ahead(self, elapsed: float) -> None:
        run, begun, was = self._run, time.perf_counter(), self._run.now
        if self._stepping is not None:
            if run.step(self._stepping, run.now + min(self._slice, _STEP_S)):
                self._steps -= 1
                self._stepping = self._stepping if self._steps else None
        elif self._to is not None:
            run.advance(min(self._to, run.now + self._slice))
            if run.now >= min(self._to, run.horizon_s):
                self._to, self._repeats = None, False
        else:
            self._run_slices(run.now + self._speed * elapsed)
            return
        self._adapt(run.now - was, time.perf_counter() - begun)

    def _run_slices(self, until: float) -> None:
        """Continue to a time, giving way between slices; give up what does not fit into a tick."""
        run, ends = self._run, time.perf_counter() + _LONGEST_TICK_S
        while run.now < min(until, run.horizon_s) and time.perf_counter() < ends:
            begun, was = time.perf_counter(), run.now
            run.advance(min(until, run.now + self._slice))
            self._adapt(run.now - was, time.perf_counter() - begun)
            if self._speed == inf or run.now < until:
                time.sleep(_PAUSE_S)
            if not self._asked.empty() or self._speed == inf:
                return

    def _adapt(self, simulated: float, spent: float) -> None:
        """Make the next slice as long as its share of time, carefully."""
        if simulated > 0.0:
            wanted = simulated * _SLICE_S / max(spent, 1e-6)
            self._slice = max(0.5, min(wanted, self._slice * 2.0, 3_600.0))

    def _measure_pace(self) -> None:
        now, at = time.monotonic(), self._run.now
        if self._pace == 0.0:
            self._since = now, at
            self._pace = 1e-9
        elif now - self._since[0] >= 0.5:
            self._pace = (at - self._since[1]) / (now - self._since[0])
            self._since = now, at

    def _publish(self) -> None:
        self._refused.extend(self._run.refused)
        self._run.refused.clear()
        snapshot, going_to = self._recorded(), None
        if snapshot is None:
            going_to = self._to
            held = self._repeats and self.latest is not None
            snapshot = self.latest.snapshot if held and self.latest else self._run.run.snapshot()
        paused = (self._paused or self._held) and (going_to is None and self._stepping is None)
        self.latest = Frame(snapshot, self._speed, self._pace, paused, going_to, self._run.changes)
