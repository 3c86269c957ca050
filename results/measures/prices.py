"""Prices that a centre may put on what customers suffer: waiting, holding, finding no way in.

Each is off until the scenario names its price in [costs].
"""

from __future__ import annotations

import numpy as np

from results.facts.rows import any_of, count, ratio
from results.measures.definition import CENTRE, COMMON, PEOPLE, Measure
from results.measures.slice import Slice
from scenarios.schema import Costs
from sim.trace.codes import Outcome


def overtime_premium(s: Slice) -> float:
    """Money paid on top of the wage for hours outside scheduled duty."""
    time = s.facts.time
    hours = time.overtime[s.groups] / 3600.0
    extra = _costs(s).overtime_factor - 1.0
    return extra * float(hours @ time.cost_per_hour[s.groups]) if extra else 0.0


def price_of_waiting(s: Slice) -> float:
    """Money for minutes in a queue, on hold, blocked calls and cases that nobody ever answered."""
    costs, found = _costs(s), 0.0
    if costs.queue_per_min:
        found += costs.queue_per_min * _queue_minutes(s)
    if costs.hold_per_min:
        found += costs.hold_per_min * float(s.contacts["hold_s"].sum()) / 60.0
    if costs.blocked_call:
        blocked = any_of(s.contacts["outcome"], (Outcome.BLOCKED,))
        found += costs.blocked_call * count(blocked)
    if costs.lost_case:
        found += costs.lost_case * count(s.cases["never_answered"])
    return found


def _queue_minutes(s: Slice) -> float:
    """Minutes on the line in a first or later queue, of those who hung up too."""
    first = s.contacts["wait"][s.contacts["live"] & s.contacts["inbound"]]
    seconds = float(np.nansum(first)) + float(s.contacts["later_queue_s"].sum())
    return seconds / 60.0


def _costs(s: Slice) -> Costs:
    return s.facts.scenario.costs


MEASURES = (
    Measure(
        "waiting_cost",
        "Priced waits and losses a day",
        "minutes in queues of the line × queue_per_min + minutes on hold × hold_per_min + blocked "
        "calls × blocked_call + cases ended without ever being answered × lost_case / days",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: ratio(price_of_waiting(s), s.facts.days),
    ),
    Measure(
        "overtime_cost",
        "Overtime premium a day",
        "paid hours outside scheduled duty × cost_per_hour of each group × (overtime_factor - 1) / "
        "days; on top of staff_cost",
        "money",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: ratio(overtime_premium(s), s.facts.days),
    ),
)
