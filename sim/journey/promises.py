"""Promises: what was told to a customer with a time in it, kept or broken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.floor.cases import Leg, Promise, write_pending
from sim.floor.clock import Order
from sim.floor.queues import VOICE, Left
from sim.journey.returning import Try, will_try
from sim.plan.steps import OWN_GROUP, StepKind, StepPlan
from sim.trace.codes import ContactKind, PromiseKind

if TYPE_CHECKING:
    from sim.centre import Centre


def promise_follow_up(centre: Centre, leg: Leg, step: StepPlan) -> Promise:
    """Promise the customer an answer by a due time; by the agent or a group."""
    kind = PromiseKind.TICKET if step.kind is StepKind.TICKET else PromiseKind.FOLLOW_UP_CALL
    now = centre.clock.now
    # A call is made while the telephone is open, a ticket written while the centre is.
    hours = centre.plan.hours if step.kind is StepKind.TICKET else centre.lines[VOICE].hours
    pending_until = _pending_until(centre, leg, step)
    counts_from = pending_until if step.pending and step.pending.stops_due else now
    due = hours.due(counts_from, step.due_s, step.due_clock)
    promise = Promise(leg.contact, kind, now, due)
    promise.pending_until = pending_until
    urgent = hours.due(due, -step.urgent_before_s, step.due_clock)
    if step.due_clock == "opening":
        urgent = min(due, hours.not_before(urgent))
    promise.urgent = urgent
    promise.step = step
    promise.group = leg.agent.group if step.group == OWN_GROUP else centre.by_position[step.group]
    if centre.plan.ownership and promise.group is leg.agent.group:
        promise.owner = leg.agent
    leg.contact.case.promise = promise
    if centre.observer is not None:
        centre.observer.promises(leg, promise)
    return promise


def _pending_until(centre: Centre, leg: Leg, step: StepPlan) -> float:
    """Until when the promise waits for the customer or a third party, by the customer's draws."""
    pending, now = step.pending, centre.clock.now
    if pending is None:
        return now
    case, occasion, share = leg.contact.case, leg.occasion, pending.share
    for number in range(pending.at_most):
        if case.mark(f"pending/{number}", occasion) >= share:
            break
        hours = case.amount(f"pending_h/{number}", pending.hours, occasion)
        now = centre.plan.hours.due(now, hours * 3600.0, pending.clock)
        share = pending.again
    return now


def watch(centre: Centre, promise: Promise) -> None:
    """Note the promise, and see at its due time whether it was kept."""
    centre.promises[promise] = None
    if promise.due < centre.plan.horizon_s:
        centre.agenda.at(promise.due, partial(_due, centre, promise), Order.GOING)


def _due(centre: Centre, promise: Promise) -> None:
    """A promise that is not kept when due is broken; some customers call because of it."""
    case = promise.case
    repeat = case.plan.repeat
    if case.promise is not promise or promise.begun or repeat is None:
        return
    if case.answered >= repeat.max_contacts:
        return
    # Promised by an agent, or to a customer whom no agent has answered yet.
    served = promise.step is not None
    purpose = "broken_promise" if served else "broken_callback"
    occasion = promise.occasion if served else promise.trial
    if case.mark(purpose, occasion) < repeat.after_broken:
        delay = case.amount(f"{purpose}_delay", repeat.broken_delay, occasion)
        kind = ContactKind.REPEAT if case.answered else ContactKind.REDIAL
        again = Try(case, kind, purpose, occasion)
        will_try(centre, again, delay * 60.0)


def fulfil(centre: Centre, promise: Promise) -> None:
    """The promise is kept, in time or late."""
    promise.done = centre.clock.now
    _close(centre, promise)


def cancel(centre: Centre, promise: Promise) -> None:
    """The customer called first; nobody needs to keep the promise any more."""
    if promise.place is not None:
        promise.place.leave(Left.CANCELLED)
    _close(centre, promise)


def _close(centre: Centre, promise: Promise) -> None:
    promise.write(centre.trace.promises, centre.clock.now)
    write_pending(promise, centre.trace.pending, centre.clock.now)
    centre.promises.pop(promise, None)
    if centre.observer is not None:
        centre.observer.promise_closed(promise)
    if promise.case.promise is promise:
        promise.case.promise = None
