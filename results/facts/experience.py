"""What happened to the customer in each case, where it is felt."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import any_of, positions
from scenarios.parts.clock import DAY_S
from scenarios.parts.satisfaction import Satisfaction
from sim.trace.codes import CaseState, Ending, Explanation, PromiseKind
from sim.trace.columns_on_disk import columns_of
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

_TRANSFERRED = (Ending.TRANSFERRED_WARM, Ending.TRANSFERRED_COLD)
_KEPT_LATER = (
    PromiseKind.CALLBACK,
    PromiseKind.VOICEMAIL,
    PromiseKind.FOLLOW_UP_CALL,
    PromiseKind.TICKET,
)
"""Promises of something to come; a wait told is felt as a wait."""


@dataclass(frozen=True)
class Said:
    """What agents said about the fault in each case, every array of shape (cases,)."""

    apologies: Floats
    explained: Flags
    """Where somebody gave the reason."""


@dataclass(frozen=True)
class Experiences:
    """What happened to the customer in each case, every array of shape (cases,)."""

    resolved: Flags
    complaint: Flags
    further_contacts: Floats
    late_min: Floats
    """Minutes waited on the line beyond what was told, or beyond what is taken as normal."""
    holds: Floats
    transfers: Floats
    retold: Floats
    asked_boss: Floats
    kept: Floats
    """Promises kept."""
    broken: Floats
    empathy: Floats
    """Mean empathy of the agents who served the case; 0 is ordinary."""
    decided_at_once: Floats
    """1 where an agent decided a remedy of the case without asking anybody, less the longer the
    customer waited for an approval, 0 where none came."""
    said: Said | None = None
    """What was said about the fault; None where nothing ever is."""


def decided(trace: Trace, cases: Columns) -> Flags:
    """True for cases that are over, or stand unresolved with nothing promised that may yet come.

    Args:
        trace: one replication.
        cases: its cases with their derived columns.
    """
    promises = dict(columns_of(trace.promises, ("case", "kind", "kept")))
    over = cases["state"] != CaseState.OPEN
    pending = any_of(promises["kind"], _KEPT_LATER) & np.isnan(promises["kept"])
    to_come = _sum(positions(cases["case"], promises["case"][pending]), len(over))
    known: Flags = over | (cases["judged"] & (to_come == 0.0))
    return known


def let_down(trace: Trace, cases: Columns) -> Flags:
    """True for cases in which something promised for later did not come in time.

    Args:
        trace: one replication.
        cases: its cases with their derived columns.
    """
    promises = dict(columns_of(trace.promises, ("case", "kind", "kept")))
    broken = any_of(promises["kind"], _KEPT_LATER) & (promises["kept"] == 0.0)
    row = positions(cases["case"], promises["case"][broken])
    ever: Flags = _sum(row, len(cases["case"])) > 0.0
    return ever


def experiences(
    section: Satisfaction, trace: Trace, cases: Columns, contacts: Columns
) -> Experiences:
    """Read from a trace what happened to the customer in each case.

    Args:
        section: says which waits are normal.
        trace: one replication.
        cases: its cases with their derived columns.
        contacts: its contacts with their derived columns, in the order of the trace.
    """
    legs = dict(columns_of(trace.legs, ("case", "agent", "answered", "ending", "retold")))
    promises = dict(columns_of(trace.promises, ("case", "kind", "kept")))
    to_come = any_of(promises["kind"], _KEPT_LATER)
    moved = any_of(legs["ending"], _TRANSFERRED)

    def of_case(row: Codes, weights: NDArray[Any] | None = None) -> Floats:
        return _sum(row, len(cases["case"]), weights)

    contact, leg, promise = (
        contacts["case_row"],
        *(positions(cases["case"], table["case"]) for table in (legs, promises)),
    )
    return Experiences(
        resolved=any_of(cases["state"], (CaseState.RESOLVED, CaseState.SELF_SERVED)),
        complaint=cases["complaint"],
        further_contacts=np.maximum(cases["contacts_answered"] - 1.0, 0.0),
        late_min=of_case(contact, _late_min(section, contacts)),
        holds=of_case(contact[contacts["hold_s"] > 0.0]),
        transfers=of_case(leg[moved]),
        retold=of_case(leg, legs["retold"]),
        asked_boss=cases["asked_boss"].astype(np.float64),
        kept=of_case(promise[to_come & (promises["kept"] == 1.0)]),
        broken=of_case(promise[to_come & (promises["kept"] == 0.0)]),
        empathy=_empathy(trace, leg, len(cases["case"]), legs),
        decided_at_once=_decided_at_once(section, trace, cases),
        said=_said(trace, cases) if len(trace.apologies) else None,
    )


def _said(trace: Trace, cases: Columns) -> Said:
    rows = dict(columns_of(trace.apologies, ("case", "apologised", "explanation")))
    case, length = positions(cases["case"], rows["case"]), len(cases["case"])
    return Said(
        apologies=_sum(case, length, rows["apologised"]),
        explained=_sum(case[rows["explanation"] == Explanation.REASON], length) > 0.0,
    )


def _decided_at_once(section: Satisfaction, trace: Trace, cases: Columns) -> Floats:
    """How near each case's remedy came to one decided on the spot, 0 to 1, shape (cases,)."""
    names = ("case", "asker_group", "asked", "decided", "approved")
    decisions = dict(columns_of(trace.decisions, names))
    yes = decisions["approved"] == 1.0
    alone = decisions["asker_group"] < 0
    minutes = np.where(alone, 0.0, (decisions["decided"] - decisions["asked"]) / 60.0)[yes]
    row = positions(cases["case"], decisions["case"][yes])
    nearness = np.zeros(len(cases["case"]))
    known = row >= 0
    np.maximum.at(nearness, row[known], 0.5 ** (minutes[known] / section.quick_approval_min))
    return nearness


