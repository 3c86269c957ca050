"""Routes: the groups that may take the contacts of a reason, and from when on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.floor.agents import Group
from sim.floor.gates import Gate
from sim.plan.reasons import ReasonPlan
from sim.plan.stages import GatePlan

Stages = Sequence[tuple[float, tuple[Group, ...], Gate | None]]
"""Groups that may take a contact, in the order in which they are tried: each after a delay, and
where there is a gate, only while it is open."""


def only(group: Group) -> Stages:
    """No other group may take it."""
    return ((0.0, (group,), None),)


def groups_of(stages: Stages) -> list[Group]:
    """The groups that take a contact sooner or later, without those that only help out."""
    return [
        group
        for _, groups, gate in stages
        if gate is None or not gate.helps_out
        for group in groups
    ]


class Gates:
    """All gates of a centre."""

    def __init__(self, closed: Callable[[int], bool]) -> None:
        self._closed = closed
        self._gates: dict[tuple[GatePlan, tuple[Group, ...], Group], Gate] = {}
        self.helpers: dict[int, list[tuple[Gate, tuple[Group, ...]]]] = {}
        """Groups that help out while many wait in a queue, by its position."""

    def gate(self, plan: GatePlan | None, groups: tuple[Group, ...], queue: Group) -> Gate | None:
        """The gate of a stage, where it has one; ``queue`` is the group that names the queue."""
        if plan is None:
            return None
        gate = self._gates.get((plan, groups, queue))
        if gate is None:
            idle = [group.idle for group in groups]
            gate = Gate(plan, queue.queue.line, idle, self._closed)
            self._gates[plan, groups, queue] = gate
            if gate.helps_out:
                self.helpers.setdefault(queue.position, []).append((gate, groups))
        return gate


class Route:
    """The groups of one reason."""

    def __init__(self, plan: ReasonPlan, groups: Sequence[Group], gates: Gates) -> None:
        first = groups[plan.stages[0].groups[0]]
        staged = [tuple(groups[each] for each in stage.groups) for stage in plan.stages]
        self.stages: Stages = [
            (stage.after_s, here, gates.gate(stage.gate, here, first))
            for stage, here in zip(plan.stages, staged, strict=True)
        ]
        self.own_groups = tuple(groups[each] for each in plan.own_groups)
        """The groups that may take a contact before any other may, whichever is tried first."""
        self.takers = {groups[each] for each in plan.taking_groups}
        """All groups that may take a customer who makes contact, sooner or later."""
        self.all_groups = groups_of(self.stages)
