"""Why each contact came about: the customer's first, again, or one that the centre owed."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import Rows, firsts
from sim.trace.codes import ContactKind, Outcome

Columns = MutableMapping[str, NDArray[Any]]

CAME = MappingProxyType(
    {
        "first": "First contacts",
        "repeat": "Repeats, not resolved before",
        "repeat_promise": "Calls after a broken promise",
        "redial_abandoned": "Redials after hanging up",
        "redial_blocked": "Redials after busy lines",
        "redial_closed": "Redials after closed doors",
        "redial_turned_away": "Redials after being sent away",
        "unreached": "Customers a callback had missed",
        "callback": "Callbacks",
        "follow_up": "Promised follow-ups",
    }
)
"""Why contacts come about, with titles."""

_NAMES = tuple(CAME)
_REDIAL = {
    Outcome.ABANDONED: "redial_abandoned",
    Outcome.BLOCKED: "redial_blocked",
    Outcome.TURNED_AWAY: "redial_turned_away",
}
_OF_KIND = {
    ContactKind.FIRST: "first",
    ContactKind.REDIAL: "redial_closed",
    ContactKind.REPEAT: "repeat",
    ContactKind.CALLBACK: "callback",
    ContactKind.FOLLOW_UP: "follow_up",
}


def why_each_came(contacts: Columns, broken_promise: int) -> NDArray[np.int8]:
    """Why each contact came about, as a position in ``CAME``, shape (contacts,).

    Args:
        contacts: of one replication, with their derived columns.
        broken_promise: the code of a broken promise among causes of failure demand.
    """
    order, kind = contacts["by_case"], contacts["kind"]
    before = np.full(len(kind), -1, dtype=np.int64)
    before[order[1:]] = contacts["outcome"][order[:-1]]
    before[order[firsts(contacts["case"][order])]] = -1
    came = np.array([_NAMES.index(_OF_KIND[one]) for one in ContactKind], np.int8)[kind]
    for outcome, name in _REDIAL.items():
        came[(kind == ContactKind.REDIAL) & (before == outcome)] = _NAMES.index(name)
    again = (kind == ContactKind.REDIAL) | (kind == ContactKind.REPEAT)
    came[again & (contacts["failure"] == broken_promise)] = _NAMES.index("repeat_promise")
    came[again & (before == Outcome.UNREACHED)] = _NAMES.index("unreached")
    return came


def counted(contacts: Rows) -> dict[str, int]:
    """How many contacts came for each reason; the counts add up to the contacts."""
    counts = np.bincount(contacts["came"], minlength=len(CAME))
    return {name: int(number) for name, number in zip(CAME, counts, strict=True)}
