"""The columns of tables, on disk where they are too many for memory.

A long horizon has more of everything that happened than memory should hold. What there is no room
for goes to a temporary file and is read again, a column at a time, when it is wanted.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace.scratch import Scratch
from sim.trace.table import Table

Column = NDArray[Any]

COLUMNS_BYTES = 64 << 20
"""Memory for the columns of one trace, of all its tables together."""
PICKED_BYTES = 8 << 20
"""Memory for what was picked last of them."""
PASS_BYTES = 4 << 20
"""Memory for what is read of a table in one pass over its rows."""


class Room:
    """Memory that the columns of several tables share."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self.left = COLUMNS_BYTES


class ColumnStore(MutableMapping[str, Column]):
    """Columns of equal length by name; those for which there is no room are on disk.

    What was read is not to be written into: put a new column in its place.
    """

    def __init__(self, room: Room | None = None) -> None:
        """Begin without any column; tables that are used together share a room."""
        self._room = room or Room()
        self._in_memory: dict[str, Column] = {}
        self._on_disk: dict[str, tuple[int, np.dtype[Any], int]] = {}
        """Where on disk a column begins, its type and its length."""
        self._scratch = Scratch()

    def __setitem__(self, name: str, column: Column) -> None:
        """Store a column, or put it in the place of another."""
        if name in self:
            del self[name]
        if column.nbytes <= self._room.left:
            self._room.left -= column.nbytes
            self._in_memory[name] = column
        else:
            place = self._scratch.append(np.ascontiguousarray(column).data.cast("B"))
            self._on_disk[name] = (place, column.dtype, len(column))

    def __getitem__(self, name: str) -> Column:
        """A column, from disk as a copy of its own."""
        if name in self._in_memory:
            return self._in_memory[name]
        place, kind, length = self._on_disk[name]
        column = np.empty(length, dtype=kind)
        self._scratch.read(place, column)
        return column

    def __delitem__(self, name: str) -> None:
        """Take a column out."""
        if name in self._in_memory:
            self._room.left += self._in_memory.pop(name).nbytes
        else:
            del self._on_disk[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a column; it need not be read for that."""
        return name in self._in_memory or name in self._on_disk

    def __iter__(self) -> Iterator[str]:
        """Name the columns."""
        yield from self._in_memory
        yield from self._on_disk

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._in_memory) + len(self._on_disk)


def columns_of(table: Table, names: Sequence[str]) -> Iterator[tuple[str, Column]]:
    """Columns of a table of the trace, codes and counts in half the memory: a million feel it.

    Each pass over the rows reads as many columns as there is memory for.

    Args:
        table: of the trace.
        names: of its columns.

    Returns:
        Each name with its column of shape (rows,): int32 for codes and counts, float64 otherwise.
    """
    at_a_time = max(1, PASS_BYTES // (8 * len(table) + 1))
    for begin in range(0, len(names), at_a_time):
        yield from table.read(names[begin : begin + at_a_time]).items()


class PickedColumns:
    """What was picked last; when there is no room, what was not wanted for longest goes first."""

    def __init__(self) -> None:
        """Begin without any column."""
        self._left = PICKED_BYTES
        self._columns: OrderedDict[tuple[int, str], Column] = OrderedDict()

    def find(self, rows: int, name: str) -> Column | None:
        """A column of some rows, known by a number of theirs; None when it is gone."""
        column = self._columns.get((rows, name))
        if column is not None:
            self._columns.move_to_end((rows, name))
        return column

    def keep(self, rows: int, name: str, column: Column) -> None:
        """Keep a column that was just picked, if it fits at all."""
        if column.nbytes > PICKED_BYTES:
            return
        self._columns[rows, name] = column
        self._left -= column.nbytes
        while self._left < 0:
            self._left += self._columns.popitem(last=False)[1].nbytes
