"""Promised calls, worked out by hand: five customers, talk of 60 s, calls prepared for 30 s."""

from typing import Any

from sim.trace.trace import Trace
from tests.support.timed_centres import (
    DAY,
    EXPERT,
    HOUR,
    UNKNOWN,
    complaint,
    day_of,
    path,
    played,
    reason,
    rows,
)

FIVE = (0, 10, 20, 30, 40)
CALL = {"step": "promise_callback", "group": "experts", "due_h": 1, "preparation_s": 30}
EXPERTS = {"heads": 1, "tier": 2, "knowledge": EXPERT}
STORY = "case kind arrival answered ended ending agent talk_s"
PROMISED = "case kind made due done kept group"
LEVELS = {"little": {"limit": 20}, "full": {"limit": 1000}}


def _promised(
    *steps: dict[str, Any], heads: int = 5, experts: Any = EXPERTS, **sections: Any
) -> Trace:
    reasons = sections.pop("reasons", {"puzzle": reason(*FIVE, solve=UNKNOWN)})
    groups = {"front": heads, "experts": experts, **sections.pop("more", {})}
    return played(reasons, groups, escalation={"beyond_knowledge": path(*steps)}, **sections)


def _refunds(step: dict[str, Any], heads: int = 5, **sections: Any) -> Trace:
    reasons = sections.pop("reasons", {"refund": complaint(*FIVE)})
    boss = {"heads": 1, "tier": 2, "authority": "full"}
    return played(
        reasons,
        {"front": {"heads": heads, "authority": "little"}, "boss": boss},
        authority=LEVELS,
        escalation={"beyond_authority": path(step)},
        **sections,
    )


def test_the_named_group_prepares_and_calls_one_customer_after_the_other() -> None:
    trace = _promised(CALL)
    assert rows(trace, "contacts", STORY) == [
        (0, "first", 0, 0, 60, "promised_callback", 0, 60),
        (1, "first", 10, 10, 70, "promised_callback", 1, 60),
        (2, "first", 20, 20, 80, "promised_callback", 2, 60),
        (3, "first", 30, 30, 90, "promised_callback", 3, 60),
        (4, "first", 40, 40, 100, "promised_callback", 4, 60),
        (0, "follow_up", 60, 90, 150, "settled", 5, 90),
        (1, "follow_up", 70, 180, 240, "settled", 5, 90),
        (2, "follow_up", 80, 270, 330, "settled", 5, 90),
        (3, "follow_up", 90, 360, 420, "settled", 5, 90),
        (4, "follow_up", 100, 450, 510, "settled", 5, 90),
    ]
    assert rows(trace, "promises", PROMISED) == [
        (0, "follow_up_call", 60, 3660, 90, 1, "experts"),
        (1, "follow_up_call", 70, 3670, 180, 1, "experts"),
        (2, "follow_up_call", 80, 3680, 270, 1, "experts"),
        (3, "follow_up_call", 90, 3690, 360, 1, "experts"),
        (4, "follow_up_call", 100, 3700, 450, 1, "experts"),
    ]
    assert day_of(trace, 5, 520) == [("ready", 0, 60), ("talk", 60, 510), ("ready", 510, 520)]
    assert set(rows(trace, "cases", "state attempts contacts_answered")) == {("resolved", 2, 2)}


def test_an_agent_who_calls_back_hears_the_story_again_unless_the_agent_owns_the_case() -> None:
    call = {"step": "promise_callback", "due_h": 1, "approver": "boss", "decision_s": 20}
    told = {}
    for ownership in ("anyone", "agent"):
        trace = _refunds(call, heads=6, waiting={"retell_s": 25}, ownership=ownership)
        told[ownership] = rows(trace, "legs", "case agent answered ended retold")[5:]
    assert told["anyone"] == [  # the longest idle calls
        (0, 5, 80, 165, 1),
        (1, 0, 100, 185, 1),
        (2, 1, 120, 205, 1),
        (3, 2, 140, 225, 1),
        (4, 3, 160, 245, 1),
    ]
    assert told["agent"] == [
        (0, 0, 80, 140, 0),
        (1, 1, 100, 160, 0),
        (2, 2, 120, 180, 0),
        (3, 3, 140, 200, 0),
        (4, 4, 160, 220, 0),
    ]


