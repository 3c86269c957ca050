"""Records in a CSV file: when each customer made contact, why, by which channel, of which class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scenarios.checks.problems import Problem
from scenarios.files.tables import (
    MOST_REPORTED,
    Cells,
    Source,
    TableError,
    Whose,
    lines_of,
    read_lines,
    refuse_missing,
    unread,
)
from scenarios.parts.clock import DAY_S, is_date

_CLASS, _CHANNEL = "class", "channel"


@dataclass(frozen=True)
class Days:
    """The days of which records are read."""

    first: str | None
    """Date of the first; None where the scenario gives none."""
    count: int

    @classmethod
    def of(cls, document: dict[str, Any]) -> Days:
        """Those of a scenario as it is written; what is wrong with them is reported by itself."""
        horizon = document.get("horizon")
        written = horizon if isinstance(horizon, dict) else {}
        first, days = written.get("first_date"), written.get("days", 1)
        first = first if isinstance(first, str) and is_date(first) else None
        return cls(first, days if isinstance(days, int) else 1)


@dataclass(frozen=True)
class Records:
    """Customers in order of time."""

    at_s: list[float]
    """Seconds from the begin of the horizon."""
    classes: list[str]
    """Priority class of each, "" where it is not known; empty without such a column."""
    channels: list[str]
    """The same for the channel."""

    @property
    def rows(self) -> dict[str, list[Any]]:
        """The keys of a volume that hold them."""
        return {"at_s": self.at_s, "class_of": self.classes, "channel_of": self.channels}


def read_records(source: Source, days: Days, reason: str) -> Records:
    """Read a table with the column time, and where it has them reason, class and channel.

    Lines of other reasons, and of other days than those asked for, are left out.

    Raises:
        TableError: with every problem of the file.
    """
    columns, rows, _ = read_lines(source, lower=True)
    known = [name for name in (_CLASS, _CHANNEL) if name in columns]
    refuse_missing(source, columns, ("time", *known))
    found: list[tuple[float, Cells]] = []
    problems: list[Problem] = []
    for line, cells in lines_of(source, columns, rows, Whose("reason", reason)):
        if len(problems) >= MOST_REPORTED:
            problems.append(unread(source, line))
            break
        problems += (wrong := [*_wrong_time(source, line, cells["time"], days)])
        at = -1.0 if wrong else _seconds(cells["time"], days)
        if 0.0 <= at < days.count * DAY_S:
            found.append((at, cells))
    if not found and not problems:
        problems.append(source.problem(None, "has no arrivals within the horizon", _which(days)))
    if problems:
        raise TableError(*problems)
    found.sort(key=lambda one: one[0])
    classes, channels = (
        [cells[name] for _, cells in found] if name in known else [] for name in (_CLASS, _CHANNEL)
    )
    return Records([at for at, _ in found], classes, channels)


def _wrong_time(source: Source, line: int, cell: str, days: Days) -> Iterator[Problem]:
    if _number(cell) is not None:
        return
    moment = _moment(cell)
    if moment is None or moment.tzinfo is not None:
        rule = 'is no time such as "2026-12-24 08:00:13", and no number of seconds'
        yield source.problem(cell, rule, "Without a time zone: by the centre's clock.", line)
    elif days.first is None:
        rule = "is a date, and nothing says which day of the horizon it is"
        yield source.problem(cell, rule, 'Give horizon.first_date, such as "2026-12-01".', line)


def _seconds(cell: str, days: Days) -> float:
    """A time that is right, in seconds from the begin of the horizon."""
    number, moment = _number(cell), _moment(cell)
    if number is not None:
        return number
    first = _moment(days.first or "")
    return -1.0 if moment is None or first is None else (moment - first).total_seconds()


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _moment(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(cell) if is_date(cell[:10]) else None
    except ValueError:
        return None


def _which(days: Days) -> str:
    many = f"{days.count} day" + ("s" if days.count > 1 else "")
    return f"It has {many} from {days.first} on." if days.first else f"It has {many}."
