"""What customers make of it: satisfaction, what a survey shows of it, who stays."""

from __future__ import annotations

import math

import numpy as np

from results.facts.rows import mean, ratio
from results.measures.definition import COMMON, CUSTOMERS, EVERYWHERE, Measure
from results.measures.slice import Slice
from scenarios.rules.reach import ends_unseen


def _csat_true(s: Slice) -> float:
    return mean(s.felt["csat"])


def _csat_surveyed(s: Slice) -> float:
    answers = s.felt["response"]
    return ratio(float((s.felt["csat"] * answers).sum()), float(answers.sum()))


def revenue_at_risk(s: Slice) -> float:
    """Revenue that leaves with the customers of these cases, in money."""
    return float(s.cases["at_risk"].sum()) if knows_who_leaves(s) else math.nan


def knows_who_leaves(s: Slice) -> bool:
    """Whether it is said who stays a customer, and the days show what becomes of the cases."""
    scenario = s.facts.scenario
    return scenario.loyalty is not None and not ends_unseen(scenario)


def _lost(s: Slice) -> float:
    return float(s.cases["lost"].sum()) if knows_who_leaves(s) else math.nan


def _people_told(s: Slice) -> float:
    """People told of a complaint; customers not certainly satisfied count by their chance."""
    section = s.facts.scenario.word_of_mouth
    if section is None or s.facts.scenario.satisfaction is None or ends_unseen(s.facts.scenario):
        return math.nan
    complaints = s.cases["complaint"]
    chance = np.nan_to_num(s.cases["csat"][complaints]) / 100.0
    told = chance * section.satisfied + (1.0 - chance) * section.dissatisfied
    return ratio(float(told.sum()), s.facts.days)


_AT_RISK = (
    "sum over all cases, open ones as not resolved, of (1 - probability to stay) × customer_value; "
    "cases that lost_case prices are left out"
)

MEASURES = (
    Measure(
        "csat_true",
        "Satisfaction, 0 to 100",
        "mean over all customers of decided cases of the chance in 100 to be very satisfied "
        "(the top box), from how the case went",
        "count",
        "higher",
        "SQM; each weight with its source in the register of assumptions",
        EVERYWHERE,
        _csat_true,
        version=2,
    ),
    Measure(
        "csat_surveyed",
        "Satisfaction in the survey",
        "mean satisfaction of those who answer the survey, expected: sum of response probability "
        "× satisfaction / sum of response probabilities",
        "count",
        "higher",
        COMMON,
        EVERYWHERE,
        _csat_surveyed,
        version=2,
    ),
    Measure(
        "survey_bias",
        "Survey above the truth",
        "csat_surveyed - csat_true",
        "count",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: _csat_surveyed(s) - _csat_true(s),
        version=2,
    ),
    Measure(
        "survey_response",
        "Survey response rate",
        "sum of response probabilities / customers of decided cases",
        "share",
        None,
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.felt["response"]),
        version=2,
    ),
    Measure(
        "stay",
        "Customers who stay",
        "mean probability that the customer stays, by how the case went, over all cases; one open "
        "at the end is not resolved",
        "share",
        "higher",
        "TARP for complaints, SQM (intent to leave) for the rest",
        EVERYWHERE,
        lambda s: mean(s.cases["stay"]),
        version=2,
        follows_cases=True,
    ),
    Measure(
        "customers_lost",
        "Customers lost a day, expected",
        "sum over all cases of (1 - probability to stay) / days; cases that lost_case prices are "
        "left out",
        "count",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: ratio(_lost(s), s.facts.days),
        follows_cases=True,
    ),
    Measure(
        "people_told",
        "People told of a complaint, a day",
        "sum over complaint cases, open ones as not satisfied, of the chance to be satisfied × "
        "satisfied + the chance not to be × dissatisfied of [word_of_mouth] / days",
        "count",
        "lower",
        "Customer Rage 2013",
        CUSTOMERS,
        _people_told,
        follows_cases=True,
    ),
    Measure(
        "revenue_at_risk",
        "Revenue at risk a day",
        _AT_RISK + " / days",
        "money",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: ratio(revenue_at_risk(s), s.facts.days),
        version=2,
        follows_cases=True,
    ),
    Measure(
        "revenue_at_risk_per_case",
        "Revenue at risk per case",
        _AT_RISK + " / cases",
        "money",
        "lower",
        COMMON,
        CUSTOMERS,
        lambda s: ratio(revenue_at_risk(s), len(s.cases)),
        version=2,
        follows_cases=True,
    ),
)
