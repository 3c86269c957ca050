"""Who the agents are: their speed and knowledge, the same under every policy."""

from __future__ import annotations

import math

import numpy as np

from scenarios.distributions import Lognormal
from scenarios.schema import Scenario
from scenarios.staff import Group
from sim.draws import Draws, crowd
from sim.quantiles import quantile_of
from sim.trace import AgentTraits


def heads_of(group: Group) -> int:
    """How many different agents a group needs for its roster."""
    if group.heads is not None:
        return group.heads
    if group.heads_by_interval is not None:
        return max((max(heads) for heads in group.heads_by_interval.heads.values()), default=0)
    crews = {shift.crew or name: shift.heads for name, shift in (group.shifts or {}).items()}
    return sum(crews.values())


def people_of(scenario: Scenario, draws: Draws) -> tuple[AgentTraits, ...]:
    """Every agent of the centre, group by group; talk-time factors have mean 1 in a group."""
    people: list[AgentTraits] = []
    for position, (name, group) in enumerate(scenario.groups.items()):
        agents = crowd(f"agent/{name}", np.arange(heads_of(group)))
        speeds = _speeds(group.speed_cv, draws.marks("speed", agents))
        normal = quantile_of(Lognormal(distribution="lognormal", median=1.0, sigma=1.0))
        spread = np.log(normal(draws.marks("knowledge", agents)))
        people += [
            AgentTraits(position, float(speed), group.knowledge + group.knowledge_sd * float(z))
            for speed, z in zip(speeds, spread, strict=True)
        ]
    return tuple(people)


def solve_probability(base: float, knowledge: float) -> float:
    """The base rate shifted by the knowledge on the logit scale."""
    if base <= 0.0 or base >= 1.0 or knowledge == 0.0:
        return base
    return 1.0 / (1.0 + (1.0 - base) / base * math.exp(-knowledge))


def _speeds(cv: float, marks: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    if cv == 0.0:
        return [1.0] * len(marks)
    quantile = quantile_of(Lognormal(distribution="lognormal", mean=1.0, cv=cv))
    return [float(speed) for speed in quantile(marks)]
