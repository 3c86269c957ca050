"""Heads of a usual week where nobody's log-on is recorded: as many as the waits give away."""

from dataclasses import dataclass, replace

import numpy as np

from scenarios.fit.calls import WEEKDAYS, Dates, weekday_of
from scenarios.fit.document import GROUP, Document
from scenarios.fit.estimate import Estimate
from scenarios.fit.figure import Uncertain
from scenarios.fit.resampled import LEAST
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
        handled: Seconds worked on contacts and how many they were: 2 × dates.
    """

    dates: Dates
    calls: Numbers
    abandoned: Numbers
    waited_s: Numbers
    handle_s: float
    patience_s: float
    handled: Numbers

    def weekday(self, name: str) -> "Offered":
        """The days of a weekday."""
        rows = np.array([weekday_of(date) == name for date in self.dates], dtype=bool)
        return replace(
            self,
            dates=self.dates[rows],
            calls=self.calls[rows],
            abandoned=self.abandoned[rows],
            waited_s=self.waited_s[rows],
            handled=self.handled[:, rows],
        )


@dataclass(frozen=True, eq=False)
class InferredHeads:
    """Heads that would have given the waits and hang-ups of the records.

    Attributes:
        by_weekday: Heads of each half hour from midnight on.
        work: Factor on the work of a contact that the records leave open with these heads: the
            other way round, the factor by which the heads may be wrong.
        drawn: The same factor as each set of drawn days leaves it open; empty without sets.
    """

    by_weekday: dict[str, list[int]]
    work: Estimate
    drawn: Numbers

    def write(self, week: Week) -> None:
        """Write them into a week, with how little is known."""
        week.document["groups"] = {
            GROUP: {"talk_factor": 1.0, **heads_table(self.by_weekday)},
        }
        low, high = 1 / self.work.high, 1 / self.work.low
        key = ("groups", GROUP, "talk_factor")
        source = "half hours; heads are inferred, which a factor on the work stands for"
        week.uncertain.append(Uncertain(key, self.work, source))
        if len(self.drawn):
            week.sets.put(key, self.work.value, self.drawn, least=LEAST, most=np.inf)
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
