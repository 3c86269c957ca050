"""What the measures share: the columns of a trace with the few that are derived from them.

A contact counts when it arrived after the warm-up; its legs, decisions and promises count with
it. A case counts when it began after the warm-up, and then all its contacts do.
"""

from __future__ import annotations

import math
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.agent_time import AgentTime
from results.facts.backlog import open_work
from results.facts.cases import case_columns
from results.facts.causes import causes_of
from results.facts.contacts import (
    add_later_queues,
    add_moves,
    contact_columns,
    decision_columns,
    leg_columns,
    promise_columns,
)
from results.facts.loyalty import add_loyalty
from results.facts.remedies import add_remedies
from results.facts.rows import Rows, positions
from results.facts.satisfaction import add_satisfaction
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.trace.columns_on_disk import Recent
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Facts:
    """The counted rows of one replication, derived columns included."""

    scenario: Scenario
    trace: Trace
    contacts: Rows
    legs: Rows
    cases: Rows
    decisions: Rows
    promises: Rows
    open_work: Rows
    """Written contacts and promises from opening to closing; the warm-up is not left out."""
    time: AgentTime
    interval_ends: NDArray[np.float64]
    """End of every interval of the horizon in seconds; the last one may be cut short."""

    @property
    def days(self) -> float:
        """Days that are measured."""
        return (self.trace.horizon_s - self.trace.warm_up_s) / DAY_S


def facts_of(scenario: Scenario, trace: Trace) -> Facts:
    """Derive what the measures share, once for all measures and cuts.

    Args:
        scenario: the scenario of the trace, the policy's changes applied.
        trace: one replication.
    """
    ends = _interval_ends(scenario, trace)
    contacts = contact_columns(scenario, trace, ends)
    legs = leg_columns(trace, contacts)
    decisions = decision_columns(trace, contacts)
    promises = promise_columns(trace, contacts)
    work = open_work(contacts, promises)
    cases = case_columns(scenario, trace, contacts, decisions, promises)
    add_remedies(cases, decisions)
    decisions["of_stretch"] = _of_stretch(trace, cases, decisions)
    contacts["cause"] = causes_of(trace, contacts, cases)
    add_satisfaction(scenario, trace, cases, contacts)
    add_loyalty(scenario, trace, cases)
    # One more tier, 0, for the group -1 of what belongs to no group.
    tiers = np.array([*(scenario.groups[name].tier for name in trace.groups), 0], np.int32)
    for columns in (contacts, legs, decisions, promises, work, cases):
        columns["tier"] = tiers[columns["group"]]
    add_moves(legs, contacts)
    add_later_queues(legs, contacts)
    recent = Recent()
    return Facts(
        scenario=scenario,
        trace=trace,
        contacts=_where(contacts, contacts["arrival"] >= trace.warm_up_s, recent),
        legs=_where(legs, legs["arrival"] >= trace.warm_up_s, recent),
        cases=_where(cases, cases["began"] >= trace.warm_up_s, recent),
        decisions=_where(decisions, decisions["arrival"] >= trace.warm_up_s, recent),
        promises=_where(promises, promises["arrival"] >= trace.warm_up_s, recent),
        open_work=_where(work, np.ones(len(work["opened"]), dtype=np.bool_), recent),
        time=AgentTime.of(scenario, trace),
        interval_ends=ends,
    )


def _of_stretch(trace: Trace, cases: Columns, rows: Columns) -> NDArray[np.bool_]:
    """True for rows whose case began in the time measured."""
    counted = np.append(cases["began"] >= trace.warm_up_s, False)
    of_stretch: NDArray[np.bool_] = counted[positions(cases["case"], rows["case"])]
    return of_stretch


def _interval_ends(scenario: Scenario, trace: Trace) -> NDArray[np.float64]:
    length = scenario.targets.interval_min * 60.0
    ends = np.arange(1.0, math.ceil(trace.horizon_s / length) + 1.0) * length
    return np.minimum(ends, trace.horizon_s)


def _where(columns: Columns, mask: NDArray[np.bool_], recent: Recent) -> Rows:
    return Rows(columns, len(mask), recent).where(mask)
