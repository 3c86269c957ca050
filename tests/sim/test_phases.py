"""Phases: rules that hold from a day on, for the same customers and people."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from results.why.changes import plan_of as plan_of_why
from scenarios import (
    Scenario,
    ScenarioError,
    apply,
    check,
    load_text,
    override,
    policies_of,
    with_changes,
)
from scenarios.policies.phases import staged
from scenarios.save import dump
from sim import simulate
from sim.trace.trace import Trace
from tests.support.command_line import firstline
from tests.support.scenario_texts import SHOP, shop
from tests.support.timed_centres import DAY, HOUR, centre, complaint, reason, rows

MORNINGS = [day * DAY + 9 * HOUR for day in range(4)]


def phased(reasons: dict[str, Any], groups: dict[str, Any], *phases: Any, **more: Any) -> Trace:
    sections = {"horizon": {"days": 4}, "phases": list(phases), **more}
    return simulate(centre(reasons, groups, **sections), 1, 0)


def test_a_limit_rises_from_a_day_on() -> None:
    authority = {"level": {"limit": 25}}
    trace = phased(
        {"a": complaint(*MORNINGS, money=50)},
        {"front": {"heads": 1, "authority": "level"}},
        {"from_day": 3, "changes": {"authority.level.limit": 100}},
        authority=authority,
    )
    assert rows(trace, "contacts", "ending") == [("declined",)] * 2 + [("settled",)] * 2


def test_phases_follow_one_another_and_a_week_has_seven_days() -> None:
    times = [day * DAY + 9 * HOUR for day in (0, 6, 7, 13, 14)]
    scenario = centre(
        {"a": reason(*times, talk_s=100)},
        {"front": 1},
        horizon={"days": 15},
        phases=[
            {"from_week": 3, "changes": {"groups.front.talk_factor *=": 0.5}},
            {"from_week": 2, "changes": {"groups.front.talk_factor": 2.0}},
        ],
    )
    found = rows(simulate(scenario, 1, 0), "contacts", "arrival ended")
    assert [float(end or 0) - float(begin or 0) for begin, end in found] == [
        100,
        100,
        200,
        200,
        100,
    ]


def test_a_phase_begins_at_midnight_and_who_waits_stays_in_line() -> None:
    late = DAY - 30
    shifts = {"day": {"start": "00:00", "end": "24:00", "heads": 1}}
    trace = phased(
        {"a": reason(late, late + 10, talk_s=100)},
        {"front": {"shifts": shifts}},
        {"from_day": 2, "changes": {"groups.front.talk_factor": 0.1}},
    )
    # The first began before midnight and talks as long as ever; the second is talked to after it.
    assert rows(trace, "contacts", "answered ended") == [
        (late, late + 100),
        (late + 100, late + 110),
    ]


def test_the_rosters_of_a_phase_are_worked() -> None:
    busy = reason(*(DAY * day + 9 * HOUR + n for day in range(4) for n in range(3)), talk_s=600)
    trace = phased({"a": busy}, {"front": 1}, {"from_day": 3, "changes": {"groups.front.heads": 3}})
    answered = rows(trace, "contacts", "arrival answered")
    waits = [float(when or 0) - float(came or 0) for came, when in answered]
    assert waits == [0, 599, 1198] * 2 + [0, 0, 0] * 2


def test_new_places_are_filled_by_hiring_and_people_learn() -> None:
    hiring = {"lead_time_weeks": 1, "training_weeks": 1}
    front = {
        "heads": 1,
        "hiring": hiring,
        "tenure_weeks": 500,
        "learning": {"handle_time_at_start": 2.0, "weeks": 1},
    }
    calls = [day * DAY + 9 * HOUR + n for day in range(35) for n in range(2)]
    scenario = centre(
        {"a": reason(*calls, talk_s=600)},
        {"front": front},
        horizon={"days": 35},
        phases=[{"from_week": 2, "changes": {"groups.front.heads": 2}}],
    )
    trace = simulate(scenario, 1, 0)
    found = trace.contacts.as_dict()
    agents = [set(found["agent"][(found["arrival"] // DAY) == day].tolist()) for day in range(35)]
    # Looked for from day 8 on, a week until the first paid day, a week of training.
    assert [len(each) for each in agents] == [1] * 21 + [2] * 14
    second = found["agent"] == 1
    talk = found["talk_s"][second]
    assert talk[0] > 1.8 * 600
    assert np.all(np.diff(talk[np.argsort(found["arrival"][second])]) < 0)
    states = trace.staff.as_dict()
    assert (states["day"][states["agent"] == 1]).min() == 7


def test_new_places_without_hiring_are_there_at_once() -> None:
    front = {"heads": 1, "training": {"hours_per_week": 1}}
    calls = [day * DAY + 9 * HOUR + n for day in range(4) for n in range(2)]
    trace = phased(
        {"a": reason(*calls, talk_s=60)},
        {"front": front},
        {"from_day": 3, "changes": {"groups.front.heads": 2}},
    )
    waits = [
        float(when or 0) - float(came or 0)
        for came, when in rows(trace, "contacts", "arrival answered")
    ]
    # The lessons make a little faster each day.
    assert waits == pytest.approx([0, 59] * 2 + [0, 0] * 2, abs=0.1)


def test_customers_are_the_same_before_and_after_a_phase() -> None:
    scenario = with_changes(shop(), {"horizon.days": 14})
    phase = {
        "from_week": 2,
        "changes": {"groups.supervisors.heads": 5, "authority.limited.limit": 60},
    }
    later = with_changes(scenario, {"phases": [phase]})
    plain, found = (simulate(one, 3, 0) for one in (scenario, later))
    one, other = (trace.cases.as_dict() for trace in (plain, found))
    first = [np.sort(np.rint(cases["began"] * 1e6)) for cases in (one, other)]
    assert np.array_equal(first[0], first[1])
    week = [trace.contacts.as_dict() for trace in (plain, found)]
    ended = [np.sort(each["ended"][each["ended"] < 7 * DAY]) for each in week]
    assert np.array_equal(ended[0], ended[1])
    assert not np.array_equal(np.sort(week[0]["ended"]), np.sort(week[1]["ended"]))


def test_a_phase_from_the_first_day_is_the_scenario_changed() -> None:
    changes = {"groups.front_line.talk_factor": 1.2, "reasons.order.volume.factor": 1.5}
    scenario = shop()
    phase = with_changes(scenario, {"phases": [{"from_day": 1, "changes": changes}]})
    found = [
        simulate(one, 1, 0).contacts.as_dict() for one in (with_changes(scenario, changes), phase)
    ]
    assert all(found[0][name].tobytes() == found[1][name].tobytes() for name in found[0])


def test_a_phase_that_changes_nothing_changes_no_bit() -> None:
    """Exchanging every plan, route, roster and rule at a midnight leaves the run as it is."""
    scenario = with_changes(shop(), {"horizon.days": 5})
    phase = {"from_day": 3, "changes": {"groups.front_line.talk_factor": 1.0}}
    later = with_changes(scenario, {"phases": [phase]})
    found = [simulate(one, 1, 0) for one in (scenario, later)]
    for table in ("contacts", "legs", "decisions", "cases", "spans", "shifts"):
        one, other = (getattr(trace, table).as_dict() for trace in found)
        assert all(one[name].tobytes() == other[name].tobytes() for name in one), table


POLICY = """
[policies.slowly]
title = "A higher limit, step by step"
changes = { "authority.limited.limit" = 25 }
[[policies.slowly.phases]]
from_day = 4
changes = { "authority.limited.limit" = 100 }
"""


def test_a_policy_holds_dated_changes() -> None:
    scenario = shop(POLICY)
    under = apply(scenario, "slowly")
    limits = [(one.day, one.scenario.authority["limited"].limit) for one in staged(under)]
    assert limits == [(0, 25), (3, 100)]
    assert load_text(dump(scenario)) == scenario
    assert set(policies_of(scenario)) == {"baseline", "slowly"} | set(scenario.policies)
    assert check(scenario) == ()


def test_what_a_policy_sets_holds_whatever_the_phases_of_the_scenario_say() -> None:
    changes = {"authority.limited.limit": 50, "groups.front_line.talk_factor": 2}
    scenario = with_changes(shop(POLICY), {"phases": [{"from_day": 2, "changes": changes}]})
    stages = [one.scenario for one in staged(apply(scenario, "slowly"))]
    assert [one.authority["limited"].limit for one in stages] == [25, 25, 100]
    assert [one.groups["front_line"].talk_factor for one in stages] == [1, 2, 2]


def test_an_override_holds_on_later_days_too() -> None:
    phase = {"from_day": 2, "changes": {"groups.specialists.heads": 5}}
    scenario = with_changes(shop(), {"phases": [phase]})
    for changes, heads in (
        ({"groups.specialists.heads": 9}, [9, 9]),
        ({"groups.specialists.heads +=": 2}, [5, 7]),
        ({"groups.supervisors.heads": 1}, [3, 5]),
    ):
        under = override(scenario, changes).scenario
        found = [one.scenario.groups["specialists"].heads for one in staged(under)]
        assert found == heads


def test_why_a_policy_differs_can_be_asked_of_its_later_days() -> None:
    plan = plan_of_why(shop(POLICY), "slowly")
    assert "phases" in plan.players


def dated(*phases: dict[str, Any]) -> Scenario:
    return with_changes(shop(), {"horizon.days": 14, "phases": list(phases)})


@pytest.mark.parametrize(
    ("phase", "told"),
    [
        ({"changes": {}}, "exactly one of from_week, from_day or from_date"),
        ({"from_day": 3, "from_week": 2}, "exactly one of from_week, from_day or from_date"),
        ({"from_week": 3}, "begins on no day of the horizon, which has 14 days"),
        ({"from_date": "1999-01-01"}, "nothing says which day of the horizon"),
        ({"from_day": 3, "changes": {"groups.front_lin.talk_factor": 2}}, "does not exist"),
        ({"from_day": 3, "changes": {"groups.front_line.talk_factor": -1}}, "above 0"),
        ({"from_day": 3, "changes": {"horizon.days": 3}}, "from the first day to the last"),
        ({"from_day": 3, "changes": {"opening.hours": "08:00-09:00"}}, "from the first day"),
        ({"from_day": 3, "changes": {"groups.front_line.cost_per_hour": 3}}, "from the first day"),
        (
            {"from_day": 3, "changes": {"groups.front_line": {"tier": 2}}},
            "front_line.tier: holds from",
        ),
        ({"from_day": 3, "changes": {"channels.voice": {"opening": {}}}}, "from the first day"),
        ({"from_day": 3, "remove": ["reasons.damage"]}, "changes reasons"),
        ({"from_day": 3, "changes": {"routing.agent_choice": "random"}}, "random choice"),
    ],
)
def test_a_phase_that_cannot_be_is_refused(phase: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        dated(phase)


def test_a_wrong_phase_of_a_policy_is_told_when_the_file_is_read() -> None:
    with pytest.raises(ScenarioError, match="above 0"):
        shop(
            POLICY.replace('"authority.limited.limit" = 100', '"groups.front_line.talk_factor" = 0')
        )


def test_phases_by_date() -> None:
    phase = {"from_date": "1999-01-05", "changes": {"groups.front_line.talk_factor": 2}}
    scenario = with_changes(
        shop(), {"horizon.days": 14, "horizon.first_date": "1999-01-01", "phases": [phase]}
    )
    assert [one.day for one in staged(scenario)] == [0, 4]


def test_lines_given_from_a_day_on_count_the_calls_that_are_on() -> None:
    late = DAY - 10
    trace = phased(
        {"a": reason(late, DAY + 20, DAY + 200, talk_s=100)},
        {"front": 3},
        {"from_day": 2, "changes": {"channels.voice": {"lines": 1}}},
    )
    assert rows(trace, "contacts", "outcome") == [("answered",), ("blocked",), ("answered",)]


def test_a_check_says_from_when_on_a_policy_changes_what(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(SHOP + POLICY)
    shown = firstline("check", str(path)).data
    assert "from day 4: authority.limited.limit = 100" in shown
    assert "phases:" not in shown
