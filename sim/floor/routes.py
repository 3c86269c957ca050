"""Routes: the teams that may take the contacts of a reason, and from when on."""

from __future__ import annotations

from collections.abc import Sequence

from sim.floor.agents import Team
from sim.plan.reasons import ReasonPlan

Stages = Sequence[tuple[float, tuple[Team, ...]]]
"""Teams that may take a contact, in the order in which they are tried, each after a delay."""


class Route:
    """The teams of one reason."""

    def __init__(self, plan: ReasonPlan, teams: Sequence[Team]) -> None:
        self.stages: Stages = [
            (after_s, tuple(teams[group] for group in groups)) for after_s, groups in plan.stages
        ]
        self.own_teams = tuple(teams[group] for group in plan.own_groups)
        """The teams that may take a contact before any other may, whichever is tried first."""
        self.takers = {teams[group] for group in plan.taking_groups}
        """All teams that may take a customer who makes contact, sooner or later."""
        self.all_teams = [team for _, stage in self.stages for team in stage]
