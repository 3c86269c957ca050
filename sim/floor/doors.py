"""Doors and lines: when a channel can be reached, and how many contacts fit in at once."""

from __future__ import annotations

from scenarios.parts.clock import DAY_S, Opening
from scenarios.parts.demand import CHANNELS, WRITTEN
from scenarios.schema import Scenario


class Door:
    """Opening hours and lines of one channel."""

    def __init__(self, scenario: Scenario, channel: str) -> None:
        section = scenario.channels.get(channel)  # type: ignore[call-overload]
        opening: Opening = (section and section.opening) or scenario.opening
        self._spans = [opening.span(scenario.horizon.weekday(day)) for day in range(7)]
        self.lines: int | None = section.lines if section else None
        self.lines_taken = 0
        self.at_closing = opening.at_closing
        self.always_open = channel in WRITTEN or (
            opening.hours == "00:00-24:00"
            and all(hours == "00:00-24:00" for hours in opening.days.values())
        )

    def is_open(self, now: float) -> bool:
        """Whether the channel can be reached now; written channels always can."""
        if self.always_open:
            return True
        day = int(now // DAY_S)
        span = self._spans[day % 7]
        return span is not None and span[0] <= now - day * DAY_S < span[1]

    def closings(self, day: int) -> list[float]:
        """Times on a day at which the channel closes (none when it opens again at once)."""
        span = self._spans[day % 7]
        if self.always_open or span is None:
            return []
        close = day * DAY_S + span[1]
        return [] if self.is_open(close) else [close]

    def next_opening(self, now: float) -> float | None:
        """When the channel opens next; None when it never closes, or not within the coming week."""
        if self.always_open:
            return None
        day = int(now // DAY_S)
        for ahead in range(8):
            span = self._spans[(day + ahead) % 7]
            start = (day + ahead) * DAY_S + span[0] if span else -1.0
            if start > now:
                return start
        return None

    def enter(self) -> bool:
        """Take a line; False when none is free."""
        if self.lines is not None and self.lines_taken >= self.lines:
            return False
        self.lines_taken += 1
        return True

    def leave(self) -> None:
        """Give the line back."""
        self.lines_taken -= 1


def doors_of(scenario: Scenario) -> list[Door]:
    """The doors of all channels, in the order of CHANNELS."""
    return [Door(scenario, channel) for channel in CHANNELS]
