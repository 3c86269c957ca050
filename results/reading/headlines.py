"""Headlines: the measures that belong into a verdict, in its order, and the words for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

IN_ALL = "total_cost"
"""Everything counted, what is owed as owed; there is no such number without [loyalty]."""
SERVICE = "service_cost"
"""What serving customers costs, without what they are owed."""
CASH = "remedies_paid"
"""What is paid out; no part of the cost in all, which counts what is owed as owed."""


@dataclass(frozen=True)
class Headline:
    """A measure that belongs into the verdict, and how its difference is said."""

    measure: str
    noun: str
    """What it is called where no figure is given."""
    less: str
    more: str
    instead_of: str | None = None
    """Said only where this other measure is not defined."""
    kind: Literal["service", "detail", "money", "part"] = "service"
    """What customers notice, what lies behind it, money that counts, or a part of such money."""
    beside: str | None = None
    """Not repeated where this other measure is said to move the same way."""


HEADLINES = (
    Headline(
        "blocked", "busy lines", "{} fewer find all lines busy", "{} more find all lines busy"
    ),
    Headline(
        "closed",
        "closed doors",
        "{} fewer find the centre closed",
        "{} more find the centre closed",
    ),
    Headline("turned_away", "turning away", "{} fewer are turned away", "{} more are turned away"),
    Headline(
        "lost_in_menu",
        "hanging up in the voice menu",
        "{} fewer hang up in the voice menu",
        "{} more hang up in the voice menu",
    ),
    Headline("wait_all", "waits", "customers wait {} less", "customers wait {} longer"),
    Headline(
        "asa",
        "waits of those answered",
        "answered customers wait {} less",
        "answered customers wait {} longer",
        beside="wait_all",
    ),
    Headline(
        "wait_p90",
        "the wait of nine in ten",
        "nine in ten are answered {} sooner",
        "nine in ten are answered {} later",
        beside="wait_all",
    ),
    Headline(
        "time_to_agent",
        "time to an agent",
        "the first agent is reached {} sooner",
        "the first agent is reached {} later",
        beside="wait_all",
    ),
    Headline(
        "never_reached",
        "never reaching an agent",
        "{} fewer never reach an agent",
        "{} more never reach an agent",
        beside="abandonment",
    ),
    Headline(
        "fcr_complaints",
        "complaints resolved at first contact",
        "{} fewer complaints are resolved at first contact",
        "{} more complaints are resolved at first contact",
    ),
    Headline(
        "fcr",
        "cases resolved at first contact",
        "{} fewer cases are resolved at first contact",
        "{} more cases are resolved at first contact",
        instead_of="fcr_complaints",
    ),
    Headline(
        "abandonment",
        "abandonment",
        "{} fewer customers hang up while waiting",
        "{} more customers hang up while waiting",
    ),
    Headline(
        "hung_up_on_hold",
        "hanging up on hold",
        "{} fewer hang up on hold",
        "{} more hang up on hold",
    ),
    Headline(
        "hung_up_in_transfer",
        "hanging up in a transfer",
        "{} fewer hang up in a transfer",
        "{} more hang up in a transfer",
    ),
    Headline(
        "service_level",
        "service level within {within}",
        "{} fewer are answered within {within}",
        "{} more are answered within {within}",
    ),
    Headline(
        "response_time",
        "answer time in writing",
        "answers in writing come {} sooner",
        "answers in writing come {} later",
    ),
    Headline(
        "response_within_target",
        "written answers within target",
        "{} fewer are answered in writing within target",
        "{} more are answered in writing within target",
    ),
    Headline(
        "promises_kept", "promises kept", "{} fewer promises are kept", "{} more promises are kept"
    ),
    Headline("csat_true", "satisfaction", "satisfaction is {} lower", "satisfaction is {} higher"),
    Headline(
        "people_told",
        "people told of a complaint",
        "{} fewer people are told of a complaint",
        "{} more people are told of a complaint",
        kind="detail",
    ),
    Headline(
        "unresolved",
        "open cases",
        "{} fewer cases are still open at the end",
        "{} more cases are still open at the end",
    ),
    Headline("backlog", "backlog", "the backlog is {} smaller", "the backlog is {} larger"),
    Headline(
        "failure_demand",
        "failure demand",
        "failure demand is {} lower",
        "failure demand is {} higher",
        kind="detail",
    ),
    Headline(
        "escalation_rate",
        "escalation",
        "{} fewer contacts are escalated",
        "{} more contacts are escalated",
        kind="detail",
    ),
    Headline(
        "approvals_per_complaint",
        "approvals asked",
        "{} fewer approvals are asked per complaint",
        "{} more approvals are asked per complaint",
        beside="escalation_rate",
        kind="detail",
    ),
    Headline(
        "approval_wait",
        "waits for an approval",
        "an approval takes {} less",
        "an approval takes {} longer",
        kind="detail",
    ),
    Headline(
        "approval_hold",
        "hold where an approval is asked",
        "customers hold {} less where an approval is asked",
        "customers hold {} longer where an approval is asked",
        beside="approval_wait",
        kind="detail",
    ),
    Headline(
        "approval_undecided",
        "requests that nobody decides",
        "{} fewer requests are left undecided",
        "{} more requests are left undecided",
        kind="detail",
    ),
    Headline(
        "coaching_done",
        "coaching and own work",
        "{} less coaching and own work is done",
        "{} more coaching and own work is done",
        kind="detail",
    ),
    Headline(
        "occupancy",
        "occupancy",
        "occupancy is {} lower",
        "occupancy is {} higher",
        kind="detail",
    ),
    Headline(
        IN_ALL,
        "total cost",
        "{} less in all, counting what is owed as owed",
        "{} more in all, counting what is owed as owed",
        kind="money",
    ),
    Headline(
        SERVICE,
        "service cost",
        "service costs {} less",
        "service costs {} more",
        kind="money",
    ),
    Headline(
        "revenue_at_risk",
        "revenue at risk",
        "{} less revenue is at risk",
        "{} more revenue is at risk",
        kind="part",
    ),
    Headline(
        "remedies_due",
        "remedies due",
        "{} less is due in remedies",
        "{} more is due in remedies",
        kind="part",
    ),
    Headline(
        CASH,
        "remedies paid",
        "{} less is paid in remedies",
        "{} more is paid in remedies",
        kind="part",
    ),
    Headline(
        "remedies_withheld",
        "what is owed and withheld",
        "{} less of what is owed is withheld",
        "{} more of what is owed is withheld",
        kind="part",
        instead_of=IN_ALL,
    ),
    Headline(
        "remedies_open",
        "what is owed and open",
        "{} less of what is owed is still open",
        "{} more of what is owed is still open",
        kind="part",
        instead_of=IN_ALL,
    ),
)
