"""The same draws on every machine: exact operations only, and accurate ones."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from scenarios import portable as of_numbers
from sim.draws import portable as of_columns
from sim.draws.columns import Day
from sim.draws.draws import Draws, crowd
from sim.draws.gamma import gamma_of
from sim.draws.normal import normal, normal_at
from sim.draws.quantiles import quantile_of
from tests.support.kept_quantiles import FAMILIES, KEPT, Floats, given, marks, values

RNG = np.random.default_rng(3)
WIDE = np.exp(RNG.uniform(-60.0, 60.0, 3000))
UNIT = np.concatenate([[2.0**-53, 1e-9], RNG.random(3000), [1.0 - 1e-9, 1.0 - 2.0**-53]])

LAST_BIT = 2.3e-16
"""The greatest distance of two neighbouring floats in proportion; libm may err by one as well."""


def test_ten_thousand_values_have_the_same_bits_on_every_machine() -> None:
    kept, now = np.load(KEPT), values()
    assert kept.size >= 10_000
    assert kept.shape == now.shape
    differ = np.argwhere(kept != now)
    assert not len(differ), f"first of {len(differ)}: family and mark {differ[0]}"


@pytest.mark.parametrize("figures", FAMILIES)
def test_a_value_does_not_depend_on_who_else_is_in_the_column(figures: dict[str, Any]) -> None:
    quantile, at = quantile_of(given(**figures)), marks()
    whole = quantile(at)
    assert np.array_equal(quantile(at[3::7]), whole[3::7])
    assert [quantile(at[k : k + 1])[0] for k in range(20)] == whole[:20].tolist()
    assert [quantile.at(mark) for mark in at.tolist()] == whole.tolist()
    long = np.concatenate([at] * 25)
    assert np.array_equal(quantile(long), np.concatenate([whole] * 25))


@pytest.mark.parametrize(
    ("ours", "known", "at"),
    [
        (of_columns.exp, np.exp, RNG.uniform(-700.0, 700.0, 3000)),
        (of_columns.log, np.log, WIDE),
        (of_columns.log1p, np.log1p, np.concatenate([WIDE, -UNIT])),
        (lambda x: of_columns.power(x, 0.7), lambda x: x**0.7, WIDE),
        (lambda x: of_columns.power(x, 3.3), lambda x: x**3.3, WIDE),
    ],
)
def test_functions_err_by_two_units_in_the_last_place_at_most(
    ours: Callable[[Floats], Floats], known: Callable[[Floats], Floats], at: Floats
) -> None:
    assert ours(at) == pytest.approx(known(at), rel=2 * LAST_BIT, abs=0.0)


def test_numbers_and_columns_have_the_same_bits() -> None:
    at = WIDE[:500]
    assert [of_numbers.log(x) for x in at.tolist()] == of_columns.log(at).tolist()
    assert [of_numbers.log1p(x) for x in at.tolist()] == of_columns.log1p(at).tolist()
    assert [of_numbers.power(x, 1.3) for x in at.tolist()] == of_columns.power(at, 1.3).tolist()
    logs = np.log(at)
    assert [of_numbers.exp(x) for x in logs.tolist()] == of_columns.exp(logs).tolist()


def test_the_normal_quantile_has_the_same_bits_for_one_mark_and_for_many() -> None:
    assert [normal_at(mark) for mark in UNIT.tolist()] == normal(UNIT).tolist()


def test_a_customer_drawn_for_alone_has_the_draws_of_the_column() -> None:
    people = crowd("enquiry/0/17", np.arange(100))
    talk = quantile_of(given(distribution="lognormal", mean=240.0, cv=0.8))
    for quantile in (None, talk):
        _, together = Day(Draws(1, 0), people, (30, 70)).alike
        column = together.draw("talk", 16, quantile).tolist()
        _, alone = Day(Draws(1, 0), people, (30, 70)).alike
        assert [alone.one("talk", 16, quantile, place) for place in range(70)] == column
        assert len(set(column)) == 70


def test_the_gamma_function_is_that_of_the_library() -> None:
    for x in np.exp(RNG.uniform(-3.0, 4.0, 100)).tolist():
        assert of_numbers.gamma(x) == pytest.approx(math.gamma(x), rel=8 * LAST_BIT)
        known = pytest.approx(math.lgamma(x), rel=8 * LAST_BIT, abs=8 * LAST_BIT)
        assert of_numbers.log_gamma(x) == known


def test_what_is_beyond_every_number_is_refused() -> None:
    with pytest.raises(OverflowError):
        of_numbers.exp(710.0)
    with pytest.raises(OverflowError):
        of_numbers.power(1e10, 40.0)
    with pytest.raises(ValueError, match="above zero"):
        of_numbers.log(0.0)
    assert of_numbers.exp(-800.0) == of_numbers.power(1e-10, 40.0) == 0.0
    assert of_columns.exp(np.array([-1e9])).tolist() == [0.0]


def test_the_normal_quantile_is_that_of_scipy() -> None:
    assert normal(UNIT) == pytest.approx(special.ndtri(UNIT), rel=2e-15, abs=1e-17)


@pytest.mark.parametrize(
    "shape", [0.25, 0.5, 0.9, 1.0, 1.5, 4.0, 9.9, 10.0, 25.0, 400.0, 9999.0, 1e4]
)
def test_the_gamma_quantile_is_that_of_scipy(shape: float) -> None:
    # scipy errs by some 3e-14 itself; a mark's own grid of 2^-53 is as coarse at the ends.
    assert gamma_of(shape)(UNIT) == pytest.approx(special.gammaincinv(shape, UNIT), rel=5e-14)


@pytest.mark.parametrize("shape", [2e4, 1e5, 1e6, 1e8])
def test_the_gamma_quantile_of_a_huge_shape_meets_its_distribution(shape: float) -> None:
    # What scipy's distribution function errs by itself: its quantiles of such shapes are worse.
    middle = UNIT[(UNIT > 1e-6) & (UNIT < 1.0 - 1e-6)]
    assert stats.gamma(shape).cdf(gamma_of(shape)(middle)) == pytest.approx(middle, rel=1e-7)
