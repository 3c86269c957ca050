"""CSV files next to a scenario as tables: their columns, their lines, and whose those are."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scenarios.checks.problems import Problem, listed, nearest
from scenarios.files.amounts import COMMA, Amounts
from scenarios.parts.clock import EVERY_DAY, WEEKDAYS, is_date

Cells = dict[str, str]

_DAYS = ("date", "weekday")
"""Columns that say of which day a line is; whichever it is, it holds any name of a day."""
MOST_REPORTED = 50
"""Problems of one file after which reading stops."""


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
        problems = [
            source.problem(None, rule, hint if more else "", n) for n in short[:MOST_REPORTED]
        ]
        rest = [unread(source, short[MOST_REPORTED])] if len(short) > MOST_REPORTED else []
        raise TableError(*problems, *rest)
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
    refuse_twins(source, columns, wanted)


def _columns_there(columns: list[str]) -> str:
    """The columns of a file that lacks some; cells apart by tabs look like a single one."""
    there = f"Its columns: {', '.join(columns)}."
    return "Its cells are separated by tabs: write , or ; instead." if "\t" in there else there


def refuse_twins(source: Source, columns: list[str], wanted: Iterable[str]) -> None:
    """Refuse a file in which a column that is read could be either of two."""
    twins = [name for name in wanted if columns.count(name) > 1]
    if twins:
        rule = f"has the column {listed(twins, 'and')} more than once"
        raise TableError(source.problem(None, rule, "Give each a name of its own.", 1))


def unread(source: Source, line: int) -> Problem:
    """What is said instead of all further problems of a file."""
    rule = "is not checked, nor are the lines after it: there is too much to fix before it"
    return source.problem(None, rule, line=line)


def wrong_day(
    source: Source, line: int, name: str, day_types: Collection[str]
) -> Iterator[Problem]:
    """A problem where a name stands for no day."""
    known = (*WEEKDAYS, EVERY_DAY, *day_types)
    if name not in known and not is_date(name):
        rule = 'is no weekday and no date such as "2026-12-24"'
        yield source.problem(name, rule, nearest(name, known), line)


def no_amount(source: Source, line: int, cell: str, amounts: Amounts) -> Problem:
    """A cell that holds no number."""
    return source.problem(cell, "must be a number of at least 0", amounts.hint(cell), line)
