"""The shipped scenario complaints-are-gifts: what is noted is fixed, and need not be answered.

Differences between policies are taken within replications of the same customers; a claim holds
when its 95 % interval of Student's t lies on the right side. What a fix changes is many times
its standard deviation between replications, so that three of them are enough.
"""

from functools import cache

import numpy as np
import pytest

from results.comparison.estimate import Estimate, estimate
from results.measures.registry import summarise
from results.measures.summary import Summary
from scenarios import apply, load
from sim import simulate

SEED = 1
REPLICATIONS = 3
LATE = tuple(str(week) for week in range(9, 17))
"""Weeks in which every cause that is tracked has been fixed."""


@cache
def found(policy: str) -> tuple[Summary, ...]:
    """Sixteen weeks, one summary for each replication."""
    scenario = apply(load("complaints-are-gifts"), policy)
    return tuple(
        summarise(scenario, simulate(scenario, SEED, number)) for number in range(REPLICATIONS)
    )


def late(summary: Summary, measure: str) -> float:
    return float(np.mean([summary.values[("week", week)][measure] for week in LATE]))


def over_all(summary: Summary, measure: str) -> float:
    return summary.values[("all", "")][measure]


def change(policy: str, measure: str, *, weeks: str = "all") -> Estimate:
    """What the policy changes in a measure, over all weeks or the late ones."""
    read = late if weeks == "late" else over_all
    pairs = zip(found(policy), found("not-tracked"), strict=True)
    return estimate(np.array([read(one, measure) - read(base, measure) for one, base in pairs]))


@pytest.mark.long
def test_until_something_is_fixed_tracking_changes_nothing() -> None:
    for one, base in zip(found("tracked"), found("not-tracked"), strict=True):
        for measure in ("offered", "wait_all", "aht"):
            assert one.values["week", "1"][measure] == base.values["week", "1"][measure]


@pytest.mark.long
def test_what_is_fixed_takes_contacts_and_waiting_away() -> None:
    assert change("tracked", "offered", weeks="late").high < -800.0
    assert change("tracked", "wait_all", weeks="late").high < -20.0
    assert change("tracked", "csat_true", weeks="late").low > 2.0


@pytest.mark.long
def test_fixes_pay_for_themselves_and_hands_for_about_the_same_money_do_not() -> None:
    """What a fix saves is what is not due any more: the service itself costs more.

    All three fixes have begun in each replication: 42,000 over 112 days is 375 a day, and nobody is
    paid less. Five replications: 974 a day less is due (948 to 999).
    """
    assert change("tracked", "fix_cost").mean == pytest.approx(375.0)
    assert change("tracked", "service_cost").low > 0.0
    assert change("tracked", "remedies_due").high < -375.0
    assert change("tracked", "total_cost").high < -1000.0
    # 411 a day, a tenth more than the fixes.
    assert change("more-hands", "service_cost").mean == pytest.approx(411.0, abs=10.0)
    both = zip(found("tracked"), found("more-hands"), strict=True)
    saved = [over_all(one, "total_cost") - over_all(base, "total_cost") for one, base in both]
    assert estimate(np.array(saved)).high < -1000.0


@pytest.mark.long
def test_only_where_complaints_do_not_arise_any_more_less_is_due() -> None:
    """Three more agents meet the same customers, and owe them the same, to the cent."""
    assert change("tracked", "cases").high < 0.0
    assert change("tracked", "remedies_due").high < 0.0
    for measure in ("cases", "remedies_due"):
        assert change("more-hands", measure).mean == pytest.approx(0.0, abs=1e-6)
    for summary in (*found("not-tracked"), *found("tracked")):
        parts = ("remedy_owed_paid", "remedies_withheld", "remedies_open")
        due = over_all(summary, "remedies_due")
        assert sum(over_all(summary, part) for part in parts) == pytest.approx(due)


@pytest.mark.long
@pytest.mark.parametrize("policy", ["not-tracked", "tracked", "more-hands"])
def test_the_survey_reports_more_than_the_truth(policy: str) -> None:
    bias = estimate(np.array([over_all(each, "survey_bias") for each in found(policy)]))
    assert bias.low > 2.0


@pytest.mark.long
@pytest.mark.parametrize("policy", ["tracked", "more-hands"])
def test_the_survey_sees_less_than_two_thirds_of_what_a_policy_improves(policy: str) -> None:
    pairs = zip(found(policy), found("not-tracked"), strict=True)
    missed = [
        (over_all(one, "csat_surveyed") - over_all(base, "csat_surveyed"))
        - 2 / 3 * (over_all(one, "csat_true") - over_all(base, "csat_true"))
        for one, base in pairs
    ]
    assert estimate(np.array(missed)).high < 0.0
