"""Benches: the agents of a team who could take a contact now, in the order of the choice rule."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Generic, Protocol, TypeVar


class _Stamped(Protocol):
    stamp: int
    """Changes whenever the availability does."""


Who = TypeVar("Who", bound=_Stamped)
Seat = tuple[float, float, int, Who]
"""Load (0 with nothing in hand), standing by the rule, stamp (the longest idle first), agent."""

_ROOM = 64
"""Seats after which void ones are cleared away: nobody may ever ask for this bench."""

_STIR = 9301.618033988749
"""Makes another mark of a mark, by its lower digits."""


class Bench(Generic[Who]):
    """Seats in the order of the choice rule."""

    def __init__(self) -> None:
        self._heap: list[Seat[Who]] = []
        self._room = _ROOM

    def join(self, seat: Seat[Who]) -> None:
        """Sit down; the seat is void as soon as the agent's stamp changes."""
        heappush(self._heap, seat)
        if len(self._heap) > self._room:
            self._heap = _still_taken(self._heap)
            heapify(self._heap)
            self._room = _ROOM + 2 * len(self._heap)

    def first(self, _mark: float) -> Seat[Who] | None:
        """Who goes next, still seated."""
        heap = self._heap
        while heap:
            seat = heap[0]
            if seat[2] == seat[3].stamp:
                return seat
            heappop(heap)
        return None


class RandomBench(Generic[Who]):
    """Seats without order, apart from the load: the customer's own mark chooses."""

    def __init__(self) -> None:
        self.seats: dict[float, list[Seat[Who]]] = {}
        """By load."""
        self._room = _ROOM

    def join(self, seat: Seat[Who]) -> None:
        """Sit down anywhere among those with the same load."""
        seats = self.seats.setdefault(seat[0], [])
        seats.append(seat)
        if len(seats) > self._room:
            seats[:] = _still_taken(seats)
            self._room = _ROOM + 2 * len(seats)

    def first(self, mark: float) -> Seat[Who] | None:
        """Whom the mark points at, still seated."""
        return any_of((self,), mark)


def any_of(benches: Sequence[RandomBench[Who]], mark: float) -> Seat[Who] | None:
    """Whom the mark points at among the least busy of all benches, every seat alike."""
    for load in sorted({load for bench in benches for load in bench.seats}):
        rows = [bench.seats[load] for bench in benches if load in bench.seats]
        while left := sum(map(len, rows)):
            seats, chosen = _seat_at(rows, int(mark * left))
            seat = seats[chosen]
            if seat[2] == seat[3].stamp:
                return seat
            seats[chosen] = seats[-1]
            seats.pop()
            # Any seat must be next, not the one beside: those at the end sat down last.
            mark = mark * _STIR % 1.0
    return None


def _seat_at(rows: list[list[Seat[Who]]], number: int) -> tuple[list[Seat[Who]], int]:
    """The row of a seat and its place there, seats counted through all rows."""
    for seats in rows:
        if number < len(seats):
            break
        number -= len(seats)
    return seats, number


def _still_taken(seats: list[Seat[Who]]) -> list[Seat[Who]]:
    return [seat for seat in seats if seat[2] == seat[3].stamp]
