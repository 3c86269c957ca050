"""Waiting for an agent: what the customer is told, how long patience lasts, who comes first."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from functools import partial
from typing import TYPE_CHECKING

from sim.draws.portable import log1p_of_one, power_of_one
from sim.floor.agents import Agent, Group
from sim.floor.expected_wait import Asker
from sim.floor.gates import Gate, Tallies
from sim.floor.queues import MEDIA, Leaving, Left, Medium, Place
from sim.floor.routes import Stages, only
from sim.journey.closing import somebody_takes
from sim.plan.reasons import Limit, Onward
from sim.trace.codes import AgentState, ContactKind, Outcome

if TYPE_CHECKING:
    from simpy import Event

    from sim.centre import Centre
    from sim.floor.cases import Contact
    from sim.journey.process import Waits
    from sim.plan.centre_plan import Offer

Finding = Generator["Waits", None, Agent | None]
"""A stretch of time that ends with an agent, or without one."""

VOICE = 0
"""Position of the telephone among the channels."""

_NEVER = math.inf

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_WAITING = Outcome.WAITING
_WRITTEN = Medium.WRITTEN
_TALK = AgentState.TALK
_PATIENCE = Left.PATIENCE
_REPEAT = ContactKind.REPEAT


def stays(centre: Centre, contact: Contact) -> bool:
    """Whether the customer joins the queue, told what to expect; if not, the outcome says why."""
    if MEDIA[contact.channel] is _WRITTEN:
        return True
    full = contact.case.plan.queue_limit
    if full is not None and full.then is not Onward.GROUP and is_full(centre, contact):
        contact.outcome = _not_taken(contact, full)
        return False
    if contact.case.crowded:
        line = centre.by_position[contact.case.plan.queue].queue.line
        contact.case.found_waiting = line[MEDIA[contact.channel]].count
    patience = patience_of(contact)
    if centre.announces:
        patience = _told(centre, contact, patience)
    if patience <= 0.0 and contact.outcome is _WAITING:
        contact.outcome = Outcome.ABANDONED
    contact.patience_s = patience
    return contact.outcome is _WAITING


def free_agent(centre: Centre, contact: Contact) -> Agent | None:
    """The agent who takes the contact at once: the owner of the case, or by the choice rule."""
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
        agent.group.last_waits[_kind(centre, contact)] = 0.0
    return agent


def free_in(
    centre: Centre, contact: Contact, medium: Medium, stages: Stages, waited: float
) -> Agent | None:
    """The agent who takes a contact at once, or calls back, after it has waited for so long."""
    mark = contact.case.mark("agent_choice", contact.occasion) if centre.random_choice else 0.0
    for after_s, groups, gate in stages:
        if after_s > waited:
            break
        # Where a group only helps out, who waits longer goes before somebody who has just come.
        if gate is not None and (gate.helps_out or not gate.is_open(medium)):
            continue
        agent = centre.floor.best(groups, medium, mark, contact.case.plan.position)
        if agent is not None:
            centre.floor.engage(agent, medium, _TALK)
            return agent
    return None


def is_full(centre: Centre, contact: Contact) -> bool:
    """Whether the queue has no place for a customer; if others have gone home it always has."""
    plan, medium = contact.case.plan, MEDIA[contact.channel]
    limit = plan.queue_limit
    if limit is None or medium is _WRITTEN:
        return False
    line = centre.by_position[plan.queue].queue.line[medium]
    return line.count >= limit.over and _can_move_on(centre, contact, limit)


def stages_of(centre: Centre, contact: Contact) -> Stages:
    """The groups for which a customer waits who comes now: others where the queue is full."""
    limit = contact.case.plan.queue_limit
    if limit is not None and limit.then is Onward.GROUP and is_full(centre, contact):
        return only(centre.by_position[limit.group])
    return contact.case.route.stages


def _not_taken(contact: Contact, limit: Limit) -> Outcome:
    """What becomes of a customer for whom the queue has no place."""
    if limit.then is Onward.BUSY:
        contact.queued = math.nan
        return Outcome.BLOCKED
    return _moved_on(contact, limit)


def _moved_on(contact: Contact, limit: Limit) -> Outcome:
    """To voicemail, or with the closed message."""
    if limit.then is not Onward.VOICEMAIL:
        return Outcome.TURNED_AWAY
    contact.voicemail = limit
    return Outcome.CALLBACK_TAKEN


def patience_of(contact: Contact) -> float:
    """How long the customer will wait, by reason, channel and priority class; kept for redials."""
    case = contact.case
    plan = case.plan
    amount = plan.patience.get(contact.channel)
    if case.class_patience is not None and contact.channel == VOICE:
        amount = case.class_patience
    if contact.channel == VOICE:
        for waiting, crowded in case.crowded:
            if case.found_waiting >= waiting:
                amount = crowded
                break
    if amount is None:
        return _NEVER
    patience = case.amount("patience", amount, 0 if plan.patience_kept else contact.trial)
    if plan.repeat is not None:
        patience *= case.grown(plan.repeat.patience_factor)
    return patience


def expected_wait(centre: Centre, contact: Contact) -> float:
    """The wait that the centre expects for a customer who joins the queue now, in seconds.

    By the queues, see ``sim/floor/expected_wait.py``; or the wait of the customer answered last of
    those who stand alike, the shortest of the groups (delay history: Ibrahim & Whitt).
    """
    case, stages = contact.case, stages_of(centre, contact)
    if centre.plan.by_last_wait:
        kind = _kind(centre, contact)
        groups = case.route.own_groups if stages is case.route.stages else stages[0][1]
        return min(group.last_waits.get(kind, 0.0) for group in groups)
    asker = Asker(case.plan.position, contact.channel, *_kind(centre, contact))
    return centre.expect_waits().of(asker, stages)


def _kind(centre: Centre, contact: Contact) -> tuple[int, float]:
    """How customers stand in the order of service as they begin to wait: medium and priority."""
    base = centre.contact_rule(priority_of(centre, contact), 0.0, 0.0)
    return MEDIA[contact.channel], base


def _told(centre: Centre, contact: Contact, patience: float) -> float:
    """What the customer is told and offered; returns the patience that is left of it."""
    case, channel = contact.case, contact.channel
    words, offer = centre.announcement, centre.plan.offer
    if words is not None and channel not in words.channels:
        words = None
    if offer is not None and channel not in offer.channels:
        offer = None
    if words is None and offer is None:
        return patience
    tells = words is not None and words.announces_wait
    expected = expected_wait(centre, contact) if tells or offer is not None else 0.0
    balks = False
    if words is not None and (not words.announces_wait or expected > words.told_above_s):
        contact.acknowledged = True
        patience *= words.patience_factor
        if words.announces_wait:
            contact.told_s = expected * words.told_factor
            if centre.observer is not None:
                centre.observer.wait_announced(contact)
            balks = patience < contact.told_s and case.mark("balk") < words.balk
            patience = past_told_patience(patience, contact.told_s, words.hazard_growth_per_min)
    if offer is not None and patience > 0.0 and _is_offered(centre, contact, offer, expected):
        contact.offered_callback = True
        if centre.observer is not None:
            centre.observer.callback_offered(contact)
        if case.mark("accept_callback") < _takes_callback(centre, offer, expected):
            contact.outcome = Outcome.CALLBACK_TAKEN
            return patience
    return 0.0 if balks else patience


def _is_offered(centre: Centre, contact: Contact, offer: Offer, expected: float) -> bool:
    """Whether the wait, or the queue, is so long that a callback is offered."""
    most = offer.when_waiting_over
    if most is None:
        return expected > offer.when_wait_over_s
    line = stages_of(centre, contact)[0][1][0].queue.line[MEDIA[contact.channel]]
    long = offer.when_wait_over_s == 0.0 or expected > offer.when_wait_over_s
    return long and line.count > most


def past_told_patience(patience: float, told_s: float, growth_per_min: float) -> float:
    """Patience when the hazard of abandoning grows for every minute past the told wait.

    With the hazard multiplied by (1 + growth)^minutes past the told wait (Webb, Yu & Bretthauer
    2019: up to 52 % a minute), what is left of the patience r is used up after
    ln(1 + b r) / b minutes, b = ln(1 + growth); exact for a constant hazard.
    """
    left = (patience - told_s) / 60.0
    if left <= 0.0 or growth_per_min == 0.0 or math.isinf(patience):
        return patience
    b = log1p_of_one(growth_per_min)
    return told_s + 60.0 * log1p_of_one(b * left) / b


def _takes_callback(centre: Centre, offer: Offer, expected_s: float) -> float:
    """Share of customers who take a callback that comes when it would; fewer the later it is."""
    if offer.accept_falls_per_h == 0.0:
        return offer.accept
    delay_s = expected_s
    if not offer.keeps_place:
        delay_s = window_begins(centre) - centre.clock.now
    return offer.accept * power_of_one(1.0 - offer.accept_falls_per_h, delay_s / 3600.0)


def window_begins(centre: Centre) -> float:
    """When the window of a callback begins that is promised now; nobody calls at night."""
    offer, hours = centre.plan.calling_back, centre.lines[VOICE].hours
    begin = hours.due(centre.clock.now, offer.window_after_s, offer.window_clock)
    return hours.not_before(begin)


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
        leaving: after how many seconds the place is given up, why, and whether it can be.
        waited: how much of the delays is over.
        contact: the customer seen to wait, and sent away at closing time where that is the rule;
            None where the centre waits in the customer's stead, or an agent does.

    Returns:
        The agent, who has turned to it; None when the place is left without one.
    """
    first = stages[0][1][0]
    place.queue = first.position
    for stage in stages:
        if stage[0] <= waited:
            _join(centre, place, *stage[1:])
        else:
            centre.clock.ring(stage[0] - waited, partial(_open, centre, place, *stage[1:]))
    for each in leaving:
        if each[0] < _NEVER:
            place.leave_after(*each)
    if contact is not None:
        centre.in_line[place] = contact
        if centre.observer is not None:
            centre.observer.waits(place, contact)
        if centre.plan.counts_waiting:
            _count_in(centre, place, first.queue.line)
    yield place
    if contact is not None:
        del centre.in_line[place]
    return place.came if isinstance(place.came, Agent) else None


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
    for group in groups:
        (place.kept_for or group.queue).join(place, group.rank(place.reason), gate)
    if gate is None and place.kept_for is None and place.lane is not _WRITTEN:
        centre.floor.call_back(groups, place)


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


