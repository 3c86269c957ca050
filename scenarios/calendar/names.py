"""The names by which a day can be meant: its date, its day type, the weekday that it is like."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.parts.clock import EVERY_DAY, DayName, is_date
from scenarios.parts.staff import Group
from scenarios.schema import Scenario


class DayNames:
    """What the days of a scenario are called, the most special name first."""

    def __init__(self, scenario: Scenario) -> None:
        """Look through the scenario for days that differ by more than the weekday."""
        self._horizon = scenario.horizon
        self._types: dict[str, tuple[str, ...]] = {}
        self._named: set[str] = set()
        if scenario.horizon.first_date is not None:
            for name, kind in scenario.day_types.items():
                names = (name,) if kind.like is None else (name, kind.like)
                self._types |= dict.fromkeys(kind.dates, names)
            self._named = {name for name in days_named(scenario) if is_date(name)}
        self.dated = bool(self._types or self._named)
        """Whether days differ by more than the weekday."""

    def of(self, number: int) -> tuple[DayName, ...]:
        """The names of a day that somebody may have used, and ``every_day``.

        Days with the same names are planned alike.
        """
        weekday = self._horizon.weekday(number)
        if not self.dated:
            return (weekday, EVERY_DAY)
        date = str(self._horizon.date(number))
        names = self._types.get(date, ())
        own = (date,) if date in self._named else ()
        # A type that is like another weekday leaves nothing of the day's own.
        return (*own, *names, EVERY_DAY) if len(names) > 1 else (*own, *names, weekday, EVERY_DAY)


def days_named(scenario: Scenario) -> Iterator[DayName]:
    """Every day that is named where volume, hours and rosters are planned."""
    yield from scenario.opening.days
    for channel in scenario.channels.values():
        if channel.opening is not None:
            yield from channel.opening.days
    for reason in scenario.reasons.values():
        yield from reason.volume.weekdays
        yield from reason.volume.counts or ()
    for section in scenario.outbound.values():
        yield from section.weekdays
    for group in scenario.groups.values():
        yield from _of_group(group)


def dates_needed(scenario: Scenario) -> Iterator[str]:
    """Every date for which the first day of the horizon must have one."""
    yield from (name for name in days_named(scenario) if is_date(name))
    yield from (one.date for one in scenario.outages.values() if one.date is not None)


def _of_group(group: Group) -> Iterator[DayName]:
    if group.heads_by_interval is not None:
        yield from group.heads_by_interval.heads
    for shift in (group.shifts or {}).values():
        yield from shift.weekdays
    for person in group.persons.by_name.values() if group.persons else ():
        yield from person.windows
