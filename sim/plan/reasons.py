"""Reasons as the floor needs them: times, shares, and which groups may take a contact when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import fsum, inf
from typing import Any, NamedTuple

from scenarios.parts.demand import (
    CHANNELS,
    CrowdedPatience,
    QueueLimit,
    Reason,
    Stage,
    WaitingLimit,
)
from scenarios.parts.demand import Redial as RedialSection
from scenarios.parts.demand import Repeat as RepeatSection
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of
from sim.plan.steps import StepPlan


class Onward(IntEnum):
    """Where a contact goes that has waited too long, or finds the queue full."""

    GROUP = 0
    VOICEMAIL = 1
    CLOSED_MESSAGE = 2
    BUSY = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """A contact that waits too long, or finds the queue full, is moved on."""

    over: float
    """Seconds of waiting, or customers who wait."""
    then: Onward
    group: int
    """That takes the contact over, or calls back after voicemail; -1 for none."""
    due_s: float
    due_clock: Any


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


@dataclass(frozen=True, slots=True)
class Redial:
    """Customers who were not answered try again."""

    after_abandoning: float
    after_blocked: float
    after_closed: float
    after_unreached: float | None
    """None: as often and as late as the repeats."""
    max_tries: int
    delay: Amount
    """Minutes."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Customers whose case is not resolved come back."""

    probability: float
    max_contacts: int
    delay: Amount
    """Minutes."""
    talk_factor: float
    patience_factor: float
    after_broken: float
    """Share who come because of a broken promise."""
    broken_delay: Amount
    """Minutes."""


Crowded = tuple[tuple[int, Amount], ...]
"""Patience of those who find at least so many waiting already, the most first."""


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """Some of the customers, with a priority of their own."""

    name: str
    share: float
    priority: float
    patience: Amount | None
    crowded: Crowded


@dataclass(frozen=True, slots=True, eq=False)
class ReasonPlan:
    """One reason."""

    name: str
    position: int
    complaint: bool
    priority: float
    points_per_s: float
    stages: tuple[StagePlan, ...]
    queue: int
    """The group whose queue its contacts are of: the first of the first stage."""
    own_groups: tuple[int, ...]
    """The groups that may take a contact before any other may, whichever is tried first."""
    taking_groups: frozenset[int]
    """All groups that may take a customer who makes contact, sooner or later."""
    waiting_limit: Limit | None
    queue_limit: Limit | None
    channels: tuple[tuple[int, float], ...]
    """Channels of the mix with what part of the marks lies below the end of each."""
    talk: dict[int, Amount]
    """By channel. A promised call about a written contact takes as long as the writing."""
    wrap_up: dict[int, Amount]
    wraps_up: bool
    patience: dict[int, Amount]
    crowded: Crowded
    patience_kept: bool
    """For redials."""
    classes: tuple[PriorityClass, ...]
    redial: Redial | None
    repeat: Repeat | None
    self_service: float
    hangs_up_in_menu: float
    solve: float
    difficulty_per_contact: bool
    false_resolution: float
    false_by_hand_offs: tuple[float, ...]
    """The same after so many hand-offs; empty where they make no difference."""
    demands_boss: float
    may_demand_boss: bool
    needs_remedy: float
    remedies: tuple[tuple[int, float], ...]
    """Kinds of decision with their shares."""
    remedy_shares: float
    money: Amount
    then: tuple[StepPlan, ...] | None
    """The path tried after the agent's part, whatever the outcome."""


def kinds_of(scenario: Scenario) -> tuple[str, ...]:
    """All kinds of decision that the reasons of a scenario can need."""
    kinds: dict[str, None] = {}
    for reason in scenario.reasons.values():
        kinds.update(dict.fromkeys(reason.remedy.kinds if reason.remedy else ()))
    return tuple(kinds)


def reasons_of(
    scenario: Scenario, kinds: tuple[str, ...], paths: dict[str, tuple[StepPlan, ...]]
) -> tuple[ReasonPlan, ...]:
    """All reasons, in the order of the scenario."""
    return tuple(
        _reason(scenario, name, position, kinds, paths)
        for position, name in enumerate(scenario.reasons)
    )


