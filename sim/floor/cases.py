"""A customer's problem and the contacts made about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.draws.portable import whole_power
from sim.trace import trace
from sim.trace.codes import CaseState, ContactKind, Ending, Help, Outcome, PromiseKind, Trigger
from sim.trace.rows import row_of

if TYPE_CHECKING:
    from sim.draws.amounts import Amount
    from sim.draws.columns import Alike
    from sim.floor.agents import Agent, Group
    from sim.floor.interruptible_work import Work
    from sim.floor.queues import Place
    from sim.floor.routes import Route
    from sim.plan.reasons import PriorityClass, ReasonPlan
    from sim.plan.stages import MessagePlan
    from sim.plan.steps import StepPlan
    from sim.trace.table import Table

NAN = math.nan

LEGS = 16
"""Legs of a contact with draws of their own."""
TRIES = 1 << 20
"""More than there are contacts in a row without an answer; each has draws of its own."""

_BEYOND = 1e12
"""What a power is taken for that is beyond every number."""


# Objects are cheaper to make without what few of them ever have: until it is set, it is read from
# the class before theirs.


class _SeldomOfCase:
    found_waiting: int = 0
    """Customers who waited when this one came to the queue, where patience depends on it."""
    refused: bool = False
    """An approver asked between two contacts has said no."""
    promise: Promise | None = None
    """The promise that is still to be kept."""


@dataclass(slots=True, eq=False)
class Case(_SeldomOfCase):
    """One customer's problem, from the first contact until it is resolved or given up."""

    number: int
    plan: ReasonPlan
    route: Route
    """The groups that may take it."""
    customers: Alike
    """The customers of the same reason and day, whose columns hold this customer's draws."""
    index: int
    """The customer's place among them."""
    began: float
    priority: float
    channel: int
    """The channel by which the customer makes contact."""
    ended: float = NAN
    """When it was resolved or given up."""
    own_class: PriorityClass | None = None
    """The customer's priority class, where the reason has any."""
    state: CaseState = CaseState.OPEN
    attempts: int = 0
    """Contacts of every kind so far; with the next one a planned return becomes void."""
    answered: int = 0
    """Answered contacts so far."""
    repeats: int = 0
    """Times that the customer has come back after being served, to no avail."""
    hand_offs: int = 0
    """Times that another agent took the case over: after a transfer, or to keep a promise."""
    tries: int = 0
    """Tries in a row without being answered."""
    begun: int = 0
    """Contacts begun since the last answered one."""
    kind: int = -1
    """Kind of decision that the remedy needs; -1 when none is needed."""
    money: float = 0.0
    money_needed: float = NAN
    """The money; NaN when no remedy is needed."""
    granted: bool = False
    """The remedy has been decided in the customer's favour."""
    paid: float = 0.0
    cause: int = -1
    """Position of the root cause among the scenario's; -1 without one."""
    asked_boss: bool = False
    owner: Agent | None = None
    """The agent who dealt with the case last."""

    def grown(self, factor: float) -> float:
        """A factor that holds anew each time the customer has come back, as one."""
        return min(whole_power(factor, self.repeats), _BEYOND)

    def amount(self, purpose: str, amount: Amount, occasion: int = 0) -> float:
        """A time or an amount of money of this customer."""
        if isinstance(amount, float):
            return amount
        try:
            return self.customers.columns[purpose, occasion, amount][self.index]
        except KeyError:  # no column yet
            return self.customers.one(purpose, occasion, amount, self.index)

    def mark(self, purpose: str, occasion: int = 0) -> float:
        """The customer's uniform mark for a purpose."""
        try:
            return self.customers.columns[purpose, occasion, None][self.index]
        except KeyError:  # no column yet
            return self.customers.one(purpose, occasion, None, self.index)


class _SeldomOfContact:
    hold_left: float = math.inf
    """Seconds on hold that the customer still bears."""
    tried_in_vain: tuple[tuple[int, int, int], ...] = ()
    """Transfers after which the customer came back to the queue: agent, step and group asked."""
    waited_again_s: float = 0.0
    """Seconds waited since the last transfer with the patience of a new call."""
    handled_from: int = 0
    """The number of the first leg in which it is handled as one of ``plan``."""
    cut_by_closing: bool = False
    """Still waiting when the centre closed, and to be called back."""
    window: float = NAN
    """When the window begins in which a callback has its place; NaN where it needs none."""
    voicemail: MessagePlan | None = None
    """Set when the customer left a voicemail instead of waiting (on)."""


@dataclass(slots=True, eq=False)
class Contact(_SeldomOfContact):
    """One try by the customer, or one call made by the centre, within a case."""

    number: int
    case: Case
    plan: ReasonPlan
    """The reason as which it is handled: that of the case, or another after a transfer."""
    kind: ContactKind
    channel: int
    arrival: float
    attempt: int
    occasion: int
    """The occasion of draws about a service: by the answered contacts before, so that an unanswered
    try or a callback makes no other customer of the case."""
    trial: int
    """The occasion of draws about what comes before a service: by the contacts begun since."""
    queued: float = NAN
    answered: float = NAN
    ended: float = NAN
    outcome: Outcome = Outcome.WAITING
    ending: Ending = Ending.NONE
    help: Help = Help.ALONE
    false_resolution: bool = False
    queue: int = -1
    """Position of the group whose queue it came to."""
    group: int = -1
    agent: int = -1
    legs: int = 0
    transfers: int = 0
    escalated: Trigger = Trigger.NONE
    talk_s: float = 0.0
    hold_s: float = 0.0
    wrap_up_s: float = 0.0
    told_s: float = NAN
    past_told_s: float = 0.0
    """Seconds waited past the told wait."""
    offered_callback: bool = False
    acknowledged: bool = False
    patience_s: float = math.inf
    """How long the customer will wait in the queue."""
    cut_for_goal: float = 0.0
    """Share of the talk that the present agent has cut to meet a target."""
    retell: bool = False
    """The next agent has to be told the story again."""
    leg: Leg | None = None
    task: Promise | None = None
    """The promise that this contact keeps."""
    preparation_s: float = 0.0
    """Work done for a promised call before it is made."""


