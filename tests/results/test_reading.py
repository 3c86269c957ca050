"""What is shown of a result: which rows, which marks, which axis, which endings."""

from dataclasses import replace

import pytest

from results.comparison.compare import compare
from results.experiments.experiment import Experiment
from results.facts.endings import ENDINGS
from results.reading.endings import endings
from results.reading.headlines import HEADLINES
from results.reading.rows import CANDIDATES, rows_of
from results.reading.table import measure_rows
from results.reading.tradeoff import trade_off
from tests.support.known_answers import experiment_with

ALIKE = {"asa": [20.0, 24.0, 28.0], "fcr_complaints": [0.5, 0.6, 0.7]}


def two(today: dict[str, list[float]], other: dict[str, list[float]]) -> Experiment:
    return experiment_with({"today": {**ALIKE, **today}, "other": {**ALIKE, **other}})


def rows(experiment: Experiment) -> tuple[str, ...]:
    return rows_of([compare(experiment)])


def test_whatever_a_verdict_names_may_have_a_row() -> None:
    assert {line.measure for line in HEADLINES} <= set(CANDIDATES)


def test_a_verdict_may_name_whatever_the_default_table_shows() -> None:
    assert set(CANDIDATES) <= {line.measure for line in HEADLINES}


def test_no_wait_is_an_answer_and_no_cost_is_none_written_down() -> None:
    nothing = {"asa": [0.0] * 3, "service_cost": [0.0] * 3, "approvals_per_complaint": [0.0] * 3}
    assert rows(two(nothing, nothing)) == ("asa", "fcr_complaints")


def test_where_many_take_a_callback_nobody_is_told_when_nine_in_ten_are_answered() -> None:
    at_once = {"wait_p90": [0.0] * 3, "callbacks_taken": [0.05] * 3}
    assert "wait_p90" in rows(two(at_once, at_once))
    moved = {**at_once, "callbacks_taken": [0.4] * 3, "time_to_agent": [900.0] * 3}
    assert {"wait_p90", "time_to_agent"} & set(rows(two(at_once, moved))) == {"time_to_agent"}


def test_a_row_that_matters_only_where_policies_differ_is_there_only_then() -> None:
    satisfied = {"csat_true": [0.80, 0.81, 0.82]}
    assert "csat_true" not in rows(two(satisfied, satisfied))
    assert "csat_true" in rows(two(satisfied, {"csat_true": [0.84, 0.85, 0.87]}))
    assert "csat_true" in rows(experiment_with({"today": {**ALIKE, **satisfied}})), "alone"


def test_a_clear_difference_that_rounds_to_nothing_has_no_mark() -> None:
    # One ten-thousandth of a point less in every replication: clear, and nobody can read it.
    hardly = {"abandonment": [0.100, 0.120, 0.150]}
    less = {"abandonment": [0.100 - 1e-6, 0.120 - 1.1e-6, 0.150 - 0.9e-6]}
    comparison = compare(two(hardly, less))
    difference = comparison.findings["other", "abandonment"].difference
    assert difference is not None
    assert difference.effect == "better"
    (row,) = measure_rows(comparison, ["abandonment"])
    cell = row.cells["other"]
    assert (cell.mark, cell.word, cell.arrow) == (" ", "same", "=")


@pytest.mark.parametrize(
    ("complaints", "cases", "upwards"),
    [
        ([0.5, 0.6, 0.7], [0.8] * 3, "fcr_complaints"),
        ([float("nan")] * 3, [0.8] * 3, "fcr"),
        ([float("nan")] * 3, [1.0] * 3, "abandonment"),
        ([1.0] * 3, [0.9] * 3, "fcr"),
    ],
)
def test_against_waits_stands_the_first_measure_that_the_policies_could_differ_in(
    complaints: list[float], cases: list[float], upwards: str
) -> None:
    found = {"fcr_complaints": complaints, "fcr": cases, "abandonment": [0.1, 0.1, 0.2]}
    view = trade_off(compare(two(found, found)))
    assert view is not None
    assert view.upwards == upwards


def test_nothing_stands_against_waits_where_nobody_waits_on_a_line() -> None:
    nobody = {"asa": [float("nan")] * 3}
    assert trade_off(compare(two(nobody, nobody))) is None


def test_a_share_of_endings_is_the_mean_of_the_replications_and_not_of_their_cases() -> None:
    # By hand: 1 of 2 cases and 10 of 100 decided alone are 30 % on average, 11 of 102 pooled.
    few, many = ({**dict.fromkeys(ENDINGS, 0), **found} for found in _COUNTS)
    experiment = experiment_with({"today": {"asa": [20.0, 24.0]}})
    finished = {
        key: replace(one, endings={"all": few if key[1] == 0 else many})
        for key, one in experiment.finished.items()
    }
    found = endings(replace(experiment, finished=finished))
    assert found is not None
    assert found.noun == "cases"
    assert found.means[ENDINGS["alone"]] == pytest.approx((0.3,))
    assert found.means[ENDINGS["open"]] == pytest.approx((0.7,))


_COUNTS = ({"alone": 1, "open": 1}, {"alone": 10, "open": 90})


def test_without_a_case_under_some_policy_no_endings_are_shown() -> None:
    experiment = experiment_with({"today": {"asa": [20.0, 24.0]}})
    none = {"all": dict.fromkeys(ENDINGS, 0)}
    finished = {key: replace(one, endings=none) for key, one in experiment.finished.items()}
    assert endings(replace(experiment, finished=finished)) is None
