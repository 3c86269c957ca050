"""Priority classes wait as the formula of the non-preemptive priority queue says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil
from typing import Any

from results.formulas.erlang import priority_waits
from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, centre, exponential, reason
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch
from scenarios.schema import Scenario
from sim import simulate


def classes(
    rates: list[float], mean_s: float, agents: int, contacts: int, **sections: Any
) -> Scenario:
    """Reasons 0, 1, … of falling priority and the same talk time, at these rates per minute."""
    reasons = {
        f"class_{place}": reason(rate, exponential(mean_s), priority=-float(place))
        for place, rate in enumerate(rates)
    }
    days = ceil(contacts / (sum(rates) * 1440.0))
    return centre(reasons, {"agents": {"heads": agents}}, days, **sections)


def three_classes(given: Reference, seed: int, contacts: int, **sections: Any) -> Watch:
    """The centre of PR-1, with further sections."""
    inputs = given.inputs
    rates, mean_s = inputs["arrival_rates_high_to_low"], inputs["mean_service"] * MINUTE
    scenario = classes(rates, mean_s, inputs["agents"], contacts, **sections)
    return Watch(simulate(scenario, seed, given.number), warm_up_s=12 * HOUR)


def _waits(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    seen = three_classes(given, seed, contacts)
    place, wait_min = seen.trace.contacts["reason"], seen.wait / MINUTE
    return {
        "mean_wait_class_1": seen.mean(wait_min, seen.served & (place == 0)),
        "mean_wait_class_2": seen.mean(wait_min, seen.served & (place == 1)),
        "mean_wait_class_3": seen.mean(wait_min, seen.served & (place == 2)),
        "p_wait": seen.share(seen.waited),
        "mean_wait_all": seen.mean(wait_min, seen.served),
    }


def _waits_computed(given: Reference) -> Mapping[str, float]:
    inputs = given.inputs
    contacts = [rate * 60 for rate in inputs["arrival_rates_high_to_low"]]
    waits = priority_waits(contacts, inputs["mean_service"] * 60, inputs["agents"])
    first, second, third = (wait / 60 for wait in waits.wait_by_class)
    return {
        "mean_wait_class_1": first,
        "mean_wait_class_2": second,
        "mean_wait_class_3": third,
        "p_wait": waits.p_wait,
        "mean_wait_all": waits.wait_all / 60,
    }


def _single_desk(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    inputs = given.inputs
    rates = [inputs["arrival_rate_high"], inputs["arrival_rate_low"]]
    mean_s = MINUTE / inputs["service_rate"]
    scenario = classes(rates, mean_s, inputs["servers"], contacts)
    seen = Watch(simulate(scenario, seed, given.number), warm_up_s=12 * HOUR)
    place, stay_min = seen.trace.contacts["reason"], (seen.ended - seen.arrival) / MINUTE
    return {
        "mean_time_in_system_high": seen.mean(stay_min, seen.served & (place == 0)),
        "mean_time_in_system_low": seen.mean(stay_min, seen.served & (place == 1)),
    }


def _single_desk_computed() -> Mapping[str, float]:
    high, low = priority_waits([0.2 * 3600, 0.6 * 3600], aht_s=1, agents=1).wait_by_class
    return {"mean_time_in_system_high": high + 1, "mean_time_in_system_low": low + 1}


CASES = (
    Case(
        "PR-1",
        "10 agents at 90 % load, three classes alike",
        "Cobham 1954; Kella & Yechiali 1985",
        reference("PR-1").figures,
        compute=partial(_waits_computed, reference("PR-1")),
        simulate=partial(_waits, reference("PR-1")),
        short=45_000,
        long=1_600_000,
    ),
    Case(
        "prio-mm1",
        "1 agent at 80 % load, a quarter of the calls first",
        "Ciw",
        reference("prio-mm1").figures,
        compute=_single_desk_computed,
        simulate=partial(_single_desk, reference("prio-mm1")),
        short=30_000,
        long=300_000,
    ),
)
