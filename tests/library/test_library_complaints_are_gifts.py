"""The shipped scenario complaints-are-gifts: what is noted is fixed, and need not be answered.

Differences between policies are taken within replications of the same customers; a claim holds
when its 95 % interval of Student's t lies on the right side. Figures of the header are seen in the
same five replications, and hold when they lie within the interval that the header gives with them.
"""

from functools import cache

import numpy as np
import pytest

from results.comparison.estimate import Estimate, adjusted, estimate
from results.measures.registry import summarise
from results.measures.summary import Summary
from scenarios import apply, load
from sim import simulate

SEED = 1
REPLICATIONS = 5
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


def clear_between_two(policy: str, measure: str) -> bool:
    """Whether the comparison of two policies with the baseline calls a difference clear."""
    pairs = zip(found(policy), found("not-tracked"), strict=True)
    differences = np.array(
        [over_all(one, measure) - over_all(base, measure) for one, base in pairs]
    )
    interval = estimate(differences, adjusted(0.95, 2))
    return interval.low > 0.0 or interval.high < 0.0


def mean(policy: str, measure: str, *, weeks: str = "all") -> float:
    read = late if weeks == "late" else over_all
    return float(np.mean([read(one, measure) for one in found(policy)]))


@pytest.mark.long
def test_from_the_ninth_week_on_contacts_and_waits_are_as_the_header_says() -> None:
    fewer = change("tracked", "offered", weeks="late").mean
    assert -1110 <= fewer <= -1060
    assert fewer / mean("not-tracked", "offered", weeks="late") < -0.25
    # About three standard errors of the mean of five times eight weeks.
    assert mean("not-tracked", "wait_all", weeks="late") == pytest.approx(59, abs=6)
    assert mean("tracked", "wait_all", weeks="late") == pytest.approx(23, abs=3)
    assert mean("more-hands", "wait_all", weeks="late") == pytest.approx(28, abs=4)


@pytest.mark.long
def test_what_fixes_and_hands_cost_and_save_is_as_the_header_says() -> None:
    assert -1000 <= change("tracked", "remedies_due").mean <= -950
    assert -17 <= change("tracked", "customers_lost").mean <= -16
    assert -2700 <= change("tracked", "total_cost").mean <= -2510
    assert -380 <= change("more-hands", "total_cost").mean <= 110
    assert not clear_between_two("more-hands", "total_cost")


@pytest.mark.long
def test_the_survey_says_what_the_header_says() -> None:
    # Half of the last digit, and as much again for chance: the customers are the same.
    assert mean("not-tracked", "csat_surveyed") == pytest.approx(85.0, abs=0.3)
    assert mean("not-tracked", "csat_true") == pytest.approx(78.6, abs=0.3)
    for policy, surveyed in (("tracked", 1.0), ("more-hands", 0.4)):
        assert change(policy, "csat_true").mean == pytest.approx(2.5, abs=0.3)
        assert change(policy, "csat_surveyed").mean == pytest.approx(surveyed, abs=0.2)
    assert not clear_between_two("more-hands", "csat_surveyed")
