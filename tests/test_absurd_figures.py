"""Figures that nobody means and that a file may hold: the floor works."""

import warnings

import pytest

from results.measures.registry import summarise
from scenarios import load_text
from sim import simulate
from sim.people.traits import solve_probability
from tests.support.scenario_texts import SMALLEST

BACK = "[reasons.enquiry.repeat]\nprobability = 1.0\ndelay_min = 1\n"


def test_chances_of_who_knows_nothing_at_all_are_none() -> None:
    assert solve_probability(0.9, -1e12) < 1e-300
    assert solve_probability(0.9, 1e12) == 1.0
    assert solve_probability(0.9, -1.0) == pytest.approx(0.768, abs=0.001)


@pytest.mark.parametrize(
    "more",
    [
        f"{BACK}talk_factor = 1e12\n",
        f"{BACK}patience_factor = 1e12\n",
        f"{BACK}patience_factor = 1e-12\n",
        "[opening]\nhours = '09:00-10:00'\nafter_opening_min = 1e12\n",
    ],
)
def test_a_floor_with_absurd_figures_is_simulated_and_measured(more: str) -> None:
    text = SMALLEST.replace('groups = ["agents"]', 'groups = ["agents"]\nsolve = 0.0')
    scenario = load_text(text + more)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert summarise(scenario, simulate(scenario, 1, 0))
