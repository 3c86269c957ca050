"""What is planned for a time of day: coming, going, opening, closing, arrivals, due promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

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

    def one_by_one(
        self, times: Iterable[float], action: Callable[[Any], None], whose: Iterable[object]
    ) -> None:
        """Do something at each of these times, in order, with whose time it is as argument."""
        _Series(self._clock, zip(times, whose, strict=True), action).plan()


class _Series:
    """One action after another, each planned when the one before is over."""

    def __init__(
        self, clock: Clock, rest: Iterator[tuple[float, object]], action: Callable[[Any], None]
    ) -> None:
        self._clock = clock
        self._rest = rest
        self._action = action

    def plan(self) -> None:
        for time, whose in self._rest:
            self._whose = whose
            now = self._clock.now
            self._clock.ring(time - now if time > now else 0.0, _Series.ring, _ARRIVING, self)
            return

    def ring(self) -> None:
        self._action(self._whose)
        self.plan()
