"""Writing that is finished first, or left on the desk at the end of a shift: worked out by hand."""

from typing import Any

from tests.support.timed_centres import DAY, HOUR, day_of, played, reason, rows

SHOWN = "reason answered ended talk_s"
FINISHED = {"email": {"interrupted": False}}
NEXT_DAY = {"email": {"at_shift_end": "put_aside"}}
SHIFT = {"shifts": {"day": {"start": "09:00", "end": "17:00", "heads": 1}}}


def test_a_letter_is_put_aside_for_a_call_or_finished_first() -> None:
    reasons = {"letter": reason(0, channel="email", talk_s=100), "call": reason(10, talk_s=60)}
    assert rows(played(reasons, {"front": 1}), "contacts", SHOWN) == [
        ("letter", 0, 160, 100),
        ("call", 10, 70, 60),
    ]
    trace = played(reasons, {"front": 1}, channels=FINISHED)
    assert rows(trace, "contacts", SHOWN) == [("letter", 0, 100, 100), ("call", 100, 160, 60)]
    assert day_of(trace, 0, 160) == [("talk", 0, 160)]


def test_between_two_letters_a_call_goes_first() -> None:
    reasons = {
        "letter": reason(0, 1, channel="email", talk_s=100),
        "call": reason(10, talk_s=60),
    }
    trace = played(reasons, {"front": 1}, channels=FINISHED)
    assert rows(trace, "contacts", "reason answered") == [
        ("letter", 0),
        ("letter", 160),
        ("call", 100),
    ]


def test_wrap_up_follows_a_letter_that_was_finished_first() -> None:
    letter = reason(0, channel="email", talk_s=100, wrap_up_s=20)
    trace = played({"letter": letter, "call": reason(10)}, {"front": 1}, channels=FINISHED)
    assert rows(trace, "contacts", "reason answered") == [("letter", 0), ("call", 120)]


def test_one_channel_in_writing_is_finished_and_the_other_put_aside() -> None:
    reasons = {
        "text": reason(0, channel="text", talk_s=100),
        "letter": reason(500, channel="email", talk_s=100),
        "call": reason(10, 510),
    }
    trace = played(reasons, {"front": 1}, channels=FINISHED)
    assert rows(trace, "contacts", "reason answered ended") == [
        ("text", 0, 160),
        ("call", 10, 70),
        ("letter", 500, 600),
        ("call", 600, 660),
    ]


def letter_at_five(channels: dict[str, Any], **more: Any) -> list[Any]:
    """A letter of an hour that comes half an hour before the agent goes home."""
    letter = reason(16.5 * HOUR, channel="email", talk_s=HOUR)
    reasons = {"letter": letter, **more.pop("reasons", {})}
    trace = played(reasons, {"front": SHIFT}, channels=channels, horizon={"days": 2}, **more)
    return rows(trace, "contacts", SHOWN)


def test_a_letter_is_finished_in_overtime_or_at_the_next_shift() -> None:
    assert letter_at_five({}) == [("letter", 16.5 * HOUR, 17.5 * HOUR, HOUR)]
    nine = DAY + 9 * HOUR
    assert letter_at_five(NEXT_DAY) == [("letter", 16.5 * HOUR, nine + HOUR / 2, HOUR)]


def test_a_letter_left_on_the_desk_waits_for_the_calls_of_the_morning() -> None:
    nine = DAY + 9 * HOUR
    calls = {"call": reason(nine, talk_s=600)}
    assert letter_at_five(NEXT_DAY, reasons=calls) == [
        ("letter", 16.5 * HOUR, nine + 600 + HOUR / 2, HOUR),
        ("call", nine, nine + 600, 600),
    ]


def test_the_agent_who_leaves_a_letter_goes_home_in_time() -> None:
    letter = {"letter": reason(16.5 * HOUR, channel="email", talk_s=HOUR)}
    trace = played(letter, {"front": SHIFT}, channels=NEXT_DAY)
    assert day_of(trace, 0)[-1] == ("talk", 16.5 * HOUR, 17 * HOUR)


def test_a_letter_still_on_the_desk_at_the_end_was_worked_on_until_the_shift_ended() -> None:
    letter = {"letter": reason(16.5 * HOUR, channel="email", talk_s=HOUR)}
    trace = played(letter, {"front": SHIFT}, channels=NEXT_DAY)
    assert rows(trace, "contacts", "ending talk_s") == [("in_hand", HOUR / 2)]
