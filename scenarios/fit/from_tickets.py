"""A usual week fitted to a ticket log: written contacts, hand-offs and reopening."""

import numpy as np

from scenarios.fit.arrivals import level_of, put_level, variation_of
from scenarios.fit.calls import DAY_S, WEEKDAYS, weekday_of
from scenarios.fit.document import Document
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate, share_of
from scenarios.fit.figure import Uncertain, shown
from scenarios.fit.handed_on import PATH, HandedOn, handed_on_of, steps_of
from scenarios.fit.resampled import Drawn, Key, Sets
from scenarios.fit.survival import kaplan_meier
from scenarios.fit.week import Week
from scenarios.records.columns import Flags, Numbers
from scenarios.records.tickets import Tickets
from scenarios.shares import percent

WORK_MIN = 10.0
"""Minutes of work on a ticket: a log shows how long it lay, never how long anybody worked."""
LEAST_TICKETS = 20
"""A reason with fewer tickets is left out."""
DESK = "desk"
"""The group of all tickets of which nothing is known of groups."""
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
    reasons = {
        name or "ticket": rows
        for code, name in enumerate(records.reason_names)
        if (rows := records.reason == code).sum() >= LEAST_TICKETS
    } or {"ticket": np.ones(len(records), dtype=bool)}
    handed = {name: handed_on_of(records, rows) for name, rows in reasons.items()}
    week.document = {
        "title": "Fitted desk",
        "story": f"A usual week, fitted to {len(records):,} tickets.",
        "horizon": {"days": 7, "first_weekday": "monday"},
        "reasons": {},
        **_escalation(records, handed),
        "groups": _groups(week, records, handed),
    }
    for name, rows in reasons.items():
        _reason(week, records, rows, name, handed[name])
        _hand_on(week, records, name, handed[name])
    open_time = time_to_solve(records)
    lines = (
        f"Fitted to {len(records):,} tickets.",
        f"Time until solved, median {shown(open_time, 's')}; open tickets count as longer.",
        *_handed_on(records, handed),
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


def _reason(week: Week, records: Tickets, rows: Flags, name: str, handed: HandedOn | None) -> None:
    reopened = reopened_by_hand_offs(records, rows)
    table: Document = {
        "channels": {"email": 1.0},
        "groups": [DESK],
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
    kept = rows & (records.reassigned == 0) if handed is None else handed.stayed
    first = share_of(*_reopened(records, kept))
    if first.records >= LEAST_TICKETS:
        table["false_resolution"] = round(first.value, 4)
        key = ("reasons", name, "false_resolution")
        week.uncertain.append(Uncertain(key, first, "tickets reopened without a hand-off"))
        kept = kept & _solved(records)
        again, solved = (
            _by_day(week.sets.drawn, records, some)
            for some in (kept & (records.reopened > 0), kept)
        )
        week.sets.scaled(key, first.value, again, solved, most=1.0)
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


def _escalation(records: Tickets, handed: dict[str, HandedOn | None]) -> Document:
    steps = [
        step
        for name, one in handed.items()
        if one is not None
        for step in steps_of(one, name, records.group_names)
    ]
    return {"escalation": {PATH: {"steps": steps}}} if steps else {}


def _groups(week: Week, records: Tickets, handed: dict[str, HandedOn | None]) -> Document:
    """One desk, and the groups by name between which tickets are seen to go."""
    found: Document = {}
    ways = {name: one for name, one in handed.items() if one is not None}
    entries = {one.entry for one in ways.values()}
    others = {code for one in ways.values() for code in one.targets} - entries
    for code in sorted(entries) + sorted(others):
        group: Document = {"heads": _heads(records, records.group == code)}
        if code in others:
            group["tier"] = 2
        else:
            group["beyond_knowledge"] = PATH
        solves = {name: 1.0 for name, one in ways.items() if code in one.targets}
        found[records.group_names[code]] = group | ({"solve": solves} if solves else {})
    if len(ways) < len(handed):
        found[DESK] = {"heads": _heads(records, np.ones(len(records), dtype=bool))}
    for name, group in found.items():
        week.notes[f"groups.{name}"] = [
            f"{group['heads']} persons in the log; who worked when is not in it: write the roster.",
        ]
    return found


def _heads(records: Tickets, rows: Flags) -> int:
    return max(len(np.unique(records.agent[rows & (records.agent >= 0)])), 1)


def _hand_on(week: Week, records: Tickets, name: str, handed: HandedOn | None) -> None:
    """Write how many tickets of a reason another group continues."""
    if handed is None:
        return
    table = week.document["reasons"][name]
    table["groups"] = [records.group_names[handed.entry]]
    table["solve"] = round(handed.stays.value, 4)
    # A ticket is handed on once here, whatever the number of hand-offs in the log.
    later = share_of(*_reopened(records, handed.kept & ~handed.stayed))
    if np.isfinite(later.value):
        table["false_resolution_by_hand_offs"] = [round(later.value, 4)]
    key: Key = ("reasons", name, "solve")
    week.uncertain.append(Uncertain(key, handed.stays, "tickets that no other group went on with"))
    stayed, kept = (
        _by_day(week.sets.drawn, records, rows) for rows in (handed.stayed, handed.kept)
    )
    week.sets.scaled(key, handed.stays.value, stayed, kept, most=1.0)


def _reopened(records: Tickets, rows: Flags) -> tuple[float, int]:
    """Reopened tickets among those solved, and those solved."""
    solved = rows & _solved(records)
    return float((records.reopened[solved] > 0).sum()), int(solved.sum())


def _handed_on(records: Tickets, handed: dict[str, HandedOn | None]) -> tuple[str, ...]:
    """How many tickets another agent or group went on with, for people."""
    known = ~np.isnan(records.reassigned)
    if not known.any():
        return ()
    share = share_of(float((records.reassigned[known] > 0).sum()), int(known.sum()))
    said = [f"Handed on at least once: {shown(share, '%')}."]
    for name, one in handed.items():
        if one is not None:
            gone = one.stays.complement
            groups = ", ".join(
                f"{records.group_names[code]} {percent(part)}" for code, part in one.targets.items()
            )
            said.append(
                f"{name}: {shown(gone, '%')} go from {records.group_names[one.entry]} to "
                f"another group ({groups}), as [escalation]; each is handed on once."
            )
    if not any(handed.values()):
        said[0] += (
            " To whom is not seen: all are one group. Where a second level takes over, write it "
            "as [escalation]."
        )
    return tuple(said)


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
