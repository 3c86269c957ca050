"""Hiring: a vacant place waits for its class, its lead time and its training."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import ScenarioError, load_text, with_changes
from sim import simulate
from sim.trace.codes import AgentState, PlaceState
from sim.trace.trace import Trace

DESK = """
[horizon]
days = 70
[opening]
hours = "09:00-17:00"
[reasons.enquiry]
volume.per_day = 20
groups = ["desk"]
handling.voice.talk_s = 60
[groups.desk]
heads = 6
knowledge_sd = 0.5
speed_cv = 0.2
tenure_weeks = 100
"""

HIRING = {"open_at_start": 2, "lead_time_weeks": 3, "training_weeks": 2}


def desk(hiring: dict[str, Any], **changes: Any) -> Trace:
    return simulate(with_changes(load_text(DESK), {"groups.desk.hiring": hiring, **changes}), 1, 0)


def place(trace: Trace, agent: int) -> dict[str, Any]:
    columns = trace.staff.as_dict()
    return {name: column[columns["agent"] == agent] for name, column in columns.items()}


def test_a_vacant_place_is_hired_for_trained_and_then_on_the_floor() -> None:
    last = place(desk(HIRING), 5)
    states = [PlaceState.VACANT] * 21 + [PlaceState.IN_TRAINING] * 14 + [PlaceState.PRESENT] * 35
    assert last["state"].tolist() == states
    assert np.flatnonzero(last["hired"]).tolist() == [21]
    assert last["person"].tolist() == [0] * 21 + [1] * 49


def test_initial_training_is_paid_and_off_the_floor() -> None:
    trace = desk(HIRING)
    spans = trace.spans.as_dict()
    mine = spans["agent"] == 5
    assert (spans["start"][mine] // 86_400).min() == 21
    in_class = mine & (spans["start"] // 86_400 < 35)
    assert set(spans["state"][in_class].tolist()) == {AgentState.TRAINING}
    assert (spans["end"] - spans["start"])[in_class].sum() == 14 * 8 * 3600
    answered = trace.legs["answered"][trace.legs["agent"] == 5]
    assert answered.min() >= 35 * 86_400


def test_newcomers_in_class_plan_no_work_of_their_own() -> None:
    # Half of the places are in class for the whole fortnight; the others do all that is planned.
    in_class = {"open_at_start": 3, "lead_time_weeks": 0, "training_weeks": 2}
    changes = {
        "horizon.days": 14,
        "groups.desk.hiring": in_class,
        "groups.desk.own_work.hours_per_day": 1,
    }
    scenario = with_changes(load_text(DESK), changes)
    told = summarise(scenario, simulate(scenario, 1, 0)).values["all", ""]
    assert told["coaching_done"] == pytest.approx(1.0)


def test_tenure_begins_on_the_floor_with_the_experience_brought_along() -> None:
    last = place(desk({**HIRING, "tenure_weeks": 10}, **{"groups.desk.learning": {}}), 5)
    weeks = last["tenure_weeks"]
    assert weeks[21:36].tolist() == [10.0] * 15
    assert weeks[69] == pytest.approx(10.0 + 34 / 7)
    assert last["speed"][35] > last["speed"][69]


def test_new_people_are_other_people_with_what_they_were_hired_for() -> None:
    plain = desk(HIRING)
    chosen = desk({**HIRING, "talk_factor": 0.9, "knowledge": 0.5, "empathy": 1.0})
    assert plain.staff["speed"][place(plain, 5)["day"][-1]] > 0.0
    before, after = place(plain, 5), place(chosen, 5)
    assert after["speed"][-1] == pytest.approx(0.9 * before["speed"][-1])
    assert after["knowledge"][-1] == pytest.approx(before["knowledge"][-1] + 0.5)
    assert after["empathy"][-1] == 1.0
    assert before["speed"][-1] != plain.agents[5].speed
    assert place(plain, 0)["speed"].tolist() == place(chosen, 0)["speed"].tolist()


def test_places_wait_until_they_fill_a_class() -> None:
    # One vacancy after another; people are looked for when three are open.
    many = {"quits_engaged": 0.98, "quits_disengaged": 0.99, "start": 1.0}
    hiring = {"class_size": 3, "lead_time_weeks": 1, "training_weeks": 0}
    trace = desk(hiring, **{"groups.desk.engagement": many, "groups.desk.heads": 30})
    staff = trace.staff.as_dict()
    hired = np.bincount(staff["day"][staff["hired"] == 1])
    quits = np.sort(staff["day"][staff["quit"] == 1])
    assert set((hired[hired > 0] % 3).tolist()) == {0}
    first = int(np.flatnonzero(hired)[0])
    assert first == quits[2] + 1 + 7  # looked for the morning after the third one left


def test_the_same_person_comes_whenever_the_place_is_filled() -> None:
    early, late = desk(HIRING), desk({**HIRING, "lead_time_weeks": 5, "training_weeks": 1})
    for column in ("speed", "knowledge"):
        assert place(early, 5)[column][-1] == place(late, 5)[column][-1]


def test_without_vacancies_hiring_changes_nothing() -> None:
    plain = simulate(load_text(DESK), 1, 0)
    ready = desk({"class_size": 2})
    for name, table in plain.tables().items():
        for column in table.columns:
            assert np.array_equal(table[column], ready.tables()[name][column], equal_nan=True)


def test_hiring_for_numbers_instead_of_persons_is_refused() -> None:
    numbers = {"heads_by_interval": {"heads": {"every_day": [1] * 24}}, "hiring": {}}
    with pytest.raises(ScenarioError, match="is about persons; heads_by_interval names numbers"):
        with_changes(load_text(DESK), {"groups.people": numbers})
