"""Escalation as a table of steps: numbers and positions instead of names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from scenarios.parts.authority import Pending
from scenarios.parts.channels import CHANNELS
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of

OWN_GROUP = -1
"""Instead of a group's position: the agent's own."""


class StepKind(IntEnum):
    """What happens in a step; the names are those of a scenario."""

    ASK_COLLEAGUE = 0
    ASK_APPROVER = 1
    WARM_TRANSFER = 2
    COLD_TRANSFER = 3
    PROMISE_CALLBACK = 4
    TICKET = 5
    DECLINE = 6


class AtTimeout(IntEnum):
    """What happens when nobody answers a transfer in time."""

    NEXT_STEP = 0
    BACK_TO_QUEUE = 1
    CUT_OFF = 2


class PendingPlan(NamedTuple):
    """How often and how long a promise waits for the customer or a third party."""

    share: float
    hours: Amount
    clock: Any
    again: float
    at_most: int
    stops_due: bool


@dataclass(frozen=True, slots=True, eq=False)
class StepPlan:
    """One step of an escalation path, its conditions first."""

    kind: StepKind
    name: str
    """The kind as it is part of the names of streams."""
    group: int
    """Whom it asks, or who takes over; OWN_GROUP for the agent's own."""
    chance: float
    chance_stream: str
    """Each group has marks of its own: one chance in two for either of two leaves a quarter."""
    reasons: frozenset[int] | None
    """Only for these; None for all."""
    channels: frozenset[int] | None
    money_from: float
    money_to: float
    contacts_from: int
    timeout_s: float | None
    """0 asks only who is free now; None waits for ever."""
    at_timeout: AtTimeout
    time: Amount
    """A colleague's help, a conference, the preparation of a call, the work on a ticket."""
    decision: Amount
    approval: float
    approval_falls_per_100: float
    knowledge: float
    approver: int
    """The group that is asked before a promise is kept; -1 for none."""
    due_s: float
    due_clock: Any
    """The clock of ``due_s``, as opening hours are asked."""
    urgent_before_s: float
    or_groups: tuple[int, ...]
    """Others that may take over as well."""
    handled_as: int
    """The reason as which the customer is handled from then on; -1 for the same."""
    pending: PendingPlan | None
    """Waits for the customer before anybody can work on what was promised."""
    prepared_by: int
    """The group that prepares a promised call; OWN_GROUP for that of the caller."""


def paths_of(scenario: Scenario) -> dict[str, tuple[StepPlan, ...]]:
    """The steps of every escalation path, by its name."""
    return {
        name: tuple(_step(step, scenario) for step in path.steps)
        for name, path in scenario.escalation.items()
    }


_TIMES = {
    StepKind.ASK_COLLEAGUE: "time_s",
    StepKind.WARM_TRANSFER: "conference_s",
    StepKind.PROMISE_CALLBACK: "preparation_s",
    StepKind.TICKET: "work_s",
}


def _step(step: Any, scenario: Scenario) -> StepPlan:
    def given(key: str, default: Any) -> Any:
        return getattr(step, key, default)

    def amount(key: str) -> Amount:
        return amount_of(getattr(step, key)) if hasattr(step, key) else 0.0

    groups, reasons = list(scenario.groups), list(scenario.reasons)
    kind = StepKind[step.step.upper()]
    group, approver = given("group", None), given("approver", None)
    prepares, there = given("prepared_by", None), given("handled_as", None)
    return StepPlan(
        kind=kind,
        name=step.step,
        group=groups.index(group) if group else OWN_GROUP,
        chance=step.chance,
        chance_stream=f"chance/{step.step}/{group or ''}",
        reasons=None if step.reasons is None else frozenset(map(reasons.index, step.reasons)),
        channels=None if step.channels is None else frozenset(map(CHANNELS.index, step.channels)),
        money_from=step.money_from,
        money_to=step.money_to,
        contacts_from=step.contacts_from,
        timeout_s=given("timeout_s", None),
        at_timeout=AtTimeout[given("at_timeout", "next_step").upper()],
        time=amount(_TIMES.get(kind, "")),
        decision=amount("decision_s"),
        approval=given("approval", 1.0),
        approval_falls_per_100=given("approval_falls_per_100", 0.0),
        knowledge=given("knowledge", 0.0),
        approver=groups.index(approver) if approver else -1,
        due_s=given("due_h", 0.0) * 3600.0,
        due_clock=given("due_clock", "opening"),
        urgent_before_s=given("urgent_before_min", 0.0) * 60.0,
        or_groups=tuple(map(groups.index, given("or_groups", ()))),
        handled_as=reasons.index(there) if there else -1,
        pending=_pending(given("pending", None)),
        prepared_by=groups.index(prepares) if prepares else OWN_GROUP,
    )


def _pending(section: Pending | None) -> PendingPlan | None:
    if section is None:
        return None
    hours = amount_of(section.hours)
    again = section.again
    return PendingPlan(
        section.share, hours, section.clock, again, section.at_most, section.stops_due
    )
