"""Common random numbers: every draw is a function of who it is for and what it is for.

A draw depends on (seed, replication, stream) and on the person (a customer or an agent), never on
the order of events, so a policy changes what is done to customers and not who they are. Persons
are 64-bit numbers; a stream is the purpose of the draw with its occasion (attempt, leg, day).
The numbers come from two rounds of the SplitMix64 finaliser (Steele, Lea & Flood 2014) over the
person's number, keyed by a BLAKE2b digest of the stream: evaluated for a whole column at once,
and the same whichever part of the column is asked for.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Persons = NDArray[np.uint64]
Marks = NDArray[np.float64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLY_1 = np.uint64(0xBF58476D1CE4E5B9)
_MULTIPLY_2 = np.uint64(0x94D049BB133111EB)
_NEXT = np.uint64(0xD1B54A32D192ED03)
_ALL = (1 << 64) - 1
_TO_UNIT = 2.0**-52
"""Width of the 2^52 cells of (0, 1); their middles are floats, the greatest of them is below 1."""


class Draws:
    """All randomness of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        """Key the draws; the same seed and replication give the same bits on every machine."""
        self._root = f"{seed}/{replication}/"

    def marks(self, stream: str, persons: Persons) -> Marks:
        """One uniform mark strictly between 0 and 1 for every person, shape of ``persons``."""
        first, second = self.key(stream)
        bits = _mixed(_mixed(persons + np.uint64(first)) + np.uint64(second))
        return (bits >> np.uint64(12)).astype(np.float64) * _TO_UNIT + _TO_UNIT / 2

    def key(self, stream: str) -> tuple[int, int]:
        """Two 64-bit numbers that stand for a stream."""
        digest = blake2b((self._root + stream).encode(), digest_size=16).digest()
        return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def mark_by(key: tuple[int, int], person: int) -> float:
    """The mark of one person in a stream, the same as in a column, without making a column."""
    bits = person
    for part in key:
        bits = (bits + part) & _ALL
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & _ALL
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB & _ALL
        bits ^= bits >> 31
    return (bits >> 12) * _TO_UNIT + _TO_UNIT / 2


def person(name: str) -> np.uint64:
    """The number of a person (or of a day's first customer) known by a name."""
    return np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))


def crowd(name: str, numbers: NDArray[np.int64]) -> Persons:
    """Persons that share a name and differ by number, shape of ``numbers``."""
    return person(name) + numbers.astype(np.uint64) * _GOLDEN


def next_selves(persons: Persons) -> Persons:
    """The same persons with something new: others in every draw."""
    return _mixed(persons + _NEXT)


def _mixed(bits: Persons) -> Persons:
    bits = (bits ^ (bits >> np.uint64(30))) * _MULTIPLY_1
    bits = (bits ^ (bits >> np.uint64(27))) * _MULTIPLY_2
    return bits ^ (bits >> np.uint64(31))
