"""Paid time: what the agents of each group did with it, after the warm-up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.trace.codes import AgentState, PlaceState
from sim.trace.trace import Trace

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]

_MILLISECOND = 0.001
_HELD_SPANS = 100_000
"""Spans that are few enough to be held: 4 MB, two weeks of a centre with fifty agents."""


@dataclass(frozen=True)
class AgentTime:
    """Seconds of agent time by group, one row per group in the trace's order."""

    spans: _Spans
    seconds: Floats
    """Seconds by group and state, shape (groups, states)."""
    overtime: Floats
    """Paid seconds outside scheduled duty, shape (groups,)."""
    own_work: Floats
    """Seconds of own work planned, shape (groups,)."""
    in_class: Floats
    """Paid seconds of initial training, shape (groups,)."""
    cost_per_hour: Floats
    """Money per paid hour, shape (groups,)."""

    @classmethod
    def of(cls, scenario: Scenario, trace: Trace) -> AgentTime:
        """Add up the spans of a trace, some of them at a time: a long horizon has many."""
        groups = len(trace.groups)
        shifts = trace.shifts.as_dict()
        shifts["group"] = _group_of(trace)[shifts["agent"]]
        counted = _Spans(trace)
        duty = _Duty(_counted(shifts, trace), counted.latest_end)
        seconds, overtime = np.zeros(groups * len(AgentState)), np.zeros(groups)
        for spans in counted:
            length = spans["end"] - spans["start"]
            cell = spans["group"] * len(AgentState) + spans["state"]
            seconds = added(seconds, cell, length)
            overtime = added(overtime, spans["group"], duty.outside(spans, length))
        return cls(
            spans=counted,
            seconds=seconds.reshape(groups, len(AgentState)),
            overtime=overtime,
            own_work=_planned_own_work(scenario, trace, shifts),
            in_class=_in_class(trace, shifts),
            cost_per_hour=np.array([scenario.groups[name].cost_per_hour for name in trace.groups]),
        )

    def by_interval(self, kinds: Sequence[Collection[AgentState]], ends: Floats) -> Floats:
        """Seconds by kind of state, group and interval, shape (kinds, groups, intervals).

        Args:
            kinds: states of agents, each in one kind at most.
            ends: end of each interval in seconds; the first begins at 0, all but the last are of
                equal length.
        """
        groups = len(self.cost_per_hour)
        first_row = np.full(len(AgentState), -1)
        for number, states in enumerate(kinds):
            first_row[list(states)] = number * groups
        begins, finishes = (_Events(ends, len(kinds) * groups) for _ in range(2))
        for spans in self.spans:
            row = first_row[spans["state"]]
            asked = np.flatnonzero(row >= 0)
            row = row[asked] + spans["group"][asked]
            begins.add(row, spans["start"][asked])
            finishes.add(row, spans["end"][asked])
        # Agents who began in an interval before and have not ended fill this one. Counts of agents
        # are whole numbers, so an interval without agents has exactly no seconds.
        change = begins.count - finishes.count
        going_on = change.cumsum(axis=1) - change
        seconds: Floats = going_on * np.diff(ends, prepend=0.0) + begins.rest - finishes.rest
        return seconds.reshape(len(kinds), groups, len(ends))


