"""Newcomers: the customers who are planned to come, by how they will stand in the order of service.

Plans only, never the customers of this very run: nobody on the floor knows those.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import fsum, inf
from typing import TYPE_CHECKING, NamedTuple

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S
from sim.floor.peers import Standing
from sim.floor.queues import MEDIA, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scenarios.schema import Scenario
    from sim.floor.agents import Group
    from sim.plan.centre_plan import CentrePlan
    from sim.plan.reasons import ReasonPlan
    from sim.plan.routing import ContactRule

_VOICE = 0


class Newcomer(NamedTuple):
    """Customers of one reason, channel and priority class."""

    reason: str
    channel: int
    share: float
    """Of those who make contact because of the reason, how many come into the queue as these."""
    standing: Standing


def newcomers_of(
    plan: CentrePlan, groups: Sequence[Group], rule: ContactRule, *, ageing: bool
) -> list[Newcomer]:
    """All customers who may come and wait on the line; each begins with its first groups."""
    found = []
    for reason in plan.reasons:
        ranks = tuple((each, groups[each].rank(reason.position)) for each in reason.own_groups)
        pace = reason.points_per_s if ageing else 0.0
        for channel, of_all in _channels(reason):
            if MEDIA[channel] is Medium.WRITTEN:
                continue
            share = of_all
            if channel == _VOICE and plan.menu_time is not None:
                share *= max(0.0, 1.0 - reason.self_service - reason.hangs_up_in_menu)
            for priority, part in _classes(reason):
                standing = Standing(MEDIA[channel], rule(priority, 0.0, 0.0), pace, ranks)
                found.append(Newcomer(reason.name, channel, share * part, standing))
    return found


def _channels(reason: ReasonPlan) -> Iterator[tuple[int, float]]:
    below = 0.0
    for channel, end in reason.channels:
        yield channel, end - below
        below = end


def _classes(reason: ReasonPlan) -> Iterator[tuple[float, float]]:
    """Priorities with the shares of customers who have them."""
    for each in reason.classes:
        yield each.priority, each.share
    rest = 1.0 - fsum(each.share for each in reason.classes)
    if rest > 0.0:
        yield reason.priority, rest


class Rates:
    """How many customers a second are planned to come, for some newcomers together."""

    def __init__(self, scenario: Scenario, plan: CentrePlan, newcomers: Sequence[Newcomer]) -> None:
        self._calendar = calendar_of(scenario)
        self._lines = plan.lines
        self._newcomers = newcomers
        self._days: dict[int, tuple[list[float], list[float]]] = {}

    def at(self, time: float) -> tuple[float, float]:
        """The rate at a time, and until when it stays so."""
        if not self._newcomers:
            return 0.0, inf
        day = int(time // DAY_S)
        if day not in self._days:
            self._days[day] = self._steps(day)
        starts, rates = self._days[day]
        place = bisect_right(starts, time)
        return rates[place - 1], starts[place] if place < len(starts) else (day + 1) * DAY_S

    def _steps(self, day: int) -> tuple[list[float], list[float]]:
        """When the rate changes on a day, from its midnight on, and what it is from then on."""
        midnight, spans = day * DAY_S, list(self._spans(day))
        cuts = sorted({0.0, *(cut for span in spans for cut in span[:2] if 0.0 <= cut < DAY_S)})
        rates = [fsum(rate for start, end, rate in spans if start <= cut < end) for cut in cuts]
        return [midnight + cut for cut in cuts], rates

    def _spans(self, day: int) -> Iterator[tuple[float, float, float]]:
        """Begin, end and rate of the intervals of a day, cut to when the channel is open."""
        planned = self._calendar.day(day)
        for one in self._newcomers:
            line = self._lines[one.channel]
            hours = (0.0, DAY_S) if line.always_open else line.hours.span(day) or (0.0, 0.0)
            for span in planned.volume(one.reason):
                start, end = max(span.start, hours[0]), min(span.end, hours[1])
                if start < end:
                    yield start, end, one.share * span.amount / (span.end - span.start)
