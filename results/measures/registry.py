"""Every measure with its equation, and the summary of a trace.

A measure has one name, one equation and one function. Measures are pure functions of a trace; a
contact belongs to the interval in which it arrived, and only what comes after the warm-up counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from results.facts.endings import counted
from results.facts.facts import facts_of
from results.measures import (
    approvals,
    customers,
    failure_demand,
    handling,
    money,
    prices,
    promises,
    remedies,
    resolution,
    volume,
    waits,
    workforce,
    workload,
)
from results.measures.cause_cuts import cause_slices
from results.measures.cuts import Cut, Slice, slices
from results.measures.definition import REASONS, Measure
from results.measures.intervals import Attendance, interval_table
from results.measures.summary import Summary
from results.measures.week_cuts import week_slices
from scenarios.schema import Scenario
from sim.trace.trace import Trace

__all__ = ["MEASURES", "Cut", "Measure", "Summary", "definitions", "summarise"]

_ROOMS = (
    *(
        waits,
        volume,
        failure_demand,
        handling,
        resolution,
        approvals,
        promises,
        workload,
        workforce,
    ),
    *(customers, remedies, prices, money),
)

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {measure.name: measure for room in _ROOMS for measure in room.MEASURES}
)
"""Every measure by name, in the order of reports."""


def definitions() -> dict[str, int]:
    """The version of the definition of every measure."""
    return {name: measure.version for name, measure in MEASURES.items()}


def summarise(scenario: Scenario, trace: Trace) -> Summary:
    """Compute every measure of a trace, for the whole and for every cut.

    Args:
        scenario: the scenario that was simulated, the policy's changes applied.
        trace: one replication.
    """
    facts = facts_of(scenario, trace)
    attendance = Attendance.of(facts)
    summary = Summary(values={}, intervals={}, endings={}, waits=waits.wait_histogram(facts))
    # One kind of cut after the other, because its cuts share copies of the columns that they read.
    for parts in slices(facts):
        summary.values.update(_values(parts))
        for part in parts:
            kind, name = part.cut
            if kind != "tier":
                summary.intervals[part.cut] = interval_table(part, attendance)
            if kind in REASONS:
                # A reason that is itself called "complaints" does not push the total aside.
                summary.endings.setdefault(name or kind, counted(part.cases))
    summary.values.update(_values(week_slices(facts)))
    for cut, values in _values(cause_slices(facts)).items():
        existing = (name for name, measure in MEASURES.items() if measure.exists_for("cause"))
        summary.values[cut] = {name: values[name] for name in existing}
    return summary


def _values(parts: Sequence[Slice]) -> dict[Cut, dict[str, float]]:
    """Every measure of cuts of one kind, measure by measure: they read the same columns."""
    found: dict[Cut, dict[str, float]] = {part.cut: {} for part in parts}
    for name, measure in MEASURES.items():
        for part in parts:
            exists = measure.exists_for(part.cut[0])
            found[part.cut][name] = measure.function(part) if exists else math.nan
    return found
