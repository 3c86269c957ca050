"""Equations that measures of a trace and counts of a live run share, each written once.

What is asked of a contact holds for one contact and for columns of many alike: codes are members of
the enumerations of ``sim.trace.codes`` or arrays of their numbers. Shares are 0 to 1, times are
seconds; nothing over nothing is NaN.
"""

from __future__ import annotations

import math
from typing import Any

from sim.trace.codes import ContactKind
from sim.trace.states import NEVER_OFFERED

# As plain numbers: a column is compared with those six times as fast as with members.
_NEVER_OFFERED = tuple(int(outcome) for outcome in NEVER_OFFERED)
_REPEAT = int(ContactKind.REPEAT)


def ratio(part: float, whole: float) -> float:
    """A part over its whole; NaN when there is no whole."""
    return float(part) / float(whole) if whole else math.nan


# Which contacts count.


def made_by_customer(kind: Any) -> Any:
    """True for contacts that customers made; the others are made by the centre."""
    return kind <= _REPEAT


def was_offered(kind: Any, outcome: Any) -> Any:
    """True for contacts that customers made while it was open and the menu did not settle."""
    offered = made_by_customer(kind)
    for never in _NEVER_OFFERED:
        offered = offered & (outcome != never)
    return offered


def in_target(wait_s: Any, within_s: float) -> Any:
    """True for waits that are no longer than the target."""
    return wait_s <= within_s


# What they come to.


def service_level(in_target: float, offered: float) -> float:
    """Answered within target / offered."""
    return ratio(in_target, offered)


def speed_of_answer(waited_s: float, answered: float) -> float:
    """Mean wait of the answered."""
    return ratio(waited_s, answered)


def abandonment(abandoned: float, offered: float) -> float:
    """Abandoned / offered."""
    return ratio(abandoned, offered)


def first_contact_resolution(resolved_first: float, judged: float) -> float:
    """Cases resolved in their first answered contact / cases of which that contact is over."""
    return ratio(resolved_first, judged)


def approval_wait(waited_s: float, decided: float) -> float:
    """Mean time from asking to a yes or a no, up the line included."""
    return ratio(waited_s, decided)


def promises_kept(kept: float, due: float) -> float:
    """Kept / kept or broken."""
    return ratio(kept, due)


def occupancy(busy_s: float, available_s: float) -> float:
    """Time with customers and colleagues / the same and the time ready for them."""
    return ratio(busy_s, busy_s + available_s)


def remedies_paid_per_day(paid: float, days: float) -> float:
    """Money paid on cases / days."""
    return ratio(paid, days)
