"""Asking an approver, worked out by hand: five complaints, talk of 60 s, decisions of 20 s."""

from typing import Any

import numpy as np

from sim.trace.trace import Trace
from tests.support.timed_centres import (
    DAY,
    EXPERT,
    UNKNOWN,
    complaint,
    day_of,
    measured,
    path,
    played,
    reason,
    rows,
)

FIVE = (0, 10, 20, 30, 40)
ASK = {"step": "ask_approver", "group": "boss", "decision_s": 20}
DECLINE = {"step": "decline"}
LEVELS = {"little": {"limit": 20}, "some": {"limit": 40}, "full": {"limit": 1000}}
BOSS = {"heads": 1, "tier": 2, "authority": "full"}
EARLY = {"early": {"start": "08:00", "end": "09:00", "heads": 1}}
STORY = "case answered ended ending help talk_s hold_s"
DECIDED = "case group asker_group money limit asked started decided approved paid"


def _asked(*steps: dict[str, Any], boss: Any = BOSS, heads: int = 3, **sections: Any) -> Trace:
    groups = {"front": {"heads": heads, "authority": "little"}, "boss": boss}
    groups |= sections.pop("more", {})
    return played(
        sections.pop("reasons", {"refund": complaint(*FIVE)}),
        groups,
        authority=LEVELS,
        escalation={"beyond_authority": path(*steps), **sections.pop("paths", {})},
        **sections,
    )


def test_agents_and_customers_hold_until_the_approver_has_decided_one_after_the_other() -> None:
    trace = _asked(ASK)
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 80, "settled", "approved", 60, 20),
        (1, 10, 100, "settled", "approved", 60, 30),
        (2, 20, 120, "settled", "approved", 60, 40),
        (3, 80, 160, "settled", "approved", 60, 20),
        (4, 100, 180, "settled", "approved", 60, 20),
    ]
    assert rows(trace, "decisions", DECIDED) == [
        (0, "boss", "front", 50, 1000, 60, 60, 80, 1, 50),
        (1, "boss", "front", 50, 1000, 70, 80, 100, 1, 50),
        (2, "boss", "front", 50, 1000, 80, 100, 120, 1, 50),
        (3, "boss", "front", 50, 1000, 140, 140, 160, 1, 50),
        (4, "boss", "front", 50, 1000, 160, 160, 180, 1, 50),
    ]
    assert day_of(trace, 0, 170) == [
        ("talk", 0, 60),
        ("hold", 60, 80),
        ("talk", 80, 140),
        ("hold", 140, 160),
        ("ready", 160, 170),
    ]
    assert day_of(trace, 3, 190) == [
        ("ready", 0, 60),
        ("deciding", 60, 120),
        ("ready", 120, 140),
        ("deciding", 140, 180),
        ("ready", 180, 190),
    ]
    assert set(rows(trace, "contacts", "escalated")) == {("authority",)}
    assert set(rows(trace, "cases", "state paid asked_boss")) == {("resolved", 50, 1)}


def test_what_an_agent_may_decide_alone_needs_no_approver() -> None:
    trace = _asked(ASK, reasons={"refund": complaint(*FIVE, money=20)})
    assert rows(trace, "decisions", "case group asker_group started decided approved paid") == [
        (0, "front", None, 60, 60, 1, 20),
        (1, "front", None, 70, 70, 1, 20),
        (2, "front", None, 80, 80, 1, 20),
        (3, "front", None, 120, 120, 1, 20),
        (4, "front", None, 130, 130, 1, 20),
    ]
    assert set(rows(trace, "cases", "state asked_boss")) == {("resolved", 0)}


def test_a_question_beyond_the_approvers_limit_goes_up_and_takes_both_their_times() -> None:
    boss = {"heads": 1, "tier": 2, "authority": "some", "approver": "head"}
    trace = _asked(ASK, boss=boss, more={"head": {"heads": 1, "tier": 3, "authority": "full"}})
    assert rows(trace, "decisions", DECIDED) == [
        (0, "boss", "front", 50, 40, 60, 60, 80, -1, 0),
        (1, "boss", "front", 50, 40, 70, 80, 100, -1, 0),
        (0, "head", "front", 50, 1000, 80, 80, 100, 1, 50),
        (2, "boss", "front", 50, 40, 80, 100, 120, -1, 0),
        (1, "head", "front", 50, 1000, 100, 100, 120, 1, 50),
        (2, "head", "front", 50, 1000, 120, 120, 140, 1, 50),
        (3, "boss", "front", 50, 40, 160, 160, 180, -1, 0),
        (3, "head", "front", 50, 1000, 180, 180, 200, 1, 50),
        (4, "boss", "front", 50, 40, 180, 180, 200, -1, 0),
        (4, "head", "front", 50, 1000, 200, 200, 220, 1, 50),
    ]
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 100, "settled", "approved", 60, 40),
        (1, 10, 120, "settled", "approved", 60, 50),
        (2, 20, 140, "settled", "approved", 60, 60),
        (3, 100, 200, "settled", "approved", 60, 40),
        (4, 120, 220, "settled", "approved", 60, 40),
    ]


