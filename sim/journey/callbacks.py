"""Callbacks: the centre calls a customer who would not (or could not) wait any longer."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.floor.cases import Case, Contact, Promise
from sim.floor.queues import VOICE, Medium
from sim.floor.routes import only
from sim.journey.announcing import window_begins
from sim.journey.free_agent import free_in
from sim.journey.place import place_of
from sim.journey.promises import fulfil, watch
from sim.journey.serving import serve
from sim.journey.waiting import Finding, wait
from sim.trace.codes import ContactKind, Outcome, PromiseKind

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.clock import Waits
    from sim.plan.announcements import Offer
    from sim.plan.stages import MessagePlan

_EMAIL = 2


def call_back(centre: Centre, taken: Contact) -> Generator[Waits, None, Contact | None]:
    """Call the customer when an agent is free; once reached, the contact goes as any other.

    Returns the contact that is over; None when the customer called first.
    """
    case, message = taken.case, taken.voicemail
    promise, not_before = _promised(centre, taken)
    case.promise = promise
    watch(centre, promise)
    if message is not None and not message.called_back:
        return (yield from _do_as_asked(centre, taken, promise))
    if not_before > centre.clock.now:
        yield not_before - centre.clock.now
    offer = centre.plan.calling_back
    contact: Contact | None = None
    for number in range(offer.tries):
        agent = yield from _agent_to_answer(centre, taken, promise)
        if agent is None:
            return None
        if contact is None:
            fulfil(centre, promise)  # a call keeps it, whether or not the customer answers
            contact = centre.begin_contact(case, ContactKind.CALLBACK, VOICE)
            contact.arrival = contact.queued = max(_asked(taken), not_before)
            contact.queue = _queue(promise)
        if _answers(taken, case, offer, number):
            yield from serve(centre, contact, agent)
            return contact
        if offer.ring_s > 0.0:
            yield offer.ring_s
        centre.floor.release(agent, Medium.VOICE)
        if number + 1 < offer.tries:
            yield offer.retry_after_s
    if contact is not None:
        contact.outcome = Outcome.UNREACHED
    return contact


def _answers(taken: Contact, case: Case, offer: Offer, number: int) -> bool:
    """Whether the customer answers this try."""
    return case.mark("answers_callback", taken.trial + number) < offer.answer


def _promised(centre: Centre, taken: Contact) -> tuple[Promise, float]:
    """What was promised, and from when on the centre calls."""
    offer, now = centre.plan.calling_back, centre.clock.now
    hours = centre.lines[VOICE].hours
    if taken.voicemail is not None:
        return _answer_promised(centre, taken, taken.voicemail)
    if taken.cut_by_closing:
        begin = hours.not_before(centre.lines[taken.channel].next_opening(now) or now)
        due = hours.due(begin, offer.window_s, offer.window_clock)
        return Promise(taken, PromiseKind.CALLBACK, now, due), begin
    if offer.keeps_place:
        return Promise(taken, PromiseKind.CALLBACK, now, math.inf), now
    begin = window_begins(centre) if math.isnan(taken.window) else taken.window
    due = hours.due(begin, offer.window_s, offer.window_clock)
    return Promise(taken, PromiseKind.CALLBACK, now, due), begin


def _answer_promised(centre: Centre, taken: Contact, message: MessagePlan) -> tuple[Promise, float]:
    """Until when a message is to be answered, and from when on the customer may be called."""
    now = centre.clock.now
    hours = centre.lines[VOICE].hours if message.called_back else centre.plan.hours
    due = hours.due(now, message.due_s, message.due_clock)
    promise = Promise(taken, PromiseKind.VOICEMAIL, now, due)
    promise.group = centre.by_position[message.group] if message.group >= 0 else None
    met_nobody = math.isnan(taken.queued)
    return promise, hours.not_before(now) if met_nobody else now


def _asked(taken: Contact) -> float:
    """Since when the customer has waited; who met nobody came to no queue."""
    return taken.ended if math.isnan(taken.queued) else taken.queued


def _queue(promise: Promise) -> int:
    """Position of the group whose queue the answer is of."""
    return promise.case.plan.queue if promise.group is None else promise.group.position


def _do_as_asked(
    centre: Centre, taken: Contact, promise: Promise
) -> Generator[Waits, None, Contact | None]:
    """What a message asks for is done without a call, between the calls as writing is."""
    agent = yield from _agent_to_answer(centre, taken, promise, Medium.WRITTEN)
    if agent is None:
        return None
    promise.begin()
    contact = centre.begin_contact(promise.case, ContactKind.FOLLOW_UP, _EMAIL)
    contact.arrival = contact.queued = promise.made
    contact.queue = _queue(promise)
    yield from serve(centre, contact, agent)
    fulfil(centre, promise)
    return contact


def _agent_to_answer(
    centre: Centre, taken: Contact, promise: Promise, medium: Medium = Medium.VOICE
) -> Finding:
    """Wait in the queue for an agent, in the customer's stead."""
    offer, group, now = centre.plan.calling_back, promise.group, centre.clock.now
    stages = taken.case.route.stages if group is None else only(group)
    kept = offer.keeps_place and taken.voicemail is None
    since = taken.queued if kept else now
    waited = now - since if kept else stages[0][0]
    free = free_in(centre, taken, medium, stages, waited)
    if free is not None:
        return free
    priority = taken.case.priority + offer.priority_bonus
    place = promise.place = place_of(centre, taken, medium, since, priority)
    if offer.reserve and not kept and medium is Medium.VOICE:
        place.lane = Medium.HELP
    return (yield from wait(centre, place, stages, waited=waited))
