"""Closing time: who is served out, cut off, or called back another day."""

from __future__ import annotations

from collections.abc import Iterable

from sim.centre import Centre
from sim.floor.agents import Group
from sim.floor.cases import Contact
from sim.floor.queues import MEDIA, Left, Medium
from sim.trace.codes import Outcome


def close_channel(centre: Centre, channel: int) -> None:
    """Customers who wait at closing time are served out, cut off, or called back another day."""
    cut_off = centre.lines[channel].plan.cuts_off
    for place, contact in list(centre.in_line.items()):
        if place.gone:
            continue
        if contact.channel == channel and (cut_off or takes_another_day(centre, contact)):
            place.leave(Left.CLOSING)
    if centre.plan.keeps_free:  # nobody comes any more for whom to keep them free
        for group in centre.by_position:
            if MEDIA[channel] in group.idle:
                centre.floor.look_round((group,), MEDIA[channel])


def takes_another_day(centre: Centre, contact: Contact) -> bool:
    """At closing time, offer a callback to somebody still unanswered, if that is the rule."""
    offers = centre.lines[contact.channel].plan.offers_callback
    if offers and contact.outcome is Outcome.WAITING:
        offer = centre.plan.offer
        contact.offered_callback = True
        if centre.observer is not None:
            centre.observer.callback_offered(contact)
        mark = contact.case.mark("accept_callback")
        contact.cut_by_closing = offer is None or mark < offer.accept
    return contact.cut_by_closing


def somebody_takes(centre: Centre, groups: Iterable[Group], channel: int) -> bool:
    """Whether any of the groups will take a customer of a channel who joins its queue now."""
    line = centre.lines[channel]
    after_hours = not line.plan.cuts_off and not line.is_open(centre.clock.now)
    return any(
        group.on_duty > (0 if after_hours else group.going + len(group.drops)) for group in groups
    )


def serves_out(centre: Centre) -> list[Medium]:
    """What kinds of customers, those of channels that have closed, are to be served out."""
    now = centre.clock.now
    return [
        medium
        for medium, line in zip(MEDIA, centre.lines, strict=True)
        if not line.plan.cuts_off and not line.is_open(now)
    ]


def nobody_there(centre: Centre, contact: Contact) -> bool:
    """Whether a customer who has got in meets nobody of any group of the reason."""
    if MEDIA[contact.channel] is Medium.WRITTEN:
        return False
    return not somebody_takes(centre, contact.case.route.all_groups, contact.channel)


def left_message(contact: Contact, otherwise: Outcome) -> Outcome:
    """What becomes of a customer who meets nobody: a message, if one may be left and is."""
    rule = contact.case.plan.after_hours
    if rule is None or contact.case.mark("leaves_message", contact.trial) >= rule.leaves:
        return otherwise
    contact.voicemail = rule.message
    never_waited = contact.queued != contact.queued
    return Outcome.LEFT_MESSAGE if never_waited else Outcome.CALLBACK_TAKEN
