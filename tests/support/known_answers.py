"""A centre whose answers are known in advance, for tests of what is done with the answers.

The customers of a replication make it good or bad under every policy alike; a policy lowers the
wait by its telecom_per_min in seconds. Nothing is simulated.
"""

import math
import os
import time
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from results.experiments.experiment import Experiment
from results.experiments.replications import Engine
from results.facts.came import CAME
from results.facts.endings import ENDINGS
from results.facts.hours import WORK
from results.facts.tier_one import BeyondTierOne
from results.measures.intervals import COLUMNS
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.measures.summary import Summary
from results.measures.waits import WAIT_EDGES
from scenarios import with_changes
from scenarios.schema import Scenario
from sim.trace.codes import CaseState
from sim.trace.trace import AgentTraits, Trace

SCENARIO = Scenario.model_validate(
    {
        "title": "Canned",
        "baseline": "today",
        "reasons": {
            "late_parcel": {
                "complaint": True,
                "volume": {"per_day": 100},
                "groups": ["front_line"],
                "handling": {"voice": {"talk_s": 180}},
            }
        },
        "groups": {"front_line": {"heads": 3}},
        "policies": {
            "quick": {"changes": {"costs.telecom_per_min": 60.0}},
            "same": {"changes": {"costs.currency": "$"}},
        },
    }
)
TOML = """
title = "Canned"
baseline = "today"
[reasons.late_parcel]
complaint = true
volume = { per_day = 100 }
groups = ["front_line"]
handling.voice.talk_s = 180
[groups.front_line]
heads = 3
[policies.quick.changes]
"costs.telecom_per_min" = 60.0
[policies.same.changes]
"costs.currency" = "$"
"""

FULL = with_changes(
    SCENARIO,
    {
        "opening": {"hours": "09:00-17:00"},
        "channels": {"voice": {"lines": 9}},
        "voice_menu": {},
        "satisfaction": {},
        "loyalty": {"customer_value": 100.0},
        "reasons.late_parcel.remedy": {},
    },
)
"""The same centre with whatever a verdict can speak of on a telephone."""

POLICIES = ("today", "quick", "same")
HELD_FROM = 2


def canned_trace(_: Scenario, seed: int, replication: int) -> Trace:
    """One open case, and the seed and the replication where the summary finds them."""
    trace = Trace(
        reasons=("late_parcel",),
        channels=("voice",),
        groups=("front_line",),
        kinds=("refund",),
        agents=(AgentTraits(0, 1.0, 0.0),),
        horizon_s=float(replication),
        warm_up_s=float(seed),
    )
    trace.cases.write(
        case=1,
        reason=0,
        began=10.0,
        ended=math.nan,
        state=CaseState.OPEN,
        attempts=1,
        contacts_answered=1,
        money=math.nan,
        paid=0.0,
        asked_boss=0,
        cause=-1,
    )
    return trace


def canned_summary(
    scenario: Scenario, trace: Trace, _beyond: BeyondTierOne | None = None
) -> Summary:
    """The wait is 100 s and what the replication's customers add, less what the policy saves."""
    draws = np.random.default_rng([int(trace.warm_up_s), int(trace.horizon_s)])
    customers, chance = draws.normal(0.0, 10.0), draws.normal(0.0, 1.0)
    saved = scenario.costs.telecom_per_min
    asa = 100.0 + customers - saved * (1.0 + 0.1 * chance)
    return summary_with({"asa": asa, "fcr_complaints": 0.5 + customers / 1000.0})


def summary_with(values: dict[str, float], cut: Cut = ("all", "")) -> Summary:
    """A summary in which these measures are defined and no others."""
    whole = {name: values.get(name, math.nan) for name in MEASURES}
    table = {name: np.array([0.1, math.nan], dtype=np.float32) for name in COLUMNS}
    bins: NDArray[np.int64] = np.arange(len(WAIT_EDGES) - 1)
    return Summary(
        values={cut: whole, ("reason", "late_parcel"): whole},
        intervals={cut: table, ("group", "front_line"): table},
        endings={"all": dict.fromkeys(ENDINGS, 2), "late_parcel": dict.fromkeys(ENDINGS, 1)},
        waits={"voice": bins, "chat": bins[::-1]},
        accounts={
            ("hours", "front_line"): {name: 1.0 + place / 3.0 for place, name in enumerate(WORK)},
            ("contacts", ""): {name: float(place) for place, name in enumerate(CAME)},
        },
    )


def experiment_with(values: dict[str, dict[str, list[float]]]) -> Experiment:
    """An experiment whose replications found these values: by policy, by measure."""
    counts = {len(found) for measures in values.values() for found in measures.values()}
    (planned,) = counts
    finished = {
        (policy, number): summary_with({name: found[number] for name, found in measures.items()})
        for policy, measures in values.items()
        for number in range(planned)
    }
    return Experiment(FULL, tuple(values), 1, planned, finished, complete=True)


def slow_trace(scenario: Scenario, seed: int, replication: int) -> Trace:
    """The same after a moment."""
    time.sleep(0.1)
    return canned_trace(scenario, seed, replication)


def held_trace(scenario: Scenario, seed: int, replication: int) -> Trace:
    """The same, but from the third replication on none ever ends by itself."""
    while replication >= HELD_FROM:
        time.sleep(60.0)
    return canned_trace(scenario, seed, replication)


def _once_there(gate: Path, scenario: Scenario, seed: int, replication: int) -> Trace:
    """The same, but the policy same waits for a file."""
    while scenario.costs.currency == "$" and not gate.exists():
        time.sleep(0.01)
    return canned_trace(scenario, seed, replication)


def waiting_for(gate: Path) -> Engine:
    """The canned engine, whose policy same has no replication until a file is there."""
    return Engine(partial(_once_there, gate), canned_summary)


def broken_trace(scenario: Scenario, seed: int, replication: int) -> Trace:
    """The same, but the policy quick fails in replication 2."""
    if replication == 2 and scenario.costs.telecom_per_min:
        raise ZeroDivisionError("nobody on duty")
    return canned_trace(scenario, seed, replication)


def deadly_trace(*_: object) -> Trace:
    """Ends its process as a system without memory does."""
    os._exit(9)


CANNED = Engine(canned_trace, canned_summary)
SLOW = Engine(slow_trace, canned_summary)
HELD = Engine(held_trace, canned_summary)
BROKEN = Engine(broken_trace, canned_summary)
DEADLY = Engine(deadly_trace, canned_summary)


def counting_engine() -> tuple[Engine, list[tuple[float, int]]]:
    """The canned engine with the list of what it was asked: telecom cost and replication."""
    asked: list[tuple[float, int]] = []

    def simulate(scenario: Scenario, seed: int, replication: int) -> Trace:
        asked.append((scenario.costs.telecom_per_min, replication))
        return canned_trace(scenario, seed, replication)

    return Engine(simulate, canned_summary), asked


def plain(experiment: Experiment) -> dict[tuple[str, int], object]:
    """Everything that was found, in a form that compares bit by bit, NaN equal to NaN."""
    return {key: repr(_lists(summary)) for key, summary in experiment.finished.items()}


def _lists(summary: Summary) -> list[object]:
    tables = {
        cut: {name: column.tobytes() for name, column in table.items()}
        for cut, table in summary.intervals.items()
    }
    waits = {name: counts.tobytes() for name, counts in summary.waits.items()}
    return [summary.values, tables, summary.endings, waits, summary.accounts]
