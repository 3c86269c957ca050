"""The staffing outlook: agents at work now, and who begins, goes and takes a break from here on.

Kept only where customers are told a wait or offered a callback; see ``expected_wait.py``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from math import ceil, inf
from typing import TYPE_CHECKING, NamedTuple

from sim.people.roster import Duty
from sim.trace.codes import AgentState

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Group
    from sim.floor.clock import Clock
    from sim.people.roster import Headcount

GRID_S = 10.0
"""Changes are put together on a grid, so that a large group has no more of them than a small one;
what the roster sets for a whole minute keeps its time."""


SPAN_S = 180.0
"""Spans of time over which changes are summed up, to pass over those that are too early."""


class Change(NamedTuple):
    """A change of the number of agents at work."""

    time: float
    agents: int
    begins: int = 0
    """How many of them begin with nothing in hand, so that they take somebody immediately."""


_Break = tuple[float, float, bool]
"""Begin and end of a break, and whether it has begun."""


class Sums:
    """The changes within a span of time, its end included."""

    __slots__ = ("agent_s", "agents", "begins", "more")

    def __init__(self) -> None:
        self.agents = self.begins = self.more = 0
        """Change of the agents at work, those of them who begin, and all who come."""
        self.agent_s = 0.0
        """Seconds that the changes add to the agents' work until the end of the span."""

    def add(self, change: Change, end: float, sign: int) -> None:
        """Count a change, or with the sign -1 count it no more."""
        self.agents += sign * change.agents
        self.begins += sign * change.begins
        self.more += sign * max(0, change.agents)
        self.agent_s += sign * change.agents * (end - change.time)


class Outlook(ABC):
    """The agents of a group at work, now and later."""

    times: list[float]
    """When the number changes from here on, in order."""

    @abstractmethod
    def now(self) -> int:
        """Agents who take contacts now; what has passed is dropped from ``times``."""

    @abstractmethod
    def change(self, time: float, before: int) -> tuple[int, int]:
        """Agents at work from one of the ``times`` on, and how many of them begin just then."""

    @abstractmethod
    def within(self, end: float) -> Sums | None:
        """All changes within the span that ends then; None where they are not summed up."""


_NO_CHANGES = Sums()


class HeadsOutlook(Outlook):
    """Of a group that is staffed by a number of heads."""

    def __init__(self, group: Group, clock: Clock) -> None:
        self._group, self._clock = group, clock
        self._heads: dict[float, int] = {}
        self.times = []

    def plan(self, today: Iterable[Headcount], tomorrow: Iterable[Headcount]) -> None:
        """The headcounts of a day, and of the next: nobody knows yet who will be absent then."""
        now = self._clock.now
        self._heads = {step.start: step.heads for step in today if step.start > now}
        self._heads |= {step.start: step.heads + step.absent for step in tomorrow}
        self.times = sorted(self._heads)

    def now(self) -> int:
        """Agents who take contacts now."""
        while self.times and self.times[0] <= self._clock.now:
            del self.times[0]
        return self._group.on_duty - len(self._group.drops) - self._group.going

    def change(self, time: float, before: int) -> tuple[int, int]:
        """Agents at work from then on, and how many begin."""
        heads = self._heads[time]
        return heads, max(0, heads - before)

    def within(self, end: float) -> Sums | None:
        """Nothing, unless nothing changes."""
        return None if any(end - SPAN_S < time <= end for time in self.times) else _NO_CHANGES


