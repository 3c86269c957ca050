"""The centre: one replication, wired from a scenario on a SimPy environment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from scenarios.parts.clock import DAY_S
from scenarios.parts.demand import CHANNELS
from scenarios.schema import Scenario
from sim.draws.draws import Draws
from sim.floor.agents import Agent, Team, teams_of
from sim.floor.attendance import Attendance
from sim.floor.calendar import Calendar
from sim.floor.cases import NAN, Case, Contact, Leg
from sim.floor.clock import GOING, PLANNING, Clock
from sim.floor.floor import Floor
from sim.floor.lines import Lines
from sim.floor.queues import Left, Medium, Place
from sim.floor.root_causes import Causes
from sim.floor.routes import Route
from sim.floor.workforce import Workforce
from sim.journey.contact import after_contact, begin_return, introduce, make_contact, told_wait_row
from sim.journey.process import tell
from sim.journey.promises import Promise
from sim.journey.waiting import MEDIA
from sim.observer import Observer
from sim.people.roster import Roster
from sim.people.staff import Staff, changes_by_day
from sim.people.traits import people_of
from sim.plan.centre_plan import plan_of
from sim.plan.demand import Customers, Demand
from sim.plan.routing import AGENT_RULES, CONTACT_RULES
from sim.trace.codes import CaseState, ContactKind, Ending, Outcome
from sim.trace.trace import Trace

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_FIRST = ContactKind.FIRST

_PACKED = 256
"""Contacts after which the rows of the trace are packed."""


def simulate(scenario: Scenario, seed: int, replication: int) -> Trace:
    """Run one replication of a scenario and return its trace.

    The same scenario, seed and replication give the same bits; another replication or seed gives
    other customers; another policy gives the same customers under other rules.
    """
    centre = Centre(scenario, seed, replication)
    centre.run(centre.plan.horizon_s)
    return centre.close()


class Centre:
    """One contact centre at work."""

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        draws = Draws(seed, replication)
        people = people_of(scenario, draws)
        self.scenario = scenario
        self.plan = plan = plan_of(scenario)
        self.env = Clock()
        self.calendar = Calendar(self.env)
        self.trace = Trace(
            reasons=tuple(scenario.reasons),
            channels=CHANNELS,
            groups=tuple(scenario.groups),
            kinds=plan.kinds,
            agents=people,
            horizon_s=plan.horizon_s,
            warm_up_s=plan.warm_up_s,
            causes=tuple(scenario.root_causes),
        )
        self.random_choice = plan.agent_choice == "random"
        self.floor = Floor(self.env, self.trace.spans, AGENT_RULES.get(plan.agent_choice))
        self.floor.serves_out = self._serves_out
        self.observer: Observer | None = None
        self.by_position = teams_of(plan, people)
        """The teams, in the order of the scenario."""
        self.teams: dict[str, Team] = {team.name: team for team in self.by_position}
        self.routes = [Route(reason, self.by_position) for reason in plan.reasons]
        self.doors = [Lines(each) for each in plan.lines]
        self.contact_rule = CONTACT_RULES[plan.contact_choice]
        self.ageing = plan.contact_choice == "highest_score"
        self.announcement = plan.announcement
        """What customers who wait are told now."""
        self.in_line: dict[Place, Contact] = {}
        """Customers waiting in a queue, for their first agent or after a transfer."""
        self.promises: dict[Promise, None] = {}
        """Promises that are still to be kept."""
        self._open_cases: dict[Case, None] = {}
        self._going_on: dict[Contact, None] = {}
        self._contacts = self._cases = 0
        self._demand = Demand(scenario, draws)
        self.causes = Causes(plan, self.calendar)
        self.attendance = Attendance(self.calendar, self.floor, self.trace.spans, self.trace.shifts)
        rosters = {name: Roster(scenario, name, draws) for name in self.teams}
        staff = {
            name: Staff(scenario, team, rosters[name], draws, self.trace.staff)
            for name, team in self.teams.items()
            if changes_by_day(scenario.groups[name])
        }
        self.workforce = Workforce(self.teams, self.attendance, rosters, staff)
        self._plan_day(0)

    @property
    def tells(self) -> bool:
        """Whether customers who wait are told or offered anything."""
        return self.announcement is not None or self.plan.offer is not None

    def observe(self, observer: Observer) -> None:
        """Show an observer whatever happens from now on."""
        self.observer = self.floor.observer = observer

    def run(self, until: float) -> None:
        """Go on until a time; running in slices gives the same as running at once."""
        if until > self.env.now:
            self.env.run_to(until)

    # A day.

    def _plan_day(self, day: int) -> None:
        self.trace.pack()
        customers = self._demand.customers(day)
        self.calendar.one_by_one(customers.arrivals, partial(self._arrives, customers))
        self.workforce.plan(day)
        for channel, door in enumerate(self.doors):
            for closing in door.plan.closings(day):
                self.calendar.at(closing, partial(self._closes, channel), GOING)
        if day + 1 < self.plan.days:
            self.calendar.at((day + 1) * DAY_S, partial(self._plan_day, day + 1), PLANNING)

    def _arrives(self, customers: Customers, index: int) -> None:
        position = customers.reasons[index]
        plan = self.plan.reasons[position]
        case = Case(
            self._cases,
            plan,
            self.routes[position],
            customers.alike[position],
            customers.places[index],
            customers.arrivals[index],
            plan.priority,
        )
        if self.causes.tracked and not self.causes.brings(case):
            return
        self._cases += 1
        self._open_cases[case] = None
        introduce(case)
        contact = self.begin_contact(case, _FIRST, case.channel)
        tell(self.env, make_contact(self, contact))

    def _closes(self, channel: int) -> None:
        """Closing time: those who wait are served out, cut off, or called back another day."""
        cut_off = self.doors[channel].plan.cuts_off
        for place, contact in list(self.in_line.items()):
            if place.gone:
                continue
            if contact.channel == channel and (cut_off or self.takes_another_day(contact)):
                place.leave(Left.CLOSING)

    def takes_another_day(self, contact: Contact) -> bool:
        """At closing time, offer a callback to somebody still unanswered, if that is the rule."""
        offers = self.doors[contact.channel].plan.offers_callback
        if offers and contact.outcome is Outcome.WAITING:
            offer = self.plan.offer
            contact.offered_callback = True
            if self.observer is not None:
                self.observer.callback_offered(contact)
            mark = contact.case.mark("accept_callback")
            contact.cut_by_closing = offer is None or mark < offer.accept
        return contact.cut_by_closing

    def somebody_takes(self, teams: Iterable[Team], channel: int) -> bool:
        """Whether any of the teams will take a customer of a channel who joins its queue now."""
        door = self.doors[channel]
        after_hours = not door.plan.cuts_off and not door.is_open(self.env.now)
        return any(
            team.on_duty > (0 if after_hours else team.going + len(team.drops)) for team in teams
        )

    def _serves_out(self) -> list[Medium]:
        """What kinds of customers, those of channels that have closed, are to be served out."""
        now = self.env.now
        return [
            medium
            for medium, door in zip(MEDIA, self.doors, strict=True)
            if not door.plan.cuts_off and not door.is_open(now)
        ]

    # Contacts and cases.

    def begin_contact(self, case: Case, kind: ContactKind, channel: int) -> Contact:
        """A contact within a case begins now."""
        attempt = case.attempts
        contact = Contact(
            self._contacts, case, kind, channel, self.env.now, attempt, *case.occasions()
        )
        self._contacts += 1
        if not self._contacts % _PACKED:
            self.trace.pack()
        case.attempts += 1
        case.begun += 1
        case.version += 1
        self._going_on[contact] = None
        if self.observer is not None:
            self.observer.contact_begins(contact)
        return contact

    def goodbye(self, contact: Contact) -> None:
        """The contact is over; the case goes on or ends."""
        contact.ended = self.env.now
        del self._going_on[contact]
        if self.observer is not None:
            self.observer.contact_ends(contact)
        after_contact(self, contact)
        contact.leg = None  # a leg knows its contact: no circle is left to be collected
        self.trace.contacts.add(contact.row())
        if contact.told_s == contact.told_s:  # the customer was told a wait
            self.trace.promises.add(told_wait_row(contact))

    def returns(self, case: Case, kind: ContactKind, delay_s: float) -> None:
        """The customer will come back after this time, unless something happens before."""
        version = case.version
        if self.observer is not None:
            self.observer.will_return(case, delay_s)
        self.env.ring(
            delay_s, lambda _: begin_return(self, case, kind) if case.version == version else None
        )

    def close_case(self, case: Case, state: CaseState) -> None:
        """The case ends, once and for all."""
        case.state = state
        del self._open_cases[case]
        self.trace.cases.add(case.row(self.env.now))
        if self.observer is not None:
            self.observer.case_ends(case)

    def note_decision(
        self,
        case: Case,
        contact: int,
        team: Team,
        approver: Agent | None,
        asker: Team,
        times: tuple[float, float],
        verdict: int | None = None,
        paid: float = 0.0,
    ) -> None:
        """Note what was asked of an approver and what came of it; no verdict when nobody decided.

        ``times`` are when the question was asked and when somebody turned to it (NaN if never).
        """
        kind = case.kind
        limit = team.limit_for(kind) if kind >= 0 else NAN
        agent = -1 if approver is None else approver.number
        decided, approved = (NAN, NAN) if verdict is None else (self.env.now, verdict)
        if self.observer is not None:
            self.observer.decided(case, contact, team, approver, times[0], verdict, paid)
        head = (contact, case.number, kind, case.money, limit, team.position, agent)
        self.trace.decisions.add((*head, asker.position, *times, decided, approved, paid))

    # The end.

    def close(self) -> Trace:
        """The horizon ends: whatever goes on is written down as it stands."""
        for contact in self._going_on:
            self._break_off(contact)
        for promise in self.promises:
            self.trace.promises.add(promise.row(self.env.now))
        for case in self._open_cases:
            self.trace.cases.add(case.row(NAN))
        for team in self.teams.values():
            self.attendance.close(team, self.plan.horizon_s)
        self.workforce.end_day()
        self.causes.write(self.trace.fixes)
        return self.trace

    def _count_so_far(self, leg: Leg) -> None:
        """Count the hold, the work or the talk that goes on, up to now."""
        now, contact = self.env.now, leg.contact
        if leg.held_since == leg.held_since:
            leg.hold_s += now - leg.held_since
        elif leg.work is not None and MEDIA[contact.channel] is Medium.WRITTEN:
            leg.talk_s += leg.work.spent()
        else:
            prepared = contact.preparation_s if leg.number == 0 else 0.0
            begun = leg.answered + leg.listened_s - prepared
            leg.talk_s += max(0.0, now - begun - leg.hold_s - leg.talk_s)

    def _break_off(self, contact: Contact) -> None:
        leg = contact.leg
        if contact.outcome is Outcome.ANSWERED and leg is not None:
            if leg.ending is Ending.IN_HAND:
                self._count_so_far(leg)
                self.trace.legs.add(leg.row(NAN, 0.0))
                contact.talk_s += leg.talk_s
                contact.hold_s += leg.hold_s
                contact.legs += 1
            contact.ending = Ending.IN_HAND
        self.trace.contacts.add(contact.row())