def test_under_ownership_the_promise_waits_for_the_agent_who_made_it() -> None:
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, talk_s=60),
        "enquiry": reason(5, 6, 7, 70, talk_s=300),
    }
    step = {"step": "promise_callback", "due_h": 1}
    enough = {"heads": 2, "knowledge": 0.0}
    trace = played(
        reasons,
        {"front": enough},
        escalation={"beyond_knowledge": path(step, {"step": "decline"})},
        ownership="agent",
    )
    # Agent 0 promises at 60 s, then takes the callers of 6 s and 70 s; agent 1 is free at 305 s.
    assert rows(trace, "contacts", "reason kind answered ended agent") == [
        ("puzzle", "first", 0, 60, 0),
        ("enquiry", "first", 5, 305, 1),
        ("enquiry", "first", 60, 360, 0),
        ("enquiry", "first", 305, 605, 1),
        ("enquiry", "first", 360, 660, 0),
        ("puzzle", "follow_up", 660, 720, 0),
    ]


def test_a_promise_about_to_break_goes_before_those_who_wait_on_the_line() -> None:
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN),
        "enquiry": reason(1, 2, 3, 4, talk_s=900, groups=["experts"]),
    }
    step = {**CALL, "due_h": 0.5, "urgent_before_min": 10, "preparation_s": 0}
    trace = _promised(step, reasons=reasons)
    # Pressing from 60 + 1800 - 600 = 1260 s on: after the second enquiry, before the third.
    assert rows(trace, "contacts", "reason kind answered ended") == [
        ("puzzle", "first", 0, 60),
        ("enquiry", "first", 1, 901),
        ("enquiry", "first", 901, 1801),
        ("enquiry", "first", 1861, 2761),
        ("enquiry", "first", 2761, 3661),
        ("puzzle", "follow_up", 1801, 1861),
    ]
    assert rows(trace, "promises", PROMISED) == [
        (0, "follow_up_call", 60, 1860, 1801, 1, "experts")
    ]


def test_approvers_decide_before_the_call_while_nobody_holds() -> None:
    call = {"step": "promise_callback", "due_h": 1, "approver": "boss", "decision_s": 20}
    trace = _refunds(call)
    assert rows(trace, "decisions", "case asked started decided approved paid") == [
        (0, 60, 60, 80, 1, 50),
        (1, 70, 80, 100, 1, 50),
        (2, 80, 100, 120, 1, 50),
        (3, 90, 120, 140, 1, 50),
        (4, 100, 140, 160, 1, 50),
    ]
    assert rows(trace, "contacts", "kind case answered ended ending")[5:] == [
        ("follow_up", 0, 80, 140, "settled"),
        ("follow_up", 1, 100, 160, "settled"),
        ("follow_up", 2, 120, 180, "settled"),
        ("follow_up", 3, 140, 200, "settled"),
        ("follow_up", 4, 160, 220, "settled"),
    ]
    assert set(rows(trace, "contacts", "hold_s")) == {(0,)}


def test_a_promise_that_an_approver_must_grant_is_an_escalation() -> None:
    call = {"step": "promise_callback", "due_h": 1, "approver": "boss", "decision_s": 20}
    trace = _refunds(call)
    assert set(rows(trace, "contacts", "kind escalated")) == {
        ("first", "authority"),
        ("follow_up", "none"),
    }
    assert set(rows(trace, "cases", "asked_boss")) == {(1,)}


