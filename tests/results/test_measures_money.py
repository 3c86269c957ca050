from dataclasses import replace
from math import isnan

import pytest

from results.measures.registry import summarise
from sim.trace.codes import AgentState, CaseState, ContactKind
from sim.trace.trace import Trace
from tests.support.written_traces import DAY, NAN, answered, row, scenario, span, trace, values

HOUR = 3600.0


def two_days() -> Trace:
    """One case settled with 50 for 40 by the front line; one of 100 open, 90 of it paid so far."""
    made = trace(horizon_s=2 * DAY)
    answered(made, 0, 0.0, 60.0, 540.0)  # ten minutes on the line
    answered(made, 1, 0.0, 0.0, 600.0, reason=1)
    answered(made, 2, 0.0, 9 * HOUR, 120.0, kind=ContactKind.CALLBACK, case=1, attempt=1)
    answered(made, 3, 0.0, 9 * HOUR, 120.0, channel=2, case=1, attempt=2)
    row(made.cases, case=0, state=CaseState.RESOLVED, money=40.0, paid=50.0)
    row(made.cases, case=1, reason=1, state=CaseState.OPEN, ended=NAN, money=100.0, paid=90.0)
    row(made.decisions, contact=0, group=0, asker_group=-1, money=40.0, paid=50.0, approved=1)
    asked = {"contact": 1, "case": 1, "group": 1}
    row(made.decisions, money=100.0, paid=0.0, approved=0, **asked)
    row(made.decisions, money=100.0, paid=90.0, approved=1, **asked)
    span(made, 0, AgentState.TALK, 0.0, 8 * HOUR)
    span(made, 1, AgentState.BREAK, 0.0, 4 * HOUR)
    return made


def test_remedies_and_give_away_are_per_day_and_per_case() -> None:
    found = values(two_days())
    assert found["remedies_paid"] == 70.0
    assert found["remedies_paid_per_case"] == 70.0
    assert found["give_away"] == 5.0, "the 10 too few of the other case are no gift taken back"
    assert values(two_days(), "group", "front")["give_away"] == 5.0
    assert values(two_days(), "group", "bosses")["remedies_paid"] == 45.0
    assert values(two_days(), "reason", "enquiry")["give_away_per_case"] == 10.0


def test_every_paid_hour_costs_what_its_group_costs() -> None:
    assert values(two_days())["staff_cost"] == (8 * 20.0 + 4 * 40.0) / 2
    assert values(two_days(), "tier", "2")["staff_cost"] == 4 * 40.0 / 2


def test_a_line_costs_from_the_first_ring_and_for_callbacks_from_the_answer() -> None:
    assert values(two_days())["telecom_cost"] == pytest.approx((10 + 10 + 2) * 0.1 / 2)
    assert values(two_days(), "channel", "email")["telecom_cost"] == 0.0


def test_service_cost_is_staff_and_telecom_and_what_is_given_away() -> None:
    found = values(two_days())
    total = found["staff_cost"] + found["telecom_cost"] + found["give_away"]
    assert found["service_cost"] == pytest.approx(total)
    assert found["service_cost_per_case"] == pytest.approx(total * 2 / 2)
    assert found["cost_per_contact"] == pytest.approx(total * 2 / 4)
    assert found["cost_per_resolution"] == pytest.approx(total * 2 / 1)


def test_money_that_belongs_to_the_whole_centre_has_no_value_for_a_reason() -> None:
    assert isnan(values(two_days(), "reason", "enquiry")["service_cost"])


def test_a_root_cause_costs_when_its_mending_begins() -> None:
    made = two_days()
    row(made.fixes, cause=0, started=DAY, done=NAN, cost=600.0)
    found = values(made)
    assert found["fix_cost"] == 300.0
    total = found["staff_cost"] + found["telecom_cost"] + found["give_away"] + 300.0
    assert found["service_cost"] == pytest.approx(total)
    assert summarise(scenario(), replace(made, warm_up_s=DAY + 1)).values[("all", "")][
        "fix_cost"
    ] == (0.0)
