"""Warm transfers, worked out by hand: five customers, talk of 60 s, conference of 10 s."""

from typing import Any

import pytest

from sim.trace.trace import Trace
from tests.support.timed_centres import (
    DAY,
    EXPERT,
    UNKNOWN,
    day_of,
    measured,
    path,
    played,
    reason,
    rows,
)

FIVE = (0, 10, 20, 30, 40)
WARM = {"step": "warm_transfer", "group": "experts", "conference_s": 10}
DECLINE = {"step": "decline"}
EXPERTS = {"heads": 1, "tier": 2, "knowledge": EXPERT}
STORY = "case answered ended ending help legs transfers talk_s hold_s"
LEGS = "case leg group queued answered ended talk_s hold_s ending retold"


def _passed(
    *steps: dict[str, Any], heads: int = 3, experts: dict[str, Any] = EXPERTS, **sections: Any
) -> Trace:
    reasons = sections.pop("reasons", {"puzzle": reason(*FIVE, solve=UNKNOWN)})
    groups = {"front": heads, "experts": experts}
    paths = {"beyond_knowledge": path(*steps)}
    return played(reasons, groups, escalation=paths, **sections)


def test_the_agent_stays_until_the_expert_has_been_introduced() -> None:
    trace = _passed(WARM)
    assert rows(trace, "legs", LEGS) == [
        (0, 0, "front", 0, 0, 70, 70, 0, "transferred_warm", 0),
        (0, 1, "experts", 60, 60, 130, 60, 0, "settled", 0),
        (1, 0, "front", 10, 10, 140, 70, 60, "transferred_warm", 0),
        (1, 1, "experts", 70, 130, 200, 60, 0, "settled", 0),
        (2, 0, "front", 20, 20, 210, 70, 120, "transferred_warm", 0),
        (2, 1, "experts", 80, 200, 270, 60, 0, "settled", 0),
        (3, 0, "front", 30, 70, 280, 70, 140, "transferred_warm", 0),
        (3, 1, "experts", 130, 270, 340, 60, 0, "settled", 0),
        (4, 0, "front", 40, 140, 350, 70, 140, "transferred_warm", 0),
        (4, 1, "experts", 200, 340, 410, 60, 0, "settled", 0),
    ]
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 130, "settled", "transferred", 2, 1, 130, 0),
        (1, 10, 200, "settled", "transferred", 2, 1, 130, 60),
        (2, 20, 270, "settled", "transferred", 2, 1, 130, 120),
        (3, 70, 340, "settled", "transferred", 2, 1, 130, 140),
        (4, 140, 410, "settled", "transferred", 2, 1, 130, 140),
    ]
    assert set(rows(trace, "contacts", "escalated group")) == {("knowledge", "front")}
    assert day_of(trace, 1, 220) == [
        ("ready", 0, 10),
        ("talk", 10, 70),
        ("hold", 70, 130),
        ("talk", 130, 200),  # 10 s of conference, then 60 s with case 4
        ("hold", 200, 220),
    ]
    heard = [(60, 70), (130, 140), (200, 210), (270, 280), (340, 350)]
    served = [stretch for hears in heard for stretch in (hears, (hears[1], hears[1] + 60))]
    assert day_of(trace, 3, 420) == [
        ("ready", 0, 60),
        *((("helping", "talk")[k % 2], *stretch) for k, stretch in enumerate(served)),
        ("ready", 410, 420),
    ]


def test_listening_is_the_time_of_a_helper_and_not_talked_twice() -> None:
    long = {**WARM, "conference_s": 60}
    told = measured(
        {"puzzle": reason(0, talk_s=100, solve=UNKNOWN)},
        {"front": 1, "experts": EXPERTS},
        escalation={"beyond_knowledge": path(long)},
    )
    assert (told["aht"], told["helper_time"]) == (260, 60)  # 100 s each, and the introduction


def test_an_agent_who_takes_over_a_chat_next_to_others_is_seen_chatting() -> None:
    reasons = {
        "puzzle": reason(0, channel="chat", solve=UNKNOWN),
        "direct": reason(50, channel="chat", talk_s=100, groups=["experts"]),
    }
    trace = _passed(WARM, reasons=reasons, experts={**EXPERTS, "chats_at_once": 2})
    assert day_of(trace, 3, 160) == [("ready", 0, 50), ("talk", 50, 150), ("ready", 150, 160)]


def test_a_transfer_still_in_hand_at_midnight_counts_what_was_said_so_far() -> None:
    trace = _passed(WARM, reasons={"puzzle": reason(DAY - 100, solve=UNKNOWN)})
    assert rows(trace, "legs", "leg talk_s hold_s ending") == [
        (0, 70, 0, "transferred_warm"),
        (1, 30, 0, "in_hand"),
    ]


