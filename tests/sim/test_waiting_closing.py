"""Lines, the voice menu, opening hours and closing time, worked out by hand."""

from collections import Counter
from typing import Any

import pytest

from sim.trace.trace import Trace
from tests.support.timed_centres import DAY, HOUR, UNKNOWN, day_of, path, played, reason, rows

EIGHT = 20 * HOUR
OPEN = "08:00-20:00"
STORY = "kind arrival queued answered ended outcome"


def _evening(rule: str, *before_closing_s: float, **sections: Any) -> Trace:
    """One agent, talks of 600 s, calls so many seconds before the centre closes at 20:00."""
    opening = {"hours": OPEN, "at_closing": rule}
    calls = sections.pop(
        "reasons", {"enquiry": reason(*(EIGHT - s for s in before_closing_s), talk_s=600)}
    )
    groups = sections.pop("groups", {"front": 1})
    return played(calls, groups, opening=opening, horizon={"days": 2}, **sections)


# Lines and the voice menu.


def test_a_call_that_finds_no_line_is_blocked_and_a_line_is_held_until_goodbye() -> None:
    trace = played(
        {"enquiry": reason(0, 10, 20, 60, 61)}, {"front": 1}, channels={"voice": {"lines": 2}}
    )
    assert rows(trace, "contacts", STORY) == [
        ("first", 0, 0, 0, 60, "answered"),
        ("first", 10, 10, 60, 120, "answered"),
        ("first", 20, None, None, 20, "blocked"),
        ("first", 60, 60, 120, 180, "answered"),  # the line freed at that very second
        ("first", 61, None, None, 61, "blocked"),
    ]


def test_a_line_is_held_through_the_menu_and_freed_by_a_callback_taken() -> None:
    trace = played(
        {"enquiry": reason(0, 10, 20, 45)},
        {"front": 1},
        channels={"voice": {"lines": 2}},
        voice_menu={"time_s": 15},
        callback_offer={"accept": 1.0, "answer": 1.0},
    )
    assert rows(trace, "contacts", STORY) == [
        ("first", 0, 15, 15, 75, "answered"),
        ("first", 10, 25, None, 25, "callback_taken"),
        ("first", 20, None, None, 20, "blocked"),
        ("first", 45, 60, None, 60, "callback_taken"),
        ("callback", 25, 25, 75, 135, "answered"),
        ("callback", 60, 60, 135, 195, "answered"),
    ]


def test_blocked_callers_dial_again() -> None:
    redial = {"after_blocked": 1.0, "delay_min": 1, "max_tries": 2}
    trace = played(
        {"enquiry": reason(0, 10, 20)},
        {"front": 1},
        channels={"voice": {"lines": 1}},
        redial=redial,
    )
    assert rows(trace, "contacts", "case kind arrival outcome") == [
        (0, "first", 0, "answered"),
        (1, "first", 10, "blocked"),
        (2, "first", 20, "blocked"),
        (1, "redial", 70, "answered"),
        (2, "redial", 80, "blocked"),  # the second and last try
    ]


def test_the_menu_settles_a_share_of_all_calls_and_loses_another() -> None:
    menu = {"self_service": 0.5, "hangs_up_in_menu": 0.4}
    calls = reason(*range(0, 80_000, 20), talk_s=1, **menu)
    trace = played({"enquiry": calls}, {"front": 50}, voice_menu={"time_s": 10})
    outcomes = Counter(outcome for (outcome,) in rows(trace, "contacts", "outcome"))
    # 4000 calls: four standard errors each.
    assert abs(outcomes["self_served"] - 2000) < 127
    assert abs(outcomes["left_menu"] - 1600) < 124
    assert abs(outcomes["answered"] - 400) < 76
    assert outcomes.total() == 4000


# Opening hours.


