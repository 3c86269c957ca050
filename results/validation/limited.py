"""Lines that can be full: Erlang B, queues with a limit, and what overflows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil
from typing import Any

from results.formulas.erlang import erlang_b, lines_for_blocking, overflow
from results.formulas.limited_lines import limited_lines
from results.validation.case import Case
from results.validation.centres import MINUTE, centre, exponential, one_queue, reason
from results.validation.expected import Expected
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch, ratio
from sim import simulate

TALK_TIMES: dict[str, Any] = {
    "": exponential(180),
    "-constant": 180,
    "-lognormal": {"distribution": "lognormal", "mean": 180, "cv": 1.3},
}
"""Three minutes each: blocking depends on nothing else of them."""


def _blocked(given: Reference, talk_s: Any, seed: int, contacts: int) -> Mapping[str, Estimate]:
    """As many lines as agents."""
    agents = given.inputs["servers"]
    lines = {"channels": {"voice": {"lines": agents}}}
    load = given.inputs["offered_load"]
    scenario = one_queue(load / 3.0, talk_s, agents, contacts, sections=lines)
    seen = Watch(simulate(scenario, seed, given.number))
    return {"p_block": seen.share(seen.blocked)}


def _erlang_b(name: str, title: str, short: int, long: int, talk: str = "") -> Case:
    given = reference(name)
    load, lines = given.inputs["offered_load"], given.inputs["servers"]
    return Case(
        name + talk,
        title,
        "Erlang B (Wolfram Language)" if name == "EB-1" else "formula of Erlang B",
        given.figures,
        compute=lambda: {"p_block": erlang_b(load, lines)},
        simulate=partial(_blocked, given, TALK_TIMES[talk]),
        short=short,
        long=long,
    )


def _lines_needed(given: Reference) -> Case:
    questions = list(zip(given.inputs["offered_load_erl"], given.inputs["max_block"], strict=True))
    names = [f"lines_{load}_{limit}" for load, limit in questions]
    right = dict(zip(names, given.expected["lines"], strict=True))
    return Case(
        given.name,
        "lines that keep blocking low (formula only)",
        "pyworkforce; erlanglib",
        lambda: {name: Expected(float(lines), "lines") for name, lines in right.items()},
        compute=lambda: {
            name: float(lines_for_blocking(*question))
            for name, question in zip(names, questions, strict=True)
        },
    )


def _some_wait(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    scenario = one_queue(
        given.inputs["arrival_rate"],
        exponential(given.inputs["mean_service"] * MINUTE),
        given.inputs["agents"],
        contacts,
        sections={"channels": {"voice": {"lines": given.inputs["capacity_total"]}}},
    )
    seen = Watch(simulate(scenario, seed, given.number))
    return {
        "p_block": seen.share(seen.blocked),
        "asa_entered": seen.mean(seen.wait / MINUTE, seen.served),
        "occupancy": seen.occupancy(),
    }


def _seventeen_lines() -> Mapping[str, float]:
    answer = limited_lines(4.2 * 60, 120, agents=12, lines=17)
    return {
        "p_block": answer.blocked,
        "asa_entered": answer.asa / 60,
        "occupancy": answer.occupancy,
    }


UNIT_S = 1800.0
"""The unit of time of mmck-1 as it is simulated."""


def _seven_lines(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    scenario = one_queue(
        given.inputs["arrival_rate"] * MINUTE / UNIT_S,
        exponential(UNIT_S / given.inputs["service_rate"]),
        given.inputs["servers"],
        contacts,
        sections={"channels": {"voice": {"lines": given.inputs["capacity"]}}},
    )
    seen = Watch(simulate(scenario, seed, given.number))
    entered = ~seen.blocked
    begun, over = seen.arrival[entered], seen.ended[entered]
    return {
        "p0": seen.over_time(begun, over, lambda number: 1.0 * (number == 0)),
        "mean_time_in_system": seen.mean((seen.ended - seen.arrival) / UNIT_S, seen.served),
    }


def _seven_lines_computed(given: Reference) -> Mapping[str, float]:
    centre = given.inputs
    handled_in = 1 / centre["service_rate"]  # hours
    answer = limited_lines(
        centre["arrival_rate"], handled_in * 3600, centre["servers"], centre["capacity"]
    )
    return {"p0": answer.p_empty, "mean_time_in_system": answer.asa / 3600 + handled_in}


def _overflow(given: Reference, seed: int, contacts: int) -> Mapping[str, Estimate]:
    load, agents = given.inputs["offered_load"], given.inputs["agents"]
    calls = reason(load / 3.0, exponential(180.0), "first", "overflow")
    # A hundred agents stand for ever so many.
    groups = {"first": {"heads": agents}, "overflow": {"heads": 100}}
    days = ceil(contacts / (load / 3.0 * 1440.0))
    seen = Watch(simulate(centre({"call": calls}, groups, days), seed, given.number))
    over = seen.trace.contacts["group"] == 1
    begun, ended = seen.left_queue[over], seen.ended[over]
    mean = given.expected["overflow_mean"]
    present = seen.batches.integral(begun, ended)
    squares = seen.batches.integral(begun, ended, lambda number: (number - mean) ** 2)
    return {
        "overflow_mean": ratio(present, seen.batches.lengths),
        "overflow_variance": ratio(squares, seen.batches.lengths),
        "peakedness": ratio(squares, present),
    }


def _overflow_computed(given: Reference) -> Mapping[str, float]:
    passed_on = overflow(given.inputs["offered_load"], given.inputs["agents"])
    return {
        "overflow_mean": passed_on.mean,
        "overflow_variance": passed_on.variance,
        "peakedness": passed_on.peakedness,
    }


BLOCKING = (
    _erlang_b("EB-1", "30 lines for 25 erlangs", 10_000, 300_000),
    _erlang_b("EB-2", "10 lines for 10 erlangs", 10_000, 300_000),
    _erlang_b("EB-2", "the same, every call of equal length", 15_000, 150_000, "-constant"),
    _erlang_b("EB-2", "the same, calls of very unequal length", 15_000, 150_000, "-lognormal"),
    _lines_needed(reference("erlb-required")),
    Case(
        "OV-1",
        "what 10 full agents pass on of 10 erlangs",
        "Riordan; Wilkinson",
        reference("OV-1").figures,
        compute=partial(_overflow_computed, reference("OV-1")),
        simulate=partial(_overflow, reference("OV-1")),
        short=30_000,
        long=350_000,
    ),
)
LINES = (
    Case(
        "MMCK-1",
        "12 agents, 17 lines, 4.2 calls of 2 min a minute",
        "formula; ContactCenters",
        reference("MMCK-1").figures,
        compute=_seventeen_lines,
        simulate=partial(_some_wait, reference("MMCK-1")),
        short=40_000,
        long=300_000,
    ),
    Case(
        "mmck-1",
        "3 agents, 7 lines, load of 4/9",
        "queueing (GNU Octave)",
        reference("mmck-1").figures,
        compute=partial(_seven_lines_computed, reference("mmck-1")),
        simulate=partial(_seven_lines, reference("mmck-1")),
        short=20_000,
        long=200_000,
    ),
)
