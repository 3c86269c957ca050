"""A usual week fitted to interval reports, where single calls are not known."""

from dataclasses import replace

import numpy as np

from scenarios.fit.arrivals import (
    INTERVAL_MIN,
    INTERVALS,
    Variation,
    level_of,
    put_level,
    variation_of,
)
from scenarios.fit.calls import WEEKDAYS, Dates, weekday_of
from scenarios.fit.document import AWAY_MIN, GROUP, Document
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate, mean_of, rate_of
from scenarios.fit.figure import Uncertain, shown
from scenarios.fit.heads import InferredHeads, Offered, heads_table
from scenarios.fit.resampled import LEAST, Drawn, Key, Sets
from scenarios.fit.week import Week, busyness
from scenarios.records.columns import Flags, Numbers
from scenarios.records.intervals import Intervals

LEAST_OFFERED = 100
HALF_HOUR_S = 1800.0
NOT_KNOWN = Estimate(np.nan, np.nan, np.nan, 0)
DEFAULT_CV = 1.2
"""Spread of handling times where only their means are known (a default of the register)."""


def week_of_intervals(
    records: Intervals, heads: InferredHeads | None = None
) -> tuple[Week, tuple[str, ...]]:
    """The week, and what was and was not fitted in lines for people.

    Patience is all time waited over the number who hung up, which is right for exponential
    patience. Heads are what the reports call staffed, times away what they call away.

    Args:
        records: The reports.
        heads: Heads that were inferred, where the reports have none.

    Raises:
        FitError: there are too few contacts, or neither staff nor inferred heads.
    """
    offered = np.nan_to_num(records.offered)
    if offered.sum() < LEAST_OFFERED:
        raise FitError(
            f"The interval reports have only {offered.sum():,.0f} contacts; a fit needs "
            f"{LEAST_OFFERED}."
        )
    if heads is None and not staffed(records):
        raise FitError("The interval reports have nobody staffed.")
    names = [name or "contact" for name in records.queue_names]
    everything = np.ones(len(records), dtype=bool)
    dates, table = _by_date(records, everything, offered)
    week = Week({}, {}, [], sets=Sets(Drawn.of(dates)))
    variation = variation_of(dates, table)
    if (records.length_s > HALF_HOUR_S).any():
        # An hour shared out over its halves says nothing of them.
        variation = replace(variation, half_hours=NOT_KNOWN)
    week.document = {
        "title": "Fitted centre",
        "story": f"A usual week, fitted to {len(records):,} intervals.",
        **busyness(week, variation),
        "horizon": {"days": 7, "first_weekday": "monday"},
        "reasons": {},
        "groups": {},
    }
    for code, name in enumerate(names):
        rows = records.queue == code
        if offered[rows].sum() > 0:
            _queue(week, records, rows, name, variation)
    if heads is not None:
        heads.write(week)
    else:
        _staff(week, records)
    unknown = [
        "agents' skills and pace",
        f"the spread of handling times (cv {DEFAULT_CV}, a default)",
        "priorities",
        "redials",
    ]
    if "availability" not in week.document["groups"][GROUP]:
        unknown.append("times away")
    lines = (
        f"Fitted to {len(records):,} intervals and {offered.sum():,.0f} contacts.",
        f"Not fitted, because intervals do not show it: {', '.join(unknown)}.",
    )
    return week, lines


def staffed(records: Intervals) -> bool:
    """Whether the reports say how many agents were logged on."""
    return bool(np.nansum(records.staffed) > 0)


def offered_in(records: Intervals) -> Offered:
    """What the reports show of all queues together, for inferring heads."""
    answered, left = np.nan_to_num(records.answered), np.nan_to_num(records.abandoned)
    everything = np.ones(len(records), dtype=bool)
    dates, calls = _by_date(records, everything, np.nan_to_num(records.offered))
    _, abandoned = _by_date(records, everything, left)
    of_left = np.where(np.isnan(records.abandon_wait_s), records.asa_s, records.abandon_wait_s)
    waited = np.nan_to_num(records.asa_s) * answered + np.nan_to_num(of_left) * left
    known = ~np.isnan(records.asa_s[answered > 0]).any()
    timed = np.where(np.isnan(records.aht_s), 0.0, answered)
    handled = [
        _by_date(records, everything, values)[1].sum(axis=1)
        for values in (np.nan_to_num(records.aht_s) * timed, timed)
    ]
    _, waits = _by_date(records, everything, waited)
    handle = _weighted(records.aht_s, answered).value
    patience = patience_of_intervals(records, everything).value
    return Offered(
        dates,
        np.round(calls),
        abandoned,
        waits if known else np.full_like(waits, np.nan),
        handle,
        patience if np.isfinite(patience) else np.inf,
        np.array(handled),
    )


