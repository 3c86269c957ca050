"""Callbacks instead of waiting, and voicemail: what is promised, when it is kept, by hand."""

from typing import Any

import pytest

from sim.trace.trace import Trace
from tests.support.timed_centres import DAY, HOUR, day_of, played, reason, rows

STORY = "case kind arrival queued answered ended outcome"
PROMISED = "case kind made due done kept"
SURE: dict[str, Any] = {"accept": 1.0, "answer": 1.0}


def _offered(offer: dict[str, Any], *at_s: float, **sections: Any) -> Trace:
    """One agent busy until 100 s, then calls of 100 s at these times."""
    busy_until = sections.pop("busy_until", 100)
    reasons = {
        "busy": reason(0, talk_s=busy_until),
        "enquiry": reason(*at_s, talk_s=100, **sections.pop("more", {})),
        **sections.pop("reasons", {}),
    }
    return played(reasons, {"front": 1}, callback_offer={**SURE, **offer}, **sections)


def test_a_callback_keeps_the_place_in_the_queue() -> None:
    trace = _offered({}, 10, 20)
    assert rows(trace, "contacts", STORY)[1:] == [
        (1, "first", 10, 10, None, 10, "callback_taken"),
        (2, "first", 20, 20, None, 20, "callback_taken"),
        (1, "callback", 10, 10, 100, 200, "answered"),
        (2, "callback", 20, 20, 200, 300, "answered"),
    ]
    # A place that is kept has no due time and is neither kept nor broken.
    assert rows(trace, "promises", PROMISED) == [
        (1, "callback", 10, None, 100, None),
        (2, "callback", 20, None, 200, None),
    ]


@pytest.mark.parametrize(
    ("groups", "called_by"),
    [
        (["front", "back_up"], (200, "back_up")),
        (["front", {"group": "back_up", "after_s": 30}], (200, "back_up")),
        (["front", {"group": "back_up", "after_s": 300}], (310, "back_up")),
        (["front", {"group": "back_up", "after_s": 1000}], (1000, "front")),
        ([{"group": "back_up", "after_s": 300}], (310, "back_up")),
    ],
)
def test_a_callback_is_made_by_any_group_whose_delay_has_run_out(
    groups: list[Any], called_by: tuple[float, str]
) -> None:
    reasons = {
        "busy": reason(0, talk_s=1000),
        "busy_too": reason(0, talk_s=200, groups=["back_up"]),
        "enquiry": reason(10, groups=groups),
    }
    trace = played(reasons, {"front": 1, "back_up": 1}, callback_offer=SURE)
    assert rows(trace, "contacts", "answered group")[-1] == called_by


def test_a_callback_tried_again_is_made_by_a_group_that_may_take_it_by_then() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "enquiry": reason(10, groups=["front", {"group": "back_up", "after_s": 300}]),
        "late": reason(950, talk_s=500),
    }
    trace = played(
        reasons,
        {"front": 1, "back_up": 1},
        callback_offer={**SURE, "answer": 1e-12, "tries": 2},
    )
    # The second try is due at 1000 s, 15 min after the first, while the front line talks.
    assert ("callback", 1000, "unreached") in rows(trace, "contacts", "kind ended outcome")


def test_only_those_who_would_wait_longer_than_the_threshold_are_offered_a_callback() -> None:
    # Expected: 100 s for the first who waits, 200 s for the second.
    trace = _offered({"when_wait_over_s": 150}, 10, 20)
    assert rows(trace, "contacts", "case kind outcome offered_callback answered")[1:] == [
        (1, "first", "answered", 0, 100),
        (2, "first", "callback_taken", 1, None),
        (2, "callback", "answered", 0, 200),
    ]


def test_who_declines_the_offer_waits_on_with_the_usual_patience() -> None:
    trace = _offered({"accept": 0.0}, 10, 20, more={"patience_s": {"voice": 95}})
    assert rows(trace, "contacts", f"{STORY} offered_callback")[1:] == [
        (1, "first", 10, 10, 100, 200, "answered", 1),
        (2, "first", 20, 20, None, 115, "abandoned", 1),
    ]


