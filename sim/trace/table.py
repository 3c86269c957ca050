"""A table of the trace: rows packed as they come, and read by column afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import starmap
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.trace.scratch import Scratch

Columns = Mapping[str, type[int] | type[float]]
"""Column names with their type: int for codes and counts, float for times, lengths, money."""


class Column(NamedTuple):
    """A column of a table, and what is in it."""

    kind: type[int] | type[float]
    meaning: str
    unit: str = ""
    """Empty for codes, counts and plain numbers."""


def kinds(columns: Mapping[str, Column]) -> Columns:
    """The types of columns by name."""
    return {name: column.kind for name, column in columns.items()}


KEPT_BYTES = 1 << 18
"""What a table keeps in memory; whatever comes before it goes to disk, so that a long horizon
takes no more memory than a short one."""


class Table:
    """Rows of equal shape, packed as they come and read by column afterwards."""

    def __init__(self, columns: Columns) -> None:
        """Start an empty table with these columns."""
        self.columns = columns
        kinds = {name: "i4" if kind is int else "f8" for name, kind in columns.items()}
        self._dtype = np.dtype(list(kinds.items()), align=True)
        codes = ("i" if kind is int else "d" for kind in columns.values())
        # The layout of the machine, to the end of the last double, is the quickest to pack.
        self._pack = Struct("@" + "".join(codes) + "0d").pack
        self._rows: list[tuple[float, ...]] = []
        """The newest rows, not packed yet: a row alone takes twice as long to pack."""
        self._cells = bytearray()
        """Packed rows that are not on disk."""
        self._scratch = Scratch()
        self.add: Callable[[tuple[float, ...]], None] = self._rows.append
        """Append one row that ``sim.trace.rows`` made: a number for each column, in order."""

    def write(self, **cells: float) -> None:
        """Append one row: a number for each column, by name.

        Raises:
            TypeError: a column is missing, or there is none of such a name.
        """
        if cells.keys() != self.columns.keys():
            wrong = ", ".join(sorted(cells.keys() ^ self.columns.keys()))
            raise TypeError(f"a row has each column of its table and no other: {wrong}")
        self.add(tuple([cells[name] for name in self.columns]))

    def pack(self) -> None:
        """Pack the rows that were added since the last time; rows take far more memory before."""
        if not self._rows:
            return
        self._cells += b"".join(starmap(self._pack, self._rows))
        self._rows.clear()
        if len(self._cells) >= KEPT_BYTES:
            self._scratch.append(self._cells)
            self._cells = bytearray()

    def __len__(self) -> int:
        """Count the rows."""
        self.pack()
        return (len(self._scratch) + len(self._cells)) // self._dtype.itemsize

    def __getitem__(self, column: str) -> NDArray[Any]:
        """One column, shape (rows,): int64 for codes and counts, float64 for the rest."""
        return self.read([column])[column].astype(self.columns[column], copy=False)

    def as_dict(self) -> dict[str, NDArray[Any]]:
        """All columns by name."""
        return {column: self[column] for column in self.columns}

    def read(self, columns: Sequence[str]) -> dict[str, NDArray[Any]]:
        """Some columns by name in one pass over the rows, shape (rows,) each: int32 and float64."""
        found = {name: np.empty(len(self), dtype=self._dtype[name]) for name in columns}
        begin = 0
        for rows in self._stretches():
            for name, column in found.items():
                column[begin : begin + len(rows)] = rows[name]
            begin += len(rows)
        return found

    def parts(self) -> Iterator[dict[str, NDArray[Any]]]:
        """All columns by name, stretch by stretch of the rows."""
        for rows in self._stretches():
            yield {name: rows[name].astype(kind) for name, kind in self.columns.items()}

    def _stretches(self) -> Iterator[NDArray[Any]]:
        """The rows in order, a few at a time."""
        self.pack()
        size, end = self._dtype.itemsize, len(self._scratch)
        stretch = KEPT_BYTES // size * size
        for place in range(0, end, stretch):
            rows = np.empty(min(stretch, end - place) // size, dtype=self._dtype)
            self._scratch.read(place, rows)
            yield rows
        yield np.frombuffer(self._cells, dtype=self._dtype)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs to have the same rows."""
        cells = b"".join(rows.tobytes() for rows in self._stretches())
        return {"columns": self.columns, "cells": cells}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Have the rows of a table from another process."""
        Table.__init__(self, state["columns"])
        self._cells = bytearray(state["cells"])
