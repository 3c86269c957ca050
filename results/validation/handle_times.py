"""Handle times other than exponential: Pollaczek and Khinchine, and an exact chain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import sqrt
from typing import Any

from results.formulas.erlang import mean_wait_any_handle_time
from results.validation.case import Case
from results.validation.centres import MINUTE, one_queue
from results.validation.reference import Reference, reference
from results.validation.watch import Estimate, Watch
from sim import simulate


def _waits(
    given: Reference, talk_s: dict[str, Any], seed: int, contacts: int
) -> Mapping[str, Estimate]:
    talk_s = {**talk_s, "mean": given.inputs["mean_service"] * MINUTE}
    scenario = one_queue(given.inputs["arrival_rate"], talk_s, given.inputs["agents"], contacts)
    seen = Watch(simulate(scenario, seed, given.number))
    return {
        "p_wait": seen.share(seen.waited),
        "mean_wait": seen.mean(seen.wait / MINUTE, seen.served),
    }


def _mean_wait(given: Reference, cv: float) -> Mapping[str, float]:
    centre = given.inputs
    per_hour, mean_s = centre["arrival_rate"] * 60, centre["mean_service"] * 60
    wait_s = mean_wait_any_handle_time(per_hour, mean_s, centre["agents"], cv)
    return {"mean_wait": wait_s / 60}


def _one_desk(name: str, short: int, long: int) -> Case:
    given = reference(name)
    cv = given.inputs["service_cv"]
    return Case(
        name,
        f"1 agent at 80 % load, lognormal talk with cv {cv}",
        "Pollaczek–Khinchine",
        given.figures,
        compute=partial(_mean_wait, given, cv),
        simulate=partial(_waits, given, {"distribution": "lognormal", "cv": cv}),
        short=short,
        long=long,
    )


_MIXED = reference("MPHC-2")
_CV = sqrt(_MIXED.inputs["service_scv"])

CASES = (
    _one_desk("MG1-1.0", 40_000, 500_000),
    _one_desk("MG1-1.2", 40_000, 500_000),
    Case(
        "MPHC-2",
        "10 agents at 90 % load, two kinds of calls (formula: ±4 %)",
        "exact Markov chain",
        _MIXED.figures,
        compute=partial(_mean_wait, _MIXED, _CV),
        # An approximation, 3.7 % too high here.
        within=0.04,
        simulate=partial(_waits, _MIXED, {"distribution": "hyperexponential", "cv": _CV}),
        short=40_000,
        long=350_000,
    ),
)
