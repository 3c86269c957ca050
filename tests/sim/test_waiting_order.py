"""Who is served next, by which agent: worked out by hand."""

from typing import Any

import numpy as np
import pytest

from sim import simulate
from sim.trace.trace import Trace
from tests.support.timed_centres import EXPERT, HOUR, centre, complaint, played, reason, rows


def _answered(trace: Trace) -> list[Any]:
    """Reasons in the order in which they were answered."""
    found = rows(trace, "contacts", "answered reason")
    return [name for _, name in sorted(found)]


def _one_agent(reasons: dict[str, Any], **sections: Any) -> Trace:
    """One agent, busy with somebody else from 0 to 100 s."""
    front = {"heads": 1, **sections.pop("front", {})}
    return played({"busy": reason(0, talk_s=100), **reasons}, {"front": front}, **sections)


def test_first_come_first_served_within_one_priority() -> None:
    trace = _one_agent({"b": reason(10), "a": reason(20), "c": reason(15)})
    assert rows(trace, "contacts", "reason arrival answered") == [
        ("busy", 0, 0),
        ("b", 10, 100),
        ("c", 15, 160),
        ("a", 20, 220),
    ]


def test_the_higher_priority_goes_first_however_long_the_others_wait() -> None:
    trace = _one_agent({"low": reason(10, 20), "high": reason(90, 110, priority=1)})
    assert _answered(trace) == ["busy", "high", "high", "low", "low"]


@pytest.mark.parametrize(("arrival", "first"), [(39, "key_account"), (41, "private")])
def test_a_head_start_of_thirty_seconds_is_worth_just_that(arrival: float, first: str) -> None:
    trace = _one_agent(
        {"private": reason(10), "key_account": reason(arrival, priority=30)},
        waiting={"points_per_s": 1.0},
    )
    assert _answered(trace)[1] == first


@pytest.mark.parametrize(("busy_until", "first"), [(90, "slow"), (110, "fast")])
def test_a_reason_that_ages_faster_overtakes_in_its_time(busy_until: float, first: str) -> None:
    reasons = {
        "busy": reason(0, talk_s=busy_until),
        "slow": reason(1, points_per_s=1.0),
        "fast": reason(51, points_per_s=2.0),  # 100 points at 101 s, as many as the other
    }
    assert _answered(played(reasons, {"front": 1}))[1] == first


def test_longest_waiting_ignores_every_priority() -> None:
    reasons = {"low": reason(10), "high": reason(20, priority=100)}
    trace = _one_agent(reasons, routing={"contact_choice": "longest_waiting"})
    assert _answered(trace) == ["busy", "low", "high"]


def test_a_group_serves_its_own_speciality_first_and_then_by_score() -> None:
    reasons = {"a": reason(10, priority=5), "b": reason(20, priority=9), "own": reason(30)}
    trace = _one_agent(reasons, front={"serves_first": ["own"]})
    assert _answered(trace) == ["busy", "own", "b", "a"]


def test_a_customer_who_comes_back_has_a_bonus() -> None:
    repeat = {"probability": 1.0, "delay_min": 1, "max_contacts": 2}
    reasons = {
        "seeming": reason(0, talk_s=10, false_resolution=1.0, repeat=repeat),
        "enquiry": reason(5, 20, talk_s=100),
    }
    # The repeat of 70 s waits behind the call of 20 s, until 110 s.
    without = played(reasons, {"front": 1})
    assert _answered(without) == ["seeming", "enquiry", "enquiry", "seeming"]
    bonus = played(reasons, {"front": 1}, waiting={"returning_bonus": 1})
    assert _answered(bonus) == ["seeming", "enquiry", "seeming", "enquiry"]


def test_priority_classes_are_shares_of_a_reasons_customers() -> None:
    classes = {"key_account": {"share": 0.25, "priority": 10.0, "patience_s": 1}}
    trace = _one_agent(
        {"enquiry": reason(*range(1, 401), priority_classes=classes, patience_s={"voice": 100_000})}
    )
    gone = sum(row == ("abandoned",) for row in rows(trace, "contacts", "outcome"))
    assert abs(gone - 100) < 35  # 400 customers: four standard errors are 35