class _SeldomOfLeg:
    held_since: float = NAN
    """When the present hold began."""
    next_agent: Agent | None = None
    """Who takes over after a warm transfer."""
    asked_next: float = NAN
    """When the agent who takes over was asked for."""
    conference_s: float = 0.0
    """Seconds in which the agent introduced the customer to the next one."""
    listened_s: float = 0.0
    """Seconds after the answer in which the customer was introduced by the agent before."""
    work: Work | None = None
    """The chat or the writing in hand now."""
    onward: StepPlan | None = None
    """Where the customer waits next after a cold transfer."""


@dataclass(slots=True, eq=False)
class Leg(_SeldomOfLeg):
    """One agent's part of a contact."""

    contact: Contact
    agent: Agent
    number: int
    occasion: int
    """The occasion of a draw that is made anew for every agent met."""
    queue: int
    """Position of the group whose queue the customer waited in for this agent."""
    queued: float
    answered: float
    talk_s: float = 0.0
    ended: float = NAN
    """End of the talk."""
    wrap_up_s: float = 0.0
    hold_s: float = 0.0
    ending: Ending = Ending.IN_HAND
    trigger: Trigger = Trigger.NONE
    retold: bool = False
    left_s: float = 0.0
    """Seconds of writing that the agent leaves to a colleague at the end of the shift."""
    resumes_s: float | None = None
    """Seconds of writing to finish what a colleague has left; None where nobody has."""
    next_queue: int = -1
    """Position of the group whose queue the customer is passed on to."""


def leg_of(contact: Contact, agent: Agent, queue: int, queued: float, answered: float) -> Leg:
    """The part of a contact that another agent begins now."""
    legs = contact.legs
    occasion = contact.occasion + min(legs, LEGS - 1)
    return Leg(contact, agent, legs, occasion, queue, queued, answered)


class Promise:
    """Something told to a customer with a time in it."""

    __slots__ = (
        "_begun",
        "case",
        "contact",
        "done",
        "due",
        "group",
        "kind",
        "made",
        "occasion",
        "owner",
        "pending_until",
        "place",
        "step",
        "trial",
        "urgent",
    )

    def __init__(self, contact: Contact, kind: PromiseKind, made: float, due: float) -> None:
        self.case: Case = contact.case
        self.contact = contact.number
        self.occasion = contact.occasion
        """The occasion of draws that are made for what was promised in this contact."""
        self.trial = contact.trial
        self.kind = kind
        self.made = made
        self.due = due
        self.urgent = due
        """From when on it goes before everything else."""
        self.pending_until = made
        """Until when it waits for the customer; nobody can work on it before."""
        self.done = math.nan
        self._begun = False
        self.step: StepPlan | None = None
        self.group: Group | None = None
        self.owner: Agent | None = None
        """The agent who promised and will keep it (ownership)."""
        self.place: Place | None = None
        """Where it waits to be kept."""

    def begin(self) -> None:
        """Somebody turns to it; what the customer does meanwhile changes nothing any more."""
        self._begun = True

    @property
    def begun(self) -> bool:
        """Whether somebody is at it, or takes it at this very instant."""
        return self._begun or (self.place is not None and self.place.gone)

    def kept(self, now: float) -> float:
        """1 when it was kept, 0 when broken, NaN when it is not yet due ``now``, or never."""
        if self.due == math.inf:
            return math.nan
        if self.done == self.done:
            return float(self.done <= self.due)
        return 0.0 if self.due <= now else math.nan

    def write(self, rows: Table, now: float) -> None:
        """Write the promise down as it stands ``now``."""
        rows.write(
            case=self.case.number,
            contact=self.contact,
            kind=self.kind,
            made=self.made,
            due=math.nan if self.due == math.inf else self.due,
            done=self.done,
            kept=self.kept(now),
            group=-1 if self.group is None else self.group.position,
        )


def write_pending(promise: Promise, rows: Table, until: float) -> None:
    """Write down how long the promise waited for the customer, if it did, up to a time at most."""
    if promise.pending_until > promise.made:
        rows.write(
            case=promise.case.number,
            contact=promise.contact,
            group=-1 if promise.group is None else promise.group.position,
            started=promise.made,
            ended=until if math.isnan(until) else min(promise.pending_until, until),
        )


case_row = row_of(
    trace.CASES,
    Case,
    case="number",
    reason="plan.position",
    contacts_answered="answered",
    money="money_needed",
)
contact_row = row_of(
    trace.CONTACTS, Contact, contact="number", case="case.number", reason="case.plan.position"
)
leg_row = row_of(
    trace.LEGS,
    Leg,
    contact="contact.number",
    case="contact.case.number",
    leg="number",
    reason="contact.case.plan.position",
    channel="contact.channel",
    group="agent.group.position",
    agent="agent.number",
)
