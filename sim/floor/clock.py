"""The clock: SimPy's environment, with what the floor asks of it most made short.

What happens at the same instant has an order: that of ``Order``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from enum import IntEnum
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from simpy import Environment, Event
from simpy.core import StopSimulation


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
"""What is done when its time has come, to one thing or person."""

Waits = float | Event
"""Seconds until a process resumes, or the event that it waits for."""

Process = Generator[Waits, None, None]
"""What happens to a customer, written like a process of SimPy, without the events that those
schedule for their beginning and end."""

# Asked for with every contact; as a member of an enumeration it costs Python 3.11 a call.
_ORDINARY = Order.ORDINARY


class Clock(Environment):
    """SimPy's environment, where most of what is planned is no event but an action alone.

    The time lies in a slot, where SimPy has a property to call.
    """

    __slots__ = ("_now",)

    if TYPE_CHECKING:
        _queue: list[tuple[float, int, int, Action, Any]]  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._resume = self.resume

    def schedule(self, event: Event, priority: int = _ORDINARY, delay: float = 0.0) -> None:
        """Let an event of SimPy's happen after a delay in seconds; here none can fail."""
        heappush(self._queue, (self.now + delay, priority, next(self._eid), _happen, event))

    def step(self) -> None:
        """Do what comes next."""
        self._now, _, _, action, subject = heappop(self._queue)
        action(subject)

    def run_to(self, time: float) -> None:
        """Continue to a later time, in seconds from midnight of the first day."""
        self.ring(time - self.now, _stop, Order.STOPPING)
        queue = self._queue
        try:
            while True:  # as ``step`` does it: the call would take a fortieth of the time of a run
                self._now, _, _, action, subject = heappop(queue)
                action(subject)
        except StopSimulation:
            return

    def ring(
        self, delay: float, action: Action, order: int = _ORDINARY, subject: object = None
    ) -> None:
        """Call an action with its subject after a delay in seconds, at least 0."""
        heappush(self._queue, (self.now + delay, order, next(self._eid), action, subject))

    def resume(self, process: Process, _: Event | None = None) -> None:
        """Begin a process or continue it, until it waits again or is over."""
        # Not ``next`` or ``send``: a call more, and an exception at the end of each process.
        for waits in process:
            if isinstance(waits, Event):
                waits.callbacks.append(partial(self._resume, process))
            else:
                at = self.now + waits
                heappush(self._queue, (at, _ORDINARY, next(self._eid), self._resume, process))
            return


def _happen(event: Event) -> None:
    """Tell everybody who waits for an event, as SimPy does."""
    callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
    for callback in callbacks:
        callback(event)


def _stop(_: object) -> None:
    raise StopSimulation


if not TYPE_CHECKING:
    # A contact reads the time eleven times.
    Clock.now = Clock._now
