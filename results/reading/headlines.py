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
    """What it is called where it does not clearly change; empty where that is not worth a word."""
    less: str
    more: str
    instead_of: str | None = None
    """Said only where this other measure is not defined."""
    kind: Literal["service", "money", "part"] = "service"
    """What customers notice, money that counts, or a part of such money."""


HEADLINES = (
    Headline("blocked", "", "{} fewer find all lines busy", "{} more find all lines busy"),
    Headline("closed", "", "{} fewer find the centre closed", "{} more find the centre closed"),
    Headline("turned_away", "", "{} fewer are turned away", "{} more are turned away"),
    Headline(
        "lost_in_menu",
        "",
        "{} fewer hang up in the voice menu",
        "{} more hang up in the voice menu",
    ),
    Headline("asa", "waits", "customers wait {} less", "customers wait {} longer"),
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
    Headline("csat_true", "satisfaction", "satisfaction is {} lower", "satisfaction is {} higher"),
    Headline(
        "unresolved",
        "",
        "{} fewer cases are still open at the end",
        "{} more cases are still open at the end",
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
        "",
        "{} less revenue is at risk",
        "{} more revenue is at risk",
        kind="part",
    ),
    Headline(
        "remedies_due",
        "",
        "{} less is due in remedies",
        "{} more is due in remedies",
        kind="part",
    ),
    Headline(
        CASH,
        "",
        "{} less is paid in remedies",
        "{} more is paid in remedies",
        kind="part",
    ),
    Headline(
        "remedies_withheld",
        "",
        "{} less of what is owed is withheld",
        "{} more of what is owed is withheld",
        kind="part",
        instead_of=IN_ALL,
    ),
    Headline(
        "remedies_open",
        "",
        "{} less of what is owed is still open",
        "{} more of what is owed is still open",
        kind="part",
        instead_of=IN_ALL,
    ),
)
