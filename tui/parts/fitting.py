"""Texts made as wide as their place, columns of tables as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widgets import DataTable


def fitted(text: str, width: int) -> str:
    """A text cut or filled to a width in columns; a letter of Chinese, say, takes two."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…"


def shortened(text: str, width: int) -> str:
    """The same with the middle left out: titles of policies often differ in how they end."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    head = set_cell_size(text, max(0, 2 * (width - 1) // 3)).rstrip()
    tail = text
    while tail and cell_len(head) + 1 + cell_len(tail) > width:
        tail = tail[1:]
    return set_cell_size(f"{head}…{tail}", width)


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
