"""Cold transfers, worked out by hand: five customers, talk of 60 s, retelling of 25 s."""

from typing import Any

from sim.trace.trace import Trace
from tests.support.timed_centres import EXPERT, UNKNOWN, day_of, path, played, reason, rows

FIVE = (0, 10, 20, 30, 40)
COLD = {"step": "cold_transfer", "group": "experts"}
DECLINE = {"step": "decline"}
EXPERTS = {"heads": 1, "tier": 2, "knowledge": EXPERT}
STORY = "case answered ended ending help legs transfers talk_s hold_s"
LEGS = "case leg group queued answered ended ending retold"


def _passed(
    *steps: dict[str, Any], heads: int = 3, experts: dict[str, Any] = EXPERTS, **sections: Any
) -> Trace:
    reasons = sections.pop("reasons", {"puzzle": reason(*FIVE, solve=UNKNOWN)})
    groups = {"front": heads, "experts": experts}
    waiting = {"retell_s": 25, **sections.pop("waiting", {})}
    paths = {"beyond_knowledge": path(*steps)}
    return played(reasons, groups, escalation=paths, waiting=waiting, **sections)


def test_the_agent_is_free_at_once_and_the_customer_waits_and_tells_the_story_again() -> None:
    trace = _passed(COLD)
    assert rows(trace, "legs", LEGS) == [
        (0, 0, "front", 0, 0, 60, "transferred_cold", 0),
        (0, 1, "experts", 60, 60, 145, "settled", 1),
        (1, 0, "front", 10, 10, 70, "transferred_cold", 0),
        (1, 1, "experts", 70, 145, 230, "settled", 1),
        (2, 0, "front", 20, 20, 80, "transferred_cold", 0),
        (2, 1, "experts", 80, 230, 315, "settled", 1),
        (3, 0, "front", 30, 60, 120, "transferred_cold", 0),
        (3, 1, "experts", 120, 315, 400, "settled", 1),
        (4, 0, "front", 40, 70, 130, "transferred_cold", 0),
        (4, 1, "experts", 130, 400, 485, "settled", 1),
    ]
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 145, "settled", "transferred", 2, 1, 145, 0),
        (1, 10, 230, "settled", "transferred", 2, 1, 145, 0),
        (2, 20, 315, "settled", "transferred", 2, 1, 145, 0),
        (3, 60, 400, "settled", "transferred", 2, 1, 145, 0),
        (4, 70, 485, "settled", "transferred", 2, 1, 145, 0),
    ]
    assert day_of(trace, 0, 130) == [("talk", 0, 120), ("ready", 120, 130)]
    assert day_of(trace, 3, 490) == [("ready", 0, 60), ("talk", 60, 485), ("ready", 485, 490)]


def test_a_transferred_customer_has_the_patience_of_a_new_call() -> None:
    reasons = {"puzzle": reason(*FIVE, solve=UNKNOWN, patience_s={"voice": 100})}
    trace = _passed(COLD, reasons=reasons)
    assert rows(trace, "contacts", "case ended outcome ending legs transfers help") == [
        (0, 145, "answered", "settled", 2, 1, "transferred"),
        (1, 230, "answered", "settled", 2, 1, "transferred"),
        (2, 180, "answered", "hung_up", 1, 1, "alone"),
        (3, 220, "answered", "hung_up", 1, 1, "alone"),
        (4, 230, "answered", "hung_up", 1, 1, "alone"),  # a moment before the expert is free
    ]


def test_a_transfer_in_the_first_contact_finds_the_patience_of_a_first_contact() -> None:
    repeat = {"probability": 1.0, "delay_min": 60, "patience_factor": 0.1, "max_contacts": 1}
    reasons = {
        "busy": reason(0, talk_s=150, groups=["experts"]),
        "puzzle": reason(0, solve=UNKNOWN, patience_s={"voice": 100}, repeat=repeat),
    }
    trace = _passed(COLD, reasons=reasons)
    assert rows(trace, "legs", LEGS)[1:] == [
        (1, 0, "front", 0, 0, 60, "transferred_cold", 0),
        (1, 1, "experts", 60, 150, 235, "settled", 1),
    ]


