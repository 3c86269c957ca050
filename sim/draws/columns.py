"""Draws of the customers of one day: alone as long as few need one, then a column for everybody.

What a call of numpy costs besides its numbers is spent once for all reasons of the day: the uniform
marks, and what the quantiles of one family have in common (``Quantile.base``).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from sim.draws.draws import Draws, Marks, Persons, mark_by, next_selves
from sim.draws.quantiles import OfColumn, Quantile, in_blocks

_FEW = 12
"""Draws that are cheaper one by one than for a day of few customers."""
_MORE_FOR = 256
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

    def begins(self) -> bool:
        """Whether no column has been made yet."""
        return not self._made

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


Usual = dict[tuple[str, int], dict[tuple[int, Quantile | None], None]]
"""By purpose and occasion: for which reasons, by number, many needed which quantile function."""


class Day:
    """The draws of everybody who makes contact for the first time on one day."""

    def __init__(
        self,
        draws: Draws,
        persons: Persons,
        counts: Sequence[int],
        usual: Usual | None = None,
    ) -> None:
        """Draw nothing yet.

        Args:
            draws: of the replication.
            persons: the customers, those of one reason after those of another.
            counts: how many there are of each reason.
            usual: what many needed on a day before; what many need on this one is added.
        """
        self._draws = draws
        self.persons = persons
        self._few = _FEW + len(persons) // _MORE_FOR
        self._usual = {} if usual is None else usual
        self._streams: dict[tuple[str, int], _Stream] = {}
        self._counts = counts
        self._next: Day | None = None
        ends = np.cumsum(counts).tolist()
        self.alike = [
            Alike(self, number, end - count, end)
            for number, (count, end) in enumerate(zip(counts, ends, strict=True))
        ]
        """The customers of each reason."""

    def next_selves(self) -> Day:
        """The draws of the same customers about something new."""
        if self._next is None:
            self._next = Day(self._draws, next_selves(self.persons), self._counts)
        return self._next

    def stream(self, purpose: str, occasion: int) -> _Stream:
        """The draws for a purpose on an occasion (service and leg)."""
        stream = self._streams.get((purpose, occasion))
        if stream is None:
            alone = 0 if (purpose, occasion) in self._usual else self._few
            stream = _Stream(self._draws, f"{purpose}/{occasion}", self.persons, alone)
            self._streams[purpose, occasion] = stream
        return stream

    def draw(self, purpose: str, occasion: int, number: int, quantile: Quantile | None) -> None:
        """Make a column for a reason by its number, and with the first all that are usual."""
        usual = self._usual.setdefault((purpose, occasion), {})
        wanted = [(number, quantile)]
        if self.stream(purpose, occasion).begins():
            wanted += [each for each in list(usual) if each != (number, quantile)]
        usual[number, quantile] = None
        self._make(purpose, occasion, [each for each in wanted if each[0] < len(self.alike)])

    def _make(
        self, purpose: str, occasion: int, wanted: Sequence[tuple[int, Quantile | None]]
    ) -> None:
        """Make columns for some reasons; what ends in the same function goes through it at once."""
        stream = self.stream(purpose, occasion)
        parts: dict[OfColumn | None, list[tuple[Alike, Quantile | None, Marks]]] = {}
        for number, quantile in wanted:
            alike = self.alike[number]
            base, last = (None, None) if quantile is None else (quantile.base, quantile.last)
            values = stream.column(base)[alike.among]
            if quantile is not None:
                values = quantile.but_last(values)
            parts.setdefault(last, []).append((alike, quantile, values))
        for last, together in parts.items():
            columns = [values for _, _, values in together]
            if last is not None:
                cuts = np.cumsum([len(values) for values in columns])[:-1]
                columns = np.split(in_blocks(last, np.concatenate(columns)), cuts)
            for (alike, quantile, _), column in zip(together, columns, strict=True):
                alike.columns[purpose, occasion, quantile] = array("d", column.tobytes())


class Alike:
    """The customers of one reason and day."""

    def __init__(self, day: Day, number: int, start: int, end: int) -> None:
        self._day = day
        self._number = number
        self._start = start
        self.among = slice(start, end)
        """Where they stand among the customers of the day."""
        self.columns: dict[tuple[str, int, Quantile | None], array[float]] = {}
        """What was drawn for all of them, by purpose, occasion and quantile function."""

    def next_selves(self) -> Alike:
        """The same customers about something new: with draws of their own."""
        return self._day.next_selves().alike[self._number]

    def one(self, purpose: str, occasion: int, quantile: Quantile | None, place: int) -> float:
        """Draw a purpose for one of them: alone as long as few are asked for, then for all."""
        stream = self._day.stream(purpose, occasion)
        if not stream.alone:
            return self.draw(purpose, occasion, quantile)[place]
        stream.alone -= 1
        mark = mark_by(stream.key, int(self._day.persons[self._start + place]))
        return mark if quantile is None else quantile.at(mark)

    def draw(self, purpose: str, occasion: int, quantile: Quantile | None) -> array[float]:
        """Draw a purpose for all of them on an occasion (service and leg), and keep the column.

        Uniform marks, or times and money when there is a quantile function.
        """
        self._day.draw(purpose, occasion, self._number, quantile)
        return self.columns[purpose, occasion, quantile]
