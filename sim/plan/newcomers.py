"""Newcomers: the customers who are planned to come into the queue, and at what rate.

Plans only, never the customers of this very run: nobody on the floor knows those.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import fsum, inf
from typing import TYPE_CHECKING, NamedTuple

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.clock import DAY_S

if TYPE_CHECKING:
    from scenarios.calendar.calendar import Calendar
    from scenarios.schema import Scenario
    from sim.plan.centre_plan import CentrePlan
    from sim.plan.lines import LinesPlan
    from sim.plan.reasons import ReasonPlan

_VOICE = 0


class Newcomer(NamedTuple):
    """Customers of one reason, channel and priority class who come for the first time."""

    reason: ReasonPlan
    channel: int
    priority: float
    share: float
    """Of the reason's customers who make contact, how many come into the queue as these."""


class Newcomers:
    """All customers who are planned to wait on the line, in the order of the scenario."""

    def __init__(self, scenario: Scenario, plan: CentrePlan) -> None:
        """Those of a scenario and its plan."""
        self._calendar, self._lines = calendar_of(scenario), plan.lines
        self.kinds = [one for reason in plan.reasons for one in _kinds(reason)]

    def rates(self, kinds: Sequence[Newcomer]) -> Rates:
        """How many of some of them come, together."""
        return Rates(self._calendar, self._lines, kinds)


def _kinds(reason: ReasonPlan) -> Iterator[Newcomer]:
    below = 0.0
    for channel, end in reason.channels:
        share, below = end - below, end
        menu = reason.menus.get(channel)
        if menu is not None:
            share *= max(0.0, 1.0 - menu.settles - menu.leaves)
        if CHANNELS[channel] not in WRITTEN:
            for priority, part in _classes(reason):
                yield Newcomer(reason, channel, priority, share * part)


def _classes(reason: ReasonPlan) -> Iterator[tuple[float, float]]:
    """Priorities with the shares of customers who have them."""
    for each in reason.classes:
        yield each.priority, each.share
    rest = 1.0 - fsum(each.share for each in reason.classes)
    if rest > 0.0:
        yield reason.priority, rest


class Rates:
    """How many customers a second are planned to come, for some newcomers together."""

    def __init__(
        self, calendar: Calendar, lines: Sequence[LinesPlan], kinds: Sequence[Newcomer]
    ) -> None:
        self._calendar, self._lines, self._kinds = calendar, lines, kinds
        self._days: dict[int, tuple[list[float], list[float]]] = {}

    def at(self, time: float) -> tuple[float, float]:
        """The rate at a time, and until when it stays so."""
        if not self._kinds:
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
        for one in self._kinds:
            line = self._lines[one.channel]
            hours = (0.0, DAY_S) if line.always_open else line.hours.span(day) or (0.0, 0.0)
            for span in planned.volume(one.reason.name):
                start, end = max(span.start, hours[0]), min(span.end, hours[1])
                if start < end:
                    yield start, end, one.share * span.amount / (span.end - span.start)
