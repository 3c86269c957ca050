"""Who makes contact, when and why: the customers of one day.

Arrivals are Poisson with a rate that is constant within an interval. Each interval has an endless
list of possible customers, ordered by a mark; those whose mark lies below the interval's mean
count come. So when a policy, a busy day or an incident changes the volume, the customers in
common stay the same, and only those at the end of the list are added or removed.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar.volume import MOST_A_DAY
from scenarios.calendar.week import main_channel, opening_of
from scenarios.checks.problems import ScenarioError, found
from scenarios.parts.clock import DAY_S, seconds_of
from scenarios.parts.demand import Reason
from scenarios.parts.distributions import Gamma
from scenarios.schema import Scenario
from sim.draws.draws import Draws, Marks, Persons, crowd, mark_by, person
from sim.draws.portable import log1p
from sim.draws.quantiles import Quantile, quantile_of

_FEW = 12
"""Draws of a column that are cheaper one by one than for everybody."""

_GRID_S = 1800.0
"""Length of the intervals of a volume that is spread evenly."""


@dataclass(frozen=True)
class Rate:
    """Mean counts of one interval of one day."""

    start: float
    """Seconds from midnight of the day."""
    length: float
    count: float


class Customers:
    """Everybody who makes contact for the first time on one day, in order of arrival."""

    def __init__(
        self, draws: Draws, persons: Persons, arrivals: NDArray[np.float64], reasons: list[int]
    ) -> None:
        """Hold the customers; ``arrivals`` are seconds from midnight of the first day."""
        self.arrivals = array("d", arrivals.tobytes())
        self.reasons = reasons
        by_reason = [
            np.flatnonzero(np.equal(reasons, k)) for k in range(max(reasons, default=-1) + 1)
        ]
        self.alike = [Alike(draws, persons[each]) for each in by_reason]
        """Those of each reason."""
        self.places = [0] * len(reasons)
        """The place of each customer among those of the same reason."""
        for each in by_reason:
            for place, customer in enumerate(each.tolist()):
                self.places[customer] = place

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.arrivals)


class Alike:
    """The customers of one reason and day, and what was drawn for them so far."""

    def __init__(self, draws: Draws, persons: Persons) -> None:
        self._draws = draws
        self._persons = persons
        self._marks: dict[tuple[str, int], Marks] = {}
        self.columns: dict[tuple[str, int, Quantile | None], array[float]] = {}
        """By purpose, occasion and quantile function."""
        self._streams: dict[tuple[str, int, Quantile | None], list[Any]] = {}
        """Of each such column that is not made yet: how many were asked for, and its key."""

    def one(self, purpose: str, occasion: int, quantile: Quantile | None, place: int) -> float:
        """Draw a purpose for one of them: alone as long as few are asked for, then for all."""
        stream = self._streams.get((purpose, occasion, quantile))
        if stream is None:
            stream = [0, self._draws.key(f"{purpose}/{occasion}")]
            self._streams[purpose, occasion, quantile] = stream
        asked, key = stream
        if asked == _FEW:
            return self.draw(purpose, occasion, quantile)[place]
        stream[0] += 1
        mark = mark_by(key, int(self._persons[place]))
        return mark if quantile is None else quantile.at(mark)

    def draw(self, purpose: str, occasion: int, quantile: Quantile | None) -> array[float]:
        """Draw a purpose for all of them on an occasion (service and leg), and keep the column.

        Uniform marks, or times and money when there is a quantile function.
        """
        values = self._marks.get((purpose, occasion))
        if values is None:
            values = self._draws.marks(f"{purpose}/{occasion}", self._persons)
            self._marks[purpose, occasion] = values
        if quantile is not None:
            values = quantile(values)
        column = array("d", np.ascontiguousarray(values).tobytes())
        self.columns[purpose, occasion, quantile] = column
        return column


class Demand:
    """The volume of a scenario, day by day, in one replication."""

    def __init__(self, scenario: Scenario, draws: Draws) -> None:
        """Prepare the rates; no customer is drawn yet."""
        self._scenario = scenario
        self._draws = draws
        self._busy: dict[str, list[float]] = {}
        """Factors on the volume of each day, by stream."""

    def customers(self, day: int) -> Customers:
        """The customers of day number ``day`` (0 is the first)."""
        persons, arrivals, reasons = [], [], []
        for position, name in enumerate(self._scenario.reasons):
            who, when = self._of_reason(name, day)
            persons.append(who)
            arrivals.append(when)
            reasons.append(np.full(len(when), position))
        times = np.concatenate(arrivals)
        order = np.argsort(times, kind="stable")
        return Customers(
            self._draws,
            np.concatenate(persons)[order],
            times[order],
            np.concatenate(reasons)[order].tolist(),
        )

    def _of_reason(self, name: str, day: int) -> tuple[Persons, NDArray[np.float64]]:
        reason = self._scenario.reasons[name]
        if reason.volume.at_s is not None:
            return self._at_given_times(name, reason.volume.at_s, day)
        busy = self._busyness(name, day)
        rates = rates_of(self._scenario, name, day)
        if busy > 1.0:
            self._refuse_endless(name, day, rates, busy)
        chosen = [self._of_interval(name, day, number, rate, busy) for number, rate in rates]
        if not chosen:
            return np.empty(0, dtype=np.uint64), np.empty(0)
        return np.concatenate([who for who, _ in chosen]), np.concatenate([w for _, w in chosen])

    def _refuse_endless(
        self, name: str, day: int, rates: list[tuple[int, Rate]], busy: float
    ) -> None:
        """Refuse a day beyond all measure: a huge spread brings one in a great many."""
        customers = 0.0
        for _, rate in rates:
            begin = day * DAY_S + rate.start
            incidents = self._incidents(name, begin, begin + rate.length)
            customers += rate.count * busy * prod(max(1.0, factor) for *_, factor in incidents)
        if customers > MOST_A_DAY:
            raise _too_busy(self._scenario, name, day, customers)

    def _at_given_times(
        self, name: str, at_s: tuple[float, ...], day: int
    ) -> tuple[Persons, NDArray[np.float64]]:
        times = np.array([at for at in at_s if day * DAY_S <= at < (day + 1) * DAY_S])
        return crowd(f"{name}/{day}/given", np.arange(len(times))), times

    def _of_interval(
        self, name: str, day: int, number: int, rate: Rate, busy: float
    ) -> tuple[Persons, NDArray[np.float64]]:
        """The customers of one interval: those whose mark lies below the mean count."""
        begin = day * DAY_S + rate.start
        incidents = self._incidents(name, begin, begin + rate.length)
        highest = rate.count * busy * prod(max(1.0, factor) for *_, factor in incidents)
        enough = int(highest + 10.0 * np.sqrt(highest) + 20.0)
        who = crowd(f"{name}/{day}/{number}", np.arange(enough))
        place = np.cumsum(-log1p(-self._draws.marks("spacing", who)))
        when = begin + rate.length * self._draws.marks("arrival", who)
        mean = np.full(enough, rate.count * busy)
        for start, end, factor in incidents:
            mean[(when >= start) & (when < end)] *= factor
        comes = place < mean
        return who[comes], when[comes]

    def _incidents(self, name: str, begin: float, end: float) -> list[tuple[float, float, float]]:
        """Incidents that touch a stretch of time for a reason: start, end, multiplier."""
        found = []
        for incident in self._scenario.incidents.values():
            start = (incident.day - 1) * DAY_S + seconds_of(incident.start)
            stop = start + incident.minutes * 60.0
            if start < end and begin < stop and (not incident.reasons or name in incident.reasons):
                found.append((start, stop, incident.multiplier))
        return found

    def _busyness(self, name: str, day: int) -> float:
        """The factor on the day's volume: common to all reasons, times the reason's own."""
        common = self._gamma("busyness", day, self._scenario.busyness_cv)
        own = self._scenario.reasons[name].busyness_cv
        return common * self._gamma(f"busyness/{name}", day, own)

    def _gamma(self, stream: str, day: int, cv: float) -> float:
        """A factor with mean 1 for a day; those of the whole horizon are drawn together."""
        if cv == 0.0:
            return 1.0
        known = self._busy.get(stream, [])
        if day >= len(known):
            last = max(self._scenario.horizon.days, day + 1)
            days = [person(f"day/{each}") for each in range(last)]
            quantile = quantile_of(Gamma(distribution="gamma", mean=1.0, cv=cv))
            marks = self._draws.marks(stream, np.array(days, dtype=np.uint64))
            known = self._busy[stream] = quantile(marks).tolist()
        return known[day]


def _too_busy(scenario: Scenario, name: str, day: int, customers: float) -> ScenarioError:
    """What is wrong, and with which of the two spreads."""
    own, common = scenario.reasons[name].busyness_cv, scenario.busyness_cv
    path = ("busyness_cv",) if common >= own else ("reasons", name, "busyness_cv")
    rule = f"brings {customers:.3g} contacts of {name} on day {day + 1}"
    rule += f"; at most {MOST_A_DAY:,} can be simulated"
    return ScenarioError([found(path, max(own, common), rule, "Give a smaller spread.")])


def rates_of(scenario: Scenario, name: str, day: int) -> list[tuple[int, Rate]]:
    """Mean counts per interval of a reason on a day, without those that are zero.

    Each has a number, the second at which it begins: so other opening hours leave the customers of
    the hours in common the same.
    """
    volume = scenario.reasons[name].volume
    weekday = scenario.horizon.weekday(day)
    if volume.counts is not None:
        counts = volume.counts.get(weekday) or volume.counts.get("every_day") or ()
        rates = _rates(volume.start, volume.interval_min, counts)
    elif volume.profile is not None:
        profile = scenario.profiles[volume.profile]
        scale = (volume.per_day or 0.0) / fsum(profile.shares)
        rates = _rates(profile.start, profile.interval_min, [s * scale for s in profile.shares])
    else:
        rates = _evenly(volume.per_day or 0.0, _opening_span(scenario, scenario.reasons[name], day))
    factor = volume.factor * volume.weekdays.get(weekday, 1.0)
    return [
        (int(rate.start), Rate(rate.start, rate.length, rate.count * factor))
        for rate in rates
        if rate.count * factor > 0.0
    ]


def _rates(start: str, minutes: int, counts: list[float] | tuple[float, ...]) -> list[Rate]:
    begin, length = seconds_of(start), minutes * 60.0
    return [Rate(begin + k * length, length, count) for k, count in enumerate(counts)]


def _evenly(per_day: float, span: tuple[float, float] | None) -> list[Rate]:
    """A day's volume spread evenly over the opening hours, cut on the half hour."""
    if span is None:
        return []
    begin, end = span
    inner = np.arange(np.floor(begin / _GRID_S) + 1, np.ceil(end / _GRID_S)) * _GRID_S
    cuts = [begin, *inner.tolist(), end]
    return [Rate(a, b - a, per_day * (b - a) / (end - begin)) for a, b in pairwise(cuts)]


def _opening_span(scenario: Scenario, reason: Reason, day: int) -> tuple[float, float] | None:
    """The hours in which a reason's customers make contact: those of its main channel."""
    return opening_of(scenario, main_channel(reason)).span(scenario.horizon.weekday(day))
