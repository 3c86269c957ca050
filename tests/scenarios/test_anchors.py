"""Published figures met by the simulated floor, from the first ring to the measure.

The other anchors stand with their levers: +64 % over the first year in test_lever_tenure, turnover
of 9 and 36 % in test_lever_engagement, every lever off in test_lever_off. Here nothing but what an
anchor is about happens to the customers, so that the figures are met exactly, without tolerance
for chance.
"""

from typing import Any

import numpy as np
import pytest

from results.facts.facts import facts_of
from results.measures.registry import summarise
from scenarios import Scenario, load_text, with_changes
from sim import simulate
from tests.support.busy_centre import BUSY, digest

SHOP = """
[horizon]
days = 12
[opening]
hours = "09:00-17:00"
[redial]
after_closed = 1.0
[repeat]
probability = 1.0
delay_min = 240
max_contacts = 12
[reasons.damage]
complaint = true
volume.per_day = 40
groups = ["desk"]
solve = 0.5
difficulty_drawn = "per_contact"
remedy.money = 4
handling.voice.talk_s = 60
[groups.desk]
heads = 60
authority = "full"
[authority.full]
limit = 1000
[escalation.beyond_knowledge]
steps = [{ step = "decline" }]
[satisfaction]
resolved = 1.0
empowerment_gain = 0.0
complaint_loss = 0.0
retelling_loss = 0.0
[loyalty]
customer_value = 100
"""


def shop(**changes: Any) -> Scenario:
    return with_changes(load_text(SHOP), changes)


def mean_over_cases(scenario: Scenario, measure: str) -> float:
    return summarise(scenario, simulate(scenario, 1, 0)).values[("all", "")][measure]


def test_every_further_call_costs_fifteen_per_cent_of_satisfaction_on_the_floor() -> None:
    """SQM: -15 % per further call; nobody waits, so the repeats are the only friction."""
    scenario = shop()
    cases = facts_of(scenario, simulate(scenario, 1, 0)).cases
    resolved = cases["resolved"]
    felt, calls = cases["csat"][resolved], cases["contacts_answered"][resolved]
    means = [float(felt[calls == number].mean()) for number in range(1, 6)]
    assert np.divide(means[1:], means[:-1]) == pytest.approx(0.85)


TARP = {
    "satisfied_quickly": ({"reasons.damage.solve": 1.0, "loyalty.quickly_h": 1e9}, 0.95, 0.82),
    "satisfied": ({"reasons.damage.solve": 1.0, "loyalty.quickly_h": 1e-6}, 0.70, 0.54),
    "not_satisfied": ({"reasons.damage.solve": 0.0, "repeat.probability": 0.0}, 0.46, 0.19),
    "unheard": ({"reasons.damage.hangs_up_in_menu": 1.0, "voice_menu.time_s": 5}, 0.37, 0.09),
}


@pytest.mark.parametrize("outcome", TARP)
@pytest.mark.parametrize("money", [4, 150])
def test_after_a_complaint_customers_of_the_floor_stay_as_tarp_found(
    outcome: str, money: int
) -> None:
    """TARP: repurchase by outcome, for losses under $5 and over $100."""
    changes, small, large = TARP[outcome]
    scenario = shop(**{**changes, "reasons.damage.remedy.money": money})
    assert mean_over_cases(scenario, "stay") == pytest.approx(small if money < 5 else large)


def test_a_survey_answered_whatever_one_feels_shows_the_truth_of_the_floor() -> None:
    survey = {"response": 0.1, "satisfied_factor": 1.0, "dissatisfied_factor": 1.0}
    scenario = shop(survey=survey)
    assert mean_over_cases(scenario, "csat_true") < 90.0  # there is something to be seen
    assert mean_over_cases(scenario, "survey_bias") == pytest.approx(0.0, abs=1e-9)


def test_asking_customers_how_they_feel_changes_nothing_on_the_floor() -> None:
    asked = {"satisfaction": {}, "survey": {}, "loyalty": {"customer_value": 100}}
    plain = load_text(BUSY)
    bits = [
        {name: digest(table, tuple(table.columns)) for name, table in trace.tables().items()}
        for trace in (simulate(plain, 1, 0), simulate(with_changes(plain, asked), 1, 0))
    ]
    assert bits[0] == bits[1]
