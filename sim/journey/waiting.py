"""Waiting for an agent: the one way to stand in line, and how a customer's wait ends."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from functools import partial
from typing import TYPE_CHECKING

from sim.floor.agents import Agent, Group
from sim.floor.gates import Gate, Tallies
from sim.floor.queues import MEDIA, Leaving, Left, Medium, Place
from sim.floor.routes import Stages, only
from sim.journey.closing import left_message
from sim.journey.free_agent import free_in
from sim.journey.limits import can_move_on, moved_on, stages_of
from sim.journey.place import place_of, priority_of, standing_of
from sim.plan.stages import Limit, Onward
from sim.trace.codes import Outcome

if TYPE_CHECKING:
    from simpy import Event

    from sim.centre import Centre
    from sim.floor.cases import Contact
    from sim.floor.clock import Waits


Finding = Generator["Waits", None, Agent | None]
"""A stretch of time that ends with an agent, or without one."""

_NEVER = math.inf
# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_PATIENCE = Left.PATIENCE
_LIMIT = Left.LIMIT
_WRITTEN = Medium.WRITTEN


def wait(
    centre: Centre,
    place: Place,
    stages: Stages,
    leaving: Iterable[Leaving] = (),
    *,
    waited: float = 0.0,
    contact: Contact | None = None,
) -> Finding:
    """Stand in line until an agent comes, or until there is a reason to leave: the one way to wait.

    Args:
        centre: where.
        place: what is asked of the agent, and how soon; afterwards, what came.
        stages: the groups, from whose delays on each may come; the first names the queue.
        leaving: after how many seconds the place is given up, why, and whether it can be (None is
            always).
        waited: how much of the delays is over.
        contact: the customer seen to wait, and sent away at closing time where that is the rule;
            None where the centre waits in the customer's stead, or an agent does.

    Returns:
        The agent, who has turned to it; None when the place is left without one.
    """
    first = stages[0][1][0]
    place.queue = first.position
    for after_s, groups, gate in stages:
        if after_s <= waited:
            _join(centre, place, groups, gate)
        else:
            centre.clock.ring(after_s - waited, partial(_open, centre, place, groups, gate))
    for seconds, why, can_go in leaving:
        if seconds < _NEVER:
            place.leave_after(seconds, why, can_go)
    if contact is not None:
        if contact.case.plan.priority_step is not None:
            _will_step_up(centre, place, stages, contact)
        centre.in_line[place] = contact
        if centre.observer is not None:
            centre.observer.waits(place, contact)
        if centre.plan.counts_waiting:
            _count_in(centre, place, first.queue.line)
    yield place
    if contact is not None:
        centre.leaves_line(place)
    return place.came if isinstance(place.came, Agent) else None


def _will_step_up(centre: Centre, place: Place, stages: Stages, contact: Contact) -> None:
    """The customer moves up after so long in the queue, or has done so in the one before."""
    after_s, points = contact.case.plan.priority_step or (_NEVER, 0.0)
    left_s = place.since + after_s - centre.clock.now
    pace = contact.case.plan.points_per_s
    score = centre.contact_rule(priority_of(centre, contact) + points, pace, place.since)
    step_up = partial(_step_up, centre, place, stages, score)
    centre.clock.ring(max(0.0, left_s), step_up)


def _step_up(centre: Centre, place: Place, stages: Stages, score: float, _: Event) -> None:
    """Stand in the same queues again, higher up; the place before has no meaning then."""
    if place.gone:
        return
    place.score = score
    waited = centre.clock.now - place.since
    place.stand_anew()
    for after_s, groups, gate in stages:
        if after_s <= waited:
            _join(centre, place, groups, gate)


def _count_in(centre: Centre, place: Place, line: Tallies) -> None:
    """One more on the line: groups that help out while many wait there may have to come."""
    place.count_in(line[place.medium])
    for gate, groups in centre.gates.helpers.get(place.queue, ()):
        if gate.late_after_s < _NEVER:
            late = max(0.0, place.since + gate.late_after_s - centre.clock.now)
            centre.clock.ring(late, partial(_is_late, centre, place, groups, gate))
        _help_out(centre, place, groups, gate)


def _is_late(centre: Centre, place: Place, groups: tuple[Group, ...], gate: Gate, _: Event) -> None:
    """Somebody has waited so long that others help out."""
    if not place.gone:
        place.count_in(gate.late[place.medium])
        _help_out(centre, place, groups, gate)


def _help_out(centre: Centre, place: Place, groups: tuple[Group, ...], gate: Gate) -> None:
    """The groups behind a gate take who comes first, if it is open."""
    if gate.is_open(place.medium):
        centre.floor.look_round(groups, place.medium, place.mark, place.reason)


def _join(centre: Centre, place: Place, groups: Iterable[Group], gate: Gate | None) -> None:
    """Stand in the queues of groups, by each one's own preferences; who is away is called back."""
    away = False
    for group in groups:
        (place.kept_for or group.queue).join(place, group.rank(place.reason), gate)
        if group.away:
            away = True
    if away and gate is None and place.kept_for is None and place.lane is not _WRITTEN:
        centre.floor.away.call_back(groups, place)


