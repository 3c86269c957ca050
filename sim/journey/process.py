"""Stories: what happens to a customer, told as a generator.

A story yields the seconds it takes until it goes on, or a SimPy event that it waits for. It is told
like a SimPy process, without the events that a process schedules for its own beginning and end, and
with one object less for each stretch of time.
"""

from __future__ import annotations

from collections.abc import Generator

from simpy import Event

from sim.floor.clock import ORDINARY, Action, Clock, Ring

Waits = float | Event
"""Seconds until the story goes on, or the event that it waits for."""

Story = Generator[Waits, None, None]
"""A stretch of what happens."""


def tell(clock: Clock, story: Story) -> None:
    """Begin a story now; it goes on by itself whenever what it waits for has come."""
    _Telling(clock, story).go_on()


class _Telling(Ring):
    """A story being told: it is itself the event that rings when its time has come.

    It holds the way to go on only while it waits, so that a story that has ended is let go at once
    and its memory used again; circles of references cost a sixth of the time of a run.
    """

    def __init__(self, clock: Clock, story: Story) -> None:
        self._story = story
        self._schedule = clock.schedule

    def go_on(self, _: Event | None = None) -> None:
        # Not ``send``, which raises an exception at the end of each story.
        waits = next(self._story, None)
        if waits is None:
            return
        if isinstance(waits, Event):
            waits.callbacks.append(self.go_on)
        else:
            self.callbacks = _GO_ON
            self._schedule(self, ORDINARY, waits)  # type: ignore[arg-type]  # any number orders


# The event that rings is the telling itself: all share the way to go on, and none knows itself.
_GO_ON: list[Action] = [_Telling.go_on]
