"""Queues one after the other: each is the queue of theory for what is offered to it."""

from math import sqrt

import numpy as np
import pytest

from results.formulas.patience_queue import PatienceQueue, erlang_a
from results.measures.registry import summarise
from scenarios.schema import Scenario
from sim import simulate
from tests.support.exact_centres import HOUR, centre, exponential, reason

PATIENCE_S = 120.0
RUNS = 10


def tandem(heads: int, experts: int) -> Scenario:
    """One call a minute: 60 s with a first group that settles nothing, then 300 s with experts."""
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
    return centre({"call": calls}, groups, days=2, escalation=path)


def told(exact: PatienceQueue) -> dict[str, float]:
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


@pytest.mark.parametrize(("experts", "lost"), [(3, 0.4647), (4, 0.3249)])
def test_behind_a_switchboard_the_experts_are_a_queue_of_their_own(
    experts: int, lost: float
) -> None:
    """Both queues are M/M/n+M: the switchboard hardly ever holds calls up or loses one.

    The tolerance is four standard errors of the mean over the replications.
    """
    scenario = tandem(6, experts)
    runs = [summarise(scenario, simulate(scenario, 7, k)).values for k in range(RUNS)]
    queues = {
        "switchboard": erlang_a(60.0, 60.0, 6, PATIENCE_S),
        "experts": erlang_a(60.0, 300.0, experts, PATIENCE_S),
    }
    assert queues["experts"].abandonment == pytest.approx(lost, abs=5e-5)
    for queue, exact in queues.items():
        for name, value in told(exact).items():
            found = np.array([values["queue", queue][name] for values in runs])
            error = found.std(ddof=1) / sqrt(RUNS)
            assert found.mean() == pytest.approx(value, abs=4 * error + 1e-4), (queue, name)


def test_how_many_wait_and_how_long_hang_together_by_littles_law() -> None:
    scenario = tandem(2, 4)
    found = summarise(scenario, simulate(scenario, 7, 0)).values
    for queue in ("switchboard", "experts"):
        one = found["queue", queue]
        assert one["offered"] > 1000
        waited_s = one["wait_all"] * one["offered"]
        assert one["number_waiting"] * 48 * HOUR == pytest.approx(waited_s, rel=1e-9)
    whole = found["all", ""]["number_waiting"]
    assert whole == pytest.approx(sum(found["queue", q]["number_waiting"] for q in scenario.groups))
