"""The people of the groups: how many, how long there, who is absent, who goes."""

from __future__ import annotations

import numpy as np

from results.facts.rows import count, having, mean, ratio
from results.measures.definition import COMMON, PEOPLE, Measure
from results.measures.slice import Slice
from sim.trace.codes import AgentState, PlaceState

YEAR_DAYS = 365.0


def hiring_cost(s: Slice) -> float:
    """Money for finding the people whose first paid day is measured."""
    groups = (s.facts.scenario.groups[name] for name in s.facts.trace.groups)
    cost = np.array([0.0 if one.hiring is None else one.hiring.cost_per_hire for one in groups])
    return float(cost[s.staff["group"]] @ s.staff["hired"])


def _per_day(s: Slice, wanted: PlaceState) -> float:
    return ratio(count(having(s.staff["state"], wanted)), len(np.unique(s.staff["day"])))


def _known(s: Slice, column: str) -> float:
    values = s.staff[column]
    return mean(values[~np.isnan(values)])


def _attrition(s: Slice) -> float:
    held = count(s.staff["state"] != PlaceState.VACANT)
    return ratio(YEAR_DAYS * float(s.staff["quit"].sum()), held)


def _hired(s: Slice) -> float:
    return ratio(float(s.staff["hired"].sum()), len(np.unique(s.staff["day"])) / YEAR_DAYS)


def _absence(s: Slice) -> float:
    on_roster = float(s.seconds.sum()) - float(s.facts.time.in_class[s.groups].sum())
    return ratio(float(s.seconds[AgentState.ABSENT]), on_roster)


MEASURES = (
    Measure(
        "headcount",
        "Headcount",
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
        least_days=7.0,
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
        least_days=7.0,
    ),
)
