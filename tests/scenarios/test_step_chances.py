"""The chance of an escalation step: a share of cases, for each group and agent met anew."""

import pytest

from scenarios import load_text
from sim import simulate
from sim.trace.trace import Trace

CENTRE = """
[reasons.riddle]
volume.per_day = 2000
groups = ["desk"]
solve = 0.0
handling.voice.talk_s = 60
[groups.desk]
heads = 40
[groups.left]
heads = 40
beyond_knowledge = "at_the_end"
[groups.right]
heads = 40
beyond_knowledge = "at_the_end"
[escalation.beyond_knowledge]
steps = [
    { step = "cold_transfer", group = "left", chance = 0.5 },
    { step = "cold_transfer", group = "right", chance = 0.5 },
]
[escalation.at_the_end]
steps = [{ step = "decline" }]
"""


def contacts_with(trace: Trace, group: str) -> float:
    return float((trace.legs["group"] == trace.groups.index(group)).sum())


def test_a_second_step_of_the_same_kind_has_its_chance_among_the_cases_left() -> None:
    # Of 2000 cases half go left and a quarter right; four standard errors of the shares are 90
    # and 78.
    trace = simulate(load_text(CENTRE), 1, 0)
    cases = len(trace.cases)
    assert contacts_with(trace, "left") == pytest.approx(cases / 2, abs=90)
    assert contacts_with(trace, "right") == pytest.approx(cases / 4, abs=78)


def test_cases_thrown_back_and_forth_by_chance_come_to_an_end() -> None:
    # Each group passes half of what it cannot solve to the other, so a customer meets 2 agents on
    # average (sd 1.4, standard error over 2000 cases 0.03).
    to_right = '{ step = "cold_transfer", group = "right", chance = 0.5 },'
    back = '{ step = "cold_transfer", group = "desk", chance = 0.5 }'
    text = CENTRE.replace(to_right, "").replace('{ step = "decline" }', back)
    trace = simulate(load_text(text), 1, 0)
    assert len(trace.legs) / len(trace.contacts) == pytest.approx(2.0, abs=0.12)
