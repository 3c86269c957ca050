"""The calendar of a scenario: volume, opening hours and duty of every day, by its number.

The one place that knows which days are alike. Checks, outline, estimates and the simulation ask
it, so that they mean the same customers and the same people.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.day import Day
from scenarios.calendar.spans import Span
from scenarios.parts.clock import DAY_S, Weekday
from scenarios.parts.demand import ChannelName
from scenarios.schema import Scenario


class Calendar:
    """What a scenario plans, day by day; day number 0 is the first of the horizon."""

    def __init__(self, scenario: Scenario) -> None:
        """Nothing is laid out before somebody asks."""
        self.scenario = scenario
        self._horizon = scenario.horizon
        self._kinds: dict[Weekday, Day] = {}
        self._volumes: dict[str, tuple[Span, ...]] = {}
        self._duties: dict[str, tuple[Span, ...]] = {}

    def day(self, number: int) -> Day:
        """What is planned for a day; days on which the same is planned are the same object."""
        weekday = self._horizon.weekday(number)
        if weekday not in self._kinds:
            self._kinds[weekday] = Day(self.scenario, weekday)
        return self._kinds[weekday]

    def given(self, reason: str, number: int) -> list[float]:
        """Arrivals of a reason at given times of a day, in seconds from the horizon's begin."""
        at_s = self.scenario.reasons[reason].volume.at_s or ()
        return [at for at in at_s if number * DAY_S <= at < (number + 1) * DAY_S]

    # An ordinary week. What repeats every week is laid out once, for the days of the horizon, at
    # most seven; times are seconds from the midnight at which the horizon begins.

    @property
    def week(self) -> list[Day]:
        """The days of an ordinary week from the first on, fewer when the horizon is shorter."""
        return [self.day(number) for number in range(min(self._horizon.days, 7))]

    @property
    def weekdays(self) -> list[Weekday]:
        """Their weekdays."""
        return [day.weekday for day in self.week]

    def opening(self, channel: ChannelName | None = None) -> tuple[Span, ...]:
        """When customers can get in on a channel, or when the centre itself is open."""
        hours = [(number * DAY_S, day.opening(channel)) for number, day in enumerate(self.week)]
        return tuple(Span(*span).later(begin) for begin, span in hours if span is not None)

    def volume(self, reason: str) -> tuple[Span, ...]:
        """When customers of a reason turn up, and how many, on all channels together."""
        if reason not in self._volumes:
            self._volumes[reason] = tuple(self._volume(reason))
        return self._volumes[reason]

    def _volume(self, reason: str) -> Iterator[Span]:
        at_s = self.scenario.reasons[reason].volume.at_s
        if at_s is not None:
            yield from (Span(at, at) for at in at_s)
        for number, day in enumerate(self.week):
            yield from (span.later(number * DAY_S) for span in day.volume(reason))

    def duty(self, group: str) -> tuple[Span, ...]:
        """When agents of a group are on duty, and how many; breaks are not taken out.

        What reaches beyond the last day starts the next week, when there is one.
        """
        if group not in self._duties:
            self._duties[group] = tuple(self._duty(group))
        return self._duties[group]

    def _duty(self, group: str) -> list[Span]:
        spans = [
            Span(stint.start, stint.end, stint.heads).later(number * DAY_S)
            for number, day in enumerate(self.week)
            for stint in day.duty(group)
            if stint.heads > 0
        ]
        end = len(self.week) * DAY_S
        inside = [span._replace(end=min(span.end, end)) for span in spans]
        if self._horizon.days > len(self.week):
            inside += [Span(0.0, one.end - end, one.amount) for one in spans if one.end > end]
        return inside


_latest: list[Calendar] = []
"""The calendar asked for last: the checks of a scenario ask for it one after another."""


def calendar_of(scenario: Scenario) -> Calendar:
    """The calendar of a scenario."""
    calendar = next((one for one in _latest if one.scenario is scenario), None)
    if calendar is None:
        calendar = Calendar(scenario)
        _latest[:] = [calendar]
    return calendar
