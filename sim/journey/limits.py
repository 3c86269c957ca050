"""Limits of a queue: when it has no place, who has waited too long, and where they go then."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.floor.queues import MEDIA, Medium
from sim.floor.routes import Stages, only
from sim.journey.closing import somebody_takes
from sim.plan.stages import Limit, Onward
from sim.trace.codes import Outcome

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Contact

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_WRITTEN = Medium.WRITTEN


def is_full(centre: Centre, contact: Contact) -> bool:
    """Whether the queue has no place for a customer; if others have gone home it always has."""
    plan, medium = contact.case.plan, MEDIA[contact.channel]
    limit = plan.queue_limit
    if limit is None or medium is _WRITTEN:
        return False
    line = centre.by_position[plan.queue].queue.line[medium]
    return line.count >= limit.over and can_move_on(centre, contact, limit)


def stages_of(centre: Centre, contact: Contact) -> Stages:
    """The groups for which a customer waits who comes now: others where the queue is full."""
    limit = contact.case.plan.queue_limit
    if limit is not None and limit.then is Onward.GROUP and is_full(centre, contact):
        return only(centre.by_position[limit.group])
    return contact.case.route.stages


def not_taken(contact: Contact, limit: Limit) -> Outcome:
    """What becomes of a customer for whom the queue has no place."""
    if limit.then is Onward.BUSY:
        contact.queued = math.nan
        return Outcome.BLOCKED
    return moved_on(contact, limit)


def moved_on(contact: Contact, limit: Limit) -> Outcome:
    """To voicemail, or with the closed message."""
    if limit.then is not Onward.VOICEMAIL:
        return Outcome.TURNED_AWAY
    contact.voicemail = limit.message
    return Outcome.CALLBACK_TAKEN


def can_move_on(centre: Centre, contact: Contact, limit: Limit) -> bool:
    """Whether a contact that waited too long can go; not to a group that has gone home."""
    if limit.then is not Onward.GROUP or MEDIA[contact.channel] is _WRITTEN:
        return True
    return somebody_takes(centre, (centre.by_position[limit.group],), contact.channel)
