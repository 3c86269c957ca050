"""The calendar of a scenario: volume, opening hours and duty of every day, by its number.

The one place that knows which days are alike. Checks, outline, estimates and the simulation ask
it, so that they mean the same customers and the same people.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.day import Day
from scenarios.calendar.names import DayNames
from scenarios.calendar.spans import Span
from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario


class Calendar:
    """What a scenario plans, day by day; day number 0 is the first of the horizon."""

    def __init__(self, scenario: Scenario) -> None:
        """Nothing is laid out before somebody asks."""
        self.scenario = scenario
        self._horizon = scenario.horizon
        self._names = DayNames(scenario)
        self._kinds: dict[tuple[str, ...], Day] = {}
        self._given: dict[str, dict[int, list[int]]] = {}
        self._volumes: dict[str, tuple[Span, ...]] = {}
        self._duties: dict[str, tuple[Span, ...]] = {}

    @property
    def dated(self) -> bool:
        """Whether days differ by more than the weekday."""
        return self._names.dated

    def day(self, number: int) -> Day:
        """What is planned for a day; days on which the same is planned are the same object."""
        names = self._names.of(number)
        if names not in self._kinds:
            self._kinds[names] = Day(self.scenario, self._horizon.weekday(number), names)
        return self._kinds[names]

    def given(self, reason: str, number: int) -> list[int]:
        """Which of the arrivals of a reason at given times are on a day."""
        if reason not in self._given:
            days: dict[int, list[int]] = {}
            for place, at in enumerate(self.scenario.reasons[reason].volume.at_s or ()):
                days.setdefault(int(at // DAY_S), []).append(place)
            self._given[reason] = days
        return self._given[reason].get(number, [])

    # The days that are laid out: an ordinary week, which repeats, of the horizon (at most seven
    # days); or every day of the horizon where days differ by more than the weekday. Times are
    # seconds from the midnight at which the horizon begins.

    @property
    def laid_out(self) -> list[Day]:
        """The days that are laid out, from the first on; all others repeat them in turn."""
        days = self._horizon.days
        return [self.day(number) for number in range(days if self.dated else min(days, 7))]

    @property
    def labels(self) -> list[str]:
        """What they are called: their weekdays, or their dates where days differ by more."""
        days = range(len(self.laid_out))
        if self.dated:
            return [str(self._horizon.date(number)) for number in days]
        return [self._horizon.weekday(number) for number in days]

    def opening(self, channel: ChannelName | None = None) -> tuple[Span, ...]:
        """When customers can get in on a channel, or when the centre itself is open."""
        hours = [(number * DAY_S, day.opening(channel)) for number, day in enumerate(self.laid_out)]
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
        for number, day in enumerate(self.laid_out):
            yield from (span.later(number * DAY_S) for span in day.volume(reason))

    def duty(self, group: str) -> tuple[Span, ...]:
        """When agents of a group are on duty, and how many; breaks are not taken out.

        What reaches beyond the last day starts the next week, when there is one.
        """
        if group not in self._duties:
            self._duties[group] = tuple(self._duty(group))
        return self._duties[group]

    def _duty(self, group: str) -> list[Span]:
        days = self.laid_out
        spans = [
            Span(stint.start, stint.end, stint.heads).later(number * DAY_S)
            for number, day in enumerate(days)
            for stint in day.duty(group)
            if stint.heads > 0
        ]
        end = len(days) * DAY_S
        inside = [span._replace(end=min(span.end, end)) for span in spans]
        if self._horizon.days > len(days):
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
