"""Predictions against records, worked out by hand."""

import numpy as np
import pytest

from results.backtest.cells import COUNTS, FIGURES, SLOTS
from results.backtest.scores import day_score, half_hour_score, total_score

ABANDONMENT = FIGURES[0]


def cells(*abandoned: float, calls: float = 10.0) -> np.ndarray:
    """One day whose first half hours have calls, of whom so many hung up."""
    table = np.zeros((1, SLOTS, len(COUNTS)))
    table[0, : len(abandoned), 0] = calls
    table[0, : len(abandoned), 1] = abandoned
    return table


def test_bias_and_error_are_weighted_by_calls() -> None:
    seen = cells(1, 3)
    made = np.array([cells(2, 3), cells(2, 3)])
    score = half_hour_score(ABANDONMENT, seen, made)
    assert score.bias == pytest.approx(0.25 - 0.2)
    assert score.rmse == pytest.approx(np.sqrt((0.1**2 + 0) / 2))
    assert day_score(ABANDONMENT, seen, made).rmse == pytest.approx(0.05)
    assert total_score(ABANDONMENT, seen, made).predicted[0] == pytest.approx(0.25)


def test_the_floor_is_the_error_of_the_others_against_one_in_the_place_of_the_records() -> None:
    made = np.array([cells(1), cells(3)])
    # Each predicts the other: off by 0.2 both times.
    assert half_hour_score(ABANDONMENT, cells(2), made).floor == pytest.approx(0.2)


def test_a_perfect_model_meets_its_floor_and_its_bands() -> None:
    random = np.random.default_rng(3)
    made = np.zeros((101, 40, SLOTS, len(COUNTS)))
    made[..., 0] = 20
    made[..., 1] = random.binomial(20, 0.1, made.shape[:-1])
    score = half_hour_score(ABANDONMENT, made[0], made[1:])
    # 1,920 half hours: the standard error of the coverage is 0.9 points, of the error 1.6 %.
    assert score.covered == pytest.approx(0.8, abs=0.03)
    assert score.rmse == pytest.approx(score.floor, rel=0.06)


def test_a_half_hour_in_which_nobody_ever_hangs_up_is_in_the_band_as_often_as_any() -> None:
    made = np.array([cells(0)] * 9)
    assert half_hour_score(ABANDONMENT, cells(0), made).covered == pytest.approx(0.8)


def test_what_was_never_predicted_is_outside_the_band() -> None:
    made = np.array([cells(0)] * 99)
    assert half_hour_score(ABANDONMENT, cells(10), made).covered == 0.0