def test_a_share_of_the_customers_takes_the_offer_the_same_at_every_call() -> None:
    redial = {"after_abandoning": 1.0, "delay_min": 1, "max_tries": 2}
    trace = _offered(
        {"accept": 0.25},
        *range(1, 401),
        busy_until=80_000,
        more={"patience_s": {"voice": 1}},
        redial=redial,
    )
    kinds = rows(trace, "contacts", "kind outcome")
    taken = kinds.count(("first", "callback_taken"))
    assert abs(taken - 100) < 35  # 400 customers: four standard errors are 35
    assert ("redial", "callback_taken") not in kinds


def test_in_a_promised_window_the_centre_calls_when_an_agent_is_free() -> None:
    window = {"place": "window", "window_after_min": 10, "window_min": 5}
    trace = _offered(window, 10, 20)
    # The windows begin at 610 s and 620 s; the agent is free since 100 s.
    assert rows(trace, "contacts", STORY)[1:] == [
        (1, "first", 10, 10, None, 10, "callback_taken"),
        (2, "first", 20, 20, None, 20, "callback_taken"),
        (1, "callback", 610, 610, 610, 710, "answered"),
        (2, "callback", 620, 620, 710, 810, "answered"),
    ]
    assert rows(trace, "promises", PROMISED) == [
        (1, "callback", 10, 910, 610, 1),
        (2, "callback", 20, 920, 710, 1),
    ]


@pytest.mark.parametrize(
    ("offer", "priority", "called_at"),
    [
        ({}, 0, 1500),
        ({"reserve": True}, 0, 1000),
        ({"priority_bonus": 1}, 0, 1000),
        ({}, -5, 1000),
        ({"priority_bonus": -10}, -5, 1500),
    ],
)
def test_a_callback_goes_before_those_on_the_line_by_its_bonus_or_a_reserved_agent(
    offer: dict[str, Any], priority: float, called_at: float
) -> None:
    window = {"place": "window", "window_after_min": 10, "when_wait_over_s": 700}
    # All talk for 500 s, so only the second who waits is offered a callback: the one of 20 s. From
    # 620 s on this callback waits next to the caller of 600 s for the agent who is free at 1000 s.
    trace = played(
        {
            "enquiry": reason(0, 10, 20, talk_s=500),
            "on_the_line": reason(600, talk_s=500, priority=priority),
        },
        {"front": 1},
        callback_offer={**SURE, **window, **offer},
    )
    found = rows(trace, "contacts", "reason kind answered")
    assert found[2] == ("enquiry", "first", None)
    assert set(found[3:]) == {
        ("enquiry", "callback", called_at),
        ("on_the_line", "first", 2500 - called_at),
    }


def test_a_call_after_the_window_breaks_the_promise() -> None:
    window = {"place": "window", "window_after_min": 10, "window_min": 5}
    trace = _offered(window, 10, 20, busy_until=915)
    assert rows(trace, "promises", PROMISED) == [
        (1, "callback", 10, 910, 915, 0),
        (2, "callback", 20, 920, 1015, 0),
    ]


def test_no_window_begins_while_the_centre_is_closed() -> None:
    evening = 19.5 * HOUR
    window = {"place": "window", "window_after_min": 60, "window_min": 60}
    trace = played(
        {"busy": reason(evening, talk_s=100), "enquiry": reason(evening + 10, talk_s=100)},
        {"front": 1},
        opening={"hours": "08:00-20:00"},
        callback_offer={**SURE, **window},
        horizon={"days": 2},
    )
    # An hour of opening from 19:30:10 on is over at 8:30:10 in the morning.
    begin = DAY + 8.5 * HOUR + 10
    assert rows(trace, "promises", PROMISED) == [
        (1, "callback", evening + 10, begin + HOUR, begin, 1)
    ]


