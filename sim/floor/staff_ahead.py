"""The agents at work from a moment on, as the expected wait looks ahead to them."""

from __future__ import annotations

from bisect import bisect_right
from math import fsum, inf
from typing import TYPE_CHECKING

from sim.floor.outlook import SPAN_S

if TYPE_CHECKING:
    from sim.floor.agents import Group
    from sim.floor.outlook import Outlook, Sums


class Staff:
    """The agents at work of some groups, as one looks ahead from now on."""

    def __init__(
        self, members: list[tuple[Group, Outlook, float]], now: float, *, closed: bool
    ) -> None:
        self._rows = [
            _Row(group, outlook, now + after_s, closed=closed)
            for group, outlook, after_s in members
            if group.handling_s > 0.0
        ]
        self.go_to(now)

    def go_to(self, time: float) -> int:
        """Look at a time; how many agents begin just then with nothing in hand."""
        begin = 0
        for row in self._rows:
            begin += row.go_to(time)
        self._see()
        return begin

    def pass_over(self, time: float, need: float) -> float | None:
        """Pass over a whole span that is too short for so many services; how many begin in it.

        None where it may be long enough, or has to be looked at more closely.
        """
        done = most = 0.0
        found = []
        for row in self._rows:
            sums = row.within(time + SPAN_S)
            if sums is None:
                return None
            found.append(sums)
            if row.open:
                pace = 1.0 / row.group.handling_s
                done += (row.level * SPAN_S + sums.agent_s) * pace + sums.begins
                most += (row.level + sums.more) * SPAN_S * pace + sums.begins
        if most >= need:
            return None
        for row, sums in zip(self._rows, found, strict=True):
            row.pass_over(time + SPAN_S, sums)
        self._see()
        return done

    def close(self) -> None:
        """The channel has closed: agents at work serve out the waiting customers."""
        for row in self._rows:
            row.closed = True
        self._see()

    def _see(self) -> None:
        paces, edge = [], inf
        for row in self._rows:
            if row.open:
                paces.append(row.level / row.group.handling_s)
            edge = min(edge, row.edge())
        self.pace = fsum(paces)
        """Contacts that the agents can begin in a second."""
        self.edge = edge
        """When that changes next."""


class _Row:
    """The agents of one group, who may take the asker from a time on."""

    __slots__ = ("_from", "_next", "_outlook", "closed", "group", "level", "open")

    def __init__(self, group: Group, outlook: Outlook, begin: float, *, closed: bool) -> None:
        self.group, self._outlook, self._from, self.closed = group, outlook, begin, closed
        self.level = group.on_duty if closed else max(0, outlook.now())
        self.open = False
        self._next = 0

    def edge(self) -> float:
        times = self._outlook.times
        change = times[self._next] if not self.closed and self._next < len(times) else inf
        return change if self.open else min(change, self._from)

    def within(self, end: float) -> Sums | None:
        """The changes of the span that ends then; None where the group opens, or all are closed."""
        if self.closed or not (self.open or self._from > end):
            return None
        return self._outlook.within(end)

    def pass_over(self, end: float, sums: Sums) -> None:
        """Move to the end of a span, with its changes in one step."""
        self.level += sums.agents
        self._next = bisect_right(self._outlook.times, end)

    def go_to(self, time: float) -> int:
        begin, times = 0, self._outlook.times
        self.open = self.open or self._from <= time
        if not self.closed and self._next < len(times) and times[self._next] <= time:
            self.level, begin = self._outlook.change(times[self._next], self.level)
            self._next += 1
        return begin if self.open else 0
