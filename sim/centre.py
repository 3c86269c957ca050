"""The centre: one replication, wired from a scenario on a SimPy environment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from scenarios.parts.channels import CHANNELS
from scenarios.policies.phases import Stage, staged
from scenarios.schema import Scenario
from sim.draws.draws import Draws
from sim.floor.agenda import Agenda
from sim.floor.agents import Agent, Group, groups_with_agents
from sim.floor.attendance import Attendance
from sim.floor.cases import LEGS, NAN, TRIES, Case, Contact, Promise, case_row
from sim.floor.clock import Clock
from sim.floor.dialler import Dialler
from sim.floor.expected_wait import ExpectedWaits
from sim.floor.floor import Floor
from sim.floor.lines import Lines
from sim.floor.queues import Place
from sim.floor.root_causes import Causes
from sim.floor.routes import Gates, Route
from sim.floor.workforce import Workforce
from sim.observer import Observer
from sim.people.crews import Crews, most_places
from sim.people.traits import people_of
from sim.plan.centre_plan import CentrePlan, plan_of
from sim.plan.demand import Demand
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.plan.newcomers import Newcomers
from sim.plan.routing import AGENT_RULES, CONTACT_RULES
from sim.plan.switches import without
from sim.trace.codes import CaseState, ContactKind
from sim.trace.trace import Trace

Asked = tuple[Case, int, Group, Group, Agent | None, tuple[float, float]]
"""A question about a case: the contact in which it came up, who is asked by whom, who has turned to
it, and when it was put and taken up (NaN if not)."""

_PACKED = 256
"""Contacts after which the rows of the trace are packed."""


def _ready(stages: Sequence[Stage], works: Mechanisms) -> CentrePlan:
    """The plan of the first day, ready for everything that a later one needs."""
    plan = without(plan_of(stages[0].scenario), works)
    if len(stages) == 1:
        return plan
    plans = [plan_of(stage.scenario) for stage in stages]
    return replace(
        plan,
        has_chats=any(one.has_chats for one in plans),
        has_writing=any(one.has_writing for one in plans),
        keeps_free=any(one.keeps_free for one in plans),
    )


class Centre:
    """One contact centre at work."""

    def __init__(
        self, scenario: Scenario, seed: int, replication: int, works: Mechanisms = ALL_WORK
    ) -> None:
        self.draws = draws = Draws(seed, replication)
        self.stages = staged(scenario)
        self.scenario = scenario = self.stages[0].scenario
        people = people_of(scenario, draws, most_places(self.stages))
        self.plan = plan = _ready(self.stages, works)
        self.clock = Clock()
        self.agenda = Agenda(self.clock)
        self.trace = Trace(
            reasons=tuple(scenario.reasons),
            channels=CHANNELS,
            groups=tuple(scenario.groups),
            kinds=plan.kinds,
            agents=people,
            horizon_s=plan.horizon_s,
            warm_up_s=plan.warm_up_s,
            causes=tuple(scenario.root_causes),
            outbound=tuple(scenario.outbound),
        )
        rule = AGENT_RULES.get(plan.agent_choice)
        self.floor = Floor(self.clock, self.trace.spans, rule, counts_idle=plan.keeps_free)
        self.observer: Observer | None = None
        self.by_position = groups_with_agents(plan, people)
        """The groups, in the order of the scenario."""
        self.groups: dict[str, Group] = {group.name: group for group in self.by_position}
        self.gates = Gates(self.floor.has_closed)
        self.routes = [Route(reason, self.by_position, self.gates) for reason in plan.reasons]
        self.lines = [Lines(each) for each in plan.lines]
        self.contact_rule = CONTACT_RULES[plan.contact_choice]
        self.announcement = plan.announcement
        """What customers who wait are told now."""
        self.in_line: dict[Place, Contact] = {}
        """Customers waiting in a queue, for their first agent or after a transfer."""
        self.promises: dict[Promise, None] = {}
        """Promises that are still to be kept."""
        self.questions: dict[object, Asked] = {}
        """Questions put to approvers and not answered yet."""
        self.open_cases: dict[Case, None] = {}
        self.open_contacts: dict[Contact, None] = {}
        self.cases, self._contact_numbers = 0, count()
        self.demand, self.causes = Demand(scenario, draws, plan.usual), Causes(plan, self.agenda)
        self.attendance = Attendance(self.agenda, self.floor, self.trace.spans, self.trace.shifts)
        self.crews = Crews(self.stages, self.groups, draws, self.trace.staff)
        self.workforce = Workforce(self.groups, self.attendance, self.crews, plan.outages)
        self.dialler = self._dialler()
        """Calls customers of lists; None without any."""
        self.expected_waits: ExpectedWaits | None = None
        self.comes_back: Callable[[Case, ContactKind], None] = lambda _case, _kind: None
        """Called when a customer makes contact again."""
        self.goes_on: Callable[[Case], None] = lambda _case: None
        """Called when a case is over after which there may be further business."""

    def _dialler(self) -> Dialler | None:
        lists, groups = self.plan.outbound, self.by_position
        places = self.floor, self.agenda, self.clock
        return Dialler(lists, groups, *places, self.draws, self.trace) if lists else None

    @property
    def announces(self) -> bool:
        """Whether customers who wait are told or offered anything."""
        return self.announcement is not None or self.plan.offer is not None

    @property
    def asks_for_wait(self) -> bool:
        """Whether what they are told or offered depends on the expected wait, by the queues."""
        told = self.announcement is not None and self.announcement.announces_wait
        return (told or self.plan.offer is not None) and not self.plan.by_last_wait

    def expect_waits(self) -> ExpectedWaits:
        """Keep from now on what the expected wait depends on."""
        waits = self.expected_waits
        if waits is None:
            waits = ExpectedWaits(
                self.plan,
                Newcomers(self.scenario, self.plan),
                self.by_position,
                self.clock,
                self.contact_rule,
            )
            self.expected_waits, self.floor.outlooks = waits, waits.outlooks
            self.workforce.keep(waits.outlooks)
        return waits

    def observe(self, observer: Observer) -> None:
        """Show an observer whatever happens from now on."""
        self.observer = self.floor.observer = observer

    def run(self, until: float) -> None:
        """Run until a time; running in slices gives the same as running in one step."""
        if until > self.clock.now:
            self.clock.run_to(until)

    # Contacts and cases.

    def leaves_line(self, place: Place) -> None:
        """A customer has met an agent or given up; with nobody waiting, others can be called."""
        del self.in_line[place]
        if self.dialler is not None:
            self.dialler.look_soon()

    def begin_contact(self, case: Case, kind: ContactKind, channel: int) -> Contact:
        """A contact within a case begins now."""
        number = next(self._contact_numbers)
        if not number % _PACKED:
            self.trace.pack()
        contact = Contact(
            number,
            case,
            case.plan,
            kind,
            channel,
            self.clock.now,
            case.attempts,
            case.answered * LEGS,
            (case.answered * TRIES + case.begun) * LEGS,
        )
        case.attempts += 1
        case.begun += 1
        self.open_contacts[contact] = None
        if self.observer is not None:
            self.observer.contact_begins(contact)
        return contact

    def close_case(self, case: Case, state: CaseState) -> None:
        """The case ends, once and for all."""
        case.state = state
        del self.open_cases[case]
        case.ended = self.clock.now
        if case.cause >= 0:
            self.causes.hear_survey(case)
        self.trace.cases.add(case_row(case))
        if self.observer is not None:
            self.observer.case_ends(case)
        if case.plan.further is not None:
            self.goes_on(case)

    def note_decision(
        self,
        case: Case,
        contact: int,
        group: Group,
        approver: Agent | None,
        asker: Group,
        times: tuple[float, float],
        verdict: int | None = None,
        paid: float = 0.0,
    ) -> None:
        """Note what was asked of an approver and what came of it; no verdict when nobody decided.

        ``times`` are when the question was asked and when somebody turned to it (NaN if never).
        """
        if self.observer is not None:
            self.observer.decided(case, contact, group, approver, times[0], verdict, paid)
        self.write_decision(case, contact, group, approver, asker, times, verdict, paid)

    def write_decision(
        self,
        case: Case,
        contact: int,
        group: Group,
        approver: Agent | None,
        asker: Group,
        times: tuple[float, float],
        verdict: int | None = None,
        paid: float = 0.0,
    ) -> None:
        """The row of a question in the trace, as in ``note_decision``."""
        self.trace.decisions.write(
            contact=contact,
            case=case.number,
            kind=case.kind,
            money=case.money,
            limit=group.limit_for(case.kind) if case.kind >= 0 else NAN,
            group=group.position,
            agent=-1 if approver is None else approver.number,
            asker_group=asker.position,
            asked=times[0],
            started=times[1],
            decided=NAN if verdict is None else self.clock.now,
            approved=NAN if verdict is None else verdict,
            paid=paid,
        )
