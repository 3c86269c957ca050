"""One replication of a scenario, from its first midnight to its last."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.schema import Scenario
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
    with _nothing_collected():
        centre.run(centre.plan.horizon_s)
    return close(centre)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Look for no circles of references meanwhile.

    Contacts leave next to none behind, and looking takes a twentieth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