def _staff(week: Week, records: Intervals) -> None:
    everything = np.ones(len(records), dtype=bool)
    heads = _by_weekday(records, everything, records.staffed, mean=True)
    group: Document = heads_table({name: _whole(values) for name, values in heads.items()})
    notes = ["Heads: agents logged on, as the reports say, breaks included."]
    share = availability_of_intervals(records)
    if share is not None:
        group["availability"] = {
            "share": round(share.value, 4),
            "away_min": {"distribution": "exponential", "mean": AWAY_MIN},
        }
        key = ("groups", GROUP, "availability", "share")
        week.uncertain.append(Uncertain(key, share, "days of time away in the reports"))
        _put_availability(week.sets, records, key, share.value)
        notes.append(
            f"Agents are there {shown(share, '%')} of the time logged on; that a time away lasts "
            f"{AWAY_MIN:.0f} minutes is an assumption."
        )
    week.document["groups"][GROUP] = group
    week.notes[f"groups.{GROUP}"] = notes


def availability_of_intervals(records: Intervals) -> Estimate | None:
    """Share of the time logged on that agents plan to be there; None where no time away is known.

    Whoever is to go away finishes the contact in hand first, so that less time away is recorded
    than planned: by the share of agents busy when it begins, and what is left of their contacts.
    """
    by_day = _there_by_day(records)
    if by_day is None:
        return None
    found = mean_of(by_day[1])
    if not np.isfinite(found.low):
        return replace(found, low=found.value, high=found.value)
    return replace(found, low=max(found.low, 0.01), high=min(found.high, 1.0))


def _there_by_day(records: Intervals) -> tuple[Dates, Numbers] | None:
    """The dates whose time away is known, and the share of each."""
    known = ~np.isnan(records.away) & (np.nan_to_num(records.staffed) > 0)
    if not known.any() or not records.away[known].sum():
        return None
    dates = records.start.astype("datetime64[D]")
    work = np.nan_to_num(records.aht_s) * np.nan_to_num(records.answered)
    left = np.nansum(work[known]) / max(np.nan_to_num(records.answered)[known].sum(), 1)
    left *= (1 + DEFAULT_CV**2) / 2
    shares = []
    for date in np.unique(dates[known]):
        rows = known & (dates == date)
        on, away = (
            float(c[rows] @ records.length_s[rows]) for c in (records.staffed, records.away)
        )
        busy = min(float(work[rows].sum()) / max(on - away, 1.0), 1.0)
        lost = busy * left / (60 * AWAY_MIN + left)
        shares.append(min(max(1 - away / on / (1 - lost), 0.01), 1.0))
    return np.unique(dates[known]), np.array(shares)


def _put_availability(sets: Sets, records: Intervals, key: Key, value: float) -> None:
    """The share again from drawn days, those without time away left out."""
    by_day = _there_by_day(records)
    if by_day is None:
        return
    known = np.isin(sets.drawn.dates, by_day[0])
    shares, counted = np.zeros(len(known)), known.astype(float)
    shares[known] = by_day[1]
    sets.scaled(key, value, shares, counted, least=0.01, most=1.0)


def _put_queue(
    week: Week, records: Intervals, rows: Flags, at: Key, handle: float, patience: float
) -> None:
    """A queue's level, handling time and patience again from the same drawn days."""
    sets = week.sets
    if not sets.enough:
        return
    dates, place = np.unique(records.start.astype("datetime64[D]"), return_inverse=True)

    def by_day(values: Numbers) -> Numbers:
        kept = rows & np.isfinite(values)
        return np.bincount(place[kept], values[kept], minlength=len(dates)).astype(float)

    answered, left = np.nan_to_num(records.answered), np.nan_to_num(records.abandoned)
    put_level(sets, (*at, "volume", "factor"), by_day(records.offered))
    timed = np.where(np.isnan(records.aht_s), np.nan, answered)
    key = (*at, "handling", "voice", "talk_s", "mean")
    sets.scaled(key, handle, by_day(records.aht_s * answered), by_day(timed), least=LEAST)
    waited = _waited(records)
    hung_up = by_day(np.where(np.isnan(waited), np.nan, left))
    key = (*at, "patience_s", "voice", "mean")
    sets.scaled(key, patience, by_day(waited), hung_up, least=LEAST)


