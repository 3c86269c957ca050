"""One contact from dialling to goodbye, and what the customer does afterwards."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence

from sim.centre import Centre
from sim.floor.cases import Case, Contact, contact_row
from sim.floor.clock import Waits
from sim.journey.announcing import stays
from sim.journey.callbacks import call_back
from sim.journey.closing import (
    left_message,
    nobody_there,
    somebody_takes,
    takes_another_day,
)
from sim.journey.follow_ups import keep_follow_up
from sim.journey.free_agent import free_agent
from sim.journey.handle_time_goal import false_share
from sim.journey.promises import cancel
from sim.journey.returning import Try, by_the_hours, will_try
from sim.journey.serving import serve
from sim.journey.waiting import wait_for_agent
from sim.plan.demand import Customers, Known
from sim.plan.reasons import Menu, PriorityClass
from sim.trace.codes import CaseState, ContactKind, Ending, Outcome, PromiseKind

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_FIRST = ContactKind.FIRST
_WAITING = Outcome.WAITING
_ANSWERED = Outcome.ANSWERED
_SETTLED = Ending.SETTLED
_CUT_OFF = Ending.CUT_OFF
_RESOLVED = CaseState.RESOLVED
_TO_BE_ANSWERED = (Outcome.CALLBACK_TAKEN, Outcome.LEFT_MESSAGE)
"""Outcomes after which it is the centre's turn."""


def arrive(centre: Centre, customers: Customers, who: tuple[int, int, int, float]) -> None:
    """A customer of the day makes contact for the first time, unless the cause is gone."""
    index, position, place, arrival = who
    plan = centre.plan.reasons[position]
    case = Case(
        centre.cases,
        plan,
        centre.routes[position],
        customers.alike[position],
        place,
        arrival,
        plan.priority,
        plan.channel,
    )
    if centre.causes.tracked and not centre.causes.brings(case):
        return
    centre.cases += 1
    centre.open_cases[case] = None
    if plan.customers_differ or customers.known:
        introduce(case, customers.known.get(index))
    centre.clock.resume(make_contact(centre, centre.begin_contact(case, _FIRST, case.channel)))


def may_go_on(centre: Centre, before: Case) -> None:
    """A case is over; some time later its customer may make contact about something new."""
    further = before.plan.further
    if further is None or before.mark("further_business") >= further[0]:
        return
    delay_s = before.amount("further_business_delay", further[1]) * 60.0
    again = Try(before, _FIRST, "further_business", 0)
    wait_s = by_the_hours(centre, again, delay_s)
    if wait_s is not None:
        centre.clock.ring(wait_s, lambda _: _go_on(centre, before))


def _go_on(centre: Centre, before: Case) -> None:
    """The same customer, by the same channel and in the same class, with a case of its own."""
    position = before.plan.position
    plan = centre.plan.reasons[position]
    case = Case(
        centre.cases,
        plan,
        centre.routes[position],
        before.customers.next_selves(),
        before.index,
        centre.clock.now,
        plan.priority,
        before.channel,
    )
    if centre.causes.tracked and not centre.causes.brings(case):
        return
    if plan.customers_differ:
        introduce(case)
        case.channel = before.channel
        case.own_class, case.priority = before.own_class, before.priority
    centre.cases += 1
    centre.open_cases[case] = None
    centre.trace.business.write(case=case.number, after=before.number)
    centre.clock.resume(make_contact(centre, centre.begin_contact(case, _FIRST, case.channel)))


def make_contact(centre: Centre, contact: Contact) -> Generator[Waits, None, None]:
    """The customer calls or writes, gets in, waits for an agent, is served, and says goodbye."""
    line = centre.lines[contact.channel]
    if not (line.always_open or line.is_open(centre.clock.now)):
        contact.outcome = left_message(contact, Outcome.CLOSED)
    elif line.count is not None and not line.seize():
        contact.outcome = Outcome.BLOCKED
    else:
        plan = contact.plan
        if plan.menus and contact.channel in plan.menus:
            yield from _pass_menu(contact, plan.menus[contact.channel])
            if not line.is_open(centre.clock.now):
                _closed_on(centre, contact)
        if plan.after_hours is not None:
            _meets_nobody(centre, contact)
        if contact.outcome is _WAITING:
            contact.queued = centre.clock.now
            contact.queue = plan.queue
            agent = free_agent(centre, contact)
            if agent is None and stays(centre, contact):
                agent = yield from wait_for_agent(centre, contact)
            if agent is not None:
                yield from serve(centre, contact, agent)
        if line.count is not None:
            line.release()
    goodbye(centre, contact)


def _made_by_centre(
    centre: Centre, calling: Generator[Waits, None, Contact | None]
) -> Generator[Waits, None, None]:
    """A contact that the centre makes, if it comes to one, and its goodbye."""
    contact = yield from calling
    if contact is not None:
        goodbye(centre, contact)


