"""The weeks of a horizon as cuts: what falls into each of them.

A contact belongs to the week in which it arrived, a case to that in which it began, paid time to
that in which it was paid. What became of a case is known at the end of the horizon, so the last
weeks have more cases that are still open. Weeks are counted from the first day of the horizon, 1
is the first; only whole weeks after the warm-up count.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from results.facts.agent_time import AgentTime
from results.facts.facts import Facts
from results.facts.rows import Rows
from results.measures.cuts import divided
from results.measures.slice import Codes, Slice
from scenarios.parts.clock import WEEK_S


def whole_weeks(horizon_s: float, warm_up_s: float) -> range:
    """The whole weeks of a horizon after its warm-up, counted from 1; none if it is only one.

    Args:
        horizon_s: length of the horizon in seconds.
        warm_up_s: seconds at its start that do not count.
    """
    weeks = range(math.ceil(warm_up_s / WEEK_S) + 1, math.floor(horizon_s / WEEK_S) + 1)
    return weeks if len(weeks) > 1 else range(0)


def week_slices(facts: Facts) -> list[Slice]:
    """The whole centre in each whole week after the warm-up; nothing if there is only one.

    Args:
        facts: of one replication.
    """
    trace = facts.trace
    weeks = whole_weeks(trace.horizon_s, trace.warm_up_s)
    names = [str(week) for week in weeks]
    begins = np.array([*weeks, weeks.stop], dtype=np.float64) * WEEK_S - WEEK_S

    def week_of(rows: Rows) -> Codes | None:
        for time in ("arrival", "began"):
            if time in rows:
                week = np.searchsorted(begins, rows[time], side="right") - 1
                return np.where(week < len(weeks), week, -1)
        return None  # work is open in one week as in the next

    everybody = np.ones((len(weeks), len(trace.groups)), dtype=np.bool_)
    found = divided(facts, "week", names, week_of, everybody)
    return [
        replace(part, facts=_during(facts, begin, begin + WEEK_S))
        for part, begin in zip(found, begins.tolist(), strict=False)
    ]


def _during(facts: Facts, begin: float, end: float) -> Facts:
    """The facts with the times of a week: its days, its agent time, its intervals."""
    trace, ends = replace(facts.trace, warm_up_s=begin, horizon_s=end), facts.interval_ends
    return replace(
        facts,
        trace=trace,
        time=AgentTime.of(facts.scenario, trace),
        interval_ends=ends[(ends > begin) & (ends <= end)],
    )
