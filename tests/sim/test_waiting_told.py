"""What waiting customers are told and offered, worked out by hand."""

import math
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from sim.journey.announcing import past_told_patience
from sim.trace.trace import Trace
from tests.support.timed_centres import played, reason, rows

STORY = "arrival answered ended outcome told_s"


def _busy(words: dict[str, Any], *at_s: float, patience_s: float = 50, **more: Any) -> Trace:
    """One agent busy until 100 s; callers of these times, 100 s of talk each."""
    reasons = {
        "busy": reason(0, talk_s=100),
        "enquiry": reason(*at_s, talk_s=100, patience_s={"voice": patience_s}),
    }
    return played(reasons, {"front": 1}, acknowledgement=words or None, **more)


def test_customers_who_are_ignored_leave_when_their_patience_ends() -> None:
    trace = _busy({}, 10, 60)
    assert rows(trace, "contacts", STORY)[1:] == [
        (10, None, 60, "abandoned", None),
        (60, 100, 200, "answered", None),
    ]


def test_a_comfort_message_makes_customers_wait_longer() -> None:
    trace = _busy({"announce": "comfort", "patience_factor": 1.5}, 10, 30)
    assert rows(trace, "contacts", f"{STORY} acknowledged")[1:] == [
        (10, None, 85, "abandoned", None, 1),
        (30, 100, 200, "answered", None, 1),
    ]


def test_who_is_told_the_place_in_line_waits_longer_still_and_is_promised_nothing() -> None:
    words = {"announce": "position", "patience_factor": 0.5, "place_factor": 2.6}
    trace = _busy(words, 10, 40)
    assert rows(trace, "contacts", f"{STORY} acknowledged")[1:] == [
        (10, None, 75, "abandoned", None, 1),
        (40, 100, 200, "answered", None, 1),
    ]
    assert len(trace.promises) == 0


def test_a_place_in_line_takes_hanging_up_from_two_thirds_to_a_third_as_was_found() -> None:
    """Munichor and Rafaeli 2007: held for 108 s, 69 % hung up with music, 36 % told their place.

    Exponential patience; nobody is answered before 108 s. With 4,000 callers the standard error of
    a share is 0.8 points; three of them are allowed.
    """
    shares = {}
    for name, words in (("music", None), ("place", {"announce": "position"})):
        times = np.arange(4000) * 1e-3
        mean = -108.0 / math.log(1 - 0.69)
        patience = {"voice": {"distribution": "exponential", "mean": mean}}
        reasons = {
            "busy": reason(0, talk_s=1000),
            "caller": reason(*(times + 1.0), talk_s=1, patience_s=patience),
        }
        trace = played(reasons, {"front": 1}, acknowledgement=words)
        calls = trace.contacts.as_dict()
        waited = (calls["ended"] - calls["queued"])[1:]
        shares[name] = float(np.mean(waited < 108.0))
    assert shares["music"] == pytest.approx(0.69, abs=0.024)
    assert shares["place"] == pytest.approx(0.36, abs=0.024)


def test_nobody_is_acknowledged_on_a_channel_without_announcements() -> None:
    trace = _busy({"announce": "comfort", "patience_factor": 9, "channels": ["chat"]}, 10)
    assert rows(trace, "contacts", f"{STORY} acknowledged")[1:] == [
        (10, None, 60, "abandoned", None, 0)
    ]


def test_the_wait_told_is_by_those_waiting_their_talk_and_the_agents_on_duty() -> None:
    # Nobody waits: (0 + 1) x 100 s; one waits: 2 x 100 s.
    trace = _busy({"announce": "expected_wait"}, 10, 20, patience_s=1000)
    assert rows(trace, "contacts", STORY)[1:] == [
        (10, 100, 200, "answered", 100),
        (20, 200, 300, "answered", 200),
    ]
    careful = _busy({"announce": "expected_wait", "told_factor": 1.5}, 10, patience_s=1000)
    assert rows(careful, "contacts", "told_s")[1:] == [(150,)]


@pytest.mark.parametrize("groups", [["a", "b"], [{"groups": ["a", "b"]}]])
def test_the_wait_told_counts_on_all_groups_that_may_take_the_call_now(groups: list[Any]) -> None:
    reasons = {
        "busy": reason(0, talk_s=100, groups=["a"]),
        "busy_too": reason(0, 0, 0, talk_s=100, groups=["b"]),
        "enquiry": reason(10, talk_s=100, groups=[*groups, {"group": "late", "after_s": 300}]),
    }
    trace = played(
        reasons, {"a": 1, "b": 3, "late": 9}, acknowledgement={"announce": "expected_wait"}
    )
    assert rows(trace, "contacts", "told_s")[-1] == (25,)  # 100 s / (1 + 3 agents)


