"""What is planned for a time of day: coming, going, opening, closing, arrivals, due promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.clock import ARRIVING, ORDINARY, Clock


class Calendar:
    """Plans actions by the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return float(self._clock.now)

    def at(self, time: float, action: Callable[[], None], order: int = ORDINARY) -> None:
        """Do something at a time (now, if the time has passed)."""
        self._clock.ring(max(0.0, time - self._clock.now), lambda _: action(), order)

    def one_by_one(self, times: Sequence[float], action: Callable[[int], None]) -> None:
        """Do something at each of these times, in order, with the position as argument."""
        clock, ring, count = self._clock, self._clock.ring, len(times)
        position = 0

        def arrive(_: Any) -> None:
            nonlocal position
            current = position
            position += 1
            action(current)
            if position < count:
                ring(max(0.0, times[position] - clock.now), arrive, ARRIVING)

        if times:
            ring(max(0.0, times[0] - clock.now), arrive, ARRIVING)