def _open(
    centre: Centre, place: Place, groups: tuple[Group, ...], gate: Gate | None, _: Event
) -> None:
    """Further groups may come from now on."""
    if place.gone:
        return
    if gate is not None:
        _join(centre, place, groups, gate)
        _help_out(centre, place, groups, gate)
        return
    agent = centre.floor.best(groups, place.medium, place.mark, place.reason)
    if agent is not None:
        centre.floor.hand_over(agent, place)
    else:
        _join(centre, place, groups, None)


def wait_for_agent(centre: Centre, contact: Contact) -> Finding:
    """Wait for the first agent; without one the contact's outcome says why.

    Who waits too long may be moved on to another group, and waits there with the same patience.
    """
    medium, queued = MEDIA[contact.channel], contact.queued
    case = contact.case
    stages, limit = case.route.stages, case.plan.waiting_limit
    if case.plan.queue_limit is not None:
        stages = stages_of(centre, contact)
    while True:
        place = place_of(centre, contact, medium, queued, priority_of(centre, contact))
        patience = queued + contact.patience_s - centre.clock.now
        leaving: tuple[Leaving, ...] = ((patience, _PATIENCE, None),)
        if limit is not None:
            can_go = partial(can_move_on, centre, contact, limit)
            leaving += ((limit.over, _LIMIT, can_go),)
        agent = yield from wait(centre, place, stages, leaving, contact=contact)
        if place.came is _LIMIT and limit is not None and limit.then is Onward.GROUP:
            stages, limit = only(centre.by_position[limit.group]), None
            agent = free_in(centre, contact, medium, stages, 0.0)
            if agent is None:
                continue
        if agent is None:
            contact.outcome = _left(contact, place.came, limit)
        else:
            _answered(centre, contact, agent)
        return agent


def _left(contact: Contact, why: object, limit: Limit | None) -> Outcome:
    if why is _PATIENCE:
        return Outcome.ABANDONED
    if why is _LIMIT and limit is not None:
        return moved_on(contact, limit)
    if contact.cut_by_closing:
        return Outcome.CALLBACK_TAKEN
    return left_message(contact, Outcome.TURNED_AWAY)


def _answered(centre: Centre, contact: Contact, agent: Agent) -> None:
    """Note how long the customer waited, and by how much longer than told."""
    waited = centre.clock.now - contact.queued
    if centre.plan.by_last_wait:  # that is what the next ones are told
        agent.group.last_waits[standing_of(centre, contact)] = waited
    if contact.acknowledged and contact.told_s == contact.told_s:  # was told a wait
        contact.past_told_s = max(0.0, waited - contact.told_s)