def goodbye(centre: Centre, contact: Contact) -> None:
    """The contact is over; the case continues or ends."""
    contact.ended = centre.clock.now
    del centre.open_contacts[contact]
    if centre.observer is not None:
        centre.observer.contact_ends(contact)
    if contact.outcome is _ANSWERED:
        _after_answer(centre, contact)
    else:
        _without_answer(centre, contact)
    contact.leg = None  # a leg knows its contact: no circle is left to be collected
    centre.trace.contacts.add(contact_row(contact))
    if contact.acknowledged and contact.told_s == contact.told_s:  # was told a wait
        note_told_wait(centre, contact)


def _pass_menu(contact: Contact, menu: Menu) -> Generator[Waits, None, None]:
    """The voice menu or the bot takes its time, settles some contacts and loses others."""
    case = contact.case
    seconds = case.amount("menu_time", menu.time, contact.trial)
    if seconds > 0.0:
        yield seconds
    settled = menu.settles if contact.kind is ContactKind.FIRST else 0.0
    mark = case.mark("voice_menu", contact.trial)
    if mark < settled:
        contact.outcome = Outcome.SELF_SERVED
    elif mark < settled + menu.leaves:
        contact.outcome = Outcome.LEFT_MENU


def _meets_nobody(centre: Centre, contact: Contact) -> None:
    """Who has got in and meets nobody may leave a message."""
    if contact.outcome is _WAITING and nobody_there(centre, contact):
        contact.outcome = left_message(contact, Outcome.TURNED_AWAY)


def _closed_on(centre: Centre, contact: Contact) -> None:
    """The centre closed while the customer, who came in time, was in the voice menu."""
    if contact.outcome is not _WAITING:
        return
    contact.queued, contact.queue = centre.clock.now, contact.case.plan.queue
    if takes_another_day(centre, contact):
        contact.outcome = Outcome.CALLBACK_TAKEN
        return
    groups = contact.case.route.all_groups
    if centre.lines[contact.channel].plan.cuts_off or not somebody_takes(
        centre, groups, contact.channel
    ):
        contact.outcome = left_message(contact, Outcome.TURNED_AWAY)


def _in_class(case: Case, own: PriorityClass) -> None:
    case.own_class, case.priority = own, own.priority


def introduce(case: Case, known: Known | None = None) -> None:
    """Who the customer is: channel, priority class, and what settles the case.

    What a record says of the customer is not drawn.
    """
    plan = case.plan
    if known is not None and known.channel >= 0:
        case.channel = known.channel
    elif len(plan.channels) > 1:
        case.channel = channel_at(plan.channels, case.mark("channel"))
    if known is not None and known.priority_class >= 0:
        own = plan.classes[known.priority_class]
        _in_class(case, own)
    elif plan.classes:
        mark, below = case.mark("priority_class"), 0.0
        for each in plan.classes:
            below += each.share
            if mark < below:
                _in_class(case, each)
                break
    if plan.remedies and case.mark("remedy_needed") < plan.needs_remedy:
        mark = case.mark("remedy_kind") * plan.remedy_shares
        for kind, share in plan.remedies:
            case.kind = kind
            mark -= share
            if mark < 0.0:
                break
        case.money = case.money_needed = case.amount("money", plan.money)


def channel_at(mix: Sequence[tuple[int, float]], mark: float) -> int:
    """The channel of a customer with this mark; ``mix`` has the end of each channel's marks."""
    for channel, below in mix:
        if mark < below:
            return channel
    return mix[-1][0]


def _without_answer(centre: Centre, contact: Contact) -> None:
    """What becomes of the case of a customer who met nobody: another way, or given up."""
    case = contact.case
    if contact.outcome in _TO_BE_ANSWERED:
        centre.clock.resume(_made_by_centre(centre, call_back(centre, contact)))
    elif contact.outcome is Outcome.SELF_SERVED:
        centre.close_case(case, CaseState.SELF_SERVED)
    elif contact.outcome is Outcome.UNREACHED:
        _calls_after_missed_call(centre, contact)
    elif contact.outcome is Outcome.LEFT_MENU:
        centre.close_case(case, CaseState.GIVEN_UP)
    else:
        _tries_again(centre, contact)


def _after_answer(centre: Centre, contact: Contact) -> None:
    """What becomes of the case of a customer who was served: resolved, promised, or not over."""
    case = contact.case
    if contact.ending is _SETTLED:
        share = case.plan.false_resolution
        if case.hand_offs or contact.cut_for_goal:
            share = false_share(contact)
        if share > 0.0 and case.mark("false_resolution", contact.occasion) < share:
            contact.false_resolution = True
            _comes_back(centre, contact)
        else:
            centre.close_case(case, _RESOLVED)
    elif contact.ending in (Ending.PROMISED_CALLBACK, Ending.TICKETED):
        if case.promise is not None:
            centre.clock.resume(_made_by_centre(centre, keep_follow_up(centre, case.promise)))
    else:
        _comes_back(centre, contact)


