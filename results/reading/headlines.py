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
    """A measure that belongs into the verdict, and what it is called there."""

    measure: str
    noun: str
    """What it is called where no figure is given."""
    less: str = ""
    """Of money, how it is said that there is less of it."""
    more: str = ""
    instead_of: str | None = None
    """Said only where this other measure is not defined."""
    kind: Literal["service", "detail", "money", "part"] = "service"
    """What customers notice, what lies behind it, money that counts, or a part of such money."""
    beside: str | None = None
    """Not repeated where this other measure is said to move the same way."""


HEADLINES = (
    Headline("blocked", "busy lines"),
    Headline("closed", "closed doors"),
    Headline("turned_away", "turning away"),
    Headline("lost_in_menu", "hanging up in the voice menu"),
    Headline("wait_all", "waits"),
    Headline("asa", "waits of those answered", beside="wait_all"),
    Headline("wait_p90", "the wait of nine in ten", beside="wait_all"),
    Headline("time_to_agent", "time to an agent", beside="wait_all"),
    Headline("never_reached", "never reaching an agent", beside="abandonment"),
    Headline("fcr_complaints", "complaints resolved at first contact"),
    Headline("fcr", "cases resolved at first contact", instead_of="fcr_complaints"),
    Headline("abandonment", "abandonment"),
    Headline("hung_up_on_hold", "hanging up on hold"),
    Headline("hung_up_in_transfer", "hanging up in a transfer"),
    Headline("service_level", "service level within {within}"),
    Headline("response_time", "answer time in writing"),
    Headline("response_within_target", "written answers within target"),
    Headline("promises_kept", "promises kept"),
    Headline("csat_true", "satisfaction"),
    Headline("people_told", "people told of a complaint", kind="detail"),
    Headline("unresolved", "open cases"),
    Headline("backlog", "backlog"),
    Headline("failure_demand", "failure demand", kind="detail"),
    Headline("escalation_rate", "escalation", kind="detail"),
    Headline("approvals_per_complaint", "approvals asked", beside="escalation_rate", kind="detail"),
    Headline("approval_wait", "waits for an approval", kind="detail"),
    Headline(
        "approval_hold",
        "hold where an approval is asked",
        beside="approval_wait",
        kind="detail",
    ),
    Headline("approval_undecided", "requests that nobody decides", kind="detail"),
    Headline("outbound_dials", "calls of lists", kind="detail"),
    Headline("outbound_list_done", "lists done", kind="detail"),
    Headline("outbound_right_party", "customers of lists spoken with", kind="detail"),
    Headline("outbound_abandoned", "calls of lists that met nobody", kind="detail"),
    Headline("coaching_done", "coaching and own work", kind="detail"),
    Headline("occupancy", "occupancy", kind="detail"),
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
