"""Several things in hand: chats side by side, letters put aside and resumed, by hand."""

from typing import Any

import pytest

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

CHATS = {"heads": 1, "chats_at_once": 2}
STORY = "arrival answered ended talk_s"
NINE = 9 * HOUR


def _chats(*at_s: float, group: dict[str, Any] = CHATS, **more: Any) -> Trace:
    return played({"chat": reason(*at_s, channel="chat", **more)}, {"front": group})


def test_an_agent_chats_with_as_many_at_once_as_the_group_can() -> None:
    assert rows(_chats(0, 10, 20), "contacts", STORY) == [
        (0, 0, 60, 60),
        (10, 10, 70, 60),
        (20, 60, 120, 60),
    ]


def test_chats_side_by_side_slow_each_other_down() -> None:
    # Alone at speed 1, two at once at 1 / 1.5. The first has 50 s left at 10 s and needs 75 s;
    # meanwhile the second has done 50 of its 60 s, and does the last 10 s alone.
    trace = _chats(0, 10, group={**CHATS, "chat_slowdown": 0.5})
    assert rows(trace, "contacts", STORY) == [(0, 0, 85, 85), (10, 10, 95, 85)]
    assert day_of(trace, 0, until=100) == [("talk", 0, 95), ("ready", 95, 100)]


def test_chats_in_hand_at_midnight_have_talked_for_as_long_as_they_went_on() -> None:
    trace = _chats(DAY - 100, DAY - 100, group={**CHATS, "chat_slowdown": 1.0}, talk_s=1000)
    assert rows(trace, "contacts", "ending talk_s") == [("in_hand", 100), ("in_hand", 100)]


def test_three_chats_share_an_agent_by_processor_sharing_arithmetic() -> None:
    # Speeds 1, 1/2, 1/3 with one, two, three in hand (slowdown 1).
    group = {"heads": 1, "chats_at_once": 3, "chat_slowdown": 1.0}
    trace = _chats(0, 20, 40, group=group)
    # 0-20: A 20. 20-40: A 10, B 10. From 40 on a third each: A has 30 left, done at 130; B and C
    # have done 40 and 30, then halves: B's 20 left take 40 s, to 170; C's last 10 s alone, to 180.
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 130, 130),
        (20, 20, 170, 150),
        (40, 40, 180, 140),
    ]


def test_two_chats_that_end_at_the_same_second_both_end() -> None:
    trace = _chats(0, 0, 5, group={**CHATS, "chat_slowdown": 0.5})
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 90, 90),
        (0, 0, 90, 90),
        (5, 90, 150, 60),
    ]


def test_wrapping_up_a_chat_takes_its_place_and_shows_only_when_nothing_else_is_in_hand() -> None:
    trace = _chats(0, 70, 75, 80, wrap_up_s=30)
    # 60-90 wraps up the first; from 70 s on the second is in hand next to it. The third waits for
    # the place until 90 s, the fourth until the second is wrapped up, at 160 s.
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 60, 60),
        (70, 70, 130, 60),
        (75, 90, 150, 60),
        (80, 160, 220, 60),
    ]
    assert day_of(trace, 0, until=260) == [
        ("talk", 0, 60),
        ("wrap_up", 60, 70),
        ("talk", 70, 150),
        ("wrap_up", 150, 160),
        ("talk", 160, 220),
        ("wrap_up", 220, 250),
        ("ready", 250, 260),
    ]


def test_a_chat_goes_to_the_agent_with_the_fewest_in_hand() -> None:
    trace = _chats(0, 1, 2, 3, group={"heads": 3, "chats_at_once": 2})
    assert [row[0] for row in rows(trace, "contacts", "agent")] == [0, 1, 2, 0]


def test_a_caller_waits_until_an_agent_has_no_chat_in_hand() -> None:
    trace = played({"chat": reason(0, 30, channel="chat"), "call": reason(10)}, {"front": CHATS})
    assert rows(trace, "contacts", "channel arrival answered ended") == [
        ("chat", 0, 0, 60),
        ("voice", 10, 90, 150),
        ("chat", 30, 30, 90),
    ]


