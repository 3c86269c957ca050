"""A replication day by day: what a morning plans, and what the last evening leaves."""

from __future__ import annotations

import math
from functools import partial

from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.centre import Centre
from sim.floor.cases import Contact, Leg, case_row, contact_row, leg_row, write_pending
from sim.floor.clock import Order
from sim.floor.queues import MEDIA, Medium
from sim.journey.closing import close_channel, serves_out
from sim.journey.contact import arrive, begin_return, may_go_on
from sim.phases import enter
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.trace.codes import Ending, Outcome
from sim.trace.trace import Trace


def open_centre(
    scenario: Scenario, seed: int, replication: int, works: Mechanisms = ALL_WORK
) -> Centre:
    """A centre at midnight of the first day, with that day planned."""
    centre = Centre(scenario, seed, replication, works)
    centre.floor.serves_out = partial(serves_out, centre)
    centre.comes_back = partial(begin_return, centre)
    centre.goes_on = partial(may_go_on, centre)
    if centre.asks_for_wait:
        centre.expect_waits()
    _begin(centre, 0)
    return centre


def _begin(centre: Centre, day: int) -> None:
    """The morning of a day: people as they are today, then the day's events; last its evening."""
    centre.trace.pack()
    if day > 0:
        for stage in centre.stages:
            if stage.day == day:
                enter(centre, stage.scenario, day)
    centre.workforce.morning(day)
    _plan(centre, day)
    if day + 1 < centre.plan.days:
        centre.agenda.at((day + 1) * DAY_S, partial(_midnight, centre, day), Order.PLANNING)


def _midnight(centre: Centre, day: int) -> None:
    """The evening of a day, and the morning of the next."""
    centre.workforce.evening()
    _begin(centre, day + 1)


def _plan(centre: Centre, day: int) -> None:
    """The day's events: customers, agents on duty, channels that close."""
    customers = centre.demand.customers(day)
    arrives = partial(arrive, centre, customers)
    centre.agenda.one_by_one(customers.arrivals, arrives, customers.in_order())
    centre.workforce.plan()
    if centre.dialler is not None:
        centre.dialler.plan(day)
    for channel, line in enumerate(centre.lines):
        for closing in line.plan.closings(day):
            centre.agenda.at(closing, partial(close_channel, centre, channel), Order.GOING)


def close(centre: Centre) -> Trace:
    """The horizon ends: what is not over is written down as it stands."""
    for contact in centre.open_contacts:
        _break_off(centre, contact)
    for promise in centre.promises:
        promise.write(centre.trace.promises, centre.clock.now)
        over = promise.pending_until <= centre.clock.now
        write_pending(promise, centre.trace.pending, math.inf if over else math.nan)
    for case, number, asked, asker, approver, times in centre.questions.values():
        centre.write_decision(case, number, asked, approver, asker, times)
    for case in centre.open_cases:
        centre.trace.cases.add(case_row(case))
    for group in centre.groups.values():
        centre.attendance.close(group, centre.plan.horizon_s)
    centre.workforce.evening()
    centre.causes.write(centre.trace.fixes)
    return centre.trace


def _count_so_far(centre: Centre, leg: Leg) -> None:
    """Count the hold, the work or the talk that is not over, up to now."""
    now, contact = centre.clock.now, leg.contact
    if leg.held_since == leg.held_since:
        leg.hold_s += now - leg.held_since
    elif leg.work is not None and MEDIA[contact.channel] is Medium.WRITTEN:
        leg.talk_s += leg.work.spent()
    else:
        prepared = contact.preparation_s if leg.number == 0 else 0.0
        begun = leg.answered + leg.listened_s - prepared
        leg.talk_s += max(0.0, now - begun - leg.hold_s - leg.talk_s)


def _break_off(centre: Centre, contact: Contact) -> None:
    leg = contact.leg
    if contact.outcome is Outcome.ANSWERED and leg is not None:
        if leg.ending is Ending.IN_HAND:
            _count_so_far(centre, leg)
            centre.trace.legs.add(leg_row(leg))
            contact.talk_s += leg.talk_s
            contact.hold_s += leg.hold_s
            contact.legs += 1
        contact.ending = Ending.IN_HAND
    centre.trace.contacts.add(contact_row(contact))
