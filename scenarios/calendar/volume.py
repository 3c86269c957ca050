"""The volume of a reason on the horizon: how many customers come for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, prod
from typing import NamedTuple

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.day import GRID_S
from scenarios.calendar.spans import Span, parts_within, total
from scenarios.files.toml_text import KeyPath
from scenarios.parts.clock import DAY_S, WEEK_S, seconds_of
from scenarios.parts.volume import Incident
from scenarios.schema import Scenario

MOST_A_DAY = 5_000_000
"""Customers who come for the first time on one day, as many as are simulated."""

_BUSY_DAY = 3.0
"""Standard deviations that a busy day lies above the mean."""


class First(NamedTuple):
    """First contacts of a reason."""

    total: float
    """On the whole horizon, on average."""
    busiest_day: float
    """At most on one day, a busy one."""


def first_contacts(scenario: Scenario, name: str) -> First:
    """How many customers of a reason come on the horizon, and on the busiest day."""
    calendar, days = calendar_of(scenario), scenario.horizon.days
    spans = calendar.volume(name)
    if scenario.reasons[name].volume.at_s is not None:
        return First(float(len(spans)), float(len(spans)))
    by_day = [total(day.volume(name)) for day in calendar.laid_out]
    times, rest = divmod(days, len(by_day))
    ordinary = times * sum(by_day) + sum(by_day[:rest])
    laid_out = spans, len(by_day) * DAY_S, days
    more = [_during(*laid_out, *stretch) for stretch in _incidents(scenario, name, 0.0)]
    # Customers are drawn by stretches as long at least, and for the whole of each.
    drawn = [_during(*laid_out, *stretch) for stretch in _incidents(scenario, name, GRID_S)]
    busiest = max(by_day) + sum(max(0.0, one) for one in drawn)
    return First(max(0.0, ordinary + sum(more)), busiest * busy_factor(scenario, name))


def busy_factor(scenario: Scenario, name: str) -> float:
    """A busy day's volume as a factor on an ordinary day's."""
    return prod(1.0 + _BUSY_DAY * cv for cv in _spreads(scenario, name).values())


def widest_spread(scenario: Scenario, name: str) -> tuple[KeyPath, float]:
    """The largest of the spreads of a reason's volume, and its key."""
    spreads = _spreads(scenario, name)
    key = max(spreads, key=lambda each: spreads[each])
    return key, spreads[key]


def _spreads(scenario: Scenario, name: str) -> dict[KeyPath, float]:
    return {
        ("busyness_cv",): scenario.busyness_cv,
        ("busyness_by_half_hour_cv",): scenario.busyness_by_half_hour_cv,
        ("reasons", name, "busyness_cv"): scenario.reasons[name].busyness_cv,
    }


def _incidents(scenario: Scenario, name: str, grid: float) -> Iterator[tuple[float, float, float]]:
    """Stretches of time with the factor of all incidents in them, cut to whole grid steps."""
    hit = [one for one in scenario.incidents.values() if not one.reasons or name in one.reasons]
    times = [(*_stretch(one, grid), one.multiplier) for one in hit]
    cuts = sorted({cut for start, stop, _ in times for cut in (start, stop)})
    for start, stop in pairwise(cuts):
        factors = [f for a, b, f in times if a <= start and stop <= b]
        if factors:
            yield start, stop, prod(factors)


def _stretch(incident: Incident, grid: float) -> tuple[float, float]:
    start = (incident.day - 1) * DAY_S + seconds_of(incident.start)
    stop = start + incident.minutes * 60.0
    if not grid:
        return start, stop
    return start // grid * grid, ceil(stop / grid) * grid


def _during(
    spans: Sequence[Span], period_s: float, days: int, start: float, stop: float, factor: float
) -> float:
    """How many more customers come during an incident, of those that are laid out again and again.

    The period is a week even where the horizon is shorter.
    """
    stop, period_s = min(stop, days * DAY_S), max(period_s, WEEK_S)
    more = 0.0
    for time in range(int(start // period_s), int(max(start, stop) // period_s) + 1):
        within = [Span(start - time * period_s, stop - time * period_s)]
        more += sum(part.amount for span in spans for part in parts_within(span, within))
    return more * (factor - 1.0)
