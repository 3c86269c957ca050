"""Counts and values that a scenario keeps in CSV files next to it, and how such files are read."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, get_args

from scenarios.checks.problems import Problem, listed, nearest
from scenarios.files.amounts import COMMA, Amounts
from scenarios.parts.clock import (
    DAY_S,
    EVERY_DAY,
    WEEKDAYS,
    clock_text,
    is_date,
    seconds_of,
    time_of_day,
)
from scenarios.parts.volume import IntervalMinutes

Cells = dict[str, str]

_DAYS = ("date", "weekday")
"""Columns that say of which day a line is; whichever it is, it holds any name of a day."""
MOST_TOLD = 50
"""Problems of one file after which nobody reads on."""
INTERVALS: tuple[int, ...] = get_args(IntervalMinutes)


class TableError(Exception):
    """A table that cannot be used, with everything that is wrong in it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(frozen=True)
class Source:
    """A CSV file and the key of the scenario that names it."""

    file: Path
    key: str

    def problem(self, value: object, rule: str, hint: str = "", line: int | None = None) -> Problem:
        """A problem in the file."""
        return Problem(str(self.file), self.key, value, rule, hint, line)


class Whose(NamedTuple):
    """Of a file that may hold the lines of several, whose are wanted."""

    column: str
    """Its lines are those of others too where the file has this column."""
    name: str


def lines_of(
    source: Source, columns: list[str], rows: list[tuple[int, Cells]], whose: Whose
) -> list[tuple[int, Cells]]:
    """The lines of one reason or group; all of them where the file does not tell them apart.

    Raises:
        TableError: if there is none.
    """
    if whose.column not in columns:
        return rows
    own = [(line, cells) for line, cells in rows if cells[whose.column] == whose.name]
    if not own:
        there = list(dict.fromkeys(cells[whose.column] for _, cells in rows))
        hint = nearest(whose.name, there, "It has")
        rule = f'has no line with "{whose.name}" in the column {whose.column}'
        raise TableError(source.problem(None, rule, hint))
    return own


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
        if len(problems) >= MOST_TOLD:
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


def read_values(source: Source, column: str | None) -> list[float]:
    """Read a column of numbers, the first one when none is named; empty cells are skipped.

    Raises:
        TableError: with every problem of the file.
    """
    columns, rows, separator = read_lines(source)
    name = column.strip() if column is not None else columns[0]
    if name not in columns:
        raise TableError(
            source.problem(
                name, "is not a column of the file", nearest(name, columns, "Columns"), 1
            )
        )
    _refuse_twins(source, columns, [name])
    amounts = Amounts((cells[name] for _, cells in rows), separator)
    values: list[float] = []
    problems: list[Problem] = []
    for line, cells in rows:
        if len(problems) >= MOST_TOLD:
            problems.append(unread(source, line))
            break
        if cells[name] == "":
            continue
        if (value := amounts.value(cells[name])) is not None:
            values.append(value)
        else:
            problems.append(_no_amount(source, line, cells[name], amounts))
    if not values and not problems:
        problems = [source.problem(None, f'has no value in the column "{name}"')]
    if problems:
        raise TableError(*problems)
    return values


def read_columns(source: Source) -> dict[str, list[float]]:
    """Read a file of numbers, every column by its name; no cell may be empty.

    Raises:
        TableError: with every problem of the file.
    """
    columns, rows, separator = read_lines(source)
    _refuse_twins(source, columns, columns)
    found: dict[str, list[float]] = {}
    problems: list[Problem] = []
    for name in columns:
        amounts = Amounts((cells[name] for _, cells in rows), separator)
        values = [(line, cells[name], amounts.value(cells[name])) for line, cells in rows]
        found[name] = [value for _, _, value in values if value is not None]
        wrong = [(line, cell) for line, cell, value in values if value is None]
        problems += [_no_amount(source, line, cell, amounts) for line, cell in wrong]
    if problems:
        more = [unread(source, 1)] if len(problems) > MOST_TOLD else []
        raise TableError(*problems[:MOST_TOLD], *more)
    return found


def column_of(source: Source, columns: dict[str, list[float]], name: str) -> list[float]:
    """One of the columns of a file that could be read.

    Raises:
        TableError: it has none of this name.
    """
    if columns and name not in columns:
        rule = "is not a column of the file"
        raise TableError(source.problem(name, rule, nearest(name, columns, "Columns"), 1))
    return columns.get(name, [])


