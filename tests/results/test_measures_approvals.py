from math import isnan
from typing import Any

import pytest

from sim.trace.trace import Trace
from tests.support.timed_centres import EXPERT, UNKNOWN, complaint, measured, path, reason
from tests.support.written_traces import NAN, answered, row, trace, values

COMPLAINT = 1


def decided(made: Trace, contact: int, times: tuple[float, float], **given: float) -> None:
    """A decision that the boss was asked for and took at the second time."""
    people = {"group": 1, "agent": 1, "asker_group": 0}
    asked, at = times
    when = {"asked": asked, "started": asked, "decided": at, "approved": 1}
    row(made.decisions, **{"contact": contact, "case": contact, **people, **when, **given})


def four_complaints() -> Trace:
    """Decided alone; approved after 30 s; refused after 90 s; asked and given up."""
    made = trace()
    for contact in range(4):
        answered(made, contact, 0.0, 5.0, 60.0, reason=COMPLAINT)
        row(made.cases, case=contact, reason=COMPLAINT)
    decided(made, 0, (10.0, 10.0), asker_group=-1, group=0)
    decided(made, 1, (10.0, 40.0))
    decided(made, 2, (10.0, 100.0), approved=0)
    decided(made, 3, (10.0, NAN), approved=NAN)
    return made


def test_an_approval_takes_from_asking_to_the_decision() -> None:
    assert values(four_complaints())["approval_wait"] == 60.0


def test_what_an_agent_decides_alone_is_no_approval() -> None:
    found = values(four_complaints())
    assert found["approved"] == 1 / 2
    assert found["approvals_per_complaint"] == 3 / 4
    assert isnan(values(four_complaints(), "group", "front")["approved"])
    assert values(four_complaints(), "group", "bosses")["approved"] == 1 / 2


def test_a_question_passed_up_the_line_is_one_question_with_one_long_wait() -> None:
    made = trace()
    for contact in range(2):
        answered(made, contact, 0.0, 5.0, 60.0, reason=COMPLAINT)
        row(made.cases, case=contact, reason=COMPLAINT)
    decided(made, 0, (10.0, 40.0), approved=-1)
    decided(made, 1, (0.0, 30.0))  # in between, in another contact
    decided(made, 0, (40.0, 100.0))
    found = values(made)
    assert found["approvals_per_complaint"] == 1.0
    assert found["approval_wait"] == pytest.approx((90.0 + 30.0) / 2)
    assert found["approved"] == 1.0


def test_approvals_asked_for_enquiries_are_none_of_the_complaints() -> None:
    made = four_complaints()
    answered(made, 4, 0.0, 5.0, 60.0)
    row(made.cases, case=4)
    decided(made, 4, (10.0, 40.0))
    assert values(made)["approvals_per_complaint"] == 3 / 4
    assert isnan(values(made, "reason", "enquiry")["approvals_per_complaint"])


def test_a_request_that_nobody_decides_is_undecided_no_matter_who_passed_it_up_the_line() -> None:
    found = values(four_complaints())
    assert found["approval_undecided"] == 1 / 3
    made = four_complaints()
    answered(made, 4, 0.0, 5.0, 60.0, reason=COMPLAINT)
    decided(made, 4, (10.0, 20.0), approved=-1)
    decided(made, 4, (20.0, NAN), approved=NAN)
    assert values(made)["approval_undecided"] == 2 / 4
    assert values(made, "group", "bosses")["approval_undecided"] == 2 / 4


def test_the_hold_of_all_requests_counts_those_that_nobody_decided() -> None:
    made = trace()
    for contact, hold_s in enumerate((0.0, 30.0, 90.0, 240.0)):
        answered(made, contact, 0.0, 5.0, 300.0, reason=COMPLAINT, hold_s=hold_s)
    decided(made, 0, (10.0, 10.0), asker_group=-1, group=0)
    decided(made, 1, (10.0, 40.0))
    decided(made, 2, (10.0, 100.0), approved=0)
    decided(made, 3, (10.0, NAN), approved=NAN)
    assert values(made)["approval_hold"] == 120.0
    assert values(made)["approval_wait"] == 60.0


def test_what_is_asked_after_the_call_holds_nobody() -> None:
    made = trace()
    answered(made, 0, 0.0, 5.0, 60.0, reason=COMPLAINT)
    decided(made, 0, (70.0, 100.0))
    assert isnan(values(made)["approval_hold"])
    assert values(made)["approval_wait"] == 30.0


def waits_inside(reasons: dict[str, Any], groups: dict[str, Any], **paths: Any) -> float:
    return measured(reasons, groups, authority={"full": {"limit": 1000}}, escalation=paths)[
        "internal_wait"
    ]


def test_agents_are_customers_of_the_approvers_whom_they_wait_for() -> None:
    """By hand: both ask at 60 s; the boss decides for a minute each, so one waits for the other."""
    bosses = {"heads": 1, "tier": 2, "authority": "full"}
    step = {"step": "ask_approver", "group": "bosses", "decision_s": 60}
    groups = {"front": 2, "bosses": bosses}
    twice = {"damage": complaint(0, 0)}
    assert waits_inside(twice, groups, beyond_authority=path(step)) == pytest.approx(30.0)
    two = {"front": 2, "bosses": {**bosses, "heads": 2}}
    assert waits_inside(twice, two, beyond_authority=path(step)) == 0.0


def test_agents_are_customers_of_the_specialists_to_whom_they_pass_a_customer_on() -> None:
    """By hand: both want to pass on at 60 s; the specialist talks for a minute with the first."""
    calls = {"riddle": reason(0, 0, solve=UNKNOWN)}
    groups = {"front": 2, "back": {"heads": 1, "tier": 2, "knowledge": EXPERT}}
    step = {"step": "warm_transfer", "group": "back"}
    assert waits_inside(calls, groups, beyond_knowledge=path(step)) == pytest.approx(30.0)


def test_no_agent_waits_for_what_an_approver_decides_between_two_contacts() -> None:
    made = four_complaints()  # all three ask while the customer holds, and are heard immediately
    assert values(made)["internal_wait"] == 0.0
    decided(made, 0, (1000.0, 2000.0), started=1900.0)  # long after goodbye
    assert values(made)["internal_wait"] == 0.0
