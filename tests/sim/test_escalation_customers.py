"""What customers do about an unresolved case, worked out by hand: five customers, talk of 60 s."""

from typing import Any

import pytest

from sim.trace.trace import Trace
from tests.support.timed_centres import EXPERT, HOUR, UNKNOWN, complaint, path, played, reason, rows

FIVE = (0, 10, 20, 30, 40)
ASK = {"step": "ask_approver", "group": "boss", "decision_s": 20}
DECLINE = {"step": "decline"}
LEVELS = {"little": {"limit": 20}, "full": {"limit": 1000}}
STORY = "case kind answered ended ending talk_s"


def _with_boss(reasons: dict[str, Any], paths: dict[str, Any], **sections: Any) -> Trace:
    boss = {"heads": 5, "tier": 2, "authority": "full"}
    groups = {"front": {"heads": 5, "authority": "little"}, "boss": boss}
    return played(reasons, groups, authority=LEVELS, escalation=paths, **sections)


def _of_case(trace: Trace, case: int, columns: str) -> list[tuple[Any, ...]]:
    return [row[1:] for row in rows(trace, "contacts", f"case {columns}") if row[0] == case]


def test_a_customer_who_demands_the_boss_is_passed_on_before_any_talk() -> None:
    warm = {"step": "warm_transfer", "group": "boss", "conference_s": 10}
    reasons = {"refund": complaint(*FIVE, demands_boss=1.0)}
    trace = _with_boss(reasons, {"on_demand": path(warm)})
    assert rows(trace, "legs", "case leg group answered ended talk_s ending trigger")[:4] == [
        (0, 0, "front", 0, 10, 10, "transferred_warm", "customer"),
        (0, 1, "boss", 0, 70, 60, "settled", "none"),
        (1, 0, "front", 10, 20, 10, "transferred_warm", "customer"),
        (1, 1, "boss", 10, 80, 60, "settled", "none"),
    ]
    assert set(rows(trace, "contacts", "escalated")) == {("customer",)}


def test_when_the_demand_for_the_boss_is_met_on_hold_the_agent_goes_on_with_the_customer() -> None:
    reasons = {"refund": complaint(*FIVE, demands_boss=1.0)}
    trace = _with_boss(reasons, {"on_demand": path(ASK), "beyond_authority": path(DECLINE)})
    assert rows(trace, "contacts", "case answered ended ending help talk_s hold_s") == [
        (case, at, at + 80, "settled", "approved", 60, 20) for case, at in enumerate(FIVE)
    ]
    assert set(rows(trace, "cases", "paid asked_boss")) == {(50, 1)}


def test_when_no_step_meets_the_demand_the_agent_goes_on_as_usual() -> None:
    reasons = {"enquiry": reason(*FIVE, demands_boss=1.0)}
    trace = _with_boss(reasons, {"on_demand": path({**ASK, "channels": ["chat"]})})
    assert rows(trace, "contacts", STORY) == [
        (case, "first", at, at + 60, "settled", 60) for case, at in enumerate(FIVE)
    ]


def test_a_customer_who_met_i_will_have_to_ask_my_boss_demands_the_boss_next_time() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 2}
    warm = {"step": "warm_transfer", "group": "boss"}
    paths = {"beyond_authority": path({**ASK, "approval": 0.0}), "on_demand": path(warm)}
    reasons = {"refund": complaint(*FIVE, repeat=repeat)}
    trace = _with_boss(reasons, paths, boss={"after_asking": 1.0})
    assert rows(trace, "legs", "case group answered ended ending trigger")[:5] == [
        (0, "front", 0, 80, "declined", "authority"),
        (1, "front", 10, 90, "declined", "authority"),
        (2, "front", 20, 100, "declined", "authority"),
        (3, "front", 30, 110, "declined", "authority"),
        (4, "front", 40, 120, "declined", "authority"),
    ]
    assert rows(trace, "legs", "case group answered ended ending trigger")[5:7] == [
        (0, "front", 680, 680, "transferred_warm", "customer"),
        (0, "boss", 680, 740, "settled", "none"),  # the boss decides alone
    ]
    calm = _with_boss(reasons, paths)
    assert _of_case(calm, 0, "kind transfers ending") == [
        ("first", 0, "declined"),
        ("repeat", 0, "declined"),
    ]


def test_what_is_granted_once_is_not_paid_again_when_the_customer_comes_back() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 3}
    reasons = {"refund": complaint(*FIVE, repeat=repeat, false_resolution=1.0, demands_boss=1.0)}
    trace = _with_boss(reasons, {"on_demand": path(ASK)})
    assert _of_case(trace, 0, "kind ending help") == [
        ("first", "settled", "approved"),
        ("repeat", "settled", "approved"),
        ("repeat", "settled", "approved"),
    ]
    assert set(rows(trace, "cases", "money paid")) == {(50, 50)}
    assert sum(paid for _, paid in rows(trace, "decisions", "case paid")) == 250


