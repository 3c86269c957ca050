"""A table of persons: each agent of a group with skills, a speed and hours of their own."""

from pathlib import Path
from typing import Any

import pytest

from scenarios import Scenario, ScenarioError, check, load, load_text, with_changes
from scenarios.calendar.calendar import calendar_of
from scenarios.checks.check import warnings
from scenarios.policies.stresses import stresses_of
from scenarios.save import dump
from sim import simulate
from sim.trace.trace import Trace
from tests.support.timed_centres import DAY, HOUR, centre, day_of, played, reason, rows

ALWAYS = {"every_day": ["00:00-24:00"]}


def persons(**people: dict[str, Any]) -> dict[str, Any]:
    """A group of these persons, always on duty where nothing else is said."""
    return {
        "persons": {"by_name": {name: {"windows": ALWAYS, **one} for name, one in people.items()}}
    }


def who(trace: Trace) -> list[tuple[Any, ...]]:
    return rows(trace, "contacts", "arrival answered ended agent")


def test_each_person_takes_the_reasons_of_their_skills() -> None:
    reasons = {"a": reason(0, 1), "b": reason(2)}
    both = persons(ann={"skills": ["a"]}, ben={"skills": ["b"]})
    # Ben is idle while the second customer of a waits for Ann.
    assert who(played(reasons, {"front": both})) == [
        (0, 0, 60, 0),
        (1, 60, 120, 0),
        (2, 2, 62, 1),
    ]


def test_a_freed_person_passes_over_whom_others_must_serve() -> None:
    reasons = {"a": reason(0, 1, 3), "b": reason(2)}
    both = persons(ann={"skills": ["a"]}, ben={"skills": ["a", "b"]})
    # Both are busy from 1 s on; Ann, free first, passes over the customer of b.
    found = rows(played(reasons, {"front": both}), "contacts", "arrival reason answered agent")
    assert found == [(0, "a", 0, 0), (1, "a", 1, 1), (2, "b", 61, 1), (3, "a", 60, 0)]


@pytest.mark.parametrize("choice", ["longest_idle", "random", "fastest"])
def test_a_free_person_is_chosen_among_those_with_the_skill(choice: str) -> None:
    reasons = {"a": reason(*range(0, 900, 100)), "b": reason(*range(50, 900, 100))}
    people = persons(
        ann={"skills": ["a"]}, ben={"skills": ["b"], "talk_factor": 0.5}, cem={"skills": ["b"]}
    )
    trace = played(reasons, {"front": people}, routing={"agent_choice": choice})
    served = rows(trace, "contacts", "reason agent")
    assert {agent for name, agent in served if name == "a"} == {0}
    assert {agent for name, agent in served if name == "b"} <= {1, 2}


def test_what_nobody_names_as_a_skill_everybody_takes() -> None:
    escalation = {"on": {"steps": [{"step": "cold_transfer", "group": "second"}]}}
    second = persons(ann={"skills": ["b"]})
    reasons = {"a": reason(0, then="on"), "b": reason(500, groups=["second"])}
    trace = played(reasons, {"front": 1, "second": second}, escalation=escalation)
    assert rows(trace, "legs", "contact group") == [(0, "front"), (0, "second"), (1, "second")]


def test_a_person_has_their_own_talk_and_wrap_up_time() -> None:
    slow = persons(ann={"talk_factor": 1.5, "wrap_up_factor": 2})
    trace = played({"a": reason(0, talk_s=60, wrap_up_s=10)}, {"front": slow})
    assert rows(trace, "legs", "talk_s wrap_up_s") == [(90, 20)]


def test_a_person_is_there_in_the_windows_of_the_day() -> None:
    ann = {"windows": {"monday": ["08:00-12:00", "12:30:30-16:00"], "tuesday": []}}
    ben = {"windows": {"every_day": ["22:00-02:00"]}}
    front = {"front": persons(ann=ann, ben=ben)}
    trace = played({"a": reason(9 * HOUR)}, front, horizon={"days": 2})
    assert rows(trace, "shifts", "agent start end") == [
        (0, 8 * HOUR, 12 * HOUR),
        (0, 12.5 * HOUR + 30, 16 * HOUR),
        (1, 22 * HOUR, DAY + 2 * HOUR),
        (1, DAY + 22 * HOUR, DAY + 26 * HOUR),
    ]


