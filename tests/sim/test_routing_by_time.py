"""Times of day, steps of priority, menus and bots by reason, windows with places: by hand."""

from typing import Any

import pytest

from tests.support.timed_centres import DAY, EXPERT, HOUR, UNKNOWN, path, played, reason, rows

EVENING = {"evening": {"start": "18:00", "end": "22:00", "talk_factor": 1.5}}
PASS_ON = {"beyond_knowledge": path({"step": "cold_transfer", "group": "experts"})}


def test_calls_of_the_evening_take_half_as_long_again() -> None:
    calls = reason(17 * HOUR, 18 * HOUR, 22 * HOUR, talk_s=100)
    trace = played({"call": calls}, {"front": 1}, times_of_day=EVENING)
    ended = [row[0] for row in rows(trace, "contacts", "ended")]
    assert ended == [17 * HOUR + 100, 18 * HOUR + 150, 22 * HOUR + 100]


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin() -> None:
    rule = {"start": "23:00", "end": "02:00", "weekdays": ["monday"], "talk_factor": 2}
    calls = reason(HOUR, 23.5 * HOUR, DAY + HOUR, DAY + 3 * HOUR, DAY + 23.5 * HOUR, talk_s=100)
    trace = played({"call": calls}, {"front": 1}, times_of_day={"night": rule}, horizon={"days": 2})
    talked = [row[0] for row in rows(trace, "contacts", "talk_s")]
    assert talked == [100, 200, 200, 100, 100]


def test_customers_of_other_reasons_wait_as_long_as_ever() -> None:
    rule = {"lunch": {"start": "12:00", "end": "13:00", "patience_factor": 0.5, "reasons": ["a"]}}
    calls = {"patience_s": {"voice": 60}, "talk_s": 600}
    reasons = {"a": reason(12 * HOUR, 12 * HOUR + 1, **calls), "b": reason(12 * HOUR + 2, **calls)}
    trace = played(reasons, {"front": 1}, times_of_day=rule)
    assert rows(trace, "contacts", "arrival ended outcome")[1:] == [
        (12 * HOUR + 1, 12 * HOUR + 31, "abandoned"),
        (12 * HOUR + 2, 12 * HOUR + 62, "abandoned"),
    ]


def test_who_has_waited_two_minutes_goes_before_those_of_higher_priority() -> None:
    """One agent, free at 100, 200 and 300 s: the VIP of 150 s is passed by the order of 10 s."""
    order = reason(0, 10, talk_s=150, priority_step={"after_s": 120, "points": 5})
    vip = reason(20, 140, talk_s=150, priority=3)
    trace = played({"order": order, "vip": vip}, {"front": 1})
    assert rows(trace, "contacts", "reason arrival answered") == [
        ("order", 0, 0),
        ("order", 10, 150),
        ("vip", 20, 300),
        ("vip", 140, 450),
    ]
    late = reason(0, 10, talk_s=100, priority_step={"after_s": 120, "points": 5})
    trace = played({"order": late, "vip": vip}, {"front": 1})
    assert [row[1] for row in rows(trace, "contacts", "arrival answered")][1:3] == [250, 100]


def test_each_reason_may_have_a_menu_of_its_own() -> None:
    reasons = {"a": reason(0, menu_time_s=30), "b": reason(10)}
    trace = played(reasons, {"front": 2}, voice_menu={"time_s": 5})
    assert rows(trace, "contacts", "reason queued") == [("a", 30), ("b", 15)]
    trace = played(reasons, {"front": 2})
    assert rows(trace, "contacts", "reason queued") == [("a", 30), ("b", 10)]


def test_a_bot_settles_some_chats_and_hands_the_others_over_with_what_was_said() -> None:
    """400 chats; the standard error of a share is at most 0.025."""
    bot = {"settles": 0.3, "leaves": 0.1, "time_s": 40, "talk_factor": 0.5}
    chats = reason(*(200.0 * k for k in range(400)), channel="chat", talk_s=100, chat_bot=bot)
    trace = played({"ask": chats}, {"front": 1})
    found = rows(trace, "contacts", "arrival queued talk_s outcome")
    share = {
        what: sum(row[3] == what for row in found) / len(found)
        for what in ("self_served", "left_menu", "answered")
    }
    expected = {"self_served": 0.3, "left_menu": 0.1, "answered": 0.6}
    assert share == pytest.approx(expected, abs=4 * 0.025)
    handed_over = [row for row in found if row[3] == "answered"]
    assert all(row[1] - row[0] == 40 and row[2] == 50 for row in handed_over)  # type: ignore[operator]


def offered(*at_s: float, **offer: Any) -> Any:
    """Calls while the only agent talks all morning; everybody takes a callback in a window."""
    given = {"accept": 1.0, "place": "window", "window_after_min": 0, "answer": 1.0, **offer}
    first = reason(9 * HOUR, talk_s=3 * HOUR)
    calls = reason(*at_s, talk_s=60)
    return played({"long": first, "call": calls}, {"front": 1}, callback_offer=given)


def test_a_full_window_sends_the_next_callback_into_the_one_after_it() -> None:
    at = 9 * HOUR + 600
    trace = offered(*(at + k for k in range(5)), per_window=2, window_min=60)
    due = [row[1] for row in rows(trace, "promises", "made due")]
    assert due == [11 * HOUR, 11 * HOUR, 12 * HOUR, 12 * HOUR, 13 * HOUR]


