"""The plan of a centre: a scenario as plain numbers, positions and codes, ready to be simulated.

Everything that does not change while the clock runs, and nothing that a reader of scenarios needs.
Positions are those of the scenario's reasons and groups; channels those of CHANNELS.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scenarios.calendar.day import opening_of
from scenarios.calendar.hours import OpenHours, hours_of
from scenarios.parts.clock import DAY_S, WEEK_S, seconds_of
from scenarios.parts.demand import CHANNELS, WRITTEN, ChannelName
from scenarios.parts.distributions import Exponential
from scenarios.parts.waiting import Acknowledgement, AgentChoice, CallbackOffer, ContactChoice
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of
from sim.draws.columns import Usual
from sim.people.traits import mean_solve
from sim.plan.groups import GroupPlan, groups_of
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.plan.reasons import ReasonPlan, kinds_of, reasons_of
from sim.plan.steps import paths_of


@dataclass(frozen=True, slots=True)
class LinesPlan:
    """When a channel can be reached, how many contacts fit in, and what closing time means."""

    hours: OpenHours
    lines: int | None
    always_open: bool
    """Written, or round the clock."""
    cuts_off: bool
    """At closing time those who wait are cut off."""
    offers_callback: bool
    """At closing time those who wait are offered a callback."""
    tries_closed: float
    """Share who try the closed door anyway."""
    interrupted: bool
    """Writing is put aside for calls and chats."""
    overnight: bool
    """Writing is put aside at the end of the shift."""
    after_opening: Amount
    """Seconds after the opening at which customers come who would have come before it."""

    def closings(self, day: int) -> tuple[float, ...]:
        """Times on a day at which the channel closes (none when it opens again at once)."""
        span = self.hours.span(day)
        if self.always_open or span is None:
            return ()
        close = day * DAY_S + span[1]
        return () if self.hours.is_open(close) else (close,)

    def closing_after(self, now: float) -> float | None:
        """When the channel closes next; None where it does not, ``now`` where it is closed."""
        if self.always_open:
            return None
        if not self.hours.is_open(now):
            return now
        day = int(now // DAY_S)
        times = (time for each in (day, day + 1) for time in self.closings(each) if time > now)
        return next(times, None)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What customers who wait are told."""

    channels: frozenset[int]
    announces_wait: bool
    """The expected wait, not only a comfort message."""
    told_above_s: float
    told_factor: float
    patience_factor: float
    balk: float
    hazard_growth_per_min: float
    talk_growth_s_per_min: float


@dataclass(frozen=True, slots=True)
class Offer:
    """The rules of calling back."""

    channels: frozenset[int]
    """On which it is offered to those who wait."""
    when_wait_over_s: float
    when_waiting_over: int | None
    """Customers who wait already; where given, the wait counts only if a length of it is."""
    accept: float
    accept_falls_per_h: float
    keeps_place: bool
    """The place in the queue is kept; otherwise a window is promised."""
    window_after_s: float
    window_s: float
    window_clock: Any
    reserve: bool
    priority_bonus: float
    answer: float
    tries: int
    retry_after_s: float
    ring_s: float


@dataclass(frozen=True, slots=True)
class CausePlan:
    """A root cause: whose contacts it brings, and what it takes to be rid of it."""

    position: int
    share: float
    removes: float
    tracked: bool
    threshold: int
    lead_time_s: float
    cost: float
    answers: float
    """Share of its customers who answer the survey and name it in their answer."""
    asks_everybody: bool
    """The survey also goes to those who never reached anybody."""


@dataclass(frozen=True, slots=True)
class Known:
    """What agents see of a customer: in which share of the answers, and a factor on the talk."""

    at_hand: float
    talk_factor: float


