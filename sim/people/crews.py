"""Crews: the rosters of all groups and the people on them, as the scenario of the day has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.people.roster import Roster
from sim.people.staff import Staff, changes_by_day
from sim.people.traits import crew_of, own_traits_of, solve_probability

if TYPE_CHECKING:
    from scenarios.policies.phases import Stage
    from scenarios.schema import Scenario
    from sim.draws.draws import Draws
    from sim.floor.agents import Group
    from sim.trace.table import Table


def most_places(stages: Sequence[Stage]) -> dict[str, int]:
    """The most places that each group has on any day."""
    return {
        name: max(stage.scenario.groups[name].places() for stage in stages)
        for name in stages[0].scenario.groups
    }


class Crews:
    """The people of a centre, by name of their group."""

    def __init__(
        self, stages: Sequence[Stage], groups: Mapping[str, Group], draws: Draws, rows: Table
    ) -> None:
        """Have the rosters of the first day, with the places of all days."""
        scenario, places = stages[0].scenario, most_places(stages)
        self._groups, self._places, self._draws = groups, places, draws
        self.rosters = {name: Roster(scenario, name, draws, places[name]) for name in groups}
        self.staff = {
            name: Staff(scenario, group, self.rosters[name], draws, rows)
            for name, group in groups.items()
            if any(changes_by_day(stage.scenario.groups[name]) for stage in stages)
        }
        """Of the groups whose people change from day to day."""

    def change(self, scenario: Scenario, mean_solve: float, day: int) -> None:
        """Another scenario holds from today on: the same people by other rules.

        ``mean_solve`` is the mean base rate of the reasons; the groups have their new plans.
        """
        for name, group in self._groups.items():
            self.rosters[name].change(scenario)
            if name in self.staff:
                self.staff[name].change(scenario, day)
                continue
            section = scenario.groups[name]
            crew = crew_of(name, section, self._places[name])
            traits = own_traits_of(section, group.position, crew, self._draws)
            for agent, one in zip(group.agents, traits, strict=True):
                agent.speed, agent.wrap_up, agent.cut_off = one.speed, one.wrap_up, one.cut_off
                agent.knowledge = one.knowledge + agent.group.looks_up
                agent.resolution = solve_probability(mean_solve, agent.knowledge)
