"""Answers of experiments that nobody ran: plausible, always the same, for pictures of screens."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from results import Experiment, compare
from results.facts.endings import ENDINGS
from results.measures.intervals import COLUMNS
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.measures.summary import Key, Summary
from results.measures.waits import WAIT_EDGES
from results.reading.rows import ASKED
from scenarios import Scenario
from tui.shell.requests import Request, State, Update

MEANS: Mapping[str, tuple[float, float]] = {
    "service_level": (0.83, 0.05),
    "asa": (12.0, -5.0),
    "abandonment": (0.041, -0.02),
    "fcr": (0.80, 0.06),
    "fcr_complaints": (0.64, 0.24),
    "total_cost": (34_600.0, -1_400.0),
    "service_cost": (8_700.0, 650.0),
    "revenue_at_risk": (13_400.0, -2_050.0),
    "occupancy": (0.81, -0.06),
    "wait_p90": (33.0, -15.0),
    "escalation_rate": (0.20, -0.12),
    "approvals_per_complaint": (0.63, -0.58),
    "coaching_done": (0.60, 0.40),
    "remedies_due": (12_500.0, 0.0),
    "remedies_paid": (10_200.0, 1_700.0),
    "remedies_withheld": (2_000.0, -880.0),
    "remedies_open": (270.0, -120.0),
    "staff_cost": (8_420.0, 0.0),
    "repeat_rate": (0.05, -0.02),
}
"""Mean under the baseline, and what a policy of full effect adds."""

OPEN = range(16, 40)
"""Half-hours in which somebody calls."""


def told(
    request: Request, done: int, state: State = "running", left_s: float | None = 3.2
) -> Update:
    """What a runner would tell after so many replications under every policy."""
    experiment = experiment_of(request.scenario, request.policies, done, request.replications)
    return Update(
        state,
        dict.fromkeys(request.policies, done),
        request.replications,
        left_s if state == "running" else None,
        experiment,
        compare(experiment, ASKED),
    )


def experiment_of(
    scenario: Scenario, policies: Sequence[str], done: int, planned: int | None = None
) -> Experiment:
    """An experiment in which the policies have more effect the later they are named."""
    finished: dict[Key, Summary] = {
        (policy, number): summary_of(scenario, number, place / max(1, len(policies) - 1))
        for place, policy in enumerate(policies)
        for number in range(done)
    }
    planned = done if planned is None else planned
    return Experiment(scenario, tuple(policies), 1, planned, finished, done == planned)


def summary_of(scenario: Scenario, replication: int, effect: float) -> Summary:
    """One replication: its customers make it good or bad under every policy alike."""
    draws = np.random.default_rng([replication])
    customers = draws.normal(0.0, 0.08)
    chance = np.random.default_rng([replication, int(100 * effect)]).normal(0.0, 0.25)
    values = {
        name: mean * (1.0 + customers) + effect * more * (1.0 + chance)
        for name, (mean, more) in MEANS.items()
    }
    for name in ("service_level", "coaching_done", "fcr"):
        values[name] = min(1.0, values[name])
    whole = {name: values.get(name, math.nan) for name in MEASURES}
    cuts: list[Cut] = [("all", ""), ("complaints", "")]
    cuts += [("reason", name) for name in scenario.reasons]
    cuts += [("channel", name) for name in ("voice", "chat", "email")]
    cuts += [("group", name) for name in scenario.groups]
    table = _intervals(scenario, effect, customers)
    shares = _endings(effect)
    bins = np.arange(len(WAIT_EDGES) - 1, dtype=np.int64)
    return Summary(
        values=dict.fromkeys(cuts, whole),
        intervals=dict.fromkeys(cuts, table),
        endings=dict.fromkeys(("all", "complaints", *scenario.reasons), shares),
        waits={"voice": bins, "chat": bins},
    )


def _intervals(
    scenario: Scenario, effect: float, customers: float
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    count = 48 * scenario.horizon.days
    table = {name: np.full(count, np.nan, dtype=np.float32) for name in COLUMNS}
    table["start_s"] = (1800.0 * np.arange(count)).astype(np.float32)
    for half_hour in OPEN:
        peak = math.exp(-(((half_hour - 35) / 2.0) ** 2)) + 0.3 * math.exp(-((half_hour - 22) ** 2))
        table["asa_s"][half_hour] = 90.0 * peak * (1.0 - 0.5 * effect) * (1.0 + customers)
        for name, value in (("offered", 80), ("answered", 78), ("abandoned", 2), ("staffed", 20)):
            table[name][half_hour] = value
        table["service_level"][half_hour] = 1.0 - 0.5 * peak
        table["occupancy"][half_hour] = 0.7 + 0.2 * peak - 0.1 * effect
        table["longest_wait_s"][half_hour] = 200.0 * peak
        table["aht_s"][half_hour] = 330.0
        table["backlog"][half_hour] = 12
    return table


def _endings(effect: float) -> dict[str, int]:
    counts = dict.fromkeys(ENDINGS, 0)
    alone = round(40 + 300 * effect)
    counts |= {"alone": alone, "approved": 420 - alone, "transferred": 40, "declined": 25}
    return counts | {"promise_kept": 60, "given_up": 20, "open": 30}
