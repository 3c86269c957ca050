"""Money: what customers are given and what serving them costs, per day and per case."""

from __future__ import annotations

from results.facts.cuts import Slice
from results.facts.rows import count, ratio
from results.measures.customers import revenue_at_risk
from results.measures.definition import CENTRE, COMMON, EVERYWHERE, PEOPLE, QUEUES, Measure
from results.measures.workforce import hiring_cost
from sim.codes import AgentState


def _remedies(s: Slice) -> float:
    return float(s.decisions["paid"].sum())


def _given_away(s: Slice) -> float:
    given = s.decisions["paid"] - s.decisions["money"]
    return float(given[s.decisions["paid"] > 0.0].sum())


def _staff(s: Slice) -> float:
    time = s.facts.time
    hours = time.seconds.sum(axis=1)[s.groups] / 3600.0
    return float(hours @ time.cost_per_hour[s.groups])


def _telecom(s: Slice) -> float:
    minutes = s.contacts["line_s"].sum() / 60.0
    return float(minutes) * s.facts.scenario.costs.telecom_per_min


def _training(s: Slice) -> float:
    time = s.facts.time
    hours = time.seconds[s.groups, AgentState.TRAINING] / 3600.0
    return float(hours @ time.cost_per_hour[s.groups])


def _fixes(s: Slice) -> float:
    trace, started = s.facts.trace, s.facts.trace.fixes["started"]
    begun = (started >= trace.warm_up_s) & (started < trace.horizon_s)
    return float(trace.fixes["cost"][begun].sum())


def _operating(s: Slice) -> float:
    return _staff(s) + _remedies(s) + _telecom(s) + hiring_cost(s) + _fixes(s)


def _total(s: Slice) -> float:
    lost = 0.0 if s.facts.scenario.loyalty is None else revenue_at_risk(s)
    return _operating(s) + lost


def _per_day(s: Slice, amount: float) -> float:
    return ratio(amount, s.facts.days)


def _per_case(s: Slice, amount: float) -> float:
    return ratio(amount, len(s.cases))


def _resolved(s: Slice) -> int:
    return count(s.cases["resolved"])


MEASURES = (
    Measure(
        "remedy_cost",
        "Remedies paid a day",
        "refunds and other remedies paid / days; for a group or tier what it decided",
        "money",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: _per_day(s, _remedies(s)),
    ),
    Measure(
        "remedy_cost_per_case",
        "Remedies paid per case",
        "refunds and other remedies paid / cases",
        "money",
        "lower",
        COMMON,
        QUEUES,
        lambda s: _per_case(s, _remedies(s)),
    ),
    Measure(
        "give_away",
        "Give-away a day",
        "(remedies paid - remedies needed, where one was paid) / days; for a group or tier what "
        "it decided",
        "money",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: _per_day(s, _given_away(s)),
    ),
    Measure(
        "give_away_per_case",
        "Give-away per case",
        "(remedies paid - remedies needed, where one was paid) / cases",
        "money",
        "lower",
        COMMON,
        QUEUES,
        lambda s: _per_case(s, _given_away(s)),
    ),
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
        QUEUES,
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
        "Mending of root causes a day",
        "cost of the root causes begun to be mended / days",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_day(s, _fixes(s)),
    ),
    Measure(
        "operating_cost",
        "Operating cost a day",
        "staff_cost + remedy_cost + telecom_cost + hiring_cost + fix_cost",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_day(s, _operating(s)),
    ),
    Measure(
        "total_cost",
        "Total cost a day",
        "operating_cost + revenue_at_risk, where [loyalty] is given",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: _per_day(s, _total(s)),
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
    ),
    Measure(
        "cost_per_contact",
        "Cost per contact",
        "operating cost / handled contacts",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: ratio(_operating(s), len(s.handled)),
    ),
    Measure(
        "cost_per_resolution",
        "Cost per resolved case",
        "operating cost / cases resolved by the centre's people",
        "money",
        "lower",
        COMMON,
        CENTRE,
        lambda s: ratio(_operating(s), _resolved(s)),
    ),
)
