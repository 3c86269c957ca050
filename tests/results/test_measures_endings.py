import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.facts.endings import ENDINGS
from results.measures.registry import summarise
from sim.trace.codes import CaseState, ContactKind, Ending, Help, PromiseKind
from sim.trace.trace import Trace
from tests.support.examples import examples
from tests.support.written_traces import abandoned, answered, random_trace, row, scenario, trace


def the_ending(made: Trace) -> str:
    (ending,) = (name for name, n in summarise(scenario(), made).endings["all"].items() if n)
    return ending


@pytest.mark.parametrize(
    ("help_", "ending"),
    [
        (Help.ALONE, "alone"),
        (Help.COLLEAGUE, "colleague"),
        (Help.APPROVED, "approved"),
        (Help.TRANSFERRED, "transferred"),
    ],
)
def test_a_resolved_case_ends_by_whose_help_it_took(help_: Help, ending: str) -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.RESOLVED)
    answered(made, 0, 0.0, 5.0, 60.0, help=help_)
    assert the_ending(made) == ending


@pytest.mark.parametrize(("kept", "ending"), [(1.0, "promise_kept"), (0.0, "promise_broken")])
def test_a_case_that_was_followed_up_ends_by_whether_the_promise_was_kept(
    kept: float, ending: str
) -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.RESOLVED)
    answered(made, 0, 0.0, 5.0, 60.0, ending=Ending.TICKETED)
    answered(made, 1, 900.0, 5.0, 60.0, case=0, attempt=1, kind=ContactKind.FOLLOW_UP)
    row(made.promises, contact=0, kind=PromiseKind.TICKET, kept=kept)
    assert the_ending(made) == ending


def test_a_wait_told_wrongly_does_not_make_a_follow_up_late() -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.RESOLVED)
    answered(made, 0, 0.0, 5.0, 60.0, ending=Ending.TICKETED)
    answered(made, 1, 900.0, 5.0, 60.0, case=0, attempt=1, kind=ContactKind.FOLLOW_UP)
    row(made.promises, contact=0, kind=PromiseKind.TOLD_WAIT, kept=0)
    row(made.promises, contact=0, kind=PromiseKind.TICKET, kept=1)
    assert the_ending(made) == "promise_kept"


def test_a_repeat_that_settles_the_case_after_a_false_resolution_decides_its_ending() -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.RESOLVED)
    answered(made, 0, 0.0, 5.0, 60.0, false_resolution=1, help=Help.ALONE)
    repeat = {"case": 0, "attempt": 1, "kind": ContactKind.REPEAT}
    answered(made, 1, 900.0, 5.0, 60.0, help=Help.APPROVED, **repeat)
    assert the_ending(made) == "approved"


@pytest.mark.parametrize("state", [CaseState.GIVEN_UP, CaseState.OPEN])
def test_a_case_that_was_told_no_is_declined_given_up_or_not(state: CaseState) -> None:
    made = trace()
    row(made.cases, case=0, state=state)
    answered(made, 0, 0.0, 5.0, 60.0, ending=Ending.DECLINED)
    assert the_ending(made) == "declined"


@pytest.mark.parametrize(
    ("state", "ending"),
    [
        (CaseState.GIVEN_UP, "given_up"),
        (CaseState.OPEN, "open"),
        (CaseState.SELF_SERVED, "self_served"),
    ],
)
def test_a_case_that_nobody_answered_ends_by_its_state(state: CaseState, ending: str) -> None:
    made = trace()
    row(made.cases, case=0, state=state)
    abandoned(made, 0, 0.0, 5.0)
    assert the_ending(made) == ending


@settings(max_examples=examples(20))
@given(seed=st.integers(0, 10_000))
def test_every_case_ends_in_exactly_one_way(seed: int) -> None:
    summary = summarise(scenario(), random_trace(80, seed))
    endings = summary.endings
    for cases_of, kind in (("all", "all"), ("complaints", "complaints"), ("damaged", "reason")):
        cut = (kind, "damaged" if kind == "reason" else "")
        assert tuple(endings[cases_of]) == tuple(ENDINGS)
        assert sum(endings[cases_of].values()) == summary.values[cut]["cases"]
    for name in ENDINGS:
        assert endings["all"][name] == endings["enquiry"][name] + endings["damaged"][name]


def test_a_case_given_up_after_hanging_up_on_hold_or_in_a_transfer_has_hung_up() -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.GIVEN_UP)
    answered(made, 0, 0.0, 5.0, 60.0, ending=Ending.HUNG_UP)
    assert the_ending(made) == "hung_up"
    abandoned(made, 1, 900.0, 60.0, case=0, attempt=1, kind=ContactKind.REDIAL)
    assert the_ending(made) == "hung_up"


def test_a_customer_who_hung_up_and_is_back_at_the_end_has_an_open_case() -> None:
    made = trace()
    row(made.cases, case=0, state=CaseState.OPEN)
    answered(made, 0, 0.0, 5.0, 60.0, ending=Ending.HUNG_UP)
    assert the_ending(made) == "open"
