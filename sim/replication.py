"""One replication of a scenario, from its first midnight to its last."""

from __future__ import annotations

from scenarios.schema import Scenario
from scenarios.uncollected import uncollected
from sim.day import close, open_centre
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.trace.trace import Trace


def simulate(
    scenario: Scenario, seed: int, replication: int, works: Mechanisms = ALL_WORK
) -> Trace:
    """Run one replication of a scenario and return its trace.

    The same scenario, seed and replication give the same bits; another replication or seed gives
    other customers; another policy gives the same customers under other rules.
    ``works`` says which mechanisms work.
    """
    centre = open_centre(scenario, seed, replication, works)
    with uncollected():  # contacts that are over are let go by themselves
        centre.run(centre.plan.horizon_s)
    return close(centre)