def test_each_channel_has_opening_hours_of_its_own_and_letters_wait() -> None:
    trace = played(
        {
            "call": reason(7 * HOUR, 9 * HOUR, 17 * HOUR, 19 * HOUR),
            "chat": reason(7 * HOUR, 9 * HOUR, 17 * HOUR, 19 * HOUR, channel="chat"),
            "letter": reason(7 * HOUR, 21 * HOUR, channel="email"),
        },
        {"front": {"shifts": {"day": {"start": "08:00", "end": "20:00", "heads": 5}}}},
        opening={"hours": OPEN},
        channels={"chat": {"opening": {"hours": "06:00-18:00"}}},
        horizon={"days": 2},
    )
    assert rows(trace, "contacts", "channel arrival answered outcome") == [
        ("voice", 7 * HOUR, None, "closed"),
        ("chat", 7 * HOUR, 8 * HOUR, "answered"),
        ("email", 7 * HOUR, 8 * HOUR, "answered"),
        ("voice", 9 * HOUR, 9 * HOUR, "answered"),
        ("chat", 9 * HOUR, 9 * HOUR, "answered"),
        ("voice", 17 * HOUR, 17 * HOUR, "answered"),
        ("chat", 17 * HOUR, 17 * HOUR, "answered"),
        ("voice", 19 * HOUR, 19 * HOUR, "answered"),
        ("chat", 19 * HOUR, None, "closed"),
        ("email", 21 * HOUR, DAY + 8 * HOUR, "answered"),
    ]


def test_the_doors_open_and_close_on_the_second() -> None:
    calls = (8 * HOUR - 1, 8 * HOUR, EIGHT - 1, EIGHT)
    trace = played({"enquiry": reason(*calls)}, {"front": 4}, opening={"hours": OPEN})
    assert [row[0] for row in rows(trace, "contacts", "outcome")] == [
        "closed",
        "answered",
        "answered",
        "closed",
    ]


def test_who_finds_the_centre_closed_before_a_day_off_redials_after_it() -> None:
    trace = played(
        {"enquiry": reason(9 * HOUR, EIGHT + 1)},
        {"front": 1},
        opening={"hours": OPEN, "days": {"tuesday": "closed"}},
        redial={"after_closed": 1.0, "delay_min": 30},
        horizon={"days": 3},
    )
    assert rows(trace, "contacts", "arrival outcome") == [
        (9 * HOUR, "answered"),
        (EIGHT + 1, "closed"),
        (2 * DAY + 8.5 * HOUR, "answered"),
    ]


# Closing time.


def test_those_waiting_are_served_out_in_overtime() -> None:
    trace = _evening("serve_out", 300, 200, 100)
    assert rows(trace, "contacts", STORY) == [
        ("first", EIGHT - 300, EIGHT - 300, EIGHT - 300, EIGHT + 300, "answered"),
        ("first", EIGHT - 200, EIGHT - 200, EIGHT + 300, EIGHT + 900, "answered"),
        ("first", EIGHT - 100, EIGHT - 100, EIGHT + 900, EIGHT + 1500, "answered"),
    ]
    assert day_of(trace, 0) == [
        ("ready", 8 * HOUR, EIGHT - 300),
        ("talk", EIGHT - 300, EIGHT + 1500),
    ]
    assert rows(trace, "shifts", "agent start end")[0] == (0, 8 * HOUR, EIGHT)


def test_those_waiting_are_cut_off_and_the_agent_finishes_the_call_in_hand() -> None:
    trace = _evening("cut_off", 300, 200, 100)
    assert rows(trace, "contacts", STORY) == [
        ("first", EIGHT - 300, EIGHT - 300, EIGHT - 300, EIGHT + 300, "answered"),
        ("first", EIGHT - 200, EIGHT - 200, None, EIGHT, "turned_away"),
        ("first", EIGHT - 100, EIGHT - 100, None, EIGHT, "turned_away"),
    ]
    assert day_of(trace, 0)[-1] == ("talk", EIGHT - 300, EIGHT + 300)


def test_closing_one_channel_leaves_those_waiting_on_the_others() -> None:
    trace = played(
        {
            "busy": reason(EIGHT - 60, talk_s=600),
            "chat": reason(EIGHT - 50, channel="chat"),
            "call": reason(EIGHT - 40),
        },
        {"front": {"shifts": {"day": {"start": "08:00", "end": "22:00", "heads": 1}}}},
        opening={"hours": OPEN, "at_closing": "cut_off"},
        channels={"chat": {"opening": {"hours": "08:00-22:00", "at_closing": "cut_off"}}},
    )
    assert rows(trace, "contacts", "channel outcome answered")[1:] == [
        ("chat", "answered", EIGHT + 540),
        ("voice", "turned_away", None),
    ]


