"""The people of a group through the weeks: what they know and how fast they are, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from scenarios.schema import Scenario
from scenarios.staff import Group
from sim.draws import Draws, crowd
from sim.learning import learnt, pace, still_to_learn
from sim.people import mean_solve, solve_probability, tenures_of, traits_of

if TYPE_CHECKING:
    from sim.agents import Agent, Team
    from sim.roster import Duty
    from sim.trace import AgentTraits, Table


def changes_by_day(group: Group) -> bool:
    """Whether a group's people change from day to day; otherwise they need no looking after."""
    return group.training is not None or group.tenure_weeks is not None


class Member:
    """Whoever holds a place in the group now."""

    number = 0
    """Whoever holds the place when the horizon begins is 0."""
    from_training = 0.0
    """Knowledge from training that is not forgotten."""

    def __init__(self, traits: AgentTraits, tenure_weeks: float) -> None:
        self.traits = traits
        self.tenure_weeks = tenure_weeks


class Staff:
    """Looks after the people of one group, day by day."""

    def __init__(self, scenario: Scenario, team: Team, draws: Draws, rows: Table) -> None:
        self._team = team
        self._group = team.group
        self._rows = rows
        self._mean_solve = mean_solve(scenario)
        persons = crowd(f"agent/{team.name}", np.arange(len(team.agents)))
        traits = traits_of(team.group, team.position, persons, draws)
        tenures = tenures_of(team.group, persons, draws)
        self._members = [Member(*each) for each in zip(traits, tenures, strict=True)]

    def begin(self, day: int) -> None:
        """A new day: everybody has slept a night over what was learnt."""
        for agent, member in zip(self._team.agents, self._members, strict=True):
            if day > 0:
                member.tenure_weeks += 1.0 / 7.0
            self._ready(agent, member)
            self._rows.add(
                (
                    agent.number,
                    day,
                    member.number,
                    member.tenure_weeks,
                    agent.knowledge,
                    agent.speed,
                    member.traits.empathy,
                )
            )

    def learn(self, duties: Iterable[Duty]) -> None:
        """The lessons of the day; they are of use from tomorrow on."""
        training = self._group.training
        if training is None:
            return
        hours = [0.0] * len(self._members)
        for duty in duties:
            hours[duty.agent] += duty.lesson_s / 3600.0
        for member, taken in zip(self._members, hours, strict=True):
            member.from_training = learnt(training, member.from_training, taken)

    def _ready(self, agent: Agent, member: Member) -> None:
        """What the agent knows and how fast the agent is today."""
        curve, weeks = self._group.learning, member.tenure_weeks
        agent.pace = pace(curve, weeks)
        agent.speed = member.traits.speed * agent.pace
        agent.knowledge = (
            member.traits.knowledge
            + self._team.looks_up
            + still_to_learn(curve, weeks)
            + member.from_training
        )
        agent.resolution = solve_probability(self._mean_solve, agent.knowledge)
