"""The people of the groups: how many, how long there, who is absent, who goes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import count, mean, ratio
from results.measures.cuts import Slice
from results.measures.definition import COMMON, PEOPLE, Measure
from scenarios.parts.clock import DAY_S
from sim.trace.codes import AgentState, PlaceState

YEAR_DAYS = 365.0

Columns = dict[str, NDArray[Any]]


def staff_days(s: Slice) -> Columns:
    """The places of these groups on the days that are measured, with their group.

    A day that the warm-up ends in is not measured; without a lever that changes people there are
    no rows.
    """
    trace = s.facts.trace
    rows = trace.staff.as_dict()
    group_of = np.array([agent.group for agent in trace.agents], dtype=np.int64)
    rows["group"] = group_of[rows["agent"]] if len(rows["agent"]) else rows["agent"]
    start = rows["day"] * DAY_S
    measured = (start >= trace.warm_up_s) & (start < trace.horizon_s)
    if len(start):
        measured &= s.groups[rows["group"]]
    return {name: column[measured] for name, column in rows.items()}


def hiring_cost(s: Slice) -> float:
    """Money for finding the people whose first paid day is measured."""
    rows = staff_days(s)
    groups = (s.facts.scenario.groups[name] for name in s.facts.trace.groups)
    cost = np.array([0.0 if one.hiring is None else one.hiring.cost_per_hire for one in groups])
    return float(cost[rows["group"]] @ rows["hired"]) if len(rows["group"]) else 0.0


def _per_day(s: Slice, wanted: PlaceState) -> float:
    rows = staff_days(s)
    return ratio(count(rows["state"] == wanted), len(np.unique(rows["day"])))


def _known(s: Slice, column: str) -> float:
    values = staff_days(s)[column]
    return mean(values[~np.isnan(values)])


def _attrition(s: Slice) -> float:
    rows = staff_days(s)
    held = count(rows["state"] != PlaceState.VACANT)
    return ratio(YEAR_DAYS * float(rows["quit"].sum()), held)


def _hired(s: Slice) -> float:
    rows = staff_days(s)
    return ratio(float(rows["hired"].sum()), len(np.unique(rows["day"])) / YEAR_DAYS)


def _absence(s: Slice) -> float:
    on_roster = float(s.seconds.sum()) - float(s.facts.time.in_class[s.groups].sum())
    return ratio(float(s.seconds[AgentState.ABSENT]), on_roster)


MEASURES = (
    Measure(
        "headcount",
        "People on the floor's books",
        "places held by somebody who is not in initial training, mean over days",
        "count",
        None,
        COMMON,
        PEOPLE,
        lambda s: _per_day(s, PlaceState.PRESENT),
    ),
    Measure(
        "vacancies",
        "Vacant places",
        "places of the roster that nobody holds, mean over days",
        "count",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: _per_day(s, PlaceState.VACANT),
    ),
    Measure(
        "tenure",
        "Tenure in weeks",
        "weeks on the floor, mean over people and days",
        "count",
        None,
        COMMON,
        PEOPLE,
        lambda s: _known(s, "tenure_weeks"),
    ),
    Measure(
        "engagement",
        "Engagement",
        "engagement in the morning, 1 in a job of high quality and 0 in one of low quality, mean "
        "over people and days",
        "count",
        "higher",
        COMMON,
        PEOPLE,
        lambda s: _known(s, "engagement"),
    ),
    Measure(
        "attrition",
        "Turnover a year",
        "people who quit × 365 / days on which a place is held; above 100 % when more quit in a "
        "year than are there",
        "share",
        "lower",
        COMMON,
        PEOPLE,
        _attrition,
    ),
    Measure(
        "absence",
        "Absence",
        "paid time absent / paid time, initial training left out of it",
        "share",
        "lower",
        COMMON,
        PEOPLE,
        _absence,
    ),
    Measure(
        "hired",
        "People hired a year",
        "people with their first paid day × 365 / days",
        "count",
        None,
        COMMON,
        PEOPLE,
        _hired,
    ),
)
