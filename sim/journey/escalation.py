"""Escalation: the steps that are tried in order when an agent cannot settle a case alone.

Every step is a stretch of the contact. It returns how the leg ends, SETTLED when the
obstacle is out of the way and the agent continues, or None when the step does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sim.floor.agents import Agent, Group
from sim.floor.cases import NAN, Promise
from sim.floor.queues import MEDIA, Medium
from sim.floor.routes import Stages, groups_of, only
from sim.journey.approval import Question, ask_up
from sim.journey.authority import asked_s, can_solve, must_ask, step_amount
from sim.journey.closing import somebody_takes
from sim.journey.helping import Helped, note_help
from sim.journey.hold import ask_for, can_be_asked, on_hold
from sim.journey.promises import promise_follow_up
from sim.journey.waiting import Finding
from sim.plan.steps import OWN_GROUP, AtTimeout, StepKind, StepPlan
from sim.trace.codes import AgentState, Ending, Help, Trigger

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Leg
    from sim.floor.clock import Waits

Walk = Generator["Waits", None, Ending | None]

_TRANSFERS = (StepKind.WARM_TRANSFER, StepKind.COLD_TRANSFER)
_PROMISES = (StepKind.PROMISE_CALLBACK, StepKind.TICKET)


def walk(centre: Centre, leg: Leg, path: Sequence[StepPlan], trigger: Trigger) -> Walk:
    """Try the steps of an escalation path in order until one applies."""
    leg.trigger = trigger
    if centre.observer is not None:
        centre.observer.needs_help(leg)
    for step in path:
        if _applies(leg, step):
            ending: Ending | None = yield from STEPS[step.kind](centre, leg, step)
            if ending is None and leg.contact.hold_left <= 0.0:
                ending = Ending.HUNG_UP
            if ending is not None:
                return ending
    return None


def _applies(leg: Leg, step: StepPlan) -> bool:
    """Whether a step's conditions and the case's own chance allow it."""
    contact, case = leg.contact, leg.contact.case
    if step.kind in _TRANSFERS and step.group == leg.agent.group.position:
        return False  # the customer is there already
    if contact.tried_in_vain and _in_vain(leg, step) in contact.tried_in_vain:
        return False  # this very agent has tried it, and the customer came back
    if step.kind in _PROMISES and _promised_by(contact.task, leg, step):
        return False  # they have just kept that promise and could not settle the case
    if step.reasons is not None and case.plan.position not in step.reasons:
        return False
    if step.channels is not None and contact.channel not in step.channels:
        return False
    if not step.money_from <= case.money <= step.money_to or case.answered < step.contacts_from:
        return False
    if step.chance >= 1.0:
        return True
    return case.mark(step.chance_stream, leg.occasion) < step.chance


def _promised_by(kept: Promise | None, leg: Leg, step: StepPlan) -> bool:
    """Whether the contact keeps a promise of the very group that would promise again."""
    return (
        kept is not None and kept.group is not None and kept.group.position == _group_of(leg, step)
    )


def _group_of(leg: Leg, step: StepPlan) -> int:
    return leg.agent.group.position if step.group == OWN_GROUP else step.group


def _in_vain(leg: Leg, step: StepPlan) -> tuple[int, int, int]:
    return leg.agent.number, step.kind, step.group


def comes_back(leg: Leg, step: StepPlan) -> None:
    """Note that the customer goes back to the queue; the agent will not try the same again."""
    leg.contact.tried_in_vain += (_in_vain(leg, step),)
    leg.contact.plan = leg.contact.case.plan


def _unanswered(leg: Leg, step: StepPlan) -> Ending | None:
    """How a leg ends whose transfer nobody answers in time; None tries the next step."""
    if step.at_timeout is AtTimeout.BACK_TO_QUEUE:
        comes_back(leg, step)
        leg.next_queue = leg.contact.case.plan.queue
        return Ending.PASSED_ON
    return Ending.CUT_OFF if step.at_timeout is AtTimeout.CUT_OFF else None


def _goes_up(leg: Leg, group: Group) -> None:
    """Note what took the contact up a tier for the first time."""
    if group.tier > leg.agent.group.tier and leg.contact.escalated is Trigger.NONE:
        leg.contact.escalated = leg.trigger


def ask_colleague(centre: Centre, leg: Leg, step: StepPlan) -> Walk:
    """An idle colleague helps while the customer holds; solving is tried with more knowledge.

    What the agent may not decide, a colleague's knowledge does not allow either.
    """
    if leg.trigger is Trigger.AUTHORITY:
        return None
    group = leg.agent.group if step.group == OWN_GROUP else centre.by_position[step.group]
    colleague = yield from ask_for(centre, leg, group, AgentState.HELPING, step.timeout_s)
    if colleague is None:
        return None
    seconds = asked_s(leg.contact.case, "time_s", step, group, leg.occasion)
    contact, asker = leg.contact, leg.agent
    helped = Helped(
        contact.number, contact.case.number, leg.number, asker.group.position, asker.number
    )
    note_help(centre, helped, colleague, min(seconds, contact.hold_left))
    stayed = yield from on_hold(centre, leg, seconds)
    centre.floor.release(colleague, Medium.VOICE)
    if not stayed:
        return Ending.HUNG_UP
    knowledge = max(leg.agent.knowledge, colleague.knowledge) + step.knowledge
    groups = (leg.agent.group, colleague.group)
    if leg.trigger is Trigger.KNOWLEDGE and not can_solve(leg.contact, knowledge, *groups):
        return None
    leg.contact.help = max(leg.contact.help, Help.COLLEAGUE)
    return Ending.SETTLED


def ask_approver(centre: Centre, leg: Leg, step: StepPlan) -> Walk:
    """The agent asks for a decision while the customer holds: "I will have to ask my boss".

    An approver whose own limit is too low passes the question up to the next approver. Where nobody
    can be asked, the customer hears nothing of a boss, and the contact has not gone up.
    """
    question = _OnHold(centre, leg, step)
    verdict = yield from ask_up(centre, question, step, centre.by_position[step.group])
    if verdict is None:
        return None
    if verdict == 0:
        return None if leg.trigger is Trigger.KNOWLEDGE else Ending.DECLINED
    leg.contact.help = max(leg.contact.help, Help.APPROVED)
    return Ending.SETTLED


class _OnHold(Question):
    """A question that an agent asks while the customer holds."""

    def __init__(self, centre: Centre, leg: Leg, step: StepPlan) -> None:
        self._centre, self._leg, self._timeout_s = centre, leg, step.timeout_s
        self.case, self.contact = leg.contact.case, leg.contact.number
        self.occasion = leg.occasion

    def asker(self, _group: Group) -> Group:
        return self._leg.agent.group

    def can_be_put(self, group: Group) -> bool:
        return can_be_asked(self._centre, self._leg, group, self._timeout_s)

    def could_be_put(self, group: Group) -> bool:
        return group.on_duty > (1 if group is self._leg.agent.group else 0)

    def put(self, group: Group) -> None:
        self.case.asked_boss = True
        if self._centre.observer is not None:
            self._centre.observer.asks_approver(self._leg, group)
        _goes_up(self._leg, group)

    def find(self, group: Group) -> Finding:
        return ask_for(self._centre, self._leg, group, AgentState.DECIDING, self._timeout_s)

    def wait(self, seconds: float) -> Generator[Waits, None, bool]:
        return on_hold(self._centre, self._leg, seconds)

    def verdict(self, step: StepPlan, group: Group, knowledge: float) -> int:
        if self._leg.trigger is Trigger.KNOWLEDGE:
            return int(can_solve(self._leg.contact, knowledge, group))
        return super().verdict(step, group, knowledge)

    def nobody_came(self, group: Group, asked: float) -> None:
        asker = self.asker(group)
        self._centre.note_decision(self.case, self.contact, group, None, asker, (asked, NAN))

    def answered(self, verdict: int | None) -> None:
        """What comes of it is up to the agent."""


def warm_transfer(centre: Centre, leg: Leg, step: StepPlan) -> Walk:
    """The agent stays until the other group answers, introduces the customer, then is free."""
    group = centre.by_position[step.group]
    medium = MEDIA[leg.contact.channel]
    if group.on_duty == 0:
        return None
    leg.asked_next = centre.clock.now
    target = yield from ask_for(centre, leg, group, AgentState.TALK, step.timeout_s, medium)
    if target is None:
        return None if leg.contact.hold_left <= 0.0 else _unanswered(leg, step)
    _goes_up(leg, group)
    conference = step_amount(leg.contact, "conference_s", step.time)
    if conference > 0.0:
        yield from _introduce(centre, leg, target, conference)
    leg.next_agent, leg.next_queue = target, group.position
    leg.conference_s = conference
    return Ending.TRANSFERRED_WARM


def _introduce(
    centre: Centre, leg: Leg, target: Agent, seconds: float
) -> Generator[Waits, None, None]:
    """The agent speaks, the next one listens (and is seen at other chats, if there are)."""
    if target.chat_slots <= 1:
        centre.floor.show(target, AgentState.HELPING)
    yield seconds
    leg.talk_s += seconds
    centre.floor.show(target, AgentState.TALK)


def cold_transfer(centre: Centre, leg: Leg, step: StepPlan) -> Walk:
    """The agent is free immediately; the customer joins the other queue and must retell."""
    group = centre.by_position[step.group]
    medium, groups = MEDIA[leg.contact.channel], tuple(groups_of(beyond(centre, step)))
    if medium is not Medium.WRITTEN and not somebody_takes(centre, groups, leg.contact.channel):
        return None
    reason = step.handled_as if step.handled_as >= 0 else leg.contact.case.plan.position
    if step.timeout_s == 0.0 and centre.floor.best(groups, medium, 0.0, reason) is None:
        return _unanswered(leg, step)
    _goes_up(leg, group)
    leg.onward, leg.next_queue = step, group.position
    yield from ()
    return Ending.TRANSFERRED_COLD


def beyond(centre: Centre, step: StepPlan) -> Stages:
    """The groups for which a customer waits who is transferred."""
    if step.handled_as >= 0:
        return centre.routes[step.handled_as].stages
    if not step.or_groups:
        return only(centre.by_position[step.group])
    positions = (step.group, *step.or_groups)
    return ((0.0, tuple(centre.by_position[each] for each in positions), None),)


def promise_answer(centre: Centre, leg: Leg, step: StepPlan, *, ending: Ending) -> Walk:
    """The contact ends with a promise: a call back, or an answer in writing, by a due time.

    Where an approver must grant it first, the contact goes up and the customer hears of a boss.
    """
    promise = promise_follow_up(centre, leg, step)
    if promise.group is not None:
        _goes_up(leg, promise.group)
        if step.approver >= 0 and must_ask(leg.contact.case, promise.group):
            _goes_up(leg, centre.by_position[step.approver])
            leg.contact.case.asked_boss = True
    yield from ()
    return ending


def decline(_centre: Centre, _leg: Leg, _step: StepPlan) -> Walk:
    """The contact ends unresolved, and the customer knows it."""
    yield from ()
    return Ending.DECLINED


STEPS: dict[StepKind, Callable[..., Walk]] = {
    StepKind.ASK_COLLEAGUE: ask_colleague,
    StepKind.ASK_APPROVER: ask_approver,
    StepKind.WARM_TRANSFER: warm_transfer,
    StepKind.COLD_TRANSFER: cold_transfer,
    StepKind.PROMISE_CALLBACK: partial(promise_answer, ending=Ending.PROMISED_CALLBACK),
    StepKind.TICKET: partial(promise_answer, ending=Ending.TICKETED),
    StepKind.DECLINE: decline,
}
"""What happens in each kind of step."""
