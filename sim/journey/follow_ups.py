"""Follow-ups: promised calls and tickets are decided, prepared, and done as promised."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from sim.floor.agents import Agent, Group
from sim.floor.cases import NAN, Contact, Promise
from sim.floor.queues import VOICE, Medium, Place
from sim.floor.routes import only
from sim.journey.approval import Question, ask_up
from sim.journey.authority import must_ask, step_amount
from sim.journey.helping import Helped, note_help
from sim.journey.promises import fulfil, watch
from sim.journey.serving import serve
from sim.journey.waiting import Finding, wait
from sim.plan.steps import OWN_GROUP, StepKind, StepPlan
from sim.trace.codes import AgentState, ContactKind

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.clock import Waits

_EMAIL = 2


def keep_follow_up(centre: Centre, promise: Promise) -> Generator[Waits, None, Contact | None]:
    """A promised answer: get it decided, wait for an agent, prepare, and call or write.

    Returns the contact that is over; None when the customer called first.
    """
    case, step, group = promise.case, promise.step, promise.group
    assert step is not None
    assert group is not None
    watch(centre, promise)
    ready = yield from _made_ready(centre, promise, step, group)
    if not ready:
        return None
    agent = yield from _wait_for_time(centre, promise, step, group)
    if agent is None:
        return None
    promise.begin()
    channel = _EMAIL if step.kind is StepKind.TICKET else VOICE
    contact = centre.begin_contact(case, ContactKind.FOLLOW_UP, channel)
    contact.arrival = contact.queued = promise.made
    contact.queue = group.position
    contact.task = promise
    case.hand_offs += agent is not case.owner
    if step.kind is StepKind.PROMISE_CALLBACK:
        if step.prepared_by == OWN_GROUP:
            contact.preparation_s = step_amount(contact, "preparation_s", step.time)
        if contact.preparation_s > 0.0:
            yield contact.preparation_s
        fulfil(centre, promise)
    yield from serve(centre, contact, agent)
    if step.kind is StepKind.TICKET:  # answered when it is written, not when somebody begins
        fulfil(centre, promise)
    return contact


def _made_ready(
    centre: Centre, promise: Promise, step: StepPlan, group: Group
) -> Generator[Waits, None, bool]:
    """What comes before the answer: the customer's own, a decision, work of another group.

    False when the customer called first.
    """
    case, pending_s = promise.case, promise.pending_until - centre.clock.now
    if pending_s > 0.0:
        yield pending_s
    if case.promise is promise and step.approver >= 0 and must_ask(case, group):
        approvers = centre.by_position[step.approver]
        yield from ask_up(centre, _BetweenContacts(centre, promise), step, approvers)
    if case.promise is promise and step.prepared_by != OWN_GROUP:
        yield from _prepare(centre, promise, step)
    return case.promise is promise


def _prepare(centre: Centre, promise: Promise, step: StepPlan) -> Generator[Waits, None, None]:
    """Another group does the work before a promised call; the customer may call before."""
    group = centre.by_position[step.prepared_by]
    agent = yield from _somebody(centre, promise, group, AgentState.HELPING)
    if agent is None:
        return
    seconds = promise.case.amount("preparation_s", step.time, promise.occasion)
    caller = -1 if promise.group is None else promise.group.position
    helped = Helped(promise.contact, promise.case.number, 0, caller, -1)
    note_help(centre, helped, agent, seconds)
    yield seconds
    centre.floor.release(agent, Medium.VOICE)


def _wait_for_time(centre: Centre, promise: Promise, step: StepPlan, group: Group) -> Finding:
    """Wait until somebody has time; shortly before it is due the promise goes first."""
    medium = Medium.WRITTEN if step.kind is StepKind.TICKET else Medium.VOICE
    free = _free(centre, promise, group, Medium.WRITTEN, promise.case.mark("colleague"))
    if free is not None:
        centre.floor.engage(free, medium, AgentState.TALK)
        return free
    place = promise.place = Place(centre.clock, medium, AgentState.TALK, centre.clock.now)
    place.lane = Medium.WRITTEN
    place.reason = promise.case.plan.position
    if promise.owner is not None:
        place.kept_for = promise.owner.promised
    centre.agenda.at(promise.urgent, partial(_press, centre, promise, place, group))
    return (yield from wait(centre, place, only(group)))


def _free(
    centre: Centre, promise: Promise, group: Group, medium: Medium, mark: float
) -> Agent | None:
    """Who could keep the promise now: its owner, or anybody of the group where it has none."""
    free = centre.floor.best((group,), medium, mark, promise.case.plan.position)
    if promise.owner is not None:
        free = promise.owner if centre.floor.available(promise.owner, medium) else None
    return free


def _press(centre: Centre, promise: Promise, place: Place, group: Group) -> None:
    """The promise is about to break: a call goes before those who wait, a ticket before writing."""
    if place.gone:
        return
    free = _free(centre, promise, group, place.medium, 0.0)
    if free is not None:
        centre.floor.hand_over(free, place)
        return
    if place.medium is Medium.VOICE:
        place.lane = Medium.HELP
    (place.kept_for or group.queue).join(place, -1)


class _BetweenContacts(Question):
    """A question for a promise, asked while nobody holds; a customer who calls settles it anew."""

    def __init__(self, centre: Centre, promise: Promise) -> None:
        self._centre, self._promise = centre, promise
        self.case, self.contact = promise.case, promise.contact
        self.occasion = promise.occasion

    def asker(self, group: Group) -> Group:
        return self._promise.group or group

    def can_be_put(self, _group: Group) -> bool:
        return True

    def could_be_put(self, group: Group) -> bool:
        return group.on_duty > 0

    def put(self, _group: Group) -> None:
        """The customer hears nothing of it."""

    def find(self, group: Group) -> Finding:
        return _somebody(self._centre, self._promise, group, AgentState.DECIDING)

    def wait(self, seconds: float) -> Generator[Waits, None, bool]:
        yield seconds
        return self.case.promise is self._promise

    def nobody_came(self, group: Group, asked: float) -> None:
        """The customer called first, and the question is asked anew or is none any more."""
        asker = self.asker(group)
        self._centre.note_decision(self.case, self.contact, group, None, asker, (asked, NAN))

    def answered(self, verdict: int | None) -> None:
        self.case.refused = verdict == 0


def _somebody(centre: Centre, promise: Promise, group: Group, state: AgentState) -> Finding:
    """Wait until an approver or a helper has time; None when the customer called first."""
    free = centre.floor.best((group,), Medium.VOICE, promise.case.mark("colleague"))
    if free is not None:
        centre.floor.engage(free, Medium.VOICE, state)
        return free
    place = promise.place = Place(centre.clock, Medium.VOICE, state, centre.clock.now)
    place.lane = Medium.WRITTEN
    came = yield from wait(centre, place, only(group))
    promise.place = None
    return came
