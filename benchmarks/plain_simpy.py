"""The measuring stick: M/M/n+M as a plain SimPy script that models nothing else.

A process per contact, `Resource.request()` raced against a patience timeout, as in SimPy's own
bank example; nothing is recorded but two counts.
"""

from __future__ import annotations

from collections.abc import Generator
from random import Random
from typing import Any

import simpy

from benchmarks.centres import PATIENCE_S, TALK_S


def run(agents: int, contacts: int, load: float = 0.98, seed: int = 1) -> tuple[int, int]:
    """Serve about this many contacts; returns how many were served and how many abandoned."""
    env = simpy.Environment()
    desk = simpy.Resource(env, agents)
    draw = Random(seed)
    counts = [0, 0]

    def contact() -> Generator[simpy.Event, Any, None]:
        with desk.request() as request:
            patience = env.timeout(draw.expovariate(1.0 / PATIENCE_S))
            result = yield request | patience
            if request in result:
                yield env.timeout(draw.expovariate(1.0 / TALK_S))
                counts[0] += 1
            else:
                counts[1] += 1

    def arrivals() -> Generator[simpy.Event, Any, None]:
        for _ in range(contacts):
            yield env.timeout(draw.expovariate(agents * load / TALK_S))
            env.process(contact())

    env.process(arrivals())
    env.run()
    return counts[0], counts[1]
