"""The clock: SimPy's environment, with what the floor asks of it most made short.

Events of the same instant have an order: a day is planned, agents come, agents go (and find no
new contact), then ends of talk and everything else, last the arrivals. So the line freed at an
instant is free for the call of that instant, and a headcount changes before the next contact. A run
that stops at an instant stops before the ends of talk, however it came there.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop
from typing import TYPE_CHECKING, Any

from simpy import Environment, Event

PLANNING = -2
COMING = -1
GOING = 0
STOPPING = 0.5
ORDINARY = 1
ARRIVING = 2

Action = Callable[[Any], None]
"""What is done when an event happens; it is given the event."""


class Ring(Event):
    """An event that is certain to happen once its time has come, and then calls one action."""

    _ok = True
    _value = None

    def __init__(self, action: Action) -> None:
        self.callbacks = [action]


class Clock(Environment):
    """SimPy's environment; the time lies in a slot, where SimPy has a property to call."""

    __slots__ = ("_now",)

    def step(self) -> None:
        """Process the next event; here none can fail, which SimPy asks of each."""
        self._now, _, _, event = heappop(self._queue)
        callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        for callback in callbacks:
            callback(event)

    def run_to(self, time: float) -> None:
        """Go on to a later time, in seconds from midnight of the first day."""
        stop = Ring(lambda _: None)
        self.schedule(stop, STOPPING, time - self.now)  # type: ignore[arg-type]  # any number orders
        self.run(until=stop)

    def ring(self, delay: float, action: Action, order: int = ORDINARY) -> None:
        """Call an action after a delay in seconds, at least 0."""
        self.schedule(Ring(action), order, delay)  # type: ignore[arg-type]  # any number orders


if not TYPE_CHECKING:
    # A contact reads the time eleven times.
    Clock.now = Clock._now