def test_calls_come_before_chats_before_letters() -> None:
    reasons = {
        "letter": reason(10, channel="email"),
        "chat": reason(20, channel="chat"),
        "call": reason(30),
    }
    assert _answered(_one_agent(reasons)) == ["busy", "call", "chat", "letter"]


# Groups and stages.


def test_an_idle_second_group_takes_the_call_when_its_delay_is_over() -> None:
    groups = ["front", {"group": "back_up", "after_s": 30}]
    reasons = {"busy": reason(0, talk_s=1000), "enquiry": reason(10, 40, groups=groups)}
    trace = played(reasons, {"front": 1, "back_up": 1})
    assert rows(trace, "contacts", "arrival answered group") == [
        (0, 0, "front"),
        (10, 40, "back_up"),
        (40, 100, "back_up"),
    ]


def test_after_the_delay_a_call_waits_for_both_groups_and_takes_who_comes_first() -> None:
    groups = ["front", {"group": "back_up", "after_s": 30}]
    reasons = {
        "busy": reason(0, talk_s=100),
        "busy_too": reason(0, talk_s=90, groups=["back_up"]),
        "enquiry": reason(10, 70, 75, groups=groups),
    }
    trace = played(reasons, {"front": 1, "back_up": 1})
    assert rows(trace, "contacts", "reason arrival answered group")[2:] == [
        ("enquiry", 10, 90, "back_up"),
        ("enquiry", 70, 100, "front"),
        ("enquiry", 75, 150, "back_up"),
    ]


def test_a_group_named_in_two_stages_takes_a_call_only_once() -> None:
    groups = ["front", {"groups": ["front", "back_up"], "after_s": 30}]
    reasons = {"busy": reason(0, 0, talk_s=100), "enquiry": reason(10, 15, groups=groups)}
    trace = played(reasons, {"front": 2, "back_up": {"heads": 1, "talk_factor": 2}})
    assert rows(trace, "contacts", "reason answered group")[2:] == [
        ("enquiry", 40, "back_up"),
        ("enquiry", 100, "front"),
    ]


def test_who_is_answered_before_the_delay_is_over_does_not_overflow() -> None:
    groups = ["front", {"group": "back_up", "after_s": 30}]
    reasons = {"busy": reason(0, talk_s=20), "enquiry": reason(10, groups=groups)}
    trace = played(reasons, {"front": 1, "back_up": 1})
    assert rows(trace, "contacts", "reason answered ended group")[1:] == [
        ("enquiry", 20, 80, "front")
    ]
    assert len(rows(trace, "legs", "case")) == 2


def test_stages_are_tried_by_their_delays_in_whatever_order_they_are_written() -> None:
    groups = [{"group": "back_up", "after_s": 30}, {"group": "front", "after_s": 0}]
    trace = played({"enquiry": reason(0, 1, groups=groups)}, {"front": 1, "back_up": 1})
    assert rows(trace, "contacts", "answered group") == [(0, "front"), (31, "back_up")]


def test_a_contact_that_waits_too_long_is_moved_on_to_another_group() -> None:
    limit = {"after_s": 30, "then": "group", "group": "reserve"}
    reasons = {"enquiry": reason(0, 10, 20, 95, talk_s=90, waiting_limit=limit)}
    trace = played(reasons, {"front": 1, "reserve": 1})
    assert rows(trace, "contacts", "arrival answered group") == [
        (0, 0, "front"),
        (10, 40, "reserve"),
        # At 50 s the reserve is busy until 130 s; the first queue is left behind.
        (20, 130, "reserve"),
        (95, 95, "front"),
    ]


