"""Stories: what happens to a customer, told as a generator that yields SimPy events.

A story is told like a SimPy process, without the two extra events that a process schedules for
its own beginning and end; a contact has few events, so that a third of them is saved.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from simpy import Event

Story = Generator[Event, Any, None]
"""A stretch of what happens; it yields the events it waits for and is sent their values."""


class _Telling:
    __slots__ = ("_send",)

    def __init__(self, story: Story) -> None:
        self._send = story.send

    def go_on(self, event: Event) -> None:
        try:
            self._send(event.value).callbacks.append(self.go_on)
        except StopIteration:
            return


def tell(story: Story) -> None:
    """Begin a story now; it goes on by itself whenever the event it waits for happens."""
    telling = _Telling(story)
    try:
        next(story).callbacks.append(telling.go_on)
    except StopIteration:
        return
