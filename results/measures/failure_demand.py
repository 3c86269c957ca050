"""Failure demand: contacts that need not have been, because something had gone wrong before."""

from __future__ import annotations

from results.facts.rows import count, ratio
from results.measures.definition import Measure, Scope
from results.measures.slice import Slice

SEDDON = "Seddon, Freedom from Command and Control, 2003"
CAUSES: Scope = ("all", "complaints", "reason", "channel", "cause")


def _failures(s: Slice) -> int:
    return count(s.contacts["failure"] >= 0)


def _made(s: Slice) -> int:
    """Contacts that customers made: of the centre, where the cut is what went wrong."""
    rows = s.facts.contacts if s.cut[0] == "cause" else s.contacts
    return count(rows["inbound"])


MEASURES = (
    Measure(
        "failure_demand",
        "Failure demand",
        "(repeats + redials + first contacts of complaints and of cases with a root cause) / "
        "contacts that customers made; for a cause those due to it",
        "share",
        "lower",
        SEDDON,
        CAUSES,
        lambda s: ratio(_failures(s), _made(s)),
        follows_cases=True,
    ),
    Measure(
        "failure_contacts",
        "Failure demand in contacts a day",
        "(repeats + redials + first contacts of complaints and of cases with a root cause) / days",
        "count",
        "lower",
        SEDDON,
        CAUSES,
        lambda s: ratio(_failures(s), s.facts.days),
        follows_cases=True,
    ),
)
