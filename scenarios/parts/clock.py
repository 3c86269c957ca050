"""Weekdays, times of day and opening hours as they are written in a scenario."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Share

DAY_S = 86_400.0
"""Seconds in a day."""

WEEK_S = 7 * DAY_S
"""Seconds in a week."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
HoursOrCalendar = Literal["opening", "calendar"]
"""Whether promised hours are counted while the centre is open, or day and night."""
AnyWeekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "every_day"
]
"""A weekday, or ``every_day`` for those that are not named."""
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

_TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$|^24:00$")


def seconds_of(time: str) -> float:
    """Seconds from midnight of a time of day written as ``"HH:MM"`` (``"24:00"`` ends the day)."""
    hours, minutes = time.split(":")
    return int(hours) * 3600.0 + int(minutes) * 60.0


def clock_text(seconds: float) -> str:
    """The time of day ``"HH:MM"`` that lies ``seconds`` after midnight."""
    minutes = int(seconds // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def time_of_day(value: str) -> str:
    """The time of day itself.

    Raises:
        ValueError: if it is not written as "HH:MM".
    """
    if not _TIME.match(value):
        raise ValueError('write a time of day as "HH:MM", from "00:00" to "24:00"')
    return value


def _hours(value: str) -> str:
    if value == "closed":
        return value
    start, dash, end = value.partition("-")
    if not dash:
        raise ValueError('write opening hours as "08:00-20:00", or "closed"')
    time_of_day(start)
    time_of_day(end)
    if seconds_of(end) <= seconds_of(start):
        raise ValueError("opening hours must end after they begin, on the same day")
    return value


TimeOfDay = Annotated[str, AfterValidator(time_of_day)]
"""A time of day, ``"HH:MM"``."""

Hours = Annotated[str, AfterValidator(_hours)]
"""Opening hours of one day, ``"08:00-20:00"`` or ``"closed"``."""


def span_of(hours: str) -> tuple[float, float] | None:
    """Begin and end of opening hours in seconds from midnight; None when closed all day."""
    if hours == "closed":
        return None
    start, _, end = hours.partition("-")
    return seconds_of(start), seconds_of(end)


class Horizon(Part):
    """The stretch of days that one replication simulates."""

    days: Annotated[int, Field(ge=1)] = 1
    """Number of days simulated, from midnight to midnight."""
    first_weekday: Weekday = "monday"
    """Weekday of the first day."""
    warm_up_days: Annotated[float, Field(ge=0.0)] = 0.0
    """Days at the start that the measures leave out."""
    part_of_days: Annotated[int, Field(ge=1)] | None = None
    """Where these days are taken from a longer horizon, its days: then nothing is said of what
    only shows after them, customers lost and the cost in all, wherever a case can outlast them."""

    def weekday(self, day: int) -> Weekday:
        """The weekday of day number ``day`` (0 is the first)."""
        return WEEKDAYS[(WEEKDAYS.index(self.first_weekday) + day) % 7]


class Opening(Part):
    """When the centre can be reached, and what happens to those waiting at closing time."""

    hours: Hours = "00:00-24:00"
    """Opening hours of every day that has none of its own."""
    days: dict[Weekday, Hours] = Field(default={})
    """Opening hours of single weekdays."""
    at_closing: Annotated[
        Literal["serve_out", "cut_off", "offer_callback"], Meta(knob="At closing time")
    ] = "serve_out"
    """Those waiting at closing time are served out, cut off, or offered a callback next day."""
    after_opening_min: Annotated[
        NotNegative, Meta("Time after opening until those who waited for it come", unit="min")
    ] = 60.0
    """Customers know the hours: who would come back while it is closed comes after the next
    opening instead, this many minutes later on average."""
    tries_closed: Annotated[Share, Meta("Share who try a closed door", unit="share")] = 0.0
    """Share of customers who make contact while it is closed, at the time they would have come."""

    @property
    def never_closes(self) -> bool:
        """Whether it is open day and night."""
        return all(hours == "00:00-24:00" for hours in (self.hours, *self.days.values()))

    def span(self, weekday: Weekday) -> tuple[float, float] | None:
        """Begin and end of opening on ``weekday`` in seconds from midnight; None when closed."""
        return span_of(self.days.get(weekday, self.hours))
