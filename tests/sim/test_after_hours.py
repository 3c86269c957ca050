"""Messages left while it is closed or nobody is on duty, and what becomes of them: by hand."""

from typing import Any

import pytest

from tests.support.timed_centres import DAY, HOUR, measured, played, reason, rows

DAY_SHIFT = {"shifts": {"day": {"start": "08:00", "end": "18:00", "heads": 1}}}
OPEN = {"hours": "08:00-18:00"}
SHOWN = "kind arrival answered outcome"
ALWAYS: dict[str, Any] = {"leaves_message": 1.0, "due_h": 2}


def called(*at_s: float, rule: dict[str, Any] = ALWAYS, **sections: Any) -> Any:
    """Calls of 100 s to a centre with a day shift, two days long."""
    more = sections.pop("more", {})
    calls = reason(*at_s, talk_s=100, after_hours=rule, **more)
    groups = sections.pop("groups", {"front": DAY_SHIFT})
    given = {"opening": OPEN, "horizon": {"days": 2}, **sections}
    return played({"call": calls}, groups, **given)


def test_who_calls_at_night_leaves_a_message_and_is_called_next_morning() -> None:
    trace = called(20 * HOUR)
    assert rows(trace, "contacts", SHOWN) == [
        ("first", 20 * HOUR, None, "left_message"),
        ("callback", DAY + 8 * HOUR, DAY + 8 * HOUR, "answered"),
    ]
    assert rows(trace, "promises", "kind made due kept") == [
        ("voicemail", 20 * HOUR, DAY + 10 * HOUR, 1)
    ]


def test_who_comes_while_nobody_is_on_duty_leaves_a_message_though_it_is_open() -> None:
    trace = called(20 * HOUR, 21 * HOUR, opening={})
    assert rows(trace, "contacts", SHOWN) == [
        ("first", 20 * HOUR, None, "left_message"),
        ("first", 21 * HOUR, None, "left_message"),
        ("callback", 20 * HOUR, DAY + 8 * HOUR, "answered"),
        ("callback", 21 * HOUR, DAY + 8 * HOUR + 100, "answered"),
    ]


def test_nobody_is_called_before_the_telephone_opens_however_early_agents_come() -> None:
    early = {"shifts": {"day": {"start": "06:00", "end": "18:00", "heads": 1}}}
    trace = called(20 * HOUR, groups={"front": early})
    assert rows(trace, "contacts", "answered")[1] == (DAY + 8 * HOUR,)


def test_while_somebody_is_there_nobody_leaves_a_message() -> None:
    assert rows(called(9 * HOUR, 9 * HOUR + 10), "contacts", SHOWN) == [
        ("first", 9 * HOUR, 9 * HOUR, "answered"),
        ("first", 9 * HOUR + 10, 9 * HOUR + 100, "answered"),
    ]


def test_the_others_hear_the_closed_message_and_call_again_when_it_opens() -> None:
    redial = {"after_closed": 1.0, "delay_min": 5}
    trace = called(20 * HOUR, rule={"leaves_message": 1e-9}, redial=redial)
    assert rows(trace, "contacts", SHOWN) == [
        ("first", 20 * HOUR, None, "closed"),
        ("redial", DAY + 8 * HOUR + 300, DAY + 8 * HOUR + 300, "answered"),
    ]


def test_a_message_that_is_enough_is_worked_off_between_the_calls() -> None:
    """The message of 20:00 is begun at 08:00; the call of 08:00:30 puts it aside for 100 s."""
    rule = {**ALWAYS, "called_back": False}
    trace = called(20 * HOUR, DAY + 8 * HOUR + 30, rule=rule)
    assert rows(trace, "contacts", "kind channel answered ended outcome") == [
        ("first", "voice", None, 20 * HOUR, "left_message"),
        ("follow_up", "email", DAY + 8 * HOUR, DAY + 8 * HOUR + 200, "answered"),
        ("first", "voice", DAY + 8 * HOUR + 30, DAY + 8 * HOUR + 130, "answered"),
    ]
    assert rows(trace, "cases", "state") == [("resolved",)] * 2
    assert rows(trace, "promises", "kind done kept") == [("voicemail", DAY + 8 * HOUR + 200, 1)]


