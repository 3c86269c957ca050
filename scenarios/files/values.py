"""Columns of numbers in a CSV file, as a distribution or a draw of figures is made of."""

from __future__ import annotations

from scenarios.checks.problems import Problem, nearest
from scenarios.files.amounts import Amounts
from scenarios.files.tables import (
    MOST_REPORTED,
    Source,
    TableError,
    no_amount,
    read_lines,
    refuse_twins,
    unread,
)


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
    refuse_twins(source, columns, [name])
    amounts = Amounts((cells[name] for _, cells in rows), separator)
    values: list[float] = []
    problems: list[Problem] = []
    for line, cells in rows:
        if len(problems) >= MOST_REPORTED:
            problems.append(unread(source, line))
            break
        if cells[name] == "":
            continue
        if (value := amounts.value(cells[name])) is not None:
            values.append(value)
        else:
            problems.append(no_amount(source, line, cells[name], amounts))
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
    refuse_twins(source, columns, columns)
    found: dict[str, list[float]] = {}
    problems: list[Problem] = []
    for name in columns:
        amounts = Amounts((cells[name] for _, cells in rows), separator)
        values = [(line, cells[name], amounts.value(cells[name])) for line, cells in rows]
        found[name] = [value for _, _, value in values if value is not None]
        wrong = [(line, cell) for line, cell, value in values if value is None]
        problems += [no_amount(source, line, cell, amounts) for line, cell in wrong]
    if problems:
        more = [unread(source, 1)] if len(problems) > MOST_REPORTED else []
        raise TableError(*problems[:MOST_REPORTED], *more)
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
