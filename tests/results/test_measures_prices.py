"""What customers suffer has a price where the centre names one, and none where it does not."""

import pytest

from results.measures.registry import summarise
from scenarios import warnings
from sim.trace.codes import AgentState, CaseState, Ending, Outcome
from sim.trace.trace import Trace
from tests.support.written_traces import NAN, abandoned, answered, row, scenario, span, trace

HOUR = 3600.0
LOYALTY = {"customer_value": 100.0}


def suffered() -> Trace:
    """Ten minutes in a queue, two on hold, three in a second queue; one lost, one blocked."""
    made = trace()
    answered(made, 0, 0.0, 240.0, 300.0, hold_s=120.0)
    abandoned(made, 1, 0.0, 360.0)
    row(made.contacts, contact=2, case=2, outcome=Outcome.BLOCKED)
    # Answered immediately, passed on after a minute, hung up in the second queue after three more.
    times = {"arrival": 0.0, "queued": 0.0, "answered": 0.0, "talk_s": 60.0}
    row(made.contacts, contact=3, case=3, ended=240.0, ending=Ending.HUNG_UP, group=0, **times)
    times.pop("arrival")
    row(made.legs, contact=3, case=3, ended=60.0, ending=Ending.TRANSFERRED_COLD, **times)
    row(made.cases, case=0, state=CaseState.RESOLVED, contacts_answered=1)
    row(made.cases, case=1, state=CaseState.GIVEN_UP)
    row(made.cases, case=2, state=CaseState.OPEN, ended=NAN)
    row(made.cases, case=3, state=CaseState.GIVEN_UP, contacts_answered=1)
    return made


@pytest.mark.parametrize(
    ("price", "cost"),
    [
        ({"queue_per_min": 1.0}, 4.0 + 6.0 + 3.0),
        ({"hold_per_min": 1.0}, 2.0),
        ({"blocked_call": 1.0}, 1.0),
        ({"lost_case": 1.0}, 1.0),
        ({}, 0.0),
    ],
)
def test_each_price_is_of_what_it_names(price: dict[str, float], cost: float) -> None:
    found = summarise(scenario(costs=price), suffered()).values["all", ""]
    assert found["waiting_cost"] == pytest.approx(cost)
    assert found["service_cost"] == pytest.approx(cost)


def test_an_hour_of_overtime_costs_what_its_factor_says() -> None:
    """Nobody is scheduled, so all four hours at 20 are overtime: 80, and half of it on top."""
    made = trace()
    span(made, 0, AgentState.TALK, 0.0, 4 * HOUR)
    found = summarise(scenario(costs={"overtime_factor": 1.5}), made).values["all", ""]
    assert found["staff_cost"] == 80.0
    assert found["overtime_cost"] == 40.0
    assert found["service_cost"] == 120.0


def test_a_lost_case_that_has_a_price_is_not_at_risk_as_well() -> None:
    def at_risk(**costs: float) -> float:
        found = summarise(scenario(costs=costs, loyalty=LOYALTY), suffered())
        return found.values["all", ""]["revenue_at_risk"]

    # Of the four, two are lost without a complaint: not resolved, 25 % leave.
    assert at_risk() - at_risk(lost_case=1.0) == pytest.approx(25.0)


def test_a_check_says_that_a_lost_case_is_priced_once() -> None:
    def doubts(**sections: object) -> list[str]:
        return [str(one) for one in warnings(scenario(costs={"lost_case": 5.0}, **sections))]

    assert any("left out of the revenue at risk" in one for one in doubts(loyalty=LOYALTY))
    assert not any("left out of the revenue at risk" in one for one in doubts())
