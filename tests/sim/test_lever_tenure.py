"""Tenure: newcomers are slower and know less, and it goes away with the weeks on the floor."""

import math
from typing import Any

import numpy as np
import pytest

from scenarios import ScenarioError, load_text, with_changes
from sim import simulate
from sim.trace.trace import Trace

DESK = """
[horizon]
days = 1
[opening]
hours = "09:00-17:00"
[reasons.enquiry]
volume.per_day = 100
groups = ["desk"]
solve = 0.8
handling.voice = { talk_s = 60, wrap_up_s = 10 }
[groups.desk]
heads = 3
"""


def desk(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(DESK), changes), 1, 0)


def handle_time(trace: Trace, first_day: int, last_day: int) -> float:
    day = trace.legs["answered"] // 86_400
    counted = (day >= first_day) & (day <= last_day) & ~np.isnan(trace.legs["ended"])
    return float((trace.legs["talk_s"] + trace.legs["wrap_up_s"])[counted].mean())


def test_performance_grows_by_64_percent_over_the_first_year_on_the_floor() -> None:
    # De Grip, Sauermann & Sieben (2016): +64 %. The curve ends 1.2 % short of an old hand after
    # 52 weeks, so the gain is 62 %: tolerance 3 points. Times are constant: no sampling error.
    year = {"groups.desk.tenure_weeks": 0, "groups.desk.learning": {}, "horizon.days": 364}
    trace = desk(**{**year, "reasons.enquiry.volume.per_day": 10})
    gain = handle_time(trace, 0, 0) / handle_time(trace, 363, 363) - 1.0
    assert gain == pytest.approx(0.64, abs=0.03)


def test_a_newcomer_takes_64_percent_longer_for_talk_and_wrap_up() -> None:
    trace = desk(**{"groups.desk.tenure_weeks": 0, "groups.desk.learning": {}})
    assert trace.legs["talk_s"] == pytest.approx(60 * 1.64)
    assert trace.legs["wrap_up_s"] == pytest.approx(10 * 1.64)


def test_an_old_hand_is_as_fast_as_without_a_learning_curve() -> None:
    trace = desk(**{"groups.desk.tenure_weeks": 5000, "groups.desk.learning": {}})
    assert trace.legs["talk_s"] == pytest.approx(60.0)


def test_what_a_newcomer_does_not_know_yet_is_learnt_in_the_same_time() -> None:
    curve = {"knowledge_at_start": -1.0, "weeks": 4.0}
    weeks = {"groups.desk.tenure_weeks": 2, "groups.desk.learning": curve, "horizon.days": 15}
    trace = desk(**{**weeks, "groups.desk.knowledge": 0.5})
    mine = trace.staff["agent"] == 0
    tenure = trace.staff["tenure_weeks"][mine]
    assert tenure == pytest.approx(2 + np.arange(15) / 7)
    expected = [0.5 - math.exp(-week / 4.0) for week in tenure.tolist()]
    assert trace.staff["knowledge"][mine] == pytest.approx(expected)


def test_agents_differ_in_tenure_as_the_distribution_says() -> None:
    # Standard error of the mean of 400 exponential tenures 2.5 weeks, tolerance three of them.
    spread = {"distribution": "exponential", "mean": 50}
    trace = desk(**{"groups.desk.tenure_weeks": spread, "groups.desk.heads": 400})
    assert float(trace.staff["tenure_weeks"].mean()) == pytest.approx(50.0, abs=7.5)


def test_the_same_people_are_there_whatever_else_a_policy_changes() -> None:
    spread = {"distribution": "exponential", "mean": 50}
    tenure = {"groups.desk.tenure_weeks": spread, "groups.desk.speed_cv": 0.2}
    one = desk(**tenure)
    other = desk(**{**tenure, "groups.desk.heads": 5, "reasons.enquiry.volume.per_day": 300})
    for column in ("tenure_weeks", "speed", "knowledge"):
        assert one.staff[column].tolist() == other.staff[column][:3].tolist()


def test_empathy_is_noted_and_moves_no_time() -> None:
    cold = desk()
    warm = desk(**{"groups.desk.empathy": 1.0, "groups.desk.empathy_sd": 0.5})
    assert {agent.empathy for agent in cold.agents} == {0.0}
    assert len({agent.empathy for agent in warm.agents}) == 3
    assert warm.legs.as_dict()["ended"].tolist() == cold.legs.as_dict()["ended"].tolist()


