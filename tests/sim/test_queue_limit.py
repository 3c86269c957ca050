"""A queue with room for so many, and what becomes of who finds it full: worked out by hand."""

from typing import Any

from tests.support.timed_centres import HOUR, measured, played, reason, rows

SHOWN = "arrival answered group outcome"


def capped(limit: dict[str, Any], *at_s: float, **sections: Any) -> list[Any]:
    """Calls of 100 s for one agent, of whom only so many may wait; another group is there."""
    calls = reason(*at_s, talk_s=100, queue_limit=limit, **sections.pop("more", {}))
    groups = {"front": 1, "back_up": 1}
    reasons = {"call": calls, **sections.pop("reasons", {})}
    return rows(played(reasons, groups, **sections), "contacts", SHOWN)


def test_who_finds_the_queue_full_hears_the_busy_tone() -> None:
    assert capped({"max_waiting": 1}, 0, 10, 20, 110) == [
        (0, 0, "front", "answered"),
        (10, 100, "front", "answered"),
        (20, None, None, "blocked"),
        (110, 200, "front", "answered"),  # the place is free again since 100 s
    ]


def test_with_no_place_to_wait_only_who_finds_an_agent_free_is_served() -> None:
    outcomes = [row[3] for row in capped({"max_waiting": 0}, 0, 10, 100)]
    assert outcomes == ["answered", "blocked", "answered"]


def test_who_finds_the_queue_full_goes_to_another_group_as_if_calling_there() -> None:
    limit = {"max_waiting": 1, "then": "group", "group": "back_up"}
    assert capped(limit, 0, 10, 20, 30) == [
        (0, 0, "front", "answered"),
        (10, 100, "front", "answered"),
        (20, 20, "back_up", "answered"),
        (30, 120, "back_up", "answered"),
    ]


def test_who_is_sent_to_another_group_is_told_the_wait_there() -> None:
    limit = {"max_waiting": 1, "then": "group", "group": "back_up"}
    calls = reason(0, 10, 20, 30, talk_s=100, queue_limit=limit)
    other = reason(0, talk_s=400, groups=["back_up"])
    words = {"announce": "expected_wait"}
    trace = played(
        {"call": calls, "other": other}, {"front": 1, "back_up": 1}, acknowledgement=words
    )
    told = [row[0] for row in rows(trace, "contacts", "told_s reason") if row[1] == "call"]
    # An agent of either group has a call in hand, of 100 s here and 160 s there on average.
    assert told[1] == 100
    assert told[3] is not None
    assert told[2] is not None
    assert 100 < told[2] < told[3]


def test_a_group_that_has_gone_home_is_sent_nobody() -> None:
    limit = {"max_waiting": 0, "then": "group", "group": "back_up"}
    calls = reason(13 * HOUR, 13 * HOUR + 10, 8 * HOUR, 8 * HOUR + 10, talk_s=100)
    calls["queue_limit"] = limit
    calls["volume"]["at_s"].sort()
    day = {"shifts": {"day": {"start": "07:00", "end": "12:00", "heads": 1}}}
    trace = played({"call": calls}, {"front": 1, "back_up": day})
    assert rows(trace, "contacts", "answered group")[1::2] == [
        (8 * HOUR + 10, "back_up"),
        (13 * HOUR + 100, "front"),
    ]


def test_a_voicemail_left_at_a_full_queue_is_answered_with_a_call() -> None:
    limit = {"max_waiting": 1, "then": "voicemail", "group": "back_up", "due_h": 2}
    trace = played(
        {"call": reason(0, 10, 20, talk_s=100, queue_limit=limit)}, {"front": 1, "back_up": 1}
    )
    assert rows(trace, "contacts", "kind answered outcome")[2:] == [
        ("first", None, "callback_taken"),
        ("callback", 20, "answered"),
    ]
    assert rows(trace, "promises", "kind made due kept") == [("voicemail", 20, 20 + 2 * HOUR, 1)]


def test_who_finds_the_queue_full_may_hear_the_closed_message() -> None:
    assert capped({"max_waiting": 0, "then": "closed_message"}, 0, 10)[1][3] == "turned_away"


def test_busy_callers_at_a_full_queue_call_again_like_those_who_find_no_line() -> None:
    redial = {"after_blocked": 1.0, "delay_min": 2}
    found = capped({"max_waiting": 0}, 0, 10, redial=redial)
    assert found[1:] == [(10, None, None, "blocked"), (130, 130, "front", "answered")]


def test_letters_neither_fill_the_queue_nor_find_it_full() -> None:
    letters = {"letter": reason(5, 6, channel="email", queue_limit={"max_waiting": 1})}
    found = capped({"max_waiting": 1}, 0, 10, reasons=letters, routing={})
    assert [row[3] for row in found] == ["answered"] * 4


def test_customers_of_every_reason_fill_the_queue() -> None:
    others = {"other": reason(5)}
    found = capped({"max_waiting": 1}, 0, 10, reasons=others)
    assert [row[3] for row in found] == ["answered", "answered", "blocked"]


def test_who_finds_the_queue_full_counts_as_blocked_and_waited_nothing() -> None:
    calls = reason(0, 10, 20, 30, talk_s=100, queue_limit={"max_waiting": 1})
    values = measured({"call": calls}, {"front": 1})
    assert values["blocked"] == 0.5
    assert values["asa"] == 45