def test_an_agent_takes_no_further_chat_when_the_shift_is_over() -> None:
    eight = 8 * HOUR
    shift = {"day": {"start": "08:00", "end": "09:00", "heads": 1}}
    trace = _chats(
        *range(int(eight), int(eight) + 7200, 40), group={"shifts": shift, "chats_at_once": 3}
    )
    assert day_of(trace, 0)[-1][2] == NINE - 40 + 60
    assert rows(trace, "contacts", "outcome").count(("answered",)) == 90


def test_an_agent_takes_no_further_chat_when_a_break_is_due() -> None:
    shift = {
        "start": "08:00",
        "end": "10:00",
        "heads": 1,
        "breaks": [{"at": "09:00", "minutes": 15}],
    }
    trace = _chats(
        *range(int(8 * HOUR), int(NINE) + 3600, 40),
        group={"shifts": {"day": shift}, "chats_at_once": 3},
    )
    # The chat begun 40 s before nine ends 20 s after it; then the break is taken in full.
    breaks = [span for span in day_of(trace, 0) if span[0] == "break"]
    assert breaks == [("break", NINE + 20, NINE + 920)]


def test_when_the_headcount_drops_who_chats_takes_no_further_chat_until_somebody_has_gone() -> None:
    heads = {"start": "08:00", "interval_min": 60, "heads": {"every_day": [2, 1]}}
    group = {"heads_by_interval": heads, "chats_at_once": 2}
    trace = _chats(NINE - 50, NINE - 40, NINE + 5, NINE + 30, group=group)
    # Both chat at nine; the one who is done at +10 s goes, and then the other has a place again.
    assert rows(trace, "contacts", "answered agent") == [
        (NINE - 50, 0),
        (NINE - 40, 1),
        (NINE + 10, 1),
        (NINE + 30, 1),
    ]
    assert day_of(trace, 0)[-1] == ("talk", NINE - 50, NINE + 10)


def test_when_the_headcount_rises_again_who_chats_takes_further_chats() -> None:
    heads = {"start": "08:55", "interval_min": 5, "heads": {"every_day": [2, 1, 2, 2]}}
    group = {"heads_by_interval": heads, "chats_at_once": 2}
    busy = (NINE - 50, NINE - 40)
    trace = _chats(*busy, NINE + 100, NINE + 400, group=group, talk_s=1000)
    # At nine one of the two is to go when a chat ends; from 9:05 on both may stay.
    assert rows(trace, "contacts", "answered agent")[2:] == [(NINE + 300, 0), (NINE + 400, 1)]


# Writing.


def test_a_letter_is_put_aside_for_calls_and_resumed() -> None:
    trace = played(
        {
            "letter": reason(0, talk_s=100, wrap_up_s=10, channel="email"),
            "call": reason(30, 40, 120, talk_s=20),
        },
        {"front": 1},
    )
    # 0-30, 70-120, 140-160: a hundred seconds of writing around three calls.
    assert rows(trace, "contacts", "channel answered ended talk_s wrap_up_s") == [
        ("email", 0, 160, 100, 10),
        ("voice", 30, 50, 20, 0),
        ("voice", 50, 70, 20, 0),
        ("voice", 120, 140, 20, 0),
    ]
    assert day_of(trace, 0, until=180) == [
        ("talk", 0, 160),
        ("wrap_up", 160, 170),
        ("ready", 170, 180),
    ]


def test_a_call_goes_to_an_idle_agent_before_one_who_writes() -> None:
    trace = played(
        {"letter": reason(0, talk_s=100, channel="email"), "call": reason(30, 31, talk_s=20)},
        {"front": 2},
    )
    assert rows(trace, "contacts", "channel agent ended") == [
        ("email", 0, 120),
        ("voice", 1, 50),
        ("voice", 0, 51),
    ]


def test_a_letter_is_put_aside_for_chats_too() -> None:
    trace = played(
        {
            "letter": reason(0, talk_s=100, channel="email"),
            "chat": reason(30, 40, channel="chat", talk_s=20),
        },
        {"front": CHATS},
    )
    assert rows(trace, "contacts", "channel answered ended") == [
        ("email", 0, 130),
        ("chat", 30, 50),
        ("chat", 40, 60),
    ]


