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
    from sim.journey.process import Waits
    from sim.plan.announcements import Offer


def call_back(centre: Centre, taken: Contact) -> Generator[Waits, None, Contact | None]:
    """Call the customer when an agent is free; once reached, the contact goes as any other.

    Returns the contact that is over; None when the customer called first.
    """
    case = taken.case
    promise, not_before = _promised(centre, taken)
    case.promise = promise
    watch(centre, promise)
    if not_before > centre.clock.now:
        yield not_before - centre.clock.now
    offer = centre.plan.calling_back
    contact: Contact | None = None
    for number in range(offer.tries):
        agent = yield from _agent_for_call(centre, taken, promise)
        if agent is None:
            return None
        if contact is None:
            fulfil(centre, promise)  # a call keeps it, whether or not the customer answers
            contact = centre.begin_contact(case, ContactKind.CALLBACK, VOICE)
            contact.arrival = contact.queued = max(taken.queued, not_before)
            group = promise.group
            contact.queue = case.plan.queue if group is None else group.position
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
        due = hours.due(now, taken.voicemail.due_s, taken.voicemail.due_clock)
        promise = Promise(taken, PromiseKind.VOICEMAIL, now, due)
        group = taken.voicemail.group
        promise.group = centre.by_position[group] if group >= 0 else None
        return promise, now
    if taken.cut_by_closing:
        begin = hours.not_before(centre.lines[taken.channel].next_opening(now) or now)
        due = hours.due(begin, offer.window_s, offer.window_clock)
        return Promise(taken, PromiseKind.CALLBACK, now, due), begin
    if offer.keeps_place:
        return Promise(taken, PromiseKind.CALLBACK, now, math.inf), now
    begin = window_begins(centre)
    due = hours.due(begin, offer.window_s, offer.window_clock)
    return Promise(taken, PromiseKind.CALLBACK, now, due), begin


def _agent_for_call(centre: Centre, taken: Contact, promise: Promise) -> Finding:
    """Wait in the queue for an agent, in the customer's stead."""
    offer, group, now = centre.plan.calling_back, promise.group, centre.clock.now
    stages = taken.case.route.stages if group is None else only(group)
    kept = offer.keeps_place and taken.voicemail is None
    since = taken.queued if kept else now
    waited = now - since if kept else stages[0][0]
    free = free_in(centre, taken, Medium.VOICE, stages, waited)
    if free is not None:
        return free
    priority = taken.case.priority + offer.priority_bonus
    place = promise.place = place_of(centre, taken, Medium.VOICE, since, priority)
    if offer.reserve and not kept:
        place.lane = Medium.HELP
    return (yield from wait(centre, place, stages, waited=waited))
