"""Paid hours by what they were spent on, from days that are written by hand."""

import numpy as np
import pytest

from results.facts.facts import Facts, facts_of
from sim.trace.codes import AgentState, ContactKind, Ending
from sim.trace.trace import Trace
from tests.support.written_traces import DAY, answered, row, scenario, span, trace

HOUR = 3600.0
CLERK, BOSS = 0, 1
CHAT, EMAIL = 1, 2


def hours(made: Trace, group: str = "front", **sections: object) -> dict[str, float]:
    """The parts of which a group has anything, in hours."""
    facts = facts_of(scenario(**sections), made)
    return parts_of(facts, group)


def parts_of(facts: Facts, group: str) -> dict[str, float]:
    parts = facts.accounts["hours", group]
    paid = facts.time.seconds[facts.trace.groups.index(group)].sum() / HOUR
    assert sum(parts.values()) == pytest.approx(paid, abs=1e-9), "every second, and none twice"
    return {name: pytest.approx(found, abs=1e-9) for name, found in parts.items() if found}


def call(made: Trace, contact: int, start: float, talk: float, **given: float) -> None:
    """A call of so many hours, and the clerk's time for it, hold before talk."""
    hold, wrap_up = given.pop("hold", 0.0), given.pop("wrap_up", 0.0)
    seconds = {"hold_s": hold * HOUR, "wrap_up_s": wrap_up * HOUR}
    ended = {"ended": (start + hold + talk) * HOUR}
    answered(made, contact, start * HOUR, 0.0, talk * HOUR, **{**ended, **seconds, **given})
    at = start
    for state, length in (
        (AgentState.HOLD, hold),
        (AgentState.TALK, talk),
        (AgentState.WRAP_UP, wrap_up),
    ):
        if length:
            span(made, CLERK, state, at * HOUR, (at + length) * HOUR)
        at += length


def test_a_second_of_each_state_is_in_the_part_that_says_what_was_done() -> None:
    made = trace()
    for number, state in enumerate(
        (
            *(AgentState.READY, AgentState.BREAK, AgentState.MEETING, AgentState.TRAINING),
            *(AgentState.ABSENT, AgentState.OWN_WORK, AgentState.HELPING, AgentState.DECIDING),
        )
    ):
        span(made, BOSS, state, number * HOUR, (number + 1) * HOUR)
    assert hours(made, "bosses") == {
        **dict.fromkeys(("idle", "training", "absent", "own_work", "helping", "deciding"), 1.0),
        "breaks": 2.0,
    }
    assert hours(made, "front") == {}


def test_talk_counts_by_why_the_customer_is_there_and_redials_as_first_contacts() -> None:
    made = trace()
    for number, kind in enumerate(ContactKind):
        call(made, number + 1, 8.0 + number, 0.5, kind=kind)
    assert hours(made) == {"talk_first": 1.0, "talk_repeat": 0.5, "talk_owed": 1.0}


def test_hold_is_for_an_approval_where_the_agent_asked_for_one() -> None:
    made = trace()
    call(made, 1, 8.0, 1.0, hold=0.5, wrap_up=0.25)
    call(made, 2, 10.0, 1.0, hold=0.25)
    asked = {"asker_group": 0, "group": 1, "asked": 8.0 * HOUR}
    row(made.decisions, contact=1, case=1, approved=1.0, decided=8.5 * HOUR, **asked)
    found = {"hold_approval": 0.5, "hold_other": 0.25, "talk_first": 2.0, "wrap_up": 0.25}
    assert hours(made) == found


def test_an_approval_that_is_asked_for_after_the_call_holds_nobody() -> None:
    made = trace()
    call(made, 1, 8.0, 1.0, hold=0.5)
    row(made.decisions, contact=1, case=1, asker_group=0, group=1, asked=11.0 * HOUR)
    assert hours(made) == {"hold_other": 0.5, "talk_first": 1.0}


def test_the_story_told_again_is_retelling_and_no_talk() -> None:
    made = trace()
    call(made, 1, 8.0, 1.0, retold=1)
    call(made, 2, 10.0, 1.0)
    waiting = {"retell_s": 0.25 * HOUR}
    assert hours(made, waiting=waiting) == {"talk_first": 1.75, "retelling": 0.25}


def test_a_call_that_is_shorter_than_the_story_is_all_retelling() -> None:
    made = trace()
    call(made, 1, 8.0, 0.1, retold=1, kind=ContactKind.REPEAT)
    assert hours(made, waiting={"retell_s": HOUR}) == {"retelling": 0.1}


def test_two_chats_at_once_share_the_time_of_their_agent_evenly() -> None:
    made = trace()
    for contact, start, kind in ((1, 8.0, ContactKind.FIRST), (2, 9.0, ContactKind.REPEAT)):
        answered(made, contact, start * HOUR, 0.0, 2.0 * HOUR, channel=CHAT, kind=kind)
    span(made, CLERK, AgentState.TALK, 8.0 * HOUR, 11.0 * HOUR)
    assert hours(made) == {"talk_first": 1.5, "talk_repeat": 1.5}


def test_an_email_that_is_put_aside_costs_nothing_until_the_call_is_over() -> None:
    made = trace()
    ended = {"ended": 11.0 * HOUR}
    kind = ContactKind.REPEAT
    answered(made, 1, 8.0 * HOUR, 0.0, 2.0 * HOUR, channel=EMAIL, kind=kind, **ended)
    answered(made, 2, 9.0 * HOUR, 0.0, 0.75 * HOUR, wrap_up_s=0.25 * HOUR)
    for state, start, end in (
        (AgentState.TALK, 8.0, 9.75),
        (AgentState.WRAP_UP, 9.75, 10.0),
        (AgentState.TALK, 10.0, 11.0),
    ):
        span(made, CLERK, state, start * HOUR, end * HOUR)
    assert hours(made) == {"talk_repeat": 2.0, "talk_first": 0.75, "wrap_up": 0.25}


def test_ringing_customers_who_do_not_answer_is_work_for_callbacks() -> None:
    made = trace()
    span(made, CLERK, AgentState.TALK, 8.0 * HOUR, 8.5 * HOUR)
    assert hours(made) == {"talk_owed": 0.5}


def test_hours_before_the_warm_up_ends_do_not_count_though_the_call_goes_on() -> None:
    made = trace(warm_up_s=8.5 * HOUR)
    call(made, 1, 8.0, 1.0, kind=ContactKind.REPEAT)
    assert hours(made) == {"talk_repeat": 0.5}


def test_a_call_in_hand_at_the_end_counts_until_then() -> None:
    made = trace()
    going_on = {"ended": np.nan, "ending": Ending.IN_HAND}
    answered(made, 1, 23.0 * HOUR, 0.0, HOUR, **going_on)
    span(made, CLERK, AgentState.TALK, 23.0 * HOUR, DAY)
    assert hours(made) == {"talk_first": 1.0}
