"""Serving a customer: one agent after another until the contact ends."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.floor.agents import Agent
from sim.floor.cases import Contact, Leg, leg_of, leg_row
from sim.floor.queues import MEDIA, Left, Medium
from sim.floor.routes import Stages, groups_of, only
from sim.journey.authority import can_solve, decide_alone, may_decide, step_amount
from sim.journey.closing import somebody_takes
from sim.journey.escalation import comes_back, walk
from sim.journey.handle_time_goal import hands_off, knowledge_lost, share_cut
from sim.journey.manner import with_manner
from sim.journey.process import Process, Waits
from sim.journey.waiting import VOICE, Finding, free_in, patience_of, place_of, priority_of, wait
from sim.plan.steps import AtTimeout, StepKind, StepPlan
from sim.trace.codes import AgentState, ContactKind, Ending, Help, Outcome, Trigger

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Promise

Serving = Generator["Waits", None, Ending]

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_ANSWERED = Outcome.ANSWERED
_SETTLED = Ending.SETTLED
_FOLLOW_UP = ContactKind.FOLLOW_UP

_NEVER = math.inf

HANDED_ON = (Ending.TRANSFERRED_WARM, Ending.TRANSFERRED_COLD, Ending.PASSED_ON)
"""Endings of a leg after which the contact continues with another agent."""

GOES_ON = (None, _SETTLED)
"""What a path can come to after which the agent continues: nothing applied, or the way is clear."""


def serve(centre: Centre, contact: Contact, agent: Agent) -> Process:
    """From hello to goodbye, with as many agents as it takes."""
    case = contact.case
    contact.outcome = _ANSWERED
    contact.answered = centre.clock.now
    contact.group, contact.agent = agent.group.position, agent.number
    case.answered += 1
    case.begun = 0
    if case.cause >= 0 and case.answered == 1:
        centre.causes.note(case)
    case.tries = 0
    contact.retell = case.owner is not None and case.owner is not agent
    if centre.plan.hold_patience is not None and MEDIA[contact.channel] is not Medium.WRITTEN:
        contact.hold_left = case.amount("hold_patience", centre.plan.hold_patience)
    leg: Leg | None = leg_of(contact, agent, contact.queue, contact.queued, contact.answered)
    while leg is not None:
        contact.leg = leg
        if centre.observer is not None:
            centre.observer.answered(leg)
        ending = None
        if _hello(centre, leg):  # a supervisor, before anything else is said
            path = leg.agent.group.plan.on_demand
            ending = yield from walk(centre, leg, path, Trigger.CUSTOMER)
        if ending in GOES_ON:
            seconds = _talk_s(centre, leg)
            if contact.channel == VOICE:
                yield seconds
                leg.talk_s += seconds
            else:
                yield from _exchange(centre, leg, seconds)
            ending = _SETTLED if _is_plain(leg) else (yield from _go_further(centre, leg))
        leg.ending = ending or Ending.UNSOLVED
        if centre.observer is not None:
            centre.observer.leg_ends(leg)
        _end(centre, leg)
        if ending is _SETTLED or ending not in HANDED_ON:
            return
        leg = yield from _next_leg(centre, leg)


def _is_plain(leg: Leg) -> bool:
    """Whether the agent can settle the case with nothing to pass on and nothing to decide."""
    case = leg.contact.case
    passed_on = leg.number == 0 and case.plan.then is not None
    return not passed_on and (case.kind < 0 or case.granted) and _settles(leg)


def _go_further(centre: Centre, leg: Leg) -> Serving:
    """Solve and decide; where that fails, the escalation paths."""
    case = leg.contact.case
    if leg.number == 0 and case.plan.then is not None:
        ending = yield from walk(centre, leg, case.plan.then, Trigger.ROUTE)
        if ending not in GOES_ON:
            return ending
    if not _settles(leg):
        path = leg.agent.group.plan.beyond_knowledge
        ending = yield from walk(centre, leg, path, Trigger.KNOWLEDGE)
        if ending is not _SETTLED:
            return ending or Ending.UNSOLVED
    if case.kind >= 0 and not case.granted:
        return (yield from _decide(centre, leg))
    return _SETTLED


def _settles(leg: Leg) -> bool:
    """Whether the agent can solve the case, takes the time for it, and does not pass it on."""
    contact, knowledge = leg.contact, leg.agent.knowledge
    goal = leg.agent.group.goal
    if goal is not None and contact.cut_for_goal > 0.0:
        knowledge -= knowledge_lost(goal, contact.cut_for_goal)
        if hands_off(goal, contact, leg.occasion):
            return False
    return contact.case.plan.solve >= 1.0 or can_solve(contact, knowledge)


def _decide(centre: Centre, leg: Leg) -> Serving:
    """Grant the remedy alone if the authority allows it; otherwise ask."""
    contact, case, group = leg.contact, leg.contact.case, leg.agent.group
    alone = may_decide(case, group)
    if leg.agent.day is not None:
        leg.agent.day.alone += alone
        leg.agent.day.asked += not alone
    if alone:
        decide_alone(centre, contact, leg.agent)
        return _SETTLED
    if case.refused:
        case.refused = False  # a customer who returns is asked for again
        return Ending.DECLINED
    ending = yield from walk(centre, leg, group.plan.beyond_authority, Trigger.AUTHORITY)
    return ending or Ending.DECLINED


def _hello(centre: Centre, leg: Leg) -> bool:
    """Hello: some customers demand a supervisor at once, more of those who once met the boss.

    A customer called or written to as promised has not come back: no demand, no anger.
    """
    contact, case, day = leg.contact, leg.contact.case, leg.agent.day
    if day is not None:
        day.met += 1
        day.angry += case.repeats > 0 and contact.kind is not _FOLLOW_UP
    if leg.number or not case.plan.may_demand_boss or contact.kind is _FOLLOW_UP:
        return False
    share = case.plan.demands_boss
    if case.asked_boss:
        share = max(share, centre.plan.boss_after_asking)
    return share > 0.0 and case.mark("demands_boss", contact.occasion) < share


def _talk_s(centre: Centre, leg: Leg) -> float:
    """Seconds of talk: the case's own, times the agent's speed, plus what makes it longer."""
    contact, case, group = leg.contact, leg.contact.case, leg.agent.group
    plan = case.plan
    ticket = None
    if contact.task is not None and leg.number == 0:
        ticket = _ticket(contact.task)
    seconds = _own_talk_s(leg, ticket)
    if group.plan.look_up != 0.0:
        seconds += case.amount("look_up", group.plan.look_up, leg.occasion)
    if contact.past_told_s > 0.0 and centre.announcement is not None:
        growth = centre.announcement.talk_growth_s_per_min
        seconds += growth * contact.past_told_s / 60.0
    if case.repeats and plan.repeat is not None and ticket is None:
        seconds *= case.grown(plan.repeat.talk_factor)
    if contact.retell or centre.plan.history is not None or group.plan.manner is not None:
        seconds = with_manner(centre, leg, seconds, by_ticket=ticket is not None)
    if group.goal is not None:
        contact.cut_for_goal = share_cut(group.goal, contact, seconds)
        seconds -= contact.cut_for_goal * seconds
    elif contact.cut_for_goal > 0.0:  # by the agent who passed the customer on
        contact.cut_for_goal = 0.0
    return seconds


def _own_talk_s(leg: Leg, ticket: StepPlan | None) -> float:
    """Seconds of talk of the case itself, or of the work on a ticket, at the agent's speed."""
    contact, case, agent = leg.contact, leg.contact.case, leg.agent
    group, plan = agent.group, case.plan
    if ticket is not None:
        return step_amount(contact, "work_s", ticket.time) * agent.speed
    if plan.position in group.plan.talk:
        own = case.amount(f"talk/{group.name}", group.plan.talk[plan.position], leg.occasion)
        return own * agent.speed
    own = case.amount("talk", plan.talk[contact.channel], leg.occasion)
    return own * group.plan.talk_factors.get(plan.position, group.talk_factor) * agent.speed


