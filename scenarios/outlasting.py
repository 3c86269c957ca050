"""Whether a case can outlast the days that are run, and its end stay unseen."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.parts.authority import PromiseCallback, Ticket
from scenarios.parts.demand import WRITTEN
from scenarios.schema import Scenario


def ends_unseen(scenario: Scenario) -> bool:
    """Whether these days are part of a longer horizon and a case begun in them can outlast them.

    A case outlasts a day by customers who come back, by promises and by writing. What such days
    cannot show is what became of the customers, and so no money that depends on it.
    """
    return scenario.horizon.part_of_days is not None and any(_ways_on(scenario))


def _ways_on(scenario: Scenario) -> Iterator[bool]:
    """The ways in which a case can go on another day."""
    yield scenario.redial is not None or scenario.repeat is not None
    yield scenario.callback_offer is not None or scenario.opening.at_closing == "offer_callback"
    for reason in scenario.reasons.values():
        yield reason.redial is not None or reason.repeat is not None
        yield any(channel in WRITTEN for channel in reason.channels)
        yield reason.waiting_limit is not None and reason.waiting_limit.then == "voicemail"
    for path in scenario.escalation.values():
        yield any(isinstance(step, PromiseCallback | Ticket) for step in path.steps)
