"""Who makes contact, when and why: the customers of one day.

Arrivals are Poisson with a rate that is constant within an interval. Each interval has an endless
list of possible customers, ordered by a mark; those whose mark lies below the interval's mean
count come. So when a policy, a busy day or an incident changes the volume, the customers in
common stay the same, and only those at the end of the list are added or removed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import Span
from scenarios.calendar.volume import MOST_A_DAY, widest_spread
from scenarios.checks.problems import ScenarioError, found
from scenarios.parts.channels import CHANNELS
from scenarios.parts.clock import DAY_S, seconds_of
from scenarios.parts.distributions import Gamma
from scenarios.schema import Scenario
from sim.draws.columns import Day, Usual
from sim.draws.draws import Draws, Marks, Persons, crowd, person
from sim.draws.portable import log1p
from sim.draws.quantiles import quantile_of

CHANNEL_NAMES: tuple[str, ...] = CHANNELS

_HALF_HOUR_S = 1800.0
_HALF_HOURS = 48

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]


class _Hit(NamedTuple):
    """An incident and the intervals of a day that it touches."""

    start: float
    end: float
    factor: float
    met: NDArray[np.bool_]


class Known(NamedTuple):
    """What a record says of a customer; -1 for what is drawn."""

    channel: int
    priority_class: int
    """Its place among those of the reason."""


class Customers:
    """Everybody who makes contact for the first time on one day, in order of arrival."""

    def __init__(
        self,
        draws: Draws,
        persons: Persons,
        arrivals: NDArray[np.float64],
        reasons: Positions,
        usual: Usual,
        known: dict[int, Known],
    ) -> None:
        """Hold the customers; ``arrivals`` are seconds from midnight of the first day."""
        self.known = known
        """What records say of them, by their place in the order of arrival."""
        self.arrivals = array("d", arrivals.tobytes())
        self.reasons: list[int] = reasons.tolist()
        counts = np.bincount(reasons)
        by_reason = np.argsort(reasons, kind="stable")
        self.alike = Day(draws, persons[by_reason], counts.tolist(), usual).alike
        """Those of each reason."""
        places = np.empty_like(by_reason)
        places[by_reason] = np.arange(len(reasons)) - np.repeat(np.cumsum(counts) - counts, counts)
        self.places: list[int] = places.tolist()
        """The place of each customer among those of the same reason."""

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.arrivals)

    def in_order(self) -> Iterator[tuple[int, int, int, float]]:
        """Each one's number, the reason's position, the place among those of it, the arrival."""
        return zip(range(len(self)), self.reasons, self.places, self.arrivals, strict=True)


class Demand:
    """The volume of a scenario, day by day, in one replication."""

    def __init__(self, scenario: Scenario, draws: Draws, usual: Usual | None = None) -> None:
        """No customer is drawn yet; ``usual`` are draws that many customers of a day needed."""
        self._scenario = scenario
        self._calendar = calendar_of(scenario)
        self._draws = draws
        self._busy: dict[str, list[float]] = {}
        """Factors on the volume of each day, by stream."""
        self._usual: Usual = {} if usual is None else usual

    def customers(self, day: int) -> Customers:
        """The customers of day number ``day`` (0 is the first)."""
        persons, arrivals, reasons = [], [], []
        known: list[Known | None] = []
        for position, name in enumerate(self._scenario.reasons):
            who, when = self._of_reason(name, day)
            known += self._known(name, day) or [None] * len(who)
            persons.append(who)
            arrivals.append(when)
            reasons.append(np.full(len(when), position))
        times = np.concatenate(arrivals)
        order = np.argsort(times, kind="stable")
        return Customers(
            self._draws,
            np.concatenate(persons)[order],
            times[order],
            np.concatenate(reasons)[order],
            self._usual,
            {place: one for place, at in enumerate(order) if (one := known[at]) is not None}
            if any(known)
            else {},
        )

    def _known(self, name: str, day: int) -> list[Known | None]:
        """What the records of a reason say of each customer of a day; empty for nothing."""
        reason = self._scenario.reasons[name]
        channels, classes = reason.volume.channel_of, reason.volume.class_of
        if not (channels or classes):
            return []
        names = list(reason.priority_classes)
        found: list[Known | None] = []
        for place in self._calendar.given(name, day):
            channel = channels[place] if channels else ""
            kind = classes[place] if classes else ""
            found.append(
                Known(
                    CHANNEL_NAMES.index(channel) if channel else -1,
                    names.index(kind) if kind else -1,
                )
            )
        return found

    def _of_reason(self, name: str, day: int) -> tuple[Persons, NDArray[np.float64]]:
        """The customers of a reason on a day: those whose mark lies below the mean count."""
        if self._scenario.reasons[name].volume.at_s is not None:
            at_s = self._scenario.reasons[name].volume.at_s or ()
            times = np.array([at_s[place] for place in self._calendar.given(name, day)])
            return crowd(f"{name}/{day}/given", np.arange(len(times))), times
        plan = self._calendar.day(day).volume(name)
        if not plan:
            return np.empty(0, dtype=np.uint64), np.empty(0)
        begin = np.array([day * DAY_S + span.start for span in plan])
        length = np.array([span.end - span.start for span in plan])
        count = np.array([span.amount for span in plan]) * self._busyness(name, day)
        half_hours = self._half_hours(day)
        incidents = self._incidents(name, begin, begin + length)
        most = count * _highest(half_hours, begin - day * DAY_S, length)
        enough = self._enough(name, day, most, incidents)
        who = _lists(name, day, plan, enough)
        interval = np.repeat(np.arange(len(plan)), enough)
        when = begin[interval] + length[interval] * self._draws.marks("arrival", who)
        mean = count[interval] * half_hours[_half_hour(when - day * DAY_S)]
        for start, end, factor, met in incidents:
            mean[met[interval] & (when >= start) & (when < end)] *= factor
        comes = _places(self._draws.marks("spacing", who), enough) < mean
        return who[comes], when[comes]

    def _enough(self, name: str, day: int, count: Floats, incidents: list[_Hit]) -> Positions:
        """How much of each interval's list is looked at, so that nobody who comes is left out.

        Raises:
            ScenarioError: for a day beyond all measure: a huge spread brings one in a great many.
        """
        rise = np.ones(len(count))
        for hit in incidents:
            rise[hit.met] *= max(1.0, hit.factor)
        highest = count * rise
        if highest.sum() > MOST_A_DAY and widest_spread(self._scenario, name)[1] > 0.0:
            raise _too_busy(self._scenario, name, day, float(highest.sum()))
        enough: Positions = (highest + 10.0 * np.sqrt(highest) + 20.0).astype(np.int64)
        return enough

    def _incidents(self, name: str, begin: Floats, end: Floats) -> list[_Hit]:
        """The incidents of a reason that touch any of the intervals."""
        found = []
        for incident in self._scenario.incidents.values():
            start = (incident.day - 1) * DAY_S + seconds_of(incident.start)
            stop = start + incident.minutes * 60.0
            met = (start < end) & (begin < stop)
            if met.any() and (not incident.reasons or name in incident.reasons):
                found.append(_Hit(start, stop, incident.multiplier, met))
        return found

    def _busyness(self, name: str, day: int) -> float:
        """The factor on the day's volume: common to all reasons, times the reason's own."""
        common = self._gamma("busyness", day, self._scenario.busyness_cv)
        own = self._scenario.reasons[name].busyness_cv
        return common * self._gamma(f"busyness/{name}", day, own)

    def _half_hours(self, day: int) -> Floats:
        """The factors of a day's half hours from midnight on, the same for all reasons."""
        cv = self._scenario.busyness_by_half_hour_cv
        if cv == 0.0:
            return np.ones(_HALF_HOURS)
        who = crowd(f"day/{day}/half hours", np.arange(_HALF_HOURS))
        quantile = quantile_of(Gamma(distribution="gamma", mean=1.0, cv=cv))
        return np.asarray(quantile(self._draws.marks("busyness by half hour", who)))

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