def test_a_short_wait_is_not_told() -> None:
    trace = _busy({"announce": "expected_wait", "told_above_s": 150}, 10, 20, patience_s=1000)
    assert rows(trace, "contacts", "told_s acknowledged")[1:] == [(None, 0), (200, 1)]


def test_who_is_told_nothing_waits_no_longer_than_without_announcements() -> None:
    words = {"announce": "expected_wait", "told_above_s": 150, "patience_factor": 2.0}
    trace = _busy(words, 10, 20)
    # The first would be told 100 s and hears nothing; the second is told 200 s and waits 100 s.
    assert rows(trace, "contacts", f"{STORY} acknowledged")[1:] == [
        (10, None, 60, "abandoned", None, 0),
        (20, 100, 200, "answered", 200, 1),
    ]


def test_the_wait_told_can_be_that_of_the_customer_answered_last() -> None:
    words = {"announce": "expected_wait"}
    last = {"estimate": "last_wait"}
    trace = _busy(words, 10, 150, 290, 700, 710, patience_s=1000, waiting=last)
    # 10 s waits 90 s; 150 s is told that and waits 50 s; 290 s is told that and waits 10 s.
    # 700 s finds the agent free, so that for 710 s there is no wait to tell.
    assert rows(trace, "contacts", "arrival answered told_s") == [
        (0, 0, None),
        (10, 100, None),
        (150, 200, 90),
        (290, 300, 50),
        (700, 700, None),
        (710, 800, None),
    ]


def test_who_is_told_a_wait_longer_than_the_patience_balks_at_once() -> None:
    trace = _busy({"announce": "expected_wait", "balk": 1.0}, 10, 20, patience_s=150)
    assert rows(trace, "contacts", STORY)[1:] == [
        (10, 100, 200, "answered", 100),
        (20, None, 20, "abandoned", 200),
    ]


def test_who_does_not_balk_leaves_when_the_patience_ends() -> None:
    trace = _busy({"announce": "expected_wait", "balk": 0.0}, 10, patience_s=50)
    assert rows(trace, "contacts", STORY)[1:] == [(10, None, 60, "abandoned", 100)]


def test_the_told_wait_is_a_promise() -> None:
    words = {"announce": "expected_wait", "told_factor": 0.5}
    trace = _busy(words, 10, 60, patience_s=100)
    # Told 50 s and answered after 90 s; told 2 x 100 / 2 = 100 s, gone when it was over.
    told = "contact kind made due done kept"
    assert rows(trace, "promises", told) == [
        (1, "told_wait", 10, 60, 100, 0),
        (2, "told_wait", 60, 160, None, 0),
    ]
    kept = _busy({"announce": "expected_wait"}, 10, 20, patience_s=150)
    assert rows(kept, "promises", told) == [
        (1, "told_wait", 10, 110, 100, 1),
        (2, "told_wait", 20, 220, None, None),  # left before: neither kept nor broken
    ]


def test_talk_grows_for_every_minute_past_the_told_wait() -> None:
    words = {"announce": "expected_wait", "told_factor": 0.3, "talk_growth_s_per_min": 21}
    trace = _busy(words, 10, patience_s=1000)
    # Told 30 s, answered after 90 s: a minute past, 21 s more to say.
    assert rows(trace, "contacts", "answered ended talk_s")[1:] == [(100, 221, 121)]


def test_past_the_told_wait_patience_is_used_up_faster() -> None:
    words = {"announce": "expected_wait", "told_factor": 0.3, "hazard_growth_per_min": 0.52}
    trace = _busy(words, 5, patience_s=90)
    # Told 30 s; of the minute that is left ln(1 + b) / b minutes remain, b = ln 1.52.
    b = math.log(1.52)
    gone = 5 + 30 + 60 * math.log(1 + b) / b
    assert rows(trace, "contacts", "ended outcome")[1:] == [(round(gone, 6), "abandoned")]


