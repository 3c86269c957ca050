"""Money: what serving customers costs, per calendar day of the time measured."""

from __future__ import annotations

import math

from results.facts.rows import count, ratio
from results.measures.customers import knows_who_leaves, revenue_at_risk
from results.measures.definition import CENTRE, COMMON, CUSTOMERS, PEOPLE, Measure
from results.measures.outbound import line_s
from results.measures.prices import overtime_premium, price_of_waiting
from results.measures.remedies import give_away, remedies_due
from results.measures.slice import Slice
from results.measures.workforce import hiring_cost
from sim.trace.codes import AgentState


def _staff(s: Slice) -> float:
    time = s.facts.time
    hours = time.seconds.sum(axis=1)[s.groups] / 3600.0
    return float(hours @ time.cost_per_hour[s.groups])


def _telecom(s: Slice) -> float:
    minutes = float(s.contacts["line_s"].sum()) / 60.0
    if len(s.dials):
        minutes += line_s(s) / 60.0
    return minutes * s.facts.scenario.costs.telecom_per_min


def _training(s: Slice) -> float:
    time = s.facts.time
    hours = time.seconds[s.groups, AgentState.TRAINING] / 3600.0
    return float(hours @ time.cost_per_hour[s.groups])


def _fixes(s: Slice) -> float:
    trace, started = s.facts.trace, s.facts.trace.fixes["started"]
    begun = (started >= trace.warm_up_s) & (started < trace.horizon_s)
    return float(trace.fixes["cost"][begun].sum())


def _service(s: Slice) -> float:
    people = _staff(s) + overtime_premium(s) + hiring_cost(s)
    return people + _telecom(s) + _fixes(s) + give_away(s) + price_of_waiting(s)


def _total(s: Slice) -> float:
    if not knows_who_leaves(s):
        return math.nan
    return _service(s) + remedies_due(s) + revenue_at_risk(s)


def _per_day(s: Slice, amount: float) -> float:
    return ratio(amount, s.facts.days)


def _per_case(s: Slice, amount: float) -> float:
    return ratio(amount, len(s.cases))


def _resolved(s: Slice) -> int:
    return count(s.cases["resolved"])


MEASURES = (
    Measure(
        "staff_cost",
        "Staff cost a day",
        "paid hours × cost_per_hour of each group / days",
        "money",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: _per_day(s, _staff(s)),
    ),
    Measure(
        "telecom_cost",
        "Telecom cost a day",
        "minutes of calls, from the first ring to goodbye, × telecom_per_min / days",
        "money",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: _per_day(s, _telecom(s)),
    ),
    Measure(
        "training_cost",
        "Training a day",
        "paid hours in training × cost_per_hour of each group / days; part of staff_cost",
        "money",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: _per_day(s, _training(s)),
    ),
    Measure(
        "hiring_cost",
        "Hiring a day",
        "people with their first paid day × cost_per_hire of each group / days",
        "money",
        "lower",
        COMMON,
        PEOPLE,
        lambda s: _per_day(s, hiring_cost(s)),
    ),
    Measure(
        "fix_cost",
        "Fixing of root causes a day",
        "cost of the root causes that somebody began to fix / days",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_day(s, _fixes(s)),
    ),
    Measure(
        "service_cost",
        "Service cost a day",
        "staff_cost + overtime_cost + telecom_cost + hiring_cost + fix_cost + give_away + "
        "waiting_cost; what is owed to customers is no cost of service",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_day(s, _service(s)),
        version=2,
    ),
    Measure(
        "service_cost_per_case",
        "Service cost per case",
        "service cost / cases",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_case(s, _service(s)),
    ),
    Measure(
        "total_cost",
        "Total cost a day",
        "service_cost + remedies_due + revenue_at_risk, only where [loyalty] is given; what is due "
        "counts whether or not it is paid",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_day(s, _total(s)),
        version=2,
        follows_cases=True,
    ),
    Measure(
        "total_cost_per_case",
        "Total cost per case",
        "total cost / cases",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_case(s, _total(s)),
        version=2,
        follows_cases=True,
    ),
    Measure(
        "cost_per_contact",
        "Service cost per contact",
        "service cost / handled contacts; neither direction is better, because refusals breed "
        "contacts",
        "money",
        None,
        COMMON,
        CENTRE,
        lambda s: ratio(_service(s), len(s.handled)),
        version=2,
    ),
    Measure(
        "cost_per_resolution",
        "Service cost per resolved case",
        "service cost / cases resolved by the centre's people",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: ratio(_service(s), _resolved(s)),
        version=2,
        follows_cases=True,
    ),
)