def _ticket(promise: Promise) -> StepPlan | None:
    """The ticket that the contact answers, if it is one."""
    step = promise.step
    return step if step is not None and step.kind is StepKind.TICKET else None


def _exchange(centre: Centre, leg: Leg, seconds: float) -> Process:
    """Chat alongside other chats, or write with interruptions."""
    agent = leg.agent
    if MEDIA[leg.contact.channel] is Medium.CHAT:
        begun = centre.clock.now
        leg.work = chat = centre.floor.chat(agent, seconds)
        yield chat.done
        agent.chats.remove(chat)
        leg.talk_s += centre.clock.now - begun
    else:
        plan = centre.lines[leg.contact.channel].plan
        leg.work = centre.floor.write(
            agent, seconds, interrupted=plan.interrupted, overnight=plan.overnight
        )
        yield leg.work.done
        leg.talk_s += seconds
    leg.work = None


def _end(centre: Centre, leg: Leg) -> None:
    """The agent says goodbye (or hands over), wraps up and is free again."""
    contact, case, agent = leg.contact, leg.contact.case, leg.agent
    wrap_up = _wrap_up_s(leg) if case.plan.wraps_up else 0.0
    leg.ended, leg.wrap_up_s = centre.clock.now, wrap_up
    centre.trace.legs.add(leg_row(leg))
    contact.legs += 1
    contact.talk_s += leg.talk_s
    contact.hold_s += leg.hold_s
    contact.wrap_up_s += wrap_up
    contact.ending = leg.ending
    case.owner = agent
    medium = MEDIA[contact.channel]
    if wrap_up > 0.0:
        if not agent.chats:
            centre.floor.show(agent, AgentState.WRAP_UP)
        centre.clock.ring(wrap_up, lambda _: centre.floor.release(agent, medium))
    else:
        centre.floor.release(agent, medium)


def _wrap_up_s(leg: Leg) -> float:
    contact, case = leg.contact, leg.contact.case
    amount = case.plan.wrap_up.get(contact.channel, 0.0)
    if amount == 0.0:
        return 0.0
    own = case.amount("wrap_up", amount, leg.occasion)
    return own * leg.agent.group.plan.wrap_up_factor * leg.agent.pace * leg.agent.wrap_up


def _next_leg(centre: Centre, leg: Leg) -> Generator[Waits, None, Leg | None]:
    """Who takes over after a transfer; None when the contact is over."""
    contact = leg.contact
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
        stages = only(centre.by_position[leg.onward.group])
        agent = yield from _change_queue(centre, contact, stages, leg.onward.timeout_s, leg)
    elif leg.ending is Ending.PASSED_ON:
        contact.retell = True
        agent = yield from _change_queue(centre, contact, contact.case.route.stages, None, leg)
    if agent is None:
        return None
    if agent.number != contact.agent:
        contact.help = Help.TRANSFERRED
    if agent is leg.agent:
        contact.retell = False
    else:
        contact.case.hand_offs += 1
    following = leg_of(contact, agent, leg.next_queue, since, centre.clock.now)
    if leg.ending is Ending.TRANSFERRED_WARM:
        following.answered -= leg.conference_s
        following.listened_s = leg.conference_s
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
            patience = max(0.0, patience_of(contact) - contact.waited_again_s)
    now = centre.clock.now
    place = place_of(centre, contact, medium, now, priority_of(centre, contact))
    leaving = (patience, Left.PATIENCE), (timeout_s or _NEVER, Left.TIMEOUT)
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
