"""The shipped scenario retail-complaints: what empowerment is worth, and that refusing is not.

Policies meet the same customers, so differences are taken within replications. A claim holds when
its interval lies on the right side: 95 %, adjusted for the policies compared. A figure of the
header holds when the one seen in as many weeks lies within the interval given there with it.
"""

from functools import cache

import pytest

from results import Comparison, compare, run
from results.comparison.comparison import Difference
from scenarios import load, load_text, with_changes
from scenarios.library import path_of
from tests.support import seen_figures
from tests.support.seen_figures import compared

pytestmark = pytest.mark.long

SEED = 1
REPLICATIONS = 4
WORTH_LITTLE = 10.0
"""Money; below the break-even of empowered and above that of guided, which the header names."""

WORSE = """
[policies.refuse-everything.changes]
"escalation.beyond_authority.steps" = [{ step = "decline" }]

[policies.slow-boss.changes]
"escalation.beyond_authority.steps" = [
    { step = "ask_approver", group = "supervisors", channels = ["voice", "chat"], \
decision_s = { distribution = "lognormal", mean = 600, cv = 0.7 }, approval = 0.95, \
approval_falls_per_100 = 0.05, timeout_s = 300 },
    { step = "promise_callback", group = "supervisors", due_h = 24 },
]
"""


@cache
def a_customer_worth(value: float) -> Comparison:
    """The policies on authority, each customer worth so much."""
    scenario = with_changes(load("retail-complaints"), {"loyalty.customer_value": value})
    policies = ("ask-the-boss", "guided", "empowered")
    return compare(run(scenario, policies=policies, replications=REPLICATIONS, seed=SEED))


@cache
def refusing() -> Comparison:
    scenario = load_text(path_of("retail-complaints").read_text(encoding="utf-8") + WORSE)
    policies = ("ask-the-boss", "refuse-everything", "slow-boss")
    return compare(run(scenario, policies=policies, replications=REPLICATIONS, seed=SEED))


def change(comparison: Comparison, policy: str, measure: str) -> Difference:
    found = comparison.findings[policy, measure].difference
    assert found is not None
    return found


def test_a_front_line_that_may_decide_waits_less_resolves_more_and_loses_fewer_customers() -> None:
    found = a_customer_worth(100.0)
    for policy in ("guided", "empowered"):
        for measure in ("asa", "fcr_complaints", "customers_lost", "remedies_withheld"):
            assert change(found, policy, measure).effect == "better"
        # What is due is drawn with the case: nobody owes less, or more, because of who decides.
        assert change(found, policy, "remedies_due").relative == pytest.approx(0.0, abs=1e-12)


def test_empowerment_costs_more_in_service_and_less_in_all_where_a_customer_is_worth_100() -> None:
    found = a_customer_worth(100.0)
    for policy in ("guided", "empowered"):
        assert change(found, policy, "service_cost").effect == "worse"
        assert change(found, policy, "total_cost").effect == "better"


def test_where_a_customer_is_worth_10_large_limits_do_not_pay_and_small_ones_do() -> None:
    """The total moves by Δ(service cost) + 10 × Δ(customers lost), what is due being the same.

    Ten replications: empowered 639 - 10 × 39.2 = 247 more a day, guided 65 - 10 × 17.1 = 106 less.
    """
    found = a_customer_worth(WORTH_LITTLE)
    assert change(found, "empowered", "total_cost").effect == "worse"
    assert change(found, "guided", "total_cost").effect == "better"


def test_the_break_even_lies_between_the_two_settings_and_is_the_same_in_both() -> None:
    """V* is a ratio of differences that the value of a customer does not move."""
    little, much = (a_customer_worth(value).break_even for value in (WORTH_LITTLE, 100.0))
    assert little["guided"].pays == little["empowered"].pays == "above"
    assert little["guided"].high < WORTH_LITTLE < little["empowered"].low
    assert little["empowered"].high < 100.0
    for policy in ("guided", "empowered"):
        assert little[policy].value == pytest.approx(much[policy].value, rel=1e-9)
    # Ten replications say 16.3 (15.2 to 17.7) and 3.8 (3.3 to 4.4); four know it about 1.6 times
    # less closely, with the wider t of three degrees of freedom about 3 times.
    assert little["empowered"].value == pytest.approx(16.3, abs=3 * 1.4)
    assert little["guided"].value == pytest.approx(3.8, abs=3 * 0.6)


