"""Reaching an agent: how long it takes from the first try, whatever tries and callbacks it needs.

A callback offer moves the wait off the line; a customer who dials again begins a new wait on it.
Neither shows in the speed of answer, both do here.
"""

from __future__ import annotations

from functools import partial

from results.facts.rows import mean, quantile, ratio
from results.measures.definition import COMMON, CUSTOMERS, EVERYWHERE, Measure
from results.measures.slice import Slice

_CASES = "cases that began on voice or chat and were not settled in the voice menu"


def _reached_within(s: Slice, share: float) -> float:
    return quantile(s.reached["reached_s"], share)


def _never_reached(s: Slice) -> float:
    return ratio(len(s.wanted_agent) - len(s.reached), len(s.wanted_agent))


MEASURES = (
    Measure(
        "time_to_agent",
        "Time to an agent",
        "mean time from the first try to the first agent, redials and callbacks included; "
        f"{_CASES}, over those in which an agent was reached; read it next to never_reached",
        "s",
        "lower",
        COMMON,
        EVERYWHERE,
        lambda s: mean(s.reached["reached_s"]),
        follows_cases=True,
    ),
    *(
        Measure(
            f"time_to_agent_p{percent}",
            f"{percent} % reach an agent within",
            f"{percent} % quantile of the times behind time_to_agent",
            "s",
            "lower",
            COMMON,
            EVERYWHERE,
            partial(_reached_within, share=percent / 100.0),
            follows_cases=True,
        )
        for percent in (50, 90)
    ),
    Measure(
        "never_reached",
        "Never reached an agent",
        f"no agent reached before the horizon ended / {_CASES}",
        "share",
        "lower",
        COMMON,
        CUSTOMERS,
        _never_reached,
        follows_cases=True,
    ),
)
