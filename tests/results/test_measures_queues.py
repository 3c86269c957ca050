"""Measures per queue, counted by hand: where it was offered, no matter who answers."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import load_text
from scenarios.schema import Scenario
from sim import simulate
from tests.support import written_traces as written
from tests.support.timed_centres import (
    DAY,
    EXPERT,
    HOUR,
    UNKNOWN,
    centre,
    path,
    played,
    reason,
    rows,
)

NAN = pytest.approx(float("nan"), nan_ok=True)

Values = dict[str, float]


def parts(scenario: Scenario, kind: str) -> dict[str, Values]:
    found = summarise(scenario, simulate(scenario, 1, 0)).values
    return {cut[1]: values for cut, values in found.items() if cut[0] == kind}


def by_queue(reasons: dict[str, Any], groups: dict[str, Any], **more: Any) -> dict[str, Values]:
    return parts(centre(reasons, groups, **more), "queue")


def some(values: Values, *names: str) -> tuple[float, ...]:
    return tuple(values[name] for name in names)


OVERFLOWING = reason(0, 10, talk_s=300, groups=["front", {"group": "help", "after_s": 30}])


def test_who_overflows_is_answered_in_the_own_queue_with_the_whole_wait() -> None:
    scenario = centre({"call": OVERFLOWING}, {"front": 1, "help": 1})
    queues, groups = parts(scenario, "queue"), parts(scenario, "group")
    names = ("offered", "handled", "overflowed_out", "taken_over")
    assert some(queues["front"], *names) == (2, 2, 1, 0)
    assert some(queues["help"], *names) == (0, 0, 0, 1)
    assert queues["front"]["asa"] == 15.0  # 0 s and 30 s
    assert queues["front"]["service_level"] == 0.5
    assert queues["help"]["asa"] == NAN
    assert some(groups["help"], "handled", "asa", "taken_over") == (1, 30.0, 1)
    assert groups["front"]["taken_over"] == 0


def test_who_gives_up_after_the_overflow_has_abandoned_in_the_own_queue_only() -> None:
    late = reason(0, 0, 10, talk_s=300, groups=["front", {"group": "help", "after_s": 30}])
    late["patience_s"] = {"voice": 50}
    busy = reason(0, talk_s=500, groups=["help"])
    queues = by_queue({"call": late, "else": busy}, {"front": 1, "help": 1})
    assert some(queues["front"], "offered", "abandonment", "overflowed_out") == (3, 2 / 3, 0)
    assert some(queues["help"], "offered", "abandonment") == (1, 0.0)


def test_a_waiting_limit_moves_the_customer_and_not_the_queue() -> None:
    limit = {"after_s": 40, "then": "group", "group": "help"}
    moved = reason(0, 10, talk_s=300, waiting_limit=limit)
    queues = by_queue({"call": moved}, {"front": 1, "help": 1})
    assert some(queues["front"], "handled", "overflowed_out", "wait_longest") == (2, 1, 40.0)
    assert queues["help"]["taken_over"] == 1


TO_EXPERTS = {"to_experts": path({"step": "cold_transfer", "group": "experts"})}


def test_a_transfer_is_offered_to_its_target_and_lost_there() -> None:
    calls = reason(0, 0, talk_s=60, then="to_experts", patience_s={"voice": 100})
    experts = {"heads": 1, "tier": 2, "talk_s": {"call": 300}}
    made = {"call": calls}, {"front": 2, "experts": experts}
    queues = by_queue(*made, escalation=TO_EXPERTS)
    assert some(queues["front"], "offered", "handled", "abandonment", "asa") == (2, 2, 0.0, 0.0)
    assert some(queues["experts"], "offered", "handled", "abandonment") == (2, 1, 0.5)
    assert some(queues["experts"], "wait_all", "wait_abandoned") == (50.0, 100.0)
    assert queues["front"]["hung_up_in_transfer"] == 0.5
    legs = rows(played(*made, escalation=TO_EXPERTS), "legs", "group queue next_queue")
    assert sorted(legs, key=str) == [
        ("experts", "experts", None),
        ("front", "front", "experts"),
        ("front", "front", "experts"),
    ]


def test_who_comes_back_from_a_transfer_in_vain_has_overflowed_from_it() -> None:
    step = {"step": "cold_transfer", "group": "experts", "timeout_s": 40}
    back = path({**step, "at_timeout": "back_to_queue"}, {"step": "decline"})
    calls = reason(0, talk_s=60, then="to_experts")
    busy = reason(0, talk_s=500, groups=["experts"])
    queues = by_queue(
        {"call": calls, "else": busy},
        {"front": 1, "experts": {"heads": 1, "tier": 2}},
        escalation={"to_experts": back},
    )
    assert some(queues["experts"], "offered", "overflowed_out", "wait_longest") == (2, 1, 40.0)
    assert some(queues["front"], "offered", "taken_over") == (1, 1)


def test_a_warm_transfer_waits_in_the_queue_of_its_target() -> None:
    warm = path({"step": "warm_transfer", "group": "experts", "conference_s": 20})
    calls = reason(0, talk_s=60, then="to_experts")
    busy = reason(0, talk_s=90, groups=["experts"])
    queues = by_queue(
        {"call": calls, "else": busy},
        {"front": 1, "experts": {"heads": 1, "tier": 2}},
        escalation={"to_experts": warm},
    )
    # From 60 s, when the expert is asked for, to 90 s.
    assert some(queues["experts"], "offered", "handled", "wait_longest") == (2, 2, 30.0)


LATER = {"later": path({"step": "promise_callback", "group": "two", "due_h": 2})}


def promising() -> tuple[dict[str, Any], dict[str, Any]]:
    calls = reason(0, talk_s=60, solve=UNKNOWN)
    busy = reason(0, talk_s=100, groups=["two"])
    two = {"heads": 1, "tier": 2, "knowledge": EXPERT}
    return {"call": calls, "else": busy}, {
        "front": {"heads": 1, "beyond_knowledge": "later"},
        "two": two,
    }


def test_a_promise_is_a_leg_of_its_target_and_in_no_service_level() -> None:
    queues = by_queue(*promising(), escalation=LATER)
    assert some(queues["two"], "offered", "handled") == (1, 2)
    assert some(queues["two"], "service_level", "asa", "wait_longest") == (1.0, 0.0, 0.0)
    # Promised at 60 s, called when the agent is free at 100 s.
    assert some(queues["two"], "followup_wait", "followup_wait_p90") == (40.0, 40.0)
    assert queues["front"]["followup_wait"] == NAN


def test_the_wait_for_a_ticket_ends_when_somebody_begins_to_write() -> None:
    ticket = path({"step": "ticket", "group": "two", "due_h": 2, "work_s": 500})
    scenario = centre(*promising(), escalation={"later": ticket})
    assert parts(scenario, "all")[""]["followup_wait"] == 40.0
    assert parts(scenario, "group")["two"]["followup_wait"] == 40.0
    assert parts(scenario, "reason")["else"]["followup_wait"] == NAN


def test_a_callback_is_a_leg_of_the_queue_that_the_customer_left() -> None:
    calls = reason(0, 10, talk_s=300)
    offer = {"accept": 1.0, "answer": 1.0, "when_wait_over_s": 0}
    queues = by_queue({"call": calls}, {"front": 1}, callback_offer=offer)
    assert some(queues["front"], "offered", "handled", "callbacks_taken") == (2, 2, 0.5)
    assert some(queues["front"], "service_level", "number_waiting") == (0.5, 0.0)


def test_voicemail_is_a_leg_of_the_group_that_calls_back() -> None:
    limit = {"after_s": 20, "then": "voicemail", "group": "two"}
    calls = reason(0, 10, talk_s=300, waiting_limit=limit)
    queues = by_queue({"call": calls}, {"front": 1, "two": 1})
    assert some(queues["front"], "offered", "handled", "callbacks_taken") == (2, 1, 0.5)
    assert some(queues["two"], "offered", "handled", "overflowed_out") == (0, 1, 0)


# How many wait.


def test_each_customer_waits_once_however_many_groups_may_answer() -> None:
    calls = reason(0, 0, 0, 0, talk_s=300, groups=[{"groups": ["front", "help"]}])
    queues = by_queue({"call": calls}, {"front": 1, "help": 1})
    # Two wait for 300 s of a day.
    assert queues["front"]["number_waiting"] == pytest.approx(600 / DAY)
    assert some(queues["front"], "number_waiting_p95", "number_waiting_most") == (0.0, 2.0)
    assert some(queues["help"], "number_waiting", "number_waiting_most") == (0.0, 0.0)


def test_how_many_wait_is_asked_while_it_is_open() -> None:
    calls = reason(8 * HOUR, 8 * HOUR, 9 * HOUR - 100, talk_s=HOUR)
    opening = {"hours": "08:00-09:00"}
    scenario = centre({"call": calls}, {"front": 1}, opening=opening)
    found = summarise(scenario, simulate(scenario, 1, 0))
    front = found.values["queue", "front"]
    # One waits for the whole hour and a second one for its last 100 s.
    assert front["number_waiting"] == pytest.approx((3600 + 100) / 3600)
    assert some(front, "number_waiting_p95", "number_waiting_most") == (1.0, 2.0)
    waiting = found.intervals["queue", "front"]["number_waiting"]
    assert waiting[16:18] == pytest.approx([1.0, (1800 + 100) / 1800])
    assert np.isnan(np.delete(waiting, (16, 17))).all()


def test_a_queue_that_nobody_comes_to_by_voice_or_chat_has_nobody_waiting() -> None:
    mail = reason(0, channel="email")
    queues = by_queue({"mail": mail, "call": reason(0, groups=["help"])}, {"front": 1, "help": 1})
    assert queues["front"]["number_waiting"] == NAN
    assert queues["help"]["number_waiting"] == 0.0
    assert some(queues["front"], "offered", "handled") == (1, 1)


def test_who_waits_when_the_warm_up_ends_is_waiting_after_it() -> None:
    made = written.trace(horizon_s=2 * DAY, warm_up_s=DAY)
    written.answered(made, 0, arrival=DAY - 100, wait=300, talk_s=60)
    whole = written.values(made)
    assert whole["number_waiting"] == pytest.approx(200 / DAY)
    assert whole["offered"] == 0


PROMISED = """
title = "How long until the promised call is made?"