def test_those_waiting_are_called_back_after_the_next_opening() -> None:
    trace = _evening("offer_callback", 300, 200, 100)
    morning = DAY + 8 * HOUR
    assert rows(trace, "contacts", STORY) == [
        ("first", EIGHT - 300, EIGHT - 300, EIGHT - 300, EIGHT + 300, "answered"),
        ("first", EIGHT - 200, EIGHT - 200, None, EIGHT, "callback_taken"),
        ("first", EIGHT - 100, EIGHT - 100, None, EIGHT, "callback_taken"),
        ("callback", morning, morning, morning, morning + 600, "answered"),
        ("callback", morning, morning, morning + 600, morning + 1200, "answered"),
    ]
    assert rows(trace, "promises", "kind made due done kept") == [
        ("callback", EIGHT, morning + HOUR, morning, 1),
        ("callback", EIGHT, morning + HOUR, morning + 600, 1),
    ]


def test_who_is_answered_at_the_closing_second_is_not_offered_a_callback() -> None:
    shifts = {
        "early": {"start": "08:00", "end": "11:00", "heads": 1},
        "late": {"start": "12:00", "end": "13:00", "heads": 1},
    }
    trace = played(
        {"enquiry": reason(12 * HOUR - 60)},
        {"front": {"shifts": shifts}},
        opening={"hours": "08:00-12:00", "at_closing": "offer_callback"},
    )
    assert rows(trace, "contacts", "answered outcome offered_callback") == [
        (12 * HOUR, "answered", 0)
    ]


def test_those_who_decline_the_callback_are_served_out() -> None:
    never = {"accept": 0.0, "when_wait_over_s": 100_000}
    trace = _evening("offer_callback", 300, 200, callback_offer=never)
    assert rows(trace, "contacts", f"{STORY} offered_callback") == [
        ("first", EIGHT - 300, EIGHT - 300, EIGHT - 300, EIGHT + 300, "answered", 0),
        ("first", EIGHT - 200, EIGHT - 200, EIGHT + 300, EIGHT + 900, "answered", 1),
    ]


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("serve_out", "turned_away"),
        ("cut_off", "turned_away"),
        ("offer_callback", "callback_taken"),
    ],
)
def test_a_caller_in_the_menu_at_closing_time_is_not_left_in_an_empty_centre(
    rule: str, outcome: str
) -> None:
    trace = _evening(rule, 5, voice_menu={"time_s": 10})
    first = (EIGHT - 5, EIGHT + 5, None, EIGHT + 5, outcome)
    assert rows(trace, "contacts", STORY)[0] == ("first", *first)


def test_a_caller_in_the_menu_at_closing_time_is_served_out_while_somebody_is_there() -> None:
    trace = _evening("serve_out", 300, 5, voice_menu={"time_s": 10})
    assert rows(trace, "contacts", STORY)[1] == (
        *("first", EIGHT - 5, EIGHT + 5),
        *(EIGHT + 310, EIGHT + 910, "answered"),
    )


def test_customers_in_a_second_queue_meet_closing_time_as_well() -> None:
    groups = {"front": 2, "experts": {"heads": 1, "talk_factor": 10}}
    calls = {"puzzle": reason(EIGHT - 300, EIGHT - 290, talk_s=60, solve=UNKNOWN)}
    paths = {"beyond_knowledge": path({"step": "cold_transfer", "group": "experts"})}
    for rule, ended, ending in (
        ("serve_out", EIGHT + 960, "unsolved"),
        ("cut_off", EIGHT, "cut_off"),
        ("offer_callback", EIGHT + 960, "unsolved"),
    ):
        trace = _evening(rule, reasons=calls, groups=groups, escalation=paths)
        assert rows(trace, "contacts", "ended ending") == [
            (EIGHT + 360, "unsolved"),
            (ended, ending),
        ], rule


def test_agents_stay_only_for_customers_of_the_channel_that_has_closed() -> None:
    shifts = {
        "early": {"start": "08:00", "end": "16:00", "heads": 1},
        "late": {"start": "08:00", "end": "22:00", "heads": 1},
    }
    four = 16 * HOUR
    trace = played(
        {
            "chat": reason(9 * HOUR, channel="chat"),
            "call": reason(*(four - 300 + 10 * k for k in range(12)), talk_s=200),
        },
        {"front": {"shifts": shifts}},
        opening={"hours": "08:00-22:00"},
        channels={"chat": {"opening": {"hours": "08:00-15:00"}}},
    )
    # Calls still wait at 16:00; the telephone is open, so the early agent only finishes one.
    assert day_of(trace, 0)[-1] == ("talk", four - 290, four + 110)
    assert day_of(trace, 1)[-2][0] == "talk"
