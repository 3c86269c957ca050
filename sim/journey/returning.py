"""Coming back: when a customer tries again, who knows when the door is open.

Everybody who has made contact knows the opening hours. A call or chat that would fall outside them
is made after the next opening instead; a share may try the closed door anyway.
"""

from __future__ import annotations

from math import inf, nextafter
from typing import TYPE_CHECKING, NamedTuple

from sim.trace.codes import CaseState, ContactKind

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Case


class Try(NamedTuple):
    """Another try by a customer, and for which purpose and occasion its draws are made."""

    case: Case
    kind: ContactKind
    purpose: str
    occasion: int
    heard_closed: bool = False
    """Has just heard that the centre is closed, and does not try a closed door again."""


def will_try(centre: Centre, again: Try, delay_s: float) -> None:
    """Plan a customer's next try, a delay from now or by the opening hours of its channel.

    A channel that never opens again leaves the case open.
    """
    wait_s = by_the_hours(centre, again, delay_s)
    if wait_s is not None:
        _plan(centre, again.case, again.kind, wait_s)


def _plan(centre: Centre, case: Case, kind: ContactKind, delay_s: float) -> None:
    """The customer will come back after this time, unless something happens before."""
    if not centre.plan.works.returns and case.promise is None:
        centre.close_case(case, CaseState.GIVEN_UP)
        return
    attempts = case.attempts
    if centre.observer is not None:
        centre.observer.will_return(case, delay_s)
    centre.clock.ring(
        delay_s,
        lambda _: centre.comes_back(case, kind) if case.attempts == attempts else None,
    )


def by_the_hours(centre: Centre, again: Try, delay_s: float) -> float | None:
    """Seconds until the try; None when the door never opens again."""
    case, now = again.case, centre.clock.now
    line, drawn = centre.lines[case.channel], now + delay_s
    if line.is_open(drawn) or _tries_closed(centre, again):
        return delay_s
    opening = line.next_opening(drawn)
    span = None if opening is None else line.hours.span_at(opening)
    if opening is None or span is None:
        return None
    later = case.amount(f"after_opening/{again.purpose}", line.plan.after_opening, again.occasion)
    wait_s = opening - now + later % (span[1] - span[0])
    while now + wait_s < opening:  # by a rounding error the door would still be closed
        wait_s = nextafter(wait_s, inf)
    return wait_s


def _tries_closed(centre: Centre, again: Try) -> bool:
    """Whether the customer tries the closed door anyway."""
    share = centre.lines[again.case.channel].plan.tries_closed
    if share == 0.0 or again.heard_closed:
        return False
    return again.case.mark(f"tries_closed/{again.purpose}", again.occasion) < share