[reasons.call]
volume.per_day = 500
groups = ["one"]
solve = 0.6
handling.voice.talk_s = 300

[opening]
hours = "08:00-18:00"

[groups.one]
heads = 6
beyond_knowledge = "later"

[groups.two]
tier = 2
heads = 1
knowledge = 100

[escalation.later]
steps = [{ step = "promise_callback", group = "two", due_h = 8 }]
"""


def test_the_wait_for_a_promised_call_is_from_the_promise_to_the_call() -> None:
    """What is due and done is written down apart from the contacts by which it is measured.

    Two hundred calls of five minutes are promised, and one agent has ten hours for them: at most
    120 are made, one every 300 s, so those who are called wait for hours and the others for ever.
    """
    scenario = load_text(PROMISED)
    trace = simulate(scenario, 1, 0)
    found = summarise(scenario, trace).values
    promises = trace.promises
    made = ~np.isnan(promises["done"])
    waits = (promises["done"] - promises["made"])[made]
    assert 110 < made.sum() <= 120
    assert len(made) > 180
    for part in (("all", ""), ("queue", "two"), ("group", "two"), ("reason", "call")):
        assert found[part]["followup_wait"] == pytest.approx(waits.mean())
        assert found[part]["followup_wait_p90"] == pytest.approx(np.quantile(waits, 0.9))
    assert HOUR < waits.mean() < 10 * HOUR
    assert found["queue", "two"]["handled"] == found["all", ""]["follow_ups"]
    assert found["queue", "two"]["service_level"] == NAN
    assert found["queue", "one"]["service_level"] == found["all", ""]["service_level"]


# Targets.


def test_a_reason_and_a_channel_have_targets_of_their_own() -> None:
    targets = {"answer_within_s": 20}
    channels = {"chat": {"answer_within_s": 60}}
    reasons = {
        "call": reason(0, 0, talk_s=50),
        "chat": reason(0, 0, talk_s=50, channel="chat", groups=["chats"]),
        "vip": reason(0, 0, talk_s=50, channel="chat", groups=["vips"], answer_within_s=10),
    }
    groups = {"front": 1, "chats": 1, "vips": 1}
    scenario = centre(reasons, groups, targets=targets, channels=channels)
    for kind in ("reason", "queue"):
        levels = [one["service_level"] for one in parts(scenario, kind).values()]
        assert levels == [0.5, 1.0, 0.5]
    chat, whole = parts(scenario, "channel")["chat"], parts(scenario, "all")[""]
    assert chat["service_level"] == 0.75
    assert some(whole, "service_level", "sl_answered") == (4 / 6, 4 / 6)


def test_short_of_the_own_target_an_abandoned_customer_is_credited() -> None:
    reasons = {
        "call": reason(0, 0, talk_s=90, patience_s={"voice": 30}),
        "vip": reason(
            0, 0, talk_s=90, patience_s={"voice": 30}, groups=["vips"], answer_within_s=40
        ),
    }
    found = parts(centre(reasons, {"front": 1, "vips": 1}), "all")[""]
    assert found["sl_credit_short"] == 3 / 4
    assert found["sl_excl_short"] == 2 / 3


# Chats.


def test_chats_in_hand_at_once_are_those_of_an_agent_who_has_any() -> None:
    chats = reason(0, 0, 1000, talk_s=60, wrap_up_s=10, channel="chat")
    front = {"heads": 1, "chats_at_once": 2}
    scenario = centre({"chat": chats}, {"front": front, "help": 1})
    whole, groups = parts(scenario, "all")[""], parts(scenario, "group")
    # Two for 60 s and their wrap-up, later one.
    assert whole["chats_at_once"] == pytest.approx((70 + 70 + 70) / (70 + 70))
    assert whole["chats_at_once_most"] == 2
    assert groups["front"]["chats_at_once_most"] == 2
    assert some(groups["help"], "chats_at_once", "chats_at_once_most") == (NAN, NAN)


def test_each_week_has_its_own_number_waiting() -> None:
    made = written.trace(horizon_s=14 * DAY)
    written.answered(made, 0, arrival=100.0, wait=700.0, talk_s=60)
    written.answered(made, 1, arrival=7 * DAY - 100.0, wait=400.0, talk_s=60)
    waiting = [written.values(made, "week", week)["number_waiting"] for week in ("1", "2")]
    # A wait over midnight between the weeks is 100 s of the one and 300 s of the other.
    assert waiting == pytest.approx([800.0 / (7 * DAY), 300.0 / (7 * DAY)])