def test_a_customer_who_does_not_answer_is_tried_again_and_then_given_up() -> None:
    tries = {"answer": 0.0, "tries": 3, "retry_after_min": 5, "ring_s": 20}
    trace = _offered(tries, 10)
    # Calls at 100, 420 and 740 s, each rings for 20 s.
    assert rows(trace, "contacts", STORY)[1:] == [
        (1, "first", 10, 10, None, 10, "callback_taken"),
        (1, "callback", 10, 10, None, 760, "unreached"),
    ]
    assert rows(trace, "promises", PROMISED) == [(1, "callback", 10, None, 100, None)]
    assert rows(trace, "cases", "ended state contacts_answered")[1:] == [(760, "given_up", 0)]
    talks = [(start, end) for state, start, end in day_of(trace, 0) if state == "talk"]
    assert talks == [(0, 120), (420, 440), (740, 760)]


@pytest.mark.parametrize(("busy_until", "kept"), [(910, 1), (911, 0)])
def test_a_call_within_the_window_keeps_the_promise_though_the_customer_does_not_answer(
    busy_until: float, kept: int
) -> None:
    window = {"place": "window", "window_after_min": 10, "window_min": 5}
    trace = _offered({**window, "answer": 0.0, "tries": 3}, 10, busy_until=busy_until)
    # The window is over at 910 s, long before the second and the third try.
    assert rows(trace, "promises", PROMISED) == [(1, "callback", 10, 910, busy_until, kept)]
    last = rows(trace, "contacts", STORY)[-1]
    assert last == (1, "callback", 610, 610, None, busy_until + 1800, "unreached")


@pytest.mark.parametrize(
    ("redial", "calls_at"),
    [(None, 700), ({"after_abandoning": 1.0}, 700), ({"after_unreached": 1.0}, 280)],
)
def test_an_unreached_customer_may_call_again_neither_angrier_nor_known(
    redial: dict[str, Any] | None, calls_at: float
) -> None:
    repeat = {"probability": 1.0, "delay_min": 10, "max_contacts": 2, "talk_factor": 2.0}
    sections = {"repeat": repeat, "redial": redial and {**redial, "delay_min": 3}}
    waiting = {"retell_s": 50, "returning_bonus": 9}
    trace = _offered({"answer": 0.0, "tries": 1}, 10, waiting=waiting, **sections)
    assert rows(trace, "contacts", STORY)[1:] == [
        (1, "first", 10, 10, None, 10, "callback_taken"),
        (1, "callback", 10, 10, None, 100, "unreached"),
        (1, "redial", calls_at, calls_at, calls_at, calls_at + 100, "answered"),
    ]
    assert rows(trace, "cases", "state attempts")[1:] == [("resolved", 3)]


def test_an_unreached_customer_gives_up_after_as_many_tries_as_after_hanging_up() -> None:
    reasons = {"busy": reason(0, 290, talk_s=100), "call": reason(10, talk_s=100)}
    redial = {"after_unreached": 1.0, "delay_min": 4, "max_tries": 2}
    offer = {"accept": 1.0, "answer": 0.0, "tries": 1}
    trace = played(reasons, {"front": 1}, callback_offer=offer, redial=redial)
    assert rows(trace, "contacts", "kind ended outcome") == [
        ("first", 100, "answered"),
        ("first", 10, "callback_taken"),
        ("callback", 100, "unreached"),
        ("first", 390, "answered"),
        ("redial", 340, "callback_taken"),
        ("callback", 390, "unreached"),
    ]
    assert rows(trace, "cases", "state attempts")[1] == ("given_up", 4)


def test_a_call_about_a_callback_that_never_came_is_a_redial_of_a_customer_never_served() -> None:
    window = {"place": "window", "window_after_min": 5, "window_min": 5, "priority_bonus": -9}
    broken = {"probability": 1.0, "delay_min": 2}
    repeat = {"probability": 0.0, "after_broken_promise": broken, "talk_factor": 3.0}
    trace = _offered(window, 10, busy_until=1000, repeat=repeat)
    assert rows(trace, "contacts", STORY)[1:] == [
        (1, "first", 10, 10, None, 10, "callback_taken"),
        (1, "redial", 730, 730, None, 730, "callback_taken"),
        (1, "callback", 1030, 1030, 1030, 1130, "answered"),
    ]


