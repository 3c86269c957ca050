"""Idle agents: who of a group could take a contact now, in the order of the choice rule."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Generic, Protocol, TypeVar


class _Stamped(Protocol):
    stamp: int
    """Anew each time of being idle."""
    barred: frozenset[int]
    """Reasons that this one does not take."""


Who = TypeVar("Who", bound=_Stamped)
Entry = tuple[float, float, int, Who]
"""Load (0 with nothing in hand), standing by the rule, stamp (the longest idle first), agent."""

NOT_IDLE = 0
"""The stamp of who is not idle: no entry has it."""

_ROOM = 64
"""Entries after which void ones are cleared away: nobody may ever look for these agents."""

_STIR = 9301.618033988749
"""Makes another mark of a mark, by its lower digits."""


class IdleInOrder(Generic[Who]):
    """Idle agents in the order of the choice rule."""

    def __init__(self, free: IdleInOrder[Who] | None = None) -> None:
        """Nobody is idle; those who are ``free`` have nothing in hand and go before these."""
        self.count = 0
        """How many there are; counted only where agents are kept free."""
        self._heap: list[Entry[Who]] = []
        self._heaps = (self._heap,) if free is None else (free._heap, self._heap)
        self._room = _ROOM

    def add(self, entry: Entry[Who]) -> None:
        """An agent is idle; the entry is void as soon as the agent's stamp changes."""
        heappush(self._heap, entry)
        if len(self._heap) > self._room:
            self._heap[:] = _still_idle(self._heap)
            heapify(self._heap)
            self._room = _ROOM + 2 * len(self._heap)

    def first(self, _mark: float, _reason: int = -1) -> Entry[Who] | None:
        """Who goes next and is still idle; everybody takes every reason."""
        for heap in self._heaps:
            while heap:
                entry = heap[0]
                if entry[2] == entry[3].stamp:
                    return entry
                heappop(heap)
        return None


class IdleInNoOrder(Generic[Who]):
    """Idle agents without order, apart from the load: the customer's own mark chooses."""

    def __init__(self) -> None:
        self.entries: dict[float, list[Entry[Who]]] = {}
        """By load."""
        self.count = 0
        """How many there are; counted only where agents are kept free."""
        self._room = _ROOM

    def add(self, entry: Entry[Who]) -> None:
        """An agent is idle, like all others with the same load."""
        entries = self.entries.setdefault(entry[0], [])
        entries.append(entry)
        if len(entries) > self._room:
            entries[:] = _still_idle(entries)
            self._room = _ROOM + 2 * len(entries)

    def first(self, mark: float, _reason: int = -1) -> Entry[Who] | None:
        """Whom the mark points at and who is still idle."""
        return any_of((self,), mark)


class IdleBySkills(Generic[Who]):
    """Idle agents of whom some take other reasons than others: those with the same together."""

    def __init__(self, *, by_mark: bool) -> None:
        """Nobody is idle; ``by_mark`` where the customer's mark chooses, and no rule."""
        self.count = 0
        """How many there are; counted only where agents are kept free."""
        self._by_mark = by_mark
        self._alike: dict[frozenset[int], IdleInOrder[Who] | IdleInNoOrder[Who]] = {}

    def add(self, entry: Entry[Who]) -> None:
        """An agent is idle; the entry is void as soon as the agent's stamp changes."""
        barred = entry[3].barred
        alike = self._alike.get(barred)
        if alike is None:
            alike = IdleInNoOrder() if self._by_mark else IdleInOrder()
            self._alike[barred] = alike
        alike.add(entry)

    def those_for(self, reason: int) -> list[IdleInOrder[Who] | IdleInNoOrder[Who]]:
        """Of those who take a reason; of all where none is meant."""
        return [alike for barred, alike in self._alike.items() if reason not in barred]

    def first(self, mark: float, reason: int = -1) -> Entry[Who] | None:
        """Who goes next of those who take a reason, and is still idle."""
        there = self.those_for(reason)
        if self._by_mark:
            return any_of([each for each in there if isinstance(each, IdleInNoOrder)], mark)
        entries = [entry for alike in there if (entry := alike.first(mark)) is not None]
        return min(entries, key=lambda entry: entry[:3], default=None)


Idle = IdleInOrder[Who] | IdleInNoOrder[Who] | IdleBySkills[Who]
"""The idle agents of a group."""


def any_of(groups: Sequence[IdleInNoOrder[Who]], mark: float) -> Entry[Who] | None:
    """Whom the mark points at among the least busy of all groups, every agent alike."""
    for load in sorted({load for idle in groups for load in idle.entries}):
        rows = [idle.entries[load] for idle in groups if load in idle.entries]
        while left := sum(map(len, rows)):
            entries, chosen = _entry_at(rows, int(mark * left))
            entry = entries[chosen]
            if entry[2] == entry[3].stamp:
                return entry
            entries[chosen] = entries[-1]
            entries.pop()
            # Any entry must be next, not its neighbour: those at the end have come last.
            mark = mark * _STIR % 1.0
    return None


def _entry_at(rows: list[list[Entry[Who]]], number: int) -> tuple[list[Entry[Who]], int]:
    """The row of an entry and its place there, entries counted through all rows."""
    for entries in rows:
        if number < len(entries):
            break
        number -= len(entries)
    return entries, number


def _still_idle(entries: list[Entry[Who]]) -> list[Entry[Who]]:
    return [entry for entry in entries if entry[2] == entry[3].stamp]
