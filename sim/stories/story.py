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


def tell(story: Story) -> None:
    """Begin a story now; it goes on by itself whenever the event it waits for happens."""
    send = story.send

    def go_on(event: Event) -> None:
        try:
            send(event.value).callbacks.append(go_on)
        except StopIteration:
            return

    try:
        next(story).callbacks.append(go_on)
    except StopIteration:
        return
