"""What is planned for a time of day: coming, going, opening, closing, arrivals, due promises.

Events of the same instant have an order: a day is planned, agents come, agents go (and find no
new contact), then ends of talk and everything else, last the arrivals. So the line freed at an
instant is free for the call of that instant, and a headcount changes before the next contact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simpy import Environment, Event

PLANNING = -2
COMING = -1
GOING = 0
ORDINARY = 1
ARRIVING = 2


class _Planned(Event):
    """An event that is certain to happen; only the time is to be set."""

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None

    def plan(self, delay: float, order: int, action: Callable[[Event], None]) -> None:
        """Happen after a delay; an event that has happened can be planned again."""
        self.callbacks = [action]
        self.env.schedule(self, order, delay)  # type: ignore[arg-type]  # any whole number orders


class Calendar:
    """Plans actions on a SimPy environment."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return float(self._env.now)

    def at(self, time: float, action: Callable[[], None], order: int = ORDINARY) -> None:
        """Do something at a time (now, if the time has passed)."""
        delay = max(0.0, time - self._env.now)
        _Planned(self._env).plan(delay, order, lambda _: action())

    def one_by_one(self, times: Sequence[float], action: Callable[[int], None]) -> None:
        """Do something at each of these times, in order, with the position as argument."""
        if not times:
            return
        env, event, count = self._env, _Planned(self._env), len(times)
        position = 0

        def arrive(_: Event) -> None:
            nonlocal position
            current = position
            position += 1
            action(current)
            if position < count:
                event.plan(max(0.0, times[position] - env.now), ARRIVING, arrive)

        event.plan(max(0.0, times[0] - env.now), ARRIVING, arrive)
