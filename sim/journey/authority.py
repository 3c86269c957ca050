"""What an agent may decide alone, and what a decision pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.people.traits import solve_probability

if TYPE_CHECKING:
    from scenarios.parts.authority import AskApprover, PromiseCallback, Ticket
    from sim.centre import Centre
    from sim.floor.agents import Agent, Team
    from sim.floor.cases import Case, Contact

    Asking = AskApprover | PromiseCallback | Ticket


def can_solve(contact: Contact, knowledge: float) -> bool:
    """Whether somebody with this knowledge solves the case: its difficulty mark is below."""
    case = contact.case
    reason = case.plan.reason
    occasion = contact.occasion if reason.difficulty_drawn == "per_contact" else 0
    return case.mark("difficulty", occasion) < solve_probability(reason.solve, knowledge)


def may_decide(centre: Centre, case: Case, team: Team) -> bool:
    """Whether the kind of decision and the money lie within the team's authority."""
    return case.money <= team.limit_for(centre.kinds[case.kind])


def pay(centre: Centre, case: Case, team: Team) -> float:
    """Grant the remedy: the money needed times the decider's generosity, within the limit."""
    limit = team.limit_for(centre.kinds[case.kind])
    amount = min(case.money * _generosity(case, team), max(limit, case.money))
    case.granted = True
    case.paid += amount
    return amount


def _generosity(case: Case, team: Team) -> float:
    return case.amount("generosity", team.generosity)


def decide_alone(centre: Centre, contact: Contact, agent: Agent) -> None:
    """The agent decides on the spot."""
    case, now = contact.case, centre.env.now
    limit = agent.team.limit_for(centre.kinds[case.kind])
    paid = pay(centre, case, agent.team)
    row = (contact.number, case.number, case.kind, case.money, limit, agent.team.position)
    if centre.observer is not None:
        centre.observer.decided_alone(case, agent, paid)
    centre.trace.decisions.add((*row, agent.number, -1, now, now, now, 1, paid))


def approves(case: Case, occasion: int, step: Asking, team: Team) -> bool:
    """Whether an approver of a team says yes; less likely the more money is asked for."""
    probability = step.approval - step.approval_falls_per_100 * case.money / 100.0
    return case.mark(f"approval/{team.name}", occasion) < probability
