"""Shapley values: what each player of a game brings, in shares that add up to the whole.

The value of a player is what it adds when it joins the players before it, averaged over every order
in which they can come (Shapley, A value for n-person games, 1953). With all sets of players known
the average is exact; from some orders it is an estimate, and each order still adds up exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Players = frozenset[int]
"""A set of players by number."""

Game = Mapping[Players, Floats]
"""What each set of players comes to, shape (replications,)."""


def every_set(count: int) -> Iterator[Players]:
    """All sets of so many players, the empty one first."""
    for size in range(count + 1):
        yield from map(frozenset, combinations(range(count), size))


def sampled_orders(count: int, orders: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Orders of so many players drawn at random, each followed by its reverse.

    An order and its reverse belong together: a player that comes early in one comes late in the
    other, which halves the error for players whose gain changes evenly with their place.
    """
    rng = np.random.default_rng(seed)
    found: list[tuple[int, ...]] = []
    while len(found) < orders:
        order = tuple(int(one) for one in rng.permutation(count))
        found += [order, order[::-1]]
    return tuple(found[:orders])


def sets_of(orders: Sequence[Sequence[int]]) -> tuple[Players, ...]:
    """The sets of players that stand before each player of some orders, each once."""
    found = [frozenset(order[:at]) for order in orders for at in range(len(order) + 1)]
    return tuple(dict.fromkeys(found))


def exact(game: Game, count: int) -> list[Floats]:
    """The value of each player from all sets, shape (replications,) each.

    Args:
        game: of every set of ``count`` players.
        count: how many players there are.
    """
    values = []
    for player in range(count):
        others = [one for one in range(count) if one != player]
        parts = []
        for size in range(count):
            weight = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
            for chosen in combinations(others, size):
                before = frozenset(chosen)
                parts.append(weight * (game[before | {player}] - game[before]))
        values.append(np.sum(parts, axis=0))
    return values


def by_orders(game: Game, orders: Sequence[Sequence[int]]) -> tuple[list[Floats], list[Floats]]:
    """The value of each player from some orders, and how far it may be off for want of the others.

    Returns:
        The values, shape (replications,) each; and the standard error of each over the orders,
        shape (replications,), NaN for a single order.
    """
    count = len(orders[0])
    gains = np.array(
        [
            [
                game[frozenset(order[: order.index(player) + 1])]
                - game[frozenset(order[: order.index(player)])]
                for player in range(count)
            ]
            for order in orders
        ]
    )
    values = gains.mean(axis=0)
    if len(orders) < 2:
        return list(values), list(np.full_like(values, math.nan))
    return list(values), list(gains.std(axis=0, ddof=1) / math.sqrt(len(orders)))
