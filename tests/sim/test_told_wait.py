"""The wait that customers are told, from the length of the queue."""

import math

import numpy as np
import pytest

from scenarios import load_text
from sim import simulate
from sim.trace.codes import Outcome
from sim.trace.trace import Trace

CENTRE = """
[horizon]
days = 2
[acknowledgement]
announce = "expected_wait"
[reasons.call]
volume.per_day = 5000
groups = [{ groups = GROUPS }]
handling.voice.talk_s = { distribution = "exponential", mean = 180 }
"""
ONE = CENTRE.replace("GROUPS", '["one"]') + "[groups.one]\nheads = 12\n"
TWO = CENTRE.replace("GROUPS", '["one", "two"]') + (
    "[groups.one]\nheads = 6\n[groups.two]\nheads = 6\n"
)
EMAIL = """
[reasons.letter]
volume.per_day = 300
channels = { email = 1 }
groups = ["one"]
handling.email.talk_s = 300
"""


def told_and_waited(trace: Trace) -> tuple[float, float]:
    calls = trace.contacts
    told = (calls["told_s"] == calls["told_s"]) & (calls["outcome"] == Outcome.ANSWERED)
    waited = (calls["answered"] - calls["queued"])[told]
    return float(np.mean(calls["told_s"][told])), float(np.mean(waited))


def test_the_wait_told_is_the_wait_on_average() -> None:
    # In M/M/n (waiting + 1) x handling / n is the mean wait given the queue. Over two days the
    # ratio of told to waited has a standard error of 2 %; three of them are allowed.
    told, waited = told_and_waited(simulate(load_text(ONE), 1, 0))
    assert told == pytest.approx(waited, rel=0.06)


def test_customers_of_two_groups_are_told_the_same_wait_as_if_these_were_one() -> None:
    one, two = (simulate(load_text(text), 1, 0) for text in (ONE, TWO))
    assert two.contacts["told_s"] == pytest.approx(one.contacts["told_s"], nan_ok=True)


def test_a_backlog_of_email_does_not_lengthen_the_wait_that_callers_are_told() -> None:
    # Agents put their email aside for a call, so callers wait as long as without it.
    alone, beside_email = (simulate(load_text(text), 1, 0) for text in (ONE, ONE + EMAIL))
    assert len(beside_email.contacts) > len(alone.contacts)
    assert told_and_waited(beside_email) == pytest.approx(told_and_waited(alone))


def told_in(text: str) -> list[float]:
    contacts = simulate(load_text(text), 1, 0).contacts
    order = np.lexsort((contacts["arrival"],))
    return [float(told) for told in contacts["told_s"][order]]


LAST_WAIT = """
[waiting]
estimate = "last_wait"
[acknowledgement]
announce = "expected_wait"
[groups.agents]
heads = 1
[reasons.call]
volume.at_s = [40_000, 40_010, 40_020, 50_000, 50_010]
groups = ["agents"]
handling.voice.talk_s = 600
"""


def test_the_last_wait_is_forgotten_once_somebody_is_answered_at_once() -> None:
    # The second caller waits 590 s; the third hears nothing, because the first was answered at
    # once. The fourth finds the agent free hours later, so the fifth hears nothing either.
    assert told_in(LAST_WAIT) == pytest.approx([math.nan] * 5, nan_ok=True)
    in_the_rush = LAST_WAIT.replace("50_000, 50_010", "40_700, 40_710")
    assert told_in(in_the_rush) == pytest.approx([math.nan] * 3 + [590, 590], nan_ok=True)
