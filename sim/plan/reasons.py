"""A scenario made ready for the floor: quantile functions, places and numbers instead of names."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from scenarios.parts.demand import CHANNELS, Reason, Redial, Repeat
from scenarios.parts.figures import mean_of
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of
from sim.floor.agents import Team

if TYPE_CHECKING:
    from sim.floor.cases import Case


def kinds_of(scenario: Scenario) -> tuple[str, ...]:
    """All kinds of decision that the reasons of a scenario can need."""
    kinds: dict[str, None] = {}
    for reason in scenario.reasons.values():
        kinds.update(dict.fromkeys(reason.remedy.kinds if reason.remedy else ()))
    return tuple(kinds)


def remedy_of(kinds: tuple[str, ...], case: Case) -> None:
    """What settles the case: the kind of decision and the money it takes, if any."""
    remedy = case.plan.reason.remedy
    if remedy is None or case.mark("remedy_needed") >= remedy.needed:
        return
    mark = case.mark("remedy_kind") * fsum(remedy.kinds.values())
    for name, share in remedy.kinds.items():
        case.kind = kinds.index(name)
        mark -= share
        if mark < 0.0:
            break
    case.money = case.amount("money", case.plan.money)


class ReasonPlan:
    """One reason, ready for the floor."""

    def __init__(
        self, name: str, position: int, scenario: Scenario, teams: dict[str, Team]
    ) -> None:
        reason: Reason = scenario.reasons[name]
        self.name = name
        self.position = position
        self.reason = reason
        self.priority = reason.priority
        own_pace = reason.points_per_s
        self.points_per_s = scenario.waiting.points_per_s if own_pace is None else own_pace
        self._place(teams)
        self.talk: dict[int, Amount] = {}
        self.wrap_up: dict[int, Amount] = {}
        self.patience: dict[int, Amount] = {}
        for code, channel in enumerate(CHANNELS):
            if channel in reason.handling:
                self.talk[code] = amount_of(reason.handling[channel].talk_s)
                self.wrap_up[code] = amount_of(reason.handling[channel].wrap_up_s)
            if channel in reason.patience_s:
                self.patience[code] = amount_of(reason.patience_s[channel])
        written = next(iter(self.talk.values()))
        # A promised call about a written contact takes as long as the writing.
        self.talk = {code: self.talk.get(code, written) for code in range(len(CHANNELS))}
        self.wraps_up = any(amount != 0.0 for amount in self.wrap_up.values())
        self.class_patience = {
            key: amount_of(kind.patience_s)
            for key, kind in reason.priority_classes.items()
            if kind.patience_s is not None
        }
        self.redial: Redial | None = reason.redial or scenario.redial
        self.repeat: Repeat | None = reason.repeat or scenario.repeat
        self.redial_delay = amount_of(self.redial.delay_min) if self.redial else 0.0
        self.patience_kept = self.redial is None or self.redial.patience_kept
        self.waiting_limit = reason.waiting_limit
        self.repeat_delay = amount_of(self.repeat.delay_min) if self.repeat else 0.0
        broken = self.repeat.after_broken_promise if self.repeat else None
        self.broken_delay = amount_of(broken.delay_min) if broken else 0.0
        self.money = amount_of(reason.remedy.money) if reason.remedy else 0.0

        self.mixes_channels = len(reason.channels) > 1
        self.has_classes = bool(reason.priority_classes)
        self.has_remedy = reason.remedy is not None
        self.then = reason.then
        self.false_resolution = reason.false_resolution
        self.always_solved = reason.solve >= 1.0
        self.may_demand_boss = reason.demands_boss > 0.0 or scenario.boss.after_asking > 0.0
        self.only_channel = CHANNELS.index(next(iter(reason.channels)))

    def _place(self, teams: dict[str, Team]) -> None:
        """Note which teams may take a contact, and when."""
        self.stages = [
            (stage.after_s, tuple(teams[group] for group in stage.groups))
            for stage in sorted(self.reason.groups, key=lambda stage: stage.after_s)
        ]
        first = self.stages[0][0]
        own = (team for after_s, stage in self.stages if after_s == first for team in stage)
        self.own_teams = tuple(dict.fromkeys(own))
        """The teams that may take a contact before any other may, whichever is tried first."""
        self.takers = {team for _, stage in self.stages for team in stage}
        """All teams that may take a customer who makes contact, sooner or later."""
        limit = self.reason.waiting_limit
        if limit is not None and limit.then == "group":
            self.takers.add(teams[limit.group or ""])

    def introduce(self, case: Case) -> None:
        """Put the customer into a priority class, if the reason has any."""
        below = 0.0
        for name, kind in self.reason.priority_classes.items():
            below += kind.share
            if case.mark("priority_class") < below:
                case.priority, case.priority_class = kind.priority, name
                return

    def handling_s(self, channel: int) -> float:
        """Mean handling time of an ordinary agent on a channel, in seconds."""
        handling = self.reason.handling[CHANNELS[channel]]
        return mean_of(handling.talk_s) + mean_of(handling.wrap_up_s)
