"""Opening hours as a clock: when they begin next, and when so much time of theirs has passed.

Times are seconds from the midnight at which the horizon begins. The week repeats for ever; where
days differ by their date, so does what lies between the first day and some weeks after the last.
"""

from __future__ import annotations

from math import ceil, fsum

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.day import opening_of
from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import DAY_S, HoursOrCalendar
from scenarios.schema import Scenario

_WEEKS_BEYOND = 4
"""Weeks after the horizon that are looked at where days differ by their date."""


class OpenHours:
    """The opening hours of the days that repeat, from the first day of a horizon on."""

    def __init__(self, scenario: Scenario, channel: ChannelName | None = None) -> None:
        """Those of a channel, or of the centre itself."""
        calendar = calendar_of(scenario)
        self.never_close = opening_of(scenario, channel).never_closes
        weeks = ceil(scenario.horizon.days / 7) + _WEEKS_BEYOND if calendar.dated else 1
        self._days = [calendar.day(day).opening(channel) for day in range(7 * weeks)]
        self.period_s = len(self._days) * DAY_S
        """Seconds after which the hours repeat: a week, or several."""
        self._spans = [
            (day * DAY_S + span[0], day * DAY_S + span[1])
            for day, span in enumerate(self._days)
            if span is not None
        ]
        self._open_s = fsum(end - start for start, end in self._spans)

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Begin and end on each open day of a period, seconds from its first midnight."""
        return tuple(self._spans)

    def span(self, day: int) -> tuple[float, float] | None:
        """Begin and end on a day of the horizon, seconds from its midnight; None when closed."""
        return self._days[day % len(self._days)]

    def span_at(self, time: float) -> tuple[float, float] | None:
        """The hours of the day in which a time lies, seconds from the midnight of that day."""
        return self.span(int(time // DAY_S))

    def is_open(self, now: float) -> bool:
        """Whether a time lies within the hours."""
        if self.never_close:
            return True
        day = int(now // DAY_S)
        span = self.span(day)
        return span is not None and span[0] <= now - day * DAY_S < span[1]

    def next_opening(self, now: float) -> float | None:
        """When they begin next; None when they never end, or do not begin within a period."""
        if self.never_close:
            return None
        day = int(now // DAY_S)
        for ahead in range(len(self._days) + 1):
            span = self.span(day + ahead)
            start = (day + ahead) * DAY_S + span[0] if span else -1.0
            if start > now:
                return start
        return None

    def not_before(self, time: float) -> float:
        """The time itself within the hours, otherwise when they begin next (if they ever do)."""
        if self.is_open(time):
            return time
        opening = self.next_opening(time)
        return time if opening is None else opening

    def after(self, time: float, seconds: float) -> float:
        """The first time at which so many seconds of the hours have passed since ``time``.

        Without any hours the seconds are those of the calendar. Below zero the
        seconds are counted backwards.
        """
        if self.never_close or not self._spans or seconds == 0.0:
            return time + seconds
        periods, wanted = divmod(self._passed(time) + seconds, self._open_s)
        if wanted == 0.0 and seconds > 0.0:  # the end of a period's hours comes before the next
            periods, wanted = periods - 1.0, self._open_s
        for start, end in self._spans:
            if wanted <= end - start:
                return periods * self.period_s + start + wanted
            wanted -= end - start
        return periods * self.period_s + self._spans[-1][1]  # a rounding error past the last hour

    def _passed(self, time: float) -> float:
        """Seconds of the hours from the begin of the horizon to a time."""
        periods, rest = divmod(time, self.period_s)
        inside = fsum(min(max(rest - start, 0.0), end - start) for start, end in self._spans)
        return periods * self._open_s + inside

    def due(self, made: float, seconds: float, clock: HoursOrCalendar) -> float:
        """When something is due that was promised within so many seconds of a clock."""
        return made + seconds if clock == "calendar" else self.after(made, seconds)


def hours_of(scenario: Scenario, channel: ChannelName | None = None) -> OpenHours:
    """The opening hours of a channel, or of the centre itself; of a written one its agents'."""
    return OpenHours(scenario, channel)
