"""One replication of a scenario, from its first midnight to its last."""

from __future__ import annotations

from scenarios.schema import Scenario
from sim.day import close, open_centre
from sim.trace.trace import Trace


def simulate(scenario: Scenario, seed: int, replication: int) -> Trace:
    """Run one replication of a scenario and return its trace.

    The same scenario, seed and replication give the same bits; another replication or seed gives
    other customers; another policy gives the same customers under other rules.
    """
    centre = open_centre(scenario, seed, replication)
    centre.run(centre.plan.horizon_s)
    return close(centre)
