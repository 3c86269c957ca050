"""Mechanisms switched off in a plan.

A switch is of the plan, not of the scenario file: it makes a world that no centre has, so that what
goes through a mechanism can be told from what does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.schema import Scenario
from sim.plan.centre_plan import CentrePlan, plan_of
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.plan.steps import AtTimeout, StepKind, StepPlan

_ASKS_SOMEBODY = (StepKind.ASK_COLLEAGUE, StepKind.ASK_APPROVER, StepKind.WARM_TRANSFER)
_ANOTHER = (StepKind.COLD_TRANSFER, StepKind.PROMISE_CALLBACK, StepKind.TICKET)
_WRITTEN = frozenset(map(CHANNELS.index, WRITTEN))


def without(plan: CentrePlan, works: Mechanisms) -> CentrePlan:
    """The plan where only these mechanisms work."""
    if works == ALL_WORK:
        return plan
    groups = plan.groups
    if not works.generosity:
        groups = tuple(replace(group, generosity=1.0) for group in groups)
    return replace(
        plan,
        groups=groups,
        hold_patience=plan.hold_patience if works.hang_ups else None,
        works=works,
    )


def mechanisms_of(scenario: Scenario) -> tuple[str, ...]:
    """The mechanisms that a scenario has, in the order of the fields of ``Mechanisms``."""
    plan = plan_of(scenario)
    steps = tuple(_steps(plan))
    decides = any(reason.remedies and reason.needs_remedy > 0.0 for reason in plan.reasons)
    matters = plan.retell_s > 0.0 or scenario.satisfaction is not None
    there = {
        "approval_time": any(
            step.kind is StepKind.ASK_APPROVER or step.approver >= 0 for step in steps
        ),
        "hang_ups": _can_hang_up(plan, steps),
        "retelling": matters and _can_meet_another(plan, steps),
        "returns": any(one.repeat is not None or one.redial is not None for one in plan.reasons),
        "generosity": decides and any(group.generosity != 1.0 for group in plan.groups),
    }
    return tuple(one.name for one in fields(Mechanisms) if there[one.name])


def _steps(plan: CentrePlan) -> Iterator[StepPlan]:
    """The steps of every path that is in use."""
    for group in plan.groups:
        yield from (*group.beyond_authority, *group.beyond_knowledge, *group.on_demand)
    for reason in plan.reasons:
        yield from reason.then or ()


def _can_hang_up(plan: CentrePlan, steps: tuple[StepPlan, ...]) -> bool:
    holds = any(step.kind in _ASKS_SOMEBODY for step in steps)
    queues_again = any(
        step.kind is StepKind.COLD_TRANSFER or step.at_timeout is AtTimeout.BACK_TO_QUEUE
        for step in steps
    )
    impatient = any(
        reason.patience.keys() - _WRITTEN
        or reason.crowded
        or any(kind.patience is not None or kind.crowded for kind in reason.classes)
        for reason in plan.reasons
    )
    return (holds and plan.hold_patience is not None) or (queues_again and impatient)


def _can_meet_another(plan: CentrePlan, steps: tuple[StepPlan, ...]) -> bool:
    """Whether a customer who has been served may be answered by another agent."""
    return any(reason.repeat is not None for reason in plan.reasons) or any(
        step.kind in _ANOTHER or step.at_timeout is AtTimeout.BACK_TO_QUEUE for step in steps
    )
