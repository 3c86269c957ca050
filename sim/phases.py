"""Phases: another scenario holds from a midnight on, with the same customers and people.

Everything that is looked up in a plan is exchanged; what has happened, and who waits or works,
stays.
"""

from __future__ import annotations

from scenarios.schema import Scenario
from sim.centre import Centre
from sim.floor.routes import Gates, Route
from sim.plan.centre_plan import CentrePlan, plan_of
from sim.plan.demand import Demand
from sim.plan.newcomers import Newcomers
from sim.plan.routing import AGENT_RULES, CONTACT_RULES
from sim.plan.switches import without
from sim.trace.codes import ContactKind

_OF_CUSTOMERS = (ContactKind.FIRST, ContactKind.REDIAL, ContactKind.REPEAT)
"""Contacts that hold a line."""


def enter(centre: Centre, scenario: Scenario, day: int) -> None:
    """From this midnight on another scenario holds."""
    plan = without(plan_of(scenario), centre.plan.works)
    centre.scenario, centre.plan = scenario, plan
    for group in centre.by_position:
        group.change(plan.groups[group.position])
    centre.crews.change(scenario, plan.mean_solve, day)
    _change_rules(centre, plan)
    centre.demand = Demand(scenario, centre.draws, plan.usual)
    centre.causes.change(plan)
    centre.workforce.change(plan)
    if centre.dialler is not None:
        centre.dialler.change(plan.outbound)
    if centre.expected_waits is not None:
        newcomers = Newcomers(scenario, plan)
        centre.expected_waits.change(plan, newcomers, centre.contact_rule)
    elif centre.asks_for_wait:
        centre.expect_waits()


def _change_rules(centre: Centre, plan: CentrePlan) -> None:
    """How contacts find agents, what they are told, and the cases that are open."""
    centre.gates = Gates(centre.floor.has_closed)
    centre.routes = [Route(reason, centre.by_position, centre.gates) for reason in plan.reasons]
    centre.contact_rule = CONTACT_RULES[plan.contact_choice]
    centre.floor.change_rule(AGENT_RULES.get(plan.agent_choice))
    centre.announcement = plan.announcement
    for channel, (line, each) in enumerate(zip(centre.lines, plan.lines, strict=True)):
        on_line = sum(
            contact.channel == channel and contact.kind in _OF_CUSTOMERS
            for contact in centre.open_contacts
        )
        line.change(each, on_line)
    for contact in centre.open_contacts:
        contact.plan = plan.reasons[contact.plan.position]
    for case in centre.open_cases:
        case.plan = plan.reasons[case.plan.position]
        case.route = centre.routes[case.plan.position]