def test_the_story_is_not_told_again_after_a_warm_transfer() -> None:
    trace = _passed(WARM, waiting={"retell_s": 25})
    assert {row[0] for row in rows(trace, "legs", "retold")} == {0}


def test_when_no_expert_answers_in_time_the_next_step_is_tried() -> None:
    trace = _passed({**WARM, "timeout_s": 15}, DECLINE)
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 130, "settled", "transferred", 2, 1, 130, 0),
        (1, 10, 85, "declined", "alone", 1, 0, 60, 15),
        (2, 20, 95, "declined", "alone", 1, 0, 60, 15),
        (3, 70, 200, "settled", "transferred", 2, 1, 130, 0),
        (4, 85, 160, "declined", "alone", 1, 0, 60, 15),
    ]


def test_when_no_expert_answers_in_time_the_customer_can_be_cut_off() -> None:
    trace = _passed({**WARM, "timeout_s": 15, "at_timeout": "cut_off"}, DECLINE)
    assert rows(trace, "contacts", "case ended ending") == [
        (0, 130, "settled"),
        (1, 85, "cut_off"),
        (2, 95, "cut_off"),
        (3, 200, "settled"),
        (4, 160, "cut_off"),
    ]


def test_when_no_expert_is_free_the_customer_can_go_back_to_the_queue_and_tell_it_again() -> None:
    step = {**WARM, "timeout_s": 0, "at_timeout": "back_to_queue"}
    trace = _passed(step, waiting={"retell_s": 25})
    told = "case leg group queued answered ended ending retold"
    assert rows(trace, "legs", told)[:4] == [
        (0, 0, "front", 0, 0, 70, "transferred_warm", 0),
        (0, 1, "experts", 60, 60, 130, "settled", 0),
        (1, 0, "front", 10, 10, 70, "passed_on", 0),
        # Both agents free at 70 s take cases 3 and 4, who wait longer; the third is free at 80 s.
        (1, 1, "front", 70, 80, 165, "passed_on", 1),
    ]
    assert ("passed_on", 0) in rows(trace, "legs", "ending retold")


def test_an_agent_does_not_pass_the_same_customer_on_twice() -> None:
    step = {**WARM, "timeout_s": 0, "at_timeout": "back_to_queue"}
    reasons = {
        "busy": reason(0, talk_s=86_000, groups=["experts"]),
        "puzzle": reason(10, solve=UNKNOWN),
    }
    trace = _passed(step, reasons=reasons, heads=2)
    assert rows(trace, "legs", "case agent queued ended ending")[1:] == [
        (1, 0, 10, 70, "passed_on"),
        (1, 1, 70, 130, "passed_on"),
        (1, 0, 130, 190, "unsolved"),
    ]


def test_back_in_the_queue_any_group_of_the_reason_may_take_the_customer() -> None:
    step = {**WARM, "timeout_s": 0, "at_timeout": "back_to_queue"}
    puzzle = reason(0, solve=UNKNOWN, groups=["front", {"group": "back_up", "after_s": 30}])
    trace = played(
        {"puzzle": puzzle, "next": reason(10, talk_s=500), "direct": reason(0, groups=["experts"])},
        {"front": 1, "back_up": {"heads": 1, "knowledge": EXPERT}, "experts": {"heads": 1}},
        escalation={"beyond_knowledge": path(step)},
    )
    # The front line turns to the call of 10 s; the other group may take the puzzle 30 s later.
    assert rows(trace, "legs", "case group queued answered ending")[:2] == [
        (0, "front", 0, 0, "passed_on"),
        (0, "back_up", 60, 90, "settled"),
    ]
    assert {row[0] for row in rows(trace, "contacts", "ending")} == {"settled"}


def test_what_another_agent_settles_after_the_queue_is_not_settled_by_the_first_alone() -> None:
    back = {**WARM, "timeout_s": 0, "at_timeout": "back_to_queue"}
    old_hand = {"group": "old_hands", "after_s": 5}
    reasons = {
        "puzzle": reason(0, solve=UNKNOWN, groups=["front", old_hand]),
        "busy": reason(0, talk_s=1000, groups=["experts"]),
        "call": reason(10, talk_s=1000),  # taken when the puzzle goes back to the queue
    }
    groups = {"front": 1, "experts": 1, "old_hands": {"heads": 1, "knowledge": EXPERT}}
    told = measured(reasons, groups, escalation={"beyond_knowledge": path(back)})
    # All three are settled in the first contact, the puzzle by the second agent who met it.
    assert told["fcr"] == 1
    assert told["first_person_resolution"] == pytest.approx(2 / 3)


