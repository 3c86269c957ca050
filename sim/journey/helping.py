"""Help of a colleague, written down: while the customer holds, or before a promised call."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.agents import Agent


class Helped(NamedTuple):
    """For whom a colleague works."""

    contact: int
    case: int
    leg: int
    """In which help was asked for."""
    asker_group: int
    asker: int
    """The agent who asked; -1 where a group is helped, no matter who will call."""


def note_help(centre: Centre, helped: Helped, colleague: Agent, seconds: float) -> None:
    """Note that a colleague turns to it, and is free again after so many seconds."""
    now = centre.clock.now
    centre.trace.helps.write(
        **helped._asdict(),
        group=colleague.group.position,
        agent=colleague.number,
        started=now,
        ended=now + seconds if now + seconds < centre.plan.horizon_s else nan,
    )
