"""How each case went: where it was first answered, what settled it, how it ended."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.endings import ending_of
from results.facts.first_contact import add_first_contact, of_contact, truly_settled
from results.facts.rows import firsts, lasts, positions
from results.facts.tier_one import BeyondTierOne
from scenarios.schema import Scenario
from sim.trace.codes import CaseState, ContactKind, Ending, Help
from sim.trace.columns_on_disk import ColumnStore, Room, columns_of
from sim.trace.trace import CASES, Trace

Columns = MutableMapping[str, NDArray[Any]]
Codes = NDArray[np.int64]


def case_columns(
    scenario: Scenario,
    trace: Trace,
    contacts: Columns,
    beyond: BeyondTierOne,
    promises: Columns,
    room: Room,
) -> Columns:
    """The cases of a trace with what their contacts tell, in the order of the trace.

    Args:
        scenario: the scenario of the trace.
        trace: one replication.
        contacts: its contacts with their derived columns; they get case_row, the row of the case
            of each, -1 for none.
        beyond: what tier 1 can never resolve.
        promises: its promises.
        room: memory for the columns.

    Returns:
        The columns of the trace and, each of shape (cases,): complaint; channel and group of the
        first answered contact (of the first contact if none was answered); judged (an
        answered contact is over), live (began on voice or chat), reached_s (from the first try to
        the first agent, NaN without one), settled_first, alone_first, quiet_7d (no further try
        within seven days), week_seen (those seven days lie in the run); beyond_tier_1; resolved;
        resolution_s (NaN unless resolved); pending_s (of that, seconds in which a promise waited
        for the customer; NaN unless resolved, and where none ever does); how it ended, as a
        position in ENDINGS.
    """
    cases = ColumnStore(room)
    cases.update(columns_of(trace.cases, tuple(CASES)))
    complaint = np.array([scenario.reasons[name].complaint for name in trace.reasons], np.bool_)
    cases["complaint"] = complaint[cases["reason"]]
    row = contacts["case_row"] = positions(cases["case"], contacts["case"])
    order = contacts["by_case"][row[contacts["by_case"]] >= 0]
    answered = order[contacts["served"][order]]
    settled = answered[truly_settled(contacts)[answered]]
    first = _pick(answered, row, firsts, len(cases["case"]))
    begin = _pick(order, row, firsts, len(first))
    _add_home(cases, contacts, np.where(first >= 0, first, begin))
    cases["live"] = of_contact(contacts["live"], begin, 0)
    cases["reached_s"] = of_contact(contacts["answered"], first, np.nan) - cases["began"]
    add_first_contact(cases, contacts, first, row, trace.horizon_s)
    resolved = cases["state"] == CaseState.RESOLVED
    cases["resolved"] = resolved
    cases["resolution_s"] = np.where(resolved, cases["ended"] - cases["began"], np.nan)
    cases["pending_s"] = np.where(resolved, _pending_s(trace, cases), np.nan)
    cases["beyond_tier_1"] = beyond.cases(trace, cases)
    cases["how"] = ending_of(
        cases,
        of_contact(_help(contacts), _pick(settled, row, lasts, len(first)), Help.ALONE),
        of_contact(contacts["ending"], _pick(answered, row, lasts, len(first)), Ending.NONE),
        promises,
    )
    return cases


def _pending_s(trace: Trace, cases: Columns) -> NDArray[np.float64]:
    """Seconds in which what was promised in each case waited for the customer, shape (cases,)."""
    pending = trace.pending
    if not len(pending):
        return np.full(len(cases["case"]), np.nan)
    row = positions(cases["case"], pending["case"])
    ended = np.fmin(pending["ended"], np.fmin(cases["ended"][row], trace.horizon_s))
    seconds = np.maximum(ended - pending["started"], 0.0)
    return np.bincount(row, seconds, minlength=len(cases["case"])).astype(np.float64)


def _help(contacts: Columns) -> NDArray[Any]:
    """Whose help it took; a follow-up that was promised is one, no matter who made it."""
    return np.where(contacts["kind"] == ContactKind.FOLLOW_UP, Help.FOLLOWED_UP, contacts["help"])


def _pick(contacts_in_order: Codes, row: Codes, pick: Any, cases: int) -> Codes:
    """For each case the one contact that is picked from its own; -1 without any."""
    picked = contacts_in_order[pick(row[contacts_in_order])]
    found = np.full(cases, -1, dtype=np.int64)
    found[row[picked]] = picked
    return found


def _add_home(cases: Columns, contacts: Columns, home: Codes) -> None:
    for name in ("channel", "group"):
        cases[name] = of_contact(contacts[name], home, -1)
