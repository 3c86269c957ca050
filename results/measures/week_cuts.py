"""The weeks of a horizon as cuts: what falls into each of them.

A contact belongs to the week in which it arrived, a case to that in which it began, paid time to
that in which it was paid. What became of a case is known at the end of the horizon, so the last
weeks have more cases that are still open. Weeks are counted from the first day of the horizon, 1
is the first; only whole weeks after the warm-up count.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from results.facts.agent_time import AgentTime
from results.facts.facts import Facts
from results.facts.rows import Rows
from results.measures.cuts import Slice
from scenarios.parts.clock import WEEK_S


def whole_weeks(horizon_s: float, warm_up_s: float) -> range:
    """The whole weeks of a horizon after its warm-up, counted from 1; none if it is only one.

    Args:
        horizon_s: length of the horizon in seconds.
        warm_up_s: seconds at its start that do not count.
    """
    weeks = range(math.ceil(warm_up_s / WEEK_S) + 1, math.floor(horizon_s / WEEK_S) + 1)
    return weeks if len(weeks) > 1 else range(0)


def week_slices(facts: Facts) -> Iterator[Slice]:
    """The whole centre in each whole week after the warm-up; nothing if there is only one.

    Args:
        facts: of one replication.
    """
    trace = facts.trace
    for week in whole_weeks(trace.horizon_s, trace.warm_up_s):
        start, end = (week - 1) * WEEK_S, week * WEEK_S
        ends = facts.interval_ends
        cut = replace(
            facts,
            trace=(part := replace(trace, warm_up_s=start, horizon_s=end)),
            contacts=_between(facts.contacts, "arrival", start, end),
            legs=_between(facts.legs, "arrival", start, end),
            cases=_between(facts.cases, "began", start, end),
            decisions=_between(facts.decisions, "arrival", start, end),
            promises=_between(facts.promises, "arrival", start, end),
            time=AgentTime.of(facts.scenario, part),
            interval_ends=ends[(ends > start) & (ends <= end)],
        )
        everybody = np.ones(len(trace.groups), dtype=np.bool_)
        yield Slice(
            ("week", str(week)),
            cut,
            *(cut.contacts, cut.legs, cut.cases),
            *(cut.decisions, cut.promises, cut.open_work),
            everybody,
        )


def _between(rows: Rows, column: str, start: float, end: float) -> Rows:
    return rows.where((rows[column] >= start) & (rows[column] < end))
