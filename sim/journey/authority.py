"""What an agent may decide alone, and what a decision pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.floor.cases import LEGS
from sim.people.traits import solve_probability

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.draws.amounts import Amount
    from sim.floor.agents import Agent, Team
    from sim.floor.cases import Case, Contact
    from sim.plan.steps import StepPlan


def can_solve(contact: Contact, knowledge: float) -> bool:
    """Whether somebody with this knowledge solves the case: its difficulty mark is below."""
    case = contact.case
    occasion = contact.occasion if case.plan.difficulty_per_contact else 0
    return case.mark("difficulty", occasion) < solve_probability(case.plan.solve, knowledge)


def may_decide(case: Case, team: Team) -> bool:
    """Whether the kind of decision and the money lie within the team's authority."""
    return case.money <= team.limit_for(case.kind)


def must_ask(case: Case, team: Team) -> bool:
    """Whether a team has to ask before it can grant what the case still needs."""
    return case.kind >= 0 and not case.granted and not may_decide(case, team)


def pay(case: Case, team: Team) -> float:
    """Grant the remedy: the money needed times the decider's generosity, within the limit."""
    limit = team.limit_for(case.kind)
    amount = min(case.money * _generosity(case, team), max(limit, case.money))
    case.granted = True
    case.paid += amount
    return amount


def _generosity(case: Case, team: Team) -> float:
    return case.amount("generosity", team.plan.generosity)


def decide_alone(centre: Centre, contact: Contact, agent: Agent) -> None:
    """The agent decides on the spot."""
    case, now = contact.case, centre.env.now
    limit = agent.team.limit_for(case.kind)
    paid = pay(case, agent.team)
    row = (contact.number, case.number, case.kind, case.money, limit, agent.team.position)
    if centre.observer is not None:
        centre.observer.decided_alone(case, agent, paid)
    centre.trace.decisions.add((*row, agent.number, -1, now, now, now, 1, paid))


def approves(case: Case, occasion: int, step: StepPlan, team: Team) -> bool:
    """Whether an approver of a team says yes; less likely the more money is asked for."""
    probability = step.approval - step.approval_falls_per_100 * case.money / 100.0
    return case.mark(f"approval/{team.name}", occasion) < probability


def step_amount(contact: Contact, name: str, amount: Amount) -> float:
    """A time of an escalation step for this contact and agent."""
    return contact.case.amount(name, amount, contact.occasion + min(contact.legs, LEGS - 1))


def asked_s(case: Case, name: str, step: StepPlan, team: Team, occasion: int) -> float:
    """The time that somebody asked takes; each team that is asked has a time of its own."""
    amount = step.decision if name == "decision_s" else step.time
    return case.amount(f"{name}/{step.name}/{team.name}", amount, occasion)
