"""Patience from waits of which most were ended by an answer, worked out by hand."""

import numpy as np
import pytest

from scenarios.fit.survival import exponential_mean, kaplan_meier, weibull


def test_kaplan_and_meier_by_hand() -> None:
    # Hang-ups at 10 (of 5 waiting) and 30 (of 2); answers at 10, 20 and 40.
    time = np.array([10.0, 10.0, 20.0, 30.0, 40.0])
    left = np.array([True, False, False, True, False])
    curve = kaplan_meier(time, left)
    assert curve.times.tolist() == [10, 30]
    assert curve.at_risk.tolist() == [5, 2]
    assert curve.survival == pytest.approx([4 / 5, 4 / 5 * 1 / 2])
    # Greenwood: S² (1/(5·4) + 1/(2·1)).
    assert curve.error[1] == pytest.approx(0.4 * np.sqrt(1 / 20 + 1 / 2))
    assert (curve.at(9.9), curve.at(10), curve.at(29), curve.at(99)) == pytest.approx(
        (1.0, 0.8, 0.8, 0.4)
    )


def test_the_median_is_where_half_have_left_and_unknown_where_they_never_do() -> None:
    all_left = kaplan_meier(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4, dtype=bool))
    assert all_left.quantile(0.5).value == 2
    few_left = kaplan_meier(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, False, False, False]))
    assert np.isnan(few_left.quantile(0.5).value)


def test_mean_patience_is_all_time_waited_over_the_hang_ups() -> None:
    mean = exponential_mean(np.array([10.0, 20.0, 30.0]), np.array([True, False, True]))
    assert mean.value == 30.0
    assert mean.low < 30.0 < mean.high


def test_averaging_the_waits_of_those_who_hung_up_makes_patience_several_times_too_short() -> None:
    random = np.random.default_rng(4)
    patience, offered = random.exponential(300, 20_000), random.exponential(40, 20_000)
    wait, left = np.minimum(patience, offered), patience < offered
    mean = exponential_mean(wait, left)
    assert wait[left].mean() < 40
    # About 2,350 hang-ups: the standard error is 2 %.
    assert mean.value == pytest.approx(300, rel=0.08)
    assert 300 in mean


def test_a_censored_weibull_law_is_found_again() -> None:
    random = np.random.default_rng(7)
    patience, offered = 200 * random.weibull(0.8, 20_000), random.exponential(90, 20_000)
    law = weibull(np.minimum(patience, offered), patience < offered)
    # Four standard errors: the 95 % interval is two on either side.
    for estimate, true in ((law.shape, 0.8), (law.scale, 200.0)):
        assert abs(estimate.value - true) < 2 * (estimate.high - estimate.low) / 2
        assert (estimate.high - estimate.low) / true < 0.15
