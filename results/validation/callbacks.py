"""A callback offered to everybody who would wait, made when nobody waits on the line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from results.formulas.erlang import erlang_c, priority_waits
from results.measures.registry import summarise
from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, centre, exponential, one_queue, reason
from results.validation.expected import Expected
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch, over_replications
from sim import simulate
from sim.trace.codes import ContactKind, Outcome

BUSY_PER_HOUR, BUSY_AHT_S, BUSY_AGENTS = 1300.0 / 24.0, 300.0, 5


def _offered(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    offer = {
        "when_wait_over_s": 0.0,
        "accept": given.inputs["acceptance"],
        "priority_bonus": -1.0,
        "answer": 1.0,
    }
    scenario = one_queue(
        given.inputs["arrival_rate"],
        exponential(given.inputs["mean_service"] * MINUTE),
        given.inputs["agents"],
        contacts,
        sections={"callback_offer": offer},
    )
    seen = Watch(simulate(scenario, seed, given.number), warm_up_s=12 * HOUR)
    rows, promises = seen.trace.contacts, seen.trace.promises
    inbound = rows["kind"] == ContactKind.FIRST
    online = inbound & (seen.outcome != Outcome.CALLBACK_TAKEN)
    made, done = promises["made"], promises["done"]
    everybody = np.append(rows["queued"][online], made), np.append(seen.left_queue[online], done)
    return {
        "mean_online_queue": seen.queue(online),
        "mean_callback_queue": seen.over_time(made, done),
        "mean_total_queue": seen.over_time(*everybody),
        "p_callback": seen.share(seen.outcome == Outcome.CALLBACK_TAKEN, of=inbound),
        "mean_wait_callback": seen.mean_at(made, (done - made) / MINUTE),
        "mean_wait_online_callers": seen.mean(seen.wait / MINUTE, online & seen.served),
    }


def _two_classes(given: Reference) -> Mapping[str, float]:
    per_min, taken = given.inputs["arrival_rate"], given.inputs["acceptance"]
    by_class = [per_min * 60 * (1 - taken), per_min * 60 * taken]
    waits = priority_waits(by_class, 300, given.inputs["agents"])
    online, callback = waits.wait_by_class
    queues = [per_min * (1 - taken) * online / 60, per_min * taken * callback / 60]
    return {
        "mean_online_queue": queues[0],
        "mean_callback_queue": queues[1],
        "mean_total_queue": sum(queues),
    }


def _keeping_the_place(seed: int, replications: int) -> Mapping[str, Estimate]:
    """Who takes a callback keeps the place in the queue: the wait for an agent stays what it is."""
    offer = {"accept": 0.9, "answer": 1.0, "when_wait_over_s": 0}
    calls = reason(BUSY_PER_HOUR / 60.0, exponential(BUSY_AHT_S))
    scenario = centre(
        {"call": calls},
        {"agents": {"heads": BUSY_AGENTS}},
        horizon={"days": 10, "warm_up_days": 1},
        callback_offer=offer,
    )
    runs = [
        summarise(scenario, simulate(scenario, seed, number)).values["all", ""]
        for number in range(replications)
    ]
    return {"time_to_agent": over_replications([run["time_to_agent"] for run in runs])}


def _without_callbacks() -> Mapping[str, Expected]:
    wait_s = erlang_c(BUSY_PER_HOUR, BUSY_AHT_S, BUSY_AGENTS).asa
    return {"time_to_agent": Expected(wait_s, "s")}


CASES = (
    Case(
        "CB-1",
        "10 agents at 90 % load, 37 % of those who would wait",
        "Cobham's formula",
        reference("CB-1").figures,
        compute=partial(_two_classes, reference("CB-1")),
        simulate=partial(_offered, reference("CB-1")),
        short=50_000,
        long=300_000,
    ),
    Case(
        "KEEP-PLACE",
        "5 agents at 90 % load, 90 % are called back in their place (a measure)",
        "formula of Erlang C",
        _without_callbacks,
        simulate=_keeping_the_place,
        long=60,
        counts="replications of ten days",
    ),
)
