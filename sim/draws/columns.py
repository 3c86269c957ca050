"""Draws of the customers of one day: alone as long as few need one, then a column for everybody.

What a call of numpy costs beside its numbers is spent once for all reasons of the day: the uniform
marks, and what the quantiles of one family have in common (``Quantile.base``).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from sim.draws.draws import Draws, Marks, Persons, mark_by
from sim.draws.quantiles import OfColumn, Quantile, in_blocks

_FEW = 12
"""Draws that are cheaper one by one than for a day of few customers."""
_MORE_FOR = 64
"""So many customers of a day make one draw more cheaper one by one."""


class _Stream:
    """One purpose on one occasion: marks and what is made of them, for everybody of the day."""

    __slots__ = ("_made", "_named", "_persons", "alone", "key")

    def __init__(self, draws: Draws, name: str, persons: Persons, alone: int) -> None:
        self._named = draws, name
        self._persons = persons
        self._made: dict[OfColumn | None, Marks] = {}
        self.key = draws.key(name)
        self.alone = alone
        """How many more are drawn for one by one."""

    def column(self, base: OfColumn | None) -> Marks:
        """The marks of everybody, or what a family of quantile functions does with them first."""
        made = self._made.get(base)
        if made is None:
            draws, name = self._named
            if base is None:
                made = draws.marks(name, self._persons)
            else:
                made = in_blocks(base, self.column(None))
            self._made[base] = made
        return made


class Day:
    """The draws of everybody who makes contact for the first time on one day."""

    def __init__(
        self,
        draws: Draws,
        persons: Persons,
        counts: Sequence[int],
        usual: set[tuple[str, int]] | None = None,
    ) -> None:
        """Draw nothing yet.

        Args:
            draws: of the replication.
            persons: the customers, those of one reason after those of another.
            counts: how many there are of each reason.
            usual: purposes and occasions that many customers needed on a day before; those of
                this day are added.
        """
        self._draws = draws
        self.persons = persons
        self._few = _FEW + len(persons) // _MORE_FOR
        self.usual = set() if usual is None else usual
        self._streams: dict[tuple[str, int], _Stream] = {}
        ends = np.cumsum(counts).tolist()
        self.alike = [Alike(self, end - n, end) for n, end in zip(counts, ends, strict=True)]
        """The customers of each reason."""

    def stream(self, purpose: str, occasion: int) -> _Stream:
        """The draws for a purpose on an occasion (service and leg)."""
        stream = self._streams.get((purpose, occasion))
        if stream is None:
            alone = 0 if (purpose, occasion) in self.usual else self._few
            stream = _Stream(self._draws, f"{purpose}/{occasion}", self.persons, alone)
            self._streams[purpose, occasion] = stream
        return stream


class Alike:
    """The customers of one reason and day."""

    def __init__(self, day: Day, start: int, end: int) -> None:
        self._day = day
        self._start = start
        self._among = slice(start, end)
        self.columns: dict[tuple[str, int, Quantile | None], array[float]] = {}
        """What was drawn for all of them, by purpose, occasion and quantile function."""

    def one(self, purpose: str, occasion: int, quantile: Quantile | None, place: int) -> float:
        """Draw a purpose for one of them: alone as long as few are asked for, then for all."""
        stream = self._day.stream(purpose, occasion)
        if not stream.alone:
            self._day.usual.add((purpose, occasion))
            return self.draw(purpose, occasion, quantile)[place]
        stream.alone -= 1
        mark = mark_by(stream.key, int(self._day.persons[self._start + place]))
        return mark if quantile is None else quantile.at(mark)

    def draw(self, purpose: str, occasion: int, quantile: Quantile | None) -> array[float]:
        """Draw a purpose for all of them on an occasion (service and leg), and keep the column.

        Uniform marks, or times and money when there is a quantile function.
        """
        stream = self._day.stream(purpose, occasion)
        if quantile is None:
            values = stream.column(None)[self._among]
        else:
            values = quantile.of_base(stream.column(quantile.base)[self._among])
        column = array("d", values.tobytes())
        self.columns[purpose, occasion, quantile] = column
        return column
