"""The watch: an observer that writes the journal of a run and keeps its counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.parts.clock import DAY_S
from sim.floor.cases import Case, Contact, Leg
from sim.journey.contact import told_wait_kept
from sim.live.approval_requests import ApprovalRequests
from sim.live.counts import Counts
from sim.live.moments import OF_ENDING, OF_KIND, OF_OUTCOME, OF_TRIGGER, OF_VERDICT, Journal, What
from sim.observer import Observer
from sim.trace.codes import AgentState, CaseState, Ending, Outcome, PromiseKind, Trigger

if TYPE_CHECKING:
    from sim.centre import Centre
    from sim.floor.agents import Agent, Group
    from sim.floor.cases import Promise
    from sim.floor.queues import Place

_LOST = (Ending.HUNG_UP, Ending.CUT_OFF)
_PAUSES = {
    AgentState.BREAK: "break",
    AgentState.MEETING: "meeting",
    AgentState.TRAINING: "training",
}


class Watch(Observer):
    """Sees what happens in one run, writes the journal, and keeps the counts."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.journal = Journal()
        self.so_far = Counts(centre.scenario, centre.trace.warm_up_s)
        self.today = Counts(centre.scenario, 0.0)
        self.requests = ApprovalRequests()
        self.in_hand: dict[Case, Leg] = {}
        """Cases that an agent has in hand."""
        self.transferred: dict[tuple[tuple[int, ...], int], None] = {}
        """Groups and channels for which somebody waited after a transfer, the first one first."""
        self.case_of: dict[int, Case] = {}
        """The case that an agent answered last, by number of the agent."""
        self._cases: dict[int, Case] = {}
        """Cases whose story is kept, by number."""
        self._held_since: dict[Leg, float] = {}
        """Customers on hold."""
        self._helped: Leg | None = None
        """Whose hold continues, because a helper has come at this very instant."""
        self._promised_in: dict[int, float] = {}
        """When the contacts arrived in which something was promised that is to be kept."""
        centre.observe(self)

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return float(self.centre.clock.now)

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
        self.journal.note(self.now, what, number, who, amount, detail)

    def counts(self, began: float) -> tuple[Counts, ...]:
        """Where something counts that began at a time; the day's counts start again at midnight."""
        midnight = self.now // DAY_S * DAY_S
        if midnight != self.today.begins:
            self.today = Counts(self.centre.scenario, midnight)
        if began < self.so_far.begins:
            return (self.today,)
        return self.today, self.so_far

    def overdue(self) -> int:
        """Promises that are broken and still to be kept, and count in the whole run."""
        return sum(
            promise.kept(self.now) == 0.0 and self._promised_at(promise) >= self.so_far.begins
            for promise in self.centre.promises
        )

    def _promised_at(self, promise: Promise) -> float:
        """When the contact arrived in which a promise was made."""
        return self._promised_in.get(promise.contact, promise.made)

    def changed(self, words: str) -> None:
        """Something was changed during the run."""
        self.note(What.CHANGED, detail=words)

    def case(self, number: int) -> Case:
        """A case whose story is kept."""
        return self._cases[number]

    # Customers.

    def contact_begins(self, contact: Contact) -> None:
        """Note who calls or writes, and why."""
        channel = self.centre.trace.channels[contact.channel]
        plan = contact.case.plan
        self._cases[contact.case.number] = contact.case
        self.note(OF_KIND[contact.kind], contact.case, detail=f"{channel}/{plan.name}")

    def waits(self, place: Place, contact: Contact) -> None:
        """Note for whom the customer waits."""
        self.note(What.WAITS, contact.case, detail=self.centre.by_position[place.queue].name)
        if contact.outcome is not Outcome.WAITING:
            self.transferred[(place.queue,), contact.channel] = None

    def wait_announced(self, contact: Contact) -> None:
        """Note the wait."""
        self.note(What.WAIT_ANNOUNCED, contact.case, amount=contact.told_s)

    def callback_offered(self, contact: Contact) -> None:
        """Note the offer."""
        self.note(What.OFFERED_CALLBACK, contact.case)

    def answered(self, leg: Leg) -> None:
        """Note who answers, and after what wait."""
        case = leg.contact.case
        self.in_hand[case] = leg
        self.case_of[leg.agent.number] = case
        self.note(What.ANSWERED, case, leg.agent, max(0.0, self.now - leg.queued))

    def contact_ends(self, contact: Contact) -> None:
        """Note how a contact ends that no agent ends, and count it."""
        case, outcome = contact.case, contact.outcome
        if outcome is Outcome.ABANDONED:
            self.note(What.ABANDONS, case, amount=self.now - contact.queued)
        elif outcome in OF_OUTCOME:
            self.note(OF_OUTCOME[outcome], case)
        elif contact.ending in _LOST and contact.leg and contact.leg.ending is not contact.ending:
            self.note(OF_ENDING[contact.ending], case)  # on the way to another agent
        for counts in self.counts(contact.arrival):
            counts.contact(contact)
        if outcome is Outcome.ANSWERED and case.answered == 1:
            for counts in self.counts(case.began):
                counts.case_judged(case)
        if outcome in (Outcome.CALLBACK_TAKEN, Outcome.LEFT_MESSAGE):
            self._promised_in[contact.number] = contact.arrival
        if contact.told_s == contact.told_s:  # a wait was announced
            for counts in self.counts(contact.arrival):
                counts.promise(told_wait_kept(contact))

    def will_return(self, case: Case, delay_s: float) -> None:
        """Note when the customer tries again."""
        self.note(What.WILL_TRY_AGAIN, case, amount=delay_s)

    def case_ends(self, case: Case) -> None:
        """Note and count how the case ends, and let go of the story that ended longest ago."""
        if case.state is CaseState.RESOLVED:
            self.note(What.RESOLVED, case)
            if case.answered == 1:
                for counts in self.counts(case.began):
                    counts.case_resolved_first(case)
        elif case.state is CaseState.SELF_SERVED and case.kind >= 0:
            self._pays(case, case.money)  # the voice menu pays in full what it settles
        elif case.state is CaseState.GIVEN_UP:
            self.note(What.GIVES_UP, case)
        forgotten = self.journal.end_story(case.number)
        self._cases.pop(forgotten, None)

    # What an agent does for a customer.

    def needs_help(self, leg: Leg) -> None:
        """Note what the agent cannot do alone."""
        case = leg.contact.case
        if leg.trigger is Trigger.AUTHORITY:
            kind = self.centre.plan.kinds[case.kind] if case.kind >= 0 else ""
            self.note(What.MAY_NOT_DECIDE, case, leg.agent, case.money, kind)
        else:
            self.note(OF_TRIGGER[leg.trigger], case, leg.agent)

    def on_hold(self, leg: Leg) -> None:
        """Note the hold, unless it only continues."""
        if leg not in self._held_since:
            self._held_since[leg] = self.now
            self.note(What.HOLDS, leg.contact.case, leg.agent)

    def off_hold(self, leg: Leg) -> None:
        """Note how long the customer was on hold, unless a helper has come and it continues."""
        if leg is self._helped:
            self._helped = None
            return
        held_s = self.now - self._held_since.pop(leg)
        self.note(What.OFF_HOLD, leg.contact.case, leg.agent, held_s)

    def asks_approver(self, leg: Leg, group: Group) -> None:
        """Note who asks whom, for how much."""
        case = leg.contact.case
        self.requests.make(leg, group, self.now)
        self.note(What.ASKS, case, leg.agent, case.money, group.name)

    def helper_comes(self, leg: Leg, helper: Agent, state: AgentState) -> None:
        """Note that an approver turns to the request; the customer stays on hold meanwhile."""
        if state is AgentState.DECIDING:
            waited_s = self.requests.start(leg, self.now)
            self.note(What.TURNS_TO_IT, leg.contact.case, helper, waited_s)
        if state is not AgentState.TALK and leg in self._held_since:
            self._helped = leg

    def decided_alone(self, case: Case, agent: Agent, paid: float) -> None:
        """Note and count what was paid."""
        self.note(What.DECIDES_ALONE, case, agent, paid, agent.group.name)
        self._pays(case, paid)

    def _pays(self, case: Case, amount: float) -> None:
        for counts in self.counts(case.began):
            counts.paid += amount

    def decided(
        self,
        case: Case,
        contact: int,
        group: Group,
        approver: Agent | None,
        asked: float,
        verdict: int | None,
        paid: float,
    ) -> None:
        """Note and count the answer to a request, and how long the agent waited for it."""
        what = OF_VERDICT[verdict]
        amount = paid if what is What.APPROVED else case.money
        self.note(what, case, approver, amount, group.name)
        first_asked = self.requests.close(contact, asked, passed_up=what is What.PASSED_UP)
        self._pays(case, paid)
        if what in (What.APPROVED, What.REFUSED):
            leg = self.in_hand.get(case)
            arrival = leg.contact.arrival if leg else self._promised_in.get(contact, asked)
            for counts in self.counts(arrival):
                counts.decision(self.now - first_asked)

    def leg_ends(self, leg: Leg) -> None:
        """Note how the agent's part ended; an answer that was promised is noted already."""
        case = leg.contact.case
        self.requests.forget(leg.contact.number)
        self.in_hand.pop(case, None)
        if leg.ending in OF_ENDING:
            to = "" if leg.onward is None else self.centre.by_position[leg.onward.group].name
            if leg.next_agent is not None:
                to = leg.next_agent.group.name
            self.note(OF_ENDING[leg.ending], case, leg.agent, detail=to)

    # Promises.

    def promises(self, leg: Leg, promise: Promise) -> None:
        """Note who promises what until when."""
        self._promised_in[promise.contact] = leg.contact.arrival
        written = promise.kind is PromiseKind.TICKET
        what = What.PROMISED_ANSWER if written else What.PROMISED_CALL
        group = promise.group.name if promise.group else ""
        self.note(what, leg.contact.case, leg.agent, promise.due, group)

    def promise_closed(self, promise: Promise) -> None:
        """Note and count whether the promise was kept."""
        self.requests.forget(promise.contact)
        for counts in self.counts(self._promised_at(promise)):
            counts.promise(promise.kept(self.now))
        self._promised_in.pop(promise.contact, None)
        if promise.done == promise.done:
            self.note(What.KEPT, promise.case, amount=max(0.0, promise.done - promise.due))
        else:
            self.note(What.CALLED_OFF, promise.case)

    # Agents.

    def agent_comes(self, agent: Agent) -> None:
        """Note who comes, and for which group."""
        self.note(What.COMES, agent=agent, detail=agent.group.name)

    def agent_shows(self, agent: Agent, state: AgentState) -> None:
        """Note pauses, and count the time in the state before."""
        before, now = agent.state, self.now
        for counts in self.counts(now):
            counts.spent(before, agent.since, now)
        if state in _PAUSES:
            self.note(What.PAUSES, agent=agent, detail=_PAUSES[state])
        elif before in _PAUSES and state is AgentState.READY:
            self.note(What.BACK, agent=agent)

    def agent_moves(self, agent: Agent) -> None:
        """Note for which group the agent works from now on."""
        self.note(What.MOVES, agent=agent, detail=agent.group.name)

    def agent_goes(self, agent: Agent) -> None:
        """Note who goes."""
        self.note(What.GOES, agent=agent)
