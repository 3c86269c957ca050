import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.measures.intervals import COLUMNS
from results.measures.registry import summarise
from sim.trace.codes import AgentState, ContactKind, Ending, Outcome, Trigger
from sim.trace.trace import Trace
from tests.support.examples import examples
from tests.support.written_traces import (
    abandoned,
    answered,
    random_trace,
    row,
    scenario,
    span,
    trace,
)

HALF_HOUR = 1800.0
ALL = ("all", "")


def table(
    made: Trace, cut: tuple[str, str] = ALL, interval_min: int = 30
) -> dict[str, list[float]]:
    targets = {"interval_min": interval_min}
    columns = summarise(scenario(targets=targets), made).intervals[cut]
    assert tuple(columns) == COLUMNS
    return {name: column.tolist() for name, column in columns.items()}


def two_intervals() -> Trace:
    made = trace(horizon_s=2 * HALF_HOUR)
    answered(made, 0, 0.0, 10.0, 100.0, hold_s=20.0, wrap_up_s=30.0, escalated=Trigger.AUTHORITY)
    answered(made, 1, 1799.0, 30.0, 50.0, offered_callback=1)
    abandoned(made, 2, 10.0, 2.0)
    abandoned(made, 3, 20.0, 90.0, offered_callback=1)
    nowhere = {"queued": float("nan")}
    abandoned(made, 4, 30.0, 0.0, outcome=Outcome.BLOCKED, **nowhere)
    abandoned(made, 5, 1800.0, 0.0, outcome=Outcome.CALLBACK_TAKEN, offered_callback=1)
    answered(made, 6, 1800.0, 5.0, 200.0, kind=ContactKind.CALLBACK, case=5, attempt=1)
    return made


def test_a_question_waits_until_somebody_turns_to_it_or_the_customer_hangs_up() -> None:
    made = trace(horizon_s=2 * HALF_HOUR)
    answered(made, 0, 0.0, 5.0, 1895.0)  # hangs up at 1,900 s
    answered(made, 1, 0.0, 5.0, 60.0)
    boss = {"group": 1, "agent": 1, "asker_group": 0}
    never = {"started": float("nan"), "decided": float("nan"), "approved": float("nan")}
    row(made.decisions, contact=0, case=0, asked=600.0, started=1500.0, decided=1600.0, **boss)
    row(made.decisions, contact=0, case=0, asked=1700.0, **{**boss, **never})
    row(made.decisions, contact=1, case=1, asked=3000.0, **{**boss, **never})
    alone = {"group": 0, "agent": 0, "asker_group": -1}
    row(made.decisions, contact=1, case=1, asked=10.0, started=10.0, decided=500.0, **alone)
    # Nobody came: the first agent passes the customer on, who is served for another half hour.
    two = {"contact": 2, "case": 2, "group": 0, "agent": 0}
    row(made.contacts, **two, arrival=0.0, queued=0.0, answered=5.0, ended=3005.0, ending=1, legs=2)
    row(made.legs, **two, leg=0, queued=0.0, answered=5.0, ended=2000.0)
    row(made.legs, **two, leg=1, queued=2000.0, answered=2000.0, ended=3005.0, ending=1)
    row(made.decisions, contact=2, case=2, asked=1950.0, **{**boss, **never})
    # 900 and 100 s before half past, then 100 s to the hang-up and 50 s to the transfer; the
    # question asked after the contact keeps nobody on hold.
    waiting = [1000.0 / HALF_HOUR, 150.0 / HALF_HOUR]
    assert table(made)["approvals_waiting"] == pytest.approx(waiting)
    assert table(made, ("group", "bosses"))["approvals_waiting"] == pytest.approx(waiting)
    assert table(made, ("group", "front"))["approvals_waiting"] == [0.0, 0.0]
    assert np.isnan(table(made, ("channel", "voice"))["approvals_waiting"]).all()


def test_a_contact_belongs_to_the_interval_in_which_it_arrived() -> None:
    found = table(two_intervals())
    assert found["start_s"] == [0.0, 1800.0]
    assert found["offered"] == [5.0, 1.0]
    assert found["answered"] == [2.0, 0.0]
    assert found["handled"] == [2.0, 1.0]
    assert found["abandoned"] == [2.0, 0.0]
    assert found["short_abandons"] == [1.0, 0.0]
    assert found["blocked"] == [1.0, 0.0]
    assert found["callbacks_offered"] == [2.0, 1.0]
    assert found["callbacks_taken"] == [0.0, 1.0]
    assert found["escalated"] == [1.0, 0.0]
    assert found["answered_in_target"] == [1.0, 0.0]
    assert found["talk_s"] == [150.0, 200.0]
    assert found["hold_s"] == [20.0, 0.0]
    assert found["wrap_up_s"] == [30.0, 0.0]


