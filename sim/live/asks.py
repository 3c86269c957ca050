"""Questions to approvers: who asks whom, since when, and when somebody turns to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.floor.cases import Case, Leg
from sim.live.moments import What
from sim.plan.steps import StepKind
from sim.trace.codes import Trigger

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Team
    from sim.live.watch import Watch

_VERDICTS = {1.0: What.APPROVED, 0.0: What.REFUSED, -1.0: What.PASSED_UP}


class Ask:
    """An agent's question to an approver that is not yet answered."""

    __slots__ = ("asked", "held_before_s", "leg", "started", "team")

    def __init__(self, leg: Leg, team: Team, asked: float) -> None:
        self.leg = leg
        self.team = team
        self.asked = asked
        self.started: float | None = None
        """When an approver turned to it."""
        self.held_before_s = leg.hold_s


class Asks:
    """The open questions of one run, by the number of the contact."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.open: dict[int, Ask] = {}
        self._putting: Ask | None = None
        """The question that is being put at this very instant."""
        self._came: tuple[Agent, float] | None = None
        """Who began to decide something last, and when."""
        self._passed_up: dict[int, tuple[Team | None, float]] = {}
        """Questions passed up the line: whom to, and when first asked."""

    @property
    def _now(self) -> float:
        return float(self._watch.centre.env.now)

    def put(self, case: Case, leg: Leg) -> None:
        """The customer hears "I will have to ask my boss"."""
        number = leg.contact.number
        passed_to, _ = self._passed_up.get(number, (None, 0.0))
        team = passed_to or self._asked_first(leg)
        self._putting = self.open[number] = Ask(leg, team, self._now)
        self._watch.note(What.ASKS, case, leg.agent, case.money, team.name)

    def _asked_first(self, leg: Leg) -> Team:
        """The team that the escalation path of this leg asks first."""
        group, centre = leg.agent.team.plan, self._watch.centre
        path = {
            Trigger.AUTHORITY: group.beyond_authority,
            Trigger.KNOWLEDGE: group.beyond_knowledge,
            Trigger.CUSTOMER: group.on_demand,
        }.get(leg.trigger, leg.contact.case.plan.then or ())
        for step in path:
            if step.kind is StepKind.ASK_APPROVER:
                return centre.by_position[step.group]
        return leg.agent.team

    def somebody_decides(self, approver: Agent) -> None:
        """An approver begins to decide: at once, if a question is just being put."""
        self._came = approver, self._now
        ask = self._putting
        if ask is not None and ask.asked == self._now:
            self._turns_to(ask, approver)

    def _turns_to(self, ask: Ask, approver: Agent) -> None:
        ask.started, self._putting = self._now, None
        waited = ask.started - ask.asked
        self._watch.note(What.TURNS_TO_IT, ask.leg.contact.case, approver, waited)

    def begins_hold(self, leg: Leg | None) -> bool:
        """Whether a customer is put on hold now, and not held on while somebody decides."""
        self._putting = None
        ask = self.open.get(leg.contact.number) if leg is not None else None
        return ask is None or ask.started in (None, ask.asked)

    def held_s(self, leg: Leg, seconds: float) -> float:
        """How long the customer was on hold; 0 when an approver has come and it goes on.

        Args:
            leg: whose seconds on hold change.
            seconds: what they change to.
        """
        ask = self.open.get(leg.contact.number)
        if ask is None:
            return seconds - leg.hold_s
        if ask.started is None and self._came is not None:
            approver, at = self._came
            if at == self._now and approver.team is ask.team:
                self._turns_to(ask, approver)
                return 0.0
        return seconds - ask.held_before_s

    def forget(self, leg: Leg) -> None:
        """The agent's part is over, and with it what was asked."""
        self.open.pop(leg.contact.number, None)

    def decision(self, row: tuple[float, ...]) -> None:
        """A decision was made, alone or by an approver, or came to nothing."""
        contact, number, _, money, _, group, agent, asker, asked, *_, approved, paid = row
        contact, centre = int(contact), self._watch.centre
        team = list(centre.teams.values())[int(group)]
        self._putting = None
        self.open.pop(contact, None)
        what = What.DECIDES_ALONE if asker < 0 else _VERDICTS.get(approved, What.NOBODY_DECIDED)
        amount = paid if what in (What.DECIDES_ALONE, What.APPROVED) else money
        self._watch.journal.note(self._now, what, int(number), int(agent), amount, team.name)
        self._count(contact, team, what, asked, paid)

    def _count(self, contact: int, team: Team, what: What, asked: float, paid: float) -> None:
        _, first = self._passed_up.pop(contact, (None, asked))
        if what is What.PASSED_UP:
            above = team.plan.approver
            teams = self._watch.centre.by_position
            self._passed_up[contact] = (teams[above] if above >= 0 else None, first)
        for counts in self._watch.counts(asked):
            counts.paid += paid
            if what in (What.APPROVED, What.REFUSED):
                counts.decision(what is What.APPROVED, self._now - first)
