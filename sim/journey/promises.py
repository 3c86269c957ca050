"""Promises: what was told to a customer with a time in it, kept or broken."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from sim.floor.agents import Agent, Team
from sim.floor.cases import Case, Contact, Leg
from sim.floor.clock import GOING
from sim.floor.queues import Left, Place
from sim.journey.returning import Try, will_try
from sim.journey.waiting import VOICE
from sim.plan.steps import OWN_GROUP, StepKind, StepPlan
from sim.trace.codes import ContactKind, PromiseKind

if TYPE_CHECKING:
    from sim.centre import Centre


class Promise:
    """Something told to a customer with a time in it."""

    __slots__ = (
        "_begun",
        "case",
        "contact",
        "done",
        "due",
        "kind",
        "made",
        "occasion",
        "owner",
        "place",
        "step",
        "team",
        "trial",
        "urgent",
    )

    def __init__(self, contact: Contact, kind: PromiseKind, made: float, due: float) -> None:
        self.case: Case = contact.case
        self.contact = contact.number
        self.occasion = contact.occasion
        """The occasion of draws that are made for what was promised in this contact."""
        self.trial = contact.trial
        self.kind = kind
        self.made = made
        self.due = due
        self.urgent = due
        """From when on it goes before everything else."""
        self.done = math.nan
        self._begun = False
        self.step: StepPlan | None = None
        self.team: Team | None = None
        self.owner: Agent | None = None
        """The agent who promised and will keep it (ownership)."""
        self.place: Place | None = None
        """Where it waits to be kept."""

    def begin(self) -> None:
        """Somebody turns to it; what the customer does meanwhile changes nothing any more."""
        self._begun = True

    @property
    def begun(self) -> bool:
        """Whether somebody is at it, or takes it at this very instant."""
        return self._begun or (self.place is not None and self.place.gone)

    def kept(self, now: float) -> float:
        """1 when it was kept, 0 when broken, NaN when it is not yet due ``now``, or never."""
        if self.due == math.inf:
            return math.nan
        if self.done == self.done:
            return float(self.done <= self.due)
        return 0.0 if self.due <= now else math.nan

    def row(self, now: float) -> tuple[float, ...]:
        """The promise as a row of the trace, as it stands ``now``."""
        team = -1 if self.team is None else self.team.position
        due = math.nan if self.due == math.inf else self.due
        return (
            self.case.number,
            self.contact,
            self.kind,
            self.made,
            due,
            self.done,
            self.kept(now),
            team,
        )


def promise_follow_up(centre: Centre, leg: Leg, step: StepPlan) -> Promise:
    """Promise the customer an answer by a due time; the agent, a team, or whoever is free."""
    kind = PromiseKind.TICKET if step.kind is StepKind.TICKET else PromiseKind.FOLLOW_UP_CALL
    now = centre.env.now
    # A call is made while the telephone is open, a ticket written while the centre is.
    hours = centre.plan.hours if step.kind is StepKind.TICKET else centre.doors[VOICE].hours
    due = hours.due(now, step.due_s, step.due_clock)
    promise = Promise(leg.contact, kind, now, due)
    urgent = hours.due(due, -step.urgent_before_s, step.due_clock)
    if step.due_clock == "opening":
        urgent = min(due, hours.not_before(urgent))
    promise.urgent = urgent
    promise.step = step
    promise.team = leg.agent.team if step.group == OWN_GROUP else centre.by_position[step.group]
    if centre.plan.ownership and promise.team is leg.agent.team:
        promise.owner = leg.agent
    leg.contact.case.promise = promise
    if centre.observer is not None:
        centre.observer.promises(leg, promise)
    return promise


def watch(centre: Centre, promise: Promise) -> None:
    """Note the promise, and see at its due time whether it was kept."""
    centre.promises[promise] = None
    if promise.due < centre.plan.horizon_s:
        centre.calendar.at(promise.due, partial(_due, centre, promise), GOING)


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
        again = Try(case, ContactKind.REPEAT, purpose, occasion)
        will_try(centre, again, delay * 60.0)


def fulfil(centre: Centre, promise: Promise) -> None:
    """The promise is kept, in time or late."""
    promise.done = centre.env.now
    _close(centre, promise)


def cancel(centre: Centre, promise: Promise) -> None:
    """The customer called first; nobody needs to keep the promise any more."""
    if promise.place is not None:
        promise.place.leave(Left.CANCELLED)
    _close(centre, promise)


def _close(centre: Centre, promise: Promise) -> None:
    centre.trace.promises.add(promise.row(centre.env.now))
    centre.promises.pop(promise, None)
    if centre.observer is not None:
        centre.observer.promise_closed(promise)
    if promise.case.promise is promise:
        promise.case.promise = None
