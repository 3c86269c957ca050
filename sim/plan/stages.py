"""Which groups may take a contact when, and where one goes that waits too long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import inf
from typing import Any, NamedTuple

from scenarios.parts.demand import AfterHours, Message, QueueLimit, Reason, WaitingLimit
from scenarios.parts.stages import Stage
from scenarios.schema import Scenario


class Onward(IntEnum):
    """Where a contact goes that has waited too long, or finds the queue full."""

    GROUP = 0
    VOICEMAIL = 1
    CLOSED_MESSAGE = 2
    BUSY = 3


@dataclass(frozen=True, slots=True)
class MessagePlan:
    """What is done with a voicemail."""

    group: int
    """That answers it; -1 for the groups of the reason."""
    due_s: float
    due_clock: Any
    called_back: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A contact that waits too long, or finds the queue full, is moved on."""

    over: float
    """Seconds of waiting, or customers who wait."""
    then: Onward
    group: int
    """That takes the contact over; -1 for none."""
    message: MessagePlan


class Unattended(NamedTuple):
    """What becomes of customers who come while it is closed or nobody is on duty."""

    leaves: float
    """Share who leave a message."""
    message: MessagePlan


@dataclass(frozen=True, slots=True)
class GatePlan:
    """Groups take contacts only while enough of them are idle, or while many wait."""

    reserve: int
    """Agents kept free for others."""
    helps_out: bool
    waiting_over: float
    """Customers in the queue above which the groups help out."""
    longest_over_s: float
    """Seconds that somebody has waited there above which they do."""


class StagePlan(NamedTuple):
    """Groups that may take a contact, after a delay in seconds."""

    after_s: float
    groups: tuple[int, ...]
    gate: GatePlan | None = None


def stages_of(reason: Reason, groups: list[str]) -> tuple[StagePlan, ...]:
    """The stages of a reason, in the order in which they open."""
    return tuple(
        StagePlan(stage.after_s, tuple(map(groups.index, stage.groups)), _gate(stage))
        for stage in sorted(reason.groups, key=lambda stage: stage.after_s)
    )


def _gate(stage: Stage) -> GatePlan | None:
    if not stage.reserve and not stage.helps_out:
        return None
    most, longest_s = stage.when_waiting_over, stage.when_longest_over_s
    return GatePlan(
        stage.reserve,
        stage.helps_out,
        inf if most is None else most,
        inf if longest_s is None else longest_s,
    )


def limit_of(limit: WaitingLimit | QueueLimit, over: float, groups: list[str]) -> Limit:
    """A limit on waiting, or on how many wait, with where a contact goes then."""
    group = groups.index(limit.group) if limit.group else -1
    return Limit(over, Onward[limit.then.upper()], group, _message(limit, groups))


def after_hours_of(section: AfterHours | None, groups: list[str]) -> Unattended | None:
    """Who leaves a message after hours, and what is done with it."""
    if section is None:
        return None
    return Unattended(section.leaves_message, _message(section, groups))


def _message(section: Message, groups: list[str]) -> MessagePlan:
    return MessagePlan(
        groups.index(section.group) if section.group else -1,
        section.due_h * 3600.0,
        section.due_clock,
        section.called_back,
    )


def works_off_messages(scenario: Scenario) -> bool:
    """Whether what a message asks for is done without a call, as writing is."""
    return any(
        message is not None and not message.called_back
        for reason in scenario.reasons.values()
        for message in (reason.waiting_limit, reason.queue_limit, reason.after_hours)
    )
