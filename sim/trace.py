"""The trace of one replication: columns of what happened, the only thing that leaves the floor.

Every measure is a pure function of a trace. Times are seconds from midnight of the first day,
lengths are seconds, money is in the scenario's currency; a time that never came is NaN.
Codes are those of ``sim.codes``, or positions in the trace's lists of names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sim.table import Columns, Table

CONTACTS: Columns = {
    "contact": int,  # number of the contact; rows come in order of ending
    "case": int,
    "attempt": int,  # 0 for the first contact of the case, counting every kind
    "kind": int,  # ContactKind
    "reason": int,
    "channel": int,
    "arrival": float,  # dialled, or written; for callbacks: when the centre wanted to call
    "queued": float,  # asked for an agent (after the voice menu); NaN if never
    "answered": float,  # NaN if never
    "ended": float,
    "outcome": int,  # Outcome; closed and turned away are two
    "ending": int,  # Ending of the last leg
    "help": int,  # Help, when settled
    "seeming": int,  # 1 when it only seemed settled (false resolution)
    "group": int,  # of the first leg; -1 if never answered
    "agent": int,  # of the first leg; -1 if never answered
    "legs": int,
    "transfers": int,  # legs that ended in a transfer, sideways or up
    "escalated": int,  # Trigger of the first step up a tier (to an approver or a higher tier)
    "talk_s": float,
    "hold_s": float,
    "wrap_up_s": float,
    "told_s": float,  # wait told; NaN if none
    "offered_callback": int,  # 1 when a callback was offered
    "acknowledged": int,  # 1 when an announcement was heard
}

LEGS: Columns = {
    "contact": int,
    "case": int,
    "leg": int,  # 0 for the first agent of the contact
    "reason": int,
    "channel": int,
    "group": int,
    "agent": int,
    "queued": float,  # began to wait for this agent
    "answered": float,
    "ended": float,  # end of talk
    "talk_s": float,  # listening to a warm transfer, between answer and talk, is not part of it
    "hold_s": float,
    "wrap_up_s": float,
    "ending": int,  # Ending
    "trigger": int,  # Trigger
    "retold": int,  # 1 when the customer had to tell the story again
}

DECISIONS: Columns = {
    "contact": int,
    "case": int,
    "kind": int,  # position in kinds
    "money": float,  # needed
    "limit": float,  # what the decider may decide for this kind; -1 never, inf no limit
    "group": int,  # who decided
    "agent": int,
    "asker_group": int,  # -1 when decided alone
    "asked": float,
    "started": float,
    "decided": float,  # NaN when the horizon or the customer's patience ended first
    "approved": float,  # 1 yes, 0 no, -1 passed up the line, NaN not decided
    "paid": float,  # remedy paid by this decision
}

PROMISES: Columns = {
    "case": int,
    "contact": int,  # in which it was made
    "kind": int,  # PromiseKind
    "made": float,
    "due": float,
    "done": float,  # NaN while open
    "kept": float,  # 1 kept, 0 broken, NaN not yet due when the horizon ended
    "group": int,  # -1 when any group may keep it
}

CASES: Columns = {
    "case": int,
    "reason": int,
    "began": float,
    "ended": float,  # resolved or given up; NaN while open
    "state": int,  # CaseState
    "attempts": int,  # contacts of every kind
    "contacts_answered": int,  # contacts answered
    "money": float,  # remedy needed; NaN when none
    "paid": float,  # remedy paid
    "asked_boss": int,  # 1 when the customer ever met "I will have to ask my boss"
    "cause": int,  # position in causes; -1 when it has no root cause
}

SPANS: Columns = {"agent": int, "state": int, "start": float, "end": float}
"""Agent time: spans of one state, without gaps from coming to going."""

SHIFTS: Columns = {"agent": int, "start": float, "end": float}
"""Scheduled duty; work after the end of the last span is overtime."""


STAFF: Columns = {
    "agent": int,  # the place, held by one person after another
    "day": int,  # 0 is the first; one row for each place and day
    "person": int,  # 0 for whoever holds the place when the horizon begins
    "tenure_weeks": float,  # on the floor
    "knowledge": float,  # shift of the solve probability on the logit scale, all of it
    "speed": float,  # factor on talk time, the learning curve included
    "empathy": float,
    "engagement": float,  # in the morning; NaN when the lever is off
    "state": int,  # PlaceState
    "quit": int,  # 1 on the last day of somebody who quits
    "hired": int,  # 1 on the first paid day of somebody new
}
"""The people of groups that change from day to day, NaN for vacant places; no rows otherwise."""

FIXES: Columns = {
    "cause": int,
    "noted": int,  # complaints noted over the whole horizon
    "started": float,  # when the threshold was met
    "done": float,  # NaN when not mended before the horizon ended
    "spared": int,  # customers who did not need to make contact
    "cost": float,
}
"""Root causes that were begun to be mended."""


OF_LEVERS = ("staff", "fixes")
"""Tables that only a lever of the service methodology fills."""


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
    contacts: Table = field(default_factory=lambda: Table(CONTACTS))
    legs: Table = field(default_factory=lambda: Table(LEGS))
    decisions: Table = field(default_factory=lambda: Table(DECISIONS))
    promises: Table = field(default_factory=lambda: Table(PROMISES))
    cases: Table = field(default_factory=lambda: Table(CASES))
    spans: Table = field(default_factory=lambda: Table(SPANS))
    shifts: Table = field(default_factory=lambda: Table(SHIFTS))
    staff: Table = field(default_factory=lambda: Table(STAFF))
    fixes: Table = field(default_factory=lambda: Table(FIXES))

    def pack(self) -> None:
        """Pack the rows that were added lately; to be called now and then."""
        for table in vars(self).values():
            if isinstance(table, Table):
                table.pack()

    def tables(self) -> dict[str, Table]:
        """The tables by name; those of levers that are off have no rows and are left out."""
        return {
            item.name: table
            for item in fields(self)
            if isinstance(table := getattr(self, item.name), Table)
            and (len(table) or item.name not in OF_LEVERS)
        }
