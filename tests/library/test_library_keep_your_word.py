"""The shipped scenario keep-your-word: how soon a call back may be promised, and what keeps it.

Differences between policies are taken within replications of the same customers; a claim holds
when its 95 % interval of Student's t lies on the right side. A figure of the header holds when the
one seen in the same ten weeks lies within the interval that the header gives with it.
"""

from functools import cache

import numpy as np
import pytest

from results.comparison.estimate import Estimate, estimate
from results.measures.registry import summarise
from scenarios import apply, load, with_changes
from sim import simulate

pytestmark = pytest.mark.long

SEED = 1
REPLICATIONS = 10


@cache
def read(policy: str) -> tuple[tuple[dict[str, float], dict[str, float]], ...]:
    """One week for each replication, as it is and with nobody driven away by a broken promise."""
    as_it_is = apply(load("keep-your-word"), policy)
    forgiving = with_changes(as_it_is, {"loyalty.leaving.broken_promise": 0.0})
    traces = (simulate(as_it_is, SEED, number) for number in range(REPLICATIONS))
    whole = ("all", "")
    return tuple(
        (summarise(as_it_is, trace).values[whole], summarise(forgiving, trace).values[whole])
        for trace in traces
    )


def weeks(policy: str, *, forgiven: bool = False) -> tuple[dict[str, float], ...]:
    """The measures of the whole centre, one week for each replication."""
    return tuple(week[forgiven] for week in read(policy))


def mean(policy: str, measure: str) -> Estimate:
    return estimate(np.array([week[measure] for week in weeks(policy)]))


def against(other: str, policy: str, measure: str, *, forgiven: bool = False) -> Estimate:
    pairs = zip(weeks(policy, forgiven=forgiven), weeks(other, forgiven=forgiven), strict=True)
    return estimate(np.array([week[measure] - base[measure] for week, base in pairs]))


def test_half_an_hour_is_promised_in_vain_and_two_hours_are_kept() -> None:
    # Kept by the first try within the window, whether or not the customer answers it.
    assert mean("within-half-an-hour", "promises_kept_callback").high < 0.6
    # Customers who once called at a closed door now call in the morning: on the busiest days even
    # two hours are missed (85 % kept of 10 weeks, 77 to 92), the afternoon never.
    assert mean("within-two-hours", "promises_kept_callback").low > 0.7
    assert mean("this-afternoon", "promises_kept_callback").low > 0.95


def test_who_was_promised_too_much_calls_again_and_is_less_satisfied() -> None:
    # Who calls because no call back came has not been served: no repeat, but failure demand.
    for policy in ("within-two-hours", "this-afternoon"):
        assert against("within-half-an-hour", policy, "failure_demand").high < 0.0
        assert against("within-half-an-hour", policy, "csat_true").low > 1.0


def test_a_looser_promise_is_paid_for_with_time() -> None:
    assert against("within-half-an-hour", "within-two-hours", "time_to_resolution").low > 0.0
    assert against("within-two-hours", "this-afternoon", "time_to_resolution").low > 0.0


def test_a_tight_promise_kept_by_reserving_agents_is_paid_for_by_those_on_the_line() -> None:
    reserved, tight = "half-an-hour-reserved", "within-half-an-hour"
    assert mean(reserved, "promises_kept_callback").low > 0.9
    for measure in ("wait_all", "abandonment", "given_up"):
        assert against(tight, reserved, measure).low > 0.0


def test_any_promise_spares_waiting_and_loses_fewer_customers_than_none() -> None:
    for policy in ("within-half-an-hour", "within-two-hours", "this-afternoon"):
        for measure in ("wait_all", "given_up"):
            assert against("no-callbacks", policy, measure).high < 0.0


def test_a_promise_broken_three_times_in_four_loses_more_customers_than_any_other_policy() -> None:
    tight = "within-half-an-hour"
    for policy in ("within-two-hours", "this-afternoon", "half-an-hour-reserved", "no-callbacks"):
        for measure in ("customers_lost", "total_cost"):
            assert against(tight, policy, measure).high < 0.0


def test_who_forgives_a_broken_promise_makes_any_promise_better_than_none() -> None:
    """The assumption on which the money hangs: nobody is driven away by a broken promise."""
    tight = "within-half-an-hour"
    for policy in ("half-an-hour-reserved", "no-callbacks"):
        assert against(tight, policy, "total_cost", forgiven=True).low > 0.0
    assert abs(against(tight, "within-two-hours", "total_cost", forgiven=True).mean) < 60.0
    assert against(tight, "this-afternoon", "total_cost", forgiven=True).high < 0.0


@pytest.mark.parametrize(
    ("policy", "measure", "least", "most"),
    [
        ("within-two-hours", "csat_true", 1.9, 2.7),
        ("within-two-hours", "time_to_resolution", 2 * 60, 5 * 60),
        ("this-afternoon", "time_to_resolution", 13 * 60, 18 * 60),
        ("within-two-hours", "customers_lost", -5.7, -4.5),
        ("within-two-hours", "total_cost", -510, -400),
        ("this-afternoon", "customers_lost", -8.5, -6.5),
        ("half-an-hour-reserved", "wait_all", 12, 23),
        ("half-an-hour-reserved", "given_up", 0.014, 0.029),
        ("half-an-hour-reserved", "csat_true", 0.6, 1.6),
        ("half-an-hour-reserved", "total_cost", -390, -210),
        ("no-callbacks", "given_up", 0.025, 0.037),
        ("no-callbacks", "total_cost", -290, -120),
    ],
)
def test_what_the_header_says_of_ten_weeks_is_seen_again(
    policy: str, measure: str, least: float, most: float
) -> None:
    assert least <= against("within-half-an-hour", policy, measure).mean <= most


@pytest.mark.parametrize(
    ("policy", "least", "most"),
    [
        ("this-afternoon", -190, -100),
        ("half-an-hour-reserved", 140, 310),
        ("no-callbacks", 260, 390),
    ],
)
def test_where_broken_promises_drive_nobody_away_the_money_is_as_the_header_says(
    policy: str, least: float, most: float
) -> None:
    found = against("within-half-an-hour", policy, "total_cost", forgiven=True)
    assert least <= found.mean <= most


def test_as_many_promises_are_kept_as_the_header_says() -> None:
    # Standard errors of the mean of ten weeks: 4 points of the tight ones, 3.4 of two hours.
    for policy, kept, within in (
        ("within-half-an-hour", 0.26, 0.06),
        ("within-two-hours", 0.85, 0.06),
        ("this-afternoon", 1.0, 0.005),
        ("half-an-hour-reserved", 1.0, 0.005),
    ):
        found = mean(policy, "promises_kept_callback").mean
        assert found == pytest.approx(kept, abs=within), policy
    # Half of the last digit, and as much again for chance.
    for policy, share in (("within-half-an-hour", 0.19), ("within-two-hours", 0.15)):
        assert mean(policy, "failure_demand").mean == pytest.approx(share, abs=0.01)
