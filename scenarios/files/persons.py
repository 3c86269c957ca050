"""Persons in CSV files: who they are, and when each is on duty."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from scenarios.checks.problems import Problem, nearest
from scenarios.files.amounts import Amounts
from scenarios.files.tables import (
    Cells,
    Source,
    TableError,
    Whose,
    day_column,
    day_of,
    lines_of,
    read_lines,
    refuse_missing,
    wrong_day,
)
from scenarios.parts.clock import EVERY_DAY, WEEKDAYS, is_date
from scenarios.parts.persons import window_span

Persons = dict[str, dict[str, Any]]
"""What a scenario says of each person, by name."""

_FACTORS = ("talk_factor", "wrap_up_factor", "cut_off_factor", "knowledge")
_TEXTS = ("name", "group", "skills")


def read_persons(source: Source, group: str, day_types: Collection[str]) -> Persons:
    """Read a table with the column name, and others by the keys of a person and by days.

    Raises:
        TableError: with what is wrong in the file.
    """
    columns, rows, separator = read_lines(source, lower=False)
    columns = [_column(name) for name in columns]
    rows = [(line, dict(zip(columns, cells.values(), strict=True))) for line, cells in rows]
    refuse_missing(source, columns, ("name",))
    days = [name for name in columns if name not in (*_TEXTS, *_FACTORS)]
    problems = [p for name in days for p in _wrong_column(source, name, day_types)]
    if problems:
        raise TableError(*problems)
    rows = lines_of(source, columns, rows, Whose("group", group))
    amounts = {
        name: Amounts((cells[name] for _, cells in rows), separator)
        for name in _FACTORS
        if name in columns
    }
    found: Persons = {}
    for line, cells in rows:
        if cells["name"] in found or not cells["name"]:
            rule = "is there twice" if cells["name"] else "must have a name"
            problems.append(source.problem(cells["name"] or None, rule, line=line))
        person, wrong = _person(source, line, cells, amounts, days)
        found[cells["name"]] = person
        problems += wrong
    if problems:
        raise TableError(*problems)
    return found


def _column(name: str) -> str:
    """A column by its key or day; the names of day types are left as they are."""
    lower = name.lower()
    return lower if lower in (*_TEXTS, *_FACTORS, *WEEKDAYS, EVERY_DAY) else name


def _wrong_column(source: Source, name: str, day_types: Collection[str]) -> Iterator[Problem]:
    if name in (*WEEKDAYS, EVERY_DAY, *day_types) or is_date(name):
        return
    rule = "is neither a key of a person nor a day"
    known = (*_TEXTS, *_FACTORS, EVERY_DAY, *WEEKDAYS, *day_types)
    yield source.problem(name, rule, nearest(name, known, "Known"), 1)


def _skills(cell: str) -> list[str]:
    """Names with | between or behind them, where they have blanks; else with blanks between."""
    each = cell.split("|") if "|" in cell else cell.split()
    return [name for part in each if (name := part.strip())]


def _person(
    source: Source, line: int, cells: Cells, amounts: dict[str, Amounts], days: list[str]
) -> tuple[dict[str, Any], list[Problem]]:
    person: dict[str, Any] = {}
    problems = []
    if cells.get("skills"):
        person["skills"] = _skills(cells["skills"])
    for name, column in amounts.items():
        if cells[name]:
            value = column.value(cells[name].removeprefix("-"))
            if value is None:
                hint = column.hint(cells[name])
                problems.append(source.problem(cells[name], f"is no number ({name})", hint, line))
            else:
                person[name] = -value if cells[name].startswith("-") else value
    windows = {name: cells[name].replace("|", " ").split() for name in days if cells[name]}
    for window in (window for row in windows.values() for window in row):
        problems += _wrong_window(source, line, window)
    if windows:
        person["windows"] = windows
    return person, problems


def _wrong_window(source: Source, line: int, window: str) -> Iterator[Problem]:
    try:
        window_span(window)
    except ValueError as error:
        yield source.problem(window, f"is no stretch of duty: {error}", line=line)


def read_windows(
    source: Source, group: str, day_types: Collection[str], persons: Persons
) -> Persons:
    """The persons with the stretches of duty of a table: name, date (or weekday), start, end.

    Where nothing is known of any person, they are those of the table.

    Raises:
        TableError: with what is wrong in the file.
    """
    columns, rows, _ = read_lines(source, lower=True)
    day = day_column(columns)
    refuse_missing(source, columns, ("name", day, "start", "end"))
    known, found = dict(persons), {name: dict(person) for name, person in persons.items()}
    problems: list[Problem] = []
    for line, cells in lines_of(source, columns, rows, Whose("group", group)):
        name, date = cells["name"], day_of(cells[day])
        window = f"{cells['start']}-{cells['end']}"
        wrong = [
            *wrong_day(source, line, date, day_types),
            *_wrong_window(source, line, window),
            *_stranger(source, line, name, known),
        ]
        problems += wrong
        if not wrong:
            windows = found.setdefault(name, {}).setdefault("windows", {})
            windows.setdefault(date, []).append(window)
    if problems:
        raise TableError(*problems)
    return found


def _stranger(source: Source, line: int, name: str, known: Persons) -> Iterator[Problem]:
    if known and name not in known:
        rule = "is nobody in the table of persons"
        yield source.problem(name, rule, nearest(name, known, "Known"), line)
