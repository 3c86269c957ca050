"""The clock: SimPy's environment, with what the floor asks of it most made short.

Events of the same instant have an order: that of ``Order``.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from simpy import Environment, Event


class Order(IntEnum):
    """What comes first of all that happens at one instant; within a rank, what was planned first.

    So a headcount changes before the next contact, the line freed at an instant is free for the
    call of that instant, and an agent called away at an instant finds no new contact.
    """

    PLANNING = -3
    """A day's events are planned, at its midnight."""
    COMING = -2
    """Agents come to work, and headcounts change."""
    GOING = -1
    """Agents go or are due a pause, channels close, promises fall due."""
    STOPPING = 0
    """A run that stops at an instant stops before the ends of talk, however it came there."""
    ORDINARY = 1
    """Talk, wrap-up, patience and everything else ends. SimPy's own rank for what has just
    happened, such as the end of a chat."""
    HANDING_OVER = 1
    """A customer who waited meets the agent who came, or leaves: in turn with the ordinary, so that
    nobody is served in the midst of what happens to somebody else."""
    ARRIVING = 2
    """Customers make contact for the first time."""
    DIALLING = 3
    """Customers of a list are called, if agents are still free then."""


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

    if TYPE_CHECKING:
        _queue: list[tuple[float, int, int, Event]]  # type: ignore[assignment]

        def schedule(
            self, event: Event, priority: int = Order.ORDINARY, delay: float = 0.0
        ) -> None:
            """Let an event happen after a delay in seconds, by its order within the instant."""

    def step(self) -> None:
        """Process the next event; here none can fail, which SimPy asks of each."""
        self._now, _, _, event = heappop(self._queue)
        callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        for callback in callbacks:
            callback(event)

    def run_to(self, time: float) -> None:
        """Continue to a later time, in seconds from midnight of the first day."""
        stop: Event = Ring(lambda _: None)
        self.schedule(stop, Order.STOPPING, time - self.now)
        # As ``step`` does it: called for each event it would take a fortieth of the time of a run.
        queue, event = self._queue, None
        while event is not stop:
            self._now, _, _, event = heappop(queue)
            callbacks = event.callbacks
            event.callbacks = None  # type: ignore[assignment]
            for callback in callbacks:
                callback(event)

    def ring(self, delay: float, action: Action, order: int = Order.ORDINARY) -> None:
        """Call an action after a delay in seconds, at least 0."""
        # As ``schedule`` does it: the call would take a hundredth of the time of a run.
        heappush(self._queue, (self.now + delay, order, next(self._eid), Ring(action)))


if not TYPE_CHECKING:
    # A contact reads the time eleven times.
    Clock.now = Clock._now
