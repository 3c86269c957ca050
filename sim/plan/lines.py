"""When a channel can be reached, and what closing time means for waiting customers."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.calendar.day import opening_of
from scenarios.calendar.hours import OpenHours, hours_of
from scenarios.parts.channels import WRITTEN, ChannelName
from scenarios.parts.clock import DAY_S
from scenarios.parts.distributions import Exponential
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of


@dataclass(frozen=True, slots=True)
class LinesPlan:
    """When a channel can be reached, how many contacts fit in, and what closing time means."""

    hours: OpenHours
    lines: int | None
    always_open: bool
    """Written, or round the clock."""
    cuts_off: bool
    """At closing time waiting customers are cut off."""
    offers_callback: bool
    """At closing time waiting customers are offered a callback."""
    tries_closed: float
    """Share who try the closed door anyway."""
    interrupted: bool
    """Writing is put aside for calls and chats."""
    overnight: bool
    """Writing is put aside at the end of the shift."""
    handed_over: bool
    """Writing is handed to a colleague at the end of the shift."""
    hand_over: Amount
    """Seconds that the colleague needs for it, besides the work that is left."""
    after_opening: Amount
    """Seconds after the opening at which customers come who would have come before it."""

    def stretch_of_day(self, now: float) -> tuple[float, float]:
        """Opening and closing time of the day of now, in seconds; empty on a day without hours."""
        begin, end = self.hours.span_at(now) or (0.0, 0.0)
        midnight = now // DAY_S * DAY_S
        return midnight + begin, midnight + end

    def closings(self, day: int) -> tuple[float, ...]:
        """Times on a day at which the channel closes (none when it opens again immediately)."""
        span = self.hours.span(day)
        if self.always_open or span is None:
            return ()
        close = day * DAY_S + span[1]
        return () if self.hours.is_open(close) else (close,)

    def closing_after(self, now: float) -> float | None:
        """When the channel closes next; None where it does not, ``now`` where it is closed."""
        if self.always_open:
            return None
        if not self.hours.is_open(now):
            return now
        day = int(now // DAY_S)
        times = (time for each in (day, day + 1) for time in self.closings(each) if time > now)
        return next(times, None)


def lines_of(scenario: Scenario, channel: ChannelName) -> LinesPlan:
    """The plan of a channel."""
    section, opening = scenario.channels.get(channel), opening_of(scenario, channel)
    hours = hours_of(scenario, channel)
    mean_s = opening.after_opening_min * 60.0
    # In seconds it may be more than a scenario can say: not checked again.
    later = Exponential.model_construct(distribution="exponential", mean=mean_s)
    return LinesPlan(
        hours=hours,
        lines=section.lines if section else None,
        always_open=channel in WRITTEN or hours.never_close,
        cuts_off=opening.at_closing == "cut_off",
        offers_callback=opening.at_closing == "offer_callback",
        tries_closed=opening.tries_closed,
        interrupted=section is None or section.interrupted,
        overnight=section is not None and section.at_shift_end == "put_aside",
        handed_over=section is not None and section.at_shift_end == "hand_over",
        hand_over=0.0 if section is None else amount_of(section.hand_over_s),
        after_opening=amount_of(later) if mean_s else 0.0,
    )
