"""How long an agent talks with a customer and wraps up, and what makes it longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.floor.cases import Leg
from sim.journey.authority import step_amount
from sim.journey.handle_time_goal import share_cut
from sim.journey.manner import with_manner
from sim.plan.steps import StepKind, StepPlan
from sim.plan.times_of_day import talk_factor_at

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Promise
    from sim.plan.groups import GroupPlan
    from sim.plan.reasons import ReasonPlan


def talk_s(centre: Centre, leg: Leg) -> float:
    """Seconds of talk: the case's own, times the agent's speed, plus what makes it longer."""
    if leg.resumes_s is not None:
        return leg.resumes_s
    contact, group = leg.contact, leg.agent.group.plan
    case, plan = contact.case, contact.plan
    ticket = None if contact.task is None or leg.number else _ticket(contact.task)
    seconds = _own_talk_s(leg, plan, group) if ticket is None else _work_s(leg, ticket)
    if group.look_up:
        seconds += case.amount("look_up", group.look_up, leg.occasion)
    if contact.past_told_s and centre.announcement is not None:
        growth = centre.announcement.talk_growth_s_per_min
        seconds += growth * contact.past_told_s / 60.0
    if case.repeats and plan.repeat is not None and ticket is None:
        seconds *= case.grown(plan.repeat.talk_factor)
    if plan.times and ticket is None:
        seconds *= talk_factor_at(plan.times, contact.arrival)
    if contact.retell or group.manner is not None or centre.plan.history is not None:
        seconds = with_manner(centre, leg, seconds, by_ticket=ticket is not None)
    if group.goal is not None:
        contact.cut_for_goal = share_cut(group.goal, contact, seconds)
        seconds -= contact.cut_for_goal * seconds
    return seconds


def _own_talk_s(leg: Leg, plan: ReasonPlan, group: GroupPlan) -> float:
    """Seconds of talk of the case itself, at the agent's speed."""
    contact, agent = leg.contact, leg.agent
    if group.talk and plan.position in group.talk:
        own_of_group = group.talk[plan.position]
        return contact.case.amount(f"talk/{group.name}", own_of_group, leg.occasion) * agent.speed
    own = contact.case.amount("talk", plan.talk[contact.channel], leg.occasion)
    if plan.menus and contact.channel in plan.menus:
        own *= plan.menus[contact.channel].talk_factor
    return own * group.talk_factors[plan.position] * agent.speed


def _work_s(leg: Leg, ticket: StepPlan) -> float:
    """Seconds of work on a ticket, at the agent's speed."""
    return step_amount(leg.contact, "work_s", ticket.time) * leg.agent.speed


def _ticket(promise: Promise) -> StepPlan | None:
    """The ticket that the contact answers, if it is one."""
    step = promise.step
    return step if step is not None and step.kind is StepKind.TICKET else None


def wrap_up_s(leg: Leg) -> float:
    """Seconds of wrap-up after the customer has gone."""
    contact, agent = leg.contact, leg.agent
    amount = contact.plan.wrap_up.get(contact.channel)
    if not amount:
        return 0.0
    own = contact.case.amount("wrap_up", amount, leg.occasion)
    return own * agent.group.plan.wrap_up_factor * agent.pace * agent.wrap_up
