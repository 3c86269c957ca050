"""Processes: what happens to a customer, written as a generator.

A process yields the seconds until it resumes, or a SimPy event that it waits for. It is written
like SimPy's own, without the events that those schedule for their beginning and end, and with one
object less for each stretch of time.
"""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappush

from simpy import Event

from sim.floor.clock import Action, Clock, Order, Ring

Waits = float | Event
"""Seconds until the process resumes, or the event that it waits for."""

Process = Generator[Waits, None, None]
"""A stretch of what happens."""

# Asked for with every stretch of time; as a member of an enumeration it costs Python 3.11 a call.
_ORDINARY = Order.ORDINARY


class Running(Ring):
    """A process that starts now, and resumes by itself whenever what it waits for has come.

    It is itself the event that rings when its time has come.
    It holds the way to resume only while it waits, so that a process that has ended is let go
    immediately and its memory used again; circles of references cost a sixth of the time of a run.
    """

    def __init__(self, clock: Clock, process: Process) -> None:
        self._process = process
        self._clock = clock
        self.resume()

    def resume(self, _: Event | None = None) -> None:
        """Continue with what is waited for next, if anything is."""
        # Not ``send``, which raises an exception at the end of each process.
        waits = next(self._process, None)
        if waits is None:
            return
        if isinstance(waits, Event):
            waits.callbacks.append(self.resume)
        else:
            self.callbacks = _RESUME
            clock = self._clock
            # As ``schedule`` does it: the call would take a hundredth of the time of a run.
            heappush(clock._queue, (clock.now + waits, _ORDINARY, next(clock._eid), self))


# The event that rings is the process itself: all share the way to resume, and none knows itself.
_RESUME: list[Action] = [Running.resume]