class Outage(NamedTuple):
    """A stretch of time in which nobody of some groups takes a contact."""

    groups: tuple[int, ...]
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class CentrePlan:
    """One contact centre, ready to be simulated."""

    days: int
    horizon_s: float
    warm_up_s: float
    kinds: tuple[str, ...]
    """Kinds of decision."""
    reasons: tuple[ReasonPlan, ...]
    groups: tuple[GroupPlan, ...]
    lines: tuple[LinesPlan, ...]
    """By channel."""
    hours: OpenHours
    """The opening hours of the centre itself, whatever those of its channels."""
    has_chats: bool
    has_writing: bool
    """Written contacts, or promises that may be answered in writing."""
    causes: tuple[CausePlan, ...]
    causes_of: tuple[tuple[int, ...], ...]
    """Positions of the causes of each reason's contacts."""
    mean_solve: float
    menu_time: Amount | None
    hold_patience: Amount | None
    announcement: Announcement | None
    offer: Offer | None
    """Made to those who would wait long; None where none is."""
    calling_back: Offer
    """The rules of a callback that was promised otherwise."""
    agent_choice: AgentChoice
    contact_choice: ContactChoice
    by_last_wait: bool
    """The expected wait is that of the customer answered last."""
    returning_bonus: float
    transferred_bonus: float
    retell_s: float
    boss_after_asking: float
    """Share who demand a supervisor once they have met "I will have to ask my boss"."""
    ownership: bool
    keeps_free: bool
    """Whether agents are kept free for some contacts, so that the idle must be counted."""
    counts_waiting: bool
    """Whether anything depends on how many wait in a queue."""
    history: Known | None
    """What agents see of a customer before they say hello; None for nothing."""
    outages: dict[int, list[Outage]]
    """By the number of the day."""
    works: Mechanisms = ALL_WORK
    """The mechanisms that are not switched off."""
    usual: Usual = field(default_factory=dict)
    """Draws that many customers of a day needed, in this replication or one before it."""


_PLANS = 16
"""Plans kept: a comparison simulates its policies by turns."""

_latest: list[tuple[Scenario, CentrePlan]] = []
"""The plans asked for lately: one replication of a scenario comes after another."""


def plan_of(scenario: Scenario) -> CentrePlan:
    """The plan of a scenario, made once for its replications."""
    plan = next((plan for known, plan in _latest if known is scenario), None)
    if plan is None:
        plan = _made(scenario)
        _latest[:] = [*_latest[1 - _PLANS :], (scenario, plan)]
    return plan


def _made(scenario: Scenario) -> CentrePlan:
    kinds, paths = kinds_of(scenario), paths_of(scenario)
    waiting, menu, history = scenario.waiting, scenario.voice_menu, scenario.history
    used = {channel for reason in scenario.reasons.values() for channel in reason.channels}
    offer, words = scenario.callback_offer, scenario.acknowledgement
    hold = waiting.hold_patience_s
    stages = [stage for reason in scenario.reasons.values() for stage in reason.groups]
    return CentrePlan(
        days=scenario.horizon.days,
        horizon_s=scenario.horizon.days * DAY_S,
        warm_up_s=scenario.horizon.warm_up_days * DAY_S,
        kinds=kinds,
        reasons=reasons_of(scenario, kinds, paths),
        groups=groups_of(scenario, kinds, paths),
        lines=tuple(_lines(scenario, channel) for channel in CHANNELS),
        hours=hours_of(scenario),
        has_chats="chat" in used,
        has_writing=bool(used & set(WRITTEN) or scenario.escalation),
        causes=_causes(scenario),
        causes_of=tuple(
            tuple(
                k for k, cause in enumerate(scenario.root_causes.values()) if name in cause.reasons
            )
            for name in scenario.reasons
        ),
        mean_solve=mean_solve(scenario),
        menu_time=amount_of(menu.time_s) if menu else None,
        hold_patience=amount_of(hold) if hold else None,
        announcement=announcement_of(words),
        offer=_offer(offer) if offer else None,
        calling_back=_offer(offer or CallbackOffer()),
        agent_choice=scenario.routing.agent_choice,
        contact_choice=scenario.routing.contact_choice,
        by_last_wait=waiting.estimate == "last_wait",
        returning_bonus=waiting.returning_bonus,
        transferred_bonus=waiting.transferred_bonus,
        retell_s=waiting.retell_s,
        boss_after_asking=scenario.boss.after_asking,
        ownership=scenario.ownership == "agent",
        keeps_free=any(stage.reserve for stage in stages),
        counts_waiting=any(stage.helps_out for stage in stages)
        or (offer is not None and offer.when_waiting_over is not None)
        or any(
            reason.queue_limit or reason.crowded_anywhere for reason in scenario.reasons.values()
        ),
        history=Known(history.at_hand, history.talk_factor) if history else None,
        outages=_outages(scenario),
    )