def place_of(
    centre: Centre, contact: Contact, medium: Medium, since: float, priority: float
) -> Place:
    """A customer's place, served by the contact choice rule."""
    plan = contact.case.plan
    place = Place(centre.clock, medium, _TALK, since)
    place.reason = plan.position
    place.score = centre.contact_rule(priority, plan.points_per_s, since)
    if centre.ageing:
        place.points_per_s = plan.points_per_s
    if centre.random_choice:
        place.mark = contact.case.mark("agent_choice", contact.occasion)
    return place


def wait_for_agent(centre: Centre, contact: Contact) -> Finding:
    """Wait for the first agent; without one the contact's outcome says why.

    Who waits too long may be moved on to another group, and waits there with the same patience.
    """
    medium, queued = MEDIA[contact.channel], contact.queued
    stages, limit = stages_of(centre, contact), contact.case.plan.waiting_limit
    while True:
        place = place_of(centre, contact, medium, queued, priority_of(centre, contact))
        leaving: tuple[Leaving, ...] = (
            (queued + contact.patience_s - centre.clock.now, _PATIENCE),
        )
        if limit is not None:
            can_go = partial(_can_move_on, centre, contact, limit)
            leaving += ((limit.over, Left.LIMIT, can_go),)
        agent = yield from wait(centre, place, stages, leaving, contact=contact)
        if place.came is Left.LIMIT and limit is not None and limit.then is Onward.GROUP:
            stages, limit = only(centre.by_position[limit.group]), None
            agent = free_in(centre, contact, medium, stages, 0.0)
            if agent is None:
                continue
        if agent is None:
            contact.outcome = _left(contact, place.came, limit)
        else:
            _answered(centre, contact, agent)
        return agent


