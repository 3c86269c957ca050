"""Joining the queue: what the customer is told and offered there, and whether it is taken."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.draws.portable import log1p_of_one, power_of_one
from sim.floor.expected_wait import Asker
from sim.floor.queues import MEDIA, VOICE, Medium
from sim.journey.limits import is_full, not_taken, stages_of
from sim.journey.place import patience_of, standing_of
from sim.plan.stages import Onward
from sim.trace.codes import Outcome

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.cases import Contact
    from sim.plan.announcements import Offer


# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_WAITING = Outcome.WAITING
_WRITTEN = Medium.WRITTEN


def stays(centre: Centre, contact: Contact) -> bool:
    """Whether the customer joins the queue, told what to expect; if not, the outcome says why."""
    if MEDIA[contact.channel] is _WRITTEN:
        return True
    full = contact.case.plan.queue_limit
    if full is not None and full.then is not Onward.GROUP and is_full(centre, contact):
        contact.outcome = not_taken(contact, full)
        return False
    if contact.case.plan.counts_crowd:
        line = centre.by_position[contact.case.plan.queue].queue.line
        contact.case.found_waiting = line[MEDIA[contact.channel]].count
    patience = patience_of(contact)
    if centre.announcement is not None or centre.plan.offer is not None:
        patience = hears(centre, contact, patience)
    if patience <= 0.0 and contact.outcome is _WAITING:
        contact.outcome = Outcome.ABANDONED
    contact.patience_s = patience
    return contact.outcome is _WAITING


def expected_wait(centre: Centre, contact: Contact) -> float:
    """The wait that the centre expects for a customer who joins the queue now, in seconds.

    By the queues, see ``sim/floor/expected_wait.py``; or the wait of the customer answered last of
    those who stand alike, the shortest of the groups (delay history: Ibrahim & Whitt).
    """
    case, stages = contact.case, stages_of(centre, contact)
    if centre.plan.by_last_wait:
        kind = standing_of(centre, contact)
        groups = case.route.own_groups if stages is case.route.stages else stages[0][1]
        return min(group.last_waits.get(kind, 0.0) for group in groups)
    asker = Asker(case.plan.position, contact.channel, *standing_of(centre, contact))
    return centre.expect_waits().of(asker, stages)


def hears(centre: Centre, contact: Contact, patience: float) -> float:
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
            _book(centre, contact, offer)
            return patience
    return 0.0 if balks else patience


def _book(centre: Centre, contact: Contact, offer: Offer) -> None:
    """A callback has its place in a window, where a window has only so many."""
    if offer.per_window is not None and not offer.keeps_place:
        contact.window = window_begins(centre)
        centre.lines[VOICE].booked[contact.window] += 1


def _is_offered(centre: Centre, contact: Contact, offer: Offer, expected: float) -> bool:
    """Whether the wait, or the queue, is so long that a callback is offered."""
    most = offer.when_waiting_over
    if offer.not_when_full and window_begins(centre) > first_window(centre):
        return False
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
    """When the window of a callback begins that is promised now; nobody calls at night.

    Where a window has only so many places, the first with a free one.
    """
    offer, begin = centre.plan.calling_back, first_window(centre)
    if offer.per_window is not None:
        while centre.lines[VOICE].booked[begin] >= offer.per_window:
            begin = _whole_window(centre, begin + offer.window_s)
    return begin


def first_window(centre: Centre) -> float:
    """When the first window begins that could be promised now, whether or not it is full."""
    offer, hours = centre.plan.calling_back, centre.lines[VOICE].hours
    begin = hours.due(centre.clock.now, offer.window_after_s, offer.window_clock)
    return hours.not_before(begin) if offer.per_window is None else _whole_window(centre, begin)


def _whole_window(centre: Centre, time: float) -> float:
    """When a window begins at that time or after it: they follow each other from midnight on."""
    hours, length_s = centre.lines[VOICE].hours, centre.plan.calling_back.window_s
    begin = math.ceil(hours.not_before(time) / length_s) * length_s
    return hours.not_before(begin)
