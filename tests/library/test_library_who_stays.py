"""The shipped scenario who-stays: what keeps people, and what newcomers learn from old hands.

Four of the six years of the header, the same people and customers under every policy. A figure of
the header holds when the difference lies within the interval that the header gives with it, 2.3
standard errors of the mean of four years on either side.
"""

import pytest

from results import compare, run
from results.comparison.estimate import Estimate
from scenarios import load, with_changes
from tests.support import seen_figures
from tests.support.seen_figures import compared

pytestmark = pytest.mark.long

POLICIES = (
    "scripted",
    "say-over-the-work",
    "best-supervisors",
    "a-fifth-more-pay",
    "sit-with-old-hands",
)


def change(policy: str, measure: str) -> Estimate:
    return seen_figures.change(compared("who-stays", 4, POLICIES), policy, measure)


def test_a_year_of_the_scripted_desk_is_as_the_header_says() -> None:
    # One desk of sixty: about three standard errors of the mean of four years.
    comparison = compared("who-stays", 4, POLICIES)
    for measure, value, within in (
        ("attrition", 0.26, 0.09),
        ("hired", 14, 5),
        ("wait_all", 31, 10),
    ):
        assert seen_figures.mean(comparison, "scripted", measure) == pytest.approx(
            value, abs=within
        ), measure


def test_who_has_a_say_over_the_work_stays_and_makes_shorter_waits() -> None:
    assert -0.21 <= change("say-over-the-work", "attrition").mean <= -0.08
    assert change("say-over-the-work", "attrition").high < 0.0
    assert -12 <= change("say-over-the-work", "hired").mean <= -3
    assert -18 <= change("say-over-the-work", "wait_all").mean <= -10


def test_a_fifth_more_pay_costs_a_fifth_more_and_keeps_few() -> None:
    assert 2071 <= change("a-fifth-more-pay", "service_cost").mean <= 2084
    assert -0.041 <= change("a-fifth-more-pay", "attrition").mean <= 0.012


def test_better_supervisors_keep_too_few_to_be_told_from_chance_in_some_years() -> None:
    assert -0.109 <= change("best-supervisors", "attrition").mean <= 0.005
    assert change("best-supervisors", "attrition").high > 0.0


def test_newcomers_among_old_hands_take_less_time_over_a_session() -> None:
    assert -103 <= change("sit-with-old-hands", "aht").mean <= -47
    assert change("sit-with-old-hands", "aht").high < 0.0
    assert -4.2 <= change("sit-with-old-hands", "wait_all").mean <= -1.0


@pytest.mark.parametrize(
    ("key", "value", "least", "most"),
    [
        # Points fewer who leave; the intervals of four years.
        ("quits_disengaged", 0.2, -0.083, -0.019),
        ("quits_disengaged", 0.6, -0.483, -0.149),
        ("quits_engaged", 0.25, -0.145, -0.020),
        ("half_life_days", 60.0, -0.225, -0.016),
    ],
)
def test_the_verdict_on_a_say_holds_at_the_ends_of_what_matters_most(
    key: str, value: float, least: float, most: float
) -> None:
    scenario = with_changes(load("who-stays"), {f"groups.desk.engagement.{key}": value})
    policies = ("scripted", "say-over-the-work")
    found = compare(run(scenario, policies=policies, replications=4, seed=1))
    leave = seen_figures.change(found, "say-over-the-work", "attrition")
    assert least <= leave.mean <= most
    assert leave.high < 0.0
    assert seen_figures.change(found, "say-over-the-work", "wait_all").high < 0.0
