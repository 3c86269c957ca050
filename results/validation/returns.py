"""Customers who come back: blocked, out of patience, or with a case that is not resolved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from results.formulas.erlang import erlang_c
from results.validation.case import Case
from results.validation.centres import HOUR, MINUTE, exponential, one_queue
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Numbers, Watch
from sim import simulate
from sim.trace.codes import CaseState
from sim.trace.trace import Trace

FOR_EVER = 1_000_000
"""Tries or contacts after which a customer gives up: never."""


def _between_contacts(trace: Trace) -> tuple[Numbers, Numbers]:
    """When customers hung up, and when the same customers called again."""
    contacts = trace.contacts
    order = np.lexsort((contacts["attempt"], contacts["case"]))
    number = contacts["case"][order]
    same = number[1:] == number[:-1]
    return contacts["ended"][order][:-1][same], contacts["arrival"][order][1:][same]


def _all_busy(seen: Watch, agents: int) -> Estimate:
    """The share of time in which nobody is free."""
    begun, over = seen.left_queue[seen.served], seen.ended[seen.served]
    return seen.over_time(begun, over, lambda number: 1.0 * (number == agents))


def _retrial(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    agents = given.inputs["agents"]
    redial = {
        "after_blocked": 1.0,
        "delay_min": exponential(1.0 / given.inputs["retry_rate"]),
        "max_tries": FOR_EVER,
    }
    talk_s = exponential(given.inputs["mean_service"] * MINUTE)
    sections = {"channels": {"voice": {"lines": agents}}, "redial": redial}
    scenario = one_queue(given.inputs["arrival_rate"], talk_s, agents, contacts, sections=sections)
    seen = Watch(simulate(scenario, seed, given.number))
    return {
        "p_all_busy": _all_busy(seen, agents),
        "mean_in_orbit": seen.over_time(*_between_contacts(seen.trace)),
        "mean_busy": seen.over_time(seen.left_queue[seen.served], seen.ended[seen.served]),
    }


def _redials(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    inputs = given.inputs
    redial = {
        "after_abandoning": inputs["redial_probability"],
        "delay_min": exponential(inputs["mean_redial_delay"]),
        "patience_kept": False,
        "max_tries": FOR_EVER,
    }
    scenario = one_queue(
        inputs["arrival_rate"],
        exponential(inputs["mean_service"] * MINUTE),
        inputs["agents"],
        contacts,
        patience_s={"voice": exponential(inputs["mean_patience"] * MINUTE)},
        sections={"redial": redial},
    )
    seen = Watch(simulate(scenario, seed, given.number), left_out_s=6 * HOUR)
    cases = seen.trace.cases
    lost = 1.0 * (cases["state"] == CaseState.GIVEN_UP)
    return {
        "attempts_per_caller": seen.mean_at(cases["began"], cases["attempts"]),
        "p_abandon_per_attempt": seen.share(seen.abandoned),
        "mean_wait_per_attempt": seen.mean(seen.wait / MINUTE, seen.everybody),
        "p_wait_seen_by_attempts": seen.share(seen.waited),
        "p_all_busy_time_average": _all_busy(seen, inputs["agents"]),
        "p_caller_lost": seen.mean_at(cases["began"], lost),
        "occupancy": seen.occupancy(),
        "mean_in_orbit": seen.over_time(*_between_contacts(seen.trace)),
    }


def _repeats(
    given: Reference, delay_min: Any, why: dict[str, Any], seed: int, contacts: int
) -> Mapping[str, Estimate]:
    """Calls made again, when ``why`` says what leaves a contact unresolved."""
    inputs = given.inputs
    repeat = {
        "probability": inputs["repeat_if_unresolved"],
        "delay_min": delay_min,
        "max_contacts": FOR_EVER,
    }
    scenario = one_queue(
        inputs["new_issues"],
        exponential(inputs["mean_service"] * MINUTE),
        inputs["agents"],
        contacts,
        repeat=repeat,
        **why,
    )
    seen = Watch(simulate(scenario, seed, given.number), warm_up_s=12 * HOUR, left_out_s=12 * HOUR)
    cases = seen.trace.cases
    return {
        "calls_per_issue": seen.mean_at(cases["began"], cases["attempts"]),
        "total_call_rate": seen.per_min(seen.arrival),
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": seen.occupancy(),
    }


def _repeats_computed(given: Reference) -> Mapping[str, float]:
    inputs = given.inputs
    per_min = inputs["new_issues"] / inputs["fcr"]
    busy = erlang_c(per_min * 60, inputs["mean_service"] * 60, inputs["agents"])
    return {
        "total_call_rate": per_min,
        "p_wait": busy.p_wait,
        "mean_wait": busy.asa / 60,
        "occupancy": busy.occupancy,
    }


def _repeat_case(name: str, title: str, delay_min: Any, why: dict[str, Any], long: int) -> Case:
    given = reference("FB-1")
    return Case(
        name,
        title,
        "Jackson's theorem",
        given.figures,
        compute=partial(_repeats_computed, given),
        simulate=partial(_repeats, given, delay_min, why),
        short=40_000,
        long=long,
    )


_FCR = reference("FB-1").inputs["fcr"]
_HARD = {"solve": _FCR, "difficulty_drawn": "per_contact"}
_UNEVEN = {"distribution": "lognormal", "mean": 60.0, "cv": 1.5}

CASES = (
    Case(
        "RT-2-0.5",
        "2 lines, blocked callers try for ever",
        "Falin & Templeton, exact chain",
        reference("RT-2-0.5").figures,
        simulate=partial(_retrial, reference("RT-2-0.5")),
        short=20_000,
        long=200_000,
    ),
    Case(
        "RD-1",
        "10 agents for 10 erlangs, half of those who hang up redial",
        "exact chain; Mandelbaum et al.",
        reference("RD-1").figures,
        simulate=partial(_redials, reference("RD-1")),
        short=30_000,
        long=300_000,
    ),
    _repeat_case(
        "FB-1",
        "a wrong answer comes back after an hour, 28 % of all",
        exponential(60.0),
        {"false_resolution": 1.0 - _FCR},
        300_000,
    ),
    _repeat_case(
        "FB-1-difficult",
        "a case too difficult comes back after an uneven delay",
        _UNEVEN,
        _HARD,
        150_000,
    ),
)
