"""The cross-check: what a queueing formula says about a centre that is close enough to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.experiments.experiment import Experiment
from results.formulas.beyond_textbook import differences_from_textbook
from results.formulas.erlang import ErlangC, erlang_c
from results.formulas.patience_queue import PatienceQueue, erlang_a, patience_queue
from results.formulas.textbook import Queue, queue_of
from scenarios.answer_targets import answer_targets
from scenarios.parts.distributions import AnyDistribution, Exponential
from scenarios.schema import Scenario
from sim.draws.quantiles import quantile_of

BESIDE = ("service_level", "asa", "abandonment", "occupancy")
"""Measures that a formula gives, by their names in the registry."""


@dataclass(frozen=True)
class CrossCheck:
    """What a formula says about a scenario, or why none does."""

    formula: str
    """Its name; empty when none applies."""
    values: Mapping[str, float]
    """The measures of ``BESIDE`` by name, each in its unit; empty when no formula applies."""
    notes: tuple[str, ...]
    """Why the formula is only close, or why there is none, as clauses."""


def cross_check(scenario: Scenario) -> CrossCheck:
    """Ask the formula that knows a scenario, a policy's changes applied.

    Erlang C where nobody gives up, Erlang A where patience is exponential, and the same queue
    with any other smooth law of patience. Handle times that are not exponential are let through:
    the formula is then close, and a note says so.
    """
    if differences := differences_from_textbook(scenario):
        return CrossCheck("", {}, differences)
    queue = queue_of(scenario)
    try:
        formula, answer = _asked(queue, answer_targets(scenario)[0])
    except ValueError:
        # The parts of a scenario are checked: what is left is a queue that nobody leaves.
        return CrossCheck("", {}, ("nobody gives up a queue that grows without end",))
    values = {
        "service_level": answer.service_level,
        "asa": answer.asa,
        "abandonment": answer.abandonment if isinstance(answer, PatienceQueue) else 0.0,
        "occupancy": answer.occupancy,
    }
    return CrossCheck(formula, values, queue.notes)


def cross_checks(experiment: Experiment) -> dict[str, CrossCheck]:
    """What the formulas say about each policy that was run."""
    return {policy: cross_check(experiment.under[policy]) for policy in experiment.policies}


def _asked(queue: Queue, target_s: float) -> tuple[str, ErlangC | PatienceQueue]:
    load = queue.contacts_per_hour, queue.aht_s, queue.agents
    match queue.patience:
        case None:
            return "Erlang C", erlang_c(*load, target_s)
        case Exponential(mean=mean, point_share=0.0):
            return "Erlang A", erlang_a(*load, mean, target_s)
        case law:
            return f"M/M/n, {law.distribution} patience", _with_patience(load, law, target_s)


def _with_patience(
    load: tuple[float, float, int], law: AnyDistribution, target_s: float
) -> PatienceQueue:
    """Ask for any law of patience, its survival curve read off its quantiles."""
    # Fine where few have given up and where few are left, so that straight lines will do between.
    tail = np.geomspace(1e-9, 0.5, 2_000)
    given_up = np.concatenate([[0.0], tail, (1.0 - tail)[-2::-1]])
    waits = quantile_of(law)(given_up)

    def survival(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.interp(seconds, waits, 1.0 - given_up, right=0.0)

    return patience_queue(*load, survival, target_s)
