"""Failure demand: what went wrong before a customer made contact.

Failure demand is the demand that a failure to do something, or to do it right, brings about
(Seddon, Freedom from Command and Control, 2003): the customer comes again because nobody helped,
or comes at all because something is broken. The rest is why the centre is there.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import any_of, firsts
from scenarios.schema import Scenario
from sim.trace.codes import ContactKind, Ending, Outcome
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]

FAILURES = MappingProxyType(
    {
        "not_resolved": "Not resolved last time",
        "promise_broken": "A promise was broken",
        "abandoned": "Hung up while waiting",
        "blocked": "Found no free line",
        "closed": "Found the centre closed",
        "turned_away": "Was turned away while waiting",
        "unreached": "Was called back and not reached",
        "complaint": "A complaint, root cause unknown",
    }
)
"""Causes in the centre itself, and complaints that no root cause of the scenario explains."""

_NAMES = tuple(FAILURES)
_PROMISED = (Ending.PROMISED_CALLBACK, Ending.TICKETED)
_OWED = (Outcome.CALLBACK_TAKEN, Outcome.LEFT_MESSAGE)
_LOST = {
    Outcome.ABANDONED: "abandoned",
    Outcome.BLOCKED: "blocked",
    Outcome.TURNED_AWAY: "turned_away",
    Outcome.UNREACHED: "unreached",
    **dict.fromkeys(_OWED, "promise_broken"),
}


def root_cause(name: str) -> str:
    """What the cut of a root cause is called: its place in the scenario, apart from the others."""
    return f"root_causes.{name}"


def titles_of_causes(scenario: Scenario) -> dict[str, str]:
    """Every cause of failure demand by name, root causes of the scenario first."""
    roots = {root_cause(name): one.title or name for name, one in scenario.root_causes.items()}
    return {**roots, **FAILURES}


def causes_of(trace: Trace, contacts: Columns, cases: Columns) -> NDArray[np.int32]:
    """What went wrong before each contact, shape (contacts,).

    Args:
        trace: one replication.
        contacts: its contacts with their derived columns.
        cases: its cases.

    Returns:
        Positions in FAILURES, then in the root causes of the trace; -1 where nothing went wrong,
        and for contacts that the centre makes.
    """
    causes = np.full(len(contacts["contact"]), -1, dtype=np.int32)
    first = contacts["kind"] == ContactKind.FIRST
    causes[first & contacts["complaint"]] = _NAMES.index("complaint")
    if trace.causes and len(cases["case"]):
        case = contacts["case_row"]
        root = np.where(case >= 0, cases["cause"][case], -1)
        causes[first & (root >= 0)] = len(_NAMES) + root[first & (root >= 0)]
    order = contacts["by_case"]
    later = ~firsts(contacts["case"][order])
    at, before = order[later], order[np.flatnonzero(later) - 1]
    _mark(causes, at, contacts["kind"][at] == ContactKind.REPEAT, "not_resolved")
    promised = any_of(contacts["ending"][before], _PROMISED)
    promised |= any_of(contacts["outcome"][before], _OWED)
    repeats = contacts["kind"][at] == ContactKind.REPEAT
    _mark(causes, at, repeats & promised, "promise_broken")
    redials = contacts["kind"][at] == ContactKind.REDIAL
    _mark(causes, at, redials, "closed")
    for outcome, name in _LOST.items():
        _mark(causes, at, redials & (contacts["outcome"][before] == outcome), name)
    return causes


def _mark(
    causes: NDArray[np.int32], at: NDArray[np.intp], which: NDArray[np.bool_], name: str
) -> None:
    causes[at[which]] = _NAMES.index(name)
