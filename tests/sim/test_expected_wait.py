"""The wait that a centre expects, by the order of service and the roster: worked out by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scenarios.schema import Scenario
from sim import simulate
from sim.centre import Centre
from sim.day import open_centre
from sim.floor.expected_wait import LONGEST_S, Asker
from sim.floor.queues import Medium
from sim.floor.staff_ahead import Staff
from sim.live import Announce, LiveRun
from tests.support.timed_centres import DAY, HOUR, centre, played, reason, rows

TOLD = {"announce": "expected_wait"}


def told(reasons: dict[str, Any], groups: dict[str, Any], **sections: Any) -> float | None:
    """What the caller who came last was told."""
    trace = played(reasons, groups, acknowledgement=TOLD, **sections)
    return rows(trace, "contacts", "arrival told_s")[-1][1]


def expected(scenario: Scenario, time: float, base: float = 0.0, reason_at: int = 0) -> float:
    """What a caller of a reason would be told at a time."""
    running = open_centre(scenario, 1, 0)
    running.run(time)
    return ask(running, base, reason_at)


def ask(running: Centre, base: float = 0.0, reason_at: int = 0, channel: int = 0) -> float:
    asker = Asker(reason_at, channel, Medium.VOICE if channel == 0 else Medium.CHAT, base)
    return running.expect_waits().of(asker, running.routes[reason_at].stages)


def hourly(hour: int, count: float, **more: Any) -> dict[str, Any]:
    """A reason whose customers are planned for one hour of the day, evenly."""
    counts = [0.0] * hour + [count]
    volume = {"interval_min": 60, "counts": {"every_day": counts}}
    return {**reason(**more), "volume": volume}


# The groups that may take the caller.


def test_a_crowded_group_to_overflow_into_makes_nothing_longer() -> None:
    reasons = {
        "others": reason(*[0] * 11, talk_s=300, groups=["second"]),
        "busy": reason(0, talk_s=300, groups=["first"]),
        "call": reason(10, talk_s=300, groups=["first", {"group": "second", "after_s": 30}]),
    }
    assert told(reasons, {"first": 1, "second": 1}) == 300


def test_an_idle_group_to_overflow_into_counts_from_its_delay_on() -> None:
    reasons = {
        "busy": reason(0, talk_s=300, groups=["first"]),
        "call": reason(10, talk_s=300, groups=["first", {"group": "second", "after_s": 60}]),
    }
    # A fifth of a service by the first until then; four fifths at two services in 300 s.
    assert told(reasons, {"first": 1, "second": 1}) == 60 + 0.8 * 150


def test_who_waits_for_two_groups_is_ahead_once() -> None:
    both = ["a", "b"]
    reasons = {
        "busy": reason(0, 0, 1, 2, talk_s=100, groups=both),
        "call": reason(10, talk_s=100, groups=both),
    }
    assert told(reasons, {"a": 1, "b": 1}) == (2 + 1) * 50


# The order of service.


def test_who_is_overtaken_is_not_waited_for() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "low": reason(1, 2, 3, talk_s=100, priority=-1),
        "call": reason(10, talk_s=100),
    }
    assert told(reasons, {"front": 1}) == 100
    assert told({**reasons, "call": reason(10, talk_s=100, priority=-1)}, {"front": 1}) == 400


def test_who_has_waited_longer_than_a_head_start_is_ahead() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "low": reason(1, 2, 80, talk_s=100, priority=-30),
        "call": reason(90, talk_s=100),
    }
    assert told(reasons, {"front": 1}, waiting={"points_per_s": 1}) == 300


def test_who_gains_points_faster_is_overtaken_only_if_the_wait_is_short() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "low": reason(1, talk_s=100, priority=-150, points_per_s=1),
        "call": reason(10, talk_s=100, points_per_s=0),
    }
    # After 100 s the other has 109 points less 150: it still waits when the caller is served.
    assert told(reasons, {"front": 1}) == pytest.approx(100, abs=0.01)
    reasons["low"]["priority"] = -100
    assert told(reasons, {"front": 1}) == pytest.approx(200, abs=0.01)


def test_the_longest_wait_goes_first_where_priorities_do_not_count() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "low": reason(1, talk_s=100, priority=-5),
        "call": reason(10, talk_s=100),
    }
    assert told(reasons, {"front": 1}, routing={"contact_choice": "longest_waiting"}) == 200


def test_a_group_serves_the_reason_it_prefers_first() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "call": reason(5, talk_s=100, priority=9),
        "preferred": reason(10, talk_s=100),
    }
    assert told(reasons, {"front": {"heads": 1, "serves_first": ["preferred"]}}) == 100


def test_chats_and_email_wait_while_calls_are_answered() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "chat": reason(1, talk_s=100, channel="chat"),
        "email": reason(2, talk_s=100, channel="email"),
        "call": reason(10, talk_s=100),
    }
    assert told(reasons, {"front": 1}) == 100


def test_callbacks_that_come_last_change_no_callers_told_wait() -> None:
    def story(accept: float) -> list[Any]:
        reasons = {
            "busy": reason(0, talk_s=100),
            "call": reason(*range(1, 21), talk_s=100),
        }
        offer = {"accept": accept, "priority_bonus": -1}
        trace = played(reasons, {"front": 1}, acknowledgement=TOLD, callback_offer=offer)
        return rows(trace, "contacts", "kind told_s outcome")[1:]

    waiting = 1
    for kind, told_s, outcome in story(0.5):
        if kind == "first":
            assert told_s == 100 * waiting
            waiting += outcome == "answered"
    assert 5 < waiting < 15


def test_a_customer_who_comes_back_with_a_bonus_is_ahead() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "call": reason(*range(1, 6), talk_s=100),
    }
    running = open_centre(centre(reasons, {"front": 1}, acknowledgement=TOLD), 1, 0)
    running.run(10)
    assert ask(running, 0.0, 1) == 600
    assert ask(running, 60.0, 1) == 100


# Who is planned to come.


def test_planned_customers_who_overtake_are_waited_for_and_others_are_not() -> None:
    def at(priority: float, time: float = 12 * HOUR) -> float:
        reasons = {
            "call": reason(DAY - 1, talk_s=100),
            "planned": hourly(12, 18, talk_s=100, priority=priority),
        }
        return expected(centre(reasons, {"front": 1}, acknowledgement=TOLD), time)

    first = 12 * HOUR - 60
    assert at(-1, first) == at(0, first) == 100
    # 60 s before they begin 0.6 of a service; then 0.01 - 0.005 services a second are left.
    assert at(1, first) == pytest.approx(60 + 0.4 / 0.005)


def test_a_head_start_is_outranked_only_by_those_who_come_soon() -> None:
    reasons = {
        "call": reason(DAY - 1, talk_s=100),
        "planned": hourly(12, 18, talk_s=100, priority=40),
    }
    ageing = {"points_per_s": 1}
    scenario = centre(reasons, {"front": 1}, acknowledgement=TOLD, waiting=ageing)
    # Until 40 s half of the services go to newcomers: 0.2 of one by then, 80 s for the rest.
    assert expected(scenario, 12 * HOUR - 1e-6) == pytest.approx(40 + 80, abs=1e-3)


# The roster.


def shift(start: str, end: str, heads: int = 1, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "heads": heads, **more}


def test_an_agent_on_a_break_comes_back_and_takes_the_caller() -> None:
    shifts = {"day": shift("08:00", "18:00", breaks=[{"at": "09:00", "minutes": 30}])}
    assert told({"call": reason(9 * HOUR + 1680, talk_s=300)}, {"front": {"shifts": shifts}}) == 120


def test_a_break_to_come_is_no_time_for_callers() -> None:
    shifts = {"day": shift("08:00", "18:00", breaks=[{"at": "09:00", "minutes": 30}])}
    reasons = {"busy": reason(9 * HOUR - 110, talk_s=300), "call": reason(9 * HOUR - 100)}
    reasons["call"]["handling"]["voice"]["talk_s"] = 300
    # A third of a service before the break, two thirds after it; the agent leaves late.
    assert told(reasons, {"front": {"shifts": shifts}}) == 100 + 1800 + 200
    assert rows(played(reasons, {"front": {"shifts": shifts}}), "contacts", "arrival answered")[
        -1
    ] == (9 * HOUR - 100, 9 * HOUR + 190 + 1800)


def test_nobody_is_on_duty_before_the_shift_begins() -> None:
    shifts = {"day": shift("10:00", "18:00")}
    call = reason(9 * HOUR, 9 * HOUR + 1, talk_s=300)
    trace = played({"call": call}, {"front": {"shifts": shifts}}, acknowledgement=TOLD)
    assert rows(trace, "contacts", "told_s") == [(3600,), (3599 + 300,)]


def test_the_next_days_shift_is_known_the_night_before() -> None:
    shifts = {"day": shift("01:00", "18:00")}
    call = reason(2 * HOUR, 23 * HOUR, talk_s=300)
    groups = {"front": {"shifts": shifts}}
    assert told({"call": call}, groups, horizon={"days": 2}) == 2 * HOUR


def test_where_nobody_comes_within_a_day_a_day_is_told() -> None:
    shifts = {"day": shift("08:00", "18:00", weekdays=["monday"])}
    call = reason(9 * HOUR, 20 * HOUR, talk_s=300)
    assert told({"call": call}, {"front": {"shifts": shifts}}) == LONGEST_S


def test_heads_by_interval_come_with_nothing_in_hand() -> None:
    heads = {"interval_min": 60, "heads": {"every_day": [1] * 9 + [2] * 15}}
    reasons = {
        "busy": reason(9 * HOUR - 100, talk_s=600),
        "call": reason(9 * HOUR - 60, 9 * HOUR - 30, talk_s=600),
    }
    groups = {"front": {"heads_by_interval": heads}}
    trace = played(reasons, groups, acknowledgement=TOLD)
    # By the time the second agent begins 0.05 + 1 services; the other 0.95 at two in 600 s.
    assert rows(trace, "contacts", "told_s")[1:] == [(60,), (30 + 0.95 * 300,)]


def test_an_absent_agent_stays_absent() -> None:
    shifts = {"day": shift("08:00", "18:00", heads=20)}
    group = {"shifts": shifts, "absence": 0.5}
    scenario = centre(
        {"call": reason(12 * HOUR, talk_s=600)}, {"front": group}, acknowledgement=TOLD
    )
    running = open_centre(scenario, 1, 0)
    running.run(9 * HOUR)
    on_duty = running.groups["front"].on_duty
    assert 0 < on_duty < 20
    assert ask(running) == 1.0 / (on_duty / 600.0)


@pytest.mark.parametrize(
    ("at_closing", "right"), [("serve_out", 600), ("cut_off", 300), ("offer_callback", 300)]
)
def test_the_wait_goes_on_after_closing_only_where_customers_are_served_out(
    at_closing: str, right: float
) -> None:
    reasons = {"call": reason(18 * HOUR - 310, 18 * HOUR - 300, talk_s=600)}
    opening = {"hours": "08:00-18:00", "at_closing": at_closing}
    assert told(reasons, {"front": 1}, opening=opening) == right


# As it was.


def test_first_come_first_served_with_constant_staff_is_those_ahead_by_the_pace() -> None:
    rng = np.random.default_rng(1)
    times = np.sort(rng.uniform(0, 3000, 60)).tolist()
    scenario = centre(
        {"call": reason(*times, talk_s=170.3, wrap_up_s=7.1)}, {"front": 3}, acknowledgement=TOLD
    )
    rows = simulate(scenario, 1, 0).contacts
    arrival, answered = rows["arrival"], rows["answered"]
    for told_s, now in zip(rows["told_s"], arrival, strict=True):
        if told_s == told_s:
            ahead = float(np.sum((arrival < now) & (answered > now)))
            assert told_s == (ahead + 1.0) / (3 / (170.3 + 7.1))


def test_by_the_last_wait_it_is_the_last_of_the_same_class() -> None:
    reasons = {
        "busy": reason(0, talk_s=100),
        "low": reason(10, 310, talk_s=100, priority=-1),
        "call": reason(20, talk_s=100),
        "more": reason(305, talk_s=100),
    }
    trace = played(reasons, {"front": 1}, acknowledgement=TOLD, waiting={"estimate": "last_wait"})
    # 20 s waits 80 s and goes first; 10 s waits 190 s. Later a call is told 80 s, a low one 190 s.
    assert rows(trace, "contacts", "arrival told_s")[1:] == [
        (10, None),
        (20, None),
        (305, None),
        (310, 190),
    ]


def test_what_is_told_from_a_moment_on_is_what_would_have_been_told_all_along() -> None:
    shifts = {
        "early": shift("00:00", "06:00", 2, breaks=[{"at": "00:20", "minutes": 10}]),
        "late": shift("00:40", "08:00", 2),
    }
    times = np.sort(np.random.default_rng(2).uniform(0, 4000, 80)).tolist()
    reasons = {
        "low": reason(*times[::2], talk_s=180, priority=-1),
        "call": reason(*times[1::2], talk_s=200, wrap_up_s=10),
    }

    def run(words: Any) -> LiveRun:
        scenario = centre(
            reasons, {"front": {"shifts": shifts}}, acknowledgement=words, horizon={"days": 2}
        )
        return LiveRun(scenario, 1)

    along, later = run(TOLD), run(None)
    for each in (along, later):
        each.advance(1500)
    later.change(Announce("expected_wait"))
    for each in (along, later):
        each.advance(DAY)
    mine, theirs = along.close().contacts, later.close().contacts
    after = mine["arrival"] > 1500
    assert np.sum(~np.isnan(mine["told_s"][after])) > 20
    np.testing.assert_array_equal(mine["told_s"][after], theirs["told_s"][after])


def test_in_every_hour_of_a_day_with_lunch_breaks_the_told_wait_is_the_wait() -> None:
    """Four agents, half of them away at 12:00 and at 13:00, served out after 17:00.

    150 days; the difference of an hour's means has a standard error of about 2 %, and from call to
    call of one day they go together. Four of them are allowed, and at most 10 % as for a long run.
    """
    breaks = [{"at": "12:00", "minutes": 60, "waves": 2}]
    reasons = {"q": reason(talk_s={"distribution": "exponential", "mean": 300})}
    reasons["q"]["volume"] = {"per_day": 300}
    group = {"shifts": {"d": shift("09:00", "17:00", 4, breaks=breaks)}}
    scenario = centre(
        reasons, {"front": group}, acknowledgement=TOLD, opening={"hours": "09:00-17:00"}
    )
    found: dict[int, list[tuple[float, float]]] = {hour: [] for hour in range(9, 17)}
    for day in range(150):
        calls = simulate(scenario, 3, day).contacts.as_dict()
        told_s, waited = calls["told_s"], calls["answered"] - calls["queued"]
        for hour, those in found.items():
            mine = ~np.isnan(told_s) & (calls["arrival"] // HOUR == hour)
            those.append((float(told_s[mine].sum()), float(waited[mine].sum())))
    for hour, those in found.items():
        told_sum, waited_sum = np.array(those).T
        error = (told_sum - waited_sum).std() * np.sqrt(len(those)) / waited_sum.sum()
        off = told_sum.sum() / waited_sum.sum() - 1.0
        assert abs(off) <= min(0.1, 4.0 * error), (hour, off, error)


@pytest.mark.parametrize("heads", [4, 200])
def test_a_wait_is_told_in_as_many_steps_in_a_large_centre_as_in_a_small_one(
    heads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []

    def counted(name: str) -> None:
        method: Callable[..., Any] = getattr(Staff, name)

        def counting(*given: Any, **more: Any) -> Any:
            steps[-1] += 1
            return method(*given, **more)

        monkeypatch.setattr(Staff, name, counting)

    begin: Callable[..., None] = Staff.__init__

    def begins(*given: Any, **more: Any) -> None:
        steps.append(0)
        begin(*given, **more)

    monkeypatch.setattr(Staff, "__init__", begins)
    counted("go_to")
    counted("pass_over")
    breaks = [{"at": "12:00", "minutes": 60, "waves": 2}]
    reasons = {"q": {**reason(talk_s={"distribution": "exponential", "mean": 300})}}
    reasons["q"]["volume"] = {"per_day": 75 * heads}
    shifts = {"d": shift("09:00", "17:00", heads, breaks=breaks)}
    group = {"shifts": shifts, "meetings_min_per_day": 15}
    simulate(
        centre(reasons, {"front": group}, acknowledgement=TOLD, opening={"hours": "09:00-17:00"}),
        1,
        0,
    )
    assert len(steps) > 30
    assert np.mean(steps) < 25
