"""Counts so far: measures that grow by one contact at a time instead of being read from a trace.

The names and equations are those of the measures; a finished run gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import nan

from scenarios.parts.demand import CHANNELS, WRITTEN
from scenarios.schema import Scenario
from sim.floor.cases import Contact
from sim.trace.codes import AgentState, ContactKind, Ending, Outcome
from sim.trace.states import BUSY_STATES, NEVER_OFFERED

_LIVE = tuple(channel not in WRITTEN for channel in CHANNELS)


class Line:
    """What came of the customers who asked for one group by one channel."""

    __slots__ = ("abandoned", "answered", "in_target", "offered", "waited_s")

    def __init__(self) -> None:
        self.offered = 0
        self.answered = 0
        self.in_target = 0
        self.abandoned = 0
        self.waited_s = 0.0
        """Waits of the answered."""

    @property
    def service_level(self) -> float:
        """Answered within target / offered; NaN before the first."""
        return self.in_target / self.offered if self.offered else nan


class Counts:
    """What is counted over a stretch of time: a day, or the whole run."""

    def __init__(self, scenario: Scenario) -> None:
        self._within_s = scenario.targets.answer_within_s
        self.lines: dict[tuple[tuple[int, ...], int], Line] = {}
        """By the groups that a reason asks for first, and channel."""
        self.all = Line()
        """Voice and chat together."""
        self.judged = [0, 0]
        """Cases with an answered contact that is over: not complaints, complaints."""
        self.first = [0, 0]
        """Those of them that were resolved in it."""
        self.approvals = 0
        self.approved = 0
        self.approval_wait_s = 0.0
        self.due = 0
        """Promises kept or broken."""
        self.kept = 0
        self.paid = 0.0
        self.busy_s = 0.0
        self.free_s = 0.0

    def contact(self, contact: Contact, first: bool) -> None:
        """A contact is over; ``first`` when no contact of the case was answered before."""
        case, outcome, channel = contact.case, contact.outcome, contact.channel
        answered = outcome is Outcome.ANSWERED
        made = contact.kind <= ContactKind.REPEAT
        if made and _LIVE[channel] and outcome not in NEVER_OFFERED:
            key = (case.plan.own_groups, channel)
            line = self.lines.get(key)
            if line is None:
                line = self.lines[key] = Line()
            for each in (line, self.all):
                each.offered += 1
                if answered:
                    wait = contact.answered - contact.queued
                    each.answered += 1
                    each.waited_s += wait
                    each.in_target += wait <= self._within_s
                each.abandoned += outcome is Outcome.ABANDONED
        if answered and first:
            complaint = case.plan.complaint
            self.judged[complaint] += 1
            self.first[complaint] += contact.ending is Ending.SETTLED and not contact.seeming

    def promise(self, kept: float) -> None:
        """A promise was kept (1), broken (0), or never came due (NaN)."""
        if kept == kept:
            self.due += 1
            self.kept += int(kept)

    def decision(self, approved: float, waited_s: float) -> None:
        """Yes (1) or no (0) to somebody who asked and waited for it."""
        self.approvals += 1
        self.approved += int(approved)
        self.approval_wait_s += waited_s

    def spent(self, state: AgentState, seconds: float) -> None:
        """An agent was in a state for so long."""
        if state in BUSY_STATES:
            self.busy_s += seconds
        elif state is AgentState.READY:  # own work is done while nobody asks
            self.free_s += seconds

    def measures(self, overdue: int, now_spent: Iterable[tuple[AgentState, float]]) -> Measures:
        """The measures so far, by the names they have everywhere.

        Args:
            overdue: open promises whose time has passed.
            now_spent: what agents are doing now, and for how long already.
        """
        busy, free = self.busy_s, self.free_s
        for state, seconds in now_spent:
            busy += seconds if state in BUSY_STATES else 0.0
            free += seconds if state is AgentState.READY else 0.0
        line, judged = self.all, sum(self.judged)
        return {
            "service_level": line.service_level,
            "asa": _ratio(line.waited_s, line.answered),
            "abandonment": _ratio(line.abandoned, line.offered),
            "fcr": _ratio(sum(self.first), judged),
            "fcr_complaints": _ratio(self.first[1], self.judged[1]),
            "approval_wait": _ratio(self.approval_wait_s, self.approvals),
            "promises_kept": _ratio(self.kept, self.due + overdue),
            "occupancy": _ratio(busy, busy + free),
            "remedies_paid": self.paid,
        }


Measures = dict[str, float]
"""Value by name of the measure; NaN where nothing is counted."""


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else nan
