"""Two queues one after the other, by the measures that every answer shows of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from results.formulas.patience_queue import PatienceQueue, erlang_a
from results.measures.registry import summarise
from results.validation.case import Case
from results.validation.centres import centre, exponential, reason
from results.validation.expected import Expected
from results.validation.watch import Estimate, over_replications
from scenarios.schema import Scenario
from sim import simulate

PATIENCE_S = 120.0


def tandem(heads: int, experts: int, days: int = 2) -> Scenario:
    """One call a minute: 60 s with a first group that settles nothing, then 300 s with experts.

    Args:
        heads: agents of the first group.
        experts: agents of the second.
        days: of a replication.
    """
    calls = reason(
        1.0,
        exponential(60.0),
        "switchboard",
        then="to_experts",
        patience_s={"voice": exponential(PATIENCE_S)},
    )
    groups = {
        "switchboard": {"heads": heads},
        "experts": {"heads": experts, "tier": 2, "talk_s": {"call": exponential(300.0)}},
    }
    path = {"to_experts": {"steps": [{"step": "cold_transfer", "group": "experts"}]}}
    return centre({"call": calls}, groups, days, escalation=path)


def by_measure(exact: PatienceQueue) -> dict[str, float]:
    """What the formula says of a queue, by the names of the measures."""
    return {
        "service_level": exact.service_level,
        "sl_answered": exact.sl_answered,
        "sl_excl_short": exact.sl_excl_short,
        "sl_credit_short": exact.sl_credit_short,
        "asa": exact.asa,
        "wait_all": exact.wait_all,
        "p_wait": exact.p_wait,
        "abandonment": exact.abandonment,
        "number_waiting": exact.mean_queue,
    }


def _unit(name: str) -> str:
    if name in ("asa", "wait_all"):
        return "s"
    return "calls" if name == "number_waiting" else "fraction"


def _right(experts: int) -> Mapping[str, Expected]:
    """The switchboard hardly ever holds calls up or loses one: a ten-thousandth is allowed."""
    exact = by_measure(erlang_a(60.0, 300.0, experts, PATIENCE_S))
    return {name: Expected(value, _unit(name), rounding=1e-4) for name, value in exact.items()}


def _measured(experts: int, seed: int, replications: int) -> Mapping[str, Estimate]:
    scenario = tandem(6, experts)
    runs = [
        summarise(scenario, simulate(scenario, seed, number)).values["queue", "experts"]
        for number in range(replications)
    ]
    return {name: over_replications([run[name] for run in runs]) for name in _right(experts)}


CASES = tuple(
    Case(
        f"TANDEM-{experts}",
        f"{experts} experts behind a switchboard, patience 2 min (measures of the queue)",
        "formula of Erlang A",
        partial(_right, experts),
        simulate=partial(_measured, experts),
        short=10 if experts == 3 else None,
        long=40,
        counts="replications of two days",
    )
    for experts in (3, 4)
)
