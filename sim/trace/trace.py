"""The trace of one replication: columns of what happened, the only thing that leaves the floor.

Every measure is a pure function of a trace. Times are seconds from midnight of the first day,
lengths are seconds, money is in the scenario's currency; a time that never came is NaN.
Codes are those of ``sim.trace.codes``, or positions in the trace's lists of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from sim.trace.table import Column, Table, kinds

Described = Mapping[str, Column]
TIME = "s from midnight of the first day"
LENGTH, MONEY, WEEKS = "s", "money", "weeks"

CONTACTS: Described = {
    "contact": Column(int, "number of the contact; rows come in order of ending"),
    "case": Column(int, "number of the case"),
    "attempt": Column(int, "0 for the first contact of the case, counting every kind"),
    "kind": Column(int, "kind of contact (ContactKind)"),
    "reason": Column(int, "reason for contact"),
    "channel": Column(int, "channel"),
    "arrival": Column(
        float, "dialled, or written; for callbacks: when the centre wanted to call", TIME
    ),
    "queued": Column(float, "asked for an agent (after the voice menu); NaN if never", TIME),
    "answered": Column(float, "an agent answered; NaN if never", TIME),
    "ended": Column(float, "end of the contact, wrap-up not included; NaN while it lasts", TIME),
    "outcome": Column(int, "what became of it; closed and turned away are two (Outcome)"),
    "ending": Column(int, "how the last leg ended (Ending)"),
    "help": Column(int, "by what it was settled (Help)"),
    "false_resolution": Column(int, "1 when it only seemed settled (false resolution)"),
    "group": Column(int, "of the first leg; -1 if never answered"),
    "agent": Column(int, "of the first leg; -1 if never answered"),
    "queue": Column(
        int,
        "whose queue it came to, wherever it was answered: the first group that may take it, or "
        "the one that is to keep the promise; -1 if never",
    ),
    "legs": Column(int, "agents who spoke with the customer, one after another"),
    "transfers": Column(int, "legs that ended in a transfer, sideways or up"),
    "escalated": Column(
        int, "what first took it up a tier, to an approver or a higher tier (Trigger)"
    ),
    "talk_s": Column(float, "talk of all legs", LENGTH),
    "hold_s": Column(float, "hold of all legs", LENGTH),
    "wrap_up_s": Column(float, "wrap-up of all legs", LENGTH),
    "told_s": Column(float, "wait told; NaN if none", LENGTH),
    "offered_callback": Column(int, "1 when a callback was offered"),
    "acknowledged": Column(int, "1 when an announcement was heard"),
}

LEGS: Described = {
    "contact": Column(int, "number of the contact"),
    "case": Column(int, "number of the case"),
    "leg": Column(int, "0 for the first agent of the contact"),
    "reason": Column(int, "reason for contact"),
    "channel": Column(int, "channel"),
    "group": Column(int, "group of the agent"),
    "agent": Column(int, "number of the agent"),
    "queue": Column(
        int,
        "whose queue the customer waited in, wherever answered; of a transfer the target",
    ),
    "next_queue": Column(
        int, "whose queue the agent passed the customer on to, answered or not; -1 if none"
    ),
    "queued": Column(float, "began to wait for this agent", TIME),
    "answered": Column(float, "the agent answered", TIME),
    "ended": Column(float, "end of talk", TIME),
    "talk_s": Column(
        float, "talk, without listening to a warm transfer between answer and talk", LENGTH
    ),
    "hold_s": Column(float, "hold", LENGTH),
    "wrap_up_s": Column(float, "wrap-up", LENGTH),
    "ending": Column(int, "how it ended (Ending)"),
    "trigger": Column(int, "what the agent could not do alone (Trigger)"),
    "retold": Column(int, "1 when the customer had to tell the story again"),
}

DECISIONS: Described = {
    "contact": Column(int, "number of the contact"),
    "case": Column(int, "number of the case"),
    "kind": Column(int, "kind of decision"),
    "money": Column(float, "remedy needed; NaN when none", MONEY),
    "limit": Column(
        float, "what the decider may decide for this kind; -1 never, inf no limit", MONEY
    ),
    "group": Column(int, "who decided"),
    "agent": Column(int, "who decided; -1 when nobody did"),
    "asker_group": Column(int, "who asked; -1 when decided alone"),
    "asked": Column(float, "the question was asked", TIME),
    "started": Column(float, "somebody turned to it; NaN if never", TIME),
    "decided": Column(
        float, "decided; NaN when the horizon or the customer's patience ended first", TIME
    ),
    "approved": Column(float, "1 yes, 0 no, -1 passed up the line, NaN when not decided"),
    "paid": Column(float, "remedy paid by this decision", MONEY),
}

PROMISES: Described = {
    "case": Column(int, "number of the case"),
    "contact": Column(int, "in which it was made"),
    "kind": Column(int, "kind of promise (PromiseKind)"),
    "made": Column(float, "made", TIME),
    "due": Column(float, "to be kept by", TIME),
    "done": Column(float, "kept; NaN while open", TIME),
    "kept": Column(float, "1 kept, 0 broken, NaN when it was not yet due at the end"),
    "group": Column(int, "who is to keep it; -1 when any group may"),
}

CASES: Described = {
    "case": Column(int, "number of the case"),
    "reason": Column(int, "reason of the case"),
    "began": Column(float, "first contact", TIME),
    "ended": Column(float, "resolved or given up; NaN while open", TIME),
    "state": Column(int, "state at the end (CaseState)"),
    "attempts": Column(int, "contacts of every kind"),
    "contacts_answered": Column(int, "contacts answered"),
    "money": Column(float, "remedy needed; NaN when none", MONEY),
    "paid": Column(float, "remedy paid", MONEY),
    "asked_boss": Column(int, '1 when the customer ever met "I will have to ask my boss"'),
    "cause": Column(int, "root cause; -1 when it has none"),
}

SPANS: Described = {
    "agent": Column(int, "number of the agent"),
    "state": Column(int, "what the agent does (AgentState)"),
    "start": Column(float, "beginning", TIME),
    "end": Column(float, "end", TIME),
}
"""Agent time: spans of one state, without gaps from coming to going."""

SHIFTS: Described = {
    "agent": Column(int, "number of the agent"),
    "start": Column(float, "beginning", TIME),
    "end": Column(float, "end", TIME),
}
"""Scheduled duty; work after the end of the last span is overtime."""


STAFF: Described = {
    "agent": Column(int, "the place, held by one person after another"),
    "day": Column(int, "0 is the first; one row for each place and day"),
    "person": Column(int, "0 for the holder of the place when the horizon begins"),
    "tenure_weeks": Column(float, "on the floor", WEEKS),
    "knowledge": Column(float, "shift of the solve probability on the logit scale, all of it"),
    "speed": Column(float, "factor on talk time, the learning curve included"),
    "empathy": Column(float, "0 is ordinary, 1 one standard deviation above"),
    "engagement": Column(float, "in the morning; NaN when the lever is off"),
    "state": Column(int, "of the place (PlaceState)"),
    "quit": Column(int, "1 on the last day of somebody who quits"),
    "hired": Column(int, "1 on the first paid day of somebody new"),
}
"""The people of groups that change from day to day, NaN for vacant places; no rows otherwise."""

HELPS: Described = {
    "contact": Column(int, "number of the contact"),
    "case": Column(int, "number of the case"),
    "leg": Column(int, "in which help was asked for; 0 is the first agent of the contact"),
    "group": Column(int, "of the colleague who helped"),
    "agent": Column(int, "number of the colleague who helped"),
    "asker_group": Column(int, "of the agent who asked"),
    "asker": Column(int, "number of the agent who asked; -1 for the agent who will call"),
    "started": Column(float, "the colleague turned to it", TIME),
    "ended": Column(float, "the colleague was free; NaN when the horizon ended first", TIME),
}
"""Help of a colleague: while the customer held, or before a promised call; no rows without any."""

PENDING: Described = {
    "case": Column(int, "number of the case"),
    "contact": Column(int, "in which the promise was made"),
    "group": Column(int, "who is to keep it"),
    "started": Column(float, "promised, and something is missing", TIME),
    "ended": Column(
        float,
        "nothing is missing any more, or the customer has come first; NaN when the horizon ended "
        "before",
        TIME,
    ),
}
"""Promises that waited for the customer or a third party; no rows without any."""

LISTS: Described = {
    "outbound": Column(int, "the list of customers to call"),
    "began": Column(float, "midnight of the day on which they were put on it", TIME),
    "records": Column(int, "customers who were put on it"),
}
"""Customers to be called, by list and day; no rows without any."""

DIALS: Described = {
    "outbound": Column(int, "the list of customers to call"),
    "record": Column(int, "number of the customer on the list"),
    "attempt": Column(int, "0 for the first call to the customer"),
    "group": Column(int, "of the agent; -1 when no agent had to do with it"),
    "agent": Column(int, "number of the agent; -1 when no agent had to do with it"),
    "began": Column(float, "an agent turned to the record, or a dialler to the call", TIME),
    "dialled": Column(float, "dialled, after the record was read", TIME),
    "answered": Column(float, "somebody answered; NaN when nobody did", TIME),
    "ended": Column(float, "end of talk, or of ringing", TIME),
    "outcome": Column(int, "what became of it (DialOutcome)"),
    "talk_s": Column(float, "talk", LENGTH),
    "wrap_up_s": Column(float, "wrap-up", LENGTH),
    "last": Column(int, "1 when the customer was done with after it"),
}
"""Calls to the customers of lists that were answered or given up; no rows without any."""

FIXES: Described = {
    "cause": Column(int, "root cause"),
    "noted": Column(int, "complaints noted over the whole horizon"),
    "started": Column(float, "when the threshold was met", TIME),
    "done": Column(float, "fixed; NaN when not before the horizon ended", TIME),
    "spared": Column(int, "customers who did not need to make contact"),
    "cost": Column(float, "spent on the fix", MONEY),
}
"""Root causes that were begun to be fixed."""


APOLOGIES: Described = {
    "contact": Column(int, "number of the contact"),
    "case": Column(int, "number of the case"),
    "leg": Column(int, "in which it was said; 0 is the first agent of the contact"),
    "said": Column(float, "the talk in which it was said began", TIME),
    "apologised": Column(int, "1 when the agent apologised"),
    "explanation": Column(int, "how the agent explained the fault (Explanation)"),
}
"""What agents said about a fault to customers who complain; no rows where nobody says anything."""


BUSINESS: Described = {
    "case": Column(int, "number of the case"),
    "after": Column(int, "number of the case before of the same customer"),
}
"""Cases that are further business of a customer; no rows without any."""


TABLES: Mapping[str, Described] = {
    "contacts": CONTACTS,
    "legs": LEGS,
    "decisions": DECISIONS,
    "promises": PROMISES,
    "cases": CASES,
    "spans": SPANS,
    "shifts": SHIFTS,
    "staff": STAFF,
    "helps": HELPS,
    "pending": PENDING,
    "lists": LISTS,
    "dials": DIALS,
    "fixes": FIXES,
    "apologies": APOLOGIES,
    "business": BUSINESS,
}
"""The columns of every table, by its name."""

OF_LEVERS = ("staff", "fixes", "apologies")
"""Tables that only a lever of the service methodology fills."""

WITHOUT_ROWS_LEFT_OUT = (*OF_LEVERS, "helps", "pending", "lists", "dials", "business")
"""Tables that are not there when nothing is in them."""


@dataclass(frozen=True)
class AgentTraits:
    """Who an agent is, the same under every policy."""

    group: int
    speed: float
    """Factor on talk time; 1 is ordinary, 0.8 is a fifth faster."""
    knowledge: float
    """Shift of the solve probability on the logit scale."""
    empathy: float = 0.0
    """0 is ordinary, 1 one standard deviation above; it moves no time."""
    wrap_up: float = 1.0
    """Factor on wrap-up time."""
    cut_off: float = 0.0
    """Share of customers on the telephone who are cut off."""


@dataclass(frozen=True)
class Trace:
    """What happened in one replication of one policy."""

    reasons: tuple[str, ...]
    channels: tuple[str, ...]
    groups: tuple[str, ...]
    kinds: tuple[str, ...]
    """Kinds of decision."""
    agents: tuple[AgentTraits, ...]
    horizon_s: float
    warm_up_s: float
    causes: tuple[str, ...] = ()
    """Root causes."""
    outbound: tuple[str, ...] = ()
    """Lists of customers to call."""
    contacts: Table = field(default_factory=lambda: Table(kinds(CONTACTS)))
    legs: Table = field(default_factory=lambda: Table(kinds(LEGS)))
    decisions: Table = field(default_factory=lambda: Table(kinds(DECISIONS)))
    promises: Table = field(default_factory=lambda: Table(kinds(PROMISES)))
    cases: Table = field(default_factory=lambda: Table(kinds(CASES)))
    spans: Table = field(default_factory=lambda: Table(kinds(SPANS)))
    shifts: Table = field(default_factory=lambda: Table(kinds(SHIFTS)))
    staff: Table = field(default_factory=lambda: Table(kinds(STAFF)))
    helps: Table = field(default_factory=lambda: Table(kinds(HELPS)))
    pending: Table = field(default_factory=lambda: Table(kinds(PENDING)))
    lists: Table = field(default_factory=lambda: Table(kinds(LISTS)))
    dials: Table = field(default_factory=lambda: Table(kinds(DIALS)))
    fixes: Table = field(default_factory=lambda: Table(kinds(FIXES)))
    apologies: Table = field(default_factory=lambda: Table(kinds(APOLOGIES)))
    business: Table = field(default_factory=lambda: Table(kinds(BUSINESS)))

    def pack(self) -> None:
        """Pack the rows that were added recently; to be called now and then."""
        for table in vars(self).values():
            if isinstance(table, Table):
                table.pack()

    def tables(self) -> dict[str, Table]:
        """The tables by name; of levers that are off and help nobody asked for there is none."""
        return {
            item.name: table
            for item in fields(self)
            if isinstance(table := getattr(self, item.name), Table)
            and (len(table) or item.name not in WITHOUT_ROWS_LEFT_OUT)
        }
