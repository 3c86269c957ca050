"""Paid time: what the agents of each group did with it, after the warm-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.facts.rows import any_of
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.trace import AgentState, Trace

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]

_MILLISECOND = 0.001

CONTACT_STATES = (AgentState.TALK, AgentState.HOLD, AgentState.WRAP_UP)
COLLEAGUE_STATES = (AgentState.HELPING, AgentState.DECIDING)
BUSY_STATES = (*CONTACT_STATES, *COLLEAGUE_STATES)
"""States of somebody who serves a customer or a colleague."""
AVAILABLE_STATES = (AgentState.READY, AgentState.OWN_WORK)
"""States of somebody who would serve at once; own work is done while nobody asks."""


@dataclass(frozen=True)
class AgentTime:
    """Seconds of agent time by group, one row per group in the trace's order."""

    spans: Columns
    """Group, state, start and end of every counted span, cut at the warm-up and the horizon."""
    seconds: Floats
    """Seconds by group and state, shape (groups, states)."""
    overtime: Floats
    """Paid seconds outside scheduled duty, shape (groups,)."""
    own_work: Floats
    """Seconds of own work planned, shape (groups,)."""
    cost_per_hour: Floats
    """Money per paid hour, shape (groups,)."""

    @classmethod
    def of(cls, scenario: Scenario, trace: Trace) -> AgentTime:
        """Add up the spans of a trace."""
        groups = len(trace.groups)
        group_of = np.array([agent.group for agent in trace.agents], dtype=np.int64)
        spans, shifts = trace.spans.as_dict(), trace.shifts.as_dict()
        for columns in (spans, shifts):
            columns["group"] = group_of[columns["agent"]]
        own_work = _planned_own_work(scenario, trace, spans, shifts)
        spans, shifts = _counted(spans, trace), _counted(shifts, trace)
        length = spans["end"] - spans["start"]
        cell = spans["group"] * len(AgentState) + spans["state"]
        outside = length - _within(spans, shifts)
        # What is shorter is a rounding rest of the time axis that all agents share.
        outside[outside < _MILLISECOND] = 0.0
        seconds = _sums(cell, length, groups * len(AgentState))
        return cls(
            spans=spans,
            seconds=seconds.reshape(groups, len(AgentState)),
            overtime=_sums(spans["group"], outside, groups),
            own_work=own_work,
            cost_per_hour=np.array([scenario.groups[name].cost_per_hour for name in trace.groups]),
        )

    def by_interval(self, states: tuple[AgentState, ...], ends: Floats) -> Floats:
        """Seconds in any of the states by group and interval, shape (groups, intervals).

        Args:
            states: states of agents.
            ends: end of each interval in seconds; the first begins at 0, all but the last are of
                equal length.
        """
        of_states = any_of(self.spans["state"], states)
        group = self.spans["group"][of_states]
        groups = len(self.cost_per_hour)
        begun, rest = _events(ends, group, self.spans["start"][of_states], groups)
        ended, late = _events(ends, group, self.spans["end"][of_states], groups)
        # Whoever began in an interval before and has not ended fills this one. Counts of agents
        # are whole numbers, so an interval without agents has exactly no seconds.
        going_on = (begun - ended).cumsum(axis=1) - (begun - ended)
        seconds: Floats = going_on * np.diff(ends, prepend=0.0) + rest - late
        return seconds


def _sums(cell: Codes, values: Floats, cells: int) -> Floats:
    """Sum of the values in each cell; zero, not an integer, where there are none."""
    return np.bincount(cell, values, minlength=cells).astype(np.float64)


def _events(ends: Floats, group: Codes, times: Floats, groups: int) -> tuple[Codes, Floats]:
    """How many times lie in each interval and the seconds from them to its end, by group."""
    intervals = len(ends)
    interval = np.minimum((times // ends[0]).astype(np.int64), intervals - 1)
    cell = group * intervals + interval
    count = np.bincount(cell, minlength=groups * intervals)
    rest = _sums(cell, ends[interval] - times, groups * intervals)
    return count.reshape(groups, intervals), rest.reshape(groups, intervals)


def _counted(columns: Columns, trace: Trace) -> Columns:
    start = np.maximum(columns["start"], trace.warm_up_s)
    end = np.minimum(columns["end"], trace.horizon_s)
    counted = end > start
    return {
        name: column[counted] for name, column in {**columns, "start": start, "end": end}.items()
    }


def _within(spans: Columns, shifts: Columns) -> Floats:
    """Seconds of each span that lie within a scheduled shift of its agent, shape (spans,)."""
    if not len(shifts["start"]):
        return np.zeros(len(spans["start"]))
    # One time axis for all agents: each has a stretch of it that is longer than the run.
    stretch = 1.0 + max(shifts["end"].max(), spans["end"].max(initial=0.0))
    start = shifts["agent"] * stretch + shifts["start"]
    order = np.argsort(start)
    start, length = start[order], (shifts["end"] - shifts["start"])[order]
    before = np.cumsum(length) - length

    def on_duty_until(time: Floats) -> Floats:
        at = spans["agent"] * stretch + time
        shift = np.searchsorted(start, at, side="right") - 1
        return np.where(
            shift < 0, 0.0, before[shift] + np.clip(at - start[shift], 0.0, length[shift])
        )

    return on_duty_until(spans["end"]) - on_duty_until(spans["start"])


def _planned_own_work(scenario: Scenario, trace: Trace, spans: Columns, shifts: Columns) -> Floats:
    """Own work planned by group: its hours for each agent and day on duty, absent agents left out.

    A day on duty belongs to the day on which the duty begins; of a day that the warm-up or the
    horizon cuts, the share that is measured counts.
    """
    groups = [scenario.groups[name] for name in trace.groups]
    hours = np.array([group.own_work.hours_per_day if group.own_work else 0.0 for group in groups])
    if not hours.any() or not len(shifts["start"]):
        return np.zeros(len(groups))
    absent = spans["state"] == AgentState.ABSENT
    away = _agent_day(spans["agent"][absent], spans["start"][absent])
    keys, first, which = np.unique(
        _agent_day(shifts["agent"], shifts["start"]), return_index=True, return_inverse=True
    )
    scheduled = np.bincount(which, shifts["end"] - shifts["start"])
    start = np.maximum(shifts["start"], trace.warm_up_s)
    measured = np.bincount(which, np.maximum(np.minimum(shifts["end"], trace.horizon_s) - start, 0))
    share = np.divide(measured, scheduled, out=np.zeros(len(keys)), where=scheduled > 0.0)
    share[np.isin(keys, away)] = 0.0
    group = shifts["group"][first]
    return _sums(group, share * hours[group] * 3600.0, len(groups))


def _agent_day(agent: Codes, start: Floats) -> Codes:
    """One number for each agent and day of the horizon."""
    longest_horizon_days = 1_000_000
    return agent * longest_horizon_days + (start // DAY_S).astype(np.int64)