def test_no_callback_is_offered_when_the_window_is_full_if_that_is_the_rule() -> None:
    at = 9 * HOUR + 600
    trace = offered(*(at + k for k in range(3)), per_window=2, when_full="not_offered")
    outcomes = [row[0] for row in rows(trace, "contacts", "outcome kind") if row[1] == "first"]
    assert outcomes == ["answered", "callback_taken", "callback_taken", "answered"]


def test_each_try_in_a_row_may_be_less_likely_than_the_one_before() -> None:
    """1,000 customers whom nobody answers: 80, 40 and 0 % try again (standard error 0.013)."""
    calls = reason(*range(1000), talk_s=60, patience_s={"voice": 5})
    late = {"shifts": {"day": {"start": "12:00", "end": "18:00", "heads": 1}}}
    trace = played(
        {"call": calls},
        {"front": late},
        redial={"after_abandoning": 0.8, "by_try": [1.0, 0.5, 0.0], "delay_min": 10},
    )
    tries: dict[Any, int] = {}
    for (case,) in rows(trace, "contacts", "case"):
        tries[case] = tries.get(case, 0) + 1
    counts = [sum(n >= k for n in tries.values()) for k in (1, 2, 3, 4)]
    assert counts[3] == 0
    assert counts[1] / counts[0] == pytest.approx(0.8, abs=4 * 0.013)
    assert counts[2] / counts[1] == pytest.approx(0.4, abs=4 * 0.018)


@pytest.mark.parametrize(("how", "gives_up"), [("whole", 50), ("left", 20)])
def test_patience_in_the_second_queue_is_whole_or_what_was_left(how: str, gives_up: float) -> None:
    """Patience 50 s, of which 30 are used up; the experts are busy when the customer comes."""
    calls = reason(0, 70, talk_s=100, patience_s={"voice": 50}, solve=UNKNOWN)
    long = reason(150, talk_s=1000, groups=["experts"])
    trace = played(
        {"call": calls, "long": long},
        {"front": 1, "experts": {"heads": 1, "tier": 2, "knowledge": EXPERT, "talk_factor": 10}},
        escalation=PASS_ON,
        waiting={"transfer_patience": how},
    )
    (second,) = (row for row in rows(trace, "contacts", "arrival ended") if row[0] == 70)
    assert second[1] == 200 + gives_up


def test_patience_drawn_anew_has_nothing_to_do_with_the_first() -> None:
    """Correlation of 400 pairs: standard error 0.05."""
    law = {"distribution": "exponential", "mean": 5000}
    calls = reason(
        *(60.0 * k for k in range(400)), talk_s=1, patience_s={"voice": law}, solve=UNKNOWN
    )
    busy = reason(0, talk_s=80_000, groups=["experts"])
    ends = {}
    for how in ("whole", "anew"):
        trace = played(
            {"busy": busy, "call": calls},
            {"front": 5, "experts": {"heads": 1, "tier": 2}},
            escalation=PASS_ON,
            waiting={"transfer_patience": how},
            horizon={"days": 3},
        )
        ends[how] = [
            row[2] - row[1] - 1  # type: ignore[operator]
            for row in rows(trace, "contacts", "case arrival ended")
            if row[2] is not None and row[0] != 0
        ]
    pairs = list(zip(ends["whole"], ends["anew"], strict=True))
    mean = [sum(column) / len(pairs) for column in zip(*pairs, strict=True)]
    assert mean == pytest.approx([5000, 5000], rel=0.25)
    cross = sum((a - mean[0]) * (b - mean[1]) for a, b in pairs)
    own = [sum((pair[k] - mean[k]) ** 2 for pair in pairs) ** 0.5 for k in (0, 1)]
    assert abs(cross / (own[0] * own[1])) < 4 * 0.05


def test_who_hangs_up_in_a_transfer_calls_again_as_often_as_that_rule_says() -> None:
    calls = reason(0, talk_s=10, patience_s={"voice": 50}, solve=UNKNOWN)
    busy = reason(0, talk_s=80_000, groups=["experts"])
    groups = {"front": 1, "experts": {"heads": 1, "tier": 2}}
    redial = {"after_lost_in_transfer": 1.0, "delay_min": 2, "max_tries": 3}
    trace = played(
        {"busy": busy, "call": calls}, groups, escalation=PASS_ON, redial=redial, repeat={}
    )
    arrivals = [row[1] for row in rows(trace, "contacts", "reason arrival") if row[0] == "call"]
    assert arrivals[:3] == [0, 180, 360]
    without = played({"busy": busy, "call": calls}, groups, escalation=PASS_ON)
    assert len(rows(without, "contacts", "case")) == 2


def test_a_group_may_solve_another_share_than_the_reason_says() -> None:
    """2,000 calls each; the standard error of a share is at most 0.011."""
    at = [40.0 * k for k in range(2000)]
    calls = {"talk_s": 1, "solve": 0.9}
    reasons = {"a": reason(*at, **calls), "b": reason(*at, **calls)}
    groups = {"front": {"heads": 2, "solve": {"a": 0.5}}}
    trace = played(reasons, groups, escalation={"beyond_knowledge": path({"step": "decline"})})
    for name, rate in (("a", 0.5), ("b", 0.9)):
        ends = [row[1] for row in rows(trace, "contacts", "reason ending") if row[0] == name]
        share = sum(end == "settled" for end in ends) / len(ends)
        assert share == pytest.approx(rate, abs=4 * 0.011)
