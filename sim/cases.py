"""A customer's problem and the contacts made about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.trace import CaseState, ContactKind, Ending, Help, Outcome, Trigger

if TYPE_CHECKING:
    from scenarios.parts.authority import ColdTransfer
    from scenarios.parts.demand import WaitingLimit
    from sim.amounts import Amount
    from sim.demand import Customers
    from sim.floor.agents import Agent
    from sim.floor.work import Work
    from sim.plans import ReasonPlan
    from sim.stories.promises import Promise

NAN = math.nan


class Case:
    """One customer's problem, from the first contact until it is resolved or given up.

    What a case begins with stands on the class; few cases ever change more than a part of it.
    """

    priority_class = ""
    state = CaseState.OPEN
    channel = 0
    """The channel by which the customer makes contact."""
    attempts = 0
    """Contacts of every kind so far."""
    answered = 0
    """Answered contacts so far."""
    tries = 0
    """Tries in a row without being answered."""
    kind = -1
    """Kind of decision that the remedy needs; -1 when none is needed."""
    money = 0.0
    granted = False
    """The remedy has been decided in the customer's favour."""
    refused = False
    """An approver asked between two contacts has said no."""
    paid = 0.0
    cause = -1
    """Position of the root cause among the scenario's; -1 without one."""
    asked_boss = False
    owner: Agent | None = None
    """The agent who dealt with the case last."""
    promise: Promise | None = None
    """The promise that is still to be kept."""
    version = 0
    """Changes with every contact, so that a planned return of the customer becomes void."""

    def __init__(self, number: int, plan: ReasonPlan, customers: Customers, index: int) -> None:
        self.number = number
        self.plan = plan
        self.customers = customers
        """The customers of the day, whose columns hold this customer's draws."""
        self.index = index
        """The customer's place among them."""
        self.began = customers.arrivals[index]
        self.priority = plan.priority

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
            self.cause,
        )

    def amount(self, purpose: str, amount: Amount, occasion: int = 0) -> float:
        """A time or an amount of money of this customer."""
        if isinstance(amount, float):
            return amount
        customers = self.customers
        column = customers.columns.get((purpose, occasion, amount))
        if column is None:
            column = customers.draw(purpose, occasion, amount)
        return column[self.index]

    def mark(self, purpose: str, occasion: int = 0) -> float:
        """The customer's uniform mark for a purpose."""
        customers = self.customers
        column = customers.columns.get((purpose, occasion, None))
        if column is None:
            column = customers.draw(purpose, occasion, None)
        return column[self.index]


class Contact:
    """One try by the customer, or one call made by the centre, within a case."""

    queued = NAN
    answered = NAN
    ended = NAN
    outcome = Outcome.WAITING
    ending = Ending.NONE
    help = Help.ALONE
    seeming = False
    group = -1
    agent = -1
    legs = 0
    transfers = 0
    escalated = Trigger.NONE
    talk_s = 0.0
    hold_s = 0.0
    wrap_up_s = 0.0
    told_s = NAN
    past_told_s = 0.0
    """Seconds waited past the told wait."""
    offered_callback = False
    acknowledged = False
    patience_s = math.inf
    """How long the customer will wait in the queue."""
    hurry = 0.0
    """Share of the talk that the present agent has cut to meet a target."""
    retell = False
    """The next agent has to be told the story again."""
    hold_left = math.inf
    """Seconds on hold that the customer still bears."""
    leg: Leg | None = None
    task: Promise | None = None
    """The promise that this contact keeps."""
    preparation_s = 0.0
    """Work done for a promised call before it is made."""
    cut_by_closing = False
    """Still waiting when the centre closed, and to be called back."""
    voicemail: WaitingLimit | None = None
    """Set when the customer left a voicemail instead of waiting on."""

    def __init__(
        self, number: int, case: Case, kind: ContactKind, channel: int, arrival: float
    ) -> None:
        self.number = number
        self.case = case
        self.attempt = case.attempts
        self.occasion = case.attempts * 16
        """The occasion of a draw that is made anew for every attempt."""
        self.kind = kind
        self.channel = channel
        self.arrival = arrival

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

    talk_s = 0.0
    hold_s = 0.0
    ending = Ending.IN_HAND
    trigger = Trigger.NONE
    retold = False
    next_agent: Agent | None = None
    """Who takes over after a warm transfer."""
    asked_next = NAN
    """When the agent who takes over was asked for."""
    conference_s = 0.0
    """Seconds in which both agents talked to the customer."""
    work: Work | None = None
    """The chat or the writing that goes on now."""
    onward: ColdTransfer | None = None
    """Where the customer waits next after a cold transfer."""

    def __init__(self, contact: Contact, agent: Agent, queued: float, answered: float) -> None:
        self.contact = contact
        self.agent = agent
        self.number = contact.legs
        self.occasion = contact.occasion + min(contact.legs, 15)
        """The occasion of a draw that is made anew for every agent met."""
        self.queued = queued
        self.answered = answered
        if contact.preparation_s and not contact.legs:
            self.talk_s = contact.preparation_s

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
