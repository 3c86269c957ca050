"""Processes: what happens to a customer, written as a generator.

A process yields the seconds until it resumes, or a SimPy event that it waits for. It is written
like SimPy's own, without the events that those schedule for their beginning and end, and with one
object less for each stretch of time.
"""

from __future__ import annotations

from collections.abc import Generator

from simpy import Event

from sim.floor.clock import Action, Clock, Order, Ring

Waits = float | Event
"""Seconds until the process resumes, or the event that it waits for."""

Process = Generator[Waits, None, None]
"""A stretch of what happens."""

# Asked for with every stretch of time; as a member of an enumeration it costs Python 3.11 a call.
_ORDINARY = Order.ORDINARY


def start(clock: Clock, process: Process) -> None:
    """Start a process now; it resumes by itself whenever what it waits for has come."""
    _Running(clock, process).resume()


class _Running(Ring):
    """A process that has been started: it is itself the event that rings when its time has come.

    It holds the way to resume only while it waits, so that a process that has ended is let go
    immediately and its memory used again; circles of references cost a sixth of the time of a run.
    """

    def __init__(self, clock: Clock, process: Process) -> None:
        self._process = process
        self._schedule = clock.schedule

    def resume(self, _: Event | None = None) -> None:
        # Not ``send``, which raises an exception at the end of each process.
        waits = next(self._process, None)
        if waits is None:
            return
        if isinstance(waits, Event):
            waits.callbacks.append(self.resume)
        else:
            self.callbacks = _RESUME
            self._schedule(self, _ORDINARY, waits)


# The event that rings is the process itself: all share the way to resume, and none knows itself.
_RESUME: list[Action] = [_Running.resume]
