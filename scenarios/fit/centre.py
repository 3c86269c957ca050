"""Everything that is fitted to the call records of a centre, in one place."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.arrivals import Arrivals, arrivals_of
from scenarios.fit.calls import DAY_S, Calls, Dates
from scenarios.fit.cut_off import ALL, CutOffs, cut_offs_of
from scenarios.fit.errors import FitError
from scenarios.fit.handling import Handling, HandlingTime, handling_of
from scenarios.fit.patience import HangUps, hang_ups_of
from scenarios.fit.priority import HeadStart, head_starts_of, priorities_of
from scenarios.fit.returns import Returns, returns_of
from scenarios.fit.staffing import TimesAway, Window, logged_on, skills_of, times_away
from scenarios.fit.unusual import Stretch, unusual_stretches, usual

LEAST_CONTACTS = 200
"""Fewer answered contacts do not make a centre."""


@dataclass(frozen=True, eq=False)
class FittedCentre:
    """A centre as its records of some days show it.

    Attributes:
        calls: The records that it was fitted to.
        dates: The days that are complete.
        unusual: Stretches that were left out of patience and times away: outages and rushes.
        arrivals: When customers come.
        handling: How long agents work on them.
        hang_ups: How long customers wait.
        returns: Who calls again; None where customers are not identified.
        cut_offs: Customers who were cut off; None where short calls are not seen to be that.
        head_starts: Who is served before others that came earlier.
        priorities: The values of priority that differ.
        windows: When each agent was logged on; empty where no contact names its agent.
        skills: By agent, codes of the reasons taken.
        away: What logged-on agents do between contacts.
    """

    calls: Calls
    dates: Dates
    unusual: tuple[Stretch, ...]
    arrivals: Arrivals
    handling: Handling
    hang_ups: HangUps
    returns: Returns | None
    cut_offs: CutOffs | None
    head_starts: tuple[HeadStart, ...]
    priorities: tuple[float, ...]
    windows: tuple[Window, ...]
    skills: dict[int, tuple[int, ...]]
    away: TimesAway

    @property
    def reason_names(self) -> tuple[str, ...]:
        """Names of the reasons by code, as keys of a scenario."""
        return self.calls.reason_names

    def handling_of(self, code: int) -> HandlingTime:
        """How long agents work on a reason, those cut off left out where they are told apart."""
        own = self.handling.by_reason.get(code)
        found = self.handling.all if own is None else own
        if self.cut_offs is None:
            return found
        return found.with_short(self.cut_offs.left[ALL if own is None else code])

    @property
    def handled(self) -> tuple[int, ...]:
        """Codes of the reasons that somebody asked for an agent about."""
        return tuple(int(code) for code in np.unique(self.calls.reason[self.calls.asked]))


def fit_centre(calls: Calls, dates: Dates | None = None) -> FittedCentre:
    """Fit everything to the call records of some dates (all of them where none are given).

    Raises:
        FitError: there are too few answered contacts.
    """
    calls = calls if dates is None else calls.on(dates)
    if calls.answered.sum() < LEAST_CONTACTS:
        count = int(calls.answered.sum())
        raise FitError(f"Only {count} answered contacts; a fit needs {LEAST_CONTACTS}.")
    windows = logged_on(calls)
    stretches = unusual_stretches(calls)
    ordinary = Calls(calls.contacts.take(usual(calls, stretches)))
    priorities, returns = priorities_of(calls), returns_of(calls)
    complete = _complete(calls, stretches)
    return FittedCentre(
        calls,
        complete,
        stretches,
        arrivals_of(calls, complete),
        handling_of(calls),
        hang_ups_of(ordinary, priorities),
        returns,
        cut_offs_of(calls, returns),
        head_starts_of(calls),
        priorities,
        windows,
        skills_of(calls),
        times_away(calls.on(complete), windows),
    )


def _complete(calls: Calls, stretches: tuple[Stretch, ...]) -> Dates:
    """Dates without an outage of more than half an hour; all of them if none is left."""
    lost = {s.date for s in stretches if s.outage and s.end - s.start > DAY_S / 48}
    kept = np.array([date for date in calls.dates if date not in lost], dtype="datetime64[D]")
    return kept if len(kept) else calls.dates
