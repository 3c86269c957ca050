"""The watch: what an observer of one run knows besides the state of the floor itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.parts.clock import DAY_S
from sim.floor.cases import Case, Contact, Leg
from sim.live.asks import Asks
from sim.live.counts import Counts
from sim.live.moments import Journal, What
from sim.trace.codes import (
    AgentState,
    CaseState,
    ContactKind,
    Ending,
    Outcome,
    PromiseKind,
    Trigger,
)

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.agents import Agent, Team
    from sim.floor.queues import Place
    from sim.journey.promises import Promise

_KINDS = {
    ContactKind.FIRST: What.CALLS,
    ContactKind.REDIAL: What.REDIALS,
    ContactKind.REPEAT: What.REPEATS,
    ContactKind.CALLBACK: What.CALLED_BACK,
    ContactKind.FOLLOW_UP: What.FOLLOWED_UP,
}
_OUTCOMES = {
    Outcome.BLOCKED: What.BLOCKED,
    Outcome.CALLBACK_TAKEN: What.TAKES_CALLBACK,
    Outcome.CLOSED: What.CLOSED,
    Outcome.SELF_SERVED: What.SELF_SERVED,
    Outcome.LEFT_MENU: What.LEFT_MENU,
    Outcome.UNREACHED: What.UNREACHED,
    Outcome.TURNED_AWAY: What.TURNED_AWAY,
}
_TRIGGERS = {
    Trigger.KNOWLEDGE: What.CANNOT_SOLVE,
    Trigger.CUSTOMER: What.DEMANDS_BOSS,
    Trigger.ROUTE: What.PASSED_ON,
}
_ENDINGS = {
    Ending.SETTLED: What.SETTLED,
    Ending.TRANSFERRED_WARM: What.TRANSFERRED,
    Ending.TRANSFERRED_COLD: What.TRANSFERRED,
    Ending.PASSED_ON: What.TRANSFERRED,
    Ending.DECLINED: What.DECLINED,
    Ending.UNSOLVED: What.UNSOLVED,
    Ending.HUNG_UP: What.HANGS_UP,
    Ending.CUT_OFF: What.CUT_OFF,
}
_LOST = (Ending.HUNG_UP, Ending.CUT_OFF)
_PAUSES = {
    AgentState.BREAK: "break",
    AgentState.MEETING: "meeting",
    AgentState.TRAINING: "training",
}


class Watch:
    """Hears what happens, writes the journal, and keeps the counts."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.journal = Journal()
        self.so_far = Counts(centre.scenario)
        self.today = Counts(centre.scenario)
        self._day = 0
        self.asks = Asks(self)
        self.in_hand: dict[Case, Leg] = {}
        """Cases that an agent has in hand."""
        self.case_of: dict[int, Case] = {}
        """The case that an agent answered last, by number of the agent."""
        self._cases: dict[int, Case] = {}
        """Cases whose story can be told, by number."""
        self.here: set[int] = set()
        """Agents on the floor, by number."""
        self.moving: dict[Agent, Team] = {}
        """Agents who go to another group when they have nothing in hand."""

    def note(
        self,
        what: What,
        case: Case | None = None,
        agent: Agent | None = None,
        amount: float = 0.0,
        detail: str = "",
    ) -> None:
        """Write a moment into the journal."""
        number = -1 if case is None else case.number
        who = -1 if agent is None else agent.number
        self.journal.note(self.centre.env.now, what, number, who, amount, detail)

    def counts(self, began: float) -> tuple[Counts, ...]:
        """Where something counts that began at a time; the day's counts begin anew at midnight."""
        day = int(self.centre.env.now // DAY_S)
        if day != self._day:
            self._day = day
            self.today = Counts(self.centre.scenario)
        if began < self.centre.trace.warm_up_s:
            return (self.today,)
        return self.today, self.so_far

    def changed(self, words: str) -> None:
        """Something was changed by whoever watches."""
        self.note(What.CHANGED, detail=words)

    def case(self, number: int) -> Case:
        """A case whose story can be told."""
        return self._cases[number]

    # Customers.

    def begins(self, contact: Contact) -> None:
        """A contact begins."""
        channel = self.centre.trace.channels[contact.channel]
        plan = contact.case.plan
        self._cases[contact.case.number] = contact.case
        self.note(_KINDS[contact.kind], contact.case, detail=f"{channel}/{plan.name}")

    def waits(self, place: Place, contact: Contact) -> None:
        """A customer begins to wait in line."""
        self.note(What.WAITS, contact.case, detail=self.team_of(place, contact).name)

    def team_of(self, place: Place, contact: Contact) -> Team:
        """The first team for which a customer waits, or will when its delay has run out."""
        if not place.queues:
            return contact.case.route.own_teams[0]
        queue = place.queues[0]
        return next(team for team in self.centre.teams.values() if team.queue is queue)

    def told(self, contact: Contact, seconds: float) -> None:
        """The customer is told a wait."""
        self.note(What.TOLD, contact.case, amount=seconds)

    def offered(self, contact: Contact, _: bool) -> None:
        """The customer is offered a callback."""
        self.note(What.OFFERED_CALLBACK, contact.case)

    def outcome(self, contact: Contact, outcome: Outcome) -> None:
        """What came of the contact, other than an answer."""
        if outcome is Outcome.ABANDONED:
            waited = self.centre.env.now - contact.queued
            self.note(What.ABANDONS, contact.case, amount=waited)
        elif outcome in _OUTCOMES:
            self.note(_OUTCOMES[outcome], contact.case)

    def answered(self, contact: Contact, leg: Leg | None) -> None:
        """An agent answers."""
        if leg is not None:
            self.in_hand[contact.case] = leg
            self.case_of[leg.agent.number] = contact.case
            waited = max(0.0, self.centre.env.now - leg.queued)
            self.note(What.ANSWERED, contact.case, leg.agent, waited)

    def contact_ends(self, contact: Contact, ending: Ending) -> None:
        """The customer is lost on the way to another agent; other endings are those of legs."""
        if ending in _LOST and contact.leg is not None and contact.leg.ending is not ending:
            self.note(_ENDINGS[ending], contact.case)

    def over(self, contact: Contact, first: bool) -> None:
        """The contact is over; ``first`` when no contact of the case was answered before."""
        for counts in self.counts(contact.arrival):
            counts.contact(contact, first)

    def ends(self, case: Case) -> None:
        """The case ends."""
        if case.state is CaseState.RESOLVED:
            self.note(What.RESOLVED, case)
        elif case.state is CaseState.GIVEN_UP:
            self.note(What.GIVES_UP, case)
        forgotten = self.journal.end_story(case.number)
        self._cases.pop(forgotten, None)

    # What an agent meets with.

    def stuck(self, leg: Leg, trigger: Trigger) -> None:
        """The agent cannot go on alone."""
        case = leg.contact.case
        if trigger is Trigger.AUTHORITY:
            kind = self.centre.plan.kinds[case.kind] if case.kind >= 0 else ""
            self.note(What.MAY_NOT_DECIDE, case, leg.agent, case.money, kind)
        else:
            self.note(_TRIGGERS[trigger], case, leg.agent)

    def leg_ends(self, leg: Leg, ending: Ending) -> None:
        """The agent's part is over."""
        case = leg.contact.case
        self.asks.forget(leg)
        self.in_hand.pop(case, None)
        promise = case.promise
        if ending in (Ending.PROMISED_CALLBACK, Ending.TICKETED) and promise is not None:
            what = What.PROMISED_ANSWER if ending is Ending.TICKETED else What.PROMISED_CALL
            team = promise.team.name if promise.team else ""
            self.note(what, case, leg.agent, promise.due, team)
        elif ending in _ENDINGS:
            to = "" if leg.onward is None else self.centre.by_position[leg.onward.group].name
            if leg.next_agent is not None:
                to = leg.next_agent.team.name
            self.note(_ENDINGS[ending], case, leg.agent, detail=to)

    def asks_boss(self, case: Case) -> None:
        """The customer hears "I will have to ask my boss"."""
        leg, promise = self.in_hand.get(case), case.promise
        in_writing = promise is not None and promise.made == self.centre.env.now
        if leg is not None and not in_writing:  # what is asked in writing is asked afterwards
            self.asks.put(case, leg)

    def off_hold(self, leg: Leg, seconds: float) -> None:
        """The hold is over, or an approver has come and it goes on."""
        held = self.asks.held_s(leg, seconds)
        if held > 0.0:
            self.note(What.OFF_HOLD, leg.contact.case, leg.agent, held)

    # Promises.

    def promise_row(self, row: tuple[float, ...]) -> None:
        """A promise is closed, or a told wait is over."""
        *_, made, _, _, kept, _ = row
        for counts in self.counts(made):
            counts.promise(kept)

    def closes(self, promise: Promise) -> None:
        """A promise is kept in time or late, or called off because the customer called."""
        if promise.kind is not PromiseKind.TOLD_WAIT:
            if promise.done == promise.done:
                late = max(0.0, promise.done - promise.due)
                self.note(What.KEPT, promise.case, amount=late)
            else:
                self.note(What.CALLED_OFF, promise.case)

    # People.

    def shows(self, agent: Agent, state: AgentState) -> None:
        """An agent begins to do something else."""
        before, now = agent.state, self.centre.env.now
        for counts in self.counts(now):
            counts.spent(before, now - agent.since)
        if state is AgentState.HOLD and before is not AgentState.HOLD:
            self._holds(agent)
        elif state in _PAUSES:
            self.note(What.PAUSES, agent=agent, detail=_PAUSES[state])
        elif before in _PAUSES and state is AgentState.READY:
            self.note(What.BACK, agent=agent)

    def _holds(self, agent: Agent) -> None:
        case = self.case_of.get(agent.number)
        leg = self.in_hand.get(case) if case is not None else None
        if self.asks.begins_hold(leg):
            self.note(What.HOLDS, case, agent)

    def is_here(self, agent: Agent) -> None:
        """An agent is on the floor."""
        if agent.number not in self.here:
            self.here.add(agent.number)
            self.note(What.COMES, agent=agent, detail=agent.team.name)

    def is_gone(self, agent: Agent) -> None:
        """An agent has left the floor."""
        self.here.discard(agent.number)
        self.moving.pop(agent, None)
        self.note(What.GOES, agent=agent)
