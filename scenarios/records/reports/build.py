"""Interval reports as a clean table with its report."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from scenarios.records.calls.times import as_times
from scenarios.records.columns import Numbers
from scenarios.records.days import days_of
from scenarios.records.fields import Fields
from scenarios.records.intervals import Intervals
from scenarios.records.outages import unstaffed
from scenarios.records.report import DataReport, Figure
from scenarios.records.reporting import report_of
from scenarios.records.reports import reading
from scenarios.records.reports.bands import banded, queue_codes
from scenarios.records.reports.means import mean_of, weighted
from scenarios.records.reports.rows import Rows, copies, doubled, put_together
from scenarios.records.rows import wanted
from scenarios.records.sources.grid import Grid
from scenarios.records.taken import Taken
from scenarios.records.values.clock import DAY_MS
from scenarios.records.values.misread import Notes
from scenarios.records.years import strays

_SECONDS = re.compile(r"(\d{1,4})\s*(?:s\b|sec)", re.IGNORECASE)
_LONGEST_S = 4 * 3600.0
_NIGHT_MS = 4 * 3_600_000


def intervals_of(grid: Grid, taken: Taken, notes: Notes) -> Intervals:
    """Clean intervals from rows of interval reports.

    Raises:
        RecordsError: if the rows have neither dates nor weekdays.
    """
    fields = Fields(grid, taken, notes)
    start, whole_days = reading.starts(fields)
    length = reading.lengths(fields, start, whole_days=whole_days)
    rows, queues, bounds = _banded(fields, start, length) or _plain(fields, start, length)
    before = _figures(rows)
    keep = wanted(grid, taken, notes) & ~reading.partial(fields)
    rows = rows.take(np.tile(keep, len(rows) // max(len(keep), 1)))
    rows = _sensible(_one_row_each(_dated(rows, notes), taken, notes), notes)
    report = report_of(grid, taken, notes, len(rows))
    return _table(rows, queues, bounds, _service_s(fields), _completed(report, rows, before))


def _plain(
    fields: Fields, start: Numbers, length: Numbers
) -> tuple[Rows, tuple[str, ...], tuple[float, ...]]:
    offered, answered, abandoned = _counts(fields)
    queue, queues = reading.queues(fields)
    within = fields.count("within")
    handled = mean_of(fields.length("handle_sum", guess=False), answered)
    talk, hold = reading.mean_s(fields, "talk", answered), reading.mean_s(fields, "hold", answered)
    wrap_up = reading.mean_s(fields, "wrap_up", answered)
    parts = talk + np.nan_to_num(hold) + np.nan_to_num(wrap_up)
    aht = reading.mean_s(fields, "aht", answered)
    aht = np.where(np.isnan(aht), np.where(np.isnan(handled), parts, handled), aht)
    level = fields.share("service_level")
    asa = reading.mean_s(fields, "asa", answered)
    waits = fields.length("answer_wait_sum", guess=False)
    rows = Rows(
        start=start,
        length_s=length,
        queue=queue,
        offered=offered,
        answered=answered,
        abandoned=abandoned,
        service_level=np.where(np.isnan(level), mean_of(within, offered), level),
        asa_s=np.where(np.isnan(asa), mean_of(waits, answered), asa),
        abandon_wait_s=reading.mean_s(fields, "abandon_wait", abandoned),
        aht_s=aht,
        talk_s=talk,
        hold_s=hold,
        wrap_up_s=wrap_up,
        staffed=_heads(fields, "staffed", length),
        available=_heads(fields, "available", length),
        away=_heads(fields, "away", length),
        occupancy=fields.share("occupancy"),
        required=fields.count("required"),
        forecast=fields.count("forecast"),
        forecast_aht_s=fields.length("forecast_aht"),
        within=np.zeros((len(start), 0)),
    )
    return rows, queues, ()


def _banded(
    fields: Fields, start: Numbers, length: Numbers
) -> tuple[Rows, tuple[str, ...], tuple[float, ...]] | None:
    made: list[Rows] = []
    queues: list[str] = []
    bounds: tuple[float, ...] = ()
    for prefix in fields.taken.mapping.bands:
        found = banded(fields, prefix)
        if found is None or (made and found[2] != bounds):
            continue
        counts, within, bounds = found
        nothing = fields.nothing()
        blank = dict.fromkeys(_MEASURED, nothing)
        rows = Rows(
            start=start,
            length_s=length,
            queue=queue_codes(len(start), len(queues)),
            **counts,
            **blank,
            within=within,
        )
        made.append(rows)
        queues.append(prefix)
    if not made:
        return None
    rows = made[0]
    for more in made[1:]:
        rows = rows + more
    return rows, tuple(queues), bounds


_MEASURED = (
    *("service_level", "asa_s", "abandon_wait_s", "aht_s", "talk_s", "hold_s", "wrap_up_s"),
    *("staffed", "available", "away", "occupancy", "required", "forecast", "forecast_aht_s"),
)


def _counts(fields: Fields) -> tuple[Numbers, Numbers, Numbers]:
    """Offered, answered and abandoned, each from the others where it is missing."""
    offered, answered = fields.count("offered"), fields.count("answered")
    abandoned = fields.count("abandoned")
    lost, taken_share = fields.share("abandoned_share"), fields.share("answered_share")
    abandoned = np.where(np.isnan(abandoned), lost * offered, abandoned)
    answered = np.where(np.isnan(answered), taken_share * offered, answered)
    answered = np.where(np.isnan(answered), offered - abandoned, answered)
    abandoned = np.where(np.isnan(abandoned), offered - answered, abandoned)
    offered = np.where(np.isnan(offered), answered + abandoned, offered)
    return offered, np.maximum(answered, 0.0), np.maximum(abandoned, 0.0)


def _heads(fields: Fields, name: str, length: Numbers) -> Numbers:
    """Agents on average over the interval, from a count or from seconds of all of them."""
    # What is measured (time logged on) comes before what is stated (the most at one moment).
    seconds = fields.length(f"{name}_sum", guess=False)
    measured = mean_of(seconds, length)
    return np.where(np.isnan(measured), fields.count(name), measured)


def _dated(rows: Rows, notes: Notes) -> Rows:
    known = ~np.isnan(rows.start)
    notes.add(
        "Rows have no date or time that can be read.", int((~known).sum()), "They were left out."
    )
    rows = rows.take(known)
    shift, unfit = strays(np.floor_divide(rows.start, DAY_MS).astype(np.int64))
    notes.add(
        "Dates have another year than all others.",
        int((shift != 0).sum()),
        "The year of the others was taken.",
    )
    notes.add("Dates lie months from all others.", int(unfit.sum()), "Their rows were left out.")
    return replace(rows, start=rows.start + shift * DAY_MS).take(~unfit)


def _one_row_each(rows: Rows, taken: Taken, notes: Notes) -> Rows:
    if not len(rows):
        return rows
    if not taken.mapping.per_agent:
        again = copies(rows)
        notes.add(
            "Rows are copies of another row in every figure.",
            int(again.sum()),
            "One of each was kept.",
            _effect(rows, rows.take(~again)),
        )
        rows = rows.take(~again)
    again = doubled(rows)
    night = again & (np.mod(rows.start, DAY_MS) < _NIGHT_MS)
    if taken.mapping.per_agent:
        notes.add("Rows are agents.", int(again.sum()), "Their times were added up to staffing.")
    else:
        notes.add(
            "An interval at night stands twice with other figures, as when the clock is set back.",
            int(night.sum()),
            "The two were put together.",
            "That interval of the clock has two hours' worth of contacts.",
        )
        notes.add(
            "An interval stands more than once with other figures.",
            int((again & ~night).sum()),
            "They were put together: counts added, means weighted.",
        )
    return put_together(rows)


def _sensible(rows: Rows, notes: Notes) -> Rows:
    more = rows.answered + rows.abandoned
    short = np.abs(rows.offered - more) > np.maximum(1.0, 0.02 * rows.offered)
    gap = float(np.nansum(rows.offered - more) / max(np.nansum(rows.offered), 1.0))
    notes.add(
        "Answered and abandoned do not add up to offered.",
        int(short.sum()),
        "Each was taken as it stands: the rest was passed on, or is counted elsewhere.",
        f"{gap:+.1%} of the offered are neither" if abs(gap) >= 0.001 else "",
    )
    empty = (rows.answered == 0) & ((rows.asa_s == 0) | (rows.aht_s == 0))
    notes.add(
        "Means are 0 where nothing was answered.", int(empty.sum()), "They count as not known."
    )
    nobody, nothing = rows.answered == 0, rows.offered == 0
    made = replace(
        rows,
        **{
            name: np.where(nobody, np.nan, getattr(rows, name))
            for name in ("asa_s", "aht_s", "talk_s", "hold_s", "wrap_up_s")
        },
        service_level=np.where(nothing, np.nan, rows.service_level),
        abandon_wait_s=np.where(rows.abandoned == 0, np.nan, rows.abandon_wait_s),
    )
    return _bounded(made, notes)


def _bounded(rows: Rows, notes: Notes) -> Rows:
    """Means that cannot be, negative or over four hours, count as not known."""
    made = {}
    for name in ("asa_s", "aht_s", "talk_s", "hold_s", "wrap_up_s", "abandon_wait_s"):
        values = getattr(rows, name)
        wrong = (values < 0) | (values > _LONGEST_S)
        said = name.removesuffix("_s").replace("_", " ")
        notes.add(
            f"Means of {said} are negative or over four hours.",
            int(wrong.sum()),
            "They count as not known.",
        )
        made[name] = np.where(wrong, np.nan, values)
    return replace(rows, **made)


def _service_s(fields: Fields) -> Numbers:
    """Seconds of the service level, from the mapping, a column or the name of one."""
    rows = len(fields.grid)
    if fields.taken.mapping.service_level_s:
        return np.full(rows, fields.taken.mapping.service_level_s)
    if "service_level_s" in fields.taken.columns:
        return fields.length("service_level_s", guess=False)
    for name in ("service_level", "within"):
        if found := _SECONDS.search(fields.taken.columns.get(name, "")):
            return np.full(rows, float(found[1]))
    return fields.nothing()


def _figures(rows: Rows) -> tuple[float, float, float]:
    offered = np.nansum(rows.offered)
    return (
        float(np.nansum(rows.abandoned) / offered) if offered else np.nan,
        weighted(rows.asa_s, rows.answered),
        weighted(rows.aht_s, rows.answered),
    )


def _effect(before: Rows, after: Rows) -> str:
    one, two = np.nansum(before.offered), np.nansum(after.offered)
    return f"offered {one:,.0f} → {two:,.0f}" if one != two else ""


def _completed(report: DataReport, rows: Rows, before: tuple[float, float, float]) -> DataReport:
    names = (
        ("abandoned", "share"),
        ("mean wait of the answered", "s"),
        ("mean handling time", "s"),
    )
    figures = tuple(
        Figure(name, unit, old, new)
        for (name, unit), old, new in zip(names, before, _figures(rows), strict=True)
    )
    start = as_times(rows.start)
    outages = unstaffed(start, rows.length_s, rows.offered, rows.answered, rows.staffed)
    return replace(report, figures=figures, days=days_of(start, rows.offered), outages=outages)


def _table(
    rows: Rows,
    queues: tuple[str, ...],
    bounds: tuple[float, ...],
    service_s: Numbers,
    report: DataReport,
) -> Intervals:
    values = {name: getattr(rows, name) for name in vars(rows) if name != "start"}
    known = service_s[~np.isnan(service_s)]
    threshold = float(np.median(known)) if len(known) else np.nan
    return Intervals(
        **values,
        start=as_times(rows.start),
        service_level_s=np.full(len(rows), threshold),
        within_s=bounds,
        queue_names=queues,
        report=report,
    )
