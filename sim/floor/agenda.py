"""What is planned for a time of day: coming, going, opening, closing, arrivals, due promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappush

from sim.floor.clock import Clock, Order

# Asked for with every customer; as a member of an enumeration it costs Python 3.11 a call.
_ARRIVING = Order.ARRIVING


class Agenda:
    """Plans actions by the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return float(self._clock.now)

    def at(self, time: float, action: Callable[[], None], order: Order = Order.ORDINARY) -> None:
        """Do something at a time (now, if the time has passed)."""
        self._clock.ring(max(0.0, time - self._clock.now), lambda _: action(), order)

    def one_by_one(self, times: Sequence[float], action: Callable[[int], None]) -> None:
        """Do something at each of these times, in order, with the position as argument."""
        if times:
            _Series(self._clock, times, action).plan()


class _Series:
    """One action after another, each planned when the one before is over."""

    def __init__(self, clock: Clock, times: Sequence[float], action: Callable[[int], None]) -> None:
        self._clock = clock
        self._times = times
        self._action = action
        self._position = 0

    def plan(self) -> None:
        clock, time = self._clock, self._times[self._position]
        delay = time - clock.now
        # As ``schedule`` does it: the call would take a hundredth of the time of a run.
        time = clock.now + (delay if delay > 0.0 else 0.0)
        heappush(clock._queue, (time, _ARRIVING, next(clock._eid), _Series.ring, self))

    def ring(self) -> None:
        self._action(self._position)
        self._position += 1
        if self._position < len(self._times):
            self.plan()