def test_the_next_approver_up_takes_a_decision_time_of_their_own() -> None:
    boss = {"heads": 1, "tier": 2, "authority": "some", "approver": "head"}
    head = {"heads": 1, "tier": 3, "authority": "full"}
    long = {"distribution": "exponential", "mean": 60}
    refunds = {"refund": complaint(*range(0, 80_000, 200))}
    trace = _asked({**ASK, "decision_s": long}, reasons=refunds, boss=boss, more={"head": head})
    times = rows(trace, "decisions", "group started decided")
    took = {
        team: [decided - started for group, started, decided in times if group == team]
        for team in ("boss", "head")
    }
    assert len(took["boss"]) == len(took["head"]) == 400
    # Times that have nothing to do with each other: four standard errors are 4 / sqrt(400).
    assert abs(np.corrcoef(took["boss"], took["head"])[0, 1]) < 0.2


def test_what_one_approver_thinks_says_nothing_about_what_another_would() -> None:
    fair = {**ASK, "approval": 0.5}
    refunds = {"refund": complaint(*range(0, 80_000, 200), money=50)}
    yes = {}
    for asked in ("boss", "head"):
        head = {"heads": 1, "tier": 3, "authority": "full"}
        trace = _asked({**fair, "group": asked}, reasons=refunds, more={"head": head})
        yes[asked] = [row[0] for row in rows(trace, "decisions", "approved")]
    # Fair coins agree in half of 400 cases; four standard errors are 40.
    agreed = sum(one == other for one, other in zip(yes["boss"], yes["head"], strict=True))
    assert abs(agreed - 200) < 40


def test_an_approver_without_anybody_above_says_no_to_what_is_beyond_the_limit() -> None:
    boss = {"heads": 5, "tier": 2, "authority": "some"}
    trace = _asked(ASK, boss=boss, heads=5)
    assert rows(trace, "contacts", STORY) == [
        (case, at, at + 80, "declined", "alone", 60, 20) for case, at in enumerate(FIVE)
    ]
    assert set(rows(trace, "decisions", "approved paid")) == {(0, 0)}
    assert set(rows(trace, "cases", "state paid asked_boss")) == {("given_up", 0, 1)}


def test_a_refusal_ends_the_contact_and_no_further_step_is_tried() -> None:
    ticket = {"step": "ticket", "group": "boss", "due_h": 1, "work_s": 10}
    trace = _asked({**ASK, "approval": 0.0}, ticket, heads=5, boss={**BOSS, "heads": 5})
    assert rows(trace, "contacts", STORY) == [
        (case, at, at + 80, "declined", "alone", 60, 20) for case, at in enumerate(FIVE)
    ]
    assert rows(trace, "promises", "case") == []


def test_approval_falls_with_the_money_asked_for() -> None:
    # 1 - 0.5 for every 100: certain at nothing, impossible from 200 on.
    step = {**ASK, "approval_falls_per_100": 0.5}
    dear = {"refund": complaint(*FIVE, money=200)}
    trace = _asked(step, reasons=dear)
    assert set(rows(trace, "decisions", "approved")) == {(0,)}
    mixed = {"refund": complaint(*range(0, 40_000, 100), money=100)}
    share = sum(row == (1,) for row in rows(_asked(step, reasons=mixed), "decisions", "approved"))
    assert abs(share - 200) < 40  # 400 fair coins: four standard errors are 40


def test_after_the_time_out_the_next_step_is_tried_and_the_question_is_on_record() -> None:
    trace = _asked({**ASK, "timeout_s": 15}, DECLINE)
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 80, "settled", "approved", 60, 20),
        (1, 10, 100, "settled", "approved", 60, 30),  # 70-80 on hold before the decision
        (2, 20, 95, "declined", "alone", 60, 15),
        (3, 80, 160, "settled", "approved", 60, 20),
        (4, 95, 180, "settled", "approved", 60, 25),
    ]
    assert rows(trace, "decisions", DECIDED)[2] == (
        *(2, "boss", "front", 50, 1000),
        *(80, None, None, None, 0),
    )


