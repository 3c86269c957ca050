"""Rows of a table that are picked, or grouped, without copying what nobody reads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import count as count_from
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace.columns_on_disk import PickedColumns
from sim.trace.equations import ratio as ratio

_numbers = count_from(0)
"""Every set of rows has a number, by which what was picked of it is found."""


class Rows:
    """Some rows of a table, in an order; a column is picked when it is read, and kept a while."""

    def __init__(
        self,
        columns: Mapping[str, NDArray[Any]],
        length: int,
        kept: PickedColumns | None = None,
        picked: NDArray[np.int32] | None = None,
        ends: NDArray[np.intp] | None = None,
    ) -> None:
        """Hold rows of these columns.

        Args:
            columns: each of shape (rows of the table,).
            length: how many rows.
            kept: what was picked last; tables that are used together share one.
            picked: the rows of the table, shape (length,); all of them when None.
            ends: where each group of rows ends, the begin of the first in front, shape
                (groups + 1,); None when all groups have all rows.
        """
        self._columns = columns
        self._length = length
        self._kept = kept or PickedColumns()
        self._picked = picked
        self._ends = ends
        self._number = next(_numbers)

    def __len__(self) -> int:
        """Count the rows."""
        return self._length

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column, shape (rows,)."""
        if self._picked is None:
            return self._columns[name]
        column = self._kept.find(self._number, name)
        if column is None:
            column = self._columns[name].take(self._picked)
            self._kept.keep(self._number, name, column)
        return column

    def __contains__(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self._columns

    def where(self, mask: NDArray[np.bool_]) -> Rows:
        """The rows at which the mask, shape (rows,), is true; each stays in its group."""
        chosen = mask.nonzero()[0]
        if len(chosen) == len(self):
            return self
        ends = None if self._ends is None else np.searchsorted(chosen, self._ends)
        return self._pick(chosen, ends)

    def grouped(self, group: NDArray[np.integer[Any]], groups: int) -> Rows:
        """The rows group by group, in their order; those of no group are left out.

        Args:
            group: number of the group of each row, below zero for none, shape (rows,).
            groups: how many there are.
        """
        # Short numbers are sorted without comparing, in a pass over them for each byte.
        short = group.astype(np.int8 if groups < 128 else np.int16)
        order = np.argsort(short, kind="stable")
        ends = np.searchsorted(short.take(order), np.arange(-1, groups), side="right")
        return self._pick(order[ends[0] :], ends - ends[0])

    def group(self, number: int) -> Rows:
        """The rows of one group, which shares what is picked with the other groups."""
        if self._ends is None:
            return self
        return _Stretch(self, *self._ends[number : number + 2].tolist())

    def _pick(self, rows: NDArray[np.intp], ends: NDArray[np.intp] | None) -> Rows:
        picked = rows.astype(np.int32) if self._picked is None else self._picked.take(rows)
        return Rows(self._columns, len(picked), self._kept, picked, ends)


class _Stretch(Rows):
    """Neighbours among some rows: a column of theirs is a part of the rows' column, no copy."""

    def __init__(self, rows: Rows, begin: int, end: int) -> None:
        super().__init__(rows._columns, end - begin, rows._kept)
        self._rows = rows
        self._span = slice(begin, end)

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._rows[name][self._span]

    def _pick(self, rows: NDArray[np.intp], ends: NDArray[np.intp] | None) -> Rows:
        return self._rows._pick(rows + self._span.start, ends)


def count(mask: NDArray[Any]) -> int:
    """How many are true."""
    return int(np.count_nonzero(mask))


def mean(values: NDArray[Any]) -> float:
    """The mean, to the bit as numpy's own, which takes three times as long; NaN of nothing."""
    total = np.add.reduce(values, dtype=np.float64)
    return float(total / len(values)) if len(values) else math.nan


def quantile(values: NDArray[np.float64], share: float) -> float:
    """The value that a share of all values does not exceed, interpolated; NaN of nothing.

    To the bit as numpy's own, which takes three times as long.
    """
    if not len(values):
        return math.nan
    place = (len(values) - 1) * share
    before = math.floor(place)
    after = min(before + 1, len(values) - 1)
    in_place = np.partition(values, (before, after))
    low, high, part = float(in_place[before]), float(in_place[after]), place - before
    step = high - low
    return low + step * part if part < 0.5 else high - step * (1.0 - part)


def largest(values: NDArray[Any]) -> float:
    """The largest value; NaN of nothing."""
    return float(values.max()) if len(values) else math.nan


def having(codes: NDArray[Any], value: float) -> NDArray[np.bool_]:
    """True where a code is this one; six times as fast as to compare with a code by its name."""
    equal: NDArray[np.bool_] = codes == int(value)
    return equal


def any_of(codes: NDArray[Any], values: Iterable[float]) -> NDArray[np.bool_]:
    """True where a code is one of a few values; several times as fast as isin for columns."""
    found = np.zeros(len(codes), dtype=np.bool_)
    for value in values:
        found |= codes == int(value)
    return found


def positions(numbers: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each wanted number stands among the numbers; -1 for those that are not there.

    Args:
        numbers: each number once, none below zero, shape (n,).
        wanted: shape (m,), and so is the result.
    """
    size = 1 + max(int(numbers.max(initial=-1)), int(wanted.max(initial=-1)))
    # One more cell, never filled, for a wanted -1.
    place = np.full(size + 1, -1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    return place[wanted]


def firsts(sorted_numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True at the first of each run of equal numbers."""
    first = np.ones(len(sorted_numbers), dtype=np.bool_)
    first[1:] = sorted_numbers[1:] != sorted_numbers[:-1]
    return first


def lasts(sorted_numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True at the last of each run of equal numbers."""
    return firsts(sorted_numbers[::-1])[::-1]
