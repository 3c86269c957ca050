"""A scenario at a glance: how many customers, how many agents, and whether the one fits the other.

Counted from the file alone; nothing is simulated. Work is that of first contacts: talk and wrap-up
at the time of arrival, without holds, escalations, promises and repeats, which only a run can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.calendar.calendar import Calendar, calendar_of
from scenarios.calendar.spans import Span, binned, total
from scenarios.parts.clock import DAY_S
from scenarios.rules.load import agent_seconds, seconds_of_work
from scenarios.rules.reach import takers
from scenarios.schema import Scenario

BIN_S = 1800.0
_BINS = int(DAY_S / BIN_S)


@dataclass(frozen=True)
class Day:
    """The busiest day of those laid out, half-hour by half-hour from midnight."""

    label: str
    """Its weekday; its date where days differ by more."""
    arrivals: tuple[float, ...]
    """New cases that turn up in each half-hour."""
    work: tuple[float, ...]
    """Agents that the work arriving in each half-hour keeps busy (erlangs)."""
    staff: tuple[float, ...]
    """Agents on duty who take contacts, without those absent; breaks are not taken out."""

    @property
    def used(self) -> range:
        """The half-hours from the first to the last in which there is anybody."""
        rows = zip(self.arrivals, self.staff, strict=True)
        there = [number for number, row in enumerate(rows) if any(row)]
        return range(there[0], there[-1] + 1) if there else range(0)


@dataclass(frozen=True)
class Outline:
    """What a manager asks first about a centre."""

    per_day: float
    """New cases on a day on which any turn up, the mean of an ordinary week."""
    agents: int
    """People on duty at the busiest moment, in all groups together."""
    policies: tuple[str, ...]
    """Besides the baseline."""
    day: Day


def outline(scenario: Scenario) -> Outline:
    """Count a scenario's customers, people and policies."""
    calendar = calendar_of(scenario)
    days = len(calendar.laid_out)
    arriving = [span for name in scenario.reasons for span in calendar.volume(name)]
    by_day = binned(arriving, DAY_S, days)
    busiest = max(range(days), key=lambda day: by_day[day])
    busy_days = sum(amount > 0.0 for amount in by_day)
    return Outline(
        per_day=total(arriving) / max(busy_days, 1),
        agents=_most_at_once(span for name in scenario.groups for span in calendar.duty(name)),
        policies=tuple(scenario.policies),
        day=_day(scenario, calendar, busiest, arriving),
    )


def _day(scenario: Scenario, calendar: Calendar, day: int, arriving: list[Span]) -> Day:
    names = {name for reason in scenario.reasons.values() for name in takers(reason)}
    work = [span for name in scenario.reasons for span in _work(scenario, calendar, name)]
    heads = [
        span
        for name in sorted(names)
        for span in agent_seconds(calendar, name, scenario.groups[name])
    ]
    return Day(
        label=calendar.labels[day],
        arrivals=_of_day(arriving, day, 1.0),
        work=_of_day(work, day, BIN_S),
        staff=_of_day(heads, day, BIN_S),
    )


def _work(scenario: Scenario, calendar: Calendar, name: str) -> Iterator[Span]:
    """Seconds of work by time of arrival."""
    reason = scenario.reasons[name]
    shares = sum(reason.channels.values())
    seconds = sum(
        weight / shares * seconds_of_work(scenario, name, channel, set(takers(reason)))
        for channel, weight in reason.channels.items()
        if shares
    )
    for span in calendar.volume(name):
        yield span._replace(amount=span.amount * seconds)


def _of_day(spans: list[Span], day: int, unit: float) -> tuple[float, ...]:
    amounts = binned(spans, BIN_S, (day + 1) * _BINS)[day * _BINS :]
    return tuple(amount / unit for amount in amounts)


def _most_at_once(spans: Iterator[Span]) -> int:
    """The most heads that are on duty at one time."""
    moves = [
        move for span in spans for move in ((span.start, span.amount), (span.end, -span.amount))
    ]
    most = now = 0.0
    # An agent who leaves at the moment at which another comes was not there with them.
    for _, heads in sorted(moves):
        now += heads
        most = max(most, now)
    return round(most)