def test_who_is_promised_a_call_by_a_group_that_may_decide_has_met_no_boss() -> None:
    call = {"step": "promise_callback", "due_h": 1, "group": "boss", "approver": "chief"}
    chief = {"heads": 1, "tier": 3, "authority": "full"}
    trace = played(
        {"refund": complaint(*FIVE)},
        {
            "front": {"heads": 5, "authority": "little"},
            "boss": {"heads": 1, "tier": 2, "authority": "full"},
            "chief": chief,
        },
        authority=LEVELS,
        escalation={"beyond_authority": path(call)},
    )
    assert set(rows(trace, "cases", "state paid asked_boss")) == {("resolved", 50, 0)}
    assert not [asker for (asker,) in rows(trace, "decisions", "asker_group") if asker == "front"]


def test_a_refusal_between_two_contacts_is_told_once_and_asked_again_next_time() -> None:
    asked = {"approver": "boss", "decision_s": 20, "approval": 0.0}
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 4}
    trace = _refunds(
        {"step": "promise_callback", "due_h": 1, **asked},
        reasons={"refund": complaint(0, repeat=repeat)},
    )
    assert rows(trace, "contacts", "kind answered ended ending") == [
        ("first", 0, 60, "promised_callback"),
        ("follow_up", 80, 140, "declined"),
        ("repeat", 740, 800, "promised_callback"),
        ("follow_up", 820, 880, "declined"),
    ]
    assert rows(trace, "decisions", "asked decided approved") == [(60, 80, 0), (800, 820, 0)]
    assert rows(trace, "cases", "state ended") == [("given_up", 880)]


def test_what_is_being_decided_when_the_customer_calls_first_is_asked_anew() -> None:
    broken = {"probability": 1.0, "delay_min": 1}
    repeat = {"probability": 1.0, "after_broken_promise": broken, "max_contacts": 2}
    call = {"step": "promise_callback", "due_h": 0.5, "approver": "boss", "decision_s": 1900}
    trace = _refunds(call, reasons={"refund": complaint(0, repeat=repeat)})
    # The decision begun at 60 s would be made at 1960 s, in the middle of the second contact.
    assert rows(trace, "contacts", "kind answered ended ending") == [
        ("first", 0, 60, "promised_callback"),
        ("repeat", 1920, 1980, "promised_callback"),
        ("follow_up", 3880, 3940, "settled"),
    ]
    assert rows(trace, "decisions", "asked started decided approved paid") == [
        (60, 60, None, None, 0),
        (1980, 1980, 3880, 1, 50),
    ]
    assert rows(trace, "cases", "state paid") == [("resolved", 50)]


def test_a_customer_can_call_first_even_while_an_approver_is_at_it_after_a_queue() -> None:
    broken = {"probability": 1.0, "delay_min": 1}
    repeat = {"probability": 1.0, "after_broken_promise": broken, "max_contacts": 2}
    call = {"step": "promise_callback", "due_h": 0.5, "approver": "boss", "decision_s": 1500}
    trace = _refunds(call, reasons={"refund": complaint(0, 10, repeat=repeat)})
    # Case 1 is decided from 1560 s on, after case 0; its customer still calls at 1930 s.
    assert rows(trace, "contacts", "case kind answered")[:4] == [
        (0, "first", 0),
        (1, "first", 10),
        (0, "follow_up", 1560),
        (1, "repeat", 1930),
    ]
    assert rows(trace, "decisions", "case asked started decided approved") == [
        (0, 60, 60, 1560, 1),
        (1, 70, 1560, None, None),
        (1, 1990, 3060, 4560, 1),
    ]


def test_a_promise_that_falls_due_at_night_is_broken_and_kept_late_in_the_morning() -> None:
    shift = {"start": "08:00", "end": "17:00", "heads": 1}
    evening = 18 * HOUR
    trace = _promised(
        {**CALL, "due_h": 4, "preparation_s": 0},
        reasons={"puzzle": reason(*(evening + at for at in FIVE), solve=UNKNOWN)},
        experts={"shifts": {"day": shift}, "knowledge": EXPERT},
        horizon={"days": 2},
    )
    made = [evening + 60 + at for at in FIVE]
    morning = [DAY + 8 * HOUR + 60 * k for k in range(5)]
    assert rows(trace, "promises", "made due done kept") == [
        (made[k], made[k] + 4 * HOUR, morning[k], 0) for k in range(5)
    ]


