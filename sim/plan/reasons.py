"""Reasons as the floor needs them: times, shares, and which groups may take a contact when."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from scenarios.parts.channels import CHANNELS
from scenarios.parts.demand import CrowdedPatience, Reason
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of
from sim.draws.quantiles import Quantile
from sim.plan.returning import Redial, Repeat, further_of, redial_of, repeat_of
from sim.plan.stages import (
    Limit,
    Onward,
    StagePlan,
    Unattended,
    after_hours_of,
    limit_of,
    stages_of,
)
from sim.plan.steps import StepPlan
from sim.plan.times_of_day import TimeOfDay, times_of

_VOICE = CHANNELS.index("voice")
_CHAT = CHANNELS.index("chat")


@dataclass(frozen=True, slots=True)
class Menu:
    """What a customer passes before an agent is asked for: a voice menu, or a bot."""

    time: Amount
    settles: float
    """Share of the first contacts of a case."""
    leaves: float
    """Share who go without having been helped."""
    talk_factor: float
    """On the talk time of those handed over."""


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
    after_hours: Unattended | None
    customers_differ: bool
    """By channel, priority class or remedy; otherwise by nothing but their draws."""
    counts_crowd: bool
    """Whether the patience of any of them depends on how many wait."""
    channels: tuple[tuple[int, float], ...]
    """Channels of the mix with what part of the marks lies below the end of each."""
    channel: int
    """The first of them, and the only one where customers do not differ."""
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
    further: tuple[float, Amount] | None
    """Share of cases after which there is further business, and after how many minutes."""
    menus: dict[int, Menu]
    """What is passed first, by channel; none where an agent is asked for immediately."""
    priority_step: tuple[float, float] | None
    """After how many seconds in the queue how many points are added; None for no step."""
    times: tuple[TimeOfDay, ...]
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
    stages = stages_of(reason, groups)
    own = (
        group
        for stage in stages
        if stage.after_s == stages[0].after_s and not (stage.gate and stage.gate.helps_out)
        for group in stage.groups
    )
    limit, full = reason.waiting_limit, reason.queue_limit
    limits = (
        limit_of(limit, limit.after_s, groups) if limit else None,
        limit_of(full, full.max_waiting, groups) if full else None,
    )
    takers = {group for stage in stages for group in stage.groups}
    takers |= {each.group for each in limits if each and each.then is Onward.GROUP}
    handling = {CHANNELS.index(channel): each for channel, each in reason.handling.items()}
    talk = {code: amount_of(handling[code].talk_s) for code in sorted(handling)}
    written = next(iter(talk.values()))
    wrap_up = {code: amount_of(handling[code].wrap_up_s) for code in sorted(handling)}
    redial, remedy = reason.redial or scenario.redial, reason.remedy
    channels = _mix(reason)
    own_pace, step = reason.points_per_s, reason.priority_step
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
        after_hours=after_hours_of(reason.after_hours, groups),
        customers_differ=bool(len(channels) > 1 or reason.priority_classes or remedy),
        counts_crowd=reason.crowded_anywhere,
        channels=channels,
        channel=channels[0][0],
        talk={code: talk.get(code, written) for code in range(len(CHANNELS))},
        wrap_up=wrap_up,
        wraps_up=any(amount != 0.0 for amount in wrap_up.values()),
        patience={
            CHANNELS.index(key): _times(amount_of(given), reason.patience_factor)
            for key, given in reason.patience_s.items()
        },
        crowded=_crowded(reason.patience_when_waiting, reason.patience_factor),
        patience_kept=redial is None or redial.patience_kept,
        classes=_classes(reason),
        redial=redial_of(redial),
        repeat=repeat_of(reason.repeat or scenario.repeat),
        further=further_of(reason.further_business),
        menus=_menus(scenario, reason),
        priority_step=(step.after_s, step.points) if step else None,
        times=times_of(scenario, name),
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


def _menus(scenario: Scenario, reason: Reason) -> dict[int, Menu]:
    menus = {}
    time_s = reason.menu_time_s
    if time_s is None and scenario.voice_menu is not None:
        time_s = scenario.voice_menu.time_s
    if time_s is not None:
        time = amount_of(time_s)
        menus[_VOICE] = Menu(time, reason.self_service, reason.hangs_up_in_menu, 1.0)
    bot = reason.chat_bot
    if bot is not None:
        menus[_CHAT] = Menu(amount_of(bot.time_s), bot.settles, bot.leaves, bot.talk_factor)
    return menus


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
            None
            if kind.patience_s is None
            else _times(amount_of(kind.patience_s), reason.patience_factor),
            _crowded(
                kind.patience_when_waiting
                or (reason.patience_when_waiting if kind.patience_s is None else ()),
                reason.patience_factor,
            ),
        )
        for name, kind in reason.priority_classes.items()
    )


def _crowded(entries: tuple[CrowdedPatience, ...], factor: float) -> Crowded:
    order = sorted(entries, key=lambda entry: -entry.waiting)
    return tuple((entry.waiting, _times(amount_of(entry.patience_s), factor)) for entry in order)


def _times(amount: Amount, factor: float) -> Amount:
    """An amount with a factor on every draw; the very same one where the factor is 1."""
    if factor == 1.0:
        return amount
    if not isinstance(amount, Quantile):
        return factor * amount
    return Quantile(lambda marks: factor * amount(marks), lambda mark: factor * amount.at(mark))
