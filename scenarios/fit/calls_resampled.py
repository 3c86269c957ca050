"""The figures of call records estimated again from the same drawn days."""

import numpy as np

from scenarios.fit.arrivals import added_to_level, added_to_trend, half_hours
from scenarios.fit.calls import WEEKDAYS, places_of
from scenarios.fit.centre import FittedCentre
from scenarios.fit.coming_back import cut_off_again
from scenarios.fit.document import GROUP, Document
from scenarios.fit.handling import LEAST_SPREAD, LONGEST_S, SHORT_S
from scenarios.fit.resampled import LEAST, Drawn, Key, Sets, divided, spread_of
from scenarios.fit.unusual import usual
from scenarios.records.columns import Flags, Numbers

LEAST_SHARE = 0.01
MOST_SHARE = 0.95
"""Not everybody calls again, nor hangs up in the menu."""
REDIAL = ("redial", "after_abandoning")

_Added = tuple[Numbers, int]
"""What each day adds to a figure, and the days beyond those fitted."""


def put_figures(sets: Sets, document: Document, fitted: FittedCentre, ahead: float) -> None:
    """Estimate everything again that a scenario has of its customers.

    What stays as it was fitted to all days: the shape of the day, the steps of the patience curves
    (one factor moves them), classes and their head start, agents' own pace, skills and windows.

    Args:
        sets: Kept here.
        document: The scenario, without its staff.
        fitted: The centre.
        ahead: Weeks from the middle of all days to those whose level is written; 0 where volume
            has no trend that is believed.
    """
    if not sets.enough:
        return
    counts = _Counts(fitted, sets.drawn)
    redials = _redials(sets, document, fitted)
    totals = half_hours(fitted.calls, fitted.dates).sum(axis=1)
    trend = added_to_trend(fitted.dates, totals) if ahead else None
    for code in fitted.handled:
        name = fitted.reason_names[code]
        reason, at = document["reasons"][name], ("reasons", name)
        _menu(sets, reason, at, counts, code)
        left, asked = counts.left[code].sum(), counts.asked[code].sum()
        cut_off = cut_off_again(document, fitted, float(left / max(asked, 1.0)))
        level = _level(sets, fitted, counts.asked[code], ahead, trend)
        if level is not None:
            _volume(sets, reason, at, level * _first_calls(sets, counts, code, redials, cut_off))
        _handling(sets, reason, at, counts, code if code in fitted.handling.by_reason else None)
        _patience(sets, reason, at, counts, code if code in fitted.hang_ups.by_reason else None)
    _busyness(sets, document, fitted)


class _Counts:
    """Contacts of each reason by day, and sums of their figures: reasons × days."""

    def __init__(self, fitted: FittedCentre, drawn: Drawn) -> None:
        calls = fitted.calls
        self._days = len(drawn.dates)
        self._size = len(calls.reason_names) * self._days
        place, self._inside = places_of(drawn.dates, calls.date)
        self._cell = calls.reason * np.int64(self._days) + place
        handle = np.nan_to_num(calls.handle, nan=np.inf)
        usable = calls.answered & (handle <= LONGEST_S)
        whole = usable & (handle >= SHORT_S)
        time = np.where(whole, handle, 1.0) / _pace(fitted)
        log = np.log(time)
        waited = calls.waited & usual(calls, fitted.unusual)
        self.asked, self.left = self._of(calls.asked), self._of(calls.abandoned)
        self.menu = self._of(calls.in_menu)
        self.usable, self.whole = self._of(usable), self._of(whole)
        self.time, self.log, self.square = (
            self._of(whole, values) for values in (time, log, log**2)
        )
        self.waited = self._of(waited, np.maximum(calls.wait, 0.5))
        self.hung_up = self._of(waited & calls.abandoned)

    def _of(self, rows: Flags, values: Numbers | None = None) -> Numbers:
        rows = rows & self._inside
        weights = None if values is None else values[rows]
        sums = np.bincount(self._cell[rows], weights, minlength=self._size).astype(float)
        return sums.reshape(-1, self._days)


def _pace(fitted: FittedCentre) -> Numbers:
    """The factor of the agent of each contact, 1 where the agent is not known."""
    agent = fitted.calls.agent
    pace = np.ones(int(agent.max(initial=-1)) + 2)
    for code, factor in fitted.handling.agents.items():
        pace[code] = factor.value
    return pace[agent]


