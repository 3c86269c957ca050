"""What is planned for one day: opening hours, volume and duty, in seconds from its midnight."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import ceil, floor, fsum
from typing import NamedTuple

from scenarios.calendar.spans import Span
from scenarios.parts.channels import ChannelName
from scenarios.parts.clock import DayName, Opening, Weekday, planned_for, seconds_of
from scenarios.parts.demand import Reason
from scenarios.parts.persons import window_span
from scenarios.parts.staff import Group, HeadsByInterval, Shift
from scenarios.parts.volume import Counts
from scenarios.schema import Scenario

GRID_S = 1800.0
"""Length of the intervals of a volume that is spread evenly over the opening hours."""


class Pause(NamedTuple):
    """A break within a stretch of duty."""

    at: float
    """When the first wave leaves."""
    seconds: float
    """Length of the break of each wave."""
    waves: int


class Stint(NamedTuple):
    """A stretch of duty that begins on a day, and how many are on it; past midnight above 24 h."""

    start: float
    end: float
    heads: int
    first: int = 0
    """Place in the group of the first of them; the others follow. Heads by interval name nobody."""
    breaks: tuple[Pause, ...] = ()


class Day:
    """One kind of day: every day on which the same is planned shares it."""

    def __init__(self, scenario: Scenario, weekday: Weekday, names: tuple[DayName, ...]) -> None:
        """Nothing is laid out before somebody asks; ``names`` has the most special one first."""
        self.weekday = weekday
        self.names = names
        """By which the day can be meant."""
        self._scenario = scenario
        self._type = planned_for(names, scenario.day_types)
        self._volumes: dict[str, tuple[Span, ...]] = {}
        self._stints: dict[str, tuple[Stint, ...]] = {}

    def opening(self, channel: ChannelName | None = None) -> tuple[float, float] | None:
        """Begin and end of the hours of a channel, or of the centre; None when closed."""
        return opening_of(self._scenario, channel).span(self.names)

    def volume(self, reason: str) -> tuple[Span, ...]:
        """Mean counts per interval of an ordinary day; intervals without customers are left out.

        Arrivals at given times are no volume of a day, see ``Calendar.given``.
        """
        if reason not in self._volumes:
            self._volumes[reason] = tuple(self._counts(self._scenario.reasons[reason]))
        return self._volumes[reason]

    def _counts(self, reason: Reason) -> list[Span]:
        volume = reason.volume
        if volume.at_s is not None:
            return []
        if volume.counts is not None:
            counts = planned_for(self.names, volume.counts) or ()
            spans = _intervals(volume.start, volume.interval_min, counts)
        elif volume.profile is not None:
            profile = self._scenario.profiles[volume.profile]
            scale = (volume.per_day or 0.0) / fsum(profile.shares)
            shares = tuple(share * scale for share in profile.shares)
            spans = _intervals(profile.start, profile.interval_min, shares)
        else:
            spans = _evenly(volume.per_day or 0.0, self.opening(main_channel(reason)))
        own = planned_for(self.names, volume.weekdays)
        factor = volume.factor * (1.0 if own is None else own)
        if self._type is not None:
            factor *= self._type.volume_factor
        spans = [span._replace(amount=span.amount * factor) for span in spans]
        return [span for span in spans if span.amount > 0.0]

    def duty(self, group: str) -> tuple[Stint, ...]:
        """The stretches of duty that begin on the day, in the order of the roster.

        Of heads by interval every interval is there, those with nobody as well.
        """
        if group not in self._stints:
            self._stints[group] = tuple(self._roster(self._scenario.groups[group]))
        return self._stints[group]

    def _roster(self, group: Group) -> list[Stint]:
        if self._type is not None and not self._type.staffed:
            return []
        if group.heads_by_interval is not None:
            return _heads_by_interval(group.heads_by_interval, self.names)
        if group.heads is not None:
            hours = self.opening()
            return [] if hours is None else [Stint(*hours, group.heads)]
        if group.persons is not None:
            return [
                Stint(*window_span(window), 1, place)
                for place, person in enumerate(group.persons.by_name.values())
                for window in planned_for(self.names, person.windows) or ()
            ]
        shifts = group.shifts or {}
        first = _first_places(shifts)
        return [
            Stint(*shift.span(), shift.heads, first[shift.crew or name], _breaks(shift))
            for name, shift in self.lines(shifts)
        ]

    def lines(self, shifts: Mapping[str, Shift]) -> list[tuple[str, Shift]]:
        """The shift lines that are worked on the day: those with its most special name."""
        named = {day for shift in shifts.values() for day in shift.weekdays}
        today = next((name for name in self.names if name in named), "")
        return [(name, shift) for name, shift in shifts.items() if today in shift.weekdays]


def opening_of(scenario: Scenario, channel: ChannelName | None = None) -> Opening:
    """Opening hours of a channel; those of the centre when it has none of its own."""
    own = scenario.channels[channel].opening if channel in scenario.channels else None
    return own or scenario.opening


def main_channel(reason: Reason) -> ChannelName:
    """The channel by which most customers of a reason make contact; by voice where none is named.

    That none is named is refused by a rule of its own.
    """
    return max(reason.channels, key=lambda channel: reason.channels[channel], default="voice")


def _intervals(start: str, minutes: int, amounts: Counts) -> list[Span]:
    begin, length = seconds_of(start), minutes * 60.0
    return [
        Span(begin + k * length, begin + (k + 1) * length, amount)
        for k, amount in enumerate(amounts)
    ]


def _evenly(per_day: float, hours: tuple[float, float] | None) -> list[Span]:
    """A day's volume spread evenly over opening hours, cut on the half hour.

    The cuts do not depend on the hours: so other hours leave the customers of those in common.
    """
    if hours is None:
        return []
    begin, end = hours
    inner = [k * GRID_S for k in range(floor(begin / GRID_S) + 1, ceil(end / GRID_S))]
    cuts = [begin, *inner, end]
    return [Span(a, b, per_day * (b - a) / (end - begin)) for a, b in pairwise(cuts)]


def _heads_by_interval(plan: HeadsByInterval, names: tuple[DayName, ...]) -> list[Stint]:
    heads = planned_for(names, plan.heads) or ()
    begin, length = seconds_of(plan.start), plan.interval_min * 60.0
    return [
        Stint(begin + k * length, begin + (k + 1) * length, head) for k, head in enumerate(heads)
    ]


def _first_places(shifts: dict[str, Shift]) -> dict[str, int]:
    """Where the places of each crew begin in the group."""
    places: dict[str, int] = {}
    taken = 0
    for name, shift in shifts.items():
        if (shift.crew or name) not in places:
            places[shift.crew or name] = taken
            taken += shift.heads
    return places


def _breaks(shift: Shift) -> tuple[Pause, ...]:
    start, _ = shift.span()
    return tuple(Pause(one.begins(start), one.minutes * 60.0, one.waves) for one in shift.breaks)
