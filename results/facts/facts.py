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
from results.facts.came import counted, why_each_came
from results.facts.cases import case_columns
from results.facts.causes import FAILURES, causes_of
from results.facts.contacts import (
    add_later_queues,
    add_moves,
    contact_columns,
    decision_columns,
    leg_columns,
    promise_columns,
)
from results.facts.dials import dial_columns, list_columns
from results.facts.hours import WORK, hours_by_work
from results.facts.loyalty import add_loyalty
from results.facts.queue_legs import on_the_line, queue_legs
from results.facts.remedies import add_remedies
from results.facts.rows import Rows, positions
from results.facts.satisfaction import add_satisfaction
from results.facts.staff import staff_columns
from results.facts.tier_one import BeyondTierOne
from scenarios.answer_targets import answer_within_s
from scenarios.parts.channels import CHANNELS
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.trace.columns_on_disk import PickedColumns, Room
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]

TABLES = (
    *("contacts", "legs", "cases", "decisions", "promises", "open_work", "staff"),
    *("line", "dials", "lists"),
)
"""Those that every kind of cut divides."""

_COUNTED_FROM = {
    **dict.fromkeys(("contacts", "legs", "queue_legs", "decisions", "promises"), "arrival"),
    **dict.fromkeys(("cases", "staff", "dials", "lists"), "began"),
}
"""The time of a row by which it counts, or lies before the warm-up ends."""


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
    queue_legs: Rows
    """Every wait for an agent, answered or not, with the queue it belongs to."""
    line: Rows
    """Waits on the line from joining to leaving; the warm-up is not left out."""
    staff: Rows
    """Places by day, without a day that the warm-up ends in; no rows where people stay the same."""
    dials: Rows
    """Calls to the customers of lists."""
    lists: Rows
    """Customers put on lists, by list and day."""
    time: AgentTime
    hours: NDArray[np.float64]
    """Paid hours by group and what they were spent on, shape (groups, WORK)."""
    interval_ends: NDArray[np.float64]
    """End of every interval of the horizon in seconds; the last one may be cut short."""
    answer_within_s: NDArray[np.float64]
    """Target of voice and chat, shape (reasons, channels)."""

    @property
    def days(self) -> float:
        """Days that are measured."""
        return (self.trace.horizon_s - self.trace.warm_up_s) / DAY_S

    @property
    def accounts(self) -> dict[tuple[str, str], dict[str, float]]:
        """What differences are split into: ("hours", a group) by WORK, ("contacts", "") by CAME."""
        hours = {
            ("hours", group): dict(zip(WORK, row.tolist(), strict=True))
            for group, row in zip(self.trace.groups, self.hours, strict=True)
        }
        contacts = {name: float(number) for name, number in counted(self.contacts).items()}
        return {**hours, ("contacts", ""): contacts}


def facts_of(scenario: Scenario, trace: Trace, beyond: BeyondTierOne | None = None) -> Facts:
    """Derive what the measures share, once for all measures and cuts.

    Args:
        scenario: the scenario of the trace, the policy's changes applied.
        trace: one replication.
        beyond: what tier 1 can never resolve under any policy compared; under this one when None.
    """
    beyond = beyond or BeyondTierOne.of([scenario])
    ends = _interval_ends(scenario, trace)
    kept = PickedColumns()
    tables = _tables(scenario, trace, ends, beyond)
    rows = {name: Rows(columns, len(columns["tier"]), kept) for name, columns in tables.items()}
    for name, of_table in rows.items():
        if name in _COUNTED_FROM:
            rows[name] = of_table.where(of_table[_COUNTED_FROM[name]] >= trace.warm_up_s)
    time, retell_s = AgentTime.of(scenario, trace), scenario.waiting.retell_s
    return Facts(
        scenario=scenario,
        trace=trace,
        **rows,
        time=time,
        hours=hours_by_work(trace, time, tables["legs"], tables["decisions"], retell_s),
        interval_ends=ends,
        answer_within_s=_answer_within_s(scenario, trace),
    )


def _tables(
    scenario: Scenario, trace: Trace, ends: NDArray[np.float64], beyond: BeyondTierOne
) -> dict[str, Columns]:
    """The tables of a trace with every derived column, all rows of them."""
    room = Room()
    contacts = contact_columns(scenario, trace, ends, room)
    legs = leg_columns(trace, contacts, room)
    decisions = decision_columns(trace, contacts, legs, room)
    promises = promise_columns(trace, contacts, room)
    cases = case_columns(scenario, trace, contacts, beyond, promises, room)
    add_remedies(cases, decisions)
    decisions["of_stretch"] = _of_stretch(trace, cases, decisions)
    contacts["failure"] = causes_of(trace, contacts, cases)
    contacts["came"] = why_each_came(contacts, tuple(FAILURES).index("promise_broken"))
    add_satisfaction(scenario, trace, cases, contacts)
    add_loyalty(scenario, trace, cases)
    waits = queue_legs(contacts, legs, room)
    tables: dict[str, Columns] = {
        "contacts": contacts,
        "legs": legs,
        "cases": cases,
        "decisions": decisions,
        "promises": promises,
        "open_work": open_work(contacts, promises),
        "queue_legs": waits,
        "line": on_the_line(waits, room),
        "staff": staff_columns(trace, room),
        "dials": dial_columns(trace, room),
        "lists": list_columns(trace, room),
    }
    # One more tier, 0, for the group -1 of what belongs to no group.
    tiers = np.array([*(scenario.groups[name].tier for name in trace.groups), 0], np.int32)
    for columns in tables.values():
        columns["tier"] = tiers[columns["group"]]
    add_moves(legs, contacts)
    add_later_queues(legs, contacts)
    return tables


def _answer_within_s(scenario: Scenario, trace: Trace) -> NDArray[np.float64]:
    return np.array(
        [
            [answer_within_s(scenario, reason, channel) for channel in CHANNELS]
            for reason in trace.reasons
        ]
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