def _of(table: Numbers, code: int | None) -> Numbers:
    """One reason by day, or all of them together."""
    return np.asarray(table.sum(axis=0) if code is None else table[code])


def _redials(sets: Sets, document: Document, fitted: FittedCentre) -> float:
    """Estimate the share of redials again; what is written, 0 where none are."""
    value = float(document.get("redial", {}).get("after_abandoning", 0.0))
    found = fitted.returns
    if not value or found is None:
        return 0.0
    left, left_again, answered, answered_again = found.within_hour

    def excess(times: Numbers) -> Numbers:
        stay = 1 - divided(times @ left_again, times @ left)
        return np.asarray(1 - stay / (1 - divided(times @ answered_again, times @ answered)))

    usual_excess = float(excess(np.ones((1, len(left))))[0])
    if usual_excess > 0:
        found_in_sets = value * excess(sets.drawn.times) / usual_excess
        sets.put(REDIAL, value, found_in_sets, least=0.0, most=MOST_SHARE)
    return value


def _menu(sets: Sets, reason: Document, at: Key, counts: _Counts, code: int) -> None:
    if value := reason.get("hangs_up_in_menu", 0.0):
        ended, asked = counts.menu[code], counts.asked[code]
        key = (*at, "hangs_up_in_menu")
        sets.scaled(key, value, ended, ended + asked, most=MOST_SHARE)


def _level(
    sets: Sets, fitted: FittedCentre, asked: Numbers, ahead: float, trend: _Added | None
) -> Numbers | None:
    """The volume of a reason in each set, as a factor; None where nothing tells days apart."""
    drawn = sets.drawn.on(fitted.dates)
    totals = asked[np.isin(sets.drawn.dates, fitted.dates)]
    course = fitted.arrivals.variation.trend.value if ahead else 1.0
    by_day, free = added_to_level(fitted.dates, totals, course)
    if free < 2:
        return None
    level = 1 + drawn.added(by_day, free)
    return level if trend is None else level * np.exp(ahead * drawn.added(*trend))


def _first_calls(sets: Sets, counts: _Counts, code: int, redials: float, cut_off: float) -> Numbers:
    """First calls among those that are offered, in each set against all days.

    ``cut_off`` is the share of those offered who were cut off and call again: it stays.
    """
    left, asked = counts.left[code], counts.asked[code]
    abandoned = np.nan_to_num(sets.drawn.ratio(left, asked))
    usual_share = float(left.sum() / max(asked.sum(), 1.0))
    drawn = sets.values.get(REDIAL, np.full(len(abandoned), redials))
    kept = 1 - cut_off
    return np.asarray((kept - drawn * abandoned) / (kept - redials * usual_share))


def _volume(sets: Sets, reason: Document, at: Key, first_calls: Numbers) -> None:
    """The factor on the counts, so that what is offered comes out as the drawn days have it."""
    menu = reason.get("hangs_up_in_menu", 0.0)
    drawn = sets.values.get((*at, "hangs_up_in_menu"), np.full(len(first_calls), menu))
    value = reason["volume"]["factor"]
    found = value * first_calls * (1 - menu) / (1 - drawn)
    sets.put((*at, "volume", "factor"), value, found, least=LEAST, most=np.inf)


def _handling(sets: Sets, reason: Document, at: Key, counts: _Counts, code: int | None) -> None:
    at = (*at, "handling", "voice", "talk_s")
    law = reason["handling"]["voice"]["talk_s"]
    columns = [_of(one, code) for one in (counts.whole, counts.log, counts.square)]
    sets.scaled((*at, "mean"), law["mean"], _of(counts.time, code), columns[0], least=LEAST)
    usual_cv = _cv(spread_of(*(column.sum()[None] for column in columns)))
    cv = _cv(spread_of(*(sets.drawn.times @ column for column in columns)))
    sets.put((*at, "cv"), law["cv"], law["cv"] * cv / usual_cv, least=LEAST_SPREAD, most=np.inf)
    if "point_share" in law:
        every = _of(counts.usable, code)
        sets.scaled((*at, "point_share"), law["point_share"], every - columns[0], every, most=1.0)


def _cv(sigma: Numbers) -> Numbers:
    return np.asarray(np.sqrt(np.expm1(np.maximum(sigma, LEAST_SPREAD) ** 2)))


