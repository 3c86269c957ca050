"""Word of mouth: how many people hear of a complaint, by how it went."""

from math import isnan
from typing import Any

import pytest

from scenarios.rules import impossible
from sim.trace.codes import CaseState
from sim.trace.trace import Trace
from tests.support.written_traces import DAY, answered, row, scenario, trace, values

COMPLAINT = 1
TOLD: dict[str, Any] = {"satisfaction": {"resolved": 1.0, "complaint_loss": 0.5}}


def complaints(*states: CaseState) -> Trace:
    made = trace(horizon_s=2 * DAY)
    for case, state in enumerate(states):
        answered(made, case, 0.0, 0.0, 60.0, reason=COMPLAINT)
        row(made.cases, case=case, reason=COMPLAINT, state=state, contacts_answered=1, ended=60.0)
    answered(made, 9, 0.0, 0.0, 60.0)
    row(made.cases, case=9, reason=0, state=CaseState.RESOLVED, contacts_answered=1, ended=60.0)
    return made


def told(*states: CaseState, **section: float) -> float:
    return values(complaints(*states), **TOLD, word_of_mouth=section)["people_told"]


def test_a_satisfied_complainant_tells_ten_people_and_a_dissatisfied_one_28() -> None:
    """Customer Rage 2013. By hand, over two days: half a chance each, (10 + 28) / 2 people."""
    assert told(CaseState.RESOLVED) == pytest.approx(19.0 / 2)
    # Not resolved: a chance of 0.5 × 0.4 to be satisfied nevertheless.
    assert told(CaseState.GIVEN_UP) == pytest.approx((0.2 * 10 + 0.8 * 28) / 2)
    assert told(CaseState.RESOLVED, satisfied=4, dissatisfied=9) == pytest.approx(6.5 / 2)


def test_who_had_nothing_to_complain_about_tells_nobody_about_it() -> None:
    assert told(CaseState.RESOLVED, CaseState.RESOLVED) == 2 * told(CaseState.RESOLVED)
    by_reason = values(
        complaints(CaseState.RESOLVED), "reason", "enquiry", **TOLD, word_of_mouth={}
    )
    assert by_reason["people_told"] == 0.0


def test_the_better_complaints_go_the_fewer_people_hear_of_them() -> None:
    assert told(CaseState.RESOLVED) < told(CaseState.GIVEN_UP)


def test_without_the_section_nobody_knows_who_is_told() -> None:
    assert isnan(values(complaints(CaseState.RESOLVED), **TOLD)["people_told"])


def test_what_is_told_depends_on_satisfaction_and_says_so() -> None:
    (problem,) = impossible(scenario(word_of_mouth={}))
    assert problem.key == "word_of_mouth"
    assert "no [satisfaction]" in problem.rule