@pytest.mark.parametrize("policy", ["refuse-everything", "slow-boss"])
def test_refusing_or_a_slow_boss_is_worse_in_all_and_for_each_case_resolved(policy: str) -> None:
    """A remedy is owed, paid or not, so what is withheld saves nothing; who is lost is counted.

    About 310 complaints a weekday and 90 on a Saturday need a remedy (135 + 99 + 75, a share of
    0.28 on Saturdays), 1,630 a week. A complaint that is not resolved keeps 24 (small losses) to
    35 points (large ones) fewer customers than one that is: at 100 each that is over 5,000 a day
    if all stay unresolved, against a service whose wages (6,600 a day) are paid either way. Three
    replications: 8,600 more a day refused, 5,400 with a boss who takes ten minutes.
    """
    found = refusing()
    assert change(found, policy, "cases").relative == pytest.approx(0.0, abs=1e-12)
    assert change(found, policy, "remedies_due").relative == pytest.approx(0.0, abs=1e-12)
    assert change(found, policy, "remedies_withheld").effect == "worse"
    assert change(found, policy, "customers_lost").effect == "worse"
    assert change(found, policy, "total_cost").effect == "worse"
    assert change(found, policy, "cost_per_resolution").estimate.low > 0.0
    assert found.break_even[policy].pays == "at no value"


@pytest.mark.parametrize(
    ("policy", "measure", "least", "most"),
    [
        ("empowered", "fcr_complaints", 0.24, 0.27),
        ("empowered", "asa", -10, -7),
        ("empowered", "service_cost", 618, 660),
        ("empowered", "customers_lost", -43, -36),
        ("empowered", "total_cost", -3630, -2930),
        ("five-more-agents", "asa", -9, -4),
        ("five-more-agents", "customers_lost", -9, -1),
    ],
)
def test_what_the_header_says_of_ten_weeks_is_seen_again(
    policy: str, measure: str, least: float, most: float
) -> None:
    found = seen_figures.change(compared("retail-complaints", 10), policy, measure)
    assert least <= found.mean <= most


def ten_weeks(policy: str, measure: str) -> float:
    return seen_figures.change(compared("retail-complaints", 10), policy, measure).mean


def test_money_moves_as_the_header_says() -> None:
    # About three standard errors of the differences of ten weeks, where they have one.
    assert ten_weeks("empowered", "give_away") == pytest.approx(678, abs=25)
    assert ten_weeks("empowered", "remedies_paid") == pytest.approx(1680, abs=120)
    assert ten_weeks("empowered", "remedy_owed_paid") == pytest.approx(1000, abs=100)
    assert ten_weeks("guided", "total_cost") == pytest.approx(-1650, abs=200)
    assert ten_weeks("guided", "service_cost") == pytest.approx(65, abs=10)
    assert ten_weeks("guided", "customers_lost") == pytest.approx(-17, abs=2)
    # Wages, which hardly move by chance.
    assert ten_weeks("five-more-agents", "service_cost") == pytest.approx(638, abs=10)
    five = compared("retail-complaints", 10).findings["five-more-agents", "total_cost"].difference
    assert five is not None
    assert five.estimate.low < 0.0 < five.estimate.high


def test_supervisors_who_need_not_approve_do_all_their_coaching() -> None:
    comparison = compared("retail-complaints", 10)
    # A standard error of 1 point of the mean of ten weeks.
    found = seen_figures.mean(comparison, "ask-the-boss", "coaching_done")
    assert found == pytest.approx(0.60, abs=0.03)
    assert seen_figures.mean(comparison, "empowered", "coaching_done") > 0.98


def test_from_what_value_on_each_pays_is_as_the_header_says() -> None:
    found = compared("retail-complaints", 10).break_even
    # As the header rounds them: the replications are the same.
    for policy, value, low, high in (
        ("guided", 3.80, 3.29, 4.37),
        ("empowered", 16.31, 15.17, 17.66),
        ("five-more-agents", 121, 69, 522),
    ):
        assert low <= found[policy].value <= high, policy
        assert found[policy].value == pytest.approx(value, rel=0.1), policy


def test_where_a_customer_is_worth_10_the_money_is_as_the_header_says() -> None:
    """As many customers are lost whatever they are worth, and what is due does not move."""
    for policy, least, most in (("empowered", 219, 275), ("guided", -125, -88)):
        lost = WORTH_LITTLE * ten_weeks(policy, "customers_lost")
        assert least <= ten_weeks(policy, "service_cost") + lost <= most
