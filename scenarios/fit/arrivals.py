"""When customers come: by weekday and interval, how much days and half hours vary, and a trend."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import DAY_S, WEEKDAYS, Calls, Dates, places_of, weekday_of
from scenarios.fit.estimate import Z95, Estimate, reach_of
from scenarios.fit.resampled import LEAST, Key, Sets
from scenarios.records.columns import Numbers

INTERVAL_MIN = 30
INTERVALS = DAY_S // (60 * INTERVAL_MIN)
UNKNOWN_CV = 0.1
"""Taken as how much days differ for the range of a level, where they are too few to tell."""


@dataclass(frozen=True)
class Variation:
    """How much volume varies beyond Poisson.

    Attributes:
        days: Coefficient of variation of days around weekday and trend.
        half_hours: Of half hours around the level of their day.
        dispersion: Variance over mean of half hours of the same weekday, day factors included.
        dispersion_within: The same once the factor of the day is taken out.
        trend: Factor on the volume from one week to the next.
    """

    days: Estimate
    half_hours: Estimate
    dispersion: float
    dispersion_within: float
    trend: Estimate
    free: int = 0
    """Days beyond weekdays and trend, by which days are known to differ."""


@dataclass(frozen=True)
class Arrivals:
    """Arrivals of those who asked for an agent.

    Attributes:
        days: Dates by weekday.
        counts: By reason and weekday, the mean count of each half hour from midnight on.
        per_day: Mean a day by reason, over all days.
        variation: How much days and half hours vary.
    """

    days: dict[str, Dates]
    counts: dict[tuple[int, str], Numbers]
    per_day: dict[int, Estimate]
    variation: Variation


def arrivals_of(calls: Calls, dates: Dates) -> Arrivals:
    """Fit arrivals to whole days; `dates` are those that are complete."""
    days = {
        name: dates[[weekday_of(date) == name for date in dates]]
        for name in WEEKDAYS
        if any(weekday_of(date) == name for date in dates)
    }
    variation = variation_of(dates, half_hours(calls, dates))
    counts, per_day = {}, {}
    for reason in np.unique(calls.reason[calls.asked]).tolist():
        table = half_hours(calls, dates, reason)
        per_day[reason] = level_of(table.sum(axis=1), variation)
        for name, of_day in days.items():
            counts[reason, name] = table[np.isin(dates, of_day)].mean(axis=0)
    return Arrivals(days, counts, per_day, variation)


def level_of(totals: Numbers, variation: Variation) -> Estimate:
    """Mean count a day: chance in single contacts, and the factors of the days counted."""
    count, mean = len(totals), float(totals.mean()) if len(totals) else np.nan
    known = np.isfinite(variation.days.value)
    busy = float(variation.days.value if known else UNKNOWN_CV) ** 2
    reach = reach_of(variation.free) if known else Z95
    half = reach * float(np.sqrt(mean / max(count, 1) * (1 + busy * mean)))
    return Estimate(mean, max(mean - half, 0.0), mean + half, count)


def variation_of(dates: Dates, table: Numbers) -> Variation:
    """How much counts vary; `table` holds them by date and half hour."""
    totals = table.sum(axis=1)
    usual = _usual(dates, totals)
    within, dispersion, dispersion_within = _between_half_hours(dates, table)
    # What half hours vary does not even out altogether over a day.
    shares = table.sum(axis=0) / max(float(table.sum()), 1.0)
    left = float(np.nan_to_num(within.value)) ** 2 * float(shares @ shares)
    days, trend = _between_days(dates[usual], totals[usual], left)
    free = _design(dates[usual])[1]
    return Variation(days, within, dispersion, dispersion_within, trend, free)


def half_hours(calls: Calls, dates: Dates, reason: int | None = None) -> Numbers:
    """Counts of those who asked for an agent, dates × half hours."""
    rows = np.flatnonzero(calls.asked if reason is None else calls.asked & (calls.reason == reason))
    place, inside = places_of(dates, calls.date[rows])
    slot = (calls.second[rows[inside]] // (60 * INTERVAL_MIN)).astype(int)
    counts = np.bincount(place[inside] * INTERVALS + slot, minlength=len(dates) * INTERVALS)
    return counts.reshape(len(dates), INTERVALS).astype(float)


def _usual(dates: Dates, totals: Numbers) -> np.ndarray:
    """Days of weekdays with at least half the calls of the busiest; others vary in another way."""
    names = np.array([weekday_of(date) for date in dates])
    level = np.array([totals[names == name].mean() for name in names])
    return np.asarray(level >= 0.5 * level.max())


def _between_days(dates: Dates, totals: Numbers, left: float) -> tuple[Estimate, Estimate]:
    """Variation of days around weekday and a straight trend in logarithms, and that trend.

    `left` is the squared variation of a day that comes from its half hours.
    """
    design, free = _design(dates)
    if free < 2:
        unknown = Estimate(np.nan, np.nan, np.nan, len(dates))
        return unknown, unknown
    fitted = design @ np.linalg.lstsq(design, np.log(np.maximum(totals, 1)), rcond=None)[0]
    slope = float(np.linalg.lstsq(design, np.log(np.maximum(totals, 1)), rcond=None)[0][-1])
    beyond = totals / np.exp(fitted) - 1
    from scipy.stats import chi2

    squares, poisson = float(beyond @ beyond), left + float(np.mean(1 / np.maximum(totals, 1)))
    ends = (free, float(chi2.ppf(0.975, free)), float(chi2.ppf(0.025, free)))
    cv = [float(np.sqrt(max(0.0, squares / end - poisson))) for end in ends]
    error = float(np.sqrt(squares / free * np.linalg.pinv(design.T @ design)[-1, -1]))
    reach = reach_of(free)
    factor = [float(np.exp(slope + z * error)) for z in (0.0, -reach, reach)]
    return Estimate.of(cv, len(dates)), Estimate.of(factor, len(dates))


def _design(dates: Dates) -> tuple[Numbers, int]:
    """Weekday and a straight trend, dates × figures, and how many days there are beyond those."""
    names = np.array([weekday_of(date) for date in dates])
    weeks = (dates - dates.min()).astype(int) / 7.0
    level = (names[:, None] == np.unique(names)).astype(float)
    design = np.column_stack([level, weeks - weeks.mean()])
    return design, len(dates) - int(np.linalg.matrix_rank(design))


def added_to_trend(dates: Dates, totals: Numbers) -> tuple[Numbers, int]:
    """What each day adds to the logarithm of the trend from week to week, and the days beyond.

    Args:
        dates: All complete days.
        totals: Calls of each; days of quiet weekdays add nothing.
    """
    usual = _usual(dates, totals)
    design, free = _design(dates[usual])
    found = np.zeros(len(dates))
    if free >= 2:
        log = np.log(np.maximum(totals[usual], 1))
        by_day = np.linalg.pinv(design)
        found[usual] = by_day[-1] * (log - design @ (by_day @ log))
    return found, free


def added_to_level(dates: Dates, totals: Numbers, trend: float) -> tuple[Numbers, int]:
    """What each day adds to the level of volume, as a share of it, and the days beyond.

    Args:
        dates: All complete days.
        totals: Calls of each, of one reason or of all.
        trend: Factor from week to week that is believed.
    """
    names = np.array([weekday_of(date) for date in dates])
    course = trend ** ((dates - dates.min()).astype(int) / 7.0)
    expected = np.zeros(len(dates))
    for name in np.unique(names):
        mine = names == name
        expected[mine] = course[mine] * totals[mine].sum() / course[mine].sum()
    free = len(dates) - len(np.unique(names)) - (trend != 1.0)
    return (totals - expected) / max(float(totals.sum()), 1e-9), free


def put_level(sets: Sets, key: Key, totals: Numbers) -> None:
    """Keep the level of volume, written as 1, as drawn days have it.

    Nothing is kept where no weekday comes twice, which says nothing of how much its days differ.

    Args:
        sets: Kept here.
        key: Path of the factor.
        totals: Contacts of each day.
    """
    added, free = added_to_level(sets.drawn.dates, totals, 1.0)
    if sets.enough and free >= 2:
        sets.put(key, 1.0, 1 + sets.drawn.added(added, free), least=LEAST, most=np.inf)


def _between_half_hours(dates: Dates, table: Numbers) -> tuple[Estimate, float, float]:
    """Variation of half hours around their day, and variance over mean with the day and without."""
    names = np.array([weekday_of(date) for date in dates])
    raw, within, over, squares = [], [], [np.zeros(0)], [np.zeros(0)]
    for name in np.unique(names):
        rows = table[names == name]
        if len(rows) < 3:
            continue
        mean = rows.mean(axis=0)
        busy = mean >= 5
        if not busy.any():
            continue
        factor = rows.sum(axis=1, keepdims=True) / rows.sum(axis=1).mean()
        variance = rows.var(axis=0, ddof=1)
        # Each day's factor is fitted to its half hours as well.
        free = (len(rows) - 1) * (1 - 1 / max(int((mean > 0).sum()), 2))
        around = ((rows - factor * mean) ** 2).sum(axis=0) / free
        raw.extend((variance[busy] / mean[busy]).tolist())
        within.extend((around[busy] / mean[busy]).tolist())
        over.append(around[busy] - mean[busy])
        squares.append(mean[busy] ** 2)
    if not raw:
        return Estimate(np.nan, np.nan, np.nan, 0), np.nan, np.nan
    return _ratio(np.concatenate(over), np.concatenate(squares)), _mean(raw), _mean(within)


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


def _ratio(over: Numbers, squares: Numbers) -> Estimate:
    """Root of a ratio of sums, with the interval of the ratio (linearized)."""
    ratio = float(over.sum() / squares.sum())
    error = float(np.sqrt(np.sum((over - ratio * squares) ** 2)) / squares.sum())
    ends = [float(np.sqrt(max(0.0, ratio + z * error))) for z in (0.0, -Z95, Z95)]
    return Estimate.of(ends, len(over))
