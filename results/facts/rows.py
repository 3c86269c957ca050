"""Columns of equal length whose rows are picked without copying what nobody reads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import count as count_from
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace.columns_on_disk import Recent

_numbers = count_from(0)
"""Every set of rows has a number, by which what was picked of it is found."""


class Rows:
    """Some rows of a set of columns; a column is picked when it is read, and kept for a while."""

    def __init__(
        self, columns: Mapping[str, NDArray[Any]], length: int, recent: Recent | None = None
    ) -> None:
        """Hold all rows of these columns, each of shape (length,).

        ``recent`` keeps what was picked last; tables that are used together share one.
        """
        self._source: Mapping[str, NDArray[Any]] | Rows = columns
        self._picked: NDArray[np.int32] | None = None
        self._recent = recent or Recent()
        self._number = next(_numbers)
        self._length = length

    def __len__(self) -> int:
        """Count the rows."""
        return self._length

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column, shape (rows,)."""
        if self._picked is None:
            return self._source[name]
        column = self._recent.find(self._number, name)
        if column is None:
            column = self._source[name][self._picked]
            self._recent.keep(self._number, name, column)
        return column

    def where(self, mask: NDArray[np.bool_]) -> Rows:
        """The rows at which the mask, shape (rows,), is true."""
        picked = np.flatnonzero(mask)
        if len(picked) == len(self):
            return self
        part = Rows({}, len(picked), self._recent)
        part._source, part._picked = self, picked.astype(np.int32)
        return part


def ratio(part: float, whole: float) -> float:
    """A part over its whole; NaN when there is no whole."""
    return float(part) / float(whole) if whole else math.nan


def count(mask: NDArray[Any]) -> int:
    """How many are true."""
    return int(np.count_nonzero(mask))


def mean(values: NDArray[Any]) -> float:
    """The mean; NaN of nothing."""
    return float(values.mean()) if len(values) else math.nan


def quantile(values: NDArray[Any], share: float) -> float:
    """The value that a share of all values does not exceed, interpolated; NaN of nothing."""
    return float(np.quantile(values, share)) if len(values) else math.nan


def largest(values: NDArray[Any]) -> float:
    """The largest value; NaN of nothing."""
    return float(values.max()) if len(values) else math.nan


def any_of(codes: NDArray[Any], values: Iterable[float]) -> NDArray[np.bool_]:
    """True where a code is one of a few values; several times as fast as isin for columns."""
    found = np.zeros(len(codes), dtype=np.bool_)
    for value in values:
        found |= codes == value
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
