"""Crossings, worked out by hand."""

import math

import pytest

from results.comparison.estimate import Estimate
from results.studies.crossing import crossing
from results.studies.factor import Factor
from results.studies.words import crossing_words

LEVELS = [10.0, 20.0, 30.0, 40.0]


def found(*heights: tuple[float, float]) -> list[Estimate]:
    return [Estimate(mean, half, 5) for mean, half in heights]


def test_a_goal_between_two_levels_is_read_off_a_straight_line() -> None:
    # From −3 at 20 to +1 at 30: three quarters of the way, 27.5. The upper end of the interval
    # goes from −2 to 2 (half way, 25), the lower from −4 to 0 (at 30).
    here = crossing(LEVELS, found((-8, 1), (-3, 1), (1, 1), (4, 1)))
    assert here.at == pytest.approx(27.5)
    assert here.low == pytest.approx(25.0)
    assert here.high == pytest.approx(30.0)
    assert not here.begins_beyond


def test_what_no_level_reaches_is_said_to_be_out_of_reach() -> None:
    here = crossing(LEVELS, found((-8, 1), (-7, 1), (-6, 1), (-5, 1)))
    assert math.isnan(here.at)
    assert here.high == math.inf
    assert not here.is_reached


def test_what_the_interval_only_touches_is_not_certain() -> None:
    here = crossing(LEVELS, found((-8, 1), (-3, 1), (-1, 1), (0.5, 1)))
    assert here.at == pytest.approx(30 + 10 * 1 / 1.5)
    assert here.high == math.inf


def test_a_goal_that_the_lowest_level_meets_begins_beyond() -> None:
    here = crossing(LEVELS, found((2, 1), (3, 1), (4, 1), (5, 1)))
    assert here.begins_beyond
    assert here.at == here.low == here.high == 10.0


def test_levels_at_which_nothing_is_known_are_passed_over() -> None:
    nothing = Estimate(math.nan, math.nan, 0)
    here = crossing(LEVELS, [*found((-8, 1)), nothing, *found((8, 1), (9, 1))])
    assert here.at == pytest.approx(20.0)


def test_what_is_cheap_enough_from_the_start_has_a_level_up_to_which_it_is() -> None:
    # From 1 at 20 to −3 at 30 it falls short a quarter of the way, at 22.5; the ends of the
    # interval do at 20 (0) and 25 (2 to −2).
    here = crossing(LEVELS, found((5, 1), (1, 1), (-3, 1), (-8, 1)))
    assert here.begins_beyond
    assert here.returns is not None
    assert here.returns.at == pytest.approx(22.5)
    assert (here.returns.low, here.returns.high) == pytest.approx((20.0, 25.0))
    said = crossing_words(here, Factor("groups.a.heads+=", (10, 20, 30, 40)))
    assert said == "already at +10, and up to +22.5 (+20 to +25)"


def test_what_is_alike_at_the_first_level_is_worth_that_level() -> None:
    here = crossing(LEVELS, found((0, 0), (-1, 1), (-3, 1), (-8, 1)))
    assert (here.at, here.returns) == (10.0, None)
