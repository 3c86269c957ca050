"""Coming, pausing and going: what agents do with their paid time, worked out by hand."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim import simulate
from sim.trace.codes import AgentState
from sim.trace.trace import Trace
from tests.support.timed_centres import (
    DAY,
    HOUR,
    UNKNOWN,
    centre,
    day_of,
    measured,
    path,
    played,
    reason,
    rows,
    spans_of,
)

NINE = 9 * HOUR


def _shift(start: str = "08:00", end: str = "17:00", heads: int = 1, **more: Any) -> dict[str, Any]:
    return {"shifts": {"day": {"start": start, "end": end, "heads": heads, **more}}}


def _quiet(group: dict[str, Any], **sections: Any) -> Trace:
    """Hardly any calls."""
    return played({"enquiry": reason(NINE)}, {"front": group}, **sections)


def test_an_agent_comes_and_goes_with_the_shift() -> None:
    trace = _quiet(_shift())
    assert day_of(trace, 0) == [
        ("ready", 8 * HOUR, NINE),
        ("talk", NINE, NINE + 60),
        ("ready", NINE + 60, 17 * HOUR),
    ]
    assert rows(trace, "shifts", "agent start end") == [(0, 8 * HOUR, 17 * HOUR)]


def test_a_contact_in_hand_at_the_end_of_the_shift_is_finished_with_its_wrap_up() -> None:
    five = 17 * HOUR
    calls = reason(five - 30, five - 20, wrap_up_s=15)
    trace = played({"enquiry": calls}, {"front": _shift(), "late": 1})
    assert day_of(trace, 0)[1:] == [
        ("talk", five - 30, five + 30),
        ("wrap_up", five + 30, five + 45),
    ]
    assert rows(trace, "contacts", "answered outcome")[1] == (None, "waiting")


def test_a_night_shift_goes_on_over_midnight_and_is_cut_by_the_end_of_the_horizon() -> None:
    trace = played(
        {"enquiry": reason(23 * HOUR)}, {"front": _shift("22:00", "06:00")}, horizon={"days": 2}
    )
    assert day_of(trace, 0, until=2 * DAY) == [
        ("ready", 22 * HOUR, 23 * HOUR),
        ("talk", 23 * HOUR, 23 * HOUR + 60),
        ("ready", 23 * HOUR + 60, DAY + 6 * HOUR),
        ("ready", DAY + 22 * HOUR, 2 * DAY),
    ]


def test_one_shift_line_follows_the_other_without_a_gap_for_the_same_crew() -> None:
    shifts = {
        "morning": {"start": "08:00", "end": "12:00", "heads": 1, "crew": "one"},
        "noon": {"start": "12:00", "end": "14:00", "heads": 1, "crew": "one"},
        "evening": {"start": "16:00", "end": "18:00", "heads": 1, "crew": "one"},
    }
    trace = _quiet({"shifts": shifts})
    assert len(trace.agents) == 1
    assert day_of(trace, 0)[-2:] == [
        ("ready", NINE + 60, 14 * HOUR),
        ("ready", 16 * HOUR, 18 * HOUR),
    ]


def test_breaks_are_taken_in_waves_one_after_the_other() -> None:
    pause = {"at": "12:00", "minutes": 30, "waves": 2}
    trace = _quiet(_shift(heads=4, breaks=[pause]))
    breaks = [[span for span in day_of(trace, k) if span[0] == "break"] for k in range(4)]
    first, second = ("break", 12 * HOUR, 12.5 * HOUR), ("break", 12.5 * HOUR, 13 * HOUR)
    assert breaks == [[first], [second], [first], [second]]


def test_a_break_that_falls_into_a_call_is_taken_in_full_after_it() -> None:
    pause = {"at": "12:00", "minutes": 30}
    noon = 12 * HOUR
    calls = reason(noon - 10, noon + 20, noon + 1200, noon + 2000, talk_s=60, wrap_up_s=20)
    trace = played({"enquiry": calls}, {"front": _shift(breaks=[pause])})
    assert day_of(trace, 0, until=noon + 2400)[1:] == [
        ("talk", noon - 10, noon + 50),
        ("wrap_up", noon + 50, noon + 70),
        ("break", noon + 70, noon + 1870),
        ("talk", noon + 1870, noon + 1930),
        ("wrap_up", noon + 1930, noon + 1950),
        ("talk", noon + 1950, noon + 2010),
        ("wrap_up", noon + 2010, noon + 2030),
        ("talk", noon + 2030, noon + 2090),
        ("wrap_up", noon + 2090, noon + 2110),
        ("ready", noon + 2110, noon + 2400),
    ]


def test_a_break_ends_with_the_shift_and_the_next_one_begins_afresh() -> None:
    pause = {"at": "16:50", "minutes": 10}
    five = 17 * HOUR
    calls = reason(five - 640, five + DAY - 100)
    trace = played(
        {"enquiry": {**calls, "handling": {"voice": {"talk_s": 100}}}},
        {"front": _shift(breaks=[pause])},
        horizon={"days": 2},
    )
    # The break of 16:50 begins a minute late and is cut short by the end of the shift.
    assert day_of(trace, 0)[-2:] == [
        ("talk", five - 640, five - 540),
        ("break", five - 540, five),
    ]
    assert day_of(trace, 0, until=2 * DAY)[-2:] == [
        ("ready", DAY + 8 * HOUR, DAY + five - 600),
        ("break", DAY + five - 600, DAY + five),
    ]


def test_a_break_that_could_not_be_taken_is_not_taken_the_next_day() -> None:
    pause = {"at": "16:50", "minutes": 10}
    five = 17 * HOUR
    trace = played(
        {"enquiry": reason(five - 900, talk_s=1000)},
        {"front": _shift(breaks=[pause])},
        horizon={"days": 2},
    )
    tomorrow = [span for span in day_of(trace, 0, until=2 * DAY) if span[1] > DAY]
    assert tomorrow == [
        ("ready", DAY + 8 * HOUR, DAY + five - 600),
        ("break", DAY + five - 600, DAY + five),
    ]


def test_an_absent_agent_is_paid_and_leaves_a_gap() -> None:
    trace = _quiet({**_shift(heads=400), "absence": 0.1})
    absent = [k for k in range(400) if day_of(trace, k) == [("absent", 8 * HOUR, 17 * HOUR)]]
    assert abs(len(absent) - 40) < 24  # 400 agents: four standard errors are 24
    assert len(rows(trace, "shifts", "agent")) == 400


def test_who_is_absent_the_next_day_first_finishes_the_contact_of_the_night() -> None:
    scenario = centre(
        {"enquiry": reason(DAY - 600, talk_s=3600)},
        {"front": {"heads": 1, "absence": 0.5}},
        horizon={"days": 2},
    )
    # In this replication the agent is there on the first day and absent on the second.
    assert day_of(simulate(scenario, 1, 1), 0, until=2 * DAY) == [
        ("ready", 0, DAY - 600),
        ("talk", DAY - 600, DAY + 3000),
        ("absent", DAY + 3000, 2 * DAY),
    ]


def test_meetings_and_training_take_their_minutes_somewhere_in_the_shift() -> None:
    group = {**_shift(heads=20), "meetings_min_per_day": 30, "training_min_per_day": 45}
    trace = _quiet(group)
    for agent in range(20):
        seconds = {state: end - start for state, start, end in day_of(trace, agent)}
        assert seconds["meeting"] == pytest.approx(1800)
        assert seconds["training"] == pytest.approx(2700)
    begins = [s[1] for k in range(20) for s in day_of(trace, k) if s[0] == "meeting"]
    assert np.ptp(begins) > HOUR


def test_a_split_shift_has_one_meeting_a_day() -> None:
    shifts = {
        "morning": {"start": "08:00", "end": "12:00", "heads": 1, "crew": "one"},
        "evening": {"start": "16:00", "end": "18:00", "heads": 1, "crew": "one"},
    }
    trace = _quiet({"shifts": shifts, "meetings_min_per_day": 30}, horizon={"days": 2})
    met = [end - start for state, start, end in day_of(trace, 0, 2 * DAY) if state == "meeting"]
    assert met == pytest.approx([1800, 1800])


def test_supervisors_do_their_own_work_while_nobody_asks_up_to_the_hours_planned() -> None:
    group = {**_shift(heads=1), "own_work": {"hours_per_day": 1.0}}
    trace = _quiet(group, horizon={"days": 2})
    assert day_of(trace, 0) == [
        ("own_work", 8 * HOUR, NINE),
        ("talk", NINE, NINE + 60),
        ("ready", NINE + 60, 17 * HOUR),
    ]
    tomorrow = [span for span in day_of(trace, 0, until=2 * DAY) if span[1] > DAY]
    assert tomorrow == [
        ("own_work", DAY + 8 * HOUR, DAY + NINE),
        ("ready", DAY + NINE, DAY + 17 * HOUR),
    ]


def test_approvals_push_own_work_aside_and_it_goes_on_afterwards() -> None:
    ask = {"step": "ask_approver", "group": "boss", "decision_s": 1800}
    boss = {**_shift(heads=1), "own_work": {"hours_per_day": 1.0}, "knowledge": 100.0}
    trace = played(
        {"puzzle": reason(8 * HOUR + 600, talk_s=600, solve=UNKNOWN)},
        {"front": 1, "boss": boss},
        escalation={"beyond_knowledge": path(ask)},
    )
    eight = 8 * HOUR
    assert day_of(trace, 1) == [
        ("own_work", eight, eight + 1200),
        ("deciding", eight + 1200, eight + 3000),
        ("own_work", eight + 3000, eight + 5400),
        ("ready", eight + 5400, 17 * HOUR),
    ]


# Heads by interval.


def _heads(*heads: int, interval_min: int = 60, start: str = "08:00") -> dict[str, Any]:
    plan = {"interval_min": interval_min, "start": start, "heads": {"every_day": list(heads)}}
    return {"heads_by_interval": plan}


def test_the_headcount_follows_the_plan_and_who_is_free_goes_first() -> None:
    eight = 8 * HOUR
    calls = reason(eight + 3590, talk_s=60)
    trace = played({"enquiry": calls}, {"front": _heads(2, 1, 2)})
    # At nine agent 0 talks, so agent 1 goes; at ten somebody is called in.
    assert day_of(trace, 0) == [
        ("ready", eight, eight + 3590),
        ("talk", eight + 3590, eight + 3650),
        ("ready", eight + 3650, 11 * HOUR),
    ]
    assert day_of(trace, 1) == [("ready", eight, NINE), ("ready", 10 * HOUR, 11 * HOUR)]
    assert rows(trace, "shifts", "agent start end") == [
        (0, eight, 11 * HOUR),
        (1, eight, NINE),
        (1, 10 * HOUR, 11 * HOUR),
    ]


def test_of_several_who_are_free_those_called_in_last_go_first() -> None:
    trace = played({"enquiry": reason(9.5 * HOUR)}, {"front": _heads(3, 1)})
    ends = [end for _, end in rows(trace, "shifts", "agent end")]
    assert ends == [10 * HOUR, NINE, NINE]


def test_when_all_are_busy_the_agent_who_finishes_next_goes_in_overtime() -> None:
    calls = reason(NINE - 50, NINE - 30, NINE - 10, talk_s=100)
    trace = played({"enquiry": calls}, {"front": _heads(2, 1)})
    # Agent 0 would be free at +50 s for the caller who waits, but is the one to go.
    assert day_of(trace, 0)[-1] == ("talk", NINE - 50, NINE + 50)
    assert rows(trace, "contacts", "answered agent") == [
        (NINE - 50, 0),
        (NINE - 30, 1),
        (NINE + 70, 1),
    ]
    assert rows(trace, "shifts", "agent start end") == [
        (0, 8 * HOUR, NINE),
        (1, 8 * HOUR, 10 * HOUR),
    ]


def test_a_drop_that_is_made_up_before_anybody_is_free_sends_nobody_home() -> None:
    calls = reason(NINE - 50, NINE - 30, talk_s=1000)
    group = _heads(2, 1, 2, 2, 2, 2, interval_min=5, start="08:55")
    trace = played({"enquiry": calls}, {"front": group})
    assert [day_of(trace, k)[-1] for k in range(2)] == [
        ("ready", NINE + 950, NINE + 1500),
        ("ready", NINE + 970, NINE + 1500),
    ]
    assert len(rows(trace, "shifts", "agent")) == 2


def test_the_headcount_is_that_of_the_weekday() -> None:
    heads = {"monday": [1], "every_day": [3]}
    group = {"heads_by_interval": {"interval_min": 60, "start": "08:00", "heads": heads}}
    calls = reason(8 * HOUR, DAY + 8 * HOUR)
    trace = played({"enquiry": calls}, {"front": group}, horizon={"days": 2})
    starts = [start for _, start in rows(trace, "shifts", "agent start")]
    assert (starts.count(8 * HOUR), starts.count(DAY + 8 * HOUR)) == (1, 3)


def test_agents_who_are_absent_are_missing_from_the_headcount() -> None:
    scenario = centre({"enquiry": reason(NINE)}, {"front": {**_heads(400, 400), "absence": 0.1}})
    trace = simulate(scenario, 1, 0)
    ready = trace.spans["state"] == AgentState.READY
    agents = len(np.unique(trace.spans["agent"][ready]))
    assert abs(agents - 360) < 24  # four standard errors


def test_agents_who_are_missing_from_the_headcount_are_paid() -> None:
    group = {**_heads(10, 10, 6, 10), "absence": 0.3}
    told = measured({"enquiry": reason(NINE)}, {"front": group}, horizon={"days": 20})
    assert told["paid_hours"] == pytest.approx(36)
    # 200 days of agents: four standard errors of the share are 4 * sqrt(0.3 * 0.7 / 200).
    assert told["absence"] == pytest.approx(0.3, abs=0.13)
    assert told["overtime"] == 0


@pytest.mark.parametrize("calls", [50, 900])
def test_the_absent_are_paid_as_well_when_everybody_is_busy_as_the_number_falls(calls: int) -> None:
    group = {**_heads(10, interval_min=1440, start="00:00"), "absence": 0.3}
    talk = {"distribution": "exponential", "mean": 600}
    calls_a_day = {**reason(talk_s=talk), "volume": {"per_day": calls}}
    told = measured({"enquiry": calls_a_day}, {"front": group}, horizon={"days": 10})
    assert told["paid_hours"] == pytest.approx(240)  # a day: ten people for 24 hours


def test_nobody_is_absent_and_at_work_at_the_same_time() -> None:
    group = {**_heads(4, 2, 4, interval_min=480, start="00:00"), "absence": 0.5}
    calls = reason(*range(0, 345_600, 400), talk_s=1500)
    trace = played({"enquiry": calls}, {"front": group}, horizon={"days": 4})
    for agent in range(4):
        spans = list(spans_of(trace, agent))
        for (_, _, end), (_, start, _) in pairwise(spans):
            assert start >= end
    assert AgentState.ABSENT in trace.spans["state"]


def test_heads_are_on_duty_whenever_the_centre_is_open() -> None:
    trace = _quiet(
        {"heads": 2},
        opening={"hours": "08:00-20:00", "days": {"tuesday": "closed"}},
        horizon={"days": 3},
    )
    assert rows(trace, "shifts", "agent start end") == [
        (agent, day * DAY + 8 * HOUR, day * DAY + 20 * HOUR) for agent in (0, 1) for day in (0, 2)
    ]