def test_a_case_that_only_seems_settled_comes_back() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 3}
    trace = played({"enquiry": reason(*FIVE, false_resolution=1.0, repeat=repeat)}, {"front": 5})
    assert _of_case(trace, 0, "kind answered ended ending false_resolution") == [
        ("first", 0, 60, "settled", 1),
        ("repeat", 660, 720, "settled", 1),
        ("repeat", 1320, 1380, "settled", 1),
    ]
    assert rows(trace, "cases", "case ended state attempts")[0] == (0, 1380, "given_up", 3)


def test_a_false_resolution_without_repeats_leaves_the_case_given_up() -> None:
    trace = played({"enquiry": reason(*FIVE, false_resolution=1.0)}, {"front": 5})
    assert rows(trace, "cases", "case ended state") == [
        (case, at + 60, "given_up") for case, at in enumerate(FIVE)
    ]


def test_each_repeat_talks_longer_and_waits_less_patiently() -> None:
    repeat = {
        "probability": 1.0,
        "delay_min": 10,
        "max_contacts": 4,
        "talk_factor": 1.5,
        "patience_factor": 0.5,
    }
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, repeat=repeat, patience_s={"voice": 100}),
        "enquiry": reason(1500, talk_s=10_000),
    }
    trace = played(reasons, {"front": 1})
    assert _of_case(trace, 0, "kind arrival answered ended outcome talk_s") == [
        ("first", 0, 0, 60, "answered", 60),
        ("repeat", 660, 660, 750, "answered", 90),
        ("repeat", 1350, 1350, 1485, "answered", 135),
        ("repeat", 2085, None, 2097.5, "abandoned", 0),  # 100 s, halved three times
    ]


ANGRIER = {"probability": 1.0, "delay_min": 10, "max_contacts": 9, "talk_factor": 1.5}
KEEPS_WORD = {"front": 5, "office": {"heads": 5, "tier": 2}}


def test_work_on_a_ticket_takes_no_longer_however_often_the_customer_came_back() -> None:
    ticket = {"step": "ticket", "group": "office", "due_h": 1, "work_s": 300}
    reasons = {"puzzle": reason(0, solve=UNKNOWN, repeat={**ANGRIER, "max_contacts": 4})}
    trace = played(reasons, KEEPS_WORD, escalation={"beyond_knowledge": path(ticket)})
    # Nobody solves it: told so in writing, the customer calls again, once angrier.
    assert rows(trace, "contacts", "kind answered ended talk_s") == [
        ("first", 0, 60, 60),
        ("follow_up", 60, 360, 300),
        ("repeat", 960, 1050, 90),
        ("follow_up", 1050, 1350, 300),
    ]


def test_a_promised_call_is_not_the_customer_coming_back() -> None:
    call = {"step": "promise_callback", "group": "office", "due_h": 1}
    reasons = {"puzzle": reason(0, solve=UNKNOWN, repeat={**ANGRIER, "max_contacts": 4})}
    trace = played(reasons, KEEPS_WORD, escalation={"beyond_knowledge": path(call)})
    assert rows(trace, "contacts", "kind answered talk_s") == [
        ("first", 0, 60),
        ("follow_up", 60, 60),
        ("repeat", 720, 90),
        ("follow_up", 810, 90),  # still the customer who came back once
    ]


def test_a_promised_call_does_not_wear_down_the_customers_patience() -> None:
    call = {"step": "promise_callback", "group": "office", "due_h": 1}
    repeat = {**ANGRIER, "max_contacts": 3, "patience_factor": 0.5}
    busy = reason(700, talk_s=500)
    puzzle = reason(0, solve=UNKNOWN, repeat=repeat, patience_s={"voice": 100})
    trace = played(
        {"puzzle": puzzle, "busy": busy},
        {"front": 1, "office": {"heads": 1, "tier": 2}},
        escalation={"beyond_knowledge": path(call)},
    )
    assert _of_case(trace, 0, "kind arrival ended outcome")[2:] == [
        ("repeat", 720, 770, "abandoned")  # 100 s, halved once
    ]


def test_nobody_demands_the_boss_of_an_agent_who_keeps_a_promise() -> None:
    call = {"step": "promise_callback", "group": "office", "due_h": 1}
    ticket = {"step": "ticket", "group": "office", "due_h": 1, "work_s": 300}
    warm = {"step": "warm_transfer", "group": "boss", "contacts_from": 2}
    for kept in (call, ticket):
        trace = played(
            {"puzzle": reason(*FIVE, solve=UNKNOWN, demands_boss=1.0)},
            {"front": 5, "office": {"heads": 5, "knowledge": EXPERT}, "boss": 5},
            escalation={"on_demand": path(warm), "beyond_knowledge": path(kept)},
        )
        followed = [
            row[1:] for row in rows(trace, "legs", "leg group ending trigger") if row[1] != "front"
        ]
        assert followed == [("office", "settled", "none")] * 5


