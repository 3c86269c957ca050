"""Answers for programs: JSON without NaN, tidy CSV; numbers as they are, in their own units."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping
from typing import Any


def write_json(answer: Any) -> None:
    """Write an answer as JSON; what is undefined or infinite is null."""
    # Escaped, so that no terminal and no pipe can spoil a currency sign.
    sys.stdout.write(json.dumps(_plain(answer), indent=2, allow_nan=False) + "\n")


def write_csv(rows: Iterable[Mapping[str, Any]], names: Iterable[str] = ()) -> None:
    """Write rows with a line of names; what is undefined or infinite is empty.

    Args:
        rows: what is written.
        names: the line of names when there is no row to take it from.
    """
    writer = None
    rows = list(rows)
    if not rows and (columns := list(names)):
        csv.DictWriter(sys.stdout, columns, lineterminator="\n").writeheader()
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(_plain(row))


def rows_of(columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table that is given as columns of equal length."""
    names, cells = list(columns), [column.tolist() for column in columns.values()]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(entry) for entry in value]
    return value
