"""The stresses: what each of them changes, on top of a policy."""

from typing import Any

import pytest

from results.errors import ExperimentError
from results.stress.stress import AS_IT_IS, plan_of
from scenarios import Scenario, apply, library, load, load_text, policies_of, with_changes
from scenarios.parts.figures import mean_of
from scenarios.policies.stresses import Stress, busiest_hour, stresses_of
from scenarios.save import dump
from tests.support.command_line import SHOP
from tests.support.scenario_texts import shop
from tests.support.timed_centres import HOUR

TICKET = """
[policies.tickets]
title = "Answer in writing"
changes = { "escalation.beyond_authority.steps" = [
    { step = "ticket", group = "supervisors", due_h = 4, work_s = 300 } ] }
"""
STRESSES = ("volume", "two-absent", "handling-time", "outage-hour", "approver-ill")


def stress(scenario: Scenario, name: str) -> Stress:
    (one,) = [one for one in stresses_of(scenario) if one.name == name]
    return one


def stressed(scenario: Scenario, name: str) -> Scenario:
    changes = stress(scenario, name).changes(scenario)
    assert changes is not None
    return with_changes(scenario, changes)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in ("outage", "textbook") else pytest.mark.long)
        for name in library.names()
    ],
)
def test_every_shipped_policy_can_be_put_under_every_stress_that_there_is(name: str) -> None:
    scenario = load(name)
    stresses = stresses_of(scenario)
    assert tuple(one.name for one in stresses) == STRESSES, "the same set for every centre"
    for under in policies_of(scenario).values():
        for one in stresses:
            assert (one.changes(under) is not None) is one.exists, one.name


def test_a_fifth_more_customers_of_every_reason() -> None:
    given = with_changes(shop(), {"reasons.damage.volume.factor": 0.5})
    found = stressed(given, "volume")
    assert found.reasons["order"].volume.factor == 1.2
    assert found.reasons["damage"].volume.factor == 0.6


def test_given_arrivals_are_left_as_they_are() -> None:
    mixed = with_changes(
        shop(), {"reasons.order.volume": {"at_s": [0.0]}}, remove=["reasons.order.volume"]
    )
    assert stressed(mixed, "volume").reasons["order"].volume == mixed.reasons["order"].volume


def test_two_people_are_absent_from_the_largest_shifts_of_the_largest_front_line() -> None:
    """Eight on each shift: one of the early shift, one of the late."""
    shifts = stressed(shop(), "two-absent").groups["front_line"].shifts or {}
    assert {name: shift.heads for name, shift in shifts.items()} == {"early": 7, "late": 7}
    uneven = with_changes(shop(), {"groups.front_line.shifts.early.heads": 10})
    shifts = stressed(uneven, "two-absent").groups["front_line"].shifts or {}
    assert {name: shift.heads for name, shift in shifts.items()} == {"early": 8, "late": 8}


def test_a_crew_is_absent_from_all_of_its_shifts() -> None:
    crew: dict[str, Any] = {
        "groups.front_line.shifts.early.crew": "a",
        "groups.front_line.shifts.early.end": "12:00",
        "groups.front_line.shifts.early.breaks": [],
        "groups.front_line.shifts.late.crew": "a",
    }
    shifts = stressed(with_changes(shop(), crew), "two-absent").groups["front_line"].shifts or {}
    assert {name: shift.heads for name, shift in shifts.items()} == {"early": 6, "late": 6}


def test_two_heads_are_absent_all_the_while_where_heads_are_given() -> None:
    scenario = load_text(SHOP)
    assert stressed(scenario, "two-absent").groups["front_line"].heads == 2
    plan = {"interval_min": 60, "start": "09:00", "heads": {"every_day": [4, 1, 5, 4]}}
    by_hour = with_changes(
        scenario, {"groups.front_line.heads_by_interval": plan}, remove=["groups.front_line.heads"]
    )
    found = stressed(by_hour, "two-absent").groups["front_line"].heads_by_interval
    assert found is not None
    assert found.heads["every_day"] == (2, 0, 3, 2)


def test_the_absent_are_of_the_same_group_under_every_policy() -> None:
    """A policy that makes another group the largest loses the same two people."""
    more = '[policies.more]\nchanges = { "groups.helpers" = { heads = 9 } }\n'
    scenario = load_text(SHOP + more)
    changes = stress(scenario, "two-absent").changes(apply(scenario, "more"))
    assert changes == {"groups.front_line.heads": 2}


def test_the_absence_of_everybody_is_left_out_and_said() -> None:
    one = stress(with_changes(load_text(SHOP), {"groups.front_line.heads": 2}), "two-absent")
    assert not one.exists
    assert "nobody would be left" in one.about
    few = '[policies.few]\nchanges = { "groups.front_line.heads" = 2 }\n'
    scenario = load_text(SHOP + few)
    assert stress(scenario, "two-absent").changes(apply(scenario, "few")) is None
    assert ("few", "two-absent") not in plan_of(scenario).names
    assert ("ask", "two-absent") in plan_of(scenario).names


