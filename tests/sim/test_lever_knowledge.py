"""Knowledge: looked up, taught, and forgotten again."""

from typing import Any

import numpy as np
import pytest

from scenarios import ScenarioError, load_text, with_changes
from scenarios.parts.methodology import Training
from sim import simulate
from sim.people.learning import practised
from sim.trace.codes import AgentState, Ending
from sim.trace.trace import Trace
from tests.support.timed_centres import HOUR, played, reason, rows

DESK = """
[horizon]
days = 7
[opening]
hours = "08:00-18:00"
[reasons.riddle]
volume.per_day = 600
groups = ["desk"]
solve = 0.7
handling.voice.talk_s = 60
[groups.desk]
heads = 10
"""


def desk(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(DESK), changes), 1, 0)


def solved(trace: Trace) -> set[int]:
    return set(trace.contacts["case"][trace.contacts["ending"] == Ending.SETTLED].tolist())


def of_agent(trace: Trace, column: str, agent: int = 0) -> list[float]:
    mine: list[float] = trace.staff[column][trace.staff["agent"] == agent].tolist()
    return mine


def test_looking_up_takes_its_time_with_every_agent_met() -> None:
    looks_up = {"heads": 1, "knowledge_base": {"look_up_s": 20}}
    trace = played({"riddle": reason(0, 200)}, {"front": looks_up})
    assert rows(trace, "legs", "answered ended talk_s") == [(0, 80, 80), (200, 280, 80)]


def test_agents_who_look_it_up_solve_more_cases_and_none_of_them_less() -> None:
    # 70 % shifted by 0.4 on the logit scale is 1 / (1 + 3/7 exp(-0.4)) = 77.7 %; 4 200 cases,
    # standard error 0.6 points, tolerance four of them.
    plain, helped = desk(), desk(**{"groups.desk.knowledge_base": {"knowledge": 0.4}})
    assert solved(plain) < solved(helped)
    assert len(solved(helped)) / len(helped.contacts) == pytest.approx(0.777, abs=0.026)


def test_trained_agents_are_off_the_floor_for_their_hours_each_week() -> None:
    trace = desk(**{"groups.desk.training": {"hours_per_week": 3.5}})
    lessons = trace.spans["state"] == AgentState.TRAINING
    hours = (trace.spans["end"] - trace.spans["start"])[lessons] / HOUR
    agents = np.bincount(trace.spans["agent"][lessons], hours)
    assert agents == pytest.approx(np.full(10, 3.5))


def test_knowledge_from_training_grows_towards_what_is_forgotten_as_fast_as_it_is_learnt() -> None:
    # Half an hour a day at 0.1 per hour, with a half-life of a week: after n nights
    # 0.05 (q + q^2 + ... + q^n), q = 2^(-1/7).
    training = {"hours_per_week": 3.5, "knowledge_per_hour": 0.1, "half_life_weeks": 1.0}
    trace = desk(**{"groups.desk.training": training, "horizon.days": 28})
    kept = 0.5 ** (1 / 7)
    expected = [0.05 * kept * (1 - kept**nights) / (1 - kept) for nights in range(28)]
    assert of_agent(trace, "knowledge") == pytest.approx(expected)


def test_training_begins_in_its_week() -> None:
    training = {"hours_per_week": 3.5, "from_week": 2}
    trace = desk(**{"groups.desk.training": training, "horizon.days": 14})
    lessons = trace.spans["start"][trace.spans["state"] == AgentState.TRAINING]
    assert lessons.min() >= 7 * 24 * HOUR
    knowledge = of_agent(trace, "knowledge")
    assert knowledge[:8] == [0.0] * 8
    assert knowledge[8] > 0.0


def test_who_is_absent_learns_nothing() -> None:
    training = {"hours_per_week": 3.5}
    trace = desk(**{"groups.desk.training": training, "groups.desk.absence": 1.0})
    assert set(trace.staff["knowledge"].tolist()) == {0.0}