class PersonsOutlook(Outlook):
    """Of a group of persons on shifts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._level = 0
        self._changes: dict[float, list[int]] = {}
        self._spans: dict[float, Sums] = {}
        self._latest = 0.0
        """End of the span in which the number changed last."""
        self.times = []

    def now(self) -> int:
        """Agents who take contacts now."""
        while self.times and self.times[0] <= self._clock.now:
            time = self.times.pop(0)
            self._level += self._changes.pop(time)[0]
            end = ceil(time / SPAN_S) * SPAN_S
            if end != self._latest:
                self._spans.pop(self._latest, None)
                self._latest = end
        return self._level

    def change(self, time: float, before: int) -> tuple[int, int]:
        """Agents at work from then on, and how many begin."""
        agents, begin = self._changes[time]
        return before + agents, begin

    def add(self, change: Change, sign: int = 1) -> None:
        """Count a change, or with the sign -1 count it no more, past or to come."""
        time, agents = change.time, sign * change.agents
        if time <= self._clock.now:
            self._level += agents
            return
        cell = self._changes.get(time)
        if cell is None:
            cell = self._changes[time] = [0, 0]
            insort(self.times, time)
        cell[0] += agents
        cell[1] += sign * change.begins
        if cell == [0, 0]:
            del self._changes[time]
            del self.times[bisect_left(self.times, time)]
        end = ceil(time / SPAN_S) * SPAN_S
        self._spans.setdefault(end, Sums()).add(change, end, sign)

    def within(self, end: float) -> Sums | None:
        """All changes within the span that ends then."""
        return self._spans.get(end, _NO_CHANGES)


class Outlooks:
    """Those of all groups, kept up to date as agents come, go and take their breaks."""

    def __init__(self, groups: Sequence[Group], clock: Clock) -> None:
        """Nobody is on duty yet."""
        self._clock = clock
        self.by_position: list[Outlook] = [
            HeadsOutlook(group, clock) if group.plan.by_headcount else PersonsOutlook(clock)
            for group in groups
        ]
        self._duties: dict[Agent, list[Duty]] = {}
        self._tomorrow: dict[Agent, list[Duty]] = {}
        self._counted: dict[Agent, tuple[PersonsOutlook, list[Change]]] = {}

    def plan(self, group: Group, today: Sequence[Duty], tomorrow: Sequence[Duty]) -> None:
        """The stretches of duty of a day, as they stand, and of the next, as they are planned."""
        for agent in group.agents:
            self._tomorrow.pop(agent, None)
        for duty in today:
            if not (duty.absent or duty.in_class):
                self._duties.setdefault(group.agents[duty.agent], []).append(duty)
        for duty in tomorrow:
            self._tomorrow.setdefault(group.agents[duty.agent], []).append(duty)
        for agent in group.agents:
            self.renew(agent)

    def plan_heads(
        self, group: Group, today: Sequence[Headcount], tomorrow: Sequence[Headcount]
    ) -> None:
        """The headcounts of a day, and of the next."""
        outlook = self.by_position[group.position]
        if isinstance(outlook, HeadsOutlook):
            outlook.plan(today, tomorrow)

    def call_in(self, agent: Agent, start: float, end: float) -> None:
        """Somebody comes who was not planned."""
        duty = Duty(-1, start, end, absent=False, pauses=())
        self._duties.setdefault(agent, []).append(duty)

    def renew(self, agent: Agent) -> None:
        """The agent has come, goes, takes a break or comes back, or changes the group."""
        now = self._clock.now
        if agent in self._counted:
            outlook, changes = self._counted.pop(agent)
            outlook.now()
            for change in changes:
                outlook.add(change, -1)
        mine = self.by_position[agent.group.position]
        if not isinstance(mine, PersonsOutlook):
            return
        duties = [duty for duty in self._duties.get(agent, ()) if duty.end > now]
        self._duties[agent] = duties
        mine.now()
        planned = [*duties, *self._tomorrow.get(agent, ())]
        breaks = _breaks(agent, planned, now)
        changes = list(_changes(_stretches(agent, planned, now), breaks, now))
        for change in changes:
            mine.add(change)
        self._counted[agent] = mine, changes


def _changes(
    stretches: Sequence[tuple[float, float]], breaks: Sequence[_Break], now: float
) -> Iterator[Change]:
    """What an agent adds to the agents at work, now and later."""
    for start, end in stretches:
        yield Change(_on_grid(start, now), 1, int(start > now))
        if end < inf:
            yield Change(_on_grid(end, now), -1)
        for away, back, begun in breaks:
            leaves, returns = max(away, start, now), min(back, end)
            if leaves < returns:
                yield Change(_on_grid(leaves, now), -1)
                yield Change(_on_grid(returns, now), 1, int(begun and back < end))


def _stretches(agent: Agent, duties: Sequence[Duty], now: float) -> list[tuple[float, float]]:
    """When the agent is on duty from now on; without end where nobody knows when it ends."""
    found: list[tuple[float, float]] = []
    for duty in sorted(duties, key=lambda each: each.start):
        if found and duty.start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], duty.end)
        else:
            found.append((duty.start, duty.end))
    if agent.duties and not (found and found[0][0] <= now):
        found.insert(0, (now, found[0][0] if found else inf))
    return found


def _breaks(agent: Agent, duties: Sequence[Duty], now: float) -> list[_Break]:
    """When the agent is away on duty.

    One still to come counts from its planned time: it begins late by the contact in hand and
    takes as long as it takes. Breaks that meet follow one another.
    """
    found: list[_Break] = []
    if agent.pause is not None:
        found.append((now, agent.pause.due + agent.pause.seconds, True))
    due = [(pause.due, pause.seconds) for pause in agent.pauses]
    planned = (
        pause
        for duty in duties
        for pause in duty.pauses
        if pause.state is not AgentState.AWAY  # nobody knows of these before
    )
    due += sorted((pause.due, pause.seconds) for pause in planned if pause.due > now)
    for begin, seconds in due:
        if found and (begin <= found[-1][1] or (agent.pause is not None and begin <= now)):
            found[-1] = found[-1][0], found[-1][1] + seconds, found[-1][2]
        else:
            found.append((begin, begin + seconds, False))
    return found


def _on_grid(time: float, now: float) -> float:
    return ceil(time / GRID_S) * GRID_S if now < time else time
