"""Serving a customer: what an agent does from hello to goodbye, one agent after another."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from sim.floor.agents import Agent
from sim.floor.cases import Contact, Leg, leg_row
from sim.floor.clock import Process, Waits
from sim.floor.queues import MEDIA, VOICE, Medium
from sim.journey.authority import can_solve, decide_alone, may_decide
from sim.journey.cutting_off import cut_off, is_cut_off
from sim.journey.escalation import walk
from sim.journey.handing_on import next_leg
from sim.journey.handle_time_goal import hands_off, knowledge_lost
from sim.journey.talk_time import talk_s, wrap_up_s
from sim.trace.codes import AgentState, ContactKind, Ending, Outcome, Trigger

if TYPE_CHECKING:
    from simpy import Event

    from sim.centre import Centre
    from sim.floor.floor import Floor
    from sim.plan.steps import StepPlan


Serving = Generator["Waits", None, Ending]

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_ANSWERED = Outcome.ANSWERED
_SETTLED = Ending.SETTLED
_UNSOLVED = Ending.UNSOLVED
_HANDED_OVER = Ending.HANDED_OVER
_FOLLOW_UP = ContactKind.FOLLOW_UP
_WRAP_UP = AgentState.WRAP_UP

HANDED_ON = (
    *(Ending.TRANSFERRED_WARM, Ending.TRANSFERRED_COLD),
    *(Ending.PASSED_ON, Ending.HANDED_OVER),
)
"""Endings of a leg after which the contact continues with another agent."""


def _first_leg(centre: Centre, contact: Contact, agent: Agent) -> Leg:
    """The first agent answers and begins a part; work done in advance counts as talk."""
    case, now = contact.case, centre.clock.now
    contact.outcome = _ANSWERED
    contact.answered = now
    contact.group = agent.group.position
    contact.agent = agent.number
    case.answered += 1
    case.begun = 0
    if case.cause >= 0 and case.answered == 1:
        centre.causes.note(case)
    case.tries = 0
    if case.owner is not None:
        contact.retell = case.owner is not agent
    if centre.plan.hold_patience is not None and MEDIA[contact.channel] is not Medium.WRITTEN:
        contact.hold_left = case.amount("hold_patience", centre.plan.hold_patience)
    return Leg(
        contact,
        agent,
        0,
        contact.occasion,
        contact.queue,
        contact.queued,
        now,
        contact.preparation_s,
    )


def serve(centre: Centre, contact: Contact, agent: Agent) -> Process:
    """From hello to goodbye, with as many agents as it takes."""
    leg: Leg | None = _first_leg(centre, contact, agent)
    hello = contact.case.plan.may_demand_boss
    while leg is not None:
        contact.leg = leg
        if centre.observer is not None:
            centre.observer.answered(leg)
        ending = None
        agent = leg.agent
        if hello or agent.day is not None or agent.cut_off:
            ending = yield from _first_words(centre, leg)
        if ending is None or ending is _SETTLED:  # no path applied, or the way is clear
            seconds = talk_s(centre, leg)
            if contact.channel == VOICE:
                yield seconds
                leg.talk_s += seconds
            else:
                yield from _exchange(centre, leg, seconds)
            ending = _SETTLED if _is_plain(leg) else (yield from _go_further(centre, leg))
        leg.ending = ending or _UNSOLVED
        if centre.observer is not None:
            centre.observer.leg_ends(leg)
        _end(centre, leg)
        if ending is _SETTLED or ending not in HANDED_ON:
            return
        leg = yield from next_leg(centre, leg)


def _first_words(centre: Centre, leg: Leg) -> Generator[Waits, None, Ending | None]:
    """Before anything else is said the line may drop, or the customer demand a supervisor."""
    if leg.agent.cut_off and is_cut_off(leg):
        return (yield from cut_off(leg))
    if _hello(centre, leg):
        return (yield from walk(centre, leg, leg.agent.group.plan.on_demand, Trigger.CUSTOMER))
    return None


def _is_plain(leg: Leg) -> bool:
    """Whether the agent can settle the case with nothing to pass on and nothing to decide."""
    contact = leg.contact
    if leg.left_s or (contact.plan.then is not None and _path_then(leg) is not None):
        return False
    return (contact.case.kind < 0 or contact.case.granted) and _settles(leg)


def _path_then(leg: Leg) -> tuple[StepPlan, ...] | None:
    """The path tried after the first agent's part, whatever the outcome; also after a transfer."""
    return leg.contact.plan.then if leg.number == leg.contact.handled_from else None


def _go_further(centre: Centre, leg: Leg) -> Serving:
    """Solve and decide, where the work is done; where that fails, the escalation paths."""
    if leg.left_s > 0.0:
        leg.next_queue = leg.agent.group.position
        return Ending.HANDED_OVER
    case = leg.contact.case
    then = _path_then(leg)
    if then is not None:
        ending = yield from walk(centre, leg, then, Trigger.ROUTE)
        if ending is not None and ending is not _SETTLED:
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
    contact, agent = leg.contact, leg.agent
    group, lost = agent.group.plan, 0.0
    if group.goal is not None and contact.cut_for_goal > 0.0:
        lost = knowledge_lost(group.goal, contact.cut_for_goal)
        if hands_off(group.goal, contact, leg.occasion):
            return False
    if contact.plan.solve >= 1.0 and not group.solve:
        return True
    return can_solve(contact, agent.knowledge - lost, agent.group)


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
    """Hello: some customers demand a supervisor immediately, more of those who once met the boss.

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
            agent,
            seconds,
            interrupted=plan.interrupted,
            overnight=plan.overnight,
            handed_over=plan.handed_over,
        )
        yield leg.work.done
        leg.left_s = leg.work.left
        leg.talk_s += seconds - leg.left_s
    leg.work = None


def _end(centre: Centre, leg: Leg) -> None:
    """The agent says goodbye (or hands over), wraps up and is free again."""
    contact, agent = leg.contact, leg.agent
    leg.ended = centre.clock.now
    wrap_up = 0.0
    if contact.plan.wraps_up and leg.ending is not _HANDED_OVER:
        leg.wrap_up_s = wrap_up = wrap_up_s(leg)
        contact.wrap_up_s += wrap_up
    centre.trace.legs.add(leg_row(leg))
    contact.legs += 1
    contact.talk_s += leg.talk_s
    contact.hold_s += leg.hold_s
    contact.ending = leg.ending
    if not agent.cut_off or not is_cut_off(leg):
        contact.case.owner = agent
    if leg.ending is _HANDED_OVER:
        return  # who has gone home has nothing in hand any more
    medium = MEDIA[contact.channel]
    if wrap_up:
        if not agent.chats:
            centre.floor.show(agent, _WRAP_UP)
        centre.clock.ring(wrap_up, partial(_has_wrapped_up, centre.floor, agent, medium))
    else:
        centre.floor.release(agent, medium)


def _has_wrapped_up(floor: Floor, agent: Agent, medium: Medium, _: Event) -> None:
    floor.release(agent, medium)