def _reason(
    scenario: Scenario,
    name: str,
    position: int,
    kinds: tuple[str, ...],
    paths: dict[str, tuple[StepPlan, ...]],
) -> ReasonPlan:
    reason, groups = scenario.reasons[name], list(scenario.groups)
    stages = _stages(reason, groups)
    own = (
        group
        for stage in stages
        if stage.after_s == stages[0].after_s and not (stage.gate and stage.gate.helps_out)
        for group in stage.groups
    )
    limit, full = reason.waiting_limit, reason.queue_limit
    limits = (
        _limit(limit, limit.after_s, groups) if limit else None,
        _limit(full, full.max_waiting, groups) if full else None,
    )
    takers = {group for stage in stages for group in stage.groups}
    takers |= {each.group for each in limits if each and each.then is Onward.GROUP}
    handling = {CHANNELS.index(channel): each for channel, each in reason.handling.items()}
    talk = {code: amount_of(handling[code].talk_s) for code in sorted(handling)}
    written = next(iter(talk.values()))
    wrap_up = {code: amount_of(handling[code].wrap_up_s) for code in sorted(handling)}
    redial, remedy = reason.redial or scenario.redial, reason.remedy
    own_pace = reason.points_per_s
    return ReasonPlan(
        name=name,
        position=position,
        complaint=reason.complaint,
        priority=reason.priority,
        points_per_s=scenario.waiting.points_per_s if own_pace is None else own_pace,
        stages=stages,
        queue=stages[0][1][0],
        own_groups=tuple(dict.fromkeys(own)),
        taking_groups=frozenset(takers),
        waiting_limit=limits[0],
        queue_limit=limits[1],
        channels=_mix(reason),
        talk={code: talk.get(code, written) for code in range(len(CHANNELS))},
        wrap_up=wrap_up,
        wraps_up=any(amount != 0.0 for amount in wrap_up.values()),
        patience={
            CHANNELS.index(key): amount_of(given) for key, given in reason.patience_s.items()
        },
        crowded=_crowded(reason.patience_when_waiting),
        patience_kept=redial is None or redial.patience_kept,
        classes=_classes(reason),
        redial=_redial(redial),
        repeat=_repeat(reason.repeat or scenario.repeat),
        self_service=reason.self_service,
        hangs_up_in_menu=reason.hangs_up_in_menu,
        solve=reason.solve,
        difficulty_per_contact=reason.difficulty_drawn == "per_contact",
        false_resolution=reason.false_resolution,
        false_by_hand_offs=reason.false_resolution_by_hand_offs,
        demands_boss=reason.demands_boss,
        may_demand_boss=reason.demands_boss > 0.0 or scenario.boss.after_asking > 0.0,
        needs_remedy=remedy.needed if remedy else 0.0,
        remedies=tuple((kinds.index(key), share) for key, share in remedy.kinds.items())
        if remedy
        else (),
        remedy_shares=fsum(remedy.kinds.values()) if remedy else 0.0,
        money=amount_of(remedy.money) if remedy else 0.0,
        then=None if reason.then is None else paths.get(reason.then, ()),
    )


def _stages(reason: Reason, groups: list[str]) -> tuple[StagePlan, ...]:
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


def _limit(limit: WaitingLimit | QueueLimit, over: float, groups: list[str]) -> Limit:
    return Limit(
        over,
        Onward[limit.then.upper()],
        groups.index(limit.group) if limit.group else -1,
        limit.due_h * 3600.0,
        limit.due_clock,
    )


def _mix(reason: Reason) -> tuple[tuple[int, float], ...]:
    total, below = fsum(reason.channels.values()), 0.0
    ends = []
    for code, channel in enumerate(CHANNELS):
        share = reason.channels.get(channel, 0.0) / total
        if share > 0.0:
            below += share
            ends.append((code, below))
    return tuple(ends)


def _classes(reason: Reason) -> tuple[PriorityClass, ...]:
    return tuple(
        PriorityClass(
            name,
            kind.share,
            kind.priority,
            None if kind.patience_s is None else amount_of(kind.patience_s),
            _crowded(
                kind.patience_when_waiting
                or (reason.patience_when_waiting if kind.patience_s is None else ())
            ),
        )
        for name, kind in reason.priority_classes.items()
    )


def _crowded(entries: tuple[CrowdedPatience, ...]) -> Crowded:
    order = sorted(entries, key=lambda entry: -entry.waiting)
    return tuple((entry.waiting, amount_of(entry.patience_s)) for entry in order)


def _redial(section: RedialSection | None) -> Redial | None:
    if section is None:
        return None
    return Redial(
        section.after_abandoning,
        section.after_blocked,
        section.after_closed,
        section.after_unreached,
        section.max_tries,
        amount_of(section.delay_min),
    )


def _repeat(section: RepeatSection | None) -> Repeat | None:
    if section is None:
        return None
    return Repeat(
        section.probability,
        section.max_contacts,
        amount_of(section.delay_min),
        section.talk_factor,
        section.patience_factor,
        section.after_broken_promise.probability,
        amount_of(section.after_broken_promise.delay_min),
    )
