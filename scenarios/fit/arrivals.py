"""When customers come: by weekday and interval, how much days and half hours vary, and a trend."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import DAY_S, WEEKDAYS, Calls, Dates, weekday_of
from scenarios.fit.estimate import Z95, Estimate, mean_of
from scenarios.records.columns import Numbers

INTERVAL_MIN = 30
INTERVALS = DAY_S // (60 * INTERVAL_MIN)


@dataclass(frozen=True)
class Arrivals:
    """Arrivals of those who asked for an agent.

    Attributes:
        days: Dates by weekday.
        counts: By reason and weekday, the mean count of each half hour from midnight on.
        per_day: Mean a day by weekday, all reasons.
        busyness: Coefficient of variation of days beyond Poisson, weekday and trend.
        within_day: Variation of half hours beyond Poisson and the factor of their day, as a
            coefficient of variation: no key of a scenario says it.
        dispersion: Variance over mean of half hours of the same weekday, day factors included.
        dispersion_within: The same once the factor of the day is taken out.
        trend: Factor on the volume from one week to the next.
    """

    days: dict[str, Dates]
    counts: dict[tuple[int, str], Numbers]
    per_day: dict[str, Estimate]
    busyness: Estimate
    within_day: float
    dispersion: float
    dispersion_within: float
    trend: Estimate


def arrivals_of(calls: Calls, dates: Dates) -> Arrivals:
    """Fit arrivals to whole days; `dates` are those that are complete."""
    days = {
        name: dates[[weekday_of(date) == name for date in dates]]
        for name in WEEKDAYS
        if any(weekday_of(date) == name for date in dates)
    }
    table = half_hours(calls, dates)
    counts = {
        (reason, name): half_hours(calls, of_day, reason).mean(axis=0)
        for name, of_day in days.items()
        for reason in np.unique(calls.reason[calls.asked]).tolist()
    }
    totals = table.sum(axis=1)
    per_day = {name: mean_of(totals[np.isin(dates, of_day)]) for name, of_day in days.items()}
    usual = _usual(dates, totals)
    spread, trend = _between_days(dates[usual], totals[usual])
    return Arrivals(days, counts, per_day, spread, *_between_half_hours(dates, table), trend)


def half_hours(calls: Calls, dates: Dates, reason: int | None = None) -> Numbers:
    """Counts of those who asked for an agent, dates × half hours."""
    rows = calls.asked & np.isin(calls.date, dates)
    if reason is not None:
        rows &= calls.reason == reason
    place = np.searchsorted(dates, calls.date[rows]) * INTERVALS
    slot = (calls.second[rows] // (60 * INTERVAL_MIN)).astype(int)
    counts = np.bincount(place + slot, minlength=len(dates) * INTERVALS)
    return counts.reshape(len(dates), INTERVALS).astype(float)


def _usual(dates: Dates, totals: Numbers) -> np.ndarray:
    """Days of weekdays with at least half the calls of the busiest; others vary in another way."""
    names = np.array([weekday_of(date) for date in dates])
    level = np.array([totals[names == name].mean() for name in names])
    return np.asarray(level >= 0.5 * level.max())


def _between_days(dates: Dates, totals: Numbers) -> tuple[Estimate, Estimate]:
    """Variation of days around weekday and a straight trend in logarithms, and that trend."""
    names = np.array([weekday_of(date) for date in dates])
    weeks = (dates - dates.min()).astype(int) / 7.0
    level = (names[:, None] == np.unique(names)).astype(float)
    design = np.column_stack([level, weeks - weeks.mean()])
    free = len(dates) - np.linalg.matrix_rank(design)
    if free < 2:
        unknown = Estimate(np.nan, np.nan, np.nan, len(dates))
        return unknown, unknown
    fitted = design @ np.linalg.lstsq(design, np.log(np.maximum(totals, 1)), rcond=None)[0]
    slope = float(np.linalg.lstsq(design, np.log(np.maximum(totals, 1)), rcond=None)[0][-1])
    beyond = totals / np.exp(fitted) - 1
    from scipy.stats import chi2

    squares, poisson = float(beyond @ beyond), float(np.mean(1 / np.maximum(totals, 1)))
    ends = (free, float(chi2.ppf(0.975, free)), float(chi2.ppf(0.025, free)))
    cv = [float(np.sqrt(max(0.0, squares / end - poisson))) for end in ends]
    error = float(np.sqrt(squares / free * np.linalg.pinv(design.T @ design)[-1, -1]))
    factor = [float(np.exp(slope + z * error)) for z in (0.0, -Z95, Z95)]
    return Estimate.of(cv, len(dates)), Estimate.of(factor, len(dates))


def _between_half_hours(dates: Dates, table: Numbers) -> tuple[float, float, float]:
    names = np.array([weekday_of(date) for date in dates])
    raw, within, over, weight = [], [], 0.0, 0.0
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
        around = ((rows - factor * mean) ** 2).sum(axis=0) / (len(rows) - 1)
        raw.extend((variance[busy] / mean[busy]).tolist())
        within.extend((around[busy] / mean[busy]).tolist())
        over += float(np.sum(around[busy] - mean[busy]))
        weight += float(np.sum(mean[busy] ** 2))
    if not raw:
        return np.nan, np.nan, np.nan
    return float(np.sqrt(max(0.0, over / weight))), float(np.mean(raw)), float(np.mean(within))
