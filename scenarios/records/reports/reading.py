"""The columns of interval reports as numbers, before rows of one interval are put together."""

from __future__ import annotations

import numpy as np

from scenarios.checks.problems import Problem
from scenarios.records.calls.times import absolute
from scenarios.records.columns import Codes, Flags, Numbers
from scenarios.records.fields import Fields, public_names
from scenarios.records.names import plain
from scenarios.records.problems import RecordsError
from scenarios.records.reports.means import are_sums, mean_of
from scenarios.records.sources.cells import Cells
from scenarios.records.values import amounts
from scenarios.records.values.clock import DAY_MS
from scenarios.records.values.misread import Notes
from scenarios.records.values.moments import Calendar, Moments

_MONDAY = 4
"""1970-01-05, the first Monday of the typical week that weekdays without dates stand in."""
_WEEKDAYS = (
    *("mo|lu|se", "tu|di|ma|te", "we|mi|mer|qua", "th|do|je|ju|qui", "fr|ve|vi|sex"),
    *("sa", "su|so|dim|dom"),
)


def starts(fields: Fields) -> tuple[Numbers, bool]:
    """Milliseconds since 1970 of each row's interval, and whether rows are whole days.

    Raises:
        RecordsError: if there are neither dates nor weekdays.
    """
    taken, notes = fields.taken, fields.notes
    columns = {
        taken.columns[name]: cells
        for name in ("date", "start")
        if (cells := fields.cells(name)) is not None
    }
    read = Calendar(taken.mapping.dates or None, notes).read(columns)
    moments: dict[str, Moments] = {
        name: read[taken.columns[name]] for name in ("date", "start") if name in taken.columns
    }
    if "start" not in moments and "date" in moments:
        moments["start"] = moments.pop("date")
    whole_days = "start" not in moments or bool(np.isnan(moments["start"].clock_ms).all())
    start = moments.get("start") or _blank(len(fields.grid))
    if whole_days:
        start = Moments(start.days, np.zeros(len(start.days)), start.offset_min)
    undated = np.isnan(start.days).all() and "date" not in moments
    if undated:
        start = Moments(_weekdays(fields), start.clock_ms, start.offset_min)
    moments["start"] = start
    return absolute(moments, "start", taken.mapping, notes)["start"], whole_days


def _blank(rows: int) -> Moments:
    nothing = np.full(rows, np.nan)
    return Moments(nothing, nothing, nothing)


def _weekdays(fields: Fields) -> Numbers:
    cells = fields.cells("weekday")
    if cells is None:
        rule = "has times of day and neither dates nor weekdays"
        hint = "Export the date as well, or name its column in a mapping file (columns.date)."
        raise RecordsError([Problem(fields.grid.files, "", None, rule, hint)])
    fields.notes.say(
        "The rows have weekdays and no dates.",
        "They were read as one typical week.",
        "How much days differ from each other cannot be seen from it.",
    )
    read = [_weekday(plain(text)) for text in cells.texts]
    bad = [place for place, day in enumerate(read) if day is None]
    fields.notes.misread(fields.taken.columns["weekday"], cells, bad, "weekdays")
    values = [np.nan if day is None else float(_MONDAY + day) for day in read]
    return cells.each(np.array(values, dtype=np.float64), np.nan)


def _weekday(word: str) -> int | None:
    if word.isdigit():
        return int(word) - 1 if 1 <= int(word[:2]) <= 7 else None
    for day, beginnings in enumerate(_WEEKDAYS):
        if any(word.startswith(each) for each in beginnings.split("|")):
            return day
    return None


def lengths(fields: Fields, start: Numbers, *, whole_days: bool) -> Numbers:
    """Seconds of each row's interval."""
    rows = len(start)
    if fields.taken.mapping.interval_min:
        return np.full(rows, 60.0 * fields.taken.mapping.interval_min)
    if whole_days:
        return np.full(rows, DAY_MS / 1000)
    known = fields.nothing()
    if "end" in fields.taken.columns:
        column = fields.taken.columns["end"]
        cells = fields.cells("end")
        assert cells is not None, "the column is there"
        order = fields.taken.mapping.dates or None
        ends = Calendar(order, Notes()).read({column: cells})[column]
        span = np.mod(ends.clock_ms - np.mod(start, DAY_MS), DAY_MS) / 1000
        # An end of 08:29:59 is that of half an hour.
        known = np.where(np.mod(span, 60) == 59, span + 1, span)
    minutes = fields.count("length_min") if "length_min" in fields.taken.columns else known
    known = np.where(np.isnan(known) | (known <= 0), 60 * minutes, known)
    usual = _usual_gap(start) if np.isnan(known).all() else float(np.nanmedian(known))
    return np.where(np.isnan(known) | (known <= 0), usual, known)


def _usual_gap(start: Numbers) -> float:
    """Seconds from one interval to the next, most often."""
    gaps = np.diff(np.unique(start[~np.isnan(start)])) / 1000.0
    gaps = gaps[(gaps > 0) & (gaps <= 4 * 3600)]
    if not len(gaps):
        return 3600.0
    each, counts = np.unique(gaps, return_counts=True)
    return float(each[np.argmax(counts)])


def mean_s(fields: Fields, name: str, counts: Numbers) -> Numbers:
    """Mean seconds of the contacts of an interval, from a column of means or of sums."""
    values, fixed = fields.length(name), name in fields.taken.mapping.columns
    if not fixed and name in fields.taken.columns:
        column = fields.taken.columns[name]
        if are_sums(column, values, counts):
            fields.notes.say(
                f'"{column}" grows with the number of contacts.',
                "It was taken as the sum over them, not as their mean.",
            )
            values = mean_of(values, counts)
    sums = name.removesuffix("_of_answered") + "_sum"
    return np.where(np.isnan(values), mean_of(fields.length(sums, guess=False), counts), values)


def queues(fields: Fields) -> tuple[Codes, tuple[str, ...]]:
    """Codes and names of queues; of several systems, with the system's name before."""
    cells = fields.cells("queue")
    if cells is None or fields.taken.mapping.per_agent:
        return np.full(len(fields.grid), -1, dtype=np.int32), ()
    systems = fields.cells("acd")
    if systems is not None and len(systems.texts) > 1:
        cells = _pairs(systems, cells)
    return public_names(cells, fields.taken, "queue", fields.notes)


def _pairs(systems: Cells, cells: Cells) -> Cells:
    """Each queue with its system: the same number in two systems is two queues."""
    both = np.where(cells.known, systems.codes * len(cells.texts) + cells.codes, -1)
    each, places = np.unique(both[cells.known & systems.known], return_inverse=True)
    codes = cells.codes.copy()
    codes[cells.known & systems.known] = places
    codes[~(cells.known & systems.known)] = -1
    names = [
        f"{systems.texts[pair // len(cells.texts)]}-{cells.texts[pair % len(cells.texts)]}"
        for pair in each
    ]
    return Cells(names, codes)


def partial(fields: Fields) -> Flags:
    """Rows of intervals that are not over yet."""
    complete = fields.cells("complete")
    if complete is None:
        return np.zeros(len(fields.grid), dtype=bool)
    found = complete.known & ~amounts.flags(complete)
    fields.notes.add(
        "Intervals are marked as not complete.", int(found.sum()), "They were left out."
    )
    return np.asarray(found)
