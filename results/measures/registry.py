"""Every measure with its equation, and the summary of a trace.

A measure has one name, one equation and one function. Measures are pure functions of a trace; a
contact belongs to the interval in which it arrived, and only what comes after the warm-up counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from results.facts.endings import counted
from results.facts.facts import Facts, facts_of
from results.facts.tier_one import BeyondTierOne
from results.measures import (
    approvals,
    chats,
    customers,
    failure_demand,
    handling,
    hang_ups,
    money,
    outbound,
    prices,
    promises,
    queues,
    reaching,
    remedies,
    resolution,
    volume,
    waits,
    workforce,
    workload,
)
from results.measures.cause_cuts import cause_slices
from results.measures.cuts import slices
from results.measures.definition import LEGS, REASONS, WAITS, Measure, Scope
from results.measures.intervals import Attendance, interval_table
from results.measures.slice import Cut, CutKind, Slice
from results.measures.summary import Summary
from results.measures.week_cuts import week_slices
from scenarios.schema import Scenario
from sim.trace.trace import Trace

__all__ = ["MEASURES", "Cut", "Measure", "Summary", "definitions", "summarise"]

ROOMS = (
    *(
        waits,
        queues,
        reaching,
        volume,
        failure_demand,
        handling,
        hang_ups,
        resolution,
        approvals,
        promises,
        workload,
        chats,
        workforce,
        outbound,
    ),
    *(customers, remedies, prices, money),
)
"""The modules that define measures, in the order of reports."""

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {measure.name: measure for room in ROOMS for measure in room.MEASURES}
)
"""Every measure by name, in the order of reports."""

SLICES: Mapping[CutKind, Callable[[Facts], Sequence[Slice]]] = MappingProxyType(
    {
        **{kind: partial(slices, kind=kind) for kind in LEGS},
        "week": week_slices,
        "cause": cause_slices,
    }
)
KINDS = tuple(SLICES)
"""Kinds of cut, in the order of reports."""
_WITH_INTERVALS: Scope = (*WAITS, "group")


def definitions() -> dict[str, int]:
    """The version of the definition of every measure."""
    return {name: measure.version for name, measure in MEASURES.items()}


def summarise(
    scenario: Scenario,
    trace: Trace,
    beyond: BeyondTierOne | None = None,
    *,
    kinds: Collection[CutKind] = KINDS,
) -> Summary:
    """Compute every measure of a trace, for the whole and for every cut.

    Args:
        scenario: the scenario that was simulated, the policy's changes applied.
        trace: one replication.
        beyond: what tier 1 can never resolve under any policy compared; under this one when None.
        kinds: kinds of cut that are wanted; all when left out.
    """
    facts = facts_of(scenario, trace, beyond)
    attendance = Attendance.of(facts)
    histogram = waits.wait_histogram(facts)
    intervals: dict[Cut, dict[str, NDArray[np.float32]]] = {}
    summary = Summary({}, intervals, endings={}, waits=histogram, accounts=facts.accounts)
    # One kind of cut after the other, because its cuts share copies of the columns that they read.
    for kind in filter(kinds.__contains__, KINDS):
        parts = SLICES[kind](facts)
        summary.values.update(_values(kind, parts))
        for part in parts:
            name = part.cut[1]
            if kind in _WITH_INTERVALS:
                intervals[part.cut] = interval_table(part, attendance)
            if kind in REASONS:
                # A reason that is itself called "complaints" does not push the total aside.
                summary.endings.setdefault(name or kind, counted(part.cases))
    return summary


def _values(kind: CutKind, parts: Sequence[Slice]) -> dict[Cut, dict[str, float]]:
    """Every measure of the cuts of a kind, measure by measure: they read the same columns."""
    found: dict[Cut, dict[str, float]] = {part.cut: {} for part in parts}
    for name, measure in MEASURES.items():
        exists = measure.exists_for(kind)
        if not exists and kind == "cause":
            continue  # a cause has its two measures and nothing else
        for part in parts:
            found[part.cut][name] = measure.function(part) if exists else math.nan
    return found
