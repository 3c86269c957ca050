"""Heads of a usual week where nobody's log-on is recorded: as many as the waits give away."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import WEEKDAYS, Dates, weekday_of
from scenarios.fit.document import GROUP, Document
from scenarios.fit.estimate import Estimate
from scenarios.fit.figure import Uncertain
from scenarios.fit.week import Week
from scenarios.records.columns import Numbers

INTERVAL_MIN = 30


@dataclass(frozen=True, eq=False)
class Offered:
    """What records without agents show, from which heads are inferred.

    Attributes:
        dates: The complete days.
        calls: Contacts that asked for an agent: dates × half hours.
        abandoned: How many of them hung up.
        waited_s: Seconds waited in all, NaN where not reported.
        handle_s: Mean handling time.
        patience_s: Mean patience, infinite where nobody hangs up.
    """

    dates: Dates
    calls: Numbers
    abandoned: Numbers
    waited_s: Numbers
    handle_s: float
    patience_s: float

    def weekday(self, name: str) -> "Offered":
        """The days of a weekday."""
        rows = np.array([weekday_of(date) == name for date in self.dates], dtype=bool)
        calls, abandoned, waited = self.calls[rows], self.abandoned[rows], self.waited_s[rows]
        return Offered(self.dates[rows], calls, abandoned, waited, self.handle_s, self.patience_s)


@dataclass(frozen=True, eq=False)
class InferredHeads:
    """Heads that would have given the waits and hang-ups of the records.

    Attributes:
        by_weekday: Heads of each half hour from midnight on.
        work: Factor on the work of a contact that the records leave open with these heads: the
            other way round, the factor by which the heads may be wrong.
    """

    by_weekday: dict[str, list[int]]
    work: Estimate

    def write(self, week: Week) -> None:
        """Write them into a week, with how little is known."""
        week.document["groups"] = {
            GROUP: {"talk_factor": 1.0, **heads_table(self.by_weekday)},
        }
        low, high = 1 / self.work.high, 1 / self.work.low
        week.uncertain.append(
            Uncertain(
                ("groups", GROUP, "talk_factor"),
                self.work,
                "half hours; heads are inferred, which a factor on the work stands for",
            )
        )
        week.notes[f"groups.{GROUP}"] = [
            (
                "Heads are inferred: the records name neither agents nor staff. They are those "
                "with which Erlang A gives the hang-ups and waits of each half hour, everybody at "
                "the telephone all the time: a roster has more, by breaks and times away. Between "
                f"{low:.2f} and {high:.2f} times as many would do as well; talk_factor stands for "
                "that in [uncertain]. Write the roster in their place if you have it."
            )
        ]


def heads_table(by_weekday: dict[str, list[int]]) -> Document:
    """The table of heads of a group; weekdays without anybody are left out."""
    some = {name: heads for name in WEEKDAYS if any(heads := by_weekday.get(name, []))}
    return {"heads_by_interval": {"interval_min": INTERVAL_MIN, "heads": some}}