def test_the_follow_up_of_a_contact_that_went_up_is_no_second_escalation() -> None:
    made = two_intervals()
    kind = ContactKind.FOLLOW_UP
    answered(made, 7, 1900.0, 0.0, 60.0, kind=kind, case=0, attempt=1, escalated=Trigger.AUTHORITY)
    assert table(made)["handled"] == [2.0, 2.0]
    assert table(made)["escalated"] == table(made, ("group", "front"))["escalated"] == [1.0, 0.0]


def test_an_interval_has_the_measures_of_its_own_contacts() -> None:
    found = table(two_intervals())
    assert found["service_level"] == pytest.approx([1 / 5, 0.0])
    assert found["asa_s"] == pytest.approx([20.0, np.nan], nan_ok=True)
    assert found["longest_wait_s"] == pytest.approx([90.0, 0.0])
    assert found["aht_s"] == [100.0, 200.0]


def test_agents_are_staffed_while_they_work_or_are_ready_for_it() -> None:
    made = trace(horizon_s=2 * HALF_HOUR)
    span(made, 0, AgentState.READY, 900.0, 1500.0)
    span(made, 0, AgentState.TALK, 1500.0, 2700.0)
    span(made, 0, AgentState.BREAK, 2700.0, 3600.0)
    span(made, 1, AgentState.OWN_WORK, 0.0, 1800.0)
    span(made, 1, AgentState.DECIDING, 1800.0, 3600.0)
    found = table(made)
    assert found["staffed"] == pytest.approx([1.5, 1.5])
    assert found["occupancy"] == pytest.approx([300 / 2700, 1.0])
    front = table(made, ("group", "front"))
    assert front["staffed"] == pytest.approx([0.5, 0.5])
    assert front["occupancy"] == pytest.approx([1 / 3, 1.0])
    assert np.isnan(table(made, ("reason", "enquiry"))["staffed"]).all()


def test_at_night_nobody_is_staffed_and_nothing_has_an_occupancy() -> None:
    made = trace(horizon_s=30 * 86_400.0)
    for day in range(30):
        # Thirds of a second are no binary fractions, so that rounding would show.
        for start in range(8 * 3600, 17 * 3600, 37):
            begin = day * 86_400.0 + start + 1 / 3
            span(made, 0, AgentState.TALK, begin, begin + 20.1)
            span(made, 0, AgentState.READY, begin + 20.1, begin + 37.0)
    found = summarise(scenario(), made).intervals[ALL]
    night = found["start_s"] % 86_400.0 >= 18 * 3600
    assert np.all(found["staffed"][night] == 0.0)
    assert np.isnan(found["occupancy"][night]).all()
    assert found["occupancy"][20] == pytest.approx(20.1 / 37.0, abs=0.02)


def test_transfers_leave_one_group_and_reach_another() -> None:
    made = trace(horizon_s=HALF_HOUR)
    answered(made, 0, 0.0, 10.0, 100.0, ending=Ending.TRANSFERRED_COLD)
    times = {"queued": 110.0, "answered": 150.0, "talk_s": 60.0}
    row(made.legs, contact=0, leg=1, group=1, agent=1, ending=Ending.SETTLED, **times)
    assert table(made, ("group", "front"))["transferred_out"] == [1.0]
    assert table(made, ("group", "front"))["transferred_in"] == [0.0]
    assert table(made, ("group", "bosses"))["transferred_in"] == [1.0]
    assert table(made, ("group", "bosses"))["asa_s"] == [40.0]
    assert table(made, ("group", "bosses"))["talk_s"] == [60.0]


def test_what_nobody_answered_is_unknown_for_a_group() -> None:
    found = table(two_intervals(), ("group", "front"))
    assert np.isnan(found["offered"]).all()
    assert np.isnan(found["abandoned"]).all()
    assert found["answered"] == [2.0, 0.0]


def test_a_last_interval_that_is_cut_short_still_has_whole_numbers_of_agents() -> None:
    made = trace(horizon_s=1.5 * HALF_HOUR)
    span(made, 0, AgentState.READY, 0.0, 1.5 * HALF_HOUR)
    assert table(made)["staffed"] == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("interval_min", [15, 30, 60])
