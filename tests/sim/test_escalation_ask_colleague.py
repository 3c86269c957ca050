"""Asking a colleague, worked out by hand: five customers, talk of 60 s, help of 20 s."""

from typing import Any

import numpy as np

from sim.trace.codes import AgentState
from sim.trace.trace import Trace
from tests.support.timed_centres import (
    EXPERT,
    UNKNOWN,
    complaint,
    day_of,
    path,
    played,
    reason,
    rows,
    spans_of,
)

FIVE = (0, 10, 20, 30, 40)
ASK = {"step": "ask_colleague", "time_s": 20, "knowledge": EXPERT}
DECLINE = {"step": "decline"}
STORY = "case answered ended ending help talk_s hold_s"


def _asked(step: dict[str, Any], groups: dict[str, Any], **sections: Any) -> Trace:
    paths = {"beyond_knowledge": path(step, DECLINE)}
    return played({"puzzle": reason(*FIVE, solve=UNKNOWN)}, groups, escalation=paths, **sections)


def test_a_colleague_who_is_free_later_helps_the_agent_who_waits_longest_on_hold() -> None:
    trace = _asked(ASK, {"front": 3})
    assert rows(trace, "contacts", STORY) == [
        # Both colleagues talk: on hold until the third has declined his customer.
        (0, 0, 100, "settled", "colleague", 60, 40),
        (1, 10, 120, "settled", "colleague", 60, 50),
        # At 80 s both colleagues hold for a colleague themselves: nobody could ever come.
        (2, 20, 80, "declined", "alone", 60, 0),
        (3, 100, 180, "settled", "colleague", 60, 20),
        (4, 120, 200, "settled", "colleague", 60, 20),
    ]
    assert day_of(trace, 0, 200) == [
        ("talk", 0, 60),
        ("hold", 60, 100),
        ("talk", 100, 160),
        ("hold", 160, 180),
        ("ready", 180, 200),
    ]
    assert day_of(trace, 1, 200) == [
        ("ready", 0, 10),
        ("talk", 10, 70),
        ("hold", 70, 120),
        ("ready", 120, 160),
        ("helping", 160, 200),
    ]
    assert day_of(trace, 2, 200) == [
        ("ready", 0, 20),
        ("talk", 20, 80),
        ("helping", 80, 120),
        ("talk", 120, 180),
        ("hold", 180, 200),
    ]


def test_a_time_out_of_zero_asks_only_who_is_free_now() -> None:
    trace = _asked({**ASK, "timeout_s": 0}, {"front": 2})
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 60, "declined", "alone", 60, 0),  # the colleague talks until 70 s
        (1, 10, 70, "declined", "alone", 60, 0),
        (2, 60, 120, "declined", "alone", 60, 0),
        (3, 70, 130, "declined", "alone", 60, 0),
        (4, 120, 200, "settled", "colleague", 60, 20),  # the colleague is free since 130 s
    ]


def test_when_nobody_comes_in_time_the_next_step_is_tried() -> None:
    trace = _asked({**ASK, "timeout_s": 15}, {"front": 3})
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 75, "declined", "alone", 60, 15),
        # The agent of case 0 helps those on hold before a new caller is answered.
        (1, 10, 95, "settled", "colleague", 60, 25),
        (2, 20, 115, "settled", "colleague", 60, 35),
        (3, 95, 175, "settled", "colleague", 60, 20),
        (4, 115, 195, "settled", "colleague", 60, 20),
    ]


def test_colleagues_of_a_named_group_help() -> None:
    trace = _asked({**ASK, "group": "coaches"}, {"front": 5, "coaches": {"heads": 1, "tier": 2}})
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 80, "settled", "colleague", 60, 20),
        (1, 10, 100, "settled", "colleague", 60, 30),
        (2, 20, 120, "settled", "colleague", 60, 40),
        (3, 30, 140, "settled", "colleague", 60, 50),
        (4, 40, 160, "settled", "colleague", 60, 60),
    ]
    assert day_of(trace, 5, 170) == [("ready", 0, 60), ("helping", 60, 160), ("ready", 160, 170)]