def test_a_customer_who_calls_about_a_broken_promise_makes_it_void() -> None:
    broken = {"probability": 1.0, "delay_min": 1}
    repeat = {
        "probability": 1.0,
        "delay_min": 10,
        "after_broken_promise": broken,
        "max_contacts": 2,
    }
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, repeat=repeat),
        "enquiry": reason(30, talk_s=9000, groups=["experts"]),
    }
    step = {**CALL, "preparation_s": 0, "urgent_before_min": 0}
    trace = _promised(step, {"step": "decline"}, reasons=reasons)
    assert rows(trace, "contacts", "reason kind answered ended ending") == [
        ("puzzle", "first", 0, 60, "promised_callback"),
        ("enquiry", "first", 30, 9030, "settled"),
        ("puzzle", "repeat", 3720, 3780, "promised_callback"),  # a minute after the due time
        ("puzzle", "follow_up", 9030, 9090, "settled"),
    ]
    assert rows(trace, "promises", PROMISED) == [
        (0, "follow_up_call", 60, 3660, None, 0, "experts"),
        (
            0,
            "follow_up_call",
            3780,
            7380,
            9030,
            0,
            "experts",
        ),  # the second call would be the third contact
    ]


def test_a_customer_cannot_be_called_twice_when_calling_at_the_very_same_moment() -> None:
    broken = {"probability": 1.0, "delay_min": 1}
    repeat = {"probability": 1.0, "delay_min": 10, "after_broken_promise": broken}
    # The expert is free at 3720 s, exactly when the customer calls about the broken promise.
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, repeat=repeat),
        "enquiry": reason(20, talk_s=3700, groups=["experts"]),
    }
    trace = _promised({**CALL, "preparation_s": 0, "urgent_before_min": 0}, reasons=reasons)
    assert len(rows(trace, "promises", "case")) == len(set(rows(trace, "promises", "contact")))
    assert rows(trace, "cases", "state") == [("resolved",), ("resolved",)]


def test_a_promised_call_in_hand_at_midnight_counts_its_preparation_and_its_talk() -> None:
    trace = _promised(CALL, reasons={"puzzle": reason(DAY - 110, solve=UNKNOWN)})
    # Prepared for 30 s from 50 s before midnight on, then talked for 20 s.
    assert rows(trace, "contacts", "kind talk_s ending")[1:] == [("follow_up", 50, "in_hand")]


ASKED = "contact asker_group group agent asked started decided approved"


def test_a_question_that_is_open_when_the_days_end_is_in_the_trace_as_undecided() -> None:
    call = {"step": "promise_callback", "due_h": 1, "approver": "boss", "decision_s": 600}
    late = {"refund": complaint(*(DAY - 500 + at for at in FIVE))}
    first = DAY - 440
    assert rows(_refunds(call, reasons=late), "decisions", ASKED) == [
        (0, "front", "boss", 5, first, first, None, None),
        *((n, "front", "boss", -1, first + 10 * n, None, None, None) for n in (1, 2, 3, 4)),
    ]


def test_a_question_about_a_promise_is_undecided_when_the_customer_calls_first() -> None:
    call = {"step": "promise_callback", "due_h": 1, "approver": "boss", "decision_s": 600}
    broken = {"probability": 1.0, "delay_min": 1}
    again = {"probability": 1.0, "after_broken_promise": broken, "max_contacts": 2}
    trace = _refunds({**call, "due_h": 0.05}, repeat=again)
    asked = rows(trace, "decisions", ASKED)
    withdrawn = [row for row in asked if row[0] == 1 and row[6] is None]
    assert withdrawn == [(1, "front", "boss", -1, 70, None, None, None)]
