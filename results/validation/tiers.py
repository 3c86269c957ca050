"""Two tiers: transfers cold and warm, who should try to help first, and who may pay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil
from typing import Any

import numpy as np

from results.formulas.erlang import erlang_c
from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, centre, exponential, reason
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch
from sim import simulate
from sim.trace.codes import AgentState, Ending, Help, Trigger

KNOWS_ALL = 50.0
"""Knowledge (on the logit scale) with which everything is solved."""


def _two_tiers(given: Reference, transfer: str, seed: int, contacts: int) -> Watch:
    """The share of calls that tier 1 cannot solve is transferred to tier 2, which solves all."""
    inputs = given.inputs
    calls = reason(
        inputs["arrival_rate"],
        exponential(inputs["tier1_mean_service"] * MINUTE),
        "tier_1",
        solve=1.0 - inputs["escalation_probability"],
    )
    groups = {
        "tier_1": {"heads": inputs["tier1_agents"]},
        "tier_2": {
            "heads": inputs["tier2_agents"],
            "tier": 2,
            "knowledge": KNOWS_ALL,
            "talk_s": {"call": exponential(inputs["tier2_mean_service"] * MINUTE)},
        },
    }
    path = {"beyond_knowledge": {"steps": [{"step": transfer, "group": "tier_2"}]}}
    days = ceil(contacts / (inputs["arrival_rate"] * 1440.0))
    scenario = centre({"call": calls}, groups, days, escalation=path)
    return Watch(simulate(scenario, seed, given.number), warm_up_s=12 * HOUR)


def _cold(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    seen = _two_tiers(given, "cold_transfer", seed, contacts)
    legs = seen.trace.legs
    second = legs["leg"] == 1
    wait_2 = (legs["answered"] - legs["queued"])[second] / MINUTE
    return {
        "tier1_mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "tier2_mean_wait": seen.mean_at(legs["queued"][second], wait_2),
        "tier1_occupancy": seen.occupancy(0),
        "tier2_occupancy": seen.occupancy(1),
        "mean_time_in_system": seen.mean((seen.ended - seen.arrival) / MINUTE, seen.served),
    }


def _cold_computed(given: Reference) -> Mapping[str, float]:
    inputs = given.inputs
    share = inputs["escalation_probability"]
    first = erlang_c(inputs["arrival_rate"] * 60, 300, inputs["tier1_agents"])
    second = erlang_c(inputs["arrival_rate"] * 60 * share, 600, inputs["tier2_agents"])
    return {
        "tier1_mean_wait": first.asa / 60,
        "tier2_mean_wait": second.asa / 60,
        "tier1_occupancy": first.occupancy,
        "tier2_occupancy": second.occupancy,
        "mean_time_in_system": first.asa / 60 + 5 + share * (second.asa / 60 + 10),
    }


def _warm(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    seen = _two_tiers(given, "warm_transfer", seed, contacts)
    escalated = seen.trace.contacts["transfers"] == 1
    return {
        "tier1_mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "mean_hold_per_escalation": seen.mean(seen.trace.contacts["hold_s"] / MINUTE, escalated),
        "tier1_occupancy_incl_hold": seen.occupancy(0, AgentState.HOLD),
        "tier1_talk_occupancy": seen.occupancy(0),
        "tier2_occupancy": seen.occupancy(1),
    }


KINDS = 9
"""Kinds of calls of rising complexity, evenly spread from 0 to 1.