def _queue(week: Week, records: Intervals, rows: Flags, name: str, variation: Variation) -> None:
    answered = np.nan_to_num(records.answered[rows])
    handle = _weighted(records.aht_s[rows], answered)
    patience = patience_of_intervals(records, rows)
    counts = _by_weekday(records, rows, np.nan_to_num(records.offered), mean=False)
    level = level_of(
        _by_date(records, rows, np.nan_to_num(records.offered))[1].sum(axis=1), variation
    )
    voice = {
        "talk_s": {"distribution": "lognormal", "mean": round(handle.value, 1), "cv": DEFAULT_CV}
    }
    table: Document = {
        "groups": [GROUP],
        "volume": {"factor": 1.0, "interval_min": INTERVAL_MIN, "counts": counts},
        "handling": {"voice": voice},
    }
    key: tuple[str, ...] = ("reasons", name, "volume", "factor")
    days = "days counted, and chance in them"
    week.uncertain.append(Uncertain(key, level.scaled(1 / level.value), days))
    key = ("reasons", name, "handling", "voice", "talk_s", "mean")
    week.uncertain.append(Uncertain(key, handle, "mean handling time by interval"))
    if np.isfinite(patience.value):
        mean = round(patience.value, 1)
        table["patience_s"] = {"voice": {"distribution": "exponential", "mean": mean}}
        key = ("reasons", name, "patience_s", "voice", "mean")
        week.uncertain.append(Uncertain(key, patience, "all time waited over those who hung up"))
    _put_queue(week, records, rows, ("reasons", name), handle.value, patience.value)
    week.document["reasons"][name] = table
    week.notes[f"reasons.{name}"] = [
        f"Handling time {shown(handle, 's')}.",
        f"Patience {shown(patience, 's')}: all time waited over those who hung up.",
    ]


def patience_of_intervals(records: Intervals, rows: Flags) -> Estimate:
    """Mean patience: the wait of all contacts over the number who hung up."""
    waited = _waited(records)
    known = rows & ~np.isnan(waited)
    return rate_of(int(np.nan_to_num(records.abandoned)[known].sum()), float(waited[known].sum()))


def _waited(records: Intervals) -> Numbers:
    """Seconds waited in each interval by all contacts, NaN where no wait is reported."""
    asa, of_left = records.asa_s, records.abandon_wait_s
    # Where the wait of the abandoned is not reported it is taken to be that of the answered.
    left = np.where(np.isnan(of_left), asa, of_left) * np.nan_to_num(records.abandoned)
    return np.asarray(asa * np.nan_to_num(records.answered) + left)


def _weighted(values: Numbers, weight: Numbers) -> Estimate:
    usable = ~np.isnan(values) & (weight > 0)
    if not usable.any():
        raise FitError("The interval reports have no handling time.")
    mean = float(np.average(values[usable], weights=weight[usable]))
    count = int(usable.sum())
    spread = np.sqrt(np.average((values[usable] - mean) ** 2, weights=weight[usable]))
    error = float(spread * np.sqrt((weight[usable] ** 2).sum()) / weight[usable].sum())
    return Estimate(mean, mean - 1.96 * error, mean + 1.96 * error, count)


def _by_weekday(
    records: Intervals, rows: Flags, values: Numbers, *, mean: bool
) -> dict[str, list[float]]:
    """By weekday, the half hours from midnight on: sums of the intervals within, or their means."""
    dates, each = _by_date(records, rows, values, mean=mean)
    table = {}
    for name in WEEKDAYS:
        days = np.array([weekday_of(date) == name for date in dates], dtype=bool)
        if days.any():
            table[name] = [round(float(value), 2) for value in each[days].mean(axis=0)]
    return table


def _by_date(
    records: Intervals, rows: Flags, values: Numbers, *, mean: bool = False
) -> tuple[Dates, Numbers]:
    """The dates of some rows, and their values: dates × half hours."""
    date = records.start.astype("datetime64[D]")
    second = (records.start - date).astype("timedelta64[s]").astype(int)
    dates = np.unique(date[rows])
    days = [_day(records, rows & (date == d), second, values, mean=mean) for d in dates]
    return dates, np.array(days).reshape(len(dates), INTERVALS)


def _day(
    records: Intervals, rows: Flags, second: Numbers, values: Numbers, *, mean: bool
) -> Numbers:
    """Each interval is shared out over the half hours that it covers."""
    sums = np.zeros(INTERVALS)
    step = 60 * INTERVAL_MIN
    edges = np.arange(INTERVALS + 1) * step
    for place in np.flatnonzero(rows):
        start, length = second[place], records.length_s[place]
        inside = np.clip(start + length, edges[:-1], edges[1:]) - np.clip(
            start, edges[:-1], edges[1:]
        )
        share = inside / step if mean else inside / length
        sums += np.nan_to_num(values[place]) * share
    return sums


def _whole(values: list[float]) -> list[int]:
    """Whole heads: each half hour takes over the rounding of the one before."""
    totals = np.round(np.cumsum(values))
    return [int(heads) for heads in np.diff(np.concatenate([[0.0], totals]))]
