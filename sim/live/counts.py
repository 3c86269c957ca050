"""Counts so far: measures that grow by one contact at a time instead of being read from a trace.

The names are those of the measures, the equations the very same (``sim.trace.equations``): a
finished run in which nobody is still being served gives the same numbers. A contact counts once it
is over.
"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.answer_targets import answer_within_s
from scenarios.parts.channels import CHANNELS, WRITTEN
from scenarios.parts.clock import DAY_S
from scenarios.schema import Scenario
from sim.floor.cases import Case, Contact
from sim.trace import equations
from sim.trace.codes import AgentState, Outcome
from sim.trace.states import AVAILABLE_STATES, BUSY_STATES

_LIVE = tuple(channel not in WRITTEN for channel in CHANNELS)

Measures = dict[str, float]
"""Value by name of the measure; NaN where nothing is counted."""


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
        return equations.service_level(self.in_target, self.offered)


class Counts:
    """What is counted over a stretch of time: a day, or the whole run."""

    def __init__(self, scenario: Scenario, begins: float) -> None:
        self.begins = begins
        """Seconds from midnight of the first day."""
        self._within_s = [
            [answer_within_s(scenario, reason, channel) for channel in CHANNELS]
            for reason in scenario.reasons
        ]
        """Targets by reason and channel."""
        self.lines: dict[tuple[tuple[int, ...], int], Line] = {}
        """By the groups that a reason asks for first, and channel."""
        self.all = Line()
        """Voice and chat together."""
        self.judged = [0, 0]
        """Cases whose first answered contact is over: not complaints, complaints."""
        self.resolved_first = [0, 0]
        """Those of them that were resolved in it."""
        self.decided = 0
        """Requests for a decision that were answered with yes or no."""
        self.decision_waited_s = 0.0
        self.due = 0
        """Promises kept or broken."""
        self.kept = 0
        self.paid = 0.0
        """Money paid on cases."""
        self._seconds = [0.0] * len(AgentState)
        """Time of agents by state."""

    def contact(self, contact: Contact) -> None:
        """A contact is over."""
        outcome, channel = contact.outcome, contact.channel
        if not _LIVE[channel] or not equations.was_offered(contact.kind, outcome):
            return
        key = (contact.case.plan.own_groups, channel)
        line = self.lines.get(key)
        if line is None:
            line = self.lines[key] = Line()
        for each in (line, self.all):
            each.offered += 1
            if outcome is Outcome.ANSWERED:
                wait = contact.answered - contact.queued
                each.answered += 1
                each.waited_s += wait
                each.in_target += equations.in_target(
                    wait, self._within_s[contact.case.plan.position][channel]
                )
            each.abandoned += outcome is Outcome.ABANDONED

    def case_judged(self, case: Case) -> None:
        """The first answered contact of a case is over."""
        self.judged[case.plan.complaint] += 1

    def case_resolved_first(self, case: Case) -> None:
        """The case was resolved in its first answered contact."""
        self.resolved_first[case.plan.complaint] += 1

    def promise(self, kept: float) -> None:
        """A promise was kept (1), broken (0), or never came due (NaN)."""
        if kept == kept:
            self.due += 1
            self.kept += int(kept)

    def decision(self, waited_s: float) -> None:
        """Yes or no to somebody who asked and waited for it."""
        self.decided += 1
        self.decision_waited_s += waited_s

    def spent(self, state: AgentState, since: float, until: float) -> None:
        """An agent was in a state from one time to another; what lies before does not count."""
        self._seconds[state] += max(0.0, until - max(since, self.begins))

    def measures(
        self, now: float, overdue: int, doing: Iterable[tuple[AgentState, float]]
    ) -> Measures:
        """The measures so far, by the names they have everywhere.

        Args:
            now: seconds from midnight of the first day.
            overdue: open promises whose time has passed.
            doing: what agents are doing now, and since when.
        """
        seconds = self._seconds.copy()
        for state, since in doing:
            seconds[state] += max(0.0, now - max(since, self.begins))
        busy_s = sum(seconds[state] for state in BUSY_STATES)
        available_s = sum(seconds[state] for state in AVAILABLE_STATES)
        line, resolution = self.all, equations.first_contact_resolution
        # Of a day that has only begun all that was paid, not what would be paid in 24 hours.
        days = max(1.0, (now - self.begins) / DAY_S)
        return {
            "service_level": line.service_level,
            "asa": equations.speed_of_answer(line.waited_s, line.answered),
            "abandonment": equations.abandonment(line.abandoned, line.offered),
            "fcr": resolution(sum(self.resolved_first), sum(self.judged)),
            "fcr_complaints": resolution(self.resolved_first[1], self.judged[1]),
            "approval_wait": equations.approval_wait(self.decision_waited_s, self.decided),
            "promises_kept": equations.promises_kept(self.kept, self.due + overdue),
            "occupancy": equations.occupancy(busy_s, available_s),
            "remedies_paid": equations.remedies_paid_per_day(self.paid, days),
        }
