"""Ticket logs as a clean table with its report."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from scenarios.records.calls.times import absolute, as_times
from scenarios.records.columns import Codes, Numbers
from scenarios.records.days import days_of
from scenarios.records.fields import Fields
from scenarios.records.names import plain
from scenarios.records.problems import refused
from scenarios.records.report import DataReport, Figure
from scenarios.records.reporting import report_of
from scenarios.records.rows import wanted
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.tickets import Tickets
from scenarios.records.values.clock import DAY_MS, number
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Calendar
from scenarios.records.years import strays

_TIMES = ("opened", "assigned", "first_reply", "solved", "closed", "updated")
_NAMED = ("group", "reason", "status", "channel")
_URGENCY = (
    ("critical|urgent|blocker|emergency|highest|dringend", 1.0),
    ("high|major|hoch|alta", 2.0),
    ("normal|medium|moderate|mittel|media", 3.0),
    ("low|minor|niedrig|baixa|planning|trivial", 4.0),
)


@dataclass(frozen=True, eq=False)
class _Rows:
    """Tickets row by row; times in milliseconds since 1970."""

    opened: Numbers
    assigned: Numbers
    first_reply: Numbers
    solved: Numbers
    updated: Numbers
    changes: Numbers
    reopened: Numbers
    reassigned: Numbers
    group: Codes
    reason: Codes
    status: Codes
    channel: Codes
    agent: Codes
    customer: Codes
    priority: Numbers
    id: Codes

    def __len__(self) -> int:
        return len(self.opened)

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> _Rows:
        return _Rows(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def tickets_of(grid: Grid, taken: Taken, notes: Notes) -> Tickets:
    """Clean tickets from rows of a ticket log.

    Raises:
        RecordsError: if no row says when a ticket was opened.
    """
    reader = Fields(grid, taken, notes)
    rows, names = _read(reader)
    before = _figures(rows)
    rows = _in_order(
        _dated(_last_of_each(rows.take(wanted(grid, taken, notes)), notes), notes), notes
    )
    rows = rows.take(np.argsort(rows.opened, kind="stable"))
    if "solve_length" in taken.columns or "solved" in taken.columns:
        notes.say(
            "Times to reply and to solve are elapsed times.",
            "They were kept as such.",
            "They are not the time that somebody works on a ticket.",
        )
    report = report_of(grid, taken, notes, len(rows))
    return _table(rows, names, _completed(report, rows, before))


def _read(reader: Fields) -> tuple[_Rows, dict[str, tuple[str, ...]]]:
    times = _times(reader)
    nothing = reader.nothing()
    opened = times["opened"]
    solved = times.get("solved", nothing)
    solved = np.where(np.isnan(solved), times.get("closed", nothing), solved)
    solve_ms = 1000 * reader.length("solve_length", guess=False)
    reply = times.get("first_reply", nothing)
    reply_ms = 1000 * reader.length("first_reply_length", guess=False)
    codes: dict[str, Codes] = {}
    names: dict[str, tuple[str, ...]] = {}
    for name in _NAMED:
        codes[name], names[name] = reader.names(name)
    made = _Rows(
        opened=opened,
        assigned=times.get("assigned", nothing),
        first_reply=np.where(np.isnan(reply), opened + reply_ms, reply),
        solved=np.where(np.isnan(solved), opened + solve_ms, solved),
        updated=times.get("updated", nothing),
        changes=reader.count("changes"),
        reopened=reader.count("reopened"),
        reassigned=_reassigned(reader),
        **codes,
        agent=reader.persons("agent"),
        customer=reader.persons("customer"),
        priority=_priority(reader),
        id=reader.persons("id"),
    )
    return made, names


def _times(reader: Fields) -> dict[str, Numbers]:
    taken = reader.taken
    cells = {name: each for name in _TIMES if (each := reader.cells(name)) is not None}
    read = Calendar(taken.mapping.dates or None, reader.notes).read(
        {taken.columns[name]: each for name, each in cells.items()}
    )
    moments = {name: read[taken.columns[name]] for name in cells}
    if np.isnan(moments["opened"].days).all():
        rule = f'has no date in "{taken.columns["opened"]}" that can be read'
        raise refused(
            reader.grid.files, rule, "Name the column in a mapping file (columns.opened)."
        )
    for name, column in moments.items():
        if column.is_date:
            midnight = np.where(np.isnan(column.days), np.nan, 0.0)
            moments[name] = replace(column, clock_ms=midnight)
    if moments["opened"].clock_ms[~np.isnan(moments["opened"].days)].max(initial=0.0) == 0.0:
        reader.notes.say("Tickets have the date of opening and no time of day.", "It is midnight.")
    return absolute(moments, "opened", taken.mapping, reader.notes)


def _reassigned(reader: Fields) -> Numbers:
    told = reader.count("reassigned")
    stations = reader.count("stations")
    return np.where(np.isnan(told), np.maximum(stations - 1, 0.0), told)


def _priority(reader: Fields) -> Numbers:
    cells = reader.cells("priority")
    if cells is None:
        return reader.nothing()
    return cells.numbers(_urgency)


def _urgency(text: str) -> float:
    """1 for the most urgent: from "1 - Critical", "P2" or "High"."""
    if found := re.match(r"^p?\s*(\d{1,2})\b", text.lower()):
        return float(found[1])
    word = plain(text)
    for pattern, value in _URGENCY:
        if re.search(pattern, word):
            return value
    found_number = number(text)
    return np.nan if found_number is None else found_number


def _last_of_each(rows: _Rows, notes: Notes) -> _Rows:
    """The last row of each ticket, with the first of its openings."""
    known = rows.id >= 0
    if not known.any():
        return rows
    keys = (np.arange(len(rows)), np.nan_to_num(rows.changes), np.nan_to_num(rows.updated))
    ordered = rows.take(np.lexsort((*keys, rows.id)))
    same = (ordered.id[1:] == ordered.id[:-1]) & (ordered.id[1:] >= 0)
    last = np.concatenate([~same, [True]])
    first = np.concatenate([[True], ~same])
    notes.add(
        "Tickets have more rows than one: a row for each change.",
        int((~last).sum()),
        "The last state of each was kept.",
        f"{len(rows):,} rows are {int(last.sum()):,} tickets" if not last.all() else "",
    )
    place = np.cumsum(first) - 1
    opened = np.full(int(last.sum()), np.inf)
    np.fmin.at(opened, place, ordered.opened)
    kept = ordered.take(last)
    return replace(kept, opened=np.where(np.isinf(opened), np.nan, opened))


def _dated(rows: _Rows, notes: Notes) -> _Rows:
    known = ~np.isnan(rows.opened)
    notes.add("Tickets have no time of opening.", int((~known).sum()), "They were left out.")
    rows = rows.take(known)
    shift, unfit = strays(np.floor_divide(rows.opened, DAY_MS).astype(np.int64))
    notes.add(
        "Tickets were opened in another year than all others.",
        int((shift != 0).sum()),
        "The year of the others was taken.",
    )
    notes.add(
        "Tickets were opened months from all others.",
        int(unfit.sum()),
        "They were left out.",
    )
    return replace(rows, opened=rows.opened + shift * DAY_MS).take(~unfit)


def _in_order(rows: _Rows, notes: Notes) -> _Rows:
    made = {}
    for name, what in (
        ("assigned", "assigned"),
        ("first_reply", "replied to"),
        ("solved", "solved"),
    ):
        times = getattr(rows, name)
        early = times < rows.opened
        notes.add(
            f"Tickets are {what} before they are opened.",
            int(early.sum()),
            "That time counts as not known.",
        )
        made[name] = np.where(early, np.nan, times)
    return replace(rows, **made)


def _figures(rows: _Rows) -> tuple[float, float, float]:
    hours = (rows.solved - rows.opened) / 3_600_000
    return (
        float(np.nanmedian(hours)) * 3600 if not np.isnan(hours).all() else np.nan,
        _share_over_0(rows.reopened),
        _share_over_0(rows.reassigned),
    )


def _share_over_0(values: Numbers) -> float:
    known = values[~np.isnan(values)]
    return float((known > 0).mean()) if len(known) else np.nan


def _completed(report: DataReport, rows: _Rows, before: tuple[float, float, float]) -> DataReport:
    names = (
        ("time to solve (median)", "s"),
        ("reopened", "share"),
        ("handed on", "share"),
    )
    figures = tuple(
        Figure(name, unit, old, new)
        for (name, unit), old, new in zip(names, before, _figures(rows), strict=True)
    )
    return replace(report, figures=figures, days=days_of(as_times(rows.opened)))


def _table(rows: _Rows, names: dict[str, tuple[str, ...]], report: DataReport) -> Tickets:
    return Tickets(
        opened=as_times(rows.opened),
        assigned=as_times(rows.assigned),
        first_reply=as_times(rows.first_reply),
        solved=as_times(rows.solved),
        reopened=rows.reopened,
        reassigned=rows.reassigned,
        group=rows.group,
        reason=rows.reason,
        status=rows.status,
        agent=rows.agent,
        customer=rows.customer,
        priority=rows.priority,
        channel=rows.channel,
        **{f"{name}_names": names[name] for name in _NAMED},
        report=report,
    )
