"""Engagement: what the work does to people decides who comes and who stays."""

from typing import Any

import numpy as np
import pytest

from scenarios import ScenarioError, load_text, with_changes
from scenarios.parts.methodology import Engagement
from sim import simulate
from sim.people.engagement import Day, absence, follows, quit_chance, worth
from sim.trace.codes import AgentState, PlaceState
from sim.trace.trace import Trace

DESK = """
[horizon]
days = 40
[opening]
hours = "09:00-17:00"
[reasons.damage]
complaint = true
volume.per_day = 80
groups = ["desk"]
remedy.money = 10
handling.voice.talk_s = 300
[groups.desk]
heads = 10
authority = "full"
engagement = {}
[groups.bosses]
heads = 2
authority = "full"
own_work.hours_per_day = 4
[authority.full]
limit = 100
[authority.none]
limit = 0
[escalation.beyond_authority]
steps = [{ step = "ask_approver", group = "bosses", decision_s = 60 }]
"""

MUST_ASK = {"groups.desk.authority": "none"}
REFERENCE = Engagement()


def desk(**changes: Any) -> Trace:
    return simulate(with_changes(load_text(DESK), changes), 1, 0)


def engagement(trace: Trace, day: int) -> float:
    found = trace.staff["engagement"][trace.staff["day"] == day]
    return float(np.nanmean(found))


def a_day(busy: float = 0.5, *, angry: int = 0) -> Day:
    day = Day()
    day.spend(AgentState.TALK, busy * 1000)
    day.spend(AgentState.READY, (1 - busy) * 1000)
    day.spend(AgentState.BREAK, 5000)
    day.met, day.angry = 10, angry
    return day


def test_turnover_is_9_percent_a_year_in_good_jobs_and_36_in_bad_ones() -> None:
    # Global Call Centre Report: jobs with high and with low discretion. Exact by construction.
    good = worth(REFERENCE, a_day(), discretion=1.0, pressure=0.0, coached=1.0)
    bad = worth(REFERENCE, a_day(), discretion=0.0, pressure=0.0, coached=1.0)
    assert quit_chance(REFERENCE, good) * 365 == pytest.approx(0.09)
    assert quit_chance(REFERENCE, bad) * 365 == pytest.approx(0.36)


def test_a_group_without_decisions_can_have_a_say_over_its_work() -> None:
    calls = {"reasons.damage.remedy": None, "reasons.damage.complaint": False}
    free, bound = (
        desk(**calls, **{"groups.desk.engagement.discretion": say}) for say in (1.0, 0.0)
    )
    assert engagement(bound, 39) < 0.5 < engagement(free, 39)
    # Left out, it is that at the start.
    section = {"start": 0.3}
    told = {**section, "discretion": 0.3}
    same = [desk(**calls, **{"groups.desk.engagement": each}) for each in (section, told)]
    assert engagement(same[0], 39) == engagement(same[1], 39)


def test_who_has_decisions_to_make_is_judged_by_them_and_not_by_what_was_assumed() -> None:
    assumed = {"groups.desk.engagement.discretion": 0.0}
    assert engagement(desk(**assumed), 39) == pytest.approx(engagement(desk(), 39), abs=0.02)


@pytest.mark.long
@pytest.mark.parametrize(("authority", "expected"), [("full", 0.09), ("none", 0.36)])
def test_turnover_on_the_floor_meets_the_anchors(authority: str, expected: float) -> None:
    # 120 agents through a year, replaced immediately; quits are Poisson, tolerance three standard
    # errors of 120 head-years (0.027 * 3 and 0.055 * 3).
    start = {"full": 1.0, "none": 0.0}[authority]
    trace = desk(
        **{
            "horizon.days": 364,
            "groups.desk.heads": 120,
            "groups.desk.authority": authority,
            "groups.desk.engagement.start": start,
            "groups.desk.hiring": {"lead_time_weeks": 0, "training_weeks": 0},
        }
    )
    quits = float(trace.staff["quit"].sum()) / 120
    assert quits == pytest.approx(expected, abs=3 * (expected / 120) ** 0.5)


def test_a_hard_day_is_worth_less() -> None:
    def worth_of(day: Day, pressure: float = 0.0, coached: float = 1.0) -> float:
        return worth(REFERENCE, day, 0.5, pressure, coached)

    assert worth_of(a_day(0.85)) == 0.5
    assert worth_of(a_day(0.95)) == pytest.approx(0.3)
    assert worth_of(a_day(angry=5)) == pytest.approx(0.25)
    assert worth_of(a_day(), pressure=0.5) == pytest.approx(0.3)
    assert worth_of(a_day(), coached=0.0) == pytest.approx(0.3)


def test_engagement_follows_the_days_with_its_half_life() -> None:
    engagement = 0.0
    for _ in range(20):
        engagement = follows(REFERENCE, engagement, 1.0)
    assert engagement == pytest.approx(0.5)