def test_persons_are_the_same_when_another_is_left_out() -> None:
    group = {**persons(ann={}, ben={}, cem={}), "speed_cv": 0.5, "absence": 0.3}
    reasons = {"a": reason(*range(0, 80_000, 300), talk_s=10)}
    scenario = centre(reasons, {"front": group}, horizon={"days": 3})
    fewer = with_changes(scenario, {}, ["groups.front.persons.by_name.ann"])
    speeds = [[agent.speed for agent in simulate(one, 1, 0).agents] for one in (scenario, fewer)]
    assert speeds[0][1:] == speeds[1]


def test_a_table_of_like_persons_is_a_group_of_heads() -> None:
    reasons = {"a": reason(*range(0, 40_000, 37), talk_s=70, patience_s={"voice": 90})}
    people = persons(**{f"p{n}": {} for n in range(2)})
    one, other = (played(reasons, {"front": group}) for group in (people, 2))
    columns = "arrival answered ended agent outcome"
    assert rows(one, "contacts", columns) == rows(other, "contacts", columns)


TEXT = """
[horizon]
days = 2
first_date = "1999-01-03"
[reasons.service]
volume.per_day = 50
groups = ["agents"]
handling.voice.talk_s = 60
[reasons.stocks]
volume.per_day = 5
groups = ["agents"]
handling.voice.talk_s = 60
[groups.agents.persons]
csv = "agents.csv"
"""


def table(folder: Path, agents: str, windows: str = "") -> Scenario:
    (folder / "agents.csv").write_text(agents)
    (folder / "logons.csv").write_text(windows)
    more = 'windows_csv = "logons.csv"\n' if windows else ""
    (folder / "centre.toml").write_text(TEXT + more)
    return load(folder / "centre.toml")


def test_persons_are_read_from_a_table(tmp_path: Path) -> None:
    scenario = table(
        tmp_path,
        "Name,group,skills,talk_factor,every_day,1999-01-04\n"
        "a07,agents,service stocks,0.93,08:00-12:00 13:00-17:00,09:00-10:00\n"
        "b12,agents,service,,08:00-16:00,\nc1,night,,1.2,,\n",
    )
    people = scenario.groups["agents"].persons
    assert people is not None
    assert {name: one.skills for name, one in people.by_name.items()} == {
        "a07": ("service", "stocks"),
        "b12": ("service",),
    }
    assert (people.by_name["a07"].talk_factor, people.by_name["b12"].talk_factor) == (0.93, 1.0)
    second = calendar_of(scenario).day(1).duty("agents")
    assert [(one.first, one.start, one.end) for one in second] == [
        (0, 9 * HOUR, 10 * HOUR),
        (1, 8 * HOUR, 16 * HOUR),
    ]
    assert load_text(dump(scenario)) == scenario


def test_windows_are_read_from_a_file_of_their_own(tmp_path: Path) -> None:
    scenario = table(
        tmp_path,
        "name,talk_factor\na07,0.9\nb12,1\n",
        "name,date,start,end\na07,1999-01-03,08:00:12,12:00\na07,1999-01-03,13:00,15:00\n"
        "b12,monday,09:00,10:00\n",
    )
    days = [calendar_of(scenario).day(day).duty("agents") for day in (0, 1)]
    assert [[one[:2] for one in day] for day in days] == [
        [(8 * HOUR + 12, 12 * HOUR), (13 * HOUR, 15 * HOUR)],
        [(9 * HOUR, 10 * HOUR)],
    ]


