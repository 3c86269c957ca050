"""Teams made from the groups of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.demand import CHANNELS, WRITTEN
from scenarios.schema import Scenario
from sim.floor.agents import Agent, Team
from sim.floor.idle import Bench, RandomBench
from sim.floor.queues import Medium
from sim.people.traits import mean_solve, solve_probability
from sim.plan.reasons import ReasonPlan
from sim.trace.trace import AgentTraits


def teams_of(
    scenario: Scenario, people: tuple[AgentTraits, ...], random_choice: bool
) -> dict[str, Team]:
    """The teams by name, with their agents; the numbers of agents run through all teams."""
    bench = RandomBench if random_choice else Bench
    media = _media(scenario)
    teams = {}
    for position, (name, group) in enumerate(scenario.groups.items()):
        level = scenario.authority[group.authority] if group.authority else None
        teams[name] = Team(name, position, group, level, {medium: bench() for medium in media})
    by_position = list(teams.values())
    base = mean_solve(scenario)
    for number, traits in enumerate(people):
        team = by_position[traits.group]
        agent = Agent(number, traits, team)
        agent.resolution = solve_probability(base, agent.knowledge)
        team.agents.append(agent)
    return teams


def _media(scenario: Scenario) -> list[Medium]:
    """What kinds of attention the centre's contacts, approvals and promises can ask for."""
    channels = {channel for reason in scenario.reasons.values() for channel in reason.channels}
    media = [Medium.VOICE]
    if "chat" in channels:
        media.append(Medium.CHAT)
    if channels & set(WRITTEN) or scenario.escalation:
        media.append(Medium.WRITTEN)
    return media


def furnish(scenario: Scenario, teams: dict[str, Team], plans: Sequence[ReasonPlan]) -> None:
    """Tell each team which reasons it prefers and how long a contact keeps it busy on average."""
    positions = {plan.name: plan.position for plan in plans}
    for team in teams.values():
        preferred = team.group.serves_first
        team.ranks = {positions[name]: rank for rank, name in enumerate(preferred)}
    if scenario.acknowledgement is not None or scenario.callback_offer is not None:
        for team in teams.values():
            team.handling_s = _handling_s(scenario, team, plans)


def _handling_s(scenario: Scenario, team: Team, plans: Sequence[ReasonPlan]) -> float:
    """Mean handling time of a team over a week's customers who wait for it on the line."""
    seconds = weights = 0.0
    for plan in plans:
        if any(team in teams for _, teams in plan.stages):
            volume, mix = _volume(scenario, plan), plan.reason.channels
            for channel, share in mix.items():
                if channel not in WRITTEN:
                    weight = volume * share / fsum(mix.values())
                    seconds += weight * plan.handling_s(CHANNELS.index(channel))
                    weights += weight
    return team.talk_factor * seconds / weights if weights else 0.0


def _volume(scenario: Scenario, plan: ReasonPlan) -> float:
    """How many customers of a reason make contact in a week, or at given times."""
    if plan.reason.volume.at_s is not None:
        return float(len(plan.reason.volume.at_s))
    calendar = calendar_of(scenario)
    return fsum(span.amount for day in range(7) for span in calendar.day(day).volume(plan.name))