def test_a_day_has_as_many_intervals_as_the_scenario_asks_for(interval_min: int) -> None:
    assert len(table(two_intervals_of_a_day(), ALL, interval_min)["start_s"]) == 1440 / interval_min


def two_intervals_of_a_day() -> Trace:
    made = trace()
    answered(made, 0, 0.0, 10.0, 100.0)
    return made


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 10_000))
def test_the_intervals_add_up_to_the_totals(seed: int) -> None:
    made = random_trace(80, seed)
    for second in range(0, 7 * 86_400, 30_000):
        state = AgentState(second // 30_000 % len(AgentState))
        span(made, 0, state, float(second), second + 30_000.0)
    summary = summarise(scenario(), made)
    for cut, columns in summary.intervals.items():
        values = summary.values[cut]
        assert columns["handled"].sum() == values["handled"]
        talk_s = columns["talk_s"].sum()
        assert talk_s == pytest.approx(np.nan_to_num(values["talk_time"]) * values["handled"])
        if cut[0] not in ("group", "tier"):
            assert columns["offered"].sum() == values["offered"]
    of_the_whole = summary.intervals[ALL]
    off = (AgentState.BREAK, AgentState.MEETING, AgentState.TRAINING)
    not_working = [*off, AgentState.ABSENT, AgentState.AWAY]
    spans = made.spans.as_dict()
    at_work = ~np.isin(spans["state"], not_working)
    seconds = (np.minimum(spans["end"], made.horizon_s) - spans["start"])[at_work].sum()
    assert of_the_whole["staffed"].sum() * HALF_HOUR == pytest.approx(seconds, rel=1e-5)


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 10_000))
def test_the_reasons_add_up_to_the_whole_in_every_interval(seed: int) -> None:
    intervals = summarise(scenario(), random_trace(80, seed)).intervals
    for name in ("offered", "answered", "handled", "abandoned", "blocked", "talk_s", "backlog"):
        parts = intervals[("reason", "enquiry")][name] + intervals[("reason", "damaged")][name]
        assert parts == pytest.approx(intervals[ALL][name], rel=1e-5)


def test_who_came_while_it_was_closed_is_not_offered_and_who_was_turned_away_is() -> None:
    made = two_intervals()
    abandoned(made, 7, 40.0, 0.0, outcome=Outcome.CLOSED, queued=float("nan"))
    abandoned(made, 8, 1800.0, 60.0, outcome=Outcome.TURNED_AWAY)
    found = table(made)
    assert found["offered"] == [5.0, 2.0]
    assert found["closed"] == [1.0, 0.0]
    assert found["turned_away"] == [0.0, 1.0]
    assert found["longest_wait_s"] == pytest.approx([90.0, 60.0])
    assert found["service_level"] == pytest.approx([1 / 5, 0.0])


def test_who_finds_it_closed_and_how_many_wait_stand_in_the_table() -> None:
    made = trace(horizon_s=3 * HALF_HOUR)
    abandoned(made, 0, 100.0, 0.0, outcome=Outcome.CLOSED, queued=float("nan"))
    answered(made, 1, 1900.0, 180.0, 60.0)
    opening = {"hours": "00:30-01:00"}
    columns = summarise(scenario(opening=opening), made).intervals
    whole, front = columns[ALL], columns["queue", "front"]
    assert whole["closed"].tolist() == [1.0, 0.0, 0.0]
    assert whole["number_waiting"] == pytest.approx([np.nan, 0.1, np.nan], nan_ok=True)
    assert front["number_waiting"] == pytest.approx([np.nan, 0.1, np.nan], nan_ok=True)
    assert np.isnan(front["closed"]).all()
    assert np.isnan(columns["group", "front"]["number_waiting"]).all()


def test_waits_of_an_interval_are_those_of_everybody_who_asked() -> None:
    made = trace(horizon_s=2 * HALF_HOUR)
    answered(made, 0, 0.0, 0.0, 100.0)
    answered(made, 1, 10.0, 30.0, 50.0)
    abandoned(made, 2, 20.0, 90.0)
    abandoned(made, 3, 30.0, 0.0, outcome=Outcome.BLOCKED, queued=float("nan"))
    found = table(made)
    assert found["wait_all_s"][0] == pytest.approx((0 + 30 + 90) / 3)
    assert found["wait_abandoned_s"][0] == pytest.approx(90.0)
    assert found["queued_share"][0] == pytest.approx(2 / 3)
    assert all(np.isnan(found[name][1]) for name in ("wait_all_s", "queued_share"))
