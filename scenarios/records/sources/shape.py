"""Where in a text file the table is: what parts its cells, and which line names the columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scenarios.records.names import plain, without_unit

_SEPARATORS = ",;\t|"
_LOOKED_AT = 60
_EVENT = re.compile(r"^\d{9,11}(\.\d+)?\|[^|]*\|[^|]*\|[^|]*\|[A-Z]")
_A_VALUE = re.compile(r"^[\s\d.,:/%$€+-]*$")
EVENT_COLUMNS = (
    *("epoch", "uniqueid", "queue", "agent", "event"),
    *("data1", "data2", "data3", "data4", "data5"),
)


@dataclass(frozen=True)
class Shape:
    """Where the table in a text file is.

    Attributes:
        separator: What parts cells.
        skipped: Lines before the data, with the line of names.
        titles: Lines before the line of names that are not blank.
        names: The columns' names, each once.
    """

    separator: str
    skipped: int
    titles: int
    names: tuple[str, ...]


def shape_of(head: str, known: Collection[str]) -> Shape | None:
    """The shape of a file that begins so; None where there is no table.

    Args:
        head: The first lines of the file.
        known: Plain column names that mappings know.
    """
    lines = head.split("\n")[:_LOOKED_AT]
    first = next((line for line in lines if line.strip()), "")
    if _EVENT.match(first):
        return Shape("|", 0, 0, EVENT_COLUMNS)
    told = first[4:5] if first.lower().startswith("sep=") else ""
    best: tuple[tuple[float, ...], Shape] | None = None
    for separator in told or _SEPARATORS:
        rows = [_cells(line, separator) for line in lines]
        for place, row in enumerate(rows):
            score = _likeness(row, rows[place + 1 :], known)
            if score and (best is None or score > best[0]):
                titles = sum(1 for line in lines[:place] if line.strip())
                best = score, Shape(separator, place + 1, titles, unique(row))
    return None if best is None else best[1]


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each once and none blank."""
    seen: Counter[str] = Counter()
    made = []
    for place, name in enumerate(names):
        text = " ".join(name.split())[:120] or f"column {place + 1}"
        seen[text] += 1
        made.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return tuple(made)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _likeness(
    row: list[str], after: list[list[str]], known: Collection[str]
) -> tuple[float, ...] | None:
    """How much a line is like one of names; None for one that cannot be."""
    names = [cell for cell in row if cell.strip()]
    if len(names) < 2 or len(row) > 2000:
        return None
    familiar = sum(1 for name in set(names) if is_known(name, known))
    values = sum(1 for name in names if _A_VALUE.match(name))
    following = [each for each in after if any(cell.strip() for cell in each)][:20]
    alike = sum(1 for each in following if len(each) in (len(row), len(row) + 1))
    fits = (alike + 1) / (len(following) + 1)
    if familiar < 2 and (values * 2 > len(names) or fits < 0.5):
        return None
    return familiar, fits, len(names) - 2 * values, -0.001 * len(row)


def is_known(name: str, known: Collection[str]) -> bool:
    """Whether a column's name is one that mappings know, with or without its unit."""
    return plain(name) in known or plain(without_unit(name)[0]) in known