def _can_move_on(centre: Centre, contact: Contact, limit: Limit) -> bool:
    """Whether a contact that waited too long can go; not to a group that has gone home."""
    if limit.then is not Onward.GROUP or MEDIA[contact.channel] is _WRITTEN:
        return True
    return somebody_takes(centre, (centre.by_position[limit.group],), contact.channel)


def _left(contact: Contact, why: object, limit: Limit | None) -> Outcome:
    if why is _PATIENCE:
        return Outcome.ABANDONED
    if why is Left.LIMIT and limit is not None:
        return _moved_on(contact, limit)
    return Outcome.CALLBACK_TAKEN if contact.cut_by_closing else Outcome.TURNED_AWAY


def priority_of(centre: Centre, contact: Contact) -> float:
    """The customer's base priority with the bonus for coming back or being transferred."""
    priority = contact.case.priority
    if contact.kind is _REPEAT:
        priority += centre.plan.returning_bonus
    if contact.transfers:
        priority += centre.plan.transferred_bonus
    return priority


def _answered(centre: Centre, contact: Contact, agent: Agent) -> None:
    """Note how long the customer waited, and by how much longer than told."""
    waited = centre.clock.now - contact.queued
    if centre.plan.by_last_wait:  # that is what the next ones are told
        agent.group.last_waits[_kind(centre, contact)] = waited
    if contact.told_s == contact.told_s:  # was told a wait
        contact.past_told_s = max(0.0, waited - contact.told_s)
