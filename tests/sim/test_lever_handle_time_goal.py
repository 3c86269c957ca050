"""A handle-time goal is met by leaving things out, and the customers come back."""

from typing import Any

import numpy as np
import pytest

from scenarios import load_text, with_changes
from sim import simulate
from sim.trace.codes import CaseState, ContactKind, Ending
from sim.trace.trace import Trace
from tests.support.timed_centres import UNKNOWN, path, played, reason, rows

DESK = """
[horizon]
days = 5
[repeat]
probability = 0.9
delay_min = 30
[reasons.riddle]
volume.per_day = 800
groups = ["desk"]
solve = 0.8
handling.voice.talk_s = { distribution = "lognormal", mean = 300, cv = 1.0 }
[groups.desk]
heads = 12
"""


def desk(pressure: float | None = None, **changes: Any) -> Trace:
    goal = {"talk_s": 240, "pressure": pressure}
    changes = {f"groups.desk.handle_time_goal.{key}": value for key, value in changes.items()}
    held = {"groups.desk.handle_time_goal": goal, **changes} if pressure is not None else {}
    return simulate(with_changes(load_text(DESK), held), 1, 0)


def first_contacts(trace: Trace) -> dict[str, Any]:
    columns = trace.contacts.as_dict()
    first = (columns["attempt"] == 0) & (columns["ending"] != Ending.IN_HAND)
    order = np.argsort(columns["case"][first])
    return {name: column[first][order] for name, column in columns.items()}


def test_talk_above_the_target_is_cut_by_the_share_of_the_pressure() -> None:
    # 300 s are 100 above the target: half of that is cut. 150 s are within it.
    held = {"heads": 1, "handle_time_goal": {"talk_s": 200, "pressure": 0.5}}
    long, short = reason(0, talk_s=300), reason(1000, talk_s=150)
    trace = played({"long": long, "short": short}, {"front": held})
    assert rows(trace, "legs", "reason talk_s") == [("long", 250), ("short", 150)]


def test_the_target_is_for_its_channels_only() -> None:
    held = {"heads": 1, "handle_time_goal": {"talk_s": 200, "pressure": 1.0}}
    trace = played({"letter": reason(0, talk_s=300, channel="email")}, {"front": held})
    assert rows(trace, "legs", "talk_s") == [(300,)]


def test_without_pressure_a_target_changes_nothing() -> None:
    free = desk()
    told = desk(pressure=0.0)
    for name, table in free.tables().items():
        for column in table.columns:
            assert np.array_equal(table[column], told.tables()[name][column], equal_nan=True)


def test_in_a_hurry_fewer_of_the_same_cases_are_solved_at_first_contact() -> None:
    # Nothing passed on, nothing only seeming: an agent who is not in a hurry solves a superset.
    free = first_contacts(desk())
    held = first_contacts(desk(1.0, hand_off_gain=0.0, false_resolution_gain=0.0))
    solved = [set(one["case"][one["ending"] == Ending.SETTLED].tolist()) for one in (held, free)]
    assert solved[0] < solved[1]


def test_knowledge_is_lost_in_proportion_to_the_share_cut() -> None:
    # 300 s cut to 150: half of it, so 80 % fall to 1 / (1 + exp(1) / 4) = 59.5 %; with 3000 cases
    # the standard error is 0.9 points, tolerance four of them.
    constant = {"reasons.riddle.handling.voice.talk_s": 300}
    goal = {"talk_s": 150, "pressure": 1.0, "hand_off_gain": 0.0, "knowledge_loss": 2.0}
    scenario = with_changes(
        load_text(DESK), {**constant, "groups.desk.handle_time_goal": goal, "horizon.days": 4}
    )
    first = first_contacts(simulate(scenario, 1, 0))
    share = float((first["ending"] == Ending.SETTLED).mean())
    assert share == pytest.approx(0.595, abs=0.036)


def test_what_is_rushed_only_seems_settled_more_often() -> None:
    # Constant talk cut by half at a gain of 0.4: a fifth; standard error 0.8 points, four of them.
    goal = {"talk_s": 150, "pressure": 1.0, "hand_off_gain": 0.0, "knowledge_loss": 0.0}
    changes = {
        "reasons.riddle.handling.voice.talk_s": 300,
        "groups.desk.handle_time_goal": {**goal, "false_resolution_gain": 0.4},
    }
    first = first_contacts(simulate(with_changes(load_text(DESK), changes), 1, 0))
    settled = first["ending"] == Ending.SETTLED
    assert float(first["false_resolution"][settled].mean()) == pytest.approx(0.2, abs=0.032)


def test_an_agent_held_to_a_target_passes_long_cases_on() -> None:
    goal = {"talk_s": 100, "pressure": 1.0, "hand_off_gain": 1.0}
    front = {"heads": 1, "handle_time_goal": goal}
    trace = played(
        {"long": reason(*range(0, 80_000, 1000), talk_s=1e5 / 101)},
        {"front": front, "back": 1},
        escalation={"beyond_knowledge": path({"step": "cold_transfer", "group": "back"})},
    )
    passed = [group for _, group in rows(trace, "legs", "contact group")].count("back")
    assert passed / len(trace.contacts) == pytest.approx(0.9, abs=0.14)  # four standard errors


def test_an_agent_who_takes_over_without_a_target_is_in_no_hurry() -> None:
    goal = {"talk_s": 10, "pressure": 1.0, "false_resolution_gain": 1.0}
    riddles = reason(*range(0, 80_000, 1000), talk_s=300, solve=UNKNOWN)
    trace = played(
        {"riddle": riddles},
        {"front": {"heads": 1, "handle_time_goal": goal}, "back": {"heads": 1, "knowledge": 100.0}},
        escalation={"beyond_knowledge": path({"step": "cold_transfer", "group": "back"})},
    )
    assert set(trace.contacts["false_resolution"].tolist()) == {0}
    assert set(trace.cases["state"].tolist()) == {CaseState.RESOLVED}


def test_pressure_shortens_the_talk_and_the_customers_come_back() -> None:
    free, held = desk(), desk(0.9)
    talk = [float(trace.legs["talk_s"].mean()) for trace in (free, held)]
    repeats = [int((trace.contacts["kind"] == ContactKind.REPEAT).sum()) for trace in (free, held)]
    assert talk[1] < 0.8 * talk[0]
    assert repeats[1] > 1.15 * repeats[0]
