from math import isnan

import pytest

from sim.trace.codes import AgentState
from sim.trace.trace import Trace
from tests.support.written_traces import DAY, SCENARIO, row, span, trace, values

HOUR = 3600.0
CLERK, BOSS = 0, 1


def a_working_day() -> Trace:
    """The clerk serves for 6 of 9 paid hours, the boss decides and coaches in 8."""
    made = trace()
    for state, start, end in (
        (AgentState.TALK, 8, 12),
        (AgentState.BREAK, 12, 13),
        (AgentState.READY, 13, 15),
        (AgentState.HOLD, 15, 16),
        (AgentState.WRAP_UP, 16, 17),
    ):
        span(made, CLERK, state, start * HOUR, end * HOUR)
    for state, start, end in (
        (AgentState.DECIDING, 8, 10),
        (AgentState.HELPING, 10, 11),
        (AgentState.OWN_WORK, 11, 12),
        (AgentState.READY, 12, 14),
        (AgentState.MEETING, 14, 16),
    ):
        span(made, BOSS, state, start * HOUR, end * HOUR)
    for agent in (CLERK, BOSS):
        row(made.shifts, agent=agent, start=8 * HOUR, end=16 * HOUR)
    return made


def test_occupancy_leaves_out_breaks_and_meetings_and_takes_own_work_for_waiting() -> None:
    assert values(a_working_day(), "group", "front")["occupancy"] == 6 / 8
    assert values(a_working_day(), "tier", "2")["occupancy"] == 3 / 6
    assert values(a_working_day())["occupancy"] == 9 / 14


def test_utilisation_is_work_over_all_paid_time() -> None:
    assert values(a_working_day(), "group", "front")["utilisation"] == 6 / 9
    assert values(a_working_day(), "group", "bosses")["utilisation"] == 4 / 8


def test_the_time_that_colleagues_take_is_a_share_of_paid_time() -> None:
    assert values(a_working_day(), "group", "bosses")["time_for_colleagues"] == 3 / 8
    assert values(a_working_day(), "group", "front")["time_for_colleagues"] == 0.0


def test_work_after_the_end_of_the_shift_is_overtime() -> None:
    found = values(a_working_day())
    assert found["paid_hours"] == 17.0
    assert found["overtime"] == pytest.approx(1.0)
    assert values(a_working_day(), "group", "bosses")["overtime"] == 0.0


def test_paid_hours_and_overtime_are_per_day_of_the_horizon() -> None:
    made = trace(horizon_s=2 * DAY)
    span(made, CLERK, AgentState.READY, 8 * HOUR, 18 * HOUR)
    row(made.shifts, agent=CLERK, start=8 * HOUR, end=16 * HOUR)
    assert values(made)["paid_hours"] == 5.0
    assert values(made)["overtime"] == pytest.approx(1.0)


def test_the_overtime_of_one_agent_is_not_the_shift_of_another() -> None:
    made = trace()
    span(made, CLERK, AgentState.READY, 8 * HOUR, 10 * HOUR)
    span(made, BOSS, AgentState.READY, 8 * HOUR, 10 * HOUR)
    row(made.shifts, agent=BOSS, start=6 * HOUR, end=12 * HOUR)
    row(made.shifts, agent=CLERK, start=6 * HOUR, end=9 * HOUR)
    assert values(made, "group", "front")["overtime"] == pytest.approx(1.0)
    assert values(made, "group", "bosses")["overtime"] == 0.0


def test_time_is_cut_at_the_end_of_the_warm_up_and_at_the_horizon() -> None:
    made = trace(horizon_s=12 * HOUR, warm_up_s=8 * HOUR)
    span(made, CLERK, AgentState.TALK, 6 * HOUR, 9 * HOUR)
    span(made, CLERK, AgentState.READY, 9 * HOUR, 14 * HOUR)
    row(made.shifts, agent=CLERK, start=6 * HOUR, end=14 * HOUR)
    found = values(made)
    assert found["occupancy"] == 1 / 4
    assert found["paid_hours"] == pytest.approx(24.0)  # four hours in a sixth of a day
    assert found["overtime"] == 0.0


def test_coaching_done_compares_own_work_with_what_was_planned() -> None:
    found = values(a_working_day(), "group", "bosses")
    assert found["coaching_done"] == 1 / 2
    assert isnan(values(a_working_day(), "group", "front")["coaching_done"])


def test_a_day_in_two_shifts_is_one_day_and_an_absent_agent_plans_no_coaching() -> None:
    made = trace(horizon_s=2 * DAY)
    for start, end in ((8, 12), (14, 18), (32, 40)):
        row(made.shifts, agent=BOSS, start=start * HOUR, end=end * HOUR)
    span(made, BOSS, AgentState.OWN_WORK, 8 * HOUR, 9 * HOUR)
    span(made, BOSS, AgentState.ABSENT, 32 * HOUR, 40 * HOUR)
    assert values(made)["coaching_done"] == 1 / 2


def test_of_a_day_that_the_warm_up_cuts_the_measured_share_is_planned() -> None:
    made = trace(warm_up_s=12 * HOUR)
    row(made.shifts, agent=BOSS, start=8 * HOUR, end=16 * HOUR)
    span(made, BOSS, AgentState.OWN_WORK, 12 * HOUR, 13 * HOUR)
    assert values(made)["coaching_done"] == 1.0


def test_a_supervisor_at_night_coaches_no_more_than_is_planned() -> None:
    made = trace(horizon_s=3 * DAY)
    for start in (23, 47):
        row(made.shifts, agent=BOSS, start=start * HOUR, end=(start + 7) * HOUR)
    span(made, BOSS, AgentState.OWN_WORK, 23 * HOUR, 26 * HOUR)
    # Two hours a day, of which the first day has room for one before midnight.
    assert values(made)["coaching_done"] == 3 / 5
    span(made, BOSS, AgentState.ABSENT, 47 * HOUR, 54 * HOUR)
    assert values(made)["coaching_done"] == 1.0


def test_agents_who_know_no_own_work_plan_none() -> None:
    groups = {**SCENARIO["groups"], "bosses": {"heads": 1, "tier": 2}}
    assert isnan(values(a_working_day(), groups=groups)["coaching_done"])
