"""The plan of a centre: a scenario as plain numbers, positions and codes, ready to be simulated.

Everything that does not change while the clock runs, and nothing that a reader of scenarios needs.
Positions are those of the scenario's reasons and groups; channels those of CHANNELS.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scenarios.calendar.hours import OpenHours, hours_of
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.clock import DAY_S, seconds_of
from scenarios.parts.waiting import AgentChoice, CallbackOffer, ContactChoice
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of
from sim.draws.columns import Usual
from sim.people.traits import mean_solve
from sim.plan.announcements import Announcement, Offer, announcement_of, offer_of
from sim.plan.causes import CausePlan, causes_of
from sim.plan.groups import GroupPlan, groups_of
from sim.plan.lines import LinesPlan, lines_of
from sim.plan.mechanisms import ALL_WORK, Mechanisms
from sim.plan.outbound import OutboundPlan, outbound_of
from sim.plan.reasons import ReasonPlan, kinds_of, reasons_of
from sim.plan.stages import works_off_messages
from sim.plan.steps import paths_of


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
    hold_patience: Amount | None
    announcement: Announcement | None
    offer: Offer | None
    """Made to customers who would wait long; None where none is."""
    calling_back: Offer
    """The rules of a callback that was promised otherwise."""
    agent_choice: AgentChoice
    contact_choice: ContactChoice
    by_last_wait: bool
    """The expected wait is that of the customer answered last."""
    transfer_patience: Literal["whole", "left", "anew"]
    """How much patience there is in the queue of a transfer."""
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
    outbound: tuple[OutboundPlan, ...]
    """Lists of customers to call."""
    works: Mechanisms = ALL_WORK
    """The mechanisms that are not switched off."""
    usual: Usual = field(default_factory=dict)
    """Draws that many customers of a day needed, in this replication or one before it."""


_PLANS = 16
"""Plans kept: a comparison simulates its policies by turns."""

_latest: list[tuple[Scenario, CentrePlan]] = []
"""The plans asked for recently: one replication of a scenario comes after another."""


def plan_of(scenario: Scenario) -> CentrePlan:
    """The plan of a scenario, made once for its replications."""
    plan = next((plan for known, plan in _latest if known is scenario), None)
    if plan is None:
        plan = _made(scenario)
        _latest[:] = [*_latest[1 - _PLANS :], (scenario, plan)]
    return plan


def _made(scenario: Scenario) -> CentrePlan:
    kinds, paths = kinds_of(scenario), paths_of(scenario)
    waiting, history = scenario.waiting, scenario.history
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
        lines=tuple(lines_of(scenario, channel) for channel in CHANNELS),
        hours=hours_of(scenario),
        has_chats="chat" in used,
        has_writing=bool(used & set(WRITTEN) or scenario.escalation)
        or works_off_messages(scenario),
        causes=causes_of(scenario),
        causes_of=tuple(
            tuple(
                k for k, cause in enumerate(scenario.root_causes.values()) if name in cause.reasons
            )
            for name in scenario.reasons
        ),
        mean_solve=mean_solve(scenario),
        hold_patience=amount_of(hold) if hold else None,
        announcement=announcement_of(words),
        offer=offer_of(offer) if offer else None,
        calling_back=offer_of(offer or CallbackOffer()),
        agent_choice=scenario.routing.agent_choice,
        contact_choice=scenario.routing.contact_choice,
        by_last_wait=waiting.estimate == "last_wait",
        transfer_patience=waiting.transfer_patience,
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
        outbound=outbound_of(scenario),
    )


def _outages(scenario: Scenario) -> dict[int, list[Outage]]:
    names, found = list(scenario.groups), dict[int, list[Outage]]()
    for one in scenario.outages.values():
        day = scenario.horizon.number(one.date) if one.date else (one.day or 1) - 1
        start = day * DAY_S + seconds_of(one.start)
        groups = tuple(map(names.index, one.groups)) or tuple(range(len(names)))
        found.setdefault(day, []).append(Outage(groups, start, start + one.minutes * 60.0))
    return found
