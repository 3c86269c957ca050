"""A customer's problem and the contacts made about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.trace import CaseState, ContactKind, Ending, Help, Outcome, Trigger

if TYPE_CHECKING:
    from scenarios.authority import ColdTransfer
    from scenarios.demand import WaitingLimit
    from sim.agents import Agent
    from sim.amounts import Amount
    from sim.demand import Customers
    from sim.plans import ReasonPlan
    from sim.promises import Promise

NAN = float("nan")


class Case:
    """One customer's problem, from the first contact until it is resolved or given up."""

    __slots__ = (
        "answered",
        "asked_boss",
        "attempts",
        "began",
        "channel",
        "customers",
        "granted",
        "index",
        "kind",
        "money",
        "number",
        "owner",
        "paid",
        "plan",
        "priority",
        "priority_class",
        "promise",
        "refused",
        "state",
        "tries",
        "version",
    )

    def __init__(self, number: int, plan: ReasonPlan, customers: Customers, index: int) -> None:
        self.number = number
        self.plan = plan
        self.customers = customers
        """The customers of the day, whose columns hold this customer's draws."""
        self.index = index
        """The customer's place among them."""
        self.began = customers.arrivals[index]
        self.priority = plan.priority
        self.priority_class = ""
        self.channel = 0
        """The channel by which the customer makes contact."""
        self.state = CaseState.OPEN
        self.attempts = 0
        """Contacts of every kind so far."""
        self.answered = 0
        """Answered contacts so far."""
        self.tries = 0
        """Tries in a row without being answered."""
        self.kind = -1
        """Kind of decision that the remedy needs; -1 when none is needed."""
        self.money = 0.0
        self.granted = False
        """The remedy has been decided in the customer's favour."""
        self.refused = False
        """An approver asked between two contacts has said no."""
        self.paid = 0.0
        self.asked_boss = False
        self.owner: Agent | None = None
        """The agent who dealt with the case last."""
        self.promise: Promise | None = None
        """The promise that is still to be kept."""
        self.version = 0
        """Changes with every contact, so that a planned return of the customer becomes void."""

    def row(self, ended: float) -> tuple[float, ...]:
        """The case as a row of the trace."""
        return (
            self.number,
            self.plan.position,
            self.began,
            ended,
            self.state,
            self.attempts,
            self.answered,
            self.money if self.kind >= 0 else NAN,
            self.paid,
            self.asked_boss,
        )

    def amount(self, purpose: str, amount: Amount, occasion: int = 0) -> float:
        """A time or an amount of money of this customer."""
        if isinstance(amount, float):
            return amount
        return self.customers.amounts(purpose, amount, occasion)[self.index]

    def mark(self, purpose: str, occasion: int = 0) -> float:
        """The customer's uniform mark for a purpose."""
        return self.customers.marks(purpose, occasion)[self.index]


class Contact:
    """One try by the customer, or one call made by the centre, within a case."""

    __slots__ = (
        "acknowledged",
        "agent",
        "answered",
        "arrival",
        "attempt",
        "case",
        "channel",
        "cut_by_closing",
        "ended",
        "ending",
        "escalated",
        "group",
        "help",
        "hold_left",
        "hold_s",
        "kind",
        "leg",
        "legs",
        "number",
        "offered_callback",
        "outcome",
        "past_told_s",
        "preparation_s",
        "queued",
        "retell",
        "seeming",
        "talk_s",
        "task",
        "told_s",
        "transfers",
        "voicemail",
        "wrap_up_s",
    )

    def __init__(
        self, number: int, case: Case, kind: ContactKind, channel: int, arrival: float
    ) -> None:
        self.number = number
        self.case = case
        self.attempt = case.attempts
        self.kind = kind
        self.channel = channel
        self.arrival = arrival
        self.queued = NAN
        self.answered = NAN
        self.ended = NAN
        self.outcome = Outcome.WAITING
        self.ending = Ending.NONE
        self.help = Help.ALONE
        self.seeming = False
        self.group = -1
        self.agent = -1
        self.legs = 0
        self.transfers = 0
        self.escalated = Trigger.NONE
        self.talk_s = 0.0
        self.hold_s = 0.0
        self.wrap_up_s = 0.0
        self.told_s = NAN
        self.past_told_s = 0.0
        """Seconds waited past the told wait."""
        self.offered_callback = False
        self.acknowledged = False
        self.retell = False
        """The next agent has to be told the story again."""
        self.hold_left = float("inf")
        """Seconds on hold that the customer still bears."""
        self.leg: Leg | None = None
        self.task: Promise | None = None
        """The promise that this contact keeps."""
        self.preparation_s = 0.0
        """Work done for a promised call before it is made."""
        self.cut_by_closing = False
        """Still waiting when the centre closed, and to be called back."""
        self.voicemail: WaitingLimit | None = None
        """Set when the customer left a voicemail instead of waiting on."""

    @property
    def occasion(self) -> int:
        """The occasion of a draw that is made anew for every attempt."""
        return self.attempt * 16

    @property
    def leg_occasion(self) -> int:
        """The occasion of a draw that is made anew for every agent met."""
        return self.attempt * 16 + min(self.legs, 15)

    def row(self) -> tuple[float, ...]:
        """The contact as a row of the trace."""
        return (
            self.number,
            self.case.number,
            self.attempt,
            self.kind,
            self.case.plan.position,
            self.channel,
            self.arrival,
            self.queued,
            self.answered,
            self.ended,
            self.outcome,
            self.ending,
            self.help,
            self.seeming,
            self.group,
            self.agent,
            self.legs,
            self.transfers,
            self.escalated,
            self.talk_s,
            self.hold_s,
            self.wrap_up_s,
            self.told_s,
            self.offered_callback,
            self.acknowledged,
        )


class Leg:
    """One agent's part of a contact."""

    __slots__ = (
        "agent",
        "answered",
        "conference_s",
        "contact",
        "ending",
        "hold_s",
        "next_agent",
        "number",
        "onward",
        "queued",
        "retold",
        "talk_s",
        "trigger",
    )

    def __init__(self, contact: Contact, agent: Agent, queued: float, answered: float) -> None:
        self.contact = contact
        self.agent = agent
        self.number = contact.legs
        self.queued = queued
        self.answered = answered
        self.talk_s = 0.0
        self.hold_s = 0.0
        self.ending = Ending.IN_HAND
        self.trigger = Trigger.NONE
        self.retold = False
        self.next_agent: Agent | None = None
        """Who takes over after a warm transfer."""
        self.conference_s = 0.0
        """Seconds in which both agents talked to the customer."""
        self.onward: ColdTransfer | None = None
        """Where the customer waits next after a cold transfer."""

    def row(self, ended: float, wrap_up_s: float) -> tuple[float, ...]:
        """The leg as a row of the trace."""
        contact = self.contact
        return (
            contact.number,
            contact.case.number,
            self.number,
            contact.case.plan.position,
            contact.channel,
            self.agent.team.position,
            self.agent.number,
            self.queued,
            self.answered,
            ended,
            self.talk_s,
            self.hold_s,
            wrap_up_s,
            self.ending,
            self.trigger,
            self.retold,
        )
