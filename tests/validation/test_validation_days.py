"""Whole days from an empty start: exact transients, and days that others have simulated."""

from math import sqrt
from typing import Any

import numpy as np
import pytest

from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import AgentState
from tests.support.batch_means import Estimate, Mask, Numbers, Watch, ratio
from tests.support.exact_centres import DAY, HOUR, MINUTE, SEED, centre, exponential
from tests.support.reference_cases import Case, assert_near, case

T_95, T_90 = 1.96, 1.645
"""Standard errors in the half-width of a confidence interval."""


def days_of(quick: int, full: int) -> pytest.MarkDecorator:
    """How many days the quick and the full run simulate."""
    chosen = [
        pytest.param(quick, id="quick"),
        pytest.param(full, id="full", marks=pytest.mark.long),
    ]
    return pytest.mark.parametrize("days", chosen)


def watch(given: Case, scenario: Scenario) -> Watch:
    """Every day is a batch of its own: at midnight the centre is empty."""
    days = scenario.horizon.days
    return Watch(
        simulate(scenario, SEED, given.number), warm_up_s=0.0, left_out_s=0.0, batches=days
    )


def assert_near_published(found: Estimate, given: Case, name: str, half_width_in: float) -> None:
    """A published estimate has a standard error too: four of the difference are allowed."""
    published = given.tolerance[name] / half_width_in
    allowed = 4.0 * sqrt(found.standard_error**2 + published**2)
    assert_near(found, given.expected[name], allowed, f"{given.name} {name}")


def calls(counts: list[float], minutes: int, talk_s: Any, **more: Any) -> dict[str, Any]:
    """Calls on every day: counts per interval from midnight on."""
    return {
        "volume": {"counts": {"every_day": counts}, "interval_min": minutes},
        "groups": ["agents"],
        "handling": {"voice": {"talk_s": talk_s}},
        **more,
    }


# From empty to full.


def at_clock(seen: Watch, clock_s: float, starts: Numbers, ends: Numbers) -> Numbers:
    """How many are present at a time of each day."""
    moments = np.arange(0.0, seen.trace.horizon_s, DAY) + clock_s
    begun = np.searchsorted(np.sort(starts), moments, side="right")
    gone = np.searchsorted(np.sort(ends), moments, side="right")
    return (begun - gone).astype(np.float64)


@days_of(quick=1_000, full=10_000)
def test_an_empty_centre_fills_as_the_transient_solution_says(days: int) -> None:
    first = case("TV-1-5")
    inputs = first.inputs
    per_interval = 5.0 * inputs["arrival_rate"]
    patience = {"voice": exponential(inputs["mean_patience"] * MINUTE)}
    talk_s = exponential(inputs["mean_service"] * MINUTE)
    first_minutes = calls([per_interval] * 3, 5, talk_s, patience_s=patience)
    groups = {"agents": {"heads": inputs["agents"]}}
    seen = watch(first, centre({"call": first_minutes}, groups, days))
    each = np.ones(days)
    for name in ("TV-1-5", "TV-1-15"):
        clock_s = case(name).inputs["clock"] * MINUTE
        present = at_clock(seen, clock_s, seen.arrival, seen.ended)
        waiting = at_clock(seen, clock_s, seen.arrival, seen.left_queue)
        found = {
            "mean_in_system": ratio(present, each),
            "p_all_busy": ratio(1.0 * (present >= inputs["agents"]), each),
            "mean_queue": ratio(waiting, each),
        }
        case(name).check(found, full=days == 10_000)


# A day with a rush hour.


def rush_hour_day(name: str, days: int, busyness_cv: float) -> dict[str, Estimate]:
    """Thirteen hours from 08:00; the figures are counted per call expected, not per call made."""
    given = case(name)
    per_hour = given.inputs["arrivals_per_hour"]
    impatient = {**exponential(1000), "point_share": 0.1, "point_at": 0}
    call = calls(per_hour, 60, exponential(100), patience_s={"voice": impatient})
    call["volume"]["start"] = "08:00"
    heads = {
        "interval_min": 60,
        "start": "08:00",
        "heads": {"every_day": given.inputs["agents_per_hour"]},
    }
    scenario = centre(
        {"call": call},
        {"agents": {"heads_by_interval": heads}},
        days,
        opening={"hours": "08:00-21:00", "at_closing": "serve_out"},
        busyness_cv=busyness_cv,
    )
    seen = watch(given, scenario)
    expected = np.full(days, float(sum(per_hour)))

    def per_call_expected(of: Mask, values: Numbers | None = None) -> Estimate:
        chosen = None if values is None else values[of]
        return ratio(seen.batches.sums(seen.arrival[of], chosen), expected)

    return {
        "abandoned": per_call_expected(seen.abandoned),
        "wait": per_call_expected(seen.everybody, seen.wait),
        "within_20s": per_call_expected(seen.wait < 20),
    }


@days_of(quick=30, full=400)
def test_a_day_with_a_rush_hour_and_uncertain_volume_goes_as_computed_and_published(
    days: int,
) -> None:
    given = case("DAY-1")
    found = rush_hour_day("DAY-1", days, busyness_cv=1.0 / sqrt(400.0))
    assert_near(found["abandoned"], given.expected["abandoned_over_1660"])
    assert_near(found["wait"], given.expected["total_wait_over_1660"])
    assert_near_published(found["abandoned"], given, "published_abandoned", T_90)
    assert_near_published(found["wait"], given, "published_wait", T_90)
    assert_near_published(found["within_20s"], given, "published_within_20s_over_1660", T_90)