def test_at_the_time_out_the_customer_goes_back_to_the_first_queue() -> None:
    trace = _passed({**COLD, "timeout_s": 30, "at_timeout": "back_to_queue"}, heads=5)
    assert rows(trace, "legs", LEGS)[:9] == [
        (0, 0, "front", 0, 0, 60, "transferred_cold", 0),
        (0, 1, "experts", 60, 60, 145, "settled", 1),
        (1, 0, "front", 10, 10, 70, "transferred_cold", 0),
        (1, 1, "front", 70, 100, 185, "transferred_cold", 1),
        (1, 2, "experts", 185, 185, 270, "settled", 1),
        (2, 0, "front", 20, 20, 80, "transferred_cold", 0),
        (2, 1, "front", 80, 110, 195, "transferred_cold", 1),
        (2, 2, "front", 195, 225, 310, "transferred_cold", 1),
        (2, 3, "experts", 310, 310, 395, "settled", 1),
    ]


def test_an_agent_does_not_try_the_same_transfer_with_a_customer_twice() -> None:
    reasons = {
        "busy": reason(0, talk_s=86_000, groups=["experts"]),
        "puzzle": reason(10, solve=UNKNOWN),
    }
    trace = _passed({**COLD, "timeout_s": 30}, reasons=reasons, heads=2)
    assert rows(trace, "legs", f"{LEGS} agent")[1:] == [
        (1, 0, "front", 10, 10, 70, "transferred_cold", 0, 0),
        (1, 1, "front", 70, 100, 185, "transferred_cold", 1, 1),
        (1, 2, "front", 185, 215, 300, "unsolved", 1, 0),
    ]
    declines = _passed({**COLD, "timeout_s": 30}, DECLINE, reasons=reasons, heads=1)
    assert rows(declines, "contacts", "ending legs")[1] == ("declined", 2)


def test_who_comes_back_from_a_transfer_waits_on_with_the_patience_that_is_left() -> None:
    reasons = {
        "busy": reason(0, talk_s=86_000, groups=["experts"]),
        "puzzle": reason(10, solve=UNKNOWN, patience_s={"voice": 75}),
        "next": reason(20, talk_s=76),
    }
    trace = _passed({**COLD, "timeout_s": 30}, reasons=reasons, heads=1)
    # 30 s for the experts, 45 s for the agent, who is free a second too late, at 146 s.
    assert rows(trace, "contacts", "case ended ending")[1:2] == [(1, 145, "hung_up")]
    longer = {**reasons, "puzzle": reason(10, solve=UNKNOWN, patience_s={"voice": 77})}
    trace = _passed({**COLD, "timeout_s": 30}, reasons=longer, heads=1)
    assert rows(trace, "contacts", "case ended ending")[1:2] == [(1, 206, "unsolved")]


def test_at_the_time_out_the_customer_can_be_cut_off() -> None:
    trace = _passed({**COLD, "timeout_s": 30, "at_timeout": "cut_off"})
    assert rows(trace, "contacts", "case ended ending legs transfers") == [
        (0, 145, "settled", 2, 1),
        (1, 100, "cut_off", 1, 1),
        (2, 110, "cut_off", 1, 1),
        (3, 230, "settled", 2, 1),
        (4, 160, "cut_off", 1, 1),
    ]


def test_a_time_out_of_zero_transfers_only_to_an_expert_who_is_free_now() -> None:
    trace = _passed({**COLD, "timeout_s": 0}, DECLINE)
    assert rows(trace, "contacts", "case ended ending legs") == [
        (0, 145, "settled", 2),
        (1, 70, "declined", 1),
        (2, 80, "declined", 1),
        (3, 120, "declined", 1),
        (4, 130, "declined", 1),
    ]
    cut = _passed({**COLD, "timeout_s": 0, "at_timeout": "cut_off"}, DECLINE)
    assert rows(cut, "contacts", "case ended ending")[1] == (1, 70, "cut_off")


