"""From what value of a customer on a policy pays: by hand, and against the paired interval."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from results.comparison.break_even import break_even
from results.comparison.estimate import estimate

SAVES = np.array([-100.0, -102.0, -98.0, -100.0])
COSTS = -SAVES
KEEPS = np.array([-4.0, -4.1, -3.9, -4.0])
LOSES = -KEEPS


def test_a_policy_that_costs_a_hundred_and_keeps_four_customers_pays_from_twenty_five_on() -> None:
    found = break_even(COSTS, KEEPS, 0.95)
    assert found.pays == "above"
    assert found.value == pytest.approx(25.0)
    assert found.low < 25.0 < found.high


def test_a_policy_that_saves_a_hundred_and_loses_four_customers_pays_below_twenty_five() -> None:
    found = break_even(SAVES, LOSES, 0.95)
    assert (found.pays, found.value) == ("below", pytest.approx(25.0))


def test_what_is_cheaper_and_keeps_customers_pays_at_any_value_and_its_opposite_at_none() -> None:
    assert break_even(SAVES, KEEPS, 0.95).pays == "at any value"
    assert break_even(COSTS, LOSES, 0.95).pays == "at no value"


def test_what_costs_nothing_and_loses_customers_pays_at_no_value() -> None:
    assert break_even(np.zeros(4), LOSES, 0.95).pays == "at no value"
    assert break_even(np.full(4, -1e-6), LOSES, 0.95).pays == "at no value"


def test_without_spread_nothing_is_known_of_the_break_even() -> None:
    assert break_even(COSTS[:1], KEEPS[:1], 0.95).pays == "unknown"
    assert break_even(np.zeros(3), np.zeros(3), 0.95).pays == "unknown"


def test_where_customers_kept_may_be_chance_no_value_is_large_enough_to_be_sure() -> None:
    chance = np.array([-4.0, 4.0, -5.0, 4.5])
    found = break_even(COSTS, chance, 0.95)
    assert found.high == math.inf
    assert found.low > 0.0, "at a value of nothing the policy clearly costs more"


numbers = st.floats(-100.0, 100.0).map(lambda value: round(value, 1))


@given(st.lists(st.tuples(numbers, numbers), min_size=3, max_size=12), st.floats(0.0, 200.0))
def test_in_the_interval_and_only_there_it_is_not_clear_which_costs_less(
    pairs: list[tuple[float, float]], value: float
) -> None:
    cost, lost = (np.array(side) for side in zip(*pairs, strict=True))
    assume(np.ptp(cost) > 0.0)
    assume(np.ptp(lost) > 0.0)
    found = break_even(cost, lost, 0.95)
    paired = estimate(cost + value * lost, 0.95)
    # At the edges rounding decides.
    assume(abs(abs(paired.mean) - paired.half_width) > 1e-6 * (1.0 + abs(paired.mean)))
    if found.low <= value <= found.high:
        assert not paired.excludes_zero or (found.low, found.high) == (0.0, math.inf)
    else:
        assert paired.excludes_zero
