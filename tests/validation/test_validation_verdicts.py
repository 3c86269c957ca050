"""What is wrong is found, what is right is not called wrong, whatever the seed."""

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from results.comparison.estimate import t_quantile
from results.errors import ExperimentError
from results.validation import erlang_c
from results.validation import validate as validation
from results.validation.case import Case
from results.validation.catalogue import cases, chosen
from results.validation.centres import exponential
from results.validation.expected import Expected, as_printed
from results.validation.validate import Outcome, validate
from results.validation.verdict import (
    FALSE_ALARM,
    Verdict,
    margin,
    of_computed,
    of_simulated,
    worst,
)
from results.validation.watch import Estimate
from results.validation.words import cells

FEW = ["EB-1", "EC-1", "RT-2-0.5"]


def case_of(name: str) -> Case:
    case = cases()[name]
    assert isinstance(case, Case)
    return case


def exchange(monkeypatch: pytest.MonkeyPatch, case: Case) -> None:
    """One case of the catalogue becomes another of its name."""
    exchanged = {**cases(), case.name: case}
    monkeypatch.setattr(validation, "cases", lambda: exchanged)


def shifted(case: Case, figure: str, by: float) -> Case:
    right = dict(case.expected())
    right[figure] = replace(right[figure], value=right[figure].value * (1.0 + by))
    return replace(case, expected=lambda: right)


def verdicts(name: str) -> dict[str, Verdict]:
    (result,) = validate([name]).results
    return {one.figure: one.verdict for one in result.outcomes}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_right_agrees_under_any_seed(seed: int) -> None:
    found = validate(FEW, seed=seed)
    assert found.count() == {Verdict.AGREES: len(FEW)}
    assert found.seed == seed


@pytest.mark.long
def test_the_short_set_raises_no_false_alarm_under_five_seeds() -> None:
    """It does in one run in a hundred: five runs have a chance of 5 %, and the seeds are fixed."""
    for seed in range(1, 6):
        found = validate(chosen("*", long=False), seed=seed)
        wrong = [one for one in found.results if one.verdict is Verdict.DIFFERS]
        assert wrong == [], seed


def test_a_wrong_figure_is_found_by_formula_and_by_simulation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The formula sees a thousandth; the short run alone two fifths."""
    exchange(monkeypatch, shifted(case_of("EC-1"), "p_wait", 0.001))
    found = verdicts("EC-1")
    assert found.pop("p_wait") is Verdict.DIFFERS
    assert set(found.values()) == {Verdict.AGREES}
    exchange(monkeypatch, replace(shifted(case_of("EC-1"), "p_wait", 0.4), compute=None))
    assert verdicts("EC-1")["p_wait"] is Verdict.DIFFERS


def test_a_simulator_whose_calls_are_a_twelfth_too_long_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slower(mean_s: float) -> dict[str, Any]:
        return exponential(mean_s * 13.0 / 12.0)

    monkeypatch.setattr(erlang_c, "exponential", slower)
    found = verdicts("EC-1")
    assert found["occupancy"] is Verdict.DIFFERS
    assert found["p_wait"] is Verdict.DIFFERS


def test_a_history_that_goes_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    history = cases()["simmer-schedule-edge"]
    other: Any = replace(history, expected={"end_times": [10, 15, 25]})
    exchange(monkeypatch, other)
    assert verdicts("simmer-schedule-edge") == {"end_times": Verdict.DIFFERS}


def test_a_run_too_short_to_tell_is_called_too_rough(monkeypatch: pytest.MonkeyPatch) -> None:
    exchange(monkeypatch, replace(case_of("EC-1"), short=5_000))
    assert set(verdicts("EC-1").values()) == {Verdict.AGREES, Verdict.TOO_ROUGH}


def test_all_intervals_of_a_set_hold_together_as_often_as_is_said() -> None:
    """Batches from the normal distribution: of 4,000 sets of 50 figures 1 % raise a false alarm.

    The tolerance is four standard errors of a share of 1 % in 4,000.
    """
    draws = np.random.default_rng(7)
    figures, sets, batches = 50, 4_000, 40
    right = Expected(10.0)
    values = draws.normal(10.0, 2.0, (sets, figures, batches))
    means, errors = values.mean(axis=2), values.std(axis=2, ddof=1) / sqrt(batches)
    quantile = t_quantile(1.0 - FALSE_ALARM / (2.0 * figures), batches - 1)
    alarms = (np.abs(means - right.value) > quantile * errors).any(axis=1).mean()
    assert alarms == pytest.approx(FALSE_ALARM, abs=4.0 * sqrt(0.01 * 0.99 / sets))
    one = Estimate(float(means[0, 0]), float(errors[0, 0]), batches - 1)
    assert margin(right, one, figures) == pytest.approx(quantile * errors[0, 0], rel=1e-6)


def test_a_published_estimate_is_allowed_its_own_error_and_a_rounded_figure_its_rounding() -> None:
    found = Estimate(1.0, 0.03, 39)
    alone = margin(Expected(1.0), found, 1)
    assert margin(Expected(1.0, standard_error=0.04), found, 1) == pytest.approx(alone * 5 / 3)
    assert margin(as_printed(1.25), found, 1) == pytest.approx(alone + 0.005, rel=1e-6)


def test_what_is_no_number_differs() -> None:
    nothing = Estimate(float("nan"), float("nan"), 39)
    allowed = margin(Expected(1.0), nothing, 1)
    assert of_simulated(Expected(1.0), nothing, allowed) is Verdict.DIFFERS
    assert of_computed(Expected(1.0), float("nan"), 1e-6) is Verdict.DIFFERS


def test_a_formula_is_right_to_a_millionth_or_to_every_printed_digit() -> None:
    assert of_computed(Expected(2.0), 2.000001, 1e-6) is Verdict.AGREES
    assert of_computed(Expected(2.0), 2.00001, 1e-6) is Verdict.DIFFERS
    assert of_computed(as_printed(0.88835), 0.888350019, 1e-6) is Verdict.AGREES
    assert of_computed(as_printed(0.88835), 0.88836, 1e-6) is Verdict.DIFFERS


def test_a_case_is_as_good_as_the_worst_of_its_figures() -> None:
    every = [Verdict.AGREES, Verdict.DIFFERS, Verdict.TOO_ROUGH]
    assert worst(every) is Verdict.DIFFERS
    assert worst(every[::2]) is Verdict.TOO_ROUGH
    assert worst([]) is Verdict.AGREES


def test_the_answer_depends_neither_on_the_workers_nor_on_what_else_is_asked() -> None:
    alone = validate(["EB-1"]).results
    many = validate([*reversed(FEW), "EB-1"], workers=2)
    assert alone == many.results[:1]
    assert [result.name for result in many.results] == FEW


def test_a_case_that_is_not_there_is_told() -> None:
    with pytest.raises(ExperimentError, match="no case 'EC-99'"):
        validate(["EC-99"])
    assert chosen("EC-99", long=True) == []


def test_a_figure_of_nothing_is_shown_as_undefined_and_differs() -> None:
    nothing = float("nan")
    one = Outcome("p_wait", "fraction", 0.214, Verdict.DIFFERS, 0.214, nothing, nothing)
    assert cells(one) == ("21.40 %", "21.40", "–", "differs")
