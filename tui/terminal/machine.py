"""Answers for programs: JSON without NaN, tidy CSV; numbers as they are, in their own units."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from scenarios.files.characters import visible

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so is a formula to a table program; behind an apostrophe it is text.

The last four are the wide forms of the first.
"""


FORMAT = 1
"""Of every answer in JSON: one more whenever a key goes or means something else. Keys are added
without a new number."""


def write_json(answer: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write an answer as a JSON object with its format; what is undefined or infinite is null.

    Args:
        answer: the keys of the object; or rows, which become its key ``rows``.
    """
    body = answer if isinstance(answer, Mapping) else {"rows": answer}
    write_document({"format": FORMAT, **body})


def write_document(document: Any) -> None:
    """Write JSON that has a format of its own: a schema."""
    # Escaped, so that no terminal and no pipe can spoil a currency sign.
    sys.stdout.write(json.dumps(_plain(document), indent=2, allow_nan=False) + "\n")


def write_csv(
    rows: Iterable[Mapping[str, Any]], names: Iterable[str] = (), to: TextIO | None = None
) -> None:
    """Write rows with a line of names; what is undefined or infinite is empty.

    Numbers stay numbers. A text that a table program would compute or a terminal would obey is
    written so that it is only text; a list is written as JSON.

    Args:
        rows: what is written.
        names: the line of names when there is no row to take it from.
        to: a file; None is the answer on stdout.
    """
    writer = csv.writer(sys.stdout if to is None else to, lineterminator="\n")
    is_named = False
    for row in rows:
        if not is_named:
            writer.writerow(map(_only_text, row))
            is_named = True
        writer.writerow(map(_only_text, _plain(row).values()))
    if not is_named and (columns := list(names)):
        writer.writerow(map(_only_text, columns))


def _only_text(cell: Any) -> Any:
    if isinstance(cell, list | Mapping):
        cell = json.dumps(cell, ensure_ascii=False)
    if not isinstance(cell, str):
        return cell
    computed = cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return visible(f"'{cell}" if computed else cell)


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
