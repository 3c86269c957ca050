"""Times of day: hours in which contacts take longer, or customers wait less long."""

from __future__ import annotations

from typing import NamedTuple

from scenarios.parts.clock import DAY_S, WEEKDAYS, seconds_of
from scenarios.parts.volume import TimeOfDayRule
from scenarios.schema import Scenario


class TimeOfDay(NamedTuple):
    """One stretch of hours, on some weekdays."""

    start_s: float
    """Seconds from the midnight of the day on which it begins."""
    end_s: float
    """Likewise; past midnight it is more than a day."""
    days: frozenset[int]
    """Weekdays on which it begins, the first day of the horizon being 0."""
    talk_factor: float
    patience_factor: float

    def holds(self, time: float) -> bool:
        """Whether a time, in seconds from the first midnight, lies in it."""
        day, second = divmod(time, DAY_S)
        return any(
            (day - back) % 7 in self.days and self.start_s <= second + back * DAY_S < self.end_s
            for back in (0, 1)
        )


def times_of(scenario: Scenario, reason: str) -> tuple[TimeOfDay, ...]:
    """The times of day that concern a reason, in the order of the scenario."""
    return tuple(
        _time_of(scenario, rule)
        for rule in scenario.times_of_day.values()
        if not rule.reasons or reason in rule.reasons
    )


def talk_factor_at(times: tuple[TimeOfDay, ...], time: float) -> float:
    """The factor on the talk of a contact that begins at a time; those that overlap multiply."""
    factor = 1.0
    for each in times:
        if each.holds(time):
            factor *= each.talk_factor
    return factor


def patience_factor_at(times: tuple[TimeOfDay, ...], time: float) -> float:
    """The factor on the patience of who comes at a time; those that overlap multiply."""
    factor = 1.0
    for each in times:
        if each.holds(time):
            factor *= each.patience_factor
    return factor


def _time_of(scenario: Scenario, rule: TimeOfDayRule) -> TimeOfDay:
    start, end = seconds_of(rule.start), seconds_of(rule.end)
    first = WEEKDAYS.index(scenario.horizon.weekday(0))
    return TimeOfDay(
        start,
        end if end > start else end + DAY_S,
        frozenset((WEEKDAYS.index(day) - first) % 7 for day in rule.weekdays),
        rule.talk_factor,
        rule.patience_factor,
    )