def test_a_time_out_of_zero_asks_only_an_approver_who_is_free_now() -> None:
    trace = _asked({**ASK, "timeout_s": 0}, DECLINE)
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 80, "settled", "approved", 60, 20),
        (1, 10, 70, "declined", "alone", 60, 0),
        (2, 20, 80, "declined", "alone", 60, 0),
        (3, 70, 150, "settled", "approved", 60, 20),
        (4, 80, 140, "declined", "alone", 60, 0),
    ]


def test_a_hold_that_goes_on_at_midnight_is_a_hold_and_not_talk() -> None:
    last = {"refund": complaint(DAY - 1000), "visit": reason(0, talk_s=DAY, groups=["boss"])}
    trace = _asked(ASK, reasons=last)
    assert rows(trace, "legs", "group talk_s hold_s ending")[1:] == [("front", 60, 940, "in_hand")]
    # The boss asked is free, and still thinks about it.
    trace = _asked({**ASK, "decision_s": 5000}, reasons={"refund": complaint(DAY - 1000)})
    assert rows(trace, "legs", "talk_s hold_s ending") == [(60, 940, "in_hand")]


def test_a_question_that_reaches_nobody_is_no_escalation() -> None:
    reasons = {"refund": complaint(100), "visit": reason(0, talk_s=1000, groups=["boss"])}
    groups = {"front": {"heads": 3, "authority": "little"}, "boss": BOSS}
    told = {
        timeout: measured(
            reasons,
            groups,
            authority=LEVELS,
            escalation={"beyond_authority": path({**ASK, "timeout_s": timeout}, DECLINE)},
        )
        for timeout in (0, 15)
    }
    # One complaint in two contacts; the boss is busy for the whole of it.
    assert told[0]["escalation_rate"] == told[0]["approvals_per_complaint"] == 0
    assert told[15]["escalation_rate"] == 1 / 2
    assert told[15]["approvals_per_complaint"] == 1


def test_a_question_is_not_passed_up_to_somebody_who_cannot_be_asked() -> None:
    boss = {"heads": 1, "tier": 2, "authority": "some", "approver": "head"}
    trace = _asked(
        {**ASK, "timeout_s": 0},
        boss=boss,
        more={"head": {"heads": 1, "tier": 3, "authority": "full"}},
        reasons={"refund": complaint(0), "visit": reason(0, talk_s=1000, groups=["head"])},
    )
    assert rows(trace, "decisions", DECIDED) == [(0, "boss", "front", 50, 40, 60, 60, 80, -1, 0)]


def test_a_boss_who_was_too_busy_to_be_asked_was_not_met() -> None:
    trace = _asked({**ASK, "timeout_s": 0}, DECLINE)
    assert rows(trace, "cases", "case asked_boss") == [(0, 1), (1, 0), (2, 0), (3, 1), (4, 0)]
    assert rows(trace, "contacts", "case escalated") == [
        (0, "authority"),
        (1, "none"),
        (2, "none"),
        (3, "authority"),
        (4, "none"),
    ]
    assert rows(trace, "decisions", "case approved") == [(0, 1), (3, 1)]


def test_a_customer_who_hangs_up_on_hold_frees_agent_and_approver() -> None:
    trace = _asked(ASK, waiting={"hold_patience_s": 35}, heads=4)
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 80, "settled", "approved", 60, 20),
        (1, 10, 100, "settled", "approved", 60, 30),
        (2, 20, 115, "hung_up", "alone", 60, 35),
        (3, 30, 125, "hung_up", "alone", 60, 35),
        (4, 80, 160, "settled", "approved", 60, 20),
    ]
    assert rows(trace, "decisions", "case asked started decided approved") == [
        (0, 60, 60, 80, 1),
        (1, 70, 80, 100, 1),
        (2, 80, 100, None, None),
        (3, 90, 115, None, None),
        (4, 140, 140, 160, 1),
    ]
    assert day_of(trace, 4, 170) == [
        ("ready", 0, 60),
        ("deciding", 60, 125),
        ("ready", 125, 140),
        ("deciding", 140, 160),
        ("ready", 160, 170),
    ]


def test_the_patience_on_hold_is_counted_over_the_whole_contact() -> None:
    boss = {"heads": 5, "tier": 2, "authority": "some", "approver": "head"}
    head = {"heads": 5, "tier": 3, "authority": "full"}
    trace = _asked(ASK, boss=boss, heads=5, more={"head": head}, waiting={"hold_patience_s": 35})
    assert rows(trace, "contacts", STORY) == [
        (case, at, at + 95, "hung_up", "alone", 60, 35) for case, at in enumerate(FIVE)
    ]


