"""Call records as fitting reads them: seconds of the day, and who asked, waited, left."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenarios.records.columns import Codes, Flags, Numbers, Times, seconds
from scenarios.records.contacts import Contacts, Outcome

DAY_S = 86_400
Dates = np.ndarray[tuple[int], np.dtype[np.datetime64]]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekday_of(date: np.datetime64) -> str:
    """Name of the weekday of a date."""
    return WEEKDAYS[int((date.astype("datetime64[D]").astype(int) + 3) % 7)]


@dataclass(frozen=True, eq=False)
class Calls:
    """Contacts with times as seconds from the midnight before they asked for an agent.

    A call that asked before midnight and ended after it belongs to the day on which it asked.
    Only the answered and the abandoned asked for an agent; the others are kept for their counts.
    """

    contacts: Contacts

    @cached_property
    def came(self) -> Times:
        """When each asked for an agent; when it arrived, where it never did."""
        queued = self.contacts.queued
        return np.where(np.isnat(queued), self.contacts.arrived, queued)

    @cached_property
    def date(self) -> Dates:
        """Date of each."""
        return self.came.astype("datetime64[D]")

    @cached_property
    def second(self) -> Numbers:
        """When it came, in seconds of its day."""
        return _seconds_of_day(self.came, self.date)

    @cached_property
    def began(self) -> Numbers:
        """When it was answered, in seconds of its day; NaN if never."""
        return _seconds_of_day(self.contacts.answered, self.date)

    @cached_property
    def ended(self) -> Numbers:
        """When the talk and wrap-up ended, in seconds of its day; NaN where not known."""
        wrap_up = np.nan_to_num(self.contacts.wrap_up_s)
        return _seconds_of_day(self.contacts.ended, self.date) + wrap_up

    @cached_property
    def answered(self) -> Flags:
        """Who was answered after asking for an agent."""
        return self._with(Outcome.ANSWERED) & self.contacts.asked

    @cached_property
    def abandoned(self) -> Flags:
        """Who hung up after asking for an agent."""
        return self._with(Outcome.ABANDONED) & self.contacts.asked

    @cached_property
    def asked(self) -> Flags:
        """Who asked for an agent: answered or abandoned."""
        return self.answered | self.abandoned

    @cached_property
    def in_menu(self) -> Flags:
        """Who hung up in the menu and never asked for an agent: no abandonment."""
        return self._with(Outcome.MENU)

    @cached_property
    def in_menu_s(self) -> Numbers:
        """Seconds from coming in to asking for an agent, 0 where that is not known."""
        return np.nan_to_num(seconds(self.contacts.arrived, self.came)).clip(0)

    @cached_property
    def wait(self) -> Numbers:
        """Seconds waited for an agent, 0 for those who never asked."""
        return np.nan_to_num(self.contacts.wait_s)

    @cached_property
    def waited(self) -> Flags:
        """Who asked and had to wait."""
        return self.asked & (self.wait > 0)

    @cached_property
    def found_waiting(self) -> Numbers:
        """How many waited when it came, of those who asked before it."""
        ms = self.came.astype("datetime64[ms]").astype(np.int64)
        joined = ms[self.waited]
        left = joined + np.round(1000 * self.wait[self.waited]).astype(np.int64)
        before = np.searchsorted(np.sort(joined), ms, side="left")
        return (before - np.searchsorted(np.sort(left), ms, side="right")).clip(0).astype(float)

    @cached_property
    def handle(self) -> Numbers:
        """Seconds an agent was busy with it (talk, hold, wrap-up); NaN where not known."""
        return np.where(self.answered, self.ended - self.began, np.nan)

    @property
    def agent(self) -> Codes:
        """Code of the agent, −1 where not known."""
        return self.contacts.agent

    @cached_property
    def reason(self) -> Codes:
        """Code of the reason in `reason_names`; of the queue, where no reasons are recorded."""
        codes, names = self._reasons
        return np.where(codes < 0, len(names), codes).astype(np.int32)

    @property
    def reason_names(self) -> tuple[str, ...]:
        """Names of the reasons by code; the last is for contacts whose reason is not known."""
        # | stands between names in a table of agents.
        named = (name.replace("|", "/") for name in self._reasons[1])
        return (*(name or "contact" for name in named), "other")

    @property
    def _reasons(self) -> tuple[Codes, tuple[str, ...]]:
        contacts = self.contacts
        if (contacts.reason >= 0).any():
            return contacts.reason, contacts.reason_names
        return contacts.queue, contacts.queue_names

    @cached_property
    def dates(self) -> Dates:
        """The dates on which somebody asked for an agent, in order."""
        return np.unique(self.date[self.asked])

    def by_date(self) -> Iterator[tuple[np.datetime64, "Calls"]]:
        """The calls of each date on which somebody asked for an agent, in order."""
        order = np.argsort(self.date, kind="stable")
        dates = self.date[order]
        for date in self.dates:
            first, last = (int(np.searchsorted(dates, date, side=s)) for s in ("left", "right"))
            yield date, Calls(self.contacts.take(order[first:last]))

    def on(self, dates: Dates) -> "Calls":
        """The calls of some dates."""
        return Calls(self.contacts.take(places_of(np.unique(dates), self.date)[1]))

    def _with(self, outcome: Outcome) -> Flags:
        return np.asarray(self.contacts.outcome == outcome)


def places_of(dates: Dates, date: Dates) -> tuple[np.ndarray, Flags]:
    """The place of each date among ordered ones, and whether it is one of them."""
    if not len(dates):
        return np.zeros(len(date), dtype=np.intp), np.zeros(len(date), dtype=bool)
    place = np.searchsorted(dates, date).clip(0, len(dates) - 1)
    return place, np.asarray(dates[place] == date)


def _seconds_of_day(moments: Times, dates: Dates) -> Numbers:
    gap = (moments - dates.astype("datetime64[ms]")).astype("timedelta64[ms]")
    return np.where(np.isnat(gap), np.nan, gap.astype(np.int64) / 1000.0)
