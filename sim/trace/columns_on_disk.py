"""Shelves: the columns of a table of facts, on disk where they are too many for memory.

A long horizon has more of everything that happened than memory should hold. What a shelf has no
room for goes to a temporary file and is read again, a column at a time, when it is wanted.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace.scratch import Scratch
from sim.trace.table import Table

Column = NDArray[Any]

SHELF_BYTES = 2 << 20
"""Room for the columns of one table."""
RECENT_BYTES = 8 << 20
"""Room for what was picked last, of all tables together."""


class Shelf(MutableMapping[str, Column]):
    """Columns of equal length by name; those beyond the room of the shelf are on disk.

    What was read is not to be written into: put a new column in its place.
    """

    def __init__(self) -> None:
        """Begin without any column."""
        self._room = SHELF_BYTES
        self._here: dict[str, Column] = {}
        self._away: dict[str, tuple[int, np.dtype[Any], int]] = {}
        """Where on disk a column begins, its type and its length."""
        self._scratch = Scratch()

    @classmethod
    def of(cls, table: Table) -> Shelf:
        """All columns of a table of the trace."""
        shelf = cls()
        for name in table.columns:
            shelf[name] = table[name]
        return shelf

    def __setitem__(self, name: str, column: Column) -> None:
        """Put a column on the shelf, or in the place of another."""
        if name in self:
            del self[name]
        if column.nbytes <= self._room:
            self._room -= column.nbytes
            self._here[name] = column
        else:
            place = self._scratch.append(np.ascontiguousarray(column).data.cast("B"))
            self._away[name] = (place, column.dtype, len(column))

    def __getitem__(self, name: str) -> Column:
        """A column, from disk as a copy of its own."""
        if name in self._here:
            return self._here[name]
        place, kind, length = self._away[name]
        column = np.empty(length, dtype=kind)
        self._scratch.read(place, column)
        return column

    def __delitem__(self, name: str) -> None:
        """Take a column from the shelf."""
        if name in self._here:
            self._room += self._here.pop(name).nbytes
        else:
            del self._away[name]

    def __iter__(self) -> Iterator[str]:
        """Name the columns."""
        yield from self._here
        yield from self._away

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._here) + len(self._away)


class Recent:
    """What was picked last; when there is no room, what was not wanted for longest goes first."""

    def __init__(self) -> None:
        """Begin without any column."""
        self._room = RECENT_BYTES
        self._columns: OrderedDict[tuple[int, str], Column] = OrderedDict()

    def find(self, rows: int, name: str) -> Column | None:
        """A column of some rows, known by a number of theirs; None when it is gone."""
        column = self._columns.get((rows, name))
        if column is not None:
            self._columns.move_to_end((rows, name))
        return column

    def keep(self, rows: int, name: str, column: Column) -> None:
        """Keep a column that was just picked, if it fits at all."""
        if column.nbytes > RECENT_BYTES:
            return
        self._columns[rows, name] = column
        self._room -= column.nbytes
        while self._room < 0:
            self._room += self._columns.popitem(last=False)[1].nbytes