def test_a_customer_who_returns_to_the_same_agent_is_not_passed_on_nor_asked_to_tell_it_again() -> (
    None
):
    back = {**WARM, "timeout_s": 20, "at_timeout": "back_to_queue"}
    ask = {"step": "ask_colleague", "group": "friends", "time_s": 30}
    reasons = {
        "puzzle": reason(10, solve=UNKNOWN),
        "busy": reason(0, talk_s=1000, groups=["experts"]),
    }
    trace = played(
        reasons,
        {"front": 1, "experts": EXPERTS, "friends": {"heads": 1, "knowledge": EXPERT}},
        escalation={"beyond_knowledge": path(back, ask)},
        waiting={"retell_s": 25},
    )
    assert rows(trace, "legs", "case leg agent queued answered ended retold")[-2:] == [
        (1, 0, 0, 10, 10, 90, 0),
        (1, 1, 0, 90, 90, 180, 0),
    ]
    assert rows(trace, "contacts", "case help transfers")[-1] == (1, "colleague", 0)


def test_a_time_out_of_zero_transfers_only_to_an_expert_who_is_free_now() -> None:
    trace = _passed({**WARM, "timeout_s": 0}, DECLINE)
    assert rows(trace, "contacts", "case ended ending hold_s") == [
        (0, 130, "settled", 0),
        (1, 70, "declined", 0),
        (2, 80, "declined", 0),
        (3, 200, "settled", 0),
        (4, 130, "declined", 0),
    ]


def test_a_customer_may_hang_up_while_the_agent_waits_for_an_expert() -> None:
    trace = _passed(WARM, DECLINE, waiting={"hold_patience_s": 45})
    assert rows(trace, "contacts", "case answered ended ending hold_s legs") == [
        (0, 0, 130, "settled", 0, 2),
        (1, 10, 115, "hung_up", 45, 1),
        (2, 20, 125, "hung_up", 45, 1),
        (3, 70, 200, "settled", 0, 2),
        (4, 115, 270, "settled", 25, 2),
    ]


def test_a_customer_is_not_transferred_to_the_group_that_is_with_the_customer() -> None:
    trace = _passed(WARM, DECLINE, experts={"heads": 5, "tier": 2})
    assert rows(trace, "legs", "case group ended ending")[:4] == [
        (0, "front", 70, "transferred_warm"),
        (0, "experts", 130, "declined"),
        (1, "front", 80, "transferred_warm"),
        (1, "experts", 140, "declined"),
    ]


def test_experts_who_are_off_duty_are_not_waited_for() -> None:
    late = {"late": {"start": "20:00", "end": "21:00", "heads": 1}}
    off = {**EXPERTS, "heads": None, "shifts": late}
    trace = _passed({**WARM, "at_timeout": "cut_off"}, DECLINE, experts=off)
    assert set(rows(trace, "contacts", "ending hold_s")) == {("declined", 0)}


def test_an_expert_who_chats_takes_a_chat_handed_over_before_those_in_the_queue() -> None:
    experts = {**EXPERTS, "chats_at_once": 2}
    reasons = {
        "puzzle": reason(0, channel="chat", solve=UNKNOWN),
        "direct": reason(0, 20, 30, 40, channel="chat", talk_s=100, groups=["experts"]),
    }
    trace = _passed(WARM, reasons=reasons, experts=experts)
    # Chats of 0 s and 20 s fill the expert; the agent, who holds since 60 s, comes next.
    assert rows(trace, "legs", "reason leg queued answered") == [
        ("puzzle", 0, 0, 0),
        ("puzzle", 1, 60, 100),
        ("direct", 0, 0, 0),
        ("direct", 0, 20, 20),
        ("direct", 0, 30, 120),
        ("direct", 0, 40, 170),
    ]


def test_a_reception_passes_everybody_on_whatever_it_knows() -> None:
    reasons = {"enquiry": reason(*FIVE, talk_s=60, then="reception")}
    groups = {"front": {"heads": 1, "talk_s": {"enquiry": 5}}, "experts": {"heads": 5, "tier": 2}}
    trace = played(reasons, groups, escalation={"reception": path(WARM)})
    assert rows(trace, "legs", LEGS) == [
        (0, 0, "front", 0, 0, 15, 15, 0, "transferred_warm", 0),
        (0, 1, "experts", 5, 5, 75, 60, 0, "settled", 0),
        (1, 0, "front", 10, 15, 30, 15, 0, "transferred_warm", 0),
        (1, 1, "experts", 20, 20, 90, 60, 0, "settled", 0),
        (2, 0, "front", 20, 30, 45, 15, 0, "transferred_warm", 0),
        (2, 1, "experts", 35, 35, 105, 60, 0, "settled", 0),
        (3, 0, "front", 30, 45, 60, 15, 0, "transferred_warm", 0),
        (3, 1, "experts", 50, 50, 120, 60, 0, "settled", 0),
        (4, 0, "front", 40, 60, 75, 15, 0, "transferred_warm", 0),
        (4, 1, "experts", 65, 65, 135, 60, 0, "settled", 0),
    ]
    assert set(rows(trace, "legs", "leg trigger")) == {(0, "route"), (1, "none")}
