"""Root causes: complaints are noted, the cause is resolved, and some customers need not call.

Whether a case is due to a cause, and whether resolving it would have spared the customer, are marks
of the customer: the same under every policy, whether or not anybody tracks the cause.
"""

from __future__ import annotations

from functools import partial
from math import nan
from typing import TYPE_CHECKING

from sim.plan.causes import CausePlan
from sim.plan.centre_plan import CentrePlan

if TYPE_CHECKING:
    from sim.floor.agenda import Agenda
    from sim.floor.cases import Case
    from sim.trace.table import Table


class Cause:
    """One root cause through the horizon."""

    noted = 0
    """Complaints noted, and answers to the survey, so far."""
    started = nan
    done = nan
    spared = 0
    """Customers who did not need to make contact."""

    def __init__(self, plan: CausePlan) -> None:
        self.plan = plan
        self.position = plan.position


class Causes:
    """All root causes of a centre."""

    def __init__(self, plan: CentrePlan, agenda: Agenda) -> None:
        self._agenda = agenda
        self._horizon_s = plan.horizon_s
        self._causes = [Cause(each) for each in plan.causes]
        self.tracked = bool(self._causes)
        """Whether there are any."""
        self._of_reason = [[self._causes[k] for k in causes] for causes in plan.causes_of]

    def change(self, plan: CentrePlan) -> None:
        """Other figures of the same causes hold from now on; what was noted stays noted."""
        for cause in self._causes:
            cause.plan = plan.causes[cause.position]
        self._of_reason = [[self._causes[k] for k in causes] for causes in plan.causes_of]

    def brings(self, case: Case) -> bool:
        """Find the cause of a new case; False when that is resolved and the customer is spared."""
        below = 0.0
        for cause in self._of_reason[case.plan.position]:
            below += cause.plan.share
            if case.mark("cause") < below:
                case.cause = cause.position
                resolved = cause.done <= self._agenda.now
                if resolved and case.mark("spared") < cause.plan.removes:
                    cause.spared += 1
                    return False
                return True
        return True

    def note(self, case: Case) -> None:
        """An agent hears of the case for the first time."""
        cause = self._causes[case.cause]
        if not cause.plan.tracked or not case.plan.complaint:
            return
        self._count(cause)

    def hear_survey(self, case: Case) -> None:
        """The case is over, and its customer may name the cause in the survey.

        Whom an agent has heard and noted is not counted again. Customers answer as often as at
        a satisfaction of 50: the floor does not know how satisfied they are.
        """
        cause = self._causes[case.cause]
        plan = cause.plan
        if plan.answers == 0.0 or not (case.answered or plan.asks_everybody):
            return
        heard = case.answered > 0 and plan.tracked and case.plan.complaint
        if not heard and case.mark("names_cause") < plan.answers:
            self._count(cause)

    def _count(self, cause: Cause) -> None:
        cause.noted += 1
        if cause.noted == cause.plan.threshold:
            cause.started = self._agenda.now
            done = cause.started + cause.plan.lead_time_s
            if done < self._horizon_s:
                self._agenda.at(done, partial(self._resolve, cause))

    def _resolve(self, cause: Cause) -> None:
        cause.done = self._agenda.now

    def write(self, rows: Table) -> None:
        """Write down the causes that somebody has begun to resolve."""
        for cause in self._causes:
            if cause.started == cause.started:
                rows.write(
                    cause=cause.position,
                    noted=cause.noted,
                    started=cause.started,
                    done=cause.done,
                    spared=cause.spared,
                    cost=cause.plan.cost,
                )
