"""Groups as the floor needs them: limits by kind, talk factors, chats, goals, and whom they ask."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.authority import AuthorityLevel
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.demand import Reason
from scenarios.parts.distributions import Lognormal
from scenarios.parts.figures import mean_of
from scenarios.parts.staff import Group
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of
from sim.plan.steps import StepPlan


@dataclass(frozen=True, slots=True)
class Authority:
    """What a group may decide alone."""

    limits: tuple[float, ...]
    """Money by kind of decision; below zero when never allowed."""
    standing: float
    """How much authority the group has: its tier first, then its general limit."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target for the talk time, and what is left out to meet it."""

    talk_s: float
    pressure: float
    channels: frozenset[int]
    knowledge_loss: float
    false_resolution_gain: float
    hand_off_gain: float


@dataclass(frozen=True, slots=True)
class Manner:
    """What is said to who complains: shares of the answers, and how long it takes."""

    apologises: float
    explains: float
    honest: float
    takes: Amount


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One group."""

    name: str
    title: str
    position: int
    tier: int
    authority: Authority
    approver: int
    """The group that is asked when its own limit is too low; -1 for none."""
    beyond_authority: tuple[StepPlan, ...]
    beyond_knowledge: tuple[StepPlan, ...]
    on_demand: tuple[StepPlan, ...]
    generosity: Amount
    """What it gives when it decides alone, as a factor on the money needed."""
    knowledge_base: float
    """Knowledge that everybody has from it."""
    look_up: Amount
    goal: Goal | None
    manner: Manner | None
    """None where nothing is said about a fault."""
    talk: dict[int, Amount]
    """Talk times of its own, by reason."""
    talk_factors: tuple[float, ...]
    """By reason."""
    talk_factor: float
    """For reasons without a factor of their own."""
    wrap_up_factor: float
    cut_off_s: Amount
    """Seconds after which a customer is cut off, where any is."""
    solve: dict[int, float]
    """Solve rates of its own, by reason."""
    chats_at_once: int
    chat_slowdown: float
    own_work_s: float | None
    """Own work planned per agent and day; None without any."""
    barred: tuple[frozenset[int], ...]
    """Reasons that each agent of a table does not take; empty where all take the same."""
    by_headcount: bool
    """Staffed by a number of heads, not by persons."""
    ranks: dict[int, int]
    """How far down its list it puts the reasons that it prefers."""
    handling_s: float
    """Mean handling time of a contact, for the expected wait; 0 where nobody is told any."""


def groups_of(
    scenario: Scenario, kinds: tuple[str, ...], paths: dict[str, tuple[StepPlan, ...]]
) -> tuple[GroupPlan, ...]:
    """All groups, in the order of the scenario."""
    told = scenario.acknowledgement is not None or scenario.callback_offer is not None
    handling_s = handling_times(scenario) if told else [0.0] * len(scenario.groups)
    reasons, names = list(scenario.reasons), list(scenario.groups)
    return tuple(
        GroupPlan(
            name=name,
            title=group.title or name,
            position=position,
            tier=group.tier,
            authority=authority_of(_level(scenario, group), group.tier, kinds),
            approver=names.index(group.approver) if group.approver else -1,
            beyond_authority=paths.get(group.beyond_authority, ()),
            beyond_knowledge=paths.get(group.beyond_knowledge, ()),
            on_demand=paths.get(group.on_demand, ()),
            generosity=_generosity(group),
            knowledge_base=group.knowledge_base.knowledge if group.knowledge_base else 0.0,
            look_up=amount_of(group.knowledge_base.look_up_s) if group.knowledge_base else 0.0,
            goal=_goal(group),
            manner=_manner(group),
            talk={reasons.index(key): amount_of(talk) for key, talk in group.talk_s.items()},
            talk_factors=tuple(group.talk_factors.get(key, group.talk_factor) for key in reasons),
            talk_factor=group.talk_factor,
            wrap_up_factor=group.wrap_up_factor,
            cut_off_s=amount_of(group.cut_off.after_s) if group.cut_off else 0.0,
            solve={reasons.index(key): share for key, share in group.solve.items()},
            chats_at_once=group.chats_at_once,
            chat_slowdown=group.chat_slowdown,
            own_work_s=group.own_work.hours_per_day * 3600.0 if group.own_work else None,
            barred=_barred(group, reasons),
            by_headcount=group.heads_by_interval is not None,
            ranks={reasons.index(key): rank for rank, key in enumerate(group.serves_first)},
            handling_s=handling_s[position],
        )
        for position, (name, group) in enumerate(scenario.groups.items())
    )


def _barred(group: Group, reasons: list[str]) -> tuple[frozenset[int], ...]:
    """Reasons that others of the group name among their skills, and this agent does not."""
    people = group.persons.by_name.values() if group.persons else ()
    named = {skill for person in people for skill in person.skills}
    barred = tuple(
        frozenset(reasons.index(one) for one in named.difference(person.skills) if person.skills)
        for person in people
    )
    return barred if any(barred) else ()


def _level(scenario: Scenario, group: Group) -> AuthorityLevel | None:
    return scenario.authority[group.authority] if group.authority else None


def authority_of(level: AuthorityLevel | None, tier: int, kinds: tuple[str, ...]) -> Authority:
    """What a group of a tier may decide with an authority level, or without any."""
    if level is None:
        return Authority((-1.0,) * len(kinds), float(tier))
    limits = tuple(level.limit_for(kind) for kind in kinds)
    return Authority(limits, tier + min(level.limit, 1e9) / 1e10)


def _goal(group: Group) -> Goal | None:
    goal = group.handle_time_goal
    if goal is None:
        return None
    return Goal(
        goal.talk_s,
        goal.pressure,
        frozenset(map(CHANNELS.index, goal.channels)),
        goal.knowledge_loss,
        goal.false_resolution_gain,
        goal.hand_off_gain,
    )


def _manner(group: Group) -> Manner | None:
    said = group.apology
    if said is None:
        return None
    return Manner(said.apologises, said.explains, said.honest, amount_of(said.takes_s))


def _generosity(group: Group) -> Amount:
    given = group.generosity
    if given.cv == 0.0:
        return given.mean
    return amount_of(Lognormal(distribution="lognormal", mean=given.mean, cv=given.cv))


def handling_times(scenario: Scenario) -> list[float]:
    """Mean handling time of each group over a week's customers who wait for it on the line."""
    found = []
    for name, group in scenario.groups.items():
        seconds = weights = 0.0
        for key, reason in scenario.reasons.items():
            if any(name in stage.groups for stage in reason.groups):
                volume, mix = _volume(scenario, key), reason.channels
                for channel, share in mix.items():
                    if channel not in WRITTEN:
                        weight = volume * share / fsum(mix.values())
                        handling = reason.handling[channel]
                        seconds += weight * (mean_of(handling.talk_s) + mean_of(handling.wrap_up_s))
                        weights += weight
        found.append(group.talk_factor * seconds / weights if weights else 0.0)
    return found


def _volume(scenario: Scenario, name: str) -> float:
    """How many customers of a reason make contact in a week, on all dates, or at given times."""
    reason: Reason = scenario.reasons[name]
    if reason.volume.at_s is not None:
        return float(len(reason.volume.at_s))
    calendar = calendar_of(scenario)
    days = calendar.laid_out if calendar.dated else [calendar.day(day) for day in range(7)]
    return fsum(span.amount for day in days for span in day.volume(name))