def read_lines(
    source: Source, *, lower: bool = False
) -> tuple[list[str], list[tuple[int, Cells]], str]:
    """The columns, each line that is not blank with its number and cells, and what parts cells.

    Raises:
        TableError: if it cannot be read as a table.
    """
    try:
        text = source.file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        rule = "is not UTF-8 text"
        raise TableError(source.problem(None, rule, "Save it as CSV UTF-8.")) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "The path is taken from the folder of the scenario."
        raise TableError(source.problem(None, f"cannot be read: {reason}", hint)) from error
    head = text.partition("\n")[0]
    separator = ";" if ";" in head else COMMA
    reader = csv.reader(text.splitlines(), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader]
    except csv.Error as error:
        raise TableError(
            source.problem(None, f"is no CSV: {error}", line=reader.line_num)
        ) from error
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if len(lines) < 2:
        raise TableError(source.problem(None, "must have a line of column names and lines of data"))
    columns = [name.lower() if lower else name for name in lines[0][1]]
    short = [number for number, cells in lines[1:] if len(cells) != len(columns)]
    if short:
        rule = f"must have {len(columns)} cells on each line, as its first one has"
        more = separator == COMMA and max(len(cells) for _, cells in lines[1:]) > len(columns)
        hint = "A number with a comma in it stands in quotes, or the cells are separated by ;."
        told = [source.problem(None, rule, hint if more else "", n) for n in short[:MOST_TOLD]]
        rest = [unread(source, short[MOST_TOLD])] if len(short) > MOST_TOLD else []
        raise TableError(*told, *rest)
    rows = [(n, dict(zip(columns, cells, strict=True))) for n, cells in lines[1:]]
    return columns, rows, separator


def day_column(columns: Collection[str]) -> str:
    """The column that says of which day a line is."""
    return next((name for name in _DAYS if name in columns), _DAYS[0])


def day_of(cell: str) -> str:
    """The name of a day as it stands in a scenario; weekdays may be written with capitals."""
    return cell.lower() if cell.lower() in (*WEEKDAYS, EVERY_DAY) else cell


def refuse_missing(source: Source, columns: list[str], wanted: Collection[str]) -> None:
    """Refuse a file that lacks one of these columns, or has it twice.

    Raises:
        TableError: with all that are missing.
    """
    missing = [name for name in wanted if name not in columns]
    if missing:
        rule = f"lacks the column{'s' if len(missing) > 1 else ''} {listed(missing, 'and')}"
        raise TableError(source.problem(None, rule, _columns_there(columns), 1))
    _refuse_twins(source, columns, wanted)


def _columns_there(columns: list[str]) -> str:
    """The columns of a file that lacks some; cells apart by tabs look like a single one."""
    there = f"Its columns: {', '.join(columns)}."
    return "Its cells are separated by tabs: write , or ; instead." if "\t" in there else there


def _refuse_twins(source: Source, columns: list[str], wanted: Iterable[str]) -> None:
    """Refuse a file in which a column that is read could be either of two."""
    twins = [name for name in wanted if columns.count(name) > 1]
    if twins:
        rule = f"has the column {listed(twins, 'and')} more than once"
        raise TableError(source.problem(None, rule, "Give each a name of its own.", 1))


def unread(source: Source, line: int) -> Problem:
    """What is said instead of all further problems of a file."""
    rule = "is not looked at, nor what follows: there is so much to put right before it"
    return source.problem(None, rule, line=line)


def wrong_day(
    source: Source, line: int, name: str, day_types: Collection[str]
) -> Iterator[Problem]:
    """A problem where a name stands for no day."""
    known = (*WEEKDAYS, EVERY_DAY, *day_types)
    if name not in known and not is_date(name):
        rule = 'is no weekday and no date such as "2026-12-24"'
        yield source.problem(name, rule, nearest(name, known), line)


def _wrong_start(source: Source, line: int, cells: Cells) -> Iterator[Problem]:
    start = cells["start"]
    if not _is_start(start):
        yield source.problem(start, 'is not a time of day as "08:30"', line=line)


def _wrong_amount(
    source: Source, line: int, cell: str, amounts: Amounts, *, whole: bool
) -> Iterator[Problem]:
    amount = amounts.value(cell)
    if amount is None:
        yield _no_amount(source, line, cell, amounts)
    elif whole and not amount.is_integer():
        yield source.problem(cell, "must be a whole number", line=line)


def _no_amount(source: Source, line: int, cell: str, amounts: Amounts) -> Problem:
    return source.problem(cell, "must be a number of at least 0", amounts.hint(cell), line)


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
