"""Columns of tables made as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import DataTable


def fit(table: DataTable[Text], rows: Sequence[Sequence[Text]]) -> None:
    """Make each column as wide as its widest cell, before the rows are put in.

    A table would do so by itself a moment later, and keep the lines that it has painted in the
    meantime.
    """
    for number, column in enumerate(table.columns.values()):
        column.auto_width = False
        column.width = max(1, *(width_of(text) for text in (column.label, *_column(rows, number))))


def _column(rows: Sequence[Sequence[Text]], number: int) -> list[Text]:
    return [row[number] for row in rows]


def width_of(text: Text) -> int:
    """The width of the widest line of a text."""
    return max((line.cell_len for line in text.split("\n")), default=0)