def test_absence_lies_between_its_two_figures() -> None:
    assert absence(REFERENCE, 1.0) == pytest.approx(0.03)
    assert absence(REFERENCE, 0.0) == pytest.approx(0.08)
    assert 0.03 < absence(REFERENCE, 0.5) < 0.08 < absence(REFERENCE, -0.5)


def test_agents_who_decide_alone_become_engaged_and_those_who_must_ask_do_not() -> None:
    trusted, asking = desk(), desk(**MUST_ASK)
    assert engagement(trusted, 0) == engagement(asking, 0) == 0.5
    assert engagement(trusted, 39) > 0.8
    assert engagement(asking, 39) < 0.2


def test_coaching_that_approvals_eat_is_missed() -> None:
    # Without any other trouble the whole difference is the coaching: 0.2 once it has sunk in.
    calm = {
        "groups.desk.engagement": {"coached_by": "bosses", "half_life_days": 1.0},
        "horizon.days": 15,
    }
    done = desk(**calm)
    eaten = desk(**{**calm, "reasons.visits": VISITS, "groups.bosses.own_work.hours_per_day": 7.9})
    assert engagement(done, 14) == pytest.approx(1.0, abs=0.01)
    assert engagement(eaten, 14) == pytest.approx(0.81, abs=0.03)


def test_a_promised_answer_meets_no_anger() -> None:
    # Every customer is promised an answer and gets it within hours; nobody comes back.
    quiet = {"horizon.days": 10, "reasons.damage.solve": 0.0, "groups.desk.heads": 40}
    told = {"groups.desk.engagement": {"half_life_days": 1.0, "start": 1.0}}
    call = {"step": "promise_callback", "due_h": 2}
    paths = {"escalation.beyond_knowledge": {"steps": [call]}}
    trace = desk(**quiet, **told, **paths)
    assert len(trace.promises) > 500
    # Nothing else wears them down: no load to speak of, nothing to decide.
    assert engagement(trace, 9) == pytest.approx(1.0)


VISITS = {
    "volume": {"per_day": 120},
    "groups": ["bosses"],
    "handling": {"voice": {"talk_s": 600}},
}


def test_pressure_wears_people_down() -> None:
    pressed = desk(**{"groups.desk.handle_time_goal": {"talk_s": 240, "pressure": 1.0}})
    assert engagement(pressed, 39) < engagement(desk(), 39) - 0.25


def test_an_engaged_agent_is_less_often_absent() -> None:
    # 10 agents in 40 days: tolerance by the figures at both ends, 30 % and 1 %.
    figures = {"absence_engaged": 0.01, "absence_disengaged": 0.3, "half_life_days": 1.0}
    absent = [
        int((trace.spans["state"] == AgentState.ABSENT).sum())
        for trace in (
            desk(**{"groups.desk.engagement": figures}),
            desk(**{**MUST_ASK, "groups.desk.engagement": figures}),
        )
    ]
    assert absent[0] < 20
    assert absent[1] > 80


def test_an_agent_who_quits_leaves_the_place_vacant_and_unpaid() -> None:
    many = {"quits_engaged": 0.98, "quits_disengaged": 0.99}
    trace = desk(**{"groups.desk.engagement": many, "groups.desk.heads": 40})
    staff = trace.staff.as_dict()
    assert staff["quit"].sum() >= 1
    for place, day in zip(
        staff["agent"][staff["quit"] == 1], staff["day"][staff["quit"] == 1], strict=True
    ):
        later = (staff["agent"] == place) & (staff["day"] > day)
        assert set(staff["state"][later].tolist()) <= {PlaceState.VACANT}
        duty = trace.shifts["start"][trace.shifts["agent"] == place]
        assert duty.max() < (day + 1) * 86_400


def test_everybody_has_one_row_a_day() -> None:
    trace = desk()
    pairs = set(zip(trace.staff["agent"].tolist(), trace.staff["day"].tolist(), strict=True))
    assert len(pairs) == len(trace.staff) == 10 * 40


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("groups.desk.absence", 0.05, "is given twice: engagement decides who is absent"),
        (
            "groups.desk.engagement.quits_engaged",
            0.5,
            "must not be above quits_disengaged (0.36)",
        ),
        (
            "groups.desk.engagement.coached_by",
            "desk",
            "names a group that plans no own work, and coaching is own work",
        ),
        ("groups.desk.engagement.coached_by", "boss", "names a group that does not exist"),
        ("groups.desk.hiring.open_at_start", 11, "is more than the roster has places: 10"),
    ],
)
def test_contradictions_about_people_are_refused(key: str, value: Any, rule: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        with_changes(load_text(DESK), {key: value})
    assert [problem.key for problem in caught.value.problems if rule in problem.rule] == [key]
