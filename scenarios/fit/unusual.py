"""Stretches of records that say nothing of ordinary days: outages and rushes."""

from dataclasses import dataclass, replace

import numpy as np

from scenarios.fit.calls import Calls, weekday_of
from scenarios.records.columns import Flags, Numbers

SILENCE_S = 300.0
"""Nobody is answered for so long although several wait: an outage."""
SEVERAL = 3
HALF_HOUR_S = 1800.0
RUSH = 2.0
"""A half hour with so many times its usual calls is a rush, if it is beyond chance as well."""
RUSH_SPREAD = 6.0


@dataclass(frozen=True)
class Stretch:
    """A stretch of a date, in its seconds, and what happened."""

    date: np.datetime64
    start: float
    end: float
    outage: bool
    calls: int

    @property
    def words(self) -> str:
        """What happened, for people."""
        clock = f"{self.date} {_clock(self.start)}–{_clock(self.end)}"
        if self.outage and not self.calls:
            return f"{clock}: nothing was recorded"
        if self.outage:
            return f"{clock}: nobody was answered although {self.calls} called"
        return f"{clock}: a rush of {self.calls} calls, more than twice the usual number"


def _clock(second: float) -> str:
    return f"{int(second // 3600):02}:{int(second % 3600 // 60):02}"


def unusual_stretches(calls: Calls) -> tuple[Stretch, ...]:
    """Outages and rushes within opening hours, in order of time."""
    hours = _hours(calls)
    found = [stretch for date, day in calls.by_date() for stretch in _outages(day, date)]
    found += _rushes(calls)
    within = [kept for stretch in found if (kept := _within(stretch, hours)) is not None]
    return tuple(sorted(within, key=lambda stretch: (stretch.date, stretch.start)))


def _hours(calls: Calls) -> dict[str, tuple[float, float]]:
    """By weekday, between which times nearly all answers fall: the median over its dates."""
    ends: dict[str, list[Numbers]] = {}
    for date, day in calls.by_date():
        answered = day.began[day.answered]
        if len(answered) >= 20:
            ends.setdefault(weekday_of(date), []).append(np.quantile(answered, [0.01, 0.99]))
    return {
        name: tuple(np.median(np.array(pairs), axis=0).tolist()) for name, pairs in ends.items()
    }


def _within(stretch: Stretch, hours: dict[str, tuple[float, float]]) -> Stretch | None:
    opens, closes = hours.get(weekday_of(stretch.date), (0.0, 86_400.0))
    start, end = max(stretch.start, opens), min(stretch.end, closes)
    return replace(stretch, start=start, end=end) if end - start > SILENCE_S else None


def usual(calls: Calls, stretches: tuple[Stretch, ...]) -> Flags:
    """Which calls came outside all stretches, and a quarter of an hour after them."""
    kept = np.ones(len(calls.wait), dtype=bool)
    for stretch in stretches:
        near = (calls.second >= stretch.start - 60) & (calls.second < stretch.end + 900)
        kept &= ~((calls.date == stretch.date) & near)
    return kept


def _outages(calls: Calls, date: np.datetime64) -> list[Stretch]:
    """Stretches between two answers of a day in which several asked and nobody was answered."""
    answered = np.sort(calls.began[calls.answered])
    asked = np.sort(calls.second[calls.asked])
    if len(answered) < 20:
        return []
    silent = np.flatnonzero(np.diff(answered) > SILENCE_S)
    found = []
    for place in silent.tolist():
        start, end = float(answered[place]), float(answered[place + 1])
        came = int(((asked >= start) & (asked < end)).sum())
        pace = _pace(answered, place)
        recorded_nothing = came == 0 and end - start > max(1800.0, 36 * pace)
        nobody_answered = came >= SEVERAL and end - start > 5 * pace
        if nobody_answered or recorded_nothing:
            found.append(Stretch(date, start, end, True, came))
    return found


def _pace(answered: Numbers, place: int) -> float:
    """Seconds between two answers, the median of the 30 on either side of a gap."""
    return float(np.median(np.diff(answered[max(place - 15, 0) : place + 17])))


def _rushes(calls: Calls) -> list[Stretch]:
    dates = calls.dates
    slots = (calls.second // HALF_HOUR_S).astype(int).clip(0, 47)
    table = np.zeros((len(dates), 48))
    rows = calls.asked
    np.add.at(table, (np.searchsorted(dates, calls.date[rows]), slots[rows]), 1.0)
    names = np.array([weekday_of(date) for date in dates])
    found = []
    for place, date in enumerate(dates):
        like = _alike(table, names, place)
        if len(like) < 3:
            continue
        usual_count = np.median(like, axis=0)
        spread = np.sqrt(np.maximum(usual_count, 1)) * 1.5
        many = (table[place] > RUSH * usual_count) & (
            table[place] - usual_count > RUSH_SPREAD * spread
        )
        for slot in np.flatnonzero(many):
            start = float(slot * HALF_HOUR_S)
            count = int(table[place][slot])
            found.append(Stretch(date, start, start + HALF_HOUR_S, False, count))
    return found


def _alike(table: Numbers, names: np.ndarray, place: int) -> Numbers:
    """Other days with which a day can be compared: of its weekday, or of as many calls."""
    others = np.arange(len(names)) != place
    same = table[others & (names == names[place])]
    if len(same) >= 3:
        return np.asarray(same)
    totals = table.sum(axis=1)
    similar = others & (np.abs(np.log((totals + 1) / (totals[place] + 1))) < 0.5)
    return np.asarray(table[similar] * (totals[place] / np.maximum(totals[similar], 1))[:, None])
