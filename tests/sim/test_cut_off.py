"""Customers who are cut off seconds after the answer: by hand, calls of 60 s."""

from typing import Any

import numpy as np
import pytest

from results.measures.registry import summarise
from scenarios import Scenario
from sim import simulate
from tests.support.timed_centres import EXPERT, UNKNOWN, centre, path, played, reason, rows

ALL = {"share": 1.0, "after_s": 5}
FRONT = {"heads": 1, "cut_off": ALL}
STORY = "arrival answered ended ending kind"


def people(**factors: float) -> dict[str, Any]:
    """A group of persons always on duty; nobody's customers are cut off without a factor."""
    windows = {"every_day": ["00:00-24:00"]}
    table = {
        name: {"windows": windows, "cut_off_factor": factor} for name, factor in factors.items()
    }
    return {"persons": {"by_name": table}, "cut_off": {"share": 0.5, "after_s": 5}}


def busy(**group: Any) -> Scenario:
    """Two thousand calls, one every 40 s, for two agents."""
    reasons = {"order": reason(*range(0, 80_000, 40), wrap_up_s=10)}
    return centre(reasons, {"front": group or 2}, horizon={"days": 2})


def test_a_customer_who_is_cut_off_is_answered_and_not_helped() -> None:
    trace = played({"order": reason(0, wrap_up_s=20)}, {"front": FRONT})
    assert rows(trace, "contacts", STORY) == [(0, 0, 5, "cut_off", "first")]
    assert rows(trace, "cases", "state contacts_answered") == [("given_up", 1)]
    # The agent's change-over follows as after every call.
    assert rows(trace, "legs", "talk_s wrap_up_s ending") == [(5, 20, "cut_off")]


def test_who_was_cut_off_calls_again_as_often_and_as_late_as_written() -> None:
    # Nobody comes back because a case is not resolved, all who are cut off do; a third try is not
    # made after two answers.
    again = {"probability": 0.0, "max_contacts": 2}
    again["after_cut_off"] = {"probability": 1.0, "delay_min": 2}
    trace = played({"order": reason(0, repeat=again)}, {"front": FRONT})
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 5, "cut_off", "first"),
        (125, 125, 130, "cut_off", "repeat"),
    ]


def test_left_out_they_come_back_like_others_whose_case_is_not_resolved() -> None:
    repeat = {"probability": 1.0, "delay_min": 3, "max_contacts": 2}
    trace = played({"order": reason(0, repeat=repeat)}, {"front": FRONT})
    assert [row[0] for row in rows(trace, "contacts", STORY)] == [0, 185]


def test_who_is_cut_off_in_a_transfer_that_nobody_takes_calls_again_as_well() -> None:
    step = {"step": "cold_transfer", "group": "experts", "timeout_s": 30, "at_timeout": "cut_off"}
    again = {"probability": 0.0, "max_contacts": 2}
    again["after_cut_off"] = {"probability": 1.0, "delay_min": 10}
    # The one expert has the first customer for a minute; the second waits 30 s for nothing.
    trace = played(
        {"puzzle": reason(0, 0, solve=UNKNOWN, repeat=again)},
        {"front": 2, "experts": {"heads": 1, "tier": 2, "knowledge": EXPERT}},
        escalation={"beyond_knowledge": path(step)},
    )
    assert rows(trace, "contacts", "arrival ending kind") == [
        (0, "settled", "first"),
        (0, "cut_off", "first"),
        (690, "settled", "repeat"),
    ]


def test_nobody_is_told_a_story_in_the_seconds_until_the_line_drops() -> None:
    again = {"probability": 0.0, "after_cut_off": {"probability": 1.0, "delay_min": 1}}
    reasons = {"order": reason(0, repeat=again)}
    # Ann cuts everybody off; Ben, who is idle longest when the customer calls again, nobody.
    both = people(ann=2.0, ben=0.0)
    trace = played(reasons, {"front": both}, waiting={"retell_s": 25})
    assert rows(trace, "legs", "agent talk_s retold") == [(0, 5, 0), (1, 60, 0)]


def test_only_calls_are_cut_off() -> None:
    for channel in ("chat", "email"):
        trace = played({"order": reason(0, channel=channel)}, {"front": FRONT})
        assert rows(trace, "contacts", "ending") == [("settled",)]


def test_a_person_cuts_off_so_many_times_the_share_of_the_group() -> None:
    trace = simulate(busy(**people(ann=0.2, ben=1.0, cem=5.0)), 1, 0)
    legs = trace.legs.as_dict()
    cut = legs["talk_s"] == 5.0
    shares = [float(cut[legs["agent"] == agent].mean()) for agent in range(3)]
    # Some 600 calls each: standard errors 0.012 and 0.02.
    assert shares[0] == pytest.approx(0.1, abs=0.05)
    assert shares[1] == pytest.approx(0.5, abs=0.08)
    assert shares[2] == 1.0


def test_the_same_customers_are_cut_off_by_whoever_answers() -> None:
    few, more = (
        simulate(busy(heads=heads, cut_off={"share": 0.3}), 1, 0).contacts.as_dict()
        for heads in (2, 5)
    )
    cut = [one["case"][one["ending"] == 9] for one in (few, more)]
    assert len(cut[0]) == pytest.approx(600, abs=82)  # four standard errors
    assert np.array_equal(np.sort(cut[0]), np.sort(cut[1]))


def test_a_cut_off_share_of_nothing_changes_no_bit() -> None:
    plain, none = (
        simulate(busy(**group), 1, 0).contacts.as_dict()
        for group in ({"heads": 2}, {"heads": 2, "cut_off": {"share": 0.0}})
    )
    assert all(np.array_equal(plain[name], none[name], equal_nan=True) for name in plain)


def test_cutting_customers_off_is_not_taken_for_speed_nor_for_help() -> None:
    # Routing by speed still chooses the agent who talks faster, not the one who cuts off.
    both = people(ann=2.0, ben=0.0)
    both["persons"]["by_name"]["ben"]["talk_factor"] = 0.9
    quickest = played({"order": reason(0)}, {"front": both}, routing={"agent_choice": "fastest"})
    assert rows(quickest, "legs", "agent talk_s") == [(1, 54)]
    scenario = busy(heads=2, cut_off={"share": 0.25})
    found = summarise(scenario, simulate(scenario, 1, 0)).values
    assert found["all", ""]["fcr"] == pytest.approx(0.75, abs=0.04)


def test_from_a_later_day_on_fewer_are_cut_off() -> None:
    phase = {"from_day": 2, "changes": {"groups.front.cut_off.share": 0.0}}
    scenario = busy(heads=2, cut_off={"share": 1.0})
    scenario = Scenario.model_validate(
        {**scenario.model_dump(exclude_unset=True), "phases": [phase]}
    )
    contacts = simulate(scenario, 1, 0).contacts.as_dict()
    second = contacts["arrival"] >= 86_400
    assert set(contacts["ending"][~second]) == {9}
    assert not second.any() or set(contacts["ending"][second]) == {1}
