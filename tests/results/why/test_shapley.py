"""Shapley values, by hand."""

import numpy as np
import pytest

from results.why.shapley import by_orders, every_set, exact, sampled_orders, sets_of


def game(value):
    return {players: np.array([value(players)], float) for players in every_set(3)}


def test_players_who_do_not_depend_on_each_other_bring_what_they_bring_alone() -> None:
    alone = {0: 3.0, 1: -1.0, 2: 5.0}
    values = exact(game(lambda players: sum(alone[one] for one in players)), 3)
    assert [float(one[0]) for one in values] == pytest.approx([3.0, -1.0, 5.0])


def test_what_two_bring_only_together_is_shared_between_them() -> None:
    # By hand: 12 if both of the first two are there; the third adds 6 alone.
    values = exact(game(lambda players: 12.0 * ({0, 1} <= players) + 6.0 * (2 in players)), 3)
    assert [float(one[0]) for one in values] == pytest.approx([6.0, 6.0, 6.0])


def test_every_order_adds_up_to_the_whole() -> None:
    found = game(lambda players: len(players) ** 2 + 7.0 * (0 in players))
    orders = sampled_orders(3, 5, seed=1)
    values, errors = by_orders(found, orders)
    whole = found[frozenset({0, 1, 2})] - found[frozenset()]
    assert sum(values)[0] == pytest.approx(whole[0])
    assert all(error[0] >= 0.0 for error in errors)
    assert set(sets_of(orders)) <= set(every_set(3))


def test_all_orders_give_the_exact_values() -> None:
    from itertools import permutations

    found = game(lambda players: len(players) ** 3 + 4.0 * ({1, 2} <= players))
    values, _ = by_orders(found, list(permutations(range(3))))
    assert [float(one[0]) for one in values] == pytest.approx(
        [float(one[0]) for one in exact(found, 3)]
    )