def test_a_contact_is_not_moved_on_to_a_group_that_has_gone_home() -> None:
    six = 18 * HOUR
    limit = {"after_s": 30, "then": "group", "group": "reserve"}
    day = {"shifts": {"day": {"start": "09:00", "end": "18:00", "heads": 1}}}
    trace = played(
        {
            "busy": reason(six - 90, six + 100, talk_s=100),
            "enquiry": reason(six - 80, six + 110, waiting_limit=limit),
        },
        {"front": 1, "reserve": day},
        horizon={"days": 2},
    )
    # Just before six the reserve takes the call over; after six it stays with the front line.
    assert rows(trace, "contacts", "reason answered group") == [
        ("busy", six - 90, "front"),
        ("enquiry", six - 50, "reserve"),
        ("busy", six + 100, "front"),
        ("enquiry", six + 200, "front"),
    ]


def test_a_contact_moved_on_to_a_free_agent_has_waited_past_the_wait_it_was_told() -> None:
    limit = {"after_s": 90, "then": "group", "group": "reserve"}
    words = {"announce": "expected_wait", "told_factor": 0.3, "talk_growth_s_per_min": 21}
    reasons = {"enquiry": reason(0, 10, talk_s=100, waiting_limit=limit)}
    trace = played(reasons, {"front": 1, "reserve": 1}, acknowledgement=words)
    # Told 30 s, moved on after 90 s: a minute late, 21 s more to say.
    assert rows(trace, "contacts", "answered group told_s talk_s")[1] == (100, "front", 30, 121)
    slow = {"enquiry": reason(0, 10, talk_s=200, waiting_limit=limit)}
    trace = played(slow, {"front": 1, "reserve": 1}, acknowledgement={**words, "told_factor": 0.15})
    assert rows(trace, "contacts", "answered group told_s talk_s")[1] == (100, "reserve", 30, 221)


def test_a_moved_contact_keeps_its_patience_and_its_place_in_time() -> None:
    limit = {"after_s": 30, "then": "group", "group": "reserve"}
    reasons = {
        "busy": reason(0, talk_s=500, groups=["reserve"]),
        "enquiry": reason(*(0, 10, 25), talk_s=500, waiting_limit=limit, patience_s={"voice": 60}),
    }
    trace = played(reasons, {"front": 1, "reserve": 1})
    assert rows(trace, "contacts", "reason arrival answered ended outcome")[2:] == [
        ("enquiry", 10, None, 70, "abandoned"),
        ("enquiry", 25, None, 85, "abandoned"),
    ]


def test_a_contact_can_overflow_first_and_be_moved_on_later() -> None:
    limit = {"after_s": 60, "then": "closed_message"}
    groups = ["front", {"group": "back_up", "after_s": 30}]
    reasons = {
        "busy": reason(0, talk_s=500),
        "busy_too": reason(0, talk_s=80, groups=["back_up"]),
        "enquiry": reason(10, 15, 25, groups=groups, waiting_limit=limit, talk_s=500),
    }
    trace = played(reasons, {"front": 1, "back_up": 1})
    assert rows(trace, "contacts", "arrival answered ended outcome")[2:] == [
        (10, None, 70, "turned_away"),
        (15, None, 75, "turned_away"),
        (25, 80, 580, "answered"),
    ]


# Which free agent.


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [
        ("best_skill", "wise"),
        ("least_authority", "plain"),
        ("fastest", "quick"),
        ("highest_resolution", "quick"),
        ("longest_idle", "plain"),
    ],
)
def test_a_free_agent_is_chosen_by_the_rule(rule: str, chosen: str) -> None:
    groups = {
        "chief": {"heads": 1, "authority": "full"},
        "boss": {"heads": 1, "tier": 2},
        "wise": {"heads": 1, "knowledge": 3.0, "tier": 2, "talk_factor": 2.0},
        "quick": {"heads": 1, "talk_factor": 0.5, "authority": "full", "knowledge": -0.1},
        "plain": {"heads": 1},
    }
    # A first call to everybody but the plain agent makes that one the longest idle.
    warm_up = {
        f"for_{name}": reason(0, talk_s=10, groups=[name], solve=0.5)
        for name in groups
        if name != "plain"
    }
    main = reason(1000, groups=[{"groups": list(groups)}], solve=0.5)
    paid = complaint(2000, money=10, groups=["chief"])
    trace = played(
        {**warm_up, "enquiry": main, "refund": paid},
        groups,
        authority={"full": {"limit": 1000}},
        routing={"agent_choice": rule},
    )
    answered_by = dict(rows(trace, "contacts", "reason group"))
    assert answered_by["enquiry"] == chosen


