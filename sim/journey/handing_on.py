"""Handing a customer on: who takes over after a transfer, and the wait for it."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.floor.agents import Agent
from sim.floor.cases import Contact, Leg, leg_of
from sim.floor.clock import Waits
from sim.floor.queues import MEDIA, Leaving, Left, Medium
from sim.floor.routes import Stages, groups_of, only
from sim.journey.closing import somebody_takes
from sim.journey.escalation import beyond, comes_back
from sim.journey.free_agent import free_in
from sim.journey.place import patience_of, place_of, priority_of
from sim.journey.waiting import Finding, wait
from sim.plan.steps import AtTimeout, StepPlan
from sim.trace.codes import Ending, Help

if TYPE_CHECKING:
    from sim.centre import Centre


_NEVER = math.inf


def next_leg(centre: Centre, leg: Leg) -> Generator[Waits, None, Leg | None]:
    """Who takes over after a transfer; None when the contact is over."""
    if leg.ending is Ending.HANDED_OVER:
        return (yield from _left_to_colleagues(centre, leg))
    contact = leg.contact
    contact.cut_for_goal = 0.0
    since = centre.clock.now
    agent: Agent | None = None
    if leg.ending is Ending.TRANSFERRED_WARM:
        contact.transfers += 1
        since = leg.asked_next
        agent = leg.next_agent
    elif leg.ending is Ending.TRANSFERRED_COLD and leg.onward is not None:
        contact.transfers += 1
        contact.retell = True
        if not contact.tried_in_vain:  # with the patience of a new call
            contact.waited_again_s = 0.0
        stages = beyond(centre, leg.onward)
        _handled_as(centre, contact, leg.onward)
        agent = yield from _change_queue(centre, contact, stages, leg.onward.timeout_s, leg)
    elif leg.ending is Ending.PASSED_ON:
        contact.retell = True
        agent = yield from _change_queue(centre, contact, contact.case.route.stages, None, leg)
    if agent is None:
        return None
    if agent is leg.agent:
        contact.retell = False
    following = _following(centre, leg, agent, since)
    if leg.ending is Ending.TRANSFERRED_WARM:
        following.answered -= leg.conference_s
        following.listened_s = leg.conference_s
    return following


def _following(centre: Centre, leg: Leg, agent: Agent, since: float) -> Leg:
    """The next leg of the contact, with an agent who was asked for at a time."""
    contact = leg.contact
    if agent.number != contact.agent:
        contact.help = Help.TRANSFERRED
    contact.case.hand_offs += agent is not leg.agent
    return leg_of(contact, agent, leg.next_queue, since, centre.clock.now)


def _left_to_colleagues(centre: Centre, leg: Leg) -> Generator[Waits, None, Leg | None]:
    """Somebody of the same group takes up what was begun, in the order in which it came."""
    contact, stages, since = leg.contact, only(leg.agent.group), centre.clock.now
    if leg.number == contact.handled_from:
        contact.handled_from = contact.legs
    agent = free_in(centre, contact, Medium.WRITTEN, stages, 0.0)
    if agent is None:
        priority = priority_of(centre, contact)
        place = place_of(centre, contact, Medium.WRITTEN, contact.queued, priority)
        agent = yield from wait(centre, place, stages, contact=contact)
    if agent is None:
        return None
    following = _following(centre, leg, agent, since)
    read = centre.lines[contact.channel].plan.hand_over
    read_s = contact.case.amount("hand_over", read, following.occasion)
    following.resumes_s = leg.left_s * agent.speed / leg.agent.speed + read_s
    return following


def _change_queue(
    centre: Centre, contact: Contact, stages: Stages, timeout_s: float | None, leg: Leg
) -> Finding:
    """The customer joins another queue; None when nobody comes, and the ending says why."""
    medium, waited = MEDIA[contact.channel], stages[0][0]
    agent = free_in(centre, contact, medium, stages, waited)
    if agent is not None:
        return agent
    patience = _NEVER
    if medium is not Medium.WRITTEN:
        if not somebody_takes(centre, groups_of(stages), contact.channel):
            contact.ending = Ending.CUT_OFF
            return None
        if centre.plan.works.hang_ups:
            patience = max(0.0, _patience(centre, contact) - contact.waited_again_s)
    now = centre.clock.now
    place = place_of(centre, contact, medium, now, priority_of(centre, contact))
    timeout: Leaving = (timeout_s or _NEVER, Left.TIMEOUT, None)
    leaving = ((patience, Left.PATIENCE, None), timeout)
    agent = yield from wait(centre, place, stages, leaving, waited=waited, contact=contact)
    contact.waited_again_s += centre.clock.now - now
    if agent is not None:
        return agent
    came, step = place.came, leg.onward
    if came is Left.TIMEOUT and step is not None and step.at_timeout is not AtTimeout.CUT_OFF:
        comes_back(leg, step)
        return (yield from _change_queue(centre, contact, contact.case.route.stages, None, leg))
    contact.ending = Ending.HUNG_UP if came is Left.PATIENCE else Ending.CUT_OFF
    return None


def _patience(centre: Centre, contact: Contact) -> float:
    """How long the customer waits in the queue of a transfer, from the beginning of it."""
    how = centre.plan.transfer_patience
    if how == "anew":
        return patience_of(contact, contact.transfers)
    patience = patience_of(contact)
    if how == "left":
        patience -= contact.answered - contact.queued
    return patience


def _handled_as(centre: Centre, contact: Contact, step: StepPlan) -> None:
    """From the transfer on the customer may be handled as one of another reason."""
    if step.handled_as >= 0:
        contact.plan = centre.plan.reasons[step.handled_as]
        contact.handled_from = contact.legs
