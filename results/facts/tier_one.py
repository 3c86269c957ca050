"""What the front line can never resolve, whoever of it takes the contact."""

from __future__ import annotations

import math
from collections.abc import Iterator, MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import positions
from scenarios.parts.demand import Reason
from scenarios.parts.staff import Group
from scenarios.schema import Scenario
from sim.trace.trace import Trace

Columns = MutableMapping[str, NDArray[Any]]


def beyond_tier_1(
    scenario: Scenario, trace: Trace, cases: Columns, decisions: Columns
) -> NDArray[np.bool_]:
    """Cases that tier 1 can never resolve, shape (cases,).

    The reason goes to no group of tier 1, is always passed on or cannot be solved; or the remedy
    is above what any group of tier 1 that may take the reason decides alone. The kind of remedy
    is known once somebody was to decide it; until then the most generous limit counts.
    """
    if not len(cases["case"]):
        return np.zeros(0, dtype=np.bool_)
    limits = np.array([list(_limits(scenario, trace, name)) for name in trace.reasons])
    kind = np.full(len(cases["case"]), len(trace.kinds), dtype=np.int64)
    row = positions(cases["case"], decisions["case"])
    kind[row[row >= 0]] = decisions["kind"][row >= 0]
    limit = limits[cases["reason"], kind]
    never: NDArray[np.bool_] = np.isneginf(limit) | (cases["money"] > limit)
    return never


def _limits(scenario: Scenario, trace: Trace, name: str) -> Iterator[float]:
    """The highest limit of tier 1 for each kind of decision, and for a kind that is not known.

    Minus infinity when tier 1 cannot resolve the reason at all.
    """
    reason = scenario.reasons[name]
    groups = [group for group in _takers(scenario, reason) if group.tier == 1]
    if not groups or reason.then is not None or reason.solve == 0.0:
        yield from [-math.inf] * (len(trace.kinds) + 1)
        return
    limits = {kind: max(_limit(scenario, group, kind) for group in groups) for kind in trace.kinds}
    yield from limits.values()
    wanted = reason.remedy.kinds if reason.remedy else {}
    yield max((limits[kind] for kind in wanted if kind in limits), default=math.inf)


def _takers(scenario: Scenario, reason: Reason) -> Iterator[Group]:
    for stage in reason.groups:
        for name in stage.groups:
            yield scenario.groups[name]


def _limit(scenario: Scenario, group: Group, kind: str) -> float:
    """What the group decides alone; below zero when it may not decide this kind at all."""
    if group.authority is None:
        return -1.0
    return scenario.authority[group.authority].limit_for(kind)