They stand for a uniform complexity: the best share to treat falls between two of them, and success
is linear, so nothing is lost.
"""


def _gatekeeper(given: Reference, treated_kinds: int, seed: int, days: int) -> Watch:
    """The easiest kinds are treated; failures, and the others untried, go to the expert."""
    reasons: dict[str, Any] = {}
    for kind in range(KINDS):
        success = 1.0 - given.inputs["b"] * (kind + 0.5) / KINDS
        treated = {"solve": success} if kind < treated_kinds else {"then": "beyond_knowledge"}
        reasons[f"kind_{kind}"] = reason(0.2, 1.0, "gatekeeper", **treated)
    groups = {"gatekeeper": {"heads": 20}, "expert": {"heads": 20, "knowledge": KNOWS_ALL}}
    path = {"beyond_knowledge": {"steps": [{"step": "cold_transfer", "group": "expert"}]}}
    scenario = centre(reasons, groups, days, escalation=path)
    return Watch(simulate(scenario, seed, given.number))


def _gatekeeper_figures(
    given: Reference, treated_kinds: int, seed: int, days: int
) -> dict[str, Estimate]:
    seen = _gatekeeper(given, treated_kinds, seed, days)
    contacts = seen.trace.contacts
    escalated = contacts["transfers"] > 0
    treated = contacts["reason"] < treated_kinds
    cost = (
        given.inputs["treat_cost"] * treated
        + given.inputs["expert_cost"] * escalated
        + given.inputs["mistreatment_cost"] * (treated & escalated)
    )
    alone = (contacts["ending"] == Ending.SETTLED) & ~escalated
    return {
        "resolved_by_gatekeeper": seen.share(alone),
        "escalated": seen.share(escalated),
        "mistreated": seen.share(treated & escalated),
        "cost_per_call": seen.mean(cost, seen.everybody),
    }


def _best_gatekeeper(given: Reference, seed: int, days: int) -> Mapping[str, Estimate]:
    """What the cheapest number of kinds gives, and what it costs to treat none or all.

    The cost is convex in the number: the best is cheaper than its neighbours.
    """
    right = round(given.expected["best_treat_share"] * KINDS)
    figures = {
        tried: _gatekeeper_figures(given, tried, seed, days)
        for tried in (0, right - 1, right, right + 1, KINDS)
    }
    costs = {tried: found["cost_per_call"] for tried, found in figures.items()}
    best = min(costs, key=lambda tried: costs[tried].value)
    return {
        "best_treat_share": Estimate(best / KINDS, 0.0),
        **figures[best],
        "cost_all_escalated": costs[0],
        "cost_treat_all": costs[KINDS],
    }


def _authority(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    """One day of complaints; what is beyond the limit is decided by a boss without one."""
    inputs = given.inputs
    money = {
        "distribution": "lognormal",
        "median": inputs["median_remedy"],
        "sigma": inputs["sigma"],
    }
    complaint = reason(contacts / 1440.0, 1.0, "tier_1", remedy={"money": money})
    groups = {
        "tier_1": {"heads": 40, "authority": "limited"},
        "bosses": {"heads": 40, "tier": 2, "authority": "full"},
    }
    ask = {"step": "ask_approver", "group": "bosses", "decision_s": 1.0}
    scenario = centre(
        {"complaint": complaint},
        groups,
        authority={"limited": {"limit": inputs["limit"]}, "full": {"limit": float("inf")}},
        escalation={"beyond_authority": {"steps": [ask]}},
    )
    seen = Watch(simulate(scenario, seed, given.number), warm_up_s=0.0)
    rows, decisions = seen.trace.contacts, seen.trace.decisions
    alone = decisions["asker_group"] == -1
    paid = np.zeros(len(rows))
    paid[decisions["contact"][alone]] = decisions["paid"][alone]
    settled = (rows["ending"] == Ending.SETTLED) & (rows["help"] == Help.ALONE)
    return {
        "settled_at_tier1": seen.share(settled),
        "escalated": seen.share(rows["escalated"] == Trigger.AUTHORITY),
        "tier1_remedy_per_complaint": seen.mean(paid[rows["contact"]], seen.everybody),
    }


def _authority_case(limit: int, short: int, long: int) -> Case:
    given = reference(f"AU-{limit}")
    return Case(
        given.name,
        f"the front line may give {limit}, complaints need 40 (median)",
        "lognormal distribution",
        given.figures,
        simulate=partial(_authority, given),
        short=short,
        long=long,
    )


CASES = (
    Case(
        "TT-1",
        "14 agents, 12 % cold to 4 experts",
        "Jackson network",
        reference("TT-1").figures,
        compute=partial(_cold_computed, reference("TT-1")),
        simulate=partial(_cold, reference("TT-1")),
        short=80_000,
        long=300_000,
    ),
    Case(
        "TT-2",
        "14 agents, 12 % warm: the agent holds until one of 4 experts is free",
        "exact chain",
        reference("TT-2").figures,
        simulate=partial(_warm, reference("TT-2")),
        short=60_000,
        long=300_000,
    ),
    Case(
        "GK-1",
        "which calls a gatekeeper should try, by cost",
        "first-order condition, derived here",
        reference("GK-1").figures,
        simulate=partial(_best_gatekeeper, reference("GK-1")),
        short=5,
        long=20,
        counts="days",
    ),
    _authority_case(0, 5_000, 5_000),
    _authority_case(25, 10_000, 100_000),
    _authority_case(150, 10_000, 100_000),
)