def test_groups_that_ask_each_other_round_a_circle_do_not_wait_for_each_other_for_ever() -> None:
    asks = {"a": "b", "b": "c", "c": "a"}
    trace = played(
        {
            f"for_{name}": reason(at, solve=UNKNOWN, groups=[name])
            for name, at in zip(asks, (0, 10, 20), strict=True)
        },
        {name: {"heads": 1, "beyond_knowledge": f"ask_{other}"} for name, other in asks.items()},
        escalation={f"ask_{other}": path({**ASK, "group": other}) for other in asks.values()},
    )
    # At 80 s the agent of c could only ask a, who holds for b, who holds for c.
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 120, "settled", "colleague", 60, 60),
        (1, 10, 100, "settled", "colleague", 60, 30),
        (2, 20, 80, "unsolved", "alone", 60, 0),
    ]


def test_a_group_on_hold_is_asked_as_long_as_somebody_can_come_in_the_end() -> None:
    asks = {"a": "b", "b": "c"}
    trace = played(
        {
            "for_c": reason(0, talk_s=200, groups=["c"]),
            **{f"for_{name}": reason(0, solve=UNKNOWN, groups=[name]) for name in asks},
        },
        {"c": 1, **{name: {"heads": 1, "beyond_knowledge": f"ask_{asks[name]}"} for name in asks}},
        escalation={f"ask_{other}": path({**ASK, "group": other}) for other in asks.values()},
    )
    assert set(rows(trace, "contacts", "reason ended ending")) == {
        ("for_c", 200, "settled"),
        ("for_b", 220, "settled"),
        ("for_a", 240, "settled"),
    }


def test_help_that_does_not_solve_leads_to_the_next_step() -> None:
    trace = _asked({**ASK, "knowledge": 0.0, "group": "coaches"}, {"front": 5, "coaches": 5})
    assert rows(trace, "contacts", STORY) == [
        (case, at, at + 80, "declined", "alone", 60, 20) for case, at in enumerate(FIVE)
    ]


def test_the_better_knowledge_of_the_two_counts() -> None:
    coaches = {"heads": 5, "knowledge": EXPERT}
    step = {**ASK, "knowledge": 0.0, "group": "coaches"}
    trace = _asked(step, {"front": 5, "coaches": coaches})
    assert {row[0] for row in rows(trace, "contacts", "ending")} == {"settled"}


def test_a_customer_hangs_up_when_the_patience_on_hold_ends() -> None:
    trace = _asked(
        {**ASK, "group": "coaches"}, {"front": 5, "coaches": 1}, waiting={"hold_patience_s": 35}
    )
    assert rows(trace, "contacts", STORY) == [
        (0, 0, 80, "settled", "colleague", 60, 20),
        (1, 10, 100, "settled", "colleague", 60, 30),
        (2, 20, 115, "hung_up", "alone", 60, 35),  # in the middle of the help
        (3, 30, 125, "hung_up", "alone", 60, 35),
        (4, 40, 135, "hung_up", "alone", 60, 35),
    ]


def test_a_colleague_gives_no_authority() -> None:
    paths = {"beyond_authority": path(ASK, DECLINE)}
    trace = played({"refund": complaint(*FIVE)}, {"front": 5}, escalation=paths)
    assert rows(trace, "contacts", STORY) == [
        (case, at, at + 60, "declined", "alone", 60, 0) for case, at in enumerate(FIVE)
    ]
    assert set(rows(trace, "cases", "state paid")) == {("given_up", 0)}


def test_colleagues_of_two_groups_take_times_of_their_own() -> None:
    long = {"distribution": "exponential", "mean": 60}
    steps = [
        {"step": "ask_colleague", "group": group, "time_s": long} for group in ("left", "right")
    ]
    trace = played(
        {"puzzle": reason(*range(0, 80_000, 200), solve=UNKNOWN)},
        {"front": 3, "left": 1, "right": 1},
        escalation={"beyond_knowledge": path(*steps, DECLINE)},
    )
    helped = [
        [end - start for state, start, end in spans_of(trace, agent) if state == AgentState.HELPING]
        for agent in (3, 4)
    ]
    assert [len(times) for times in helped] == [400, 400]
    # Times that have nothing to do with each other: four standard errors are 4 / sqrt(400).
    assert abs(np.corrcoef(helped[0], helped[1])[0, 1]) < 0.2
