"""Who the agents are: their speed and knowledge, the same under every policy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import fsum

import numpy as np

from scenarios import portable
from scenarios.parts.distributions import Lognormal
from scenarios.parts.methodology import Hiring
from scenarios.parts.staff import Group
from scenarios.schema import Scenario
from sim.draws.draws import Draws, Marks, Persons, crowd, person
from sim.draws.normal import normal
from sim.draws.quantiles import quantile_of
from sim.trace.trace import AgentTraits

_GREATEST_EXPONENT = 700.0
"""Of a power of e that is a number: beyond it, chances are none."""


def people_of(
    scenario: Scenario, draws: Draws, places: Mapping[str, int]
) -> tuple[AgentTraits, ...]:
    """Every agent of the centre, group by group; talk-time factors have mean 1 in a group.

    ``places`` are the most places that a group has on any day of the horizon.
    """
    people: list[AgentTraits] = []
    for position, (name, group) in enumerate(scenario.groups.items()):
        people += own_traits_of(group, position, crew_of(name, group, places[name]), draws)
    return tuple(people)


def crew_of(name: str, group: Group, places: int) -> Persons:
    """Who holds the places of a group when the horizon begins.

    Persons of a table are known by their names, so that they stay the same when others go.
    """
    if group.persons is None:
        return crowd(f"agent/{name}", np.arange(places))
    return np.array([person(f"agent/{name}/{one}") for one in group.persons.by_name])


def own_traits_of(group: Group, position: int, agents: Persons, draws: Draws) -> list[AgentTraits]:
    """Who the people of a group are: as others of the group, and as its table says of each."""
    drawn = traits_of(group, position, agents, draws)
    if group.persons is None:
        return drawn
    return [
        AgentTraits(
            position,
            traits.speed * one.talk_factor,
            traits.knowledge + one.knowledge,
            traits.empathy,
            one.wrap_up_factor,
            min(traits.cut_off * one.cut_off_factor, 1.0),
        )
        for traits, one in zip(drawn, group.persons.by_name.values(), strict=True)
    ]


def traits_of(group: Group, position: int, agents: Persons, draws: Draws) -> list[AgentTraits]:
    """Who these agents are, if they are people of this group."""
    speeds = _speeds(group.speed_cv, draws.marks("speed", agents))
    knowledge = group.knowledge + group.knowledge_sd * normal(draws.marks("knowledge", agents))
    empathy = np.full(len(agents), group.empathy)
    if group.empathy_sd > 0.0:
        empathy += group.empathy_sd * normal(draws.marks("empathy", agents))
    cut_off = group.cut_off.share if group.cut_off else 0.0
    return [
        AgentTraits(position, speed, float(knows), float(feels), cut_off=cut_off)
        for speed, knows, feels in zip(speeds, knowledge, empathy, strict=True)
    ]


def tenures_of(group: Group, agents: Persons, draws: Draws) -> list[float]:
    """Weeks that each of these agents has been on the floor when the horizon begins."""
    if group.tenure_weeks is None:
        return [0.0] * len(agents)
    weeks: list[float] = quantile_of(group.tenure_weeks)(draws.marks("tenure", agents)).tolist()
    return weeks


def experience_of(hiring: Hiring, who: Persons, draws: Draws) -> float:
    """Weeks of experience on a floor that one new person brings along."""
    return float(quantile_of(hiring.tenure_weeks)(draws.marks("tenure", who))[0])


def mean_solve(scenario: Scenario) -> float:
    """The mean base rate of the centre's reasons."""
    return fsum(reason.solve for reason in scenario.reasons.values()) / len(scenario.reasons)


@lru_cache(maxsize=1 << 14)
def solve_probability(base: float, knowledge: float) -> float:
    """The base rate shifted by the knowledge on the logit scale."""
    if base <= 0.0 or base >= 1.0 or knowledge == 0.0:
        return base
    return 1.0 / (1.0 + (1.0 - base) / base * portable.exp(min(-knowledge, _GREATEST_EXPONENT)))


def _speeds(cv: float, marks: Marks) -> list[float]:
    if cv == 0.0:
        return [1.0] * len(marks)
    quantile = quantile_of(Lognormal(distribution="lognormal", mean=1.0, cv=cv))
    return [float(speed) for speed in quantile(marks)]