def test_longest_idle_takes_turns_and_knows_who_has_just_finished() -> None:
    trace = played({"enquiry": reason(*range(0, 700, 100))}, {"front": 3})
    assert [row[0] for row in rows(trace, "contacts", "agent")] == [0, 1, 2, 0, 1, 2, 0]


def test_a_random_agent_is_chosen_whatever_the_time_idle() -> None:
    volume = {"volume": {"per_day": 1440 * 8}}
    talk = {"distribution": "exponential", "mean": 60}
    scenario = centre(
        {"enquiry": {**reason(talk_s=talk), **volume}},
        {"front": 20},
        routing={"agent_choice": "random"},
    )
    ranks = _ranks_by_idle_time(simulate(scenario, 1, 0), 20)
    assert len(ranks) > 10_000
    # Uniform on (0, 1): standard deviation 0.289; four standard errors of the mean.
    assert abs(np.mean(ranks) - 0.5) < 4 * 0.289 / len(ranks) ** 0.5
    shares = np.histogram(ranks, bins=4, range=(0.0, 1.0))[0] / len(ranks)
    assert np.all(np.abs(shares - 0.25) < 4 * (0.25 * 0.75 / len(ranks)) ** 0.5 + 0.01)


def test_a_random_agent_of_several_groups_is_any_of_them_whatever_the_size_of_the_group() -> None:
    volume = {"volume": {"per_day": 1440 * 8}}
    talk = {"distribution": "exponential", "mean": 60}
    scenario = centre(
        {"enquiry": {**reason(talk_s=talk, groups=[{"groups": ["one", "many"]}]), **volume}},
        {"one": 1, "many": 19},
        routing={"agent_choice": "random"},
    )
    groups = [name for (name,) in rows(simulate(scenario, 1, 0), "contacts", "group")]
    # One of 20 agents: of some 11,000 calls a share of 0.05, with four standard errors allowed.
    assert len(groups) > 10_000
    assert abs(groups.count("one") / len(groups) - 0.05) < 4 * (0.05 * 0.95 / len(groups)) ** 0.5


def test_a_random_agent_is_one_of_those_with_the_least_in_hand() -> None:
    chats = [at for pair in range(0, 40_000, 1000) for at in (pair, pair + 10)]
    trace = played(
        {"enquiry": reason(*chats, channel="chat", talk_s=100)},
        {"front": {"heads": 2, "chats_at_once": 2}},
        routing={"agent_choice": "random"},
    )
    agents = [agent for (agent,) in rows(trace, "contacts", "agent")]
    assert all(first != second for first, second in zip(agents[::2], agents[1::2], strict=True))
    assert set(agents[::2]) == {0, 1}


def _ranks_by_idle_time(trace: Trace, agents: int) -> list[float]:
    """For each call: the standing of its agent among those idle, 0 for the longest idle."""
    idle_since = dict.fromkeys(range(agents), 0.0)
    talks: list[tuple[float, int]] = []
    ranks = []
    for answered, ended, agent in rows(trace, "contacts", "answered ended agent"):
        for free_at, whose in sorted(talk for talk in talks if talk[0] <= answered):
            idle_since[whose] = free_at
        talks = [talk for talk in talks if talk[0] > answered]
        if agent in idle_since and ended is not None and len(idle_since) > 3:
            order = sorted(idle_since, key=lambda each: idle_since[each])
            ranks.append((order.index(int(agent)) + 0.5) / len(order))
        idle_since.pop(agent, None)
        talks.append((ended or float("inf"), int(agent)))
    return ranks


def test_knowledge_shows_in_the_choice_only_where_it_is_asked_for() -> None:
    groups = {"plain": 1, "wise": {"heads": 1, "knowledge": EXPERT}}
    reasons = {"enquiry": reason(10, 500, groups=[{"groups": ["plain", "wise"]}])}
    idle = rows(played(reasons, groups), "contacts", "group")
    assert idle == [("plain",), ("wise",)]