def _outages(scenario: Scenario) -> dict[int, list[Outage]]:
    names, found = list(scenario.groups), dict[int, list[Outage]]()
    for one in scenario.outages.values():
        day = scenario.horizon.number(one.date) if one.date else (one.day or 1) - 1
        start = day * DAY_S + seconds_of(one.start)
        groups = tuple(map(names.index, one.groups)) or tuple(range(len(names)))
        found.setdefault(day, []).append(Outage(groups, start, start + one.minutes * 60.0))
    return found


def _lines(scenario: Scenario, channel: ChannelName) -> LinesPlan:
    section, opening = scenario.channels.get(channel), opening_of(scenario, channel)
    hours = hours_of(scenario, channel)
    mean_s = opening.after_opening_min * 60.0
    # In seconds it may be more than a scenario can say: not checked again.
    later = Exponential.model_construct(distribution="exponential", mean=mean_s)
    return LinesPlan(
        hours=hours,
        lines=section.lines if section else None,
        always_open=channel in WRITTEN or hours.never_close,
        cuts_off=opening.at_closing == "cut_off",
        offers_callback=opening.at_closing == "offer_callback",
        tries_closed=opening.tries_closed,
        interrupted=section is None or section.interrupted,
        overnight=section is not None and section.at_shift_end == "put_aside",
        after_opening=amount_of(later) if mean_s else 0.0,
    )


def announcement_of(section: Acknowledgement | None) -> Announcement | None:
    """What is announced by a section of a scenario."""
    if section is None:
        return None
    return Announcement(
        channels=frozenset(map(CHANNELS.index, section.channels)),
        announces_wait=section.announce == "expected_wait",
        told_above_s=section.told_above_s,
        told_factor=section.told_factor,
        patience_factor=section.stretches,
        balk=section.balk,
        hazard_growth_per_min=section.hazard_growth_per_min,
        talk_growth_s_per_min=section.talk_growth_s_per_min,
    )


def _offer(section: CallbackOffer) -> Offer:
    return Offer(
        channels=frozenset(map(CHANNELS.index, section.channels)),
        when_wait_over_s=section.when_wait_over_s,
        when_waiting_over=section.when_waiting_over,
        accept=section.accept,
        accept_falls_per_h=section.accept_falls_per_h,
        keeps_place=section.place == "kept",
        window_after_s=section.window_after_min * 60.0,
        window_s=section.window_min * 60.0,
        window_clock=section.window_clock,
        reserve=section.reserve,
        priority_bonus=section.priority_bonus,
        answer=section.answer,
        tries=section.tries,
        retry_after_s=section.retry_after_min * 60.0,
        ring_s=section.ring_s,
    )


def _causes(scenario: Scenario) -> tuple[CausePlan, ...]:
    survey = scenario.survey
    return tuple(
        CausePlan(
            position,
            cause.share,
            cause.removes,
            cause.tracked,
            cause.threshold,
            cause.lead_time_weeks * WEEK_S,
            cause.cost,
            cause.named_in_survey * (survey.response if survey else 0.0),
            survey is not None and survey.asks == "everybody",
        )
        for position, cause in enumerate(scenario.root_causes.values())
    )
