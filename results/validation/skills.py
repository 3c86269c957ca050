"""Skill routing, and agents who differ."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil
from typing import Any

from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, centre, exponential, reason
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch
from sim import simulate
from sim.trace.trace import Trace


def _flexible(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    inputs = given.inputs
    talk_s = exponential(inputs["mean_service"] * MINUTE)
    patience = {"voice": exponential(inputs["mean_patience"] * MINUTE)}
    reasons = {
        "class_1": reason(inputs["class1_rate"], talk_s, "A", "B", patience_s=patience),
        "class_2": reason(inputs["class2_rate"], talk_s, "B", patience_s=patience),
    }
    groups = {
        "A": {"heads": inputs["pool_A"]},
        "B": {"heads": inputs["pool_B"], "serves_first": ["class_2"]},
    }
    days = ceil(contacts / ((inputs["class1_rate"] + inputs["class2_rate"]) * 1440.0))
    seen = Watch(simulate(centre(reasons, groups, days), seed, given.number))
    first, second = (seen.trace.contacts["reason"] == place for place in (0, 1))
    in_b = seen.trace.contacts["group"] == 1
    wait_min = seen.wait / MINUTE
    return {
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


def two_agents(given: Reference, seed: int, contacts: int, stages: list[Any], choice: str) -> Trace:
    """A fast and a slow agent, found by the order of groups or by the rule of choice."""
    fast, slow = given.inputs["service_rates"]
    per_min = given.inputs["arrival_rate"]
    calls = {**reason(per_min, exponential(MINUTE / fast)), "groups": stages}
    groups = {"fast": {"heads": 1}, "slow": {"heads": 1, "talk_factor": fast / slow}}
    days = ceil(contacts / (per_min * 1440.0))
    routing = {"agent_choice": choice}
    return simulate(centre({"call": calls}, groups, days, routing=routing), seed, given.number)


def _fast_first(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    trace = two_agents(given, seed, contacts, ["fast", "slow"], "longest_idle")
    seen = Watch(trace, 12 * HOUR)
    return {
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy_fast": seen.occupancy(0),
        "occupancy_slow": seen.occupancy(1),
    }


CASES = (
    Case(
        "SBR-1",
        "5 agents for one class, 4 for both, their own first",
        "exact chain, 5,640 states",
        reference("SBR-1").figures,
        simulate=partial(_flexible, reference("SBR-1")),
        short=30_000,
        long=300_000,
    ),
    Case(
        "HET-1",
        "a fast and a slow agent, the fast one asked first",
        "exact chain",
        reference("HET-1").figures,
        simulate=partial(_fast_first, reference("HET-1")),
        short=30_000,
        long=200_000,
    ),
)