def test_a_back_office_answers_the_messages_where_one_is_named() -> None:
    groups = {"front": DAY_SHIFT, "back_office": DAY_SHIFT}
    rule = {**ALWAYS, "group": "back_office", "called_back": False}
    trace = called(20 * HOUR, rule=rule, groups=groups)
    assert rows(trace, "contacts", "group queue")[1] == ("back_office", "back_office")


def test_who_is_cut_off_at_closing_time_can_leave_a_message_too() -> None:
    closing = 18 * HOUR
    opening = {**OPEN, "at_closing": "cut_off"}
    trace = called(closing - 50, closing - 40, opening=opening)
    assert rows(trace, "contacts", SHOWN) == [
        ("first", closing - 50, closing - 50, "answered"),
        ("first", closing - 40, None, "callback_taken"),
        ("callback", closing, DAY + 8 * HOUR, "answered"),
    ]


def test_letters_need_no_message() -> None:
    trace = called(20 * HOUR, more={"channel": "email"})
    assert rows(trace, "contacts", "kind answered outcome") == [
        ("first", DAY + 8 * HOUR, "answered")
    ]


def test_messages_are_neither_offered_nor_closed_but_owed() -> None:
    """Four calls: two are answered at once, two lead to a message."""
    calls = reason(*(hour * HOUR for hour in (9, 10, 20, 21)), talk_s=100, after_hours=ALWAYS)
    found = measured({"call": calls}, {"front": DAY_SHIFT}, opening=OPEN, horizon={"days": 2})
    assert found["left_message"] == 2 / 4
    assert found["closed"] == 0.0
    assert found["offered"] == 2.0
    assert found["service_level"] == 1.0
    assert found["callbacks"] == 2.0
    assert found["promises_kept_voicemail"] == 1.0


def test_a_message_that_nobody_answers_in_time_brings_the_customer_back() -> None:
    """The only agent is away all Tuesday morning: the message is due at 10:00."""
    late = {"shifts": {"day": {"start": "12:00", "end": "18:00", "heads": 1}}}
    repeat = {"after_broken_promise": {"probability": 1.0, "delay_min": 1}}
    trace = called(20 * HOUR, groups={"front": late}, repeat=repeat)
    kinds = [row[0] for row in rows(trace, "contacts", "kind")]
    assert kinds[:2] == ["first", "redial"]
    assert rows(trace, "promises", "kept")[0] == (0,)


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_so_many_leave_a_message_and_who_does_is_the_same_at_every_share(share: float) -> None:
    """400 calls at night; the standard error of a share is at most 0.025."""
    calls = [20 * HOUR + 10.0 * k for k in range(400)]
    some = called(*calls, rule={"leaves_message": share})
    more = called(*calls, rule={"leaves_message": 0.9})
    left = [
        {row[0] for row in rows(trace, "contacts", "case outcome") if row[1] == "left_message"}
        for trace in (some, more)
    ]
    assert len(left[0]) / 400 == pytest.approx(share, abs=4 * 0.025)
    assert left[0] < left[1]


def test_a_waiting_limit_may_lead_to_a_message_that_is_enough() -> None:
    limit = {"after_s": 30, "then": "voicemail", "due_h": 2, "called_back": False}
    calls = reason(0, 10, talk_s=100, waiting_limit=limit)
    trace = played({"call": calls}, {"front": 1})
    assert rows(trace, "contacts", "kind channel answered outcome")[1:] == [
        ("first", "voice", None, "callback_taken"),
        ("follow_up", "email", 100, "answered"),
    ]