def _late_min(section: Satisfaction, contacts: Columns) -> Floats:
    """Minutes that each contact waited on the line beyond what its customer expected."""
    told = contacts["told_s"]
    expected = np.where(np.isnan(told), section.wait_over_s, told)
    waited = np.where(contacts["live"] & contacts["inbound"], contacts["wait"], 0.0)
    late: Floats = np.maximum(np.nan_to_num(waited) - expected, 0.0) / 60.0
    return late


def _empathy(trace: Trace, case: Codes, cases: int, legs: Columns) -> Floats:
    """Mean empathy of those who served each case, shape (cases,); 0 if nobody did."""
    served = (legs["agent"] >= 0) & ~np.isnan(legs["answered"])
    case, agent = case[served], legs["agent"][served]
    own = np.array([each.empathy for each in trace.agents], dtype=np.float64)
    empathy = own[agent] if len(agent) else np.zeros(0)
    if len(trace.staff):
        # A place is held by one person after another: look up who held it on the day.
        day = (legs["answered"][served] // DAY_S).astype(np.int64)
        days = 1 + max(int(day.max(initial=0)), int(trace.staff["day"].max()))
        row = positions(trace.staff["agent"] * days + trace.staff["day"], agent * days + day)
        empathy = np.where(row >= 0, trace.staff["empathy"][row], empathy)
    met, total = _sum(case, cases), _sum(case, cases, empathy)
    mean: Floats = np.divide(total, met, out=np.zeros(len(met)), where=met > 0.0)
    return mean


def _sum(case: Codes, cases: int, weights: NDArray[Any] | None = None) -> Floats:
    """How often each case is named by its row, or the sum of the weights where it is; -1 is none.

    Of shape (cases,).
    """
    known = case >= 0
    picked = None if weights is None else weights[known]
    return np.bincount(case[known], picked, minlength=cases).astype(np.float64)
