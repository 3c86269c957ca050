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
    from sim.plan.reasons import ReasonPlan


def talk_s(centre: Centre, leg: Leg) -> float:
    """Seconds of talk: the case's own, times the agent's speed, plus what makes it longer."""
    contact, case, group = leg.contact, leg.contact.case, leg.agent.group
    if leg.resumes_s == leg.resumes_s:
        return leg.resumes_s
    plan = contact.plan
    ticket = None
    if contact.task is not None and leg.number == 0:
        ticket = _ticket(contact.task)
    seconds = _own_talk_s(leg, plan, ticket)
    if group.plan.look_up != 0.0:
        seconds += case.amount("look_up", group.plan.look_up, leg.occasion)
    if contact.past_told_s > 0.0 and centre.announcement is not None:
        growth = centre.announcement.talk_growth_s_per_min
        seconds += growth * contact.past_told_s / 60.0
    if case.repeats and plan.repeat is not None and ticket is None:
        seconds *= case.grown(plan.repeat.talk_factor)
    if plan.times and ticket is None:
        seconds *= talk_factor_at(plan.times, contact.arrival)
    if contact.retell or centre.plan.history is not None or group.plan.manner is not None:
        seconds = with_manner(centre, leg, seconds, by_ticket=ticket is not None)
    if group.goal is not None:
        contact.cut_for_goal = share_cut(group.goal, contact, seconds)
        seconds -= contact.cut_for_goal * seconds
    elif contact.cut_for_goal > 0.0:  # by the agent who passed the customer on
        contact.cut_for_goal = 0.0
    return seconds


def _own_talk_s(leg: Leg, plan: ReasonPlan, ticket: StepPlan | None) -> float:
    """Seconds of talk of the case itself, or of the work on a ticket, at the agent's speed."""
    contact, case, agent = leg.contact, leg.contact.case, leg.agent
    group = agent.group
    if ticket is not None:
        return step_amount(contact, "work_s", ticket.time) * agent.speed
    if plan.position in group.plan.talk:
        own = case.amount(f"talk/{group.name}", group.plan.talk[plan.position], leg.occasion)
        return own * agent.speed
    own = case.amount("talk", plan.talk[contact.channel], leg.occasion)
    if plan.menus:
        menu = plan.menus.get(contact.channel)
        if menu is not None and menu.talk_factor != 1.0:
            own *= menu.talk_factor
    return own * group.plan.talk_factors.get(plan.position, group.talk_factor) * agent.speed


def _ticket(promise: Promise) -> StepPlan | None:
    """The ticket that the contact answers, if it is one."""
    step = promise.step
    return step if step is not None and step.kind is StepKind.TICKET else None


def wrap_up_s(leg: Leg) -> float:
    """Seconds of wrap-up after the customer has gone."""
    contact, case = leg.contact, leg.contact.case
    amount = contact.plan.wrap_up.get(contact.channel, 0.0)
    if amount == 0.0:
        return 0.0
    own = case.amount("wrap_up", amount, leg.occasion)
    return own * leg.agent.group.plan.wrap_up_factor * leg.agent.pace * leg.agent.wrap_up
