"""Customers who wait only so long: Erlang A, and patience of any shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from results.formulas.patience_queue import erlang_a, patience_queue
from results.validation.case import Case
from results.validation.centres import MINUTE, exponential, one_queue
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Numbers, Watch
from sim import simulate


def _watch(given: Reference, patience_s: Any, seed: int, contacts: int) -> Watch:
    scenario = one_queue(
        given.inputs["arrival_rate"],
        exponential(given.inputs["mean_service"] * MINUTE),
        given.inputs["agents"],
        contacts,
        patience_s={"voice": patience_s},
    )
    return Watch(simulate(scenario, seed, given.number))


def _service_levels(seen: Watch, threshold_s: float) -> dict[str, Estimate]:
    """The four ways to count the service level, which differ by several points."""
    in_time = seen.wait <= threshold_s
    short = seen.abandoned & in_time
    return {
        "sl_served_of_offered": seen.share(seen.served & in_time),
        "sl_served_of_served": seen.share(in_time, of=seen.served),
        "sl_offered_excl_short_abandon": seen.share(seen.served & in_time, of=~short),
        "abandoned_within_threshold": seen.share(short),
    }


def _impatient(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    seen = _watch(given, exponential(given.inputs["mean_patience"] * MINUTE), seed, contacts)
    return {
        "p_wait": seen.share(seen.waited),
        "p_abandon": seen.share(seen.abandoned),
        "mean_wait_all": seen.mean(seen.wait / MINUTE, seen.everybody),
        "asa_served": seen.mean(seen.wait / MINUTE, seen.served),
        "mean_queue": seen.queue(),
        "occupancy": seen.occupancy(),
        **_service_levels(seen, given.inputs["threshold"]),
    }


def _erlang_a(given: Reference) -> Mapping[str, float]:
    centre = given.inputs
    answer = erlang_a(
        contacts_per_hour=centre["arrival_rate"] * 60,
        aht_s=centre["mean_service"] * 60,
        agents=centre["agents"],
        mean_patience_s=centre["mean_patience"] * 60,
        target_s=centre["threshold"],
    )
    return {
        "p_wait": answer.p_wait,
        "p_abandon": answer.abandonment,
        "mean_wait_all": answer.wait_all / 60,
        "asa_served": answer.asa / 60,
        "mean_queue": answer.mean_queue,
        "occupancy": answer.occupancy,
        "sl_served_of_offered": answer.service_level,
        "sl_served_of_served": answer.sl_answered,
        "sl_offered_excl_short_abandon": answer.sl_excl_short,
        "abandoned_within_threshold": answer.abandoned_in_target,
    }


def _exponential_case(name: str, title: str, source: str, short: int, long: int) -> Case:
    given = reference(name)
    return Case(
        name,
        title,
        source,
        given.figures,
        compute=partial(_erlang_a, given),
        simulate=partial(_impatient, given),
        short=short,
        long=long,
    )


def _by_a_peer(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    inputs = given.inputs
    scenario = one_queue(
        100 / 30,
        exponential(inputs["aht_min"] * MINUTE),
        inputs["agents"],
        contacts,
        patience_s={"voice": exponential(inputs["mean_patience_min"] * MINUTE)},
    )
    seen = Watch(simulate(scenario, seed, given.number))
    in_time = seen.served & (seen.wait <= inputs["answer_target_s"])
    return {
        "p_wait": seen.share(seen.waited),
        "p_abandon": seen.share(seen.abandoned),
        "occupancy": seen.occupancy(),
        "mean_wait_all_min": seen.mean(seen.wait / MINUTE, seen.everybody),
        "service_level_20s": seen.share(in_time),
    }


def _by_a_peer_computed() -> Mapping[str, float]:
    answer = erlang_a(200, 180, 14, mean_patience_s=300, target_s=20)
    return {
        "p_wait": answer.p_wait,
        "p_abandon": answer.abandonment,
        "occupancy": answer.occupancy,
        "mean_wait_all_min": answer.wait_all / 60,
        "service_level_20s": answer.service_level,
    }


Survival = Callable[[Numbers], Numbers]


def _exponentially(waited: Numbers) -> Numbers:
    return np.exp(-waited / 180)


def _to_the_second(waited: Numbers) -> Numbers:
    return np.where(waited < 180, 1.0, 0.0)


def _evenly(waited: Numbers) -> Numbers:
    return np.clip(1 - waited / 360, 0, 1)


def _any_shape(
    given: Reference, patience_s: Any, seed: int, contacts: int
) -> Mapping[str, Estimate]:
    seen = _watch(given, patience_s, seed, contacts)
    in_time = seen.served & (seen.wait <= given.inputs["threshold"])
    return {
        "p_offered_wait": seen.share(seen.waited),
        "p_abandon": seen.share(seen.abandoned),
        "mean_wait_all": seen.mean(seen.wait / MINUTE, seen.everybody),
        "asa_served": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": seen.occupancy(),
        "sl_served_of_offered": seen.share(in_time),
    }


def _any_shape_computed(survival: Survival, breaks_s: tuple[float, ...]) -> Mapping[str, float]:
    answer = patience_queue(1200, 180, 60, survival, target_s=20, breaks_s=breaks_s)
    return {
        "p_offered_wait": answer.p_wait,
        "p_abandon": answer.abandonment,
        "mean_wait_all": answer.wait_all / 60,
        "asa_served": answer.asa / 60,
        "occupancy": answer.occupancy,
        "sl_served_of_offered": answer.service_level,
    }


def _shape_case(
    name: str,
    shape: str,
    patience_s: Any,
    survival: tuple[Survival, tuple[float, ...]],
    lengths: tuple[int | None, int],
) -> Case:
    given = reference(name)
    return Case(
        name,
        f"60 agents for 60 erlangs, patience of 3 min, {shape}",
        "Baccelli & Hebuterne; Zeltyn & Mandelbaum",
        given.figures,
        compute=partial(_any_shape_computed, *survival),
        simulate=partial(_any_shape, given, patience_s),
        short=lengths[0],
        long=lengths[1],
    )


_HALF_HOUR = "100 calls of 5 min a half hour, patience 3 min"
_UNIFORM = {"distribution": "uniform", "low": 0, "high": 360}

CASES = (
    _exponential_case(
        "EA-1",
        "50 agents, 48 calls of 1 min a minute, patience 2 min",
        "formula of Erlang A; Garnett et al. 2002",
        60_000,
        700_000,
    ),
    _exponential_case(
        "EA-3-16", f"16 agents, {_HALF_HOUR}", "formula of Erlang A", 15_000, 400_000
    ),
    _exponential_case(
        "EA-3-18", f"18 agents, {_HALF_HOUR}", "formula of Erlang A", 15_000, 400_000
    ),
    _exponential_case(
        "EA-3-20", f"20 agents, {_HALF_HOUR}", "formula of Erlang A", 15_000, 400_000
    ),
    Case(
        "erla-14",
        "14 agents, 100 calls of 3 min a half hour, patience 5 min",
        "pyworkforce",
        reference("erla-14").figures,
        compute=_by_a_peer_computed,
        simulate=partial(_by_a_peer, reference("erla-14")),
        short=40_000,
        long=300_000,
    ),
    _shape_case(
        "EAG-60-1", "exponential", exponential(180), (_exponentially, ()), (25_000, 250_000)
    ),
    _shape_case("EAG-60-2", "exactly", 180, (_to_the_second, (180,)), (None, 400_000)),
    _shape_case("EAG-60-3", "uniform", _UNIFORM, (_evenly, (360,)), (50_000, 350_000)),
)
