"""The free agent who takes a contact immediately, without a wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.floor.agents import Agent
from sim.floor.queues import MEDIA, Medium
from sim.floor.routes import Stages
from sim.journey.limits import stages_of
from sim.journey.place import standing_of
from sim.trace.codes import AgentState

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Contact

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_TALK = AgentState.TALK


def free_agent(centre: Centre, contact: Contact) -> Agent | None:
    """The agent who takes the contact immediately: the owner of the case, or by the choice rule."""
    case, medium = contact.case, MEDIA[contact.channel]
    if centre.plan.ownership:
        agent = case.owner
        takes = agent is not None and agent.group in case.route.takers
        if agent is not None and takes and centre.floor.available(agent, medium):
            centre.floor.engage(agent, medium, _TALK)
            return agent
    agent = free_in(centre, contact, medium, case.route.stages, 0.0)
    if agent is None and case.plan.queue_limit is not None:
        agent = free_in(centre, contact, medium, stages_of(centre, contact), 0.0)
    if agent is not None and centre.plan.by_last_wait:
        agent.group.last_waits[standing_of(centre, contact)] = 0.0
    return agent


def free_in(
    centre: Centre, contact: Contact, medium: Medium, stages: Stages, waited: float
) -> Agent | None:
    """The agent who takes a contact immediately, or calls back, after it has waited for so long."""
    mark = contact.case.mark("agent_choice", contact.occasion) if centre.floor.by_mark else 0.0
    for after_s, groups, gate in stages:
        if after_s > waited:
            break
        # Where a group only helps out, who waits longer goes before somebody who has just come.
        if gate is not None and (gate.helps_out or not gate.is_open(medium)):
            continue
        agent = centre.floor.best(groups, medium, mark, contact.plan.position)
        if agent is not None:
            centre.floor.engage(agent, medium, _TALK)
            return agent
    return None