class _Events:
    """How many times lie in each interval and the seconds from them to its end, row by row."""

    def __init__(self, ends: Floats, rows: int) -> None:
        self._ends = ends
        self.count = np.zeros((rows, len(ends)), dtype=np.int64)
        self.rest = np.zeros((rows, len(ends)))

    def add(self, row: Codes, times: Floats) -> None:
        """Count some more times, of these rows."""
        shape, last = self.count.shape, len(self._ends) - 1
        interval = np.minimum((times // self._ends[0]).astype(np.int64), last)
        cell, rest = row * shape[1] + interval, self._ends[interval] - times
        self.count += np.bincount(cell, minlength=self.count.size).reshape(shape)
        self.rest = added(self.rest.ravel(), cell, rest).reshape(shape)


class _Duty:
    """Scheduled shifts of all agents, asked how much of a span lies within them."""

    def __init__(self, shifts: Columns, latest_end: float) -> None:
        # One time axis for all agents: each has a stretch of it that is longer than the run.
        self._stretch = 1.0 + max(shifts["end"].max(initial=0.0), latest_end)
        start = shifts["agent"] * self._stretch + shifts["start"]
        order = np.argsort(start)
        self._start = start[order]
        self._length = (shifts["end"] - shifts["start"])[order]
        self._end = self._start + self._length
        self._before = np.cumsum(self._length) - self._length

    def outside(self, spans: Columns, length: Floats) -> Floats:
        """Seconds of each span outside every scheduled shift of its agent, shape (spans,)."""
        seconds = length.copy()
        if len(self._start):
            begin, end = (spans["agent"] * self._stretch + spans[name] for name in ("start", "end"))
            shift = np.searchsorted(self._start, begin, side="right") - 1
            # Nearly all lie in the shift in which they begin.
            rest = np.flatnonzero((shift < 0) | (end > self._end[shift]))
            seconds[:] = 0.0
            seconds[rest] = length[rest] - (self._until(end[rest]) - self._until(begin[rest]))
        # What is shorter is a rounding rest of the time axis that all agents share.
        seconds[seconds < _MILLISECOND] = 0.0
        return seconds

    def _until(self, at: Floats) -> Floats:
        """Seconds of duty of all agents together, up to a place on the axis."""
        shift = np.searchsorted(self._start, at, side="right") - 1
        inside = np.clip(at - self._start[shift], 0.0, self._length[shift])
        return np.where(shift < 0, 0.0, self._before[shift] + inside)


def _group_of(trace: Trace) -> Codes:
    """The group of each agent, shape (agents,)."""
    return np.array([agent.group for agent in trace.agents], dtype=np.int64)


class _Spans:
    """The counted spans, some at a time, with their group, cut at the warm-up and the horizon."""

    def __init__(self, trace: Trace) -> None:
        """Hold them where they are few, else go to the trace for them every time."""
        self._trace = trace
        self._held = list(self._parts()) if len(trace.spans) <= _HELD_SPANS else None
        ends = (float(spans["end"].max(initial=0.0)) for spans in self)
        self.latest_end = max(ends, default=0.0)
        """When the last of them ends; 0 without any."""

    def __iter__(self) -> Iterator[Columns]:
        """Some spans at a time, in the order of the trace."""
        return self._parts() if self._held is None else iter(self._held)

    def _parts(self) -> Iterator[Columns]:
        group_of = _group_of(self._trace)
        for spans in self._trace.spans.parts():
            if len(spans["agent"]):
                spans["group"] = group_of[spans["agent"]]
                yield _counted(spans, self._trace)


def added(sums: Floats, cell: Codes, values: Floats) -> Floats:
    """The sums with the values added to their cells, one after the other as they come."""
    cells = np.concatenate([np.arange(len(sums)), cell])
    added = np.bincount(cells, np.concatenate([sums, values]), minlength=len(sums))
    return added.astype(np.float64, copy=False)


def _sums(cell: Codes, values: Floats, cells: int) -> Floats:
    """Sum of the values in each cell; zero, not an integer, where there are none."""
    return np.bincount(cell, values, minlength=cells).astype(np.float64)


def _counted(columns: Columns, trace: Trace) -> Columns:
    start = np.maximum(columns["start"], trace.warm_up_s)
    end = np.minimum(columns["end"], trace.horizon_s)
    cut = {**columns, "start": start, "end": end}
    counted = end > start
    return cut if counted.all() else {name: column[counted] for name, column in cut.items()}


def _planned_own_work(scenario: Scenario, trace: Trace, shifts: Columns) -> Floats:
    """Own work planned by group: its hours for each agent and day on duty, if the duty has room.

    Agents who are absent or in initial training are not on duty. A duty over midnight is on two
    days; of a day that the warm-up or the horizon cuts, the share that is measured counts.
    """
    groups = [scenario.groups[name] for name in trace.groups]
    hours = np.array([group.own_work.hours_per_day if group.own_work else 0.0 for group in groups])
    if not hours.any() or not len(shifts["start"]):
        return np.zeros(len(groups))
    away = np.isin(_agent_day(shifts["agent"], shifts["start"]), _days_away(trace))
    duty = _by_day({name: column[~away] for name, column in shifts.items()})
    _, first, which = np.unique(
        _agent_day(duty["agent"], duty["start"]), return_index=True, return_inverse=True
    )
    scheduled = np.bincount(which, duty["end"] - duty["start"])
    start = np.maximum(duty["start"], trace.warm_up_s)
    measured = np.bincount(which, np.maximum(np.minimum(duty["end"], trace.horizon_s) - start, 0))
    group = duty["group"][first]
    planned = np.minimum(hours[group] * 3600.0, scheduled)
    return _sums(group, planned * measured / scheduled, len(groups))


def _by_day(shifts: Columns) -> Columns:
    """The shifts cut at midnight: a part for each day that has some of it."""
    first = shifts["start"] // DAY_S
    parts = np.maximum(np.ceil(shifts["end"] / DAY_S) - first, 0.0).astype(np.int64)
    row = np.repeat(np.arange(len(parts)), parts)
    day = first[row] + np.arange(len(row)) - (parts.cumsum() - parts)[row]
    cut = {name: column[row] for name, column in shifts.items()}
    cut["start"] = np.maximum(cut["start"], day * DAY_S)
    cut["end"] = np.minimum(cut["end"], (day + 1.0) * DAY_S)
    return cut


def _days_away(trace: Trace) -> Codes:
    """The days on which an agent was absent or in class, a number for each agent and day."""
    found = [_days_in_class(trace)]
    for spans in trace.spans.parts():
        absent = spans["state"] == AgentState.ABSENT
        found.append(_agent_day(spans["agent"][absent], spans["start"][absent]))
    return np.concatenate(found)


def _days_in_class(trace: Trace) -> Codes:
    """The days of initial training, a number for each agent and day."""
    in_class = trace.staff["state"] == PlaceState.IN_TRAINING
    return _agent_day(trace.staff["agent"][in_class], trace.staff["day"][in_class] * DAY_S)


def _in_class(trace: Trace, shifts: Columns) -> Floats:
    """Seconds of duty in initial training by group: the whole of each shift on those days."""
    chosen = np.isin(_agent_day(shifts["agent"], shifts["start"]), _days_in_class(trace))
    duty = _counted({name: column[chosen] for name, column in shifts.items()}, trace)
    return _sums(duty["group"], duty["end"] - duty["start"], len(trace.groups))


def _agent_day(agent: Codes, start: Floats) -> Codes:
    """One number for each agent and day of the horizon."""
    longest_horizon_days = 1_000_000
    return agent * longest_horizon_days + (start // DAY_S).astype(np.int64)
