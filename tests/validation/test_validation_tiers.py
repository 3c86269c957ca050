"""Two tiers: transfers cold and warm, and who should try to help before passing the call on."""

from math import ceil
from typing import Any

import numpy as np

from sim import simulate
from sim.trace.codes import AgentState, Ending
from tests.support.batch_means import Estimate, Watch
from tests.support.exact_centres import HOUR, MINUTE, SEED, centre, exponential, reason
from tests.support.reference_cases import Case, assert_near, case, runs

KNOWS_ALL = 50.0
"""Knowledge (on the logit scale) with which everything is solved."""


def two_tiers(given: Case, transfer: str, contacts: int) -> Watch:
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
    return Watch(simulate(scenario, SEED, given.number), warm_up_s=12 * HOUR)


@runs({"TT-1": (40_000, 300_000)})
def test_after_a_cold_transfer_tier_2_is_a_queue_of_its_own(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    seen = two_tiers(given, "cold_transfer", contacts)
    legs = seen.trace.legs
    second = legs["leg"] == 1
    wait_2 = (legs["answered"] - legs["queued"])[second] / MINUTE
    found = {
        "tier1_mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "tier2_mean_wait": seen.mean_at(legs["queued"][second], wait_2),
        "tier1_occupancy": seen.occupancy(0),
        "tier2_occupancy": seen.occupancy(1),
        "mean_time_in_system": seen.mean((seen.ended - seen.arrival) / MINUTE, seen.served),
    }
    given.check(found, full)


@runs({"TT-2": (60_000, 300_000)})
def test_a_warm_transfer_keeps_the_tier_1_agent_on_hold_until_tier_2_is_free(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    seen = two_tiers(given, "warm_transfer", contacts)
    escalated = seen.trace.contacts["transfers"] == 1
    found = {
        "tier1_mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "mean_hold_per_escalation": seen.mean(seen.trace.contacts["hold_s"] / MINUTE, escalated),
        "tier1_occupancy_incl_hold": seen.occupancy(0, AgentState.HOLD),
        "tier1_talk_occupancy": seen.occupancy(0),
        "tier2_occupancy": seen.occupancy(1),
    }
    given.check(found, full)


KINDS = 9
"""Kinds of calls of rising complexity, evenly spread from 0 to 1."""


def gatekeeper(given: Case, treated_kinds: int) -> Watch:
    """The easiest kinds are treated; failures, and the others untried, go to the expert."""
    reasons: dict[str, Any] = {}
    for kind in range(KINDS):
        success = 1.0 - given.inputs["b"] * (kind + 0.5) / KINDS
        treated = {"solve": success} if kind < treated_kinds else {"then": "beyond_knowledge"}
        reasons[f"kind_{kind}"] = reason(0.2, 1.0, "gatekeeper", **treated)
    groups = {"gatekeeper": {"heads": 20}, "expert": {"heads": 20, "knowledge": KNOWS_ALL}}
    path = {"beyond_knowledge": {"steps": [{"step": "cold_transfer", "group": "expert"}]}}
    return Watch(simulate(centre(reasons, groups, escalation=path), SEED, given.number))


def gatekeeper_figures(given: Case, treated_kinds: int) -> dict[str, Estimate]:
    seen = gatekeeper(given, treated_kinds)
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


def test_a_gatekeeper_does_best_to_try_exactly_the_calls_worth_a_try() -> None:
    given = case("GK-1")
    expected = given.expected
    figures = [gatekeeper_figures(given, treated) for treated in range(KINDS + 1)]
    best = int(np.argmin([found["cost_per_call"].value for found in figures]))
    assert best == round(expected["best_treat_share"] * KINDS)
    for name, estimate in figures[best].items():
        assert_near(estimate, expected[name], what=name)
    assert_near(figures[0]["cost_per_call"], expected["cost_all_escalated"])
    assert_near(figures[-1]["cost_per_call"], expected["cost_treat_all"])
