"""Reopening by hand-offs: the more hands a case goes through, the more often it comes back."""

from math import sqrt

import pytest

from scenarios.checks.check import warnings
from sim import simulate
from tests.support.timed_centres import UNKNOWN, centre, path, played, reason, rows

TRANSFER = {"step": "cold_transfer", "group": "second"}
ON = {"step": "cold_transfer", "group": "third"}


def test_after_a_hand_off_its_own_share_only_seems_settled() -> None:
    enquiry = reason(0, 1000, solve=UNKNOWN, false_resolution_by_hand_offs=[1.0])
    plain = reason(2000, false_resolution_by_hand_offs=[1.0])
    trace = played(
        {"a": enquiry, "b": plain},
        {"front": 1, "second": {"heads": 1, "knowledge": 100}},
        escalation={"beyond_knowledge": path(TRANSFER)},
    )
    assert rows(trace, "contacts", "transfers false_resolution") == [(1, 1), (1, 1), (0, 0)]


def test_further_hand_offs_have_the_last_share() -> None:
    enquiry = reason(0, solve=UNKNOWN, false_resolution_by_hand_offs=[0.0, 1.0])
    groups = {
        "front": 1,
        "second": {"heads": 1, "beyond_knowledge": "on"},
        "third": {"heads": 1, "knowledge": 100, "beyond_knowledge": "end"},
    }
    end = path({"step": "decline"})
    escalation = {"beyond_knowledge": path(TRANSFER), "on": path(ON), "end": end}
    trace = played({"a": enquiry}, groups, escalation=escalation)
    assert rows(trace, "contacts", "transfers false_resolution") == [(2, 1)]


def test_a_ticket_answered_by_another_is_a_hand_off() -> None:
    enquiry = reason(0, solve=UNKNOWN, false_resolution_by_hand_offs=[1.0])
    ticket = {"step": "ticket", "group": "second", "due_h": 1, "work_s": 60}
    groups = {"front": 1, "second": {"heads": 1, "knowledge": 100}}
    trace = played({"a": enquiry}, groups, escalation={"beyond_knowledge": path(ticket)})
    assert rows(trace, "contacts", "kind false_resolution") == [("first", 0), ("follow_up", 1)]


def test_a_ticket_that_the_agent_keeps_is_no_hand_off() -> None:
    enquiry = reason(0, then="on", false_resolution_by_hand_offs=[1.0])
    ticket = {"step": "ticket", "due_h": 1, "work_s": 60}
    trace = played({"a": enquiry}, {"front": 1}, escalation={"on": path(ticket)})
    assert rows(trace, "contacts", "kind false_resolution")[1] == ("follow_up", 0)


@pytest.mark.parametrize("share", [0.06, 0.3])
def test_the_share_that_is_reopened_is_the_one_given(share: float) -> None:
    calls = 1500
    enquiry = reason(
        *(20.0 * n for n in range(calls)),
        talk_s=1,
        solve=UNKNOWN,
        false_resolution_by_hand_offs=[share],
    )
    groups = {"front": 20, "second": {"heads": 20, "knowledge": 100}}
    scenario = centre({"a": enquiry}, groups, escalation={"beyond_knowledge": path(TRANSFER)})
    found = simulate(scenario, 3, 0).contacts.as_dict()["false_resolution"].mean()
    assert abs(found - share) < 4 * sqrt(share * (1 - share) / calls)


def test_hand_offs_without_a_path_are_doubted() -> None:
    scenario = centre({"a": reason(0, false_resolution_by_hand_offs=[0.5])}, {"front": 1})
    assert any("no case is ever handed over" in one.rule for one in warnings(scenario))
