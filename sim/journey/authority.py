"""What an agent may decide alone, and what a decision pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.floor.cases import LEGS
from sim.people.traits import solve_probability

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.draws.amounts import Amount
    from sim.floor.agents import Agent, Group
    from sim.floor.cases import Case, Contact
    from sim.plan.steps import StepPlan


def can_solve(contact: Contact, knowledge: float, *groups: Group) -> bool:
    """Whether somebody with this knowledge solves the case: its difficulty mark is below.

    The rate, at knowledge 0, is that of the group that knows most of the reason, of those who put
    their heads together.
    """
    case, plan = contact.case, contact.plan
    rate = 0.0
    for group in groups:
        own = group.plan.solve
        rate = max(rate, own.get(plan.position, plan.solve) if own else plan.solve)
    if rate >= 1.0:
        return True
    occasion = contact.occasion if case.plan.difficulty_per_contact else 0
    return case.mark("difficulty", occasion) < solve_probability(rate, knowledge)


def may_decide(case: Case, group: Group) -> bool:
    """Whether the kind of decision and the money lie within the group's authority."""
    return case.money <= group.limit_for(case.kind)


def must_ask(case: Case, group: Group) -> bool:
    """Whether a group has to ask before it can grant what the case still needs."""
    return case.kind >= 0 and not case.granted and not may_decide(case, group)


def pay(case: Case, group: Group) -> float:
    """Grant the remedy: the money needed times the decider's generosity, within the limit."""
    limit = group.limit_for(case.kind)
    amount = min(case.money * _generosity(case, group), max(limit, case.money))
    case.granted = True
    case.paid += amount
    return amount


def _generosity(case: Case, group: Group) -> float:
    return case.amount("generosity", group.plan.generosity)


def decide_alone(centre: Centre, contact: Contact, agent: Agent) -> None:
    """The agent decides on the spot."""
    case, now = contact.case, centre.clock.now
    paid = pay(case, agent.group)
    if centre.observer is not None:
        centre.observer.decided_alone(case, agent, paid)
    centre.trace.decisions.write(
        contact=contact.number,
        case=case.number,
        kind=case.kind,
        money=case.money,
        limit=agent.group.limit_for(case.kind),
        group=agent.group.position,
        agent=agent.number,
        asker_group=-1,
        asked=now,
        started=now,
        decided=now,
        approved=1,
        paid=paid,
    )


def step_amount(contact: Contact, name: str, amount: Amount) -> float:
    """A time of an escalation step for this contact and agent."""
    return contact.case.amount(name, amount, contact.occasion + min(contact.legs, LEGS - 1))


def asked_s(case: Case, name: str, step: StepPlan, group: Group, occasion: int) -> float:
    """The time that somebody asked takes; each group that is asked has a time of its own."""
    amount = step.decision if name == "decision_s" else step.time
    return case.amount(f"{name}/{step.name}/{group.name}", amount, occasion)
