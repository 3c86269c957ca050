"""Priority classes wait as the formula of the non-preemptive priority queue says."""

from math import ceil
from typing import Any

import numpy as np

from sim import simulate
from tests.support.batch_means import Watch
from tests.support.exact_centres import HOUR, MINUTE, SEED, centre, exponential, reason
from tests.support.reference_cases import Case, assert_near, case, runs


def watch(
    given: Case, rates: list[float], mean_s: float, agents: int, contacts: int, **sections: Any
) -> Watch:
    """Reasons 0, 1, … of falling priority and the same talk time, at these rates per minute."""
    reasons = {
        f"class_{place}": reason(rate, exponential(mean_s), priority=-float(place))
        for place, rate in enumerate(rates)
    }
    days = ceil(contacts / (sum(rates) * 1440.0))
    scenario = centre(reasons, {"agents": {"heads": agents}}, days, **sections)
    return Watch(simulate(scenario, SEED, given.number), warm_up_s=12 * HOUR)


@runs({"PR-1": (35_000, 1_600_000)})
def test_the_more_important_a_reason_the_shorter_it_waits_as_the_priority_formula_says(
    name: str, contacts: int, full: bool
) -> None:
    given = case(name)
    rates, mean_s = given.inputs["arrival_rates_high_to_low"], given.inputs["mean_service"] * MINUTE
    seen = watch(given, rates, mean_s, given.inputs["agents"], contacts)
    place, wait_min = seen.trace.contacts["reason"], seen.wait / MINUTE
    found = {
        "mean_wait_class_1": seen.mean(wait_min, seen.served & (place == 0)),
        "mean_wait_class_2": seen.mean(wait_min, seen.served & (place == 1)),
        "mean_wait_class_3": seen.mean(wait_min, seen.served & (place == 2)),
        "p_wait": seen.share(seen.waited),
        "mean_wait_all": seen.mean(wait_min, seen.served),
    }
    given.check(found, full)


@runs({"PR-1": (35_000, 800_000)})
def test_every_class_is_told_as_long_a_wait_as_it_has_who_waits(
    name: str, contacts: int, full: bool
) -> None:
    """43, 107 and 750 s of those who wait at all; the full run has to come within 10 %."""
    given = case(name)
    rates, mean_s = given.inputs["arrival_rates_high_to_low"], given.inputs["mean_service"] * MINUTE
    told = {"announce": "expected_wait"}
    agents = given.inputs["agents"]
    seen = watch(given, rates, mean_s, agents, contacts, acknowledgement=told)
    place, told_s = seen.trace.contacts["reason"], seen.trace.contacts["told_s"]
    for number, right in enumerate((43.0, 107.0, 750.0)):
        exact = given.expected[f"mean_wait_class_{number + 1}"] / given.expected["p_wait"] * MINUTE
        assert round(exact, -1 if number == 2 else 0) == right
        mine = seen.served & ~np.isnan(told_s) & (place == number)
        found = seen.mean(np.nan_to_num(told_s), mine)
        assert_near(found, exact, 0.1 * exact if full else None, f"told to class {number + 1}")
        late = seen.mean(np.nan_to_num(seen.wait - told_s), mine)
        allowed = max(4.0 * late.standard_error, 0.1 * exact if full else 0.0)
        assert abs(late.value) <= allowed


def test_a_single_agent_serves_the_important_call_first_as_a_peer_computes() -> None:
    given = case("prio-mm1")
    rates = [given.inputs["arrival_rate_high"], given.inputs["arrival_rate_low"]]
    seen = watch(
        given, rates, MINUTE / given.inputs["service_rate"], given.inputs["servers"], 30_000
    )
    place, stay_min = seen.trace.contacts["reason"], (seen.ended - seen.arrival) / MINUTE
    expected = given.expected
    for number, name in enumerate(("high", "low")):
        stay = seen.mean(stay_min, seen.served & (place == number))
        assert_near(stay, expected[f"mean_time_in_system_{name}"], what=name)
