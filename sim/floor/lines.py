"""Doors and lines: when a channel can be reached, and how many contacts fit in at once."""

from __future__ import annotations

from scenarios.calendar.day import opening_of
from scenarios.calendar.hours import OpenHours, hours_of
from scenarios.parts.clock import DAY_S
from scenarios.parts.demand import CHANNELS, WRITTEN, ChannelName
from scenarios.parts.distributions import Exponential
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of


class Door:
    """Opening hours and lines of one channel."""

    def __init__(self, scenario: Scenario, channel: ChannelName) -> None:
        section = scenario.channels.get(channel)
        opening = opening_of(scenario, channel)
        self.hours: OpenHours = hours_of(scenario, channel)
        self.lines: int | None = section.lines if section else None
        self.lines_taken = 0
        self.at_closing = opening.at_closing
        self.always_open = channel in WRITTEN or self.hours.never_close
        self.tries_closed = opening.tries_closed
        mean_s = opening.after_opening_min * 60.0
        # In seconds it may be more than a scenario can say: not checked once more.
        later = Exponential.model_construct(distribution="exponential", mean=mean_s)
        self.after_opening: Amount = amount_of(later) if mean_s else 0.0
        """Seconds after the opening at which customers come who would have come before it."""

    def is_open(self, now: float) -> bool:
        """Whether the channel can be reached now; written channels always can."""
        return self.always_open or self.hours.is_open(now)

    def closings(self, day: int) -> list[float]:
        """Times on a day at which the channel closes (none when it opens again at once)."""
        span = self.hours.span(day)
        if self.always_open or span is None:
            return []
        close = day * DAY_S + span[1]
        return [] if self.is_open(close) else [close]

    def next_opening(self, now: float) -> float | None:
        """When the channel opens next; None when it never closes, or not within the coming week."""
        return None if self.always_open else self.hours.next_opening(now)

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
