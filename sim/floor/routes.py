"""Routes: the groups that may take the contacts of a reason, and from when on."""

from __future__ import annotations

from collections.abc import Sequence

from sim.floor.agents import Group
from sim.plan.reasons import ReasonPlan

Stages = Sequence[tuple[float, tuple[Group, ...]]]
"""Groups that may take a contact, in the order in which they are tried, each after a delay."""


def only(group: Group) -> Stages:
    """No other group may take it."""
    return ((0.0, (group,)),)


class Route:
    """The groups of one reason."""

    def __init__(self, plan: ReasonPlan, groups: Sequence[Group]) -> None:
        self.stages: Stages = [
            (after_s, tuple(groups[each] for each in stage)) for after_s, stage in plan.stages
        ]
        self.own_groups = tuple(groups[each] for each in plan.own_groups)
        """The groups that may take a contact before any other may, whichever is tried first."""
        self.takers = {groups[each] for each in plan.taking_groups}
        """All groups that may take a customer who makes contact, sooner or later."""
        self.all_groups = [group for _, stage in self.stages for group in stage]
