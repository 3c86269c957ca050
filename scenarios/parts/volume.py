"""Volume: how many customers make contact for the first time, and when."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.parts.clock import WEEKDAYS, DayName, TimeOfDay, Weekday
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive

Counts = Annotated[tuple[NotNegative, ...], Field(strict=False, min_length=1)]
IntervalMinutes = Literal[5, 10, 15, 20, 30, 60, 120, 240, 480, 1440]


class Profile(Part):
    """How a day's volume spreads over the day: shares per interval, from ``start`` on."""

    interval_min: IntervalMinutes = 30
    """Minutes that each share is for."""
    start: TimeOfDay = "00:00"
    """Time of day at which the first share begins."""
    shares: Counts
    """Relative weights; they are scaled to sum to one."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if sum(self.shares) <= 0.0:
            raise ValueError("the shares of a profile must not sum to zero")
        return self


class Volume(Part):
    """How many customers make contact, in one of five ways.

    ``per_day`` with a ``profile``; ``counts`` per interval and day; a ``csv`` of counts (read into
    ``counts`` on loading); ``at_s``, arrivals at given seconds from the start; or ``records`` of
    arrivals in a CSV (read into ``at_s``).
    """

    per_day: Annotated[NotNegative | None, Meta(unit="customers", knob="Customers a day")] = None
    """Mean number of new cases on an ordinary day."""
    profile: str | None = None
    """Name of a profile; evenly over the day when left out."""
    weekdays: dict[DayName, NotNegative] = Field(default={})
    """Factor on the volume of single weekdays, day types and dates."""
    counts: dict[DayName, Counts] | None = None
    """Mean counts per interval by weekday, day type or date; ``every_day`` serves days without
    their own."""
    interval_min: IntervalMinutes = 30
    """Length of the intervals of ``counts``."""
    start: TimeOfDay = "00:00"
    """Where the first interval of ``counts`` begins."""
    csv: str | None = None
    """File next to the scenario with the columns date (or weekday), start (HH:MM) and count; with a
    column reason it holds those of several reasons."""
    at_s: Annotated[tuple[NotNegative, ...], Field(strict=False)] | None = None
    """Arrivals at exactly these seconds after the start, in every replication; nothing moves them,
    neither a factor, busyness nor an incident."""
    class_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """The priority class of each customer of ``at_s``; "" where it is drawn, as for all when left
    out."""
    channel_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """The channel of each customer of ``at_s``; "" where it is drawn, as for all when left out."""
    records: str | None = None
    """File next to the scenario with the column time ("2026-12-24 08:00:13", or seconds from the
    start), and where it has them reason, class and channel: the customers of a log, replayed as
    they are. Lines of other reasons and of other days than those of the horizon are left out."""
    factor: NotNegative = 1.0
    """Factor on the whole volume: 1.2 is a fifth more customers."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in ("per_day", "counts", "at_s") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of per_day, counts, csv, records or at_s")
        if self.profile is not None and self.per_day is None:
            raise ValueError("a profile goes with per_day")
        customers = len(self.at_s or ())
        for name, entries in (("class_of", self.class_of), ("channel_of", self.channel_of)):
            if entries and len(entries) != customers:
                rule = f"{name} has {len(entries)} entries, and at_s has {customers}"
                raise ValueError(f"{rule}; give one for each")
        return self


class Incident(Part):
    """A stretch of time in which some reasons have a multiple of their normal volume."""

    day: Annotated[int, Field(ge=1)]
    """Day of the horizon, 1 is the first."""
    start: TimeOfDay
    """Time of day at which it begins."""
    minutes: Annotated[Positive, Meta(unit="min", knob="Lasts")]
    """How long it lasts, in minutes."""
    multiplier: Annotated[NotNegative, Meta(unit="factor", knob="Times the usual volume")]
    """Factor on the volume of the reasons affected while it lasts."""
    reasons: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Reasons affected; all of them when left out."""


class TimeOfDayRule(Part):
    """Hours of the day in which contacts take longer or customers wait less long than otherwise."""

    start: TimeOfDay
    """Time of day at which they begin."""
    end: TimeOfDay
    """Time of day at which they end; before ``start`` for hours past midnight."""
    weekdays: Annotated[tuple[Weekday, ...], Field(strict=False)] = WEEKDAYS
    """Days on which they begin."""
    talk_factor: Annotated[Positive, Meta(unit="factor", knob="Talk time then")] = 1.0
    """Factor on the talk time of contacts that begin in these hours."""
    patience_factor: Annotated[Positive, Meta(unit="factor", knob="Patience then")] = 1.0
    """Factor on the patience of customers who call or chat in these hours."""
    reasons: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Reasons for which it holds; all of them when left out."""

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if self.start == self.end:
            raise ValueError("start and end must differ")
        return self