@pytest.mark.parametrize(
    ("agents", "windows", "told"),
    [
        ("name,skils\na,b\n", "", "skils = |is neither a key of a person nor a day"),
        ("name,every_day\na,8-12\n", "", "is no stretch of duty"),
        ("name,every_day\na,08:00-12:00 11:00-13:00\n", "", "windows on every_day that overlap"),
        ("name,talk_factor\na,fast\n", "", "is no number"),
        ("name,talk_factor\na,1\na,1\n", "", "is there twice"),
        ("name,talk_factor\na,1\n", "name,date,start,end\nx,monday,08:00,09:00\n", "is nobody in"),
        ("name,talk_factor\na,1\n", "name,date,start,end\na,mondy,08:00,09:00\n", "is no weekday"),
        ("code,talk_factor\na,1\n", "", 'lacks the column "name"'),
        ("name,skills,every_day\na,servis,08:00-09:00\n", "", 'Did you mean "service"'),
        ("name,skills,every_day\na,service,08:00-09:00\n", "", "where nobody has the skill"),
    ],
)
def test_a_table_of_persons_that_cannot_be_used_is_refused(
    tmp_path: Path, agents: str, windows: str, told: str
) -> None:
    with pytest.raises(ScenarioError, match=told):
        table(tmp_path, agents, windows)


def test_a_skill_that_the_group_does_not_need_is_doubted() -> None:
    people = persons(ann={"skills": ["a", "b"]})
    reasons = {"a": reason(0), "b": reason(0, groups=["other"])}
    scenario = centre(reasons, {"front": people, "other": 1})
    (found,) = (one for one in warnings(scenario) if "skills" in one.key)
    assert found.key == "groups.front.persons.by_name.ann.skills.1"


def test_persons_can_be_absent_in_a_stress_test() -> None:
    people = persons(**{f"p{n}": {} for n in range(4)})
    scenario = centre({"a": reason(0)}, {"front": people})
    two = next(one for one in stresses_of(scenario) if one.name == "two-absent")
    changes = two.changes(scenario)
    assert changes is not None
    assert len(calendar_of(with_changes(scenario, changes)).duty("front")) == 2
    assert check(with_changes(scenario, changes)) == ()


def test_a_person_waits_for_nobody_while_their_own_customers_wait() -> None:
    """Work conserving by skill: while somebody waits, nobody with the skill is idle."""
    times = [n * 11.0 for n in range(800)]
    reasons = {"a": reason(*times[::2], talk_s=40), "b": reason(*times[1::2], talk_s=25)}
    people = persons(ann={"skills": ["a"]}, ben={"skills": ["b"]}, cem={"skills": ["a", "b"]})
    trace = played(reasons, {"front": people})
    idle = {
        agent: [(s, e) for state, s, e in day_of(trace, agent) if state == "ready"]
        for agent in range(3)
    }
    can = {"a": (0, 2), "b": (1, 2)}
    for name, arrival, answered in rows(trace, "contacts", "reason arrival answered"):
        for agent in can[str(name)]:
            overlap = [
                min(end, float(answered or 0)) - max(start, float(arrival or 0))
                for start, end in idle[agent]
            ]
            assert all(seconds <= 1e-6 for seconds in overlap), (name, arrival, agent)


def test_a_wait_that_is_told_by_agents_without_the_skill_is_warned_of() -> None:
    reasons, told = {"a": reason(0), "b": reason(1)}, {"announce": "expected_wait"}
    most = {f"p{number}": {"skills": ["a"]} for number in range(4)}
    some = {"front": persons(ann={"skills": ["a", "b"]}, **most)}
    every = {"front": persons(ann={"skills": ["a", "b"]}, ben={"skills": ["b"]})}

    def warned(groups: dict[str, Any], **sections: Any) -> bool:
        found = warnings(with_changes(centre(reasons, groups), sections))
        return any("1 of 5 who take b; expected waits count all" in one.rule for one in found)

    assert warned(some, acknowledgement=told)
    assert warned(some, callback_offer={"when_wait_over_s": 60})
    assert not warned(some, acknowledgement={"announce": "position"})
    assert not warned(some, callback_offer={"when_waiting_over": 3})
    assert not warned(some, acknowledgement=told, waiting={"estimate": "last_wait"})
    assert not warned(every, acknowledgement=told)
