"""A customer's place in line: by which priority, with how much patience."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.floor.queues import MEDIA, VOICE, Medium, Place
from sim.plan.routing import highest_score
from sim.plan.times_of_day import patience_factor_at
from sim.trace.codes import AgentState, ContactKind

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.draws.amounts import Amount
    from sim.floor.cases import Case, Contact
    from sim.plan.reasons import Crowded


_NEVER = math.inf
# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_TALK = AgentState.TALK
_REPEAT = ContactKind.REPEAT


def patience_of(contact: Contact, transfer: int = 0) -> float:
    """How long the customer will wait, by reason, channel and priority class; kept for redials.

    With the number of a transfer it is another draw, for the queue there.
    """
    case = contact.case
    plan = case.plan
    amount = plan.patience.get(contact.channel)
    if (plan.crowded or case.own_class is not None) and contact.channel == VOICE:
        amount = _by_class_and_crowd(case, amount)
    if amount is None:
        return _NEVER
    if transfer:
        patience = case.amount(f"patience/{transfer}", amount, contact.occasion)
    else:
        patience = case.amount("patience", amount, 0 if plan.patience_kept else contact.trial)
    if plan.repeat is not None:
        patience *= case.grown(plan.repeat.patience_factor)
    if plan.times:
        patience *= patience_factor_at(plan.times, contact.arrival)
    return patience


def _by_class_and_crowd(case: Case, amount: Amount | None) -> Amount | None:
    """Patience on the telephone, of the customer's class and where many wait already."""
    for waiting, crowded in crowded_of(case):
        if case.found_waiting >= waiting:
            return crowded
    own = case.own_class
    return amount if own is None or own.patience is None else own.patience


def crowded_of(case: Case) -> Crowded:
    """Patience where many wait already, the most first."""
    return case.plan.crowded if case.own_class is None else case.own_class.crowded


def standing_of(centre: Centre, contact: Contact) -> tuple[int, float]:
    """How customers stand in the order of service as they begin to wait: medium and priority."""
    base = centre.contact_rule(priority_of(centre, contact), 0.0, 0.0)
    return MEDIA[contact.channel], base


def place_of(
    centre: Centre, contact: Contact, medium: Medium, since: float, priority: float
) -> Place:
    """A customer's place, served by the contact choice rule."""
    plan = contact.plan
    place = Place(centre.clock, medium, _TALK, since)
    place.reason = plan.position
    place.score = centre.contact_rule(priority, plan.points_per_s, since)
    if centre.contact_rule is highest_score:  # where those who wait gain points
        place.points_per_s = plan.points_per_s
    if centre.floor.by_mark:
        place.mark = contact.case.mark("agent_choice", contact.occasion)
    return place


def priority_of(centre: Centre, contact: Contact) -> float:
    """The customer's base priority with the bonus for coming back or being transferred."""
    priority = contact.case.priority
    if contact.kind is _REPEAT:
        priority += centre.plan.returning_bonus
    if contact.transfers:
        priority += centre.plan.transferred_bonus
    return priority
