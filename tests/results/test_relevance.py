"""From what size on a difference matters, by what the scenario says of it."""

import math

import pytest

from results.comparison.relevance import relevance_of
from scenarios.parts.relevance import Relevance

DEFAULT = Relevance()


@pytest.mark.parametrize(
    ("measure", "base", "least"),
    [
        ("wait_all", 30.0, 5.0),
        ("wait_all", 120.0, 12.0),
        ("asa", math.nan, 5.0),
        ("abandonment", 0.4, 0.01),
        ("service_level", 0.9, 0.01),
        ("service_cost", 4_000.0, 40.0),
        ("revenue_at_risk", 90_000.0, 40.0),
        ("total_cost_per_case", 50.0, 0.5),
        ("cost_per_resolution", 8.0, 0.08),
        ("response_time", 7_200.0, 720.0),
        ("approvals_per_complaint", 0.8, 0.04),
        ("csat_true", 60.0, 3.0),
        ("backlog", 40.0, 2.0),
        ("backlog", 0.0, 1.0),
        ("backlog", math.nan, math.nan),
        ("number_waiting", 0.02, 1.0),
        ("number_waiting_p95", 40.0, 2.0),
        ("number_waiting_most", 0.0, 1.0),
    ],
)
def test_what_matters_follows_the_kind_of_measure_and_its_baseline(
    measure: str, base: float, least: float
) -> None:
    found = relevance_of(measure, DEFAULT, base, service_cost=4_000.0)
    assert found == pytest.approx(least, nan_ok=True)


def test_where_service_costs_nothing_money_matters_from_a_part_of_itself() -> None:
    for nothing in (0.0, math.nan):
        assert relevance_of("remedies_paid", DEFAULT, 500.0, nothing) == pytest.approx(5.0)


def test_a_scenario_says_itself_what_matters() -> None:
    own = Relevance(wait_s=60.0, wait_of_baseline=0.0, share=0.05, money_of_service_cost=0.0)
    assert relevance_of("wait_all", own, 3_000.0, 100.0) == 60.0
    assert relevance_of("closed", own, 0.5, 100.0) == 0.05
    assert relevance_of("total_cost", own, 900.0, 100.0) == 0.0