def _half_hour(second: Floats) -> Positions:
    """The half hour of each second of a day; what lies past midnight counts to the last."""
    return np.minimum(second // _HALF_HOUR_S, _HALF_HOURS - 1).astype(np.int64)


def _highest(half_hours: Floats, begin: Floats, length: Floats) -> Floats:
    """The highest factor that any half hour gives to each interval."""
    first, last = _half_hour(begin), _half_hour(begin + length)
    return np.array([half_hours[a : b + 1].max() for a, b in zip(first, last, strict=True)])


def _too_busy(scenario: Scenario, name: str, day: int, customers: float) -> ScenarioError:
    """What is wrong, and with which of the spreads."""
    path, cv = widest_spread(scenario, name)
    rule = f"brings {customers:.3g} contacts of {name} on day {day + 1}"
    rule += f"; at most {MOST_A_DAY:,} can be simulated"
    return ScenarioError([found(path, cv, rule, "Give a smaller spread.")])


def _lists(name: str, day: int, plan: Sequence[Span], enough: Positions) -> Persons:
    """The heads of the lists of all intervals, one after the other.

    An interval is known by the second at which it begins: so other opening hours leave the
    customers of the hours in common the same.
    """
    lists = [
        crowd(f"{name}/{day}/{int(span.start)}", np.arange(long))
        for span, long in zip(plan, enough, strict=True)
    ]
    return np.concatenate(lists)


def _places(marks: Marks, enough: Positions) -> Floats:
    """Where everybody stands in the list of their interval, in mean counts."""
    places: Floats = -log1p(-marks)
    ends = np.cumsum(enough)
    for start, end in zip(ends - enough, ends, strict=True):
        np.cumsum(places[start:end], out=places[start:end])
    return places
