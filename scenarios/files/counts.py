"""Counts by day and start, as a volume or a number on duty has them, in a CSV file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

from scenarios.checks.problems import Problem
from scenarios.files.amounts import Amounts
from scenarios.files.tables import (
    MOST_REPORTED,
    Cells,
    Source,
    TableError,
    Whose,
    day_column,
    day_of,
    lines_of,
    no_amount,
    read_lines,
    refuse_missing,
    unread,
    wrong_day,
)
from scenarios.parts.clock import DAY_S, clock_text, seconds_of, time_of_day
from scenarios.parts.volume import IntervalMinutes

INTERVALS: tuple[int, ...] = get_args(IntervalMinutes)


@dataclass(frozen=True)
class Counts:
    """Mean counts per interval by day, as a volume has them."""

    counts: dict[str, list[float]]
    interval_min: int
    start: str

    @property
    def whole(self) -> dict[str, list[int]]:
        """The counts as whole numbers, where a table was read as such."""
        return {weekday: [round(count) for count in row] for weekday, row in self.counts.items()}


def read_counts(
    source: Source,
    interval_min: int | None = None,
    *,
    column: str = "count",
    whole: bool = False,
    whose: Whose | None = None,
    day_types: Collection[str] = (),
) -> Counts:
    """Read a table with the columns date (or weekday), start (HH:MM) and count.

    Args:
        source: the file.
        interval_min: length of the intervals; where it is not given, the shortest time from one
            start to the next is taken. Intervals without a line have the count 0.
        column: the one with the numbers.
        whole: whether the numbers are whole.
        whose: whose lines are read where the file has those of several.
        day_types: names that may stand for days, besides weekdays and dates.

    Raises:
        TableError: with every problem of the file.
    """
    columns, rows, separator = read_lines(source, lower=True)
    day = day_column(columns)
    refuse_missing(source, columns, (day, "start", column))
    rows = lines_of(source, columns, rows, whose) if whose else rows
    amounts = Amounts((cells[column] for _, cells in rows), separator)
    counts: dict[tuple[str, float], float] = {}
    problems: list[Problem] = []
    for line, cells in rows:
        if len(problems) >= MOST_REPORTED:
            problems.append(unread(source, line))
            break
        name = day_of(cells[day])
        wrong = [*wrong_day(source, line, name, day_types), *_wrong_start(source, line, cells)]
        wrong += _wrong_amount(source, line, cells[column], amounts, whole=whole)
        problems += wrong
        if not wrong:
            slot = name, seconds_of(cells["start"])
            if slot in counts:
                value = f"{cells[day]} {cells['start']}"
                problems.append(source.problem(value, "is there twice", line=line))
            counts[slot] = amounts.value(cells[column]) or 0.0
    if problems:
        raise TableError(*problems)
    return _laid_out(source, counts, interval_min)


def _wrong_start(source: Source, line: int, cells: Cells) -> Iterator[Problem]:
    start = cells["start"]
    if not _is_start(start):
        yield source.problem(start, 'is not a time of day as "08:30"', line=line)


def _wrong_amount(
    source: Source, line: int, cell: str, amounts: Amounts, *, whole: bool
) -> Iterator[Problem]:
    amount = amounts.value(cell)
    if amount is None:
        yield no_amount(source, line, cell, amounts)
    elif whole and not amount.is_integer():
        yield source.problem(cell, "must be a whole number", line=line)


def _is_start(text: str) -> bool:
    try:
        return seconds_of(time_of_day(text)) < DAY_S
    except ValueError:
        return False


def _laid_out(
    source: Source, counts: dict[tuple[str, float], float], interval_min: int | None
) -> Counts:
    starts = sorted({start for _, start in counts})
    first, minutes = starts[0], interval_min or _interval(source, starts)
    odd = [start for start in starts if (start - first) % (minutes * 60)]
    if odd:
        rule = f"does not lie on the intervals of {minutes} minutes from {clock_text(first)}"
        raise TableError(*(source.problem(clock_text(start), rule) for start in odd))
    length = 1 + int((starts[-1] - first) // (minutes * 60))
    by_weekday = {
        weekday: [counts.get((weekday, first + k * minutes * 60.0), 0.0) for k in range(length)]
        for weekday in dict.fromkeys(weekday for weekday, _ in counts)
    }
    return Counts(by_weekday, minutes, clock_text(first))


def _interval(source: Source, starts: list[float]) -> int:
    """Minutes from one start to the next; a single one at midnight stands for its whole day."""
    gaps = [b - a for a, b in pairwise(starts)]
    if not gaps and starts != [0.0]:
        rule = "has one interval a day, so the length of an interval is unknown"
        raise TableError(source.problem(None, rule, "Give interval_min with csv."))
    minutes = int(min(gaps) // 60) if gaps else 1440
    if minutes not in INTERVALS:
        rule = f"has intervals of {minutes} minutes"
        hint = f"Possible are {', '.join(map(str, INTERVALS))}."
        raise TableError(source.problem(None, rule, hint))
    return minutes
