"""The shipped scenario who-stays: what keeps people, and what newcomers learn from old hands.

Four of the six years of the header, the same people and customers under every policy. A figure of
the header holds when the difference lies within the interval that the header gives with it, 2.3
standard errors of the mean of four years on either side.
"""

import pytest

from results.comparison.estimate import Estimate
from tests.support import seen_figures
from tests.support.seen_figures import compared

pytestmark = pytest.mark.long

POLICIES = ("scripted", "say-over-the-work", "a-fifth-more-pay", "sit-with-old-hands")


def change(policy: str, measure: str) -> Estimate:
    return seen_figures.change(compared("who-stays", 4, POLICIES), policy, measure)


def test_who_has_a_say_over_the_work_stays_and_makes_shorter_waits() -> None:
    assert -0.21 <= change("say-over-the-work", "attrition").mean <= -0.08
    assert change("say-over-the-work", "attrition").high < 0.0
    assert -12 <= change("say-over-the-work", "hired").mean <= -3
    assert -18 <= change("say-over-the-work", "wait_all").mean <= -10


def test_a_fifth_more_pay_costs_a_fifth_more_and_keeps_few() -> None:
    assert 2071 <= change("a-fifth-more-pay", "service_cost").mean <= 2084
    assert -0.041 <= change("a-fifth-more-pay", "attrition").mean <= 0.012


def test_newcomers_among_old_hands_take_less_time_over_a_session() -> None:
    assert -103 <= change("sit-with-old-hands", "aht").mean <= -47
    assert change("sit-with-old-hands", "aht").high < 0.0
    assert -4.2 <= change("sit-with-old-hands", "wait_all").mean <= -1.0
