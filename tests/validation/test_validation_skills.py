"""Skill routing, agents who differ, and the overflow of a full group."""

from math import ceil
from typing import Any

import numpy as np

from sim import simulate
from sim.trace.trace import Trace
from tests.support.batch_means import Watch, ratio
from tests.support.exact_centres import HOUR, MINUTE, SEED, centre, exponential, reason
from tests.support.reference_cases import Case, case, runs


@runs({"SBR-1": (30_000, 300_000)})
def test_a_flexible_group_helps_out_but_serves_its_own_customers_first(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    inputs = given.inputs
    talk_s = exponential(inputs["mean_service"] * MINUTE)
    patience: dict[str, Any] = {
        "patience_s": {"voice": exponential(inputs["mean_patience"] * MINUTE)}
    }
    reasons = {
        "class_1": reason(inputs["class1_rate"], talk_s, "A", "B", **patience),
        "class_2": reason(inputs["class2_rate"], talk_s, "B", **patience),
    }
    groups = {
        "A": {"heads": inputs["pool_A"]},
        "B": {"heads": inputs["pool_B"], "serves_first": ["class_2"]},
    }
    days = ceil(contacts / ((inputs["class1_rate"] + inputs["class2_rate"]) * 1440.0))
    seen = Watch(simulate(centre(reasons, groups, days), SEED, given.number))
    first, second = (seen.trace.contacts["reason"] == place for place in (0, 1))
    in_b = seen.trace.contacts["group"] == 1
    wait_min = seen.wait / MINUTE
    found = {
        "mean_wait_1": seen.mean(wait_min, first),
        "mean_wait_2": seen.mean(wait_min, second),
        "p_abandon_1": seen.share(seen.abandoned, of=first),
        "p_abandon_2": seen.share(seen.abandoned, of=second),
        "p_wait_1": seen.share(seen.waited, of=first),
        "p_wait_2": seen.share(seen.waited, of=second),
        "occupancy_A": seen.occupancy(0),
        "occupancy_B": seen.occupancy(1),
        "share_of_served_class1_handled_in_B": seen.share(in_b, of=first & seen.served),
    }
    given.check(found, full)


def two_agents(given: Case, contacts: int, stages: list[Any], choice: str) -> Trace:
    """A fast and a slow agent, found by the order of groups or by the rule of choice."""
    fast, slow = given.inputs["service_rates"]
    per_min = given.inputs["arrival_rate"]
    calls = {**reason(per_min, exponential(MINUTE / fast)), "groups": stages}
    groups = {"fast": {"heads": 1}, "slow": {"heads": 1, "talk_factor": fast / slow}}
    days = ceil(contacts / (per_min * 1440.0))
    routing = {"agent_choice": choice}
    return simulate(centre({"call": calls}, groups, days, routing=routing), SEED, given.number)


@runs({"HET-1": (30_000, 200_000)})
def test_the_faster_of_two_agents_is_busier_when_asked_first(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    seen = Watch(two_agents(given, contacts, ["fast", "slow"], "longest_idle"), 12 * HOUR)
    found = {
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy_fast": seen.occupancy(0),
        "occupancy_slow": seen.occupancy(1),
    }
    given.check(found, full)


def test_choosing_the_fastest_is_the_same_as_asking_the_fast_agent_first() -> None:
    given = case("HET-1")
    ordered = two_agents(given, 2_000, ["fast", "slow"], "longest_idle")
    chosen = two_agents(given, 2_000, [{"groups": ["slow", "fast"]}], "fastest")
    for column in ("case", "answered", "ended", "agent"):
        np.testing.assert_array_equal(ordered.contacts[column], chosen.contacts[column])


@runs({"OV-1": (30_000, 350_000)})
def test_what_a_full_group_passes_on_is_burstier_than_poisson(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    load, agents = given.inputs["offered_load"], given.inputs["agents"]
    calls = reason(load / 3.0, exponential(180.0), "first", "overflow")
    groups = {"first": {"heads": agents}, "overflow": {"heads": 100}}
    days = ceil(contacts / (load / 3.0 * 1440.0))
    seen = Watch(simulate(centre({"call": calls}, groups, days), SEED, given.number))
    over = seen.trace.contacts["group"] == 1
    begun, ended = seen.left_queue[over], seen.ended[over]
    mean = given.expected["overflow_mean"]
    present = seen.batches.integral(begun, ended)
    squares = seen.batches.integral(begun, ended, lambda number: (number - mean) ** 2)
    found = {
        "overflow_mean": ratio(present, seen.batches.lengths),
        "overflow_variance": ratio(squares, seen.batches.lengths),
        "peakedness": ratio(squares, present),
    }
    given.check(found, full)