@pytest.mark.parametrize("growth", [0.1, 0.52, 2.0])
def test_the_patience_past_the_told_wait_has_the_growing_hazard(growth: float) -> None:
    # An exponential patience of mean 120 s, told 60 s: survival to 60 + 60 x minutes is that of
    # the hazard 1/120 until 60 s, times (1 + growth)^minutes afterwards.
    marks = (np.arange(200_000) + 0.5) / 200_000
    patience = -120.0 * np.log1p(-marks)
    lasts = np.array([past_told_patience(p, 60.0, growth) for p in patience[::50]])
    for until_s in (30.0, 90.0, 180.0):
        past_min = max(0.0, until_s - 60.0) / 60.0
        grown, _ = quad(lambda minute: 0.5 * (1 + growth) ** minute, 0.0, past_min)
        survival = math.exp(-min(until_s, 60.0) / 120.0 - grown)
        assert np.mean(lasts > until_s) == pytest.approx(survival, abs=2e-3)


def test_patience_is_left_alone_without_growth_and_before_the_told_wait() -> None:
    assert past_told_patience(80.0, 60.0, 0.0) == 80.0
    assert past_told_patience(50.0, 60.0, 0.5) == 50.0
    assert past_told_patience(math.inf, 60.0, 0.5) == math.inf


def test_a_share_hangs_up_at_once_when_nobody_is_free() -> None:
    patience = {"voice": {"distribution": "constant", "value": 1000, "point_share": 0.25}}
    reasons = {
        "busy": reason(0, talk_s=500),
        "enquiry": reason(*range(1, 401), talk_s=0, patience_s=patience),
    }
    found = rows(played(reasons, {"front": 1}), "contacts", "arrival ended outcome")
    gone = [row for row in found if row[2] == "abandoned"]
    assert all(arrival == ended for arrival, ended, _ in gone)
    assert abs(len(gone) - 100) < 35  # 400 customers: four standard errors are 35


def test_callers_who_keep_their_patience_leave_after_the_same_wait_every_time() -> None:
    redial = {"after_abandoning": 1.0, "delay_min": 1, "max_tries": 3}
    patience = {"voice": {"distribution": "exponential", "mean": 30}}
    for kept in (True, False):
        trace = played(
            {
                "busy": reason(0, talk_s=5000),
                "enquiry": reason(*range(1, 21), patience_s=patience),
            },
            {"front": 1},
            redial={**redial, "patience_kept": kept},
        )
        waits: dict[Any, list[Any]] = {}
        for case, queued, ended, outcome in rows(trace, "contacts", "case queued ended outcome"):
            if outcome == "abandoned":
                waits.setdefault(case, []).append(ended - queued)
        assert [len(each) for each in waits.values()] == [3] * 20
        alike = [max(each) - min(each) < 1e-4 for each in waits.values()]
        assert alike == [kept] * 20
    assert rows(trace, "cases", "state attempts")[1:] == [("given_up", 3)] * 20


def test_a_caller_whom_nobody_answers_gives_up_without_redials() -> None:
    trace = _busy({}, 10)
    assert rows(trace, "cases", "ended state")[1:] == [(60, "given_up")]


def offered(**offer: Any) -> list[Any]:
    """Who of four callers is offered a callback, when one agent is busy until 100 s."""
    trace = _busy({}, 10, 20, 30, 40, callback_offer={"accept": 0.0, **offer})
    return [row[0] for row in rows(trace, "contacts", "offered_callback")[1:5]]


def test_a_callback_is_offered_to_whom_more_than_so_many_wait_for_already() -> None:
    assert offered(when_waiting_over=0) == [0, 1, 1, 1]
    assert offered(when_waiting_over=2) == [0, 0, 0, 1]


def test_who_takes_a_callback_is_not_on_the_line_for_the_next() -> None:
    assert offered(when_waiting_over=0, accept=1.0) == [0, 1, 1, 1]
    assert offered(when_waiting_over=1, accept=1.0) == [0, 0, 1, 1]


def test_a_callback_by_the_number_waiting_may_take_a_long_wait_too() -> None:
    # The agent's calls take 100 s each: the caller of 30 s has two ahead.
    assert offered(when_waiting_over=0, when_wait_over_s=250) == [0, 0, 1, 1]
    assert offered(when_waiting_over=0, when_wait_over_s=350) == [0, 0, 0, 1]


def test_the_number_waiting_is_enough_whatever_the_wait_of_the_last_customer() -> None:
    last = {"estimate": "last_wait"}
    trace = _busy({}, 10, 20, callback_offer={"when_waiting_over": 0}, waiting=last)
    assert [row[0] for row in rows(trace, "contacts", "offered_callback")[:3]] == [0, 0, 1]
