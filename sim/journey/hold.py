"""On hold: the customer waits while the agent asks, and may hang up."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.floor.agents import Agent, Group
from sim.floor.cases import NAN
from sim.floor.queues import Leaving, Left, Medium, Place
from sim.floor.routes import only
from sim.journey.waiting import Finding, wait
from sim.trace.codes import AgentState

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Leg
    from sim.floor.clock import Waits


def ask_for(
    centre: Centre,
    leg: Leg,
    group: Group,
    state: AgentState,
    timeout_s: float | None,
    medium: Medium = Medium.VOICE,
) -> Finding:
    """Wait on hold for somebody of a group; None when nobody comes in time or the customer goes.

    Nobody is asked when nobody can come: the group has gone home, or all wait for each other.
    """
    contact = leg.contact
    free = centre.floor.best((group,), medium, contact.case.mark("colleague"))
    if free is not None:
        centre.floor.engage(free, medium, state)
        if centre.observer is not None:
            centre.observer.helper_comes(leg, free, state)
        return free
    if timeout_s == 0.0 or not _can_come(group, leg.agent):
        return None
    begin_hold(centre, leg)
    begun = centre.clock.now
    place = Place(centre.clock, medium, state, begun)
    place.lane = Medium.HELP
    place.score = contact.case.priority + centre.plan.transferred_bonus
    timeout: Leaving = (timeout_s or math.inf, Left.TIMEOUT, None)
    leaving = (timeout, (contact.hold_left, Left.PATIENCE, None))
    asking, waits = leg.agent.group.asking, (leg.agent, group)
    asking.append(waits)
    agent = yield from wait(centre, place, only(group), leaving)
    asking.remove(waits)
    if agent is not None and centre.observer is not None:
        centre.observer.helper_comes(leg, agent, state)
    end_hold(centre, leg, centre.clock.now - begun)
    if place.came is Left.PATIENCE:
        contact.hold_left = 0.0
    return agent


def can_be_asked(centre: Centre, leg: Leg, group: Group, timeout_s: float | None) -> bool:
    """Whether somebody of a group has time for the agent now, or can be waited for."""
    now = centre.floor.best((group,), Medium.VOICE, 0.0)
    return now is not None or (timeout_s != 0.0 and _can_come(group, leg.agent))


def _can_come(group: Group, asker: Agent) -> bool:
    """Whether somebody of a group can come: on duty, and not waiting for the asker in the end.

    Who waits on hold can come as soon as somebody of the group waited for can, and so on.
    """
    asked = [group]
    for each in asked:
        waiting = {agent for agent, _ in each.asking}
        if asker.group is each:
            waiting.add(asker)
        if each.on_duty > len(waiting):
            return True
        asked += {further for _, further in each.asking}.difference(asked)
    return False


def on_hold(centre: Centre, leg: Leg, seconds: float) -> Generator[Waits, None, bool]:
    """The customer holds for some time; False when the customer hangs up before it is over."""
    begin_hold(centre, leg)
    stays = min(seconds, leg.contact.hold_left)
    yield stays
    end_hold(centre, leg, stays)
    return stays >= seconds


def begin_hold(centre: Centre, leg: Leg) -> None:
    """The agent is with a customer on hold (an agent with several chats is seen as talking)."""
    leg.held_since = centre.clock.now
    if centre.observer is not None:
        centre.observer.on_hold(leg)
    if leg.agent.chat_slots <= 1:
        centre.floor.show(leg.agent, AgentState.HOLD)


def end_hold(centre: Centre, leg: Leg, seconds: float) -> None:
    """The customer is spoken to again."""
    leg.hold_s += seconds
    leg.held_since = NAN
    leg.contact.hold_left -= seconds
    if centre.observer is not None:
        centre.observer.off_hold(leg)
    if leg.agent.chat_slots <= 1:
        centre.floor.show(leg.agent, AgentState.TALK)
