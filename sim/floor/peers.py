"""Peers: people who wait and stand alike in the order of service, counted without looking at each.

Kept only where customers are told a wait or offered a callback; see ``expected_wait.py``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterator
from enum import IntEnum
from math import inf
from typing import NamedTuple

Rank = tuple[int, int]
"""The position of a group, and how far down its list of preferred reasons one stands there."""
Ranks = tuple[Rank, ...]


class Relation(IntEnum):
    """How somebody stands to somebody else in the order of service."""

    AFTER = 0
    """Served later, however long either has waited."""
    BY_SCORE = 1
    """The higher score goes first."""
    BEFORE = 2
    """Served first, however long either has waited."""


class Standing(NamedTuple):
    """What decides in which order people are served, apart from how long each has waited."""

    lane: int
    """The kind of attention asked for; a lower number goes first."""
    base: float
    """Points at the moment of joining."""
    points_per_s: float
    ranks: Ranks

    def against(self, other: Standing, groups: Collection[int]) -> Relation | None:
        """How one stands to another in those of the groups that take both; None if none does.

        Who goes first in one of the groups goes first.
        """
        found: Relation | None = None
        theirs = dict(other.ranks)
        for group, rank in self.ranks:
            if group in groups and group in theirs:
                mine, other_s = (self.lane, rank), (other.lane, theirs[group])
                one = Relation.BY_SCORE
                if mine != other_s:
                    one = Relation.BEFORE if mine < other_s else Relation.AFTER
                found = one if found is None else max(found, one)
        return found

    def lead_s(self, other: Standing, wait_s: float) -> float:
        """By how many seconds one may begin to wait later and still outrank the other.

        Both scores are those at the end of the other's wait; without end (inf) where points come
        from something else than waiting, and below zero where one has to come earlier.
        """
        more = self.base - other.base
        if self.points_per_s != other.points_per_s:
            more += (self.points_per_s - other.points_per_s) * wait_s
        if self.points_per_s > 0.0:
            return more / self.points_per_s
        return 0.0 if more == 0.0 else inf if more > 0.0 else -inf


class Peers:
    """People who wait for the same groups and stand alike, by since when they wait."""

    __slots__ = ("since", "standing")

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.since: list[float] = []

    def add(self, since: float) -> None:
        """Somebody begins to wait."""
        insort(self.since, since)

    def remove(self, since: float) -> None:
        """Somebody waits no more."""
        del self.since[bisect_left(self.since, since)]

    def until(self, time: float) -> int:
        """How many have waited since that time or longer."""
        return bisect_right(self.since, time)


class Crowd:
    """Everybody who waits for an agent of any group, but for written work."""

    def __init__(self) -> None:
        self._by_standing: dict[Standing, Peers] = {}

    def __len__(self) -> int:
        """Kinds of standing that there have been so far."""
        return len(self._by_standing)

    def __iter__(self) -> Iterator[Peers]:
        """All that have been so far, in the order in which they first came up."""
        return iter(self._by_standing.values())

    def join(
        self, before: Peers | None, since: float, lane: int, score: float, pace: float, at: Rank
    ) -> Peers:
        """Somebody stands in line for a group too, or for the first; returns the peers.

        ``score`` is that of the midnight at which the horizon begins, ``pace`` what it gains in a
        second.
        """
        base = score if pace == 0.0 else round(score + pace * since, 6)
        ranks: Ranks = (at,)
        if before is not None:
            before.remove(since)
            ranks = (*before.standing.ranks, at)
        standing = Standing(lane, base, pace, ranks)
        peers = self._by_standing.get(standing)
        if peers is None:
            peers = self._by_standing[standing] = Peers(standing)
        peers.add(since)
        return peers
