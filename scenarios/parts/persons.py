"""Persons: a table of the people of a group, each with skills, a speed and hours of their own."""

import re
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from scenarios.parts.clock import DAY_S, DayName
from scenarios.parts.meta import Meta
from scenarios.parts.part import NotNegative, Part, Positive

_WINDOW = re.compile(r"^(\d\d?):(\d\d)(?::(\d\d))?-(\d\d?):(\d\d)(?::(\d\d))?$")


def window_span(text: str) -> tuple[float, float]:
    """Begin and end of a window in seconds from midnight; over midnight above 24 h.

    Raises:
        ValueError: if it is not written as "08:00-12:30", with seconds or without.
    """
    found = _WINDOW.match(text)
    if found is not None:
        hours, minutes, seconds, *ends = (int(part or 0) for part in found.groups())
        start = hours * 3600 + minutes * 60 + seconds
        end = ends[0] * 3600 + ends[1] * 60 + ends[2]
        short = max(minutes, seconds, *ends[1:]) < 60
        if short and start < DAY_S and end <= DAY_S:
            return float(start), float(end if end > start else end + DAY_S)
    raise ValueError('write a window as "08:00-12:30" or "08:00:15-12:30:00"')


def _window(value: str) -> str:
    window_span(value)
    return value


Window = Annotated[str, AfterValidator(_window)]
"""A stretch of time on duty, ``"08:00-12:30"``; one that ends before it begins ends next day."""


class Person(Part):
    """One agent of a group."""

    skills: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Reasons that this agent takes of those that the group takes; all of them when left out. What
    nobody of the group names, everybody takes (a transfer, for example)."""
    talk_factor: Annotated[Positive, Meta(unit="factor")] = 1.0
    """This agent's talk time, as a factor on that of the group."""
    wrap_up_factor: Annotated[NotNegative, Meta(unit="factor")] = 1.0
    """This agent's wrap-up time, as a factor on that of the group."""
    cut_off_factor: Annotated[NotNegative, Meta(unit="factor")] = 1.0
    """This agent's share of customers who are cut off, as a factor on that of the group."""
    knowledge: Annotated[float, Meta(unit="logit")] = 0.0
    """Knowledge beyond that of the group, on the logit scale."""
    windows: dict[DayName, Annotated[tuple[Window, ...], Field(strict=False)]] = Field(default={})
    """When the agent is on duty, by weekday, day type or date; ``every_day`` serves days without
    windows of their own, and an empty list is a day off."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for day, windows in self.windows.items():
            spans = sorted((window_span(window), window) for window in windows)
            for ((_, end), one), ((start, _), other) in pairwise(spans):
                if start < end:
                    raise ValueError(f"has windows on {day} that overlap: {one} and {other}")
        return self


class Persons(Part):
    """The people of a group, one by one."""

    by_name: Annotated[dict[str, Person], Field(min_length=1)]
    """The agents, by name or code; needed unless ``csv`` holds them."""
    csv: str | None = None
    """File next to the scenario with the column name, and where it has them skills (reasons with
    blanks between them, or | where names have blanks), talk_factor, wrap_up_factor, cut_off_factor,
    knowledge, and a column for a weekday, day type, date or every_day with windows such as
    "08:00-12:00 12:30-16:00". With a column group it holds the people of several groups."""
    windows_csv: str | None = None
    """File next to the scenario with the columns name, date (or weekday), start and end: a line for
    each stretch of duty, instead of columns in ``csv``. With a column group it holds those of
    several groups."""
