"""Two runs side by side: what changed from the one to the other."""

import math

import pytest

from results.comparison.two_runs import changes, policy_pairs
from tests.support.known_answers import experiment_with

BEFORE = experiment_with(
    {"today": {"asa": [60.0, 80.0, 70.0]}, "quick": {"asa": [30.0, 50.0, 40.0]}}
)
AFTER = experiment_with({"today": {"asa": [50.0, 71.0, 59.0]}, "slow": {"asa": [90.0, 99.0, 95.0]}})


def test_policies_of_one_name_are_laid_beside_each_other() -> None:
    assert policy_pairs(BEFORE, AFTER) == (("today", "today"),)


def test_without_a_common_policy_the_baselines_are_compared() -> None:
    other = experiment_with({"all-new": {"asa": [1.0, 2.0]}})
    assert policy_pairs(BEFORE, other) == (("today", "all-new"),)


def test_the_difference_is_taken_replication_by_replication() -> None:
    (asa,) = changes(BEFORE, AFTER, ("today", "today"), ["asa"])
    assert asa.first.mean == pytest.approx(70.0)
    assert asa.second.mean == pytest.approx(60.0)
    assert asa.difference.estimate.mean == pytest.approx(-10.0)
    # Differences -10, -9, -11: s = 1, t(2, 0.975) = 4.303.
    assert asa.difference.estimate.half_width == pytest.approx(4.3027 / math.sqrt(3.0), rel=1e-4)
    assert asa.difference.effect == "better"


def test_runs_of_different_length_are_compared_over_what_both_have() -> None:
    short = experiment_with({"today": {"asa": [50.0, 71.0]}})
    (asa,) = changes(BEFORE, short, ("today", "today"), ["asa"])
    assert asa.difference.estimate.n == 2
    assert asa.first.n == 3
