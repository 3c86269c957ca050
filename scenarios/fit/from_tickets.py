"""A usual week fitted to a ticket log: written contacts, hand-offs and reopening."""

import numpy as np

from scenarios.fit.arrivals import level_of, put_level, variation_of
from scenarios.fit.calls import DAY_S, WEEKDAYS, weekday_of
from scenarios.fit.document import Document
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate, share_of
from scenarios.fit.resampled import Drawn, Key, Sets
from scenarios.fit.survival import kaplan_meier
from scenarios.fit.week import Uncertain, Week, shown
from scenarios.records.columns import Flags, Numbers
from scenarios.records.tickets import Tickets

WORK_MIN = 10.0
"""Minutes of work on a ticket: a log shows how long it lay, never how long anybody worked."""
MANY = 3
"""So many hand-offs and more are one class."""


def week_of_tickets(records: Tickets) -> tuple[Week, tuple[str, ...]]:
    """The week, and what was and was not fitted in lines for people.

    Raises:
        FitError: there are fewer than a hundred tickets.
    """
    if len(records) < 100:
        raise FitError(f"Only {len(records)} tickets; a fit needs a hundred.")
    dates = records.opened.astype("datetime64[D]")
    every = np.arange(dates.min(), dates.max() + 1)
    week = Week({}, {}, [], sets=Sets(Drawn.of(every)))
    agents = len(np.unique(records.agent[records.agent >= 0]))
    heads = max(agents, 1)
    week.document = {
        "title": "Fitted desk",
        "story": f"A usual week, fitted to {len(records):,} tickets.",
        "horizon": {"days": 7, "first_weekday": "monday"},
        "reasons": {},
        "groups": {"desk": {"heads": heads}},
    }
    for code, name in enumerate(records.reason_names):
        rows = records.reason == code
        if rows.sum() >= 20:
            _reason(week, records, rows, name or "ticket")
    if not week.document["reasons"]:
        _reason(week, records, np.ones(len(records), dtype=bool), "ticket")
    week.notes["groups.desk"] = [
        f"{heads} persons in the log; who worked when is not in it: write the roster.",
    ]
    open_time = time_to_solve(records)
    lines = (
        f"Fitted to {len(records):,} tickets.",
        f"Time until solved, median {shown(open_time, 's')}; open tickets count as longer.",
        *_handed_on(records),
        *(
            f"Reopened after {number} hand-offs: {shown(share, '%')}"
            for number, share in reopened_by_hand_offs(records).items()
        ),
        (
            "Not fitted, because a ticket log does not show it: time worked on a ticket (written "
            f"as {WORK_MIN:.0f} minutes, an assumption), who worked when, how long customers wait "
            "before they ask again."
        ),
    )
    return week, lines


def _reason(week: Week, records: Tickets, rows: Flags, name: str) -> None:
    reopened = reopened_by_hand_offs(records, rows)
    table: Document = {
        "channels": {"email": 1.0},
        "groups": ["desk"],
        "volume": {"factor": 1.0, "interval_min": 60, "counts": _counts(records, rows)},
        "handling": {
            "email": {"talk_s": {"distribution": "lognormal", "mean": 60 * WORK_MIN, "cv": 1.2}}
        },
    }
    totals = _by_day(week.sets.drawn, records, rows)
    level = level_of(totals, variation_of(week.sets.drawn.dates, totals[:, None]))
    if level.value > 0:
        key: Key = ("reasons", name, "volume", "factor")
        days = "days counted, and chance in them"
        week.uncertain.append(Uncertain(key, level.scaled(1 / level.value), days))
        put_level(week.sets, key, totals)
    if 0 in reopened:
        table["false_resolution"] = round(reopened[0].value, 4)
        key = ("reasons", name, "false_resolution")
        week.uncertain.append(Uncertain(key, reopened[0], "tickets reopened without a hand-off"))
        kept = rows & _solved(records) & (records.reassigned == 0)
        again, solved = (
            _by_day(week.sets.drawn, records, some)
            for some in (kept & (records.reopened > 0), kept)
        )
        week.sets.scaled(key, reopened[0].value, again, solved, most=1.0)
    later = [reopened[n] for n in range(1, MANY + 1) if n in reopened]
    if 0 in reopened and len(later) == MANY:
        table["false_resolution_by_hand_offs"] = [round(share.value, 4) for share in later]
    table["repeat"] = {"probability": 1.0, "delay_min": 1440}
    week.document["reasons"][name] = table
    week.notes[f"reasons.{name}"] = [f"{int(rows.sum()):,} tickets."]


def _by_day(drawn: Drawn, records: Tickets, rows: Flags) -> Numbers:
    """Tickets opened on each day, of some rows."""
    place = (records.opened[rows].astype("datetime64[D]") - drawn.dates[0]).astype(int)
    return np.bincount(place, minlength=len(drawn.dates)).astype(float)


def reopened_by_hand_offs(records: Tickets, rows: Flags | None = None) -> dict[int, Estimate]:
    """Share of solved tickets that were reopened, after 0, 1, 2, and 3 or more hand-offs."""
    known = _solved(records)
    if rows is not None:
        known &= rows
    hand_offs = np.minimum(np.nan_to_num(records.reassigned), MANY)
    shares = {}
    for number in range(MANY + 1):
        mine = known & (hand_offs == number)
        if mine.sum() >= 20:
            shares[number] = share_of(float((records.reopened[mine] > 0).sum()), int(mine.sum()))
    return shares


def _solved(records: Tickets) -> Flags:
    """Tickets that were solved, and of which hand-offs and reopening are recorded."""
    known = ~np.isnan(records.reopened) & ~np.isnan(records.reassigned)
    return known & (~np.isnat(records.solved) | (records.reopened > 0))


def _handed_on(records: Tickets) -> tuple[str, ...]:
    """How many tickets another agent or group went on with, for people."""
    known = ~np.isnan(records.reassigned)
    if not known.any():
        return ()
    share = share_of(float((records.reassigned[known] > 0).sum()), int(known.sum()))
    said = (
        f"Handed on at least once: {shown(share, '%')}. To whom is not followed: all are one "
        "group. Where a second level takes over, write it as [escalation]."
    )
    return (said,)


def time_to_solve(records: Tickets) -> Estimate:
    """Median seconds from opening to solution; tickets still open are longer than they are old."""
    solved = ~np.isnat(records.solved)
    latest = max(
        records.opened.max(), records.solved[solved].max() if solved.any() else records.opened.max()
    )
    end = np.where(solved, records.solved, latest)
    time = (end - records.opened).astype("timedelta64[ms]").astype(float) / 1000
    return kaplan_meier(np.maximum(time, 1.0), solved).quantile(0.5)


def _counts(records: Tickets, rows: Flags) -> dict[str, list[float]]:
    dates = records.opened.astype("datetime64[D]")
    every = np.arange(dates.min(), dates.max() + 1)
    hour = (records.opened - dates).astype("timedelta64[h]").astype(int)
    table = {}
    for name in WEEKDAYS:
        days = sum(weekday_of(date) == name for date in every)
        of_day = rows & np.array([weekday_of(date) == name for date in dates])
        if days and of_day.any():
            counts = np.bincount(hour[of_day], minlength=DAY_S // 3600) / days
            table[name] = [round(float(count), 3) for count in counts]
    return table
