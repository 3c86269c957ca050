"""Rules about dates: the calendar has a first one, and every date means one thing."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.names import dates_needed
from scenarios.checks.problems import Problem, found
from scenarios.parts.clock import EVERY_DAY, WEEKDAYS, is_date
from scenarios.schema import Scenario

_FIRST = 'Give horizon.first_date, such as "2026-12-24".'


def dates_of_a_calendar(scenario: Scenario) -> Iterator[Problem]:
    """Where a date is named, the first day of the horizon has one."""
    if scenario.horizon.first_date is not None:
        return
    for name in scenario.day_types:
        yield found(("day_types", name), None, "needs to know the date of the first day", _FIRST)
    dates = [*dates_needed(scenario)]
    if dates:
        rule = (
            f"must be given: {dates[0]} is named, and nothing says which day of the horizon it is"
        )
        yield found(("horizon", "first_date"), None, rule, _FIRST)


def types_of_their_own(scenario: Scenario) -> Iterator[Problem]:
    """A day is of one type, and the type has a name that means nothing else."""
    types: dict[str, str] = {}
    for name, kind in scenario.day_types.items():
        if name in (*WEEKDAYS, EVERY_DAY) or is_date(name):
            rule = "has the name of a day, which it cannot mean"
            yield found(("day_types", name), None, rule, 'Name it by its kind, such as "holiday".')
        for number, date in enumerate(kind.dates):
            if types.setdefault(date, name) != name:
                rule = f"is of the type {types[date]} already; a day has one type"
                yield found(("day_types", name, "dates", number), date, rule)


def outages_on_the_horizon(scenario: Scenario) -> Iterator[Problem]:
    """An outage lies on a day that is simulated."""
    days = scenario.horizon.days
    for name, one in scenario.outages.items():
        if one.date is not None and scenario.horizon.first_date is None:
            continue
        key = "day" if one.date is None else "date"
        number = (one.day or 1) - 1 if one.date is None else scenario.horizon.number(one.date)
        if not 0 <= number < days:
            rule = f"lies beyond the horizon, which has {days} day{'s' if days > 1 else ''}"
            yield found(("outages", name, key), one.date or one.day, rule)


def types_that_occur(scenario: Scenario) -> Iterator[Problem]:
    """A day type has dates on the horizon."""
    first, last = scenario.horizon.date(0), scenario.horizon.date(scenario.horizon.days - 1)
    if first is None or last is None:
        return
    for name, kind in scenario.day_types.items():
        if not any(first.isoformat() <= date <= last.isoformat() for date in kind.dates):
            rule = f"has no day on the horizon, {first} to {last}, and has no effect"
            yield found(("day_types", name, "dates"), kind.dates or None, rule)