@days_of(quick=30, full=250)
def test_a_day_with_a_rush_hour_and_known_volume_goes_as_computed(days: int) -> None:
    given = case("DAY-3")
    found = rush_hour_day("DAY-3", days, busyness_cv=0.0)
    assert_near(found["abandoned"], given.expected["abandoned_over_1660"])
    assert_near(found["wait"], given.expected["total_wait_over_1660"])


# Eight hours of steady calls.


def eight_hours(given: Case, days: int, **more: Any) -> Watch:
    """Agents stay until the last call is over; nobody calls after eight hours."""
    inputs = given.inputs
    talk_s = exponential(inputs["mean_service"] * MINUTE)
    steady = calls([inputs["arrival_rate"] * 60.0] * 8, 60, talk_s, **more)
    return watch(given, centre({"call": steady}, {"agents": {"heads": inputs["agents"]}}, days))


def until(seen: Watch, clock_s: Numbers, *states: AgentState) -> Numbers:
    """Seconds of the first group (in some states) on each day, until a time of that day."""
    spans = seen.trace.spans
    chosen = seen.groups_of(spans) == 0
    if states:
        chosen &= np.isin(spans["state"], states)
    start, end = spans["start"][chosen], spans["end"][chosen]
    latest = start // DAY * DAY + clock_s[(start // DAY).astype(int)]
    return seen.batches.sums(start, np.clip(end, None, latest) - np.clip(start, None, latest))


def occupancy(seen: Watch, agents: int) -> Estimate:
    """Of the eight hours; the last calls continue after that, and are not counted."""
    days = len(seen.batches.lengths)
    closing = np.full(days, 8 * HOUR)
    return ratio(until(seen, closing, AgentState.TALK), agents * closing)


@days_of(quick=20, full=150)
def test_eight_hours_of_patient_calls_go_as_published(days: int) -> None:
    given = case("CC-MMC")
    seen = eight_hours(given, days)
    found = {
        "service_level": seen.share(seen.wait < given.inputs["threshold"]),
        "asa": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": occupancy(seen, given.inputs["agents"]),
    }
    assert found.keys() == given.expected.keys()
    for figure, estimate in found.items():
        assert_near_published(estimate, given, figure, T_95)


@days_of(quick=20, full=150)
def test_eight_hours_of_impatient_calls_go_as_published(days: int) -> None:
    given = case("CC-MMCAb")
    patience = {"voice": exponential(given.inputs["mean_patience"] * MINUTE)}
    seen = eight_hours(given, days, patience_s=patience)
    in_time = seen.wait < 20
    found = {
        "abandoned_per_day": ratio(seen.batches.sums(seen.arrival[seen.abandoned]), np.ones(days)),
        "served_of_served_20s": seen.share(in_time, of=seen.served),
        "sl_excl_short_abandon_20s": seen.share(
            seen.served & in_time, of=~(seen.abandoned & in_time)
        ),
        "asa_served": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": occupancy(seen, given.inputs["agents"]),
    }
    assert found.keys() == given.expected.keys()
    for figure, estimate in found.items():
        assert_near_published(estimate, given, figure, T_95)


# Three types of calls and two groups.


def three_types(given: Case, days: int) -> Scenario:
    """Talk and patience depend on the period of the call, so each period has its own reasons.

    After the last period the agents stay until the last call is over.
    """
    inputs = given.inputs
    routes = [["group_1"], ["group_1", "group_2"], ["group_2"]]
    reasons = {}
    for kind, rates in enumerate(inputs["rates"]):
        for period, rate in enumerate(rates):
            counts = [120.0 * rate * (place == period) for place in range(3)]
            talk_s = exponential(MINUTE / inputs["service_rate"][period])
            patience = {"voice": exponential(MINUTE / inputs["abandon_rate"][period])}
            one = calls(counts, 120, talk_s, patience_s=patience)
            reasons[f"type_{kind + 1}_period_{period + 1}"] = {**one, "groups": routes[kind]}
    groups = {
        f"group_{number + 1}": {
            "heads_by_interval": {
                "interval_min": 120,
                "heads": {"every_day": [*heads, heads[-1]]},
            }
        }
        for number, heads in enumerate(inputs["agents"])
    }
    routing = {"contact_choice": "longest_waiting"}
    return centre(reasons, groups, days, busyness_cv=1.0 / sqrt(28.7), routing=routing)


@days_of(quick=10, full=80)
def test_three_types_of_calls_and_two_groups_go_as_published(days: int) -> None:
    given = case("CC-MSK")
    seen = watch(given, three_types(given, days))
    each, in_time = np.ones(days), seen.wait < given.inputs["threshold"]
    last = np.array([seen.ended[seen.ended // DAY == day].max() % DAY for day in range(days)])
    found = {
        "served_per_day": ratio(seen.batches.sums(seen.arrival[seen.served]), each),
        "abandoned_per_day": ratio(seen.batches.sums(seen.arrival[seen.abandoned]), each),
        "service_level": seen.share(seen.served & in_time, of=~(seen.abandoned & in_time)),
        "occupancy_group1": ratio(until(seen, last, AgentState.TALK), until(seen, last)),
    }
    assert found.keys() == given.expected.keys()
    for figure, estimate in found.items():
        assert_near_published(estimate, given, figure, T_95)