def test_a_letter_begun_in_the_evening_is_finished_in_overtime() -> None:
    shift = {"day": {"start": "08:00", "end": "09:00", "heads": 1}}
    trace = played(
        {
            "letter": reason(NINE - 50, NINE - 40, talk_s=100, channel="email"),
            "call": reason(NINE - 30, NINE + 10, talk_s=20),
        },
        {"front": {"shifts": shift}},
        horizon={"days": 2},
    )
    # No call interrupts any more after nine; the second letter is tomorrow's work.
    morning = DAY + 8 * HOUR
    assert rows(trace, "contacts", "channel answered ended") == [
        ("email", NINE - 50, NINE + 70),
        ("email", morning + 20, morning + 120),
        ("voice", NINE - 30, NINE - 10),
        ("voice", morning, morning + 20),
    ]


def test_a_break_interrupts_writing() -> None:
    shift = {
        "start": "08:00",
        "end": "10:00",
        "heads": 1,
        "breaks": [{"at": "09:00", "minutes": 15}],
    }
    trace = played(
        {"letter": reason(NINE - 50, talk_s=100, channel="email")},
        {"front": {"shifts": {"day": shift}}},
    )
    assert rows(trace, "contacts", "answered ended talk_s") == [(NINE - 50, NINE + 950, 100)]
    assert day_of(trace, 0)[1:4] == [
        ("talk", NINE - 50, NINE),
        ("break", NINE, NINE + 900),
        ("talk", NINE + 900, NINE + 950),
    ]


def test_letters_are_a_backlog_over_night_and_answered_in_order() -> None:
    shift = {"day": {"start": "08:00", "end": "09:00", "heads": 1}}
    letters = reason(*(20 * HOUR + 60 * k for k in range(5)), channel="email", talk_s=1000)
    trace = played({"letter": letters}, {"front": {"shifts": shift}}, horizon={"days": 3})
    first, second = DAY + 8 * HOUR, 2 * DAY + 8 * HOUR
    assert [row[0] for row in rows(trace, "contacts", "answered")] == [
        *(first, first + 1000, first + 2000, first + 3000),  # the fourth ends at 9:06:40
        second,
    ]


def test_nothing_is_lost_when_a_pressing_letter_interrupts_another() -> None:
    # The experts write letters of their own; letters handed over to them by hand come immediately.
    warm = {"step": "warm_transfer", "group": "experts", "conference_s": 10}
    trace = played(
        {
            "puzzle": reason(0, 5, channel="email", solve=UNKNOWN, talk_s=60),
            "letter": reason(0, 1, channel="email", groups=["experts"], talk_s=300),
        },
        {"front": 2, "experts": {"heads": 1, "knowledge": EXPERT}},
        escalation={"beyond_knowledge": path(warm)},
    )
    assert {row[0] for row in rows(trace, "contacts", "ending")} == {"settled"}
    expert = {"talk": 0.0, "helping": 0.0, "ready": 0.0}
    for state, start, end in day_of(trace, 2):
        expert[state] += end - start
    assert (expert["talk"], expert["helping"]) == (2 * 300 + 2 * 60, 2 * 10)


def test_an_agent_is_asked_for_a_decision_in_the_middle_of_a_letter() -> None:
    ask = {"step": "ask_approver", "group": "boss", "decision_s": 30}
    trace = played(
        {
            "refund": complaint(0, talk_s=60),
            "letter": reason(10, channel="email", groups=["boss"], talk_s=100),
        },
        {"front": 1, "boss": {"heads": 1, "authority": "full"}},
        authority={"full": {"limit": 1000}},
        escalation={"beyond_authority": path(ask)},
    )
    assert rows(trace, "contacts", "channel answered ended") == [
        ("voice", 0, 90),
        ("email", 10, 140),
    ]
    assert day_of(trace, 1, until=150) == [
        ("ready", 0, 10),
        ("talk", 10, 60),
        ("deciding", 60, 90),
        ("talk", 90, 140),
        ("ready", 140, 150),
    ]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_chats_without_slowdown_take_as_long_as_alone(at_once: int) -> None:
    trace = _chats(*range(0, 600, 10), group={"heads": 2, "chats_at_once": at_once})
    assert {row[0] for row in rows(trace, "contacts", "talk_s")} == {60}
