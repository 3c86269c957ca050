"""Times away: when agents on duty are not ready, planned for a day before anything happens.

Ready and away stretches take turns. With a the share away of the day, and m the mean of a time
away, ready stretches are exponential with mean m (1 - a) / a, and the day begins away with
probability a; so an agent is away for a share a of the time (the renewal-reward theorem). From day
to day a is a gamma amount around the mean share away. Where n of k on duty are always there, a
time away is taken with probability 1 - n / k, by a mark of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.parts.availability import Availability
from scenarios.parts.distributions import Exponential, Gamma
from scenarios.parts.figures import mean_of
from sim.draws.draws import Draws, Persons, person
from sim.draws.quantiles import quantile_of

_HOUR_S = 3600.0
_MOST_AWAY = 0.99
"""Share of a day away at most: somebody who is away always is not on duty."""


class Away(NamedTuple):
    """A time away of one agent."""

    agent: int
    """Number within the group."""
    start: float
    end: float
    """Seconds from midnight of the first day."""
    only_while_nobody_waits: bool
    back_after_s: float
    """Until the agent is there when called back."""


class OnDuty:
    """How many agents of a group are on duty on a day, as planned."""

    def __init__(self, stints: Iterable[tuple[float, float, int]]) -> None:
        """Begin, end and heads of each stretch of duty, in seconds from the first midnight."""
        steps: dict[float, int] = {}
        for start, end, heads in stints:
            steps[start] = steps.get(start, 0) + heads
            steps[end] = steps.get(end, 0) - heads
        self._times = np.array(sorted(steps))
        heads_from = np.cumsum([steps[time] for time in sorted(steps)])[:-1]
        self._worked = np.append(0.0, np.cumsum(heads_from * np.diff(self._times)))
        """Seconds on duty up to each time."""

    def mean(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean number on duty in each stretch, of its part between the first and last duty."""
        first, last = (np.clip(t, self._times[0], self._times[-1]) for t in (start, end))
        worked = np.interp(last, self._times, self._worked)
        worked -= np.interp(first, self._times, self._worked)
        found: NDArray[np.float64] = worked / np.maximum(last - first, 1e-9)
        return found


class TimesAway:
    """The times away of the agents of one group."""

    def __init__(self, section: Availability, group: str, draws: Draws) -> None:
        self._section = section
        self._group = group
        self._draws = draws
        self._length = quantile_of(section.away_min)
        self._back = quantile_of(section.back_after_s)

    def of_day(
        self, day: int, persons: Persons, start: float, end: float, on_duty: OnDuty
    ) -> list[Away]:
        """The times away of each person between two times, from the hour of the first on.

        The same person is away at the same times, no matter who else is on duty; only where some
        are always there it matters how many are, ``on_duty``.
        """
        share = self._share(day)
        if share <= 0.0 or not len(persons):
            return []
        mean = mean_of(self._section.away_min) * 60.0
        ready = Exponential.model_construct(
            distribution="exponential", mean=mean * (1.0 - share) / share
        )
        time = np.full(len(persons), start // _HOUR_S * _HOUR_S)
        away = self._marks("first", day, 0, persons) < share
        gap = quantile_of(ready)
        found: list[Away] = []
        number = 0
        while (left := np.flatnonzero(time < end)).size:
            who = persons[left]
            wait = gap(self._marks("ready", day, number, who))
            time[left] += wait if number else np.where(away, 0.0, wait)
            begin = time[left].copy()
            time[left] += 60.0 * self._length(self._marks("away", day, number, who))
            taken = self._taken(day, number, who, on_duty.mean(begin, time[left]))
            times = np.column_stack([begin, time[left]])[taken].tolist()
            found += self._found(day, number, who[taken], left[taken], times, end)
            number += 1
        return found

    def _taken(
        self, day: int, number: int, who: Persons, on_duty: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Which times away are taken, so that some of those on duty are always there."""
        always = self._section.always_there
        if always == 0.0:
            return np.ones(len(who), dtype=bool)
        return self._marks("taken", day, number, who) < 1.0 - always / np.maximum(on_duty, always)

    def _found(
        self,
        day: int,
        number: int,
        who: Persons,
        left: NDArray[np.int64],
        times: Iterable[tuple[float, float]],
        end: float,
    ) -> list[Away]:
        called = self._marks("called_back", day, number, who) < self._section.called_back
        back = self._back(self._marks("back_after", day, number, who))
        return [
            Away(int(agent), float(begin), float(until), bool(call), float(after))
            for agent, (begin, until), call, after in zip(left, times, called, back, strict=True)
            if begin < end and until > begin
        ]

    def _share(self, day: int) -> float:
        """The share away on a day: drawn for the whole group."""
        away, spread = 1.0 - self._section.share, self._section.spread_by_day
        if away > 0.0 and spread > 0.0:
            quantile = quantile_of(Gamma(distribution="gamma", mean=away, cv=spread / away))
            days = np.array([person(f"day/{day}")], dtype=np.uint64)
            away = float(quantile(self._draws.marks(f"availability/{self._group}", days))[0])
        return min(away, _MOST_AWAY)

    def _marks(self, purpose: str, day: int, number: int, who: Persons) -> NDArray[np.float64]:
        return self._draws.marks(f"away/{purpose}/{day}/{number}", who)