def _patience(sets: Sets, reason: Document, at: Key, counts: _Counts, code: int | None) -> None:
    """One factor on all times, by time waited over the number who hung up."""
    if "patience_factor" in reason:
        waited, left = _of(counts.waited, code), _of(counts.hung_up, code)
        sets.scaled((*at, "patience_factor"), 1.0, waited, left, least=LEAST)


def _busyness(sets: Sets, document: Document, fitted: FittedCentre) -> None:
    """What days and half hours vary beyond Poisson, as the drawn days have it."""
    dates = fitted.dates
    drawn = sets.drawn.on(dates)
    table = half_hours(fitted.calls, dates)
    totals = table.sum(axis=1)
    squares, poisson = _squares(dates, totals, fitted.arrivals.variation.trend.value)
    _put_cv(sets, drawn, "busyness_cv", document, squares, poisson)
    squares, poisson = _squares_within(fitted, table)
    _put_cv(sets, drawn, "busyness_by_half_hour_cv", document, squares, poisson)


def _put_cv(
    sets: Sets, drawn: Drawn, key: str, document: Document, squares: Numbers, poisson: Numbers
) -> None:
    """A variation is scaled in its square: the drawn days have so much more or less of it."""
    value = document.get(key, 0.0)
    if not value or not squares.sum():
        return
    usual_square, usual_chance = float(squares.mean()), float(poisson.mean())
    share = divided(drawn.times @ squares, drawn.times.sum(axis=1))
    # The square that is written is the spread seen without chance; only the first is drawn anew.
    seen = value**2 * usual_square / max(usual_square - usual_chance, 1e-12)
    found = value**2 + seen * (share / usual_square - 1)
    sets.put((key,), value, np.sqrt(np.maximum(found, 0.0)), least=0.0, most=np.inf)


def _squares(dates: np.ndarray, totals: Numbers, trend: float) -> tuple[Numbers, Numbers]:
    """Of each day: its squared distance from weekday and trend, and what Poisson makes of it."""
    by_day, _ = added_to_level(dates, totals, trend if np.isfinite(trend) else 1.0)
    expected = np.maximum(totals - by_day * totals.sum(), 1.0)
    return (totals / expected - 1) ** 2, 1 / expected


def _squares_within(fitted: FittedCentre, table: Numbers) -> tuple[Numbers, Numbers]:
    """The same of the half hours around their day, those with calls enough."""
    squares, chance = np.zeros(len(table)), np.zeros(len(table))
    for name in WEEKDAYS:
        rows = np.isin(fitted.dates, fitted.arrivals.days.get(name, fitted.dates[:0]))
        if rows.sum() < 3:
            continue
        mean = table[rows].mean(axis=0)
        busy = mean >= 5
        if not busy.any():
            continue
        expected = mean * (table[rows].sum(axis=1, keepdims=True) / max(mean.sum(), 1e-9))
        off = ((table[rows] - expected) ** 2)[:, busy].sum(axis=1)
        squares[rows] = off / (mean[busy] ** 2).sum()
        chance[rows] = mean[busy].sum() / (mean[busy] ** 2).sum()
    return squares, chance


def put_staff(sets: Sets, fitted: FittedCentre, share: float, shares: Numbers) -> None:
    """Keep how much agents are there and how soon they come back, of the same drawn days.

    Args:
        sets: Kept here.
        fitted: The centre.
        share: The share fitted by simulation.
        shares: The same in each set.
    """
    at = ("groups", GROUP, "availability")
    sets.put((*at, "share"), share, shares, least=LEAST_SHARE, most=1.0)
    if fitted.cut_offs is not None:
        cut, answered = fitted.cut_offs.by_date
        key, value = ("groups", GROUP, "cut_off", "share"), fitted.cut_offs.share.value
        sets.scaled(key, value, cut, answered, most=1.0)
    exposure, back = fitted.away.back_by_day
    ratio = divided(
        sets.drawn.on(fitted.dates).times @ exposure, sets.drawn.on(fitted.dates).times @ back
    )
    value = fitted.away.back_s.value
    usual_ratio = float(divided(exposure.sum()[None], back.sum()[None])[0])
    found = value * ratio / usual_ratio
    sets.put((*at, "back_after_s", "mean"), value, found, least=LEAST, most=np.inf)
