"""Weekdays, times of day and opening hours as they are written in a scenario."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Share

DAY_S = 86_400.0
"""Seconds in a day."""

WEEK_S = 7 * DAY_S
"""Seconds in a week."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
HoursOrCalendar = Literal["opening", "calendar"]
"""Whether promised hours are counted while the centre is open, or day and night."""
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

EVERY_DAY = "every_day"
"""Stands for the days that are not named."""

DayName = str
"""A day as it is named in a scenario: a weekday, a day type, or a date ``"2026-12-24"``; where it
says so, also ``every_day``. That it stands for something is checked with all other names."""

Planned = TypeVar("Planned")

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
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


def is_date(text: str) -> bool:
    """Whether a text is a date of the calendar, written as "2026-12-24"."""
    try:
        return bool(_DATE.match(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _date(value: str) -> str:
    if not is_date(value):
        raise ValueError('write a date as "2026-12-24": year, month and day')
    return value


def planned_for(names: Iterable[str], table: Mapping[str, Planned]) -> Planned | None:
    """What a table says of the first of these names that it has; None where it has none."""
    return next((table[name] for name in names if name in table), None)


Date = Annotated[str, AfterValidator(_date)]
"""A date, ``"2026-12-24"``."""

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
    first_date: Date | None = None
    """Date of the first day, "2026-12-24"; needed where a date or a day type is named."""
    first_weekday: Weekday = "monday"
    """Weekday of the first day; where there is a ``first_date``, that gives it."""
    warm_up_days: Annotated[float, Field(ge=0.0)] = 0.0
    """Days at the start that the measures leave out."""
    part_of_days: Annotated[int, Field(ge=1)] | None = None
    """Where these days are taken from a longer horizon, its days: then nothing is said of what
    only shows after them, customers lost and the cost in all, wherever a case can outlast them."""

    @model_validator(mode="after")
    def _one_first_day(self) -> Self:
        if "first_weekday" in self.model_fields_set and self.first_weekday != self.weekday(0):
            raise ValueError(
                f"first_date is a {self.weekday(0).capitalize()}, and first_weekday says "
                f"{self.first_weekday}; leave first_weekday out"
            )
        return self

    def date(self, day: int) -> date | None:
        """The date of day number ``day`` (0 is the first); None where the first has none."""
        first = self.first_date
        return None if first is None else date.fromisoformat(first) + timedelta(days=day)

    def number(self, text: str) -> int:
        """The number of the day with a date, 0 is the first; below zero before it."""
        assert self.first_date is not None  # otherwise no date is named
        return (date.fromisoformat(text) - date.fromisoformat(self.first_date)).days

    def weekday(self, day: int) -> Weekday:
        """The weekday of day number ``day`` (0 is the first)."""
        today = self.date(day)
        if today is not None:
            return WEEKDAYS[today.weekday()]
        return WEEKDAYS[(WEEKDAYS.index(self.first_weekday) + day) % 7]


class DayType(Part):
    """Days of one kind, holidays for example, with a volume, hours and rosters of their own.

    Wherever a weekday may stand, the name of a day type or a date may too, and goes before it.
    """

    dates: Annotated[tuple[Date, ...], Field(strict=False)] = ()
    """The days of this kind; they may lie beyond the horizon."""
    like: Weekday | None = None
    """The weekday that counts where nothing is said of the type; their own when left out."""
    volume_factor: Annotated[NotNegative, Meta(unit="factor", knob="Customers, times")] = 1.0
    """Factor on the volume of every reason on these days; not on arrivals at given times."""
    staffed: bool = True
    """Whether anybody works on these days."""


class Opening(Part):
    """When the centre can be reached, and what happens to those waiting at closing time."""

    hours: Hours = "00:00-24:00"
    """Opening hours of every day that has none of its own."""
    days: dict[DayName, Hours] = Field(default={})
    """Opening hours of single weekdays, day types and dates."""
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

    def span(self, names: Iterable[DayName]) -> tuple[float, float] | None:
        """Begin and end of opening in seconds from midnight; None when closed.

        The day is known by its names, the most special first.
        """
        return span_of(planned_for(names, self.days) or self.hours)
