"""Columns of dates and times of day, in whatever form, as days and milliseconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.records.sources.cells import Cells
from scenarios.records.values import dates
from scenarios.records.values.clock import DAY_MS, clock_ms, clock_reader
from scenarios.records.values.misread import Notes

Floats = npt.NDArray[np.float64]

_CLOCK = re.compile(
    r"(?:^|[T ,])\s*(\d{1,2}[:h]\d{2}(?::\d{2})?(?:[.,]\d{1,9})?\s*(?:[ap]\.?\s?m\b\.?)?"
    r"|\d{1,2}\s*[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_CLOCKS = re.compile(r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\n)+", re.ASCII)
_OFFSET = re.compile(r"^(?:(Z|UTC|GMT)|(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?)$", re.IGNORECASE)
_UNTIL = re.compile(
    r"^(?:[-–—]|to\b|bis\b|a\b|até\b|until\b)\s*\d{1,2}([:.h]\d{2})?", re.IGNORECASE
)
_ZONE_NAME = re.compile(r"^\(?[A-Za-z]{2,5}\)?$")
_EPOCH = re.compile(r"^(\d{9,10}|\d{12,13})(\.\d+)?$")
_NEVER_DAYS = frozenset((0, -25567, -719162, -25569, 2932896))
"""1970-01-01, 1900-01-01, 0001-01-01, 1899-12-30 and 9999-12-31: never."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Times of one column, row by row; NaN where a part is missing.

    Attributes:
        days: Days since 1970.
        clock_ms: Milliseconds of the day.
        offset_min: Minutes ahead of UTC, where the value says so.
    """

    days: Floats
    clock_ms: Floats
    offset_min: Floats

    @property
    def is_clock(self) -> bool:
        """Whether the column has times of day and no dates."""
        return bool(np.isnan(self.days).all()) and not bool(np.isnan(self.clock_ms).all())

    @property
    def is_date(self) -> bool:
        """Whether the column has dates and no times of day."""
        return bool(np.isnan(self.clock_ms).all()) and not bool(np.isnan(self.days).all())


def moments_of(ms: Floats) -> Moments | None:
    """Moments from milliseconds since 1970 without zones; None where some stand for "never"."""
    days, clock = np.divmod(ms, DAY_MS)
    if not _NEVER_DAYS.isdisjoint(np.unique(days[~np.isnan(days)]).tolist()):
        return None
    return Moments(days, clock, np.full(len(ms), np.nan))


@dataclass(frozen=True)
class _Split:
    """One value: its date, its time of day and what follows."""

    date: str
    clock: str
    tail: str


class Calendar:
    """Reads the times of all columns of one source, with one order of day and month."""

    def __init__(self, order: str | None, notes: Notes) -> None:
        """Args: the order if a mapping fixes it, and where to note what was found."""
        self._order = order
        self._notes = notes

    def read(self, columns: dict[str, Cells]) -> dict[str, Moments]:
        """The times of some columns by name."""
        plain = {name: _of_clocks(cells) for name, cells in columns.items()}
        made = {name: moments for name, moments in plain.items() if moments is not None}
        splits = {
            name: [_split(text) for text in cells.texts]
            for name, cells in columns.items()
            if name not in made
        }
        written = {split.date for each in splits.values() for split in each if split.date}
        read = dates.reader(sorted(written), self._settled(written))
        made |= {
            name: self._moments(name, columns[name], parts, read) for name, parts in splits.items()
        }
        return {name: made[name] for name in columns}

    def _settled(self, written: Iterable[str]) -> str:
        if self._order:
            return self._order
        order, sure = dates.order_of(sorted(written))
        if not sure:
            other = dates.MONTH_FIRST if order == dates.DAY_FIRST else dates.DAY_FIRST
            self._notes.say(
                f"The dates could be read {order} or {other}: no part is over 12.",
                f"They were read {order}.",
                f'If that is wrong, write dates = "{other}" in a mapping file.',
            )
        return order

    def _moments(self, name: str, cells: Cells, parts: list[_Split], read: dates.Read) -> Moments:
        clock = clock_reader([part.clock for part in parts if part.clock and not part.date])
        known = {part.date: read(part.date) for part in parts if part.date}
        rows = [_of(part, known, clock) for part in parts]
        never = [place for place, row in enumerate(rows) if row and row[0] in _NEVER_DAYS]
        self._notes.add(
            f'"{name}" has dates as 1970-01-01 or 1900-01-01 that stand for "never".',
            sum(int(cells.counts()[place]) for place in never),
            "They count as never happened.",
        )
        bad = [place for place, row in enumerate(rows) if row is None]
        self._notes.misread(name, cells, bad, "dates or times")
        gone = {*never, *bad}
        nothing = (np.nan, np.nan, np.nan)
        table = np.array(
            [nothing if at in gone or row is None else row for at, row in enumerate(rows)],
            dtype=np.float64,
        ).reshape(-1, 3)
        return Moments(*(cells.each(table[:, part], np.nan) for part in range(3)))


def _of_clocks(cells: Cells) -> Moments | None:
    """A column of nothing but times as 08:15:30, of which every second of the day may be one."""
    lines = "".join(f"{text}\n" for text in cells.texts)
    if not _CLOCKS.fullmatch(lines) or len(lines) != 9 * len(cells.texts):
        return None
    signs = np.array(cells.texts, dtype="S8").view(np.uint8).reshape(-1, 8).astype(float) - ord("0")
    ms = signs @ (1000.0 * np.array([36_000, 3600, 0, 600, 60, 0, 10, 1]))
    unknown = np.full(len(cells), np.nan)
    return Moments(unknown, cells.each(ms, np.nan), unknown)


def _split(text: str) -> _Split:
    found = _CLOCK.search(text)
    if found is None:
        return _Split("", text, "") if _only_number(text) else _Split(text, "", "")
    date, tail = text[: found.start()].strip(" ,"), text[found.end() :].strip()
    if re.fullmatch(r"\d{4}", tail) and date:
        return _Split(f"{date} {tail}", found[1], "")
    if not date and _UNTIL.match(tail):
        # 08:00-08:30, an interval with its end.
        return _Split("", found[1], "")
    if tail and not date and not (_OFFSET.match(tail) or _ZONE_NAME.match(tail)):
        # 08:15 05/01/2026
        return _Split(tail, found[1], "")
    return _Split(date, found[1], tail)


def _only_number(text: str) -> bool:
    """Whether a text is hours and minutes in one, a part of a day, or seconds since 1970."""
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        return False
    return len(text.partition(".")[0]) <= 4 or _EPOCH.match(text) is not None


def _of(
    part: _Split, known: dict[str, int | None], clock: Callable[[str], int | None]
) -> tuple[float, float, float] | None:
    """Days, milliseconds and offset of one value; None when it is not a time."""
    if found := _EPOCH.match(part.clock):
        scale = 1000.0 if len(found[1]) < 12 else 1.0
        days, ms = divmod(float(part.clock) * scale, DAY_MS)
        return days, float(round(ms)), 0.0
    days_or_none = known.get(part.date) if part.date else np.nan
    if days_or_none is None:
        return _serial_time(part.date)
    if not part.clock:
        return float(days_or_none), np.nan, np.nan
    ms_or_none = clock(part.clock) if not part.date else clock_ms(part.clock.strip())
    if ms_or_none is None:
        return None
    offset = _offset(part.tail)
    return None if offset is None else (float(days_or_none), float(ms_or_none), offset)


def _serial_time(text: str) -> tuple[float, float, float] | None:
    """A moment as a spreadsheet numbers it: 46027.3344."""
    if not re.fullmatch(r"[3-5]\d{4}\.\d+", text):
        return None
    day, part = divmod(float(text), 1.0)
    return day + (dates.EPOCH_SERIAL), float(round(part * 86_400) * 1000), np.nan


def _offset(tail: str) -> float | None:
    """Minutes ahead of UTC; NaN where nothing is said, None when it is no zone."""
    named = _ZONE_NAME.match(tail) and tail.strip("()").upper() not in {"Z", "UTC", "GMT"}
    if not tail or named:
        return np.nan
    found = _OFFSET.match(tail.strip("()"))
    if found is None:
        return None
    if found[1]:
        return 0.0
    minutes = int(found[3]) * 60 + int(found[4] or 0)
    return float(minutes if found[2] == "+" else -minutes)