def test_transferred_customers_have_a_bonus_before_those_who_call_the_experts_directly() -> None:
    reasons = {
        "puzzle": reason(0, 10, solve=UNKNOWN),
        "direct": reason(1, 65, 69, talk_s=100, groups=["experts"]),
    }
    first = _passed(COLD, reasons=reasons, waiting={"transferred_bonus": 1})
    # The expert talks to the direct caller of second 1 until 101 s.
    assert rows(first, "legs", "reason leg queued answered") == [
        ("puzzle", 0, 0, 0),
        ("puzzle", 1, 60, 101),
        ("direct", 0, 1, 1),
        ("puzzle", 0, 10, 10),
        ("puzzle", 1, 70, 186),
        ("direct", 0, 65, 271),
        ("direct", 0, 69, 371),
    ]
    without = _passed(COLD, reasons=reasons)
    assert rows(without, "legs", "reason leg queued answered")[4:] == [
        ("puzzle", 1, 70, 386),
        ("direct", 0, 65, 186),
        ("direct", 0, 69, 286),
    ]


def test_experts_who_are_off_duty_get_no_transfer() -> None:
    late = {"late": {"start": "20:00", "end": "21:00", "heads": 1}}
    trace = _passed(COLD, DECLINE, experts={**EXPERTS, "heads": None, "shifts": late})
    assert set(rows(trace, "contacts", "ending legs")) == {("declined", 1)}


def test_experts_who_are_about_to_go_home_get_no_transfer() -> None:
    nine = 9 * 3600.0
    early = {"early": {"start": "08:00", "end": "09:00", "heads": 1}}
    reasons = {"puzzle": reason(*(nine + at for at in (-100, -50, -40, -30, -20)), solve=UNKNOWN)}
    experts = {**EXPERTS, "heads": None, "shifts": early}
    trace = _passed(COLD, DECLINE, reasons=reasons, heads=5, experts=experts)
    assert rows(trace, "contacts", "case ended ending") == [
        (0, nine + 45, "settled"),  # transferred 40 s before the end of the shift
        (1, nine + 10, "declined"),
        (2, nine + 20, "declined"),
        (3, nine + 30, "declined"),
        (4, nine + 40, "declined"),
    ]


def test_letters_are_passed_on_without_anybody_on_the_line_or_told_again() -> None:
    letter = reason(*FIVE, channel="email", solve=UNKNOWN)
    trace = _passed(COLD, reasons={"letter": letter})
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 120, "settled", "transferred", 2, 1, 120, 0),
        (1, 10, 180, "settled", "transferred", 2, 1, 120, 0),
        (2, 20, 240, "settled", "transferred", 2, 1, 120, 0),
        (3, 60, 300, "settled", "transferred", 2, 1, 120, 0),
        (4, 70, 360, "settled", "transferred", 2, 1, 120, 0),
    ]


def test_chats_are_passed_on_to_experts_who_chat_with_two_at_once() -> None:
    chat = reason(*FIVE, channel="chat", solve=UNKNOWN)
    experts = {**EXPERTS, "chats_at_once": 2}
    trace = _passed(COLD, reasons={"chat": chat}, heads=5, experts=experts)
    assert rows(trace, "legs", "case leg queued answered ended") == [
        (0, 0, 0, 0, 60),
        (0, 1, 60, 60, 145),
        (1, 0, 10, 10, 70),
        (1, 1, 70, 70, 155),
        (2, 0, 20, 20, 80),
        (2, 1, 80, 145, 230),
        (3, 0, 30, 30, 90),
        (3, 1, 90, 155, 240),
        (4, 0, 40, 40, 100),
        (4, 1, 100, 230, 315),
    ]