def test_empathy_spreads_around_the_groups_own() -> None:
    # 400 agents: standard error of the mean 0.025, of the standard deviation 0.018; four of them.
    spread = {"groups.desk.empathy": 1.0, "groups.desk.empathy_sd": 0.5, "groups.desk.heads": 400}
    empathy = [agent.empathy for agent in desk(**spread).agents]
    assert np.mean(empathy) == pytest.approx(1.0, abs=0.1)
    assert np.std(empathy) == pytest.approx(0.5, abs=0.07)


@pytest.mark.parametrize(
    ("changes", "key", "rule"),
    [
        (
            {"groups.desk.tenure_weeks": 0, "groups.desk.learning.handle_time_at_start": 0.8},
            "groups.desk.learning.handle_time_at_start",
            "is a learning curve that ends slower than it starts",
        ),
        (
            {"groups.desk.tenure_weeks": 0, "groups.desk.learning.knowledge_at_start": 0.5},
            "groups.desk.learning.knowledge_at_start",
            "is a learning curve that ends with less knowledge",
        ),
        (
            {"groups.desk.learning": {"weeks": 10}},
            "groups.desk.learning",
            "needs to know how long the agents have been there",
        ),
    ],
)
def test_a_learning_curve_that_cannot_be_is_refused(
    changes: dict[str, Any], key: str, rule: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_changes(load_text(DESK), changes)
    assert [problem.key for problem in caught.value.problems if rule in problem.rule] == [key]


AMONG = {"groups.desk.learning.faster_among_old_hands": 0.36}


def weeks_to_half(trace: Trace, agent: int) -> float:
    """Weeks until half of what a newcomer does not know is learnt."""
    mine = trace.staff["agent"] == agent
    known, weeks = trace.staff["knowledge"][mine], trace.staff["tenure_weeks"][mine]
    return float(np.interp(-0.5, known, weeks))


def newcomers_among(weeks: float, **changes: Any) -> Trace:
    """The last of three places is filled by a newcomer on the first day."""
    given = {
        "groups.desk.tenure_weeks": weeks,
        "groups.desk.learning": {"knowledge_at_start": -1.0, "weeks": 13.0},
        "groups.desk.hiring": {"open_at_start": 1, "lead_time_weeks": 0, "training_weeks": 0},
        "horizon.days": 112,
        "reasons.enquiry.volume.per_day": 5,
    }
    return simulate(with_changes(with_changes(load_text(DESK), given), changes), 1, 0)


def test_among_old_hands_a_newcomer_learns_the_same_in_36_percent_less_time() -> None:
    """De Grip, Sauermann & Sieben 2016. The curve is followed day by day: a day of tolerance."""
    alone = weeks_to_half(newcomers_among(100.0), agent=2)
    assert alone == pytest.approx(13.0 * math.log(2.0), abs=1 / 7)
    taught = weeks_to_half(newcomers_among(100.0, **AMONG), agent=2)
    assert taught == pytest.approx(0.64 * alone, abs=1 / 7)


def test_newcomers_among_themselves_learn_as_they_did() -> None:
    plain, among = newcomers_among(0.0), newcomers_among(0.0, **AMONG)
    assert np.array_equal(plain.staff["knowledge"], among.staff["knowledge"], equal_nan=True)


def test_learning_among_colleagues_of_whom_half_are_old_hands_is_in_between() -> None:
    # Tenures 0 and 100 by a mixture would be drawn; an old hand is who has 26 weeks, so that two
    # colleagues with 20 weeks become old hands after six.
    later = weeks_to_half(newcomers_among(20.0, **AMONG), agent=2)
    soon = weeks_to_half(newcomers_among(100.0, **AMONG), agent=2)
    assert soon < later < weeks_to_half(newcomers_among(20.0), agent=2)


def test_tenure_itself_does_not_run_faster_among_old_hands() -> None:
    plain, among = newcomers_among(100.0), newcomers_among(100.0, **AMONG)
    column = "tenure_weeks"
    assert np.array_equal(plain.staff[column], among.staff[column], equal_nan=True)
