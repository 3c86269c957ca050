"""The shipped scenario textbook: the figures of its header, and the formula that knows them."""

import pytest

from results.formulas.cross_check import cross_check
from scenarios import apply, load
from tests.support import seen_figures
from tests.support.seen_figures import compared

FORMULA = [
    # As the header rounds them: half of the last digit.
    ("abandonment", 0.031, 0.0005),
    ("service_level", 0.94, 0.005),
    ("asa", 3.6, 0.05),
    ("occupancy", 0.93, 0.005),
]


@pytest.mark.parametrize(("measure", "value", "within"), FORMULA)
def test_erlang_a_says_what_the_header_says(measure: str, value: float, within: float) -> None:
    asked = cross_check(apply(load("textbook"), "baseline"))
    assert asked.formula == "Erlang A"
    assert asked.values[measure] == pytest.approx(value, abs=within)


@pytest.mark.long
@pytest.mark.parametrize(
    ("measure", "value", "within"),
    # Three standard errors of the mean of five days.
    [
        ("abandonment", 0.031, 0.005),
        ("service_level", 0.94, 0.012),
        ("asa", 3.6, 0.5),
        ("occupancy", 0.93, 0.005),
    ],
)
def test_the_baseline_is_seen_as_the_header_says(measure: str, value: float, within: float) -> None:
    found = seen_figures.mean(compared("textbook", 5), "baseline", measure)
    assert found == pytest.approx(value, abs=within)


@pytest.mark.long
@pytest.mark.parametrize(
    ("policy", "measure", "least", "most"),
    [
        ("two-more-agents", "abandonment", -0.014, -0.010),
        ("two-more-agents", "asa", -1.6, -1.2),
        ("five-fewer-agents", "abandonment", 0.049, 0.055),
        ("five-fewer-agents", "asa", 5.9, 6.9),
    ],
)
def test_what_two_more_and_five_fewer_agents_change_is_seen_again(
    policy: str, measure: str, least: float, most: float
) -> None:
    assert least <= seen_figures.change(compared("textbook", 5), policy, measure).mean <= most
