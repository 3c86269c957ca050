"""The driver: a thread that lets a run continue at a chosen speed and publishes the latest frame.

One reference is published and nothing waits in line, so that a screen that is slow misses frames
and never falls behind. The thread works in slices of a few milliseconds and gives way after each:
screen and simulation share one interpreter.
"""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import replace
from math import inf
from typing import TypeVar

from sim.live import Change, LiveRun, Made, Topic
from tui.floor.frames import DEFAULT_SPEED, SPEEDS, Frame

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
        self._asked: queue.Queue[Callable[[], None]] = queue.Queue(maxsize=64)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._guarded, name="live floor", daemon=True)
        self._thread.start()

    # Asked by the screen.

    def pause(self) -> None:
        """Stop immediately, between two events."""
        self._ask(lambda: self._set(paused=True))

    def pause_or_go_on(self) -> None:
        """Stop the clock where it goes by then, let it run where it stands."""
        self._ask(lambda: self._set(paused=not self._rests()))

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

    def change(self, change: Change) -> Future[Made]:
        """Change something now; the future raises ChangeError when it cannot be done."""
        return self._asked_for(lambda: self._run.change(change))

    def follow(self, case: int | None) -> Future[bool]:
        """Follow a customer; the future says whether the case is known."""
        return self._asked_for(lambda: self._follow(case))

    def show(self, topics: Collection[Topic]) -> None:
        """Log only moments about these topics."""
        self._ask(lambda: self._run.show(topics))

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
        self._run = self._make()
        self._run.advance(self._run.next_opening() or 0.0)
        self._publish()
        shown = last = time.monotonic()
        rested = self._idle()
        while not self._stopped.is_set():
            changed = self._answer(wait=rested)
            now = time.monotonic()
            elapsed, last = max(1e-6, min(now - last, _LONGEST_TICK_S)), now
            rested = self._idle()
            if not rested:
                self._go_ahead(elapsed)
                self._measure_pace()
                time.sleep(_PAUSE_S if self._is_flat_out() else 0.02)
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
        return self._paused and not self._is_going_somewhere()

    def _set(self, *, paused: bool, stepping: Collection[Topic] | None = None) -> None:
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
        known = case is None or self._run.knows(case)
        if known:
            self._run.follow(case)
        return known

    def _jump(self, to: float | None) -> None:
        to = self._run.next_opening() if to is None else to
        if to is None:
            return
        if to < self._run.now:
            self._begin_again(to)
        self._to, self._stepping = to, None

    def _begin_again(self, to: float) -> None:
        """The same customers again, with the changes that were made before that time."""
        before, self._run = self._run, self._make()
        self._run.show(before.topics)
        for made in before.changes:
            if made.at <= to:
                self._run.repeat(made)

    def _go_ahead(self, elapsed: float) -> None:
        run, begun, was = self._run, time.perf_counter(), self._run.now
        if self._stepping is not None:
            if run.step(self._stepping, run.now + min(self._slice, _STEP_S)):
                self._steps -= 1
                self._stepping = self._stepping if self._steps else None
        elif self._to is not None:
            run.advance(min(self._to, run.now + self._slice))
            if run.now >= min(self._to, run.horizon_s):
                self._to = None
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
        snapshot = self._run.snapshot()
        self.latest = Frame(snapshot, self._speed, self._pace, self._rests(), self._to)
