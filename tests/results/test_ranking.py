"""A ranking by one measure: which policies cannot be told apart, with known chances of error."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from results import Experiment
from results.comparison.estimate import t_quantile
from results.comparison.ranking import ranking
from results.errors import ExperimentError
from results.measures.summary import Summary
from results.reading.names import titles_of
from results.reading.ranking import ranking_note, ranking_sentence, rows_of
from scenarios import Policy
from tests.support.known_answers import SCENARIO


def of(values: NDArray[np.float64], measure: str = "asa", **others: float) -> Experiment:
    """An experiment in which a measure has these values, shape (policies, replications)."""
    names = [SCENARIO.baseline, *(f"policy-{number}" for number in range(1, len(values)))]
    policies = {name: Policy(title=name) for name in names[1:]}
    finished = {
        (name, number): Summary({("all", ""): {measure: float(value), **others}}, {}, {}, {})
        for name, row in zip(names, values, strict=True)
        for number, value in enumerate(row)
    }
    scenario = SCENARIO.model_copy(update={"policies": policies})
    count = values.shape[1]
    return Experiment(scenario, tuple(names), 1, count, finished, complete=True)


def test_policies_stand_in_the_order_of_their_means_and_far_apart_each_has_one_rank() -> None:
    customers = np.array([3.0, -2.0, 0.5, 1.0])
    found = ranking(of(np.array([[30.0], [10.0], [20.0]]) + customers), "asa")
    assert [place.policy for place in found.places] == ["policy-1", "policy-2", "today"]
    assert [(place.best, place.worst) for place in found.places] == [(1, 1), (2, 2), (3, 3)]
    assert found.first == ("policy-1",)
    most = ranking(of(np.array([[0.3], [0.1], [0.2]]) + customers / 100, "fcr"), "fcr")
    assert [place.policy for place in most.places] == ["today", "policy-2", "policy-1"]


def test_the_interval_of_a_difference_is_that_of_the_pairs_adjusted_for_all_of_them() -> None:
    values = np.array([[10.0, 12.0, 11.0], [11.0, 14.0, 14.0], [40.0, 41.0, 45.0]])
    found = ranking(of(values), "asa")
    second = found.places[1]
    pairs = np.array([1.0, 2.0, 3.0])
    quantile = t_quantile(1.0 - 0.05 / 3.0 / 2.0, 2)
    assert second.behind.mean == pytest.approx(2.0)
    assert second.behind.half_width == pytest.approx(quantile * pairs.std(ddof=1) / math.sqrt(3))
    assert math.isnan(found.places[0].behind.mean)
    assert found.pairs == 3


def test_equal_policies_are_told_apart_in_at_most_a_twentieth_of_all_cases() -> None:
    draws, trials, wrong = np.random.default_rng(5), 200, 0
    for _ in range(trials):
        customers = draws.normal(0.0, 9.0, 6)
        found = ranking(of(40.0 + customers + draws.normal(0.0, 1.0, (3, 6))), "asa")
        wrong += any(place.best > 1 or place.worst < 3 for place in found.places)
    # Bonferroni keeps the chance of any error at 5 %; three standard errors of 200 trials.
    assert wrong / trials <= 0.05 + 3.0 * math.sqrt(0.05 * 0.95 / trials)


def test_the_true_rank_lies_within_the_ranks_that_are_named() -> None:
    draws, trials, held = np.random.default_rng(6), 200, 0
    truth = np.array([[12.0], [10.0], [11.0]])
    ranks = {"policy-1": 1, "policy-2": 2, "today": 3}
    apart = 0
    for _ in range(trials):
        customers = draws.normal(0.0, 9.0, 6)
        found = ranking(of(truth + 30.0 + customers + draws.normal(0.0, 0.7, (3, 6))), "asa")
        held += all(one.best <= ranks[one.policy] <= one.worst for one in found.places)
        apart += found.places[-1].best > 1
    # At least 95 %, less three standard errors of 200 trials.
    assert held / trials >= 0.95 - 3.0 * math.sqrt(0.05 * 0.95 / trials)
    assert apart > trials / 4, "and it is not said of everything that nothing is known"


def test_a_policy_that_sends_customers_off_is_not_ranked_before_the_others() -> None:
    customers = np.array([3.0, -2.0, 0.5, 1.0])
    found = of(np.array([[30.0], [10.0], [20.0]]) + customers)
    for (name, number), summary in found.finished.items():
        sent = 0.2 if name == "policy-1" else 0.0
        whole = {**summary.values["all", ""], "turned_away": sent}
        found.finished[name, number] = Summary({("all", ""): whole}, {}, {}, {})  # type: ignore[index]
    by_wait = ranking(found, "asa")
    assert by_wait.places[0].policy == "policy-1"
    assert (by_wait.places[0].best, by_wait.places[0].worst) == (1, 3)
    assert set(by_wait.places[0].alike) == {"policy-2", "today"}


def test_what_has_no_better_direction_or_no_second_policy_is_not_ranked() -> None:
    with pytest.raises(ExperimentError, match="neither more nor less"):
        ranking(of(np.ones((2, 3)), "occupancy"), "occupancy")
    with pytest.raises(ExperimentError, match="two policies"):
        ranking(of(np.ones((1, 3))), "asa")
    with pytest.raises(ExperimentError, match="measure"):
        ranking(of(np.ones((2, 3))), "happiness")


def test_a_sentence_says_who_is_first_who_may_be_and_who_is_last() -> None:
    customers = np.array([3.0, -2.0, 0.5, 1.0])
    one = of(np.array([[30.0], [10.0], [20.0]]) + customers)
    titles = titles_of(one.scenario, one.policies)
    found = ranking(one, "asa")
    said = ranking_sentence(found, titles, "Average speed of answer")
    assert "policy-1 is the best for certain, and Today is the last" in said
    assert "all 3 pairs" in ranking_note(found)
    rows = rows_of(found, titles, "€")
    assert [row.rank for row in rows] == ["1", "2", "3"]
    assert rows[0].behind == ""
    assert rows[1].behind.startswith("+10")
    noise = np.array([[0.0, 4.0, -4.0, 1.0], [1.0, -3.0, 4.0, 0.0], [40.0, 41.0, 43.0, 40.0]])
    close = of(30.0 + noise)
    said = ranking_sentence(ranking(close, "asa"), titles, "Average speed of answer")
    assert "cannot be told apart" in said
    assert rows_of(ranking(close, "asa"), titles, "€")[0].rank == "1 to 2"
    same = of(np.array([[1.0, 2.0], [2.0, 1.0]]))
    said = ranking_sentence(ranking(same, "asa"), titles, "Average speed of answer")
    assert "no policy is known to be better" in said
    single = ranking_sentence(ranking(of(np.array([[1.0], [2.0]])), "asa"), titles, "Wait")
    assert "one replication" in single