def test_about_the_share_that_answers_is_reached() -> None:
    trace = _offered(
        {"answer": 0.5, "tries": 1},
        *range(1, 401),
        busy_until=500,
    )
    reached = rows(trace, "contacts", "kind outcome").count(("callback", "answered"))
    assert abs(reached - 200) < 40  # 400 calls: four standard errors are 40


def test_while_the_centre_tries_to_reach_a_customer_nobody_calls_about_the_broken_promise() -> None:
    window = {"place": "window", "window_after_min": 5, "window_min": 5}
    tries = {"answer": 0.0, "tries": 3, "retry_after_min": 10, "ring_s": 20}
    broken = {"probability": 1.0, "delay_min": 2}
    repeat = {"probability": 0.0, "after_broken_promise": broken}
    trace = _offered({**window, **tries}, 10, repeat=repeat)
    assert rows(trace, "contacts", "kind outcome ended")[1:] == [
        ("first", "callback_taken", 10),
        ("callback", "unreached", 310 + 20 + 600 + 20 + 600 + 20),
    ]
    assert len(rows(trace, "promises", "case")) == 1


def test_a_customer_calls_about_a_callback_that_did_not_come() -> None:
    window = {"place": "window", "window_after_min": 5, "window_min": 5}
    broken = {"probability": 1.0, "delay_min": 2}
    trace = _offered(
        window, 10, busy_until=2000, repeat={"probability": 0.0, "after_broken_promise": broken}
    )
    # Due at 610 s: the customer calls at 730 s, is offered and promised the same again, and again.
    assert rows(trace, "contacts", "kind arrival outcome")[1:4] == [
        ("first", 10, "callback_taken"),
        ("redial", 730, "callback_taken"),
        ("redial", 1450, "callback_taken"),
    ]
    assert rows(trace, "contacts", "kind arrival answered outcome")[4:] == [
        ("callback", 1750, 2000, "answered")
    ]
    assert rows(trace, "promises", PROMISED) == [
        (1, "callback", 10, 610, None, 0),
        (1, "callback", 730, 1330, None, 0),
        (1, "callback", 1450, 2050, 2000, 1),
    ]


def test_voicemail_is_a_promise_to_call_back_kept_by_a_group_of_its_own() -> None:
    limit = {"after_s": 30, "then": "voicemail", "group": "back_up", "due_h": 2}
    trace = played(
        {
            "busy": reason(0, talk_s=500),
            "enquiry": reason(10, 20, talk_s=100, waiting_limit=limit),
        },
        {"front": 1, "back_up": 1},
    )
    assert rows(trace, "contacts", f"{STORY} group")[1:] == [
        (1, "first", 10, 10, None, 40, "callback_taken", None),
        (2, "first", 20, 20, None, 50, "callback_taken", None),
        (1, "callback", 40, 40, 40, 140, "answered", "back_up"),
        (2, "callback", 50, 50, 140, 240, "answered", "back_up"),
    ]
    assert rows(trace, "promises", f"{PROMISED} group") == [
        (1, "voicemail", 40, 40 + 2 * HOUR, 40, 1, "back_up"),
        (2, "voicemail", 50, 50 + 2 * HOUR, 140, 1, "back_up"),
    ]


def test_a_promise_that_is_open_at_the_end_is_broken_if_due_and_open_if_not() -> None:
    limit = {"after_s": 30, "then": "voicemail", "due_h": 2}
    late = DAY - 1800
    trace = played(
        {
            "busy": reason(0, talk_s=2 * DAY),
            "enquiry": reason(10, late, talk_s=100, waiting_limit=limit),
        },
        {"front": 1},
    )
    assert rows(trace, "promises", PROMISED) == [
        (1, "voicemail", 40, 40 + 2 * HOUR, None, 0),
        (2, "voicemail", late + 30, late + 30 + 2 * HOUR, None, None),
    ]
    assert rows(trace, "cases", "case ended state")[1:] == [(1, None, "open"), (2, None, "open")]
