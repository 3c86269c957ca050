from dataclasses import replace
from math import isnan

import pytest

from results.measures.registry import summarise
from scenarios.schema import Scenario
from sim.trace.codes import AgentState, PlaceState
from sim.trace.trace import AgentTraits, Trace
from tests.support.timed_centres import measured, reason
from tests.support.written_traces import DAY, NAN, SCENARIO, row, scenario, span, trace


def with_hiring() -> Scenario:
    groups = SCENARIO["groups"]
    return scenario(
        groups={
            "front": {**groups["front"], "hiring": {"cost_per_hire": 3000.0}},
            "bosses": {**groups["bosses"], "hiring": {"cost_per_hire": 9000.0}},
        }
    )


def two_places_and_a_boss(warm_up_s: float = 0.0) -> Trace:
    """Four days. Place 0 is left on day 1, empty on day 2, in training on day 3; a new boss."""
    places = tuple(AgentTraits(group, 1.0, 0.0) for group in (0, 0, 1))
    made = replace(trace(horizon_s=4 * DAY, warm_up_s=warm_up_s), agents=places)
    states = [
        *([PlaceState.PRESENT, PlaceState.PRESENT, PlaceState.VACANT, PlaceState.IN_TRAINING],),
        *([PlaceState.PRESENT] * 4,) * 2,
    ]
    for place, of_place in enumerate(states):
        for day, state in enumerate(of_place):
            known = {"tenure_weeks": 10.0 * place + day, "engagement": 0.5}
            if state == PlaceState.VACANT:
                known = {"tenure_weeks": NAN, "engagement": NAN}
            moves = {"quit": int((place, day) == (0, 1)), "hired": int((place, day) == (0, 3))}
            moves["hired"] |= int((place, day) == (2, 0))
            row(made.staff, agent=place, day=day, state=state, **known, **moves)
    span(made, 0, AgentState.TRAINING, 3 * DAY, 3 * DAY + 8 * 3600.0)
    return made


def values(made: Trace, kind: str = "all", name: str = "") -> dict[str, float]:
    return summarise(with_hiring(), made).values[(kind, name)]


def test_places_are_held_vacant_or_in_training() -> None:
    found = values(two_places_and_a_boss())
    assert found["headcount"] == pytest.approx((3 + 3 + 2 + 2) / 4)
    assert found["vacancies"] == pytest.approx(1 / 4)
    assert values(two_places_and_a_boss(), "group", "bosses")["headcount"] == 1.0


def test_turnover_is_a_yearly_rate_per_head() -> None:
    assert values(two_places_and_a_boss())["attrition"] == pytest.approx(1 / 11 * 365)
    assert values(two_places_and_a_boss(), "tier", "2")["attrition"] == 0.0


def test_tenure_and_engagement_are_means_over_those_who_are_there() -> None:
    found = values(two_places_and_a_boss(), "group", "front")
    assert found["tenure"] == pytest.approx((0 + 1 + 3 + 10 + 11 + 12 + 13) / 7)
    assert found["engagement"] == pytest.approx(0.5)


def test_absence_is_a_share_of_paid_time_and_nobody_is_missed_in_class() -> None:
    made = two_places_and_a_boss()
    row(made.shifts, agent=0, start=3 * DAY, end=3 * DAY + 8 * 3600.0)  # in class
    for day, state in enumerate((AgentState.ABSENT, AgentState.READY, AgentState.TALK)):
        start, end = day * DAY, day * DAY + 8 * 3600.0
        row(made.shifts, agent=1, start=start, end=end)
        span(made, 1, state, start, end)
    assert values(made)["absence"] == pytest.approx(1 / 3)
    assert isnan(values(made, "group", "bosses")["absence"])  # nobody of them is paid


def test_the_share_of_agents_absent_is_what_the_scenario_says() -> None:
    desk = {"heads": 40, "absence": 0.1}
    told = measured({"call": reason(0)}, {"front": desk}, horizon={"days": 20})
    # 800 days of agents: four standard errors are 4 * sqrt(0.1 * 0.9 / 800).
    assert told["absence"] == pytest.approx(0.1, abs=0.043)


def test_hiring_and_training_cost_what_the_group_says() -> None:
    found = values(two_places_and_a_boss())
    assert found["hiring_cost"] == pytest.approx((3000.0 + 9000.0) / 4)
    assert found["training_cost"] == pytest.approx(8 * 20.0 / 4)
    assert found["hired"] == pytest.approx(2 / 4 * 365)
    # Training is paid by the hour: it is in the staff cost already.
    assert found["service_cost"] == pytest.approx(found["staff_cost"] + found["hiring_cost"])
    assert values(two_places_and_a_boss(), "group", "front")["hiring_cost"] == 750.0


def test_people_of_the_warm_up_are_not_counted() -> None:
    found = values(two_places_and_a_boss(warm_up_s=2 * DAY))
    assert found["hiring_cost"] == pytest.approx(3000.0 / 2)
    assert found["attrition"] == 0.0
    assert found["vacancies"] == pytest.approx(1 / 2)
