"""Interval tables packed: they are most of a summary, and most of them are looked at rarely.

A week of a centre with eighteen parts is 600 KB as arrays and a sixth of that packed, which is what
a worker sends and what is held of a thousand replications. The bits are the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from results.measures.slice import Cut

Columns = dict[str, NDArray[np.float32]]


class PackedIntervals(Mapping[Cut, Columns]):
    """Interval tables by cut, each unpacked anew when it is asked for: keep what you need."""

    __slots__ = ("_names", "_packed")

    def __init__(self, tables: Mapping[Cut, Columns]) -> None:
        """Pack tables whose columns are of equal length within each."""
        names = {tuple(columns) for columns in tables.values()}
        # Nearly always one: then the names are there once.
        one = {each: each for each in names}
        self._names = {cut: one[tuple(columns)] for cut, columns in tables.items()}
        self._packed = {cut: _packed(columns) for cut, columns in tables.items()}

    def __getitem__(self, cut: Cut) -> Columns:
        """The columns of a cut, shape (intervals,) each."""
        names, packed = self._names[cut], self._packed[cut]
        if not names:
            return {}
        rows = np.frombuffer(zlib.decompress(packed), dtype=np.float32).reshape(len(names), -1)
        return dict(zip(names, rows, strict=True))

    def __contains__(self, cut: object) -> bool:
        """Whether there is a table of a cut; nothing is unpacked."""
        return cut in self._packed

    def __iter__(self) -> Iterator[Cut]:
        """The cuts in the order in which they were given."""
        return iter(self._packed)

    def __len__(self) -> int:
        """How many cuts there are."""
        return len(self._packed)


def _packed(columns: Columns) -> bytes:
    # A higher level saves a tenth and takes twice as long.
    return zlib.compress(np.array([*columns.values()], dtype=np.float32).tobytes(), level=1)
