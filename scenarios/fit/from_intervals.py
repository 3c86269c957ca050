"""A usual week fitted to interval reports, where single calls are not known."""

import numpy as np

from scenarios.fit.arrivals import INTERVAL_MIN, INTERVALS
from scenarios.fit.calls import WEEKDAYS, weekday_of
from scenarios.fit.document import Document
from scenarios.fit.estimate import Estimate, mean_of, rate_of
from scenarios.fit.week import Uncertain, Week, shown
from scenarios.records.columns import Flags, Numbers
from scenarios.records.intervals import Intervals

DEFAULT_CV = 1.2
"""Spread of handling times where only their means are known (a default of the register)."""


def week_of_intervals(records: Intervals) -> tuple[Week, tuple[str, ...]]:
    """The week, and what was and was not fitted in lines for people.

    Patience is all time waited over the number who hung up, which is right for exponential
    patience. Heads are what the reports call staffed; without them nobody can be rostered.

    Raises:
        ValueError: no interval has both contacts and staff.
    """
    offered = np.nan_to_num(records.offered)
    if offered.sum() < 100 or not np.nansum(records.staffed) > 0:
        raise ValueError(
            "The interval reports have too few contacts, or nobody staffed: a scenario needs both."
        )
    week = Week({}, {}, [])
    names = [name or "contact" for name in records.queue_names]
    week.document = {
        "title": "Fitted centre",
        "story": f"A usual week, fitted to {len(records):,} intervals.",
        "horizon": {"days": 7, "first_weekday": "monday"},
        "reasons": {},
        "groups": {},
    }
    for code, name in enumerate(names):
        rows = records.queue == code
        if offered[rows].sum() > 0:
            _queue(week, records, rows, name)
    heads = _by_weekday(records, np.ones(len(records), dtype=bool), records.staffed, mean=True)
    week.document["groups"]["agents"] = {"heads_by_interval": _heads(heads)}
    week.notes["groups.agents"] = ["Heads: agents logged on, as the reports say, breaks included."]
    lines = (
        f"Fitted to {len(records):,} intervals and {offered.sum():,.0f} contacts.",
        (
            "Not fitted, because intervals do not show it: agents' skills and pace, the spread of "
            f"handling times (cv {DEFAULT_CV}, a default), priorities, redials, times away."
        ),
    )
    return week, lines


def _queue(week: Week, records: Intervals, rows: Flags, name: str) -> None:
    answered = np.nan_to_num(records.answered[rows])
    handle = _weighted(records.aht_s[rows], answered)
    patience = patience_of_intervals(records, rows)
    counts = _by_weekday(records, rows, np.nan_to_num(records.offered), mean=False)
    table: Document = {
        "groups": ["agents"],
        "volume": {"interval_min": INTERVAL_MIN, "counts": counts},
        "handling": {
            "voice": {
                "talk_s": {
                    "distribution": "lognormal",
                    "mean": round(handle.value, 1),
                    "cv": DEFAULT_CV,
                }
            }
        },
    }
    talk = ("reasons", name, "handling", "voice", "talk_s", "mean")
    week.uncertain.append(Uncertain(talk, handle, "mean handling time by interval"))
    if np.isfinite(patience.value):
        table["patience_s"] = {
            "voice": {"distribution": "exponential", "mean": round(patience.value, 1)}
        }
        key = ("reasons", name, "patience_s", "voice", "mean")
        week.uncertain.append(Uncertain(key, patience, "all time waited over those who hung up"))
    week.document["reasons"][name] = table
    week.notes[f"reasons.{name}"] = [
        f"Handling time {shown(handle, 's')}.",
        f"Patience {shown(patience, 's')}: all time waited over those who hung up.",
    ]


def patience_of_intervals(records: Intervals, rows: Flags) -> Estimate:
    """Mean patience: the wait of all contacts over the number who hung up."""
    answered, left = (
        np.nan_to_num(column[rows]) for column in (records.answered, records.abandoned)
    )
    asa, of_left = records.asa_s[rows], records.abandon_wait_s[rows]
    known = ~np.isnan(asa)
    # Where the wait of the abandoned is not reported it is taken to be that of the answered.
    waited = asa * answered + np.where(np.isnan(of_left), asa, of_left) * left
    return rate_of(int(left[known].sum()), float(waited[known].sum()))


def _weighted(values: Numbers, weight: Numbers) -> Estimate:
    usable = ~np.isnan(values) & (weight > 0)
    if not usable.any():
        raise ValueError("The interval reports have no handling time.")
    mean = float(np.average(values[usable], weights=weight[usable]))
    count = int(usable.sum())
    spread = np.sqrt(np.average((values[usable] - mean) ** 2, weights=weight[usable]))
    error = float(spread * np.sqrt((weight[usable] ** 2).sum()) / weight[usable].sum())
    return Estimate(mean, mean - 1.96 * error, mean + 1.96 * error, count)


def _by_weekday(
    records: Intervals, rows: Flags, values: Numbers, *, mean: bool
) -> dict[str, list[float]]:
    """By weekday, the half hours from midnight on: sums of the intervals within, or their means."""
    dates = records.start.astype("datetime64[D]")
    second = (records.start - dates).astype("timedelta64[s]").astype(int)
    table = {}
    for name in WEEKDAYS:
        days = [d for d in np.unique(dates[rows]) if weekday_of(d) == name]
        if days:
            each = [_day(records, rows & (dates == d), second, values, mean=mean) for d in days]
            table[name] = [round(mean_of(column).value, 2) for column in np.array(each).T]
    return table


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


def _heads(heads: dict[str, list[float]]) -> Document:
    """Whole heads: each half hour takes over the rounding of the one before."""
    table = {}
    for name, values in heads.items():
        totals = np.round(np.cumsum(values))
        table[name] = np.diff(np.concatenate([[0.0], totals])).astype(int).tolist()
    return {"interval_min": INTERVAL_MIN, "heads": table}