def test_trained_agents_solve_more_of_the_same_cases() -> None:
    training = {"hours_per_week": 5.0, "knowledge_per_hour": 0.1}
    plain, trained = desk(), desk(**{"groups.desk.training": training})
    both = set(plain.contacts["case"].tolist()) & set(trained.contacts["case"].tolist())
    assert solved(plain) & both < solved(trained)


def test_a_week_of_training_makes_a_tenth_faster_by_default() -> None:
    # De Grip & Sauermann (2012): one week of training, 100 / handle time +10 %.
    training = Training(hours_per_week=2)
    assert 1.0 / practised(training, 38.0) == pytest.approx(1.10, abs=0.005)
    assert practised(None, 0.0) == practised(training, 0.0) == 1.0


def test_pace_from_training_comes_and_fades_with_the_hours_remembered() -> None:
    # Half an hour a day with a half-life of a week: 0.5 (q + q^2 + ... + q^n) hours after n nights.
    training = {"hours_per_week": 3.5, "pace_per_hour": 0.1, "half_life_weeks": 1.0}
    trace = desk(**{"groups.desk.training": training, "horizon.days": 28})
    kept = 0.5 ** (1 / 7)
    hours = [0.5 * kept * (1 - kept**nights) / (1 - kept) for nights in range(28)]
    assert of_agent(trace, "speed") == pytest.approx(np.exp(-0.1 * np.array(hours)))


def test_training_that_makes_nobody_faster_leaves_every_talk_as_long_as_it_was() -> None:
    taught = {"hours_per_week": 3.5, "knowledge_per_hour": 0.0, "pace_per_hour": 0.0}
    faster = {**taught, "pace_per_hour": 0.05}
    slow, quick = (desk(**{"groups.desk.training": each}) for each in (taught, faster))
    assert set(slow.legs["talk_s"].tolist()) == {60.0}
    assert quick.legs["talk_s"].min() < 60.0


@pytest.mark.parametrize(
    ("changes", "key", "rule"),
    [
        (
            {"groups.desk.training.hours_per_week": 70},
            "groups.desk.training.hours_per_week",
            "leaves no time for customers: some agents have 70 hours of duty a week",
        ),
        (
            {
                "groups.people": {
                    "heads_by_interval": {"heads": {"every_day": [1] * 24}},
                    "training": {"hours_per_week": 2},
                }
            },
            "groups.people.training",
            "heads_by_interval names numbers, not persons",
        ),
    ],
)
def test_training_that_nobody_can_have_is_refused(
    changes: dict[str, Any], key: str, rule: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_changes(load_text(DESK), changes)
    assert [problem.key for problem in caught.value.problems if rule in problem.rule] == [key]


LISTENING = {"hours_per_week": 3.5, "half_life_weeks": 1.0, "empathy_per_hour": 0.1}


def test_soft_skills_training_teaches_empathy_as_other_training_teaches_knowledge() -> None:
    # Half an hour a day at 0.1 per hour, with a half-life of a week: after n nights
    # 0.05 (q + q^2 + ... + q^n), q = 2^(-1/7).
    trace = desk(**{"groups.desk.training": {**LISTENING, "soft_skills": 1.0}})
    q = 0.5 ** (1 / 7)
    expected = [0.05 * sum(q**k for k in range(1, day + 1)) for day in range(7)]
    assert of_agent(trace, "empathy") == pytest.approx(expected)
    assert of_agent(trace, "knowledge") == [0.0] * 7


def test_an_hour_of_soft_skills_is_no_hour_of_knowledge_or_pace() -> None:
    half, none, shorter = (
        desk(
            **{"groups.desk.training": {**LISTENING, "hours_per_week": hours, "soft_skills": soft}}
        )
        for hours, soft in ((3.5, 0.5), (3.5, 0.0), (1.75, 0.0))
    )
    assert of_agent(half, "knowledge") == pytest.approx(of_agent(shorter, "knowledge"))
    assert of_agent(half, "speed") == pytest.approx(of_agent(shorter, "speed"))
    assert of_agent(half, "knowledge")[-1] < of_agent(none, "knowledge")[-1]
    assert set(of_agent(none, "empathy")) == {0.0}