def test_an_answer_ends_a_row_of_tries() -> None:
    redial = {"after_abandoning": 1.0, "delay_min": 1, "max_tries": 2}
    repeat = {"probability": 1.0, "delay_min": 1, "max_contacts": 2}
    busy = reason(0, 200, talk_s=170)
    puzzle = reason(10, solve=UNKNOWN, repeat=repeat, patience_s={"voice": 100}, redial=redial)
    trace = played({"busy": busy, "puzzle": puzzle}, {"front": 1})
    assert (
        _of_case(trace, 1, "kind arrival answered ended outcome")
        == [
            ("first", 10, None, 110, "abandoned"),
            ("redial", 170, 170, 230, "answered"),
            ("repeat", 290, None, 390, "abandoned"),  # the agent is busy from 230 to 400 s
            ("redial", 450, 450, 510, "answered"),
        ]
        or _of_case(trace, 1, "kind outcome")[2:] == []
    )


def test_after_the_last_contact_that_the_customer_is_willing_to_make_the_case_is_given_up() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 2}
    trace = played({"puzzle": reason(*FIVE, solve=UNKNOWN, repeat=repeat)}, {"front": 5})
    assert rows(trace, "cases", "case ended state attempts contacts_answered") == [
        (case, at + 60 + 600 + 60, "given_up", 2, 2) for case, at in enumerate(FIVE)
    ]


def test_a_share_of_the_customers_with_an_unresolved_case_comes_back() -> None:
    repeat = {"probability": 0.25, "delay_min": 10, "max_contacts": 2}
    reasons = {"puzzle": reason(*range(0, 40_000, 100), solve=UNKNOWN, repeat=repeat)}
    trace = played(reasons, {"front": 5})
    repeats = sum(row == ("repeat",) for row in rows(trace, "contacts", "kind"))
    assert abs(repeats - 100) < 35  # 400 cases: four standard errors are 35


def test_a_customer_who_comes_back_goes_to_the_owner_of_the_case_if_the_owner_is_free() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 2}
    reasons = {"puzzle": reason(*FIVE, solve=UNKNOWN, repeat=repeat)}
    trace = played(reasons, {"front": 8}, ownership="agent", waiting={"retell_s": 25})
    # Without ownership agents 5, 6, 7, idle since midnight, would take the first three repeats.
    assert rows(trace, "legs", "case agent retold")[5:] == [(k, k, 0) for k in range(5)]
    anyone = played(reasons, {"front": 8}, waiting={"retell_s": 25})
    assert rows(anyone, "legs", "case agent retold talk_s")[5:] == [
        (0, 5, 1, 85),
        (1, 6, 1, 85),
        (2, 7, 1, 85),
        (3, 0, 1, 85),
        (4, 1, 1, 85),
    ]


@pytest.mark.parametrize(
    ("may_take", "answered_by"),
    [
        ({}, "front"),
        ({"groups": ["front", {"group": "office", "after_s": 600}]}, "office"),
        ({"waiting_limit": {"after_s": 600, "then": "group", "group": "office"}}, "office"),
    ],
)
def test_an_owner_whose_group_does_not_take_the_reason_gets_no_new_calls(
    may_take: dict[str, Any], answered_by: str
) -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 3}
    ticket = {"step": "ticket", "group": "office", "due_h": 1, "work_s": 60}
    trace = played(
        {"puzzle": reason(0, solve=UNKNOWN, repeat=repeat, **may_take)},
        {"front": 2, "office": {"heads": 1, "tier": 3}},
        escalation={"beyond_knowledge": path(ticket)},
        ownership="agent",
    )
    assert rows(trace, "contacts", "kind channel group")[:3] == [
        ("first", "voice", "front"),
        ("follow_up", "email", "office"),
        ("repeat", "voice", answered_by),
    ]


def test_difficulty_belongs_to_the_case_or_is_drawn_anew_for_every_contact() -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 2}
    several = range(0, 40_000, 100)
    drawn = {}
    for how in ("per_case", "per_contact"):
        reasons = {"puzzle": reason(*several, solve=0.5, repeat=repeat, difficulty_drawn=how)}
        endings = rows(played(reasons, {"front": 5}), "contacts", "kind ending")
        drawn[how] = endings.count(("repeat", "settled")), endings.count(("repeat", "unsolved"))
    assert drawn["per_case"][0] == 0
    settled, unsolved = drawn["per_contact"]
    assert abs(settled - unsolved) < 4 * (settled + unsolved) ** 0.5  # a fair coin


def test_a_customer_whose_redial_falls_into_the_night_tries_at_the_next_opening() -> None:
    redial = {"after_closed": 1.0, "delay_min": 5, "max_tries": 3}
    trace = played(
        {"enquiry": reason(19 * HOUR, 21 * HOUR)},
        {"front": 1},
        opening={"hours": "08:00-20:00"},
        redial=redial,
        horizon={"days": 2},
    )
    assert rows(trace, "contacts", "case kind arrival answered outcome") == [
        (0, "first", 19 * HOUR, 19 * HOUR, "answered"),
        (1, "first", 21 * HOUR, None, "closed"),
        (1, "redial", 32 * HOUR + 300, 32 * HOUR + 300, "answered"),
    ]
