"""The survey against the truth."""

import numpy as np
import pytest

from results.facts.satisfaction import response
from results.measures.registry import summarise
from scenarios.parts.satisfaction import Survey
from sim.trace.codes import CaseState
from tests.support.written_traces import answered, row, scenario, trace

FELT = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
REACHED = np.array([False, True, True, True, True])


def found(**survey: object) -> dict[str, float]:
    """A pleased customer, an angry one, and one who never reached anybody."""
    made = trace()
    for case, state in enumerate([CaseState.RESOLVED, CaseState.GIVEN_UP]):
        answered(made, case, 0.0, 0.0, 60.0)
        row(made.cases, case=case, state=state, contacts_answered=1)
    row(made.cases, case=2, state=CaseState.GIVEN_UP)
    summary = summarise(scenario(satisfaction={}, survey=survey), made)
    return summary.values[("all", "")]


@pytest.mark.parametrize("rate", [0.02, 0.3, 1.0])
def test_a_survey_answered_whatever_one_feels_shows_the_truth(rate: float) -> None:
    """Exact: the response cancels."""
    values = found(response=rate, satisfied_factor=1.0, dissatisfied_factor=1.0)
    assert values["survey_bias"] == pytest.approx(0.0, abs=1e-12)
    assert values["survey_response"] == pytest.approx(rate)


def test_who_answers_goes_straight_from_the_middle_to_both_ends() -> None:
    survey = Survey(response=0.1, satisfied_factor=3.0, dissatisfied_factor=2.0)
    expected = [0.2, 0.15, 0.1, 0.2, 0.3]
    assert response(survey, FELT, REACHED) == pytest.approx(expected)


def test_nobody_answers_more_than_once() -> None:
    survey = Survey(response=0.9, satisfied_factor=3.0, dissatisfied_factor=3.0)
    assert response(survey, FELT, REACHED).max() == 1.0


def test_a_survey_that_pleases_the_pleased_reports_more_than_the_truth() -> None:
    values = found(satisfied_factor=3.0, dissatisfied_factor=1.0)
    assert values["csat_surveyed"] > values["csat_true"]
    assert values["survey_bias"] == values["csat_surveyed"] - values["csat_true"]


def test_asking_only_those_who_were_answered_hides_those_who_were_not() -> None:
    flat = {"satisfied_factor": 1.0, "dissatisfied_factor": 1.0}
    assert found(asks="answered", **flat)["survey_bias"] > 5.0
