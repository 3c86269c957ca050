"""Replications of a fitted centre on given days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any

import numpy as np

from results.backtest.cells import Numbers, predicted
from scenarios.checks.problems import ScenarioError
from scenarios.checks.validate import examined
from scenarios.fit.calls import Dates
from scenarios.schema import Scenario
from sim import simulate
from sim.trace.codes import Outcome

Told = Callable[[int, int], None]
"""Called with replications done and in all."""


def scenario_of(document: Mapping[str, Any]) -> Scenario:
    """The scenario of a document that was fitted.

    Raises:
        ScenarioError: the document says something that cannot work.
    """
    scenario, problems = examined(dict(document), "")
    if scenario is None or problems:
        raise ScenarioError(problems)
    return scenario


def replications_of(
    scenario: Scenario,
    dates: Dates,
    within_s: float,
    replications: int,
    *,
    seed: int = 1,
    workers: Executor | None = None,
    told: Told | None = None,
) -> Numbers:
    """Replications × dates × half hours × counts."""
    one = partial(_replication, scenario, dates, within_s, seed)
    numbers = range(replications)
    each = map(one, numbers) if workers is None else workers.map(one, numbers)
    done = []
    for count, cells in enumerate(each, start=1):
        done.append(cells)
        if told is not None:
            told(count, replications)
    return np.array(done)


def _replication(
    scenario: Scenario, dates: Dates, within_s: float, seed: int, number: int
) -> Numbers:
    contacts = simulate(scenario, seed, number).contacts.as_dict()
    asked = ~np.isnan(contacts["queued"])
    queued, answered = contacts["queued"][asked], contacts["answered"][asked]
    outcome = contacts["outcome"][asked]
    # Who still waits when the horizon ends is left out: a day is added after the last.
    left = (outcome == Outcome.ABANDONED) & np.isnan(answered)
    over = left | ~np.isnan(answered)
    end = np.where(left, contacts["ended"][asked], answered)[over]
    first = np.datetime64(scenario.horizon.first_date, "D")
    # Records have whole seconds: who is answered within half a second did not wait.
    wait = np.round(end - queued[over])
    return predicted(dates, first, queued[over], wait, left[over].astype(float), within_s)