def test_nobody_asks_a_boss_who_has_gone_home() -> None:
    boss = {**BOSS, "heads": None, "shifts": EARLY}
    trace = _asked(ASK, DECLINE, boss=boss)
    assert set(rows(trace, "contacts", "ending hold_s escalated")) == {("declined", 0, "none")}
    assert set(rows(trace, "cases", "asked_boss")) == {(0,)}
    assert rows(trace, "decisions", "case") == []


def test_an_approver_decides_for_those_on_hold_before_going_home() -> None:
    nine = 9 * 3600.0
    boss = {**BOSS, "heads": None, "shifts": EARLY}
    late = {"refund": complaint(*(nine - 65 + at for at in FIVE))}
    trace = _asked(ASK, DECLINE, boss=boss, reasons=late)
    assert rows(trace, "decisions", "case asked started decided approved") == [
        (0, nine - 5, nine - 5, nine + 15, 1),
        (1, nine + 5, nine + 15, nine + 35, 1),
        (2, nine + 15, nine + 35, nine + 55, 1),
    ]
    assert rows(trace, "contacts", "case ending") == [
        (0, "settled"),
        (1, "settled"),
        (2, "settled"),
        (3, "declined"),
        (4, "declined"),
    ]
    assert day_of(trace, 3)[-1] == ("deciding", nine - 5, nine + 55)


def test_approvers_decide_before_they_answer_customers_of_their_own() -> None:
    reasons = {
        "refund": complaint(*FIVE),
        "escalated_letter": reason(50, 55, 58, talk_s=30, groups=["boss"]),
    }
    trace = _asked(ASK, reasons=reasons)
    assert rows(trace, "decisions", "case started decided") == [
        (0, 80, 100),
        (1, 100, 120),
        (2, 120, 140),
        (3, 170, 190),  # asked at 160 s, while a letter is answered
        (4, 190, 210),
    ]
    letters = [row for row in rows(trace, "contacts", "reason answered") if row[0] != "refund"]
    assert letters == [("escalated_letter", at) for at in (50, 140, 210)]


def test_an_approver_asked_for_knowledge_pays_only_what_lies_within_the_limit() -> None:
    know = {"beyond_knowledge": path({**ASK, "group": "boss"})}
    boss = {"heads": 5, "tier": 2, "authority": "some", "knowledge": EXPERT}
    reasons = {
        "cheap": complaint(0, 10, solve=UNKNOWN, money=30),
        "dear": complaint(20, 30, 40, solve=UNKNOWN, money=50),
    }
    trace = _asked(DECLINE, reasons=reasons, boss=boss, heads=5, paths=know)
    assert rows(trace, "contacts", "reason ended ending help") == [
        ("cheap", 80, "settled", "approved"),
        ("cheap", 90, "settled", "approved"),
        ("dear", 100, "declined", "approved"),
        ("dear", 110, "declined", "approved"),
        ("dear", 120, "declined", "approved"),
    ]
    assert rows(trace, "cases", "paid") == [(30,), (30,), (0,), (0,), (0,)]


def test_who_is_refused_is_refused_again_however_often_it_is_asked() -> None:
    fair = {**ASK, "approval": 0.5, "decision_s": 0}
    again = {"probability": 1.0, "delay_min": 10, "max_contacts": 4}
    trace = _asked(
        fair,
        heads=50,
        boss={**BOSS, "heads": 50},
        reasons={"refund": complaint(*range(40))},
        repeat=again,
    )
    answers: dict[Any, list[Any]] = {}
    for case, approved in rows(trace, "decisions", "case approved"):
        answers.setdefault(case, []).append(approved)
    refused = [each for each in answers.values() if not each[0]]
    assert 8 < len(refused) < 32  # half of 40; four standard errors are 13
    assert all(each == [0] * 4 for each in refused)
    assert all(each == [1] for each in answers.values() if each[0])


def test_a_group_refuses_the_same_cases_in_whatever_way_it_is_asked() -> None:
    ticket = {"step": "ticket", "group": "front", "due_h": 1, "approver": "boss", "approval": 0.5}
    ticket["work_s"] = 10

    def granted(*steps: dict[str, Any]) -> set[Any]:
        reasons = {"refund": complaint(*range(40))}
        trace = _asked(*steps, heads=50, boss={**BOSS, "heads": 50}, reasons=reasons)
        found = rows(trace, "decisions", "case approved asker_group")
        return {case for case, approved, asker in found if approved and asker}

    half = {**ASK, "approval": 0.5}
    mine = granted(half)
    assert 8 < len(mine) < 32
    assert granted(ticket) == mine
    assert granted({**half, "approval": 0.7}) > mine
