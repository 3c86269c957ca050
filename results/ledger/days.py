"""Counts of days: the same of records that came and of days that were simulated.

What a simulated centre would export is counted by the very code that counts its records, so that a
difference is one of the centre and not of the counting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from results.backtest import cells
from results.backtest.cells import Numbers
from scenarios.fit.calls import DAY_S, Calls, Dates
from scenarios.fit.staffing import logged_on
from scenarios.parts.channels import WRITTEN
from scenarios.records.columns import Times
from scenarios.records.contacts import Contacts, Outcome
from scenarios.records.intervals import Intervals
from scenarios.records.report import DataReport
from sim.trace.codes import ContactKind
from sim.trace.codes import Outcome as Simulated
from sim.trace.trace import Trace

COUNTS = (
    *cells.COUNTS,
    *("talked", "talk_s", "handled", "handle_s", "agent_s", "staffed_s", "days"),
)
"""What is counted of a day, of those who asked for an agent: calls, how many hung up, their wait in
all, how many had to wait, how many were answered in time, the wait of those who hung up; calls
whose talk is known, and its time with holds; calls whose wrap-up is known too, and the time with
it; seconds of agents between their first and last call, gaps over 15 minutes left out; seconds of
agents logged on; days."""

HOUR_S = 3600.0


@dataclass(frozen=True)
class Quantity:
    """Something that is predicted of days: one count over another.

    Attributes:
        name: What it is called in files.
        title: What it is called for people.
        above: The count, or place of it in `COUNTS`.
        below: What it is divided by.
        unit: As of a measure: share, s, hours, or empty for a number.
        keys: Of an assumption, parts of key paths where the scenario has it.
        advice: Of an assumption, what to look at.
    """

    name: str
    title: str
    above: int
    below: int
    unit: str
    keys: tuple[str, ...] = ()
    advice: str = ""

    def of(self, counts: Numbers) -> Numbers:
        """The quantity of counts (last axis: `COUNTS`), NaN where nothing was counted."""
        above, below = counts[..., self.above], counts[..., self.below]
        nothing = np.full(above.shape, np.nan)
        found = np.divide(above, below, out=nothing, where=below > 0)
        return np.asarray(found / HOUR_S if self.unit == "hours" else found)


def _at(name: str) -> int:
    return COUNTS.index(name)


MEASURES = tuple(
    Quantity(one.name, one.title, one.above, one.below, "share" if one.percent else "s")
    for one in cells.FIGURES
)
"""What customers notice: each has a band that holds or does not."""

INPUTS = (
    Quantity(
        *("calls", "Calls a day", _at("calls"), _at("days"), ""),
        ("volume", "busyness_cv", "day_types"),
        "how many customers come (reasons.*.volume)",
    ),
    Quantity(
        *("talk", "Talk and hold", _at("talk_s"), _at("talked"), "s"),
        ("handling", "talk_factor"),
        "how long customers are talked to (reasons.*.handling, groups.*.talk_factor)",
    ),
    Quantity(
        *("handle", "Handling time", _at("handle_s"), _at("handled"), "s"),
        ("handling", "talk_factor", "wrap_up"),
        "how long a contact takes (reasons.*.handling with wrap_up_s, groups.*.talk_factor)",
    ),
    Quantity(
        *("patience", "Wait per hang-up", _at("wait"), _at("abandoned"), "s"),
        ("patience", "hangs_up", "redial"),
        "how long customers wait before they hang up (reasons.*: patience_s, patience_factor)",
    ),
    Quantity(
        *("agents", "Agents active a day", _at("agent_s"), _at("days"), "hours"),
        ("groups", "availability", "absence"),
        "who works when, and is there (groups.*: heads, shifts, absence, availability)",
    ),
    Quantity(
        *("staffed", "Agents logged on a day", _at("staffed_s"), _at("days"), "hours"),
        ("groups", "availability", "absence"),
        "who works when, and is there (groups.*: heads, shifts, absence, availability)",
    ),
)
"""What went into a prediction and can be seen in records. Of the wait of all over the number who
hang up: that is the mean patience where it is exponential, whatever the load."""

QUANTITIES = (*MEASURES, *INPUTS)


def of_calls(calls: Calls, dates: Dates, within_s: float) -> Numbers:
    """Dates × counts of call records, NaN where they do not tell; 0 for a date without a call."""
    each = cells.observed(calls, dates, within_s).sum(axis=1)
    asked = calls.asked & np.isin(calls.date, dates)
    talk = np.where(calls.answered, calls.contacts.talk_s, np.nan)
    talked = _known(dates, calls, talk)
    handled = _known(dates, calls, talk + calls.contacts.wrap_up_s)
    agent = np.zeros(len(dates))
    for window in logged_on(calls):
        agent[dates == window.date] += window.end - window.start
    if not (calls.agent[asked] >= 0).any():
        agent = np.full(len(dates), np.nan)
    nothing, days = np.full(len(dates), np.nan), np.ones(len(dates))
    return np.column_stack([each, *talked, *handled, agent, nothing, days])


def _known(dates: Dates, calls: Calls, values: Numbers) -> tuple[Numbers, Numbers]:
    """How many values are known, and their sum, by date; NaN where none is on any."""
    known = calls.asked & np.isin(calls.date, dates) & ~np.isnan(values)
    if not known.any():
        nothing = np.full(len(dates), np.nan)
        return nothing, nothing
    sums = (np.ones(int(known.sum())), values[known])
    count, total = (_by_date(dates, calls.date[known], one) for one in sums)
    return count, total


def of_intervals(found: Intervals, dates: Dates, within_s: float) -> Numbers:
    """Dates × counts of interval reports, NaN where they do not tell."""
    date = found.start.astype("datetime64[D]")
    rows = np.isin(date, dates)
    date, known = date[rows], {name: getattr(found, name)[rows] for name in _OF_INTERVALS}
    wait_answered = _times(known["answered"], known["asa_s"])
    wait_abandoned = _times(known["abandoned"], known["abandon_wait_s"])
    in_time = np.where(
        known["service_level_s"] == within_s,
        _times(known["offered"], known["service_level"]),
        np.nan,
    )
    columns = {
        "calls": known["offered"],
        "abandoned": known["abandoned"],
        "wait": wait_answered + wait_abandoned,
        "within": in_time,
        "wait_abandoned": wait_abandoned,
        "talked": known["answered"],
        "talk_s": _times(known["answered"], known["talk_s"] + np.nan_to_num(known["hold_s"])),
        "handled": known["answered"],
        "handle_s": _times(known["answered"], known["aht_s"]),
        "staffed_s": known["staffed"] * known["length_s"],
        "days": np.zeros(len(date)),
    }
    nothing = np.full(len(date), np.nan)
    counts = [_by_date(dates, date, columns.get(name, nothing)) for name in COUNTS]
    table = np.column_stack(counts)
    table[:, _at("days")] = 1.0
    return table


_OF_INTERVALS = (
    *("length_s", "offered", "answered", "abandoned", "service_level", "service_level_s"),
    *("asa_s", "abandon_wait_s", "talk_s", "hold_s", "aht_s", "staffed"),
)


def _times(count: Numbers, mean: Numbers) -> Numbers:
    """A sum from a count and a mean; of nothing it is 0, whatever the mean."""
    return np.where(count == 0, 0.0, count * mean)


def of_trace(trace: Trace, first: np.datetime64, dates: Dates, within_s: float) -> Numbers:
    """Dates × counts of a simulated centre.

    Args:
        trace: of a replication.
        first: date of its first day.
        dates: those that are counted.
        within_s: target of the service level.
    """
    table = of_calls(Calls(as_records(trace, first)), dates, within_s)
    spans = trace.spans.as_dict()
    length = spans["end"] - spans["start"]
    date = first + np.floor(spans["start"] / DAY_S).astype(int)
    table[:, _at("staffed_s")] = _by_date(dates, date, length)
    # No caller and no agent on a day is known of a simulation, and is 0.
    return np.nan_to_num(table)


def as_records(trace: Trace, first: np.datetime64) -> Contacts:
    """Call records of a simulated centre, in whole seconds as a telephone system writes them.

    Contacts that the centre began itself, and what is written, are not among them.
    """
    rows = trace.contacts.as_dict()
    written = [code for code, name in enumerate(trace.channels) if name in WRITTEN]
    began = np.isin(rows["kind"], (ContactKind.CALLBACK, ContactKind.FOLLOW_UP))
    answered, left = ~np.isnan(rows["answered"]), ~np.isnan(rows["ended"])
    over = answered | (left & (rows["outcome"] == Simulated.ABANDONED))
    kept = ~np.isnan(rows["queued"]) & over & ~began & ~np.isin(rows["channel"], written)
    order = np.flatnonzero(kept)
    order = order[np.argsort(rows["queued"][order], kind="stable")]
    row = {name: column[order] for name, column in rows.items()}
    was_answered = ~np.isnan(row["answered"])
    leaves = np.where(was_answered, row["answered"], row["ended"])
    ends = row["ended"]
    queued, never = _moments(row["queued"], first), np.datetime64("NaT", "ms")
    count = len(order)
    return Contacts(
        arrived=queued,
        queued=queued,
        left_queue=_moments(leaves, first),
        answered=np.where(was_answered, _moments(leaves, first), never),
        ended=np.where(was_answered & ~np.isnan(ends), _moments(ends, first), never),
        outcome=np.where(was_answered, Outcome.ANSWERED, Outcome.ABANDONED).astype(np.int32),
        agent=np.where(was_answered, row["agent"], -1).astype(np.int32),
        reason=row["reason"].astype(np.int32),
        queue=np.zeros(count, np.int32),
        customer=row["case"].astype(np.int32),
        priority=np.full(count, np.nan),
        transferred=row["transfers"] > 0,
        hold_s=row["hold_s"],
        wrap_up_s=row["wrap_up_s"],
        reason_names=trace.reasons,
        queue_names=("all",),
        report=DataReport(("simulated",), "call records", "simulated", count, count),
    )


def _moments(seconds: Numbers, first: np.datetime64) -> Times:
    whole = np.round(np.nan_to_num(seconds)).astype(np.int64)
    moments: Times = first.astype("datetime64[ms]") + whole * np.timedelta64(1000, "ms")
    return moments


def _by_date(dates: Dates, date: npt.NDArray[np.datetime64], values: Numbers) -> Numbers:
    """Sums of values by date; those of other dates are left out."""
    inside = np.isin(date, dates)
    place = np.searchsorted(dates, date[inside])
    return np.bincount(place, values[inside], minlength=len(dates)).astype(float)