def _comes_back(centre: Centre, contact: Contact) -> None:
    """A customer whose case is not resolved comes back some time later, or gives up."""
    case, occasion = contact.case, contact.occasion
    repeat = case.plan.repeat
    share, delay = (repeat.probability, repeat.delay) if repeat else (0.0, 0.0)
    redial = case.plan.redial
    if redial is not None and redial.after_lost_in_transfer is not None and _lost_on_way(contact):
        share, delay = redial.after_lost_in_transfer * redial.factor(1), redial.delay
    if repeat is not None and repeat.after_cut_off is not None and contact.ending is _CUT_OFF:
        share, delay = repeat.after_cut_off
    most = repeat.max_contacts if repeat else math.inf
    if case.answered < most and share > 0.0 and case.mark("repeat", occasion) < share:
        delay = case.amount("repeat_delay", delay, occasion)
        will_try(centre, Try(case, ContactKind.REPEAT, "repeat", occasion), delay * 60.0)
    else:
        centre.close_case(case, CaseState.GIVEN_UP)


def _lost_on_way(contact: Contact) -> bool:
    """Whether the customer hung up in the queue to which an agent had transferred the call."""
    on_hold = contact.leg is None or contact.leg.ending is Ending.HUNG_UP
    return contact.ending is Ending.HUNG_UP and not on_hold


def _calls_after_missed_call(centre: Centre, contact: Contact) -> None:
    """A customer who was called back and not reached calls some time later, or gives up.

    It is a try again like those after hanging up: nobody has served the customer this time.
    """
    case, purpose = contact.case, "repeat_unreached"
    redial, repeat = case.plan.redial, case.plan.repeat
    case.tries += 1
    share, delay = (repeat.probability, repeat.delay) if repeat else (0.0, 0.0)
    if redial is not None and redial.after_unreached is not None:
        share, delay = redial.after_unreached * redial.factor(case.tries), redial.delay
    if redial is not None and case.tries >= redial.max_tries:
        share = 0.0
    if case.mark(purpose, contact.trial) < share:
        minutes = case.amount(f"{purpose}_delay", delay, contact.trial)
        again = Try(case, ContactKind.REDIAL, purpose, contact.trial)
        will_try(centre, again, minutes * 60.0)
    else:
        centre.close_case(case, CaseState.GIVEN_UP)


def _tries_again(centre: Centre, contact: Contact) -> None:
    """A customer who was not answered dials again some time later, or gives up."""
    case = contact.case
    redial = case.plan.redial
    case.tries += 1
    share = 0.0
    heard_closed = contact.outcome in (Outcome.CLOSED, Outcome.TURNED_AWAY)
    if redial is not None and case.tries < redial.max_tries:
        if contact.outcome is Outcome.ABANDONED:
            share = redial.after_abandoning
        elif contact.outcome is Outcome.BLOCKED:
            share = redial.after_blocked
        else:
            share = redial.after_closed
        share *= redial.factor(case.tries)
    if case.mark("redial", contact.trial) < share:
        delay = case.amount("redial_delay", redial.delay if redial else 0.0, contact.trial)
        opening = centre.lines[contact.channel].next_opening(centre.clock.now)
        wait = 0.0 if opening is None or not heard_closed else opening - centre.clock.now
        again = Try(case, ContactKind.REDIAL, "redial", contact.trial, heard_closed)
        will_try(centre, again, wait + delay * 60.0)
    else:
        centre.close_case(case, CaseState.GIVEN_UP)


def told_wait_kept(contact: Contact) -> float:
    """1 when answered within the told wait, 0 when not, NaN when the customer left before."""
    due = contact.queued + contact.told_s
    if contact.answered == contact.answered:
        return float(contact.answered <= due)
    return 0.0 if contact.ended >= due else math.nan


def note_told_wait(centre: Centre, contact: Contact) -> None:
    """Write the told wait down as a promise."""
    centre.trace.promises.write(
        case=contact.case.number,
        contact=contact.number,
        kind=PromiseKind.TOLD_WAIT,
        made=contact.queued,
        due=contact.queued + contact.told_s,
        done=contact.answered,
        kept=told_wait_kept(contact),
        group=-1,
    )


def begin_return(centre: Centre, case: Case, kind: ContactKind) -> None:
    """The customer comes back; what was promised and not begun need not be done any more."""
    if case.promise is not None:
        if case.promise.begun:
            return
        cancel(centre, case.promise)
    if not centre.plan.works.returns:
        centre.close_case(case, CaseState.GIVEN_UP)
        return
    case.repeats += kind is ContactKind.REPEAT
    contact = centre.begin_contact(case, kind, case.channel)
    centre.clock.resume(make_contact(centre, contact))