def test_every_contact_takes_a_tenth_longer() -> None:
    own = {
        "groups.front_line.talk_factor": 1.5,
        "groups.front_line.talk_factors": {"order": 0.8},
        "groups.specialists.talk_s": {
            "damage": {"distribution": "lognormal", "median": 200.0, "p90": 400.0}
        },
    }
    before = with_changes(shop(), own)
    found = stressed(before, "handling-time")
    front, specialists = found.groups["front_line"], found.groups["specialists"]
    assert front.talk_factor == pytest.approx(1.65)
    assert front.talk_factors["order"] == pytest.approx(0.88)
    assert front.wrap_up_factor == pytest.approx(1.1)
    old = before.groups["specialists"].talk_s["damage"]
    assert mean_of(specialists.talk_s["damage"]) == pytest.approx(1.1 * mean_of(old))
    ticket = found.escalation["beyond_authority"].steps[1]
    assert mean_of(ticket.work_s) == pytest.approx(330.0)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "distribution",
    [
        100,
        {"distribution": "exponential", "mean": 100},
        {"distribution": "gamma", "mean": 100, "cv": 0.5},
        {"distribution": "lognormal", "mean": 100, "cv": 0.5, "point_share": 0.2, "point_at": 30},
        {"distribution": "lognormal", "median": 100, "sigma": 0.5},
        {"distribution": "weibull", "shape": 1.5, "scale": 100},
        {"distribution": "weibull", "median": 100, "p90": 300},
        {"distribution": "erlang", "mean": 100, "phases": 3},
        {"distribution": "uniform", "low": 10, "high": 100},
        {"distribution": "triangular", "low": 10, "mode": 20, "high": 100},
        {"distribution": "hyperexponential", "mean": 100, "cv": 2.0},
        {"distribution": "empirical", "values": [10, 20, 60]},
    ],
)
def test_a_talk_time_of_every_kind_is_a_tenth_longer(distribution: Any) -> None:
    before = with_changes(shop(), {"groups.specialists.talk_s": {"damage": distribution}})
    after = stressed(before, "handling-time").groups["specialists"].talk_s["damage"]
    old = before.groups["specialists"].talk_s["damage"]
    assert mean_of(after) == pytest.approx(1.1 * mean_of(old))


def test_the_outage_strikes_in_the_busiest_hour_of_the_busiest_day() -> None:
    """The profile has three parts of twelve from 10:00 and from 16:00; Wednesday is busiest."""
    scenario = with_changes(shop(), {"reasons.order.volume.weekdays.wednesday": 1.5})
    assert busiest_hour(scenario) == (3, 10 * HOUR)
    (incident,) = stressed(scenario, "outage-hour").incidents.values()
    assert (incident.day, incident.start, incident.minutes) == (3, "10:00", 60)
    assert (incident.multiplier, incident.reasons) == (3.0, ())
    assert "Wednesday" in stress(scenario, "outage-hour").about


def test_the_outage_comes_after_the_warm_up_and_besides_the_incidents_there_are() -> None:
    warm = {"horizon.warm_up_days": 3.0, "reasons.order.volume.weekdays.wednesday": 1.5}
    assert busiest_hour(with_changes(shop(), warm)) == (4, 10 * HOUR)
    longer = {**warm, "horizon.days": 14}
    assert busiest_hour(with_changes(shop(), longer)) == (10, 10 * HOUR), "the next Wednesday"
    outage = {"day": 1, "start": "09:00", "minutes": 30, "multiplier": 4.0}
    scenario = with_changes(shop(), {"incidents.stress_outage": outage})
    assert len(stressed(scenario, "outage-hour").incidents) == 2
    assert "in addition to the incidents" in stress(scenario, "outage-hour").about


def test_one_of_those_who_approve_is_ill() -> None:
    assert stressed(shop(), "approver-ill").groups["supervisors"].heads == 1


def test_where_nobody_approves_nobody_is_ill_and_that_is_said() -> None:
    one = stress(load("textbook"), "approver-ill")
    assert not one.exists
    assert "Nobody is asked to approve" in one.about


def test_a_stress_comes_on_top_of_the_changes_of_a_policy() -> None:
    scenario = load_text(
        SHOP + TICKET + '[policies.many]\nchanges = { "groups.front_line.heads" = 9 }\n'
    )
    plan = plan_of(scenario)
    for policy, under in policies_of(scenario).items():
        for one in plan.stresses:
            changes = one.changes(under)
            assert changes is not None
            combined = apply(plan.combined, plan.names[policy, one.name])
            wanted = with_changes(under, changes)
            assert combined.model_copy(update={"policies": {}}) == wanted.model_copy(
                update={"policies": {}}
            )
    many = apply(plan.combined, plan.names["many", "two-absent"])
    assert many.groups["front_line"].heads == 7
    assert plan.names["many", AS_IT_IS] == "many"


def test_a_stress_test_can_be_written_and_read_like_any_scenario() -> None:
    plan = plan_of(load_text(SHOP + TICKET))
    assert load_text(dump(plan.combined)) == plan.combined
    assert plan.simulations_each == 3 * 6


def test_only_the_policies_asked_for_are_stressed() -> None:
    plan = plan_of(load_text(SHOP), ["empowered"])
    assert list(plan.policies) == ["empowered"]
    assert len(plan.names) == 6
    with pytest.raises(ExperimentError, match="empowered"):
        plan_of(load_text(SHOP), ["empowerd"])
