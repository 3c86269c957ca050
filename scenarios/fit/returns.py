"""Who calls again: because nobody answered, because of being cut off, with further business."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import Calls
from scenarios.fit.estimate import Z95, Estimate, share_of
from scenarios.fit.further import HOUR_S, Further, further_of
from scenarios.fit.handling import SHORT_S
from scenarios.fit.survival import Survival, kaplan_meier
from scenarios.records.columns import Flags, Numbers

LEAST = 50
"""Fewer calls of known customers say nothing of who calls again."""
LEAST_TIMES = 10
"""Fewer returns say nothing of how long they take."""


@dataclass(frozen=True)
class Returns:
    """Calls that follow from an earlier one, by their excess over what comes anyway.

    Attributes:
        redial: Share of the abandoned who call again because of it: within an hour, about the same
            reason, beyond the calls that answered customers make in the same time; NaN where too
            few hang up.
        redial_delay_min: Median minutes until they do, and sigma of the logarithm.
        visible: Share of such calls that can be seen, because the caller was identified.
        further: By code of the reason, calls within a day after an answer of 10 seconds or more,
            beyond the usual rate of the same customers.
    """

    redial: Estimate
    redial_delay_min: tuple[float, float]
    visible: float
    further: dict[int, Further]
    within_hour: Numbers
    """By date of `Calls.dates`: the abandoned, those who call again within an hour, the answered,
    and those of them who do."""
    after_short: Estimate
    """Share who call again within an hour after an answer of less than 10 seconds."""
    after_longer: Estimate
    """The same after longer answers."""
    cut_off: Estimate
    """Share of those with a short answer who call again because of it: beyond those who do after a
    longer one, over the share of callers who are identified."""
    cut_off_delay_min: tuple[float, float]
    """Median minutes until they do, and sigma of the logarithm."""


def returns_of(calls: Calls) -> Returns | None:
    """Fit redials and repeats; None where too few customers are identified to tell."""
    known = calls.asked & (calls.contacts.customer >= 0)
    if (known & calls.answered).sum() < LEAST:
        return None
    delay, again, abandoned, place, row = _next_calls(calls, known)
    visible = _visible(calls, known, place[abandoned & again & (delay < HOUR_S)])
    redial = Estimate(np.nan, np.nan, np.nan, int(abandoned.sum()))
    if abandoned.sum() >= LEAST:
        after_abandoning = kaplan_meier(delay[abandoned], again[abandoned])
        after_answer = kaplan_meier(delay[~abandoned], again[~abandoned])
        redial = _excess(after_abandoning, after_answer, HOUR_S).scaled(1 / visible)
    within = delay[abandoned & again & (delay < 4 * HOUR_S)]
    soon = again & (delay < HOUR_S)
    date = np.searchsorted(calls.dates, calls.date[row])
    handle = np.nan_to_num(calls.handle[row], nan=-1.0)
    short = ~abandoned & (handle >= 0) & (handle < SHORT_S)
    longer = ~abandoned & (handle >= SHORT_S)
    days = int((calls.dates[-1] - calls.dates[0]).astype(int)) + 1
    further = further_of(
        delay[longer], again[longer], calls.reason[row[longer]], days, len(calls.reason_names)
    )
    rows = (abandoned, abandoned & soon, ~abandoned, ~abandoned & soon)
    by_date = [np.bincount(date[each], minlength=len(calls.dates)) for each in rows]
    within_hour = np.array(by_date, dtype=float)
    after_short, after_longer = (
        share_of(float((soon & mine).sum()), int(mine.sum())) for mine in (short, longer)
    )
    return Returns(
        redial,
        _lognormal(within),
        visible,
        further,
        within_hour,
        after_short,
        after_longer,
        *_after_cut_off(calls, known, (delay, again, place), (short, longer)),
    )


def _after_cut_off(
    calls: Calls,
    known: Flags,
    following: tuple[Numbers, Flags, np.ndarray],
    rows: tuple[Flags, Flags],
) -> tuple[Estimate, tuple[float, float]]:
    """Who calls again because of a short answer, and after how long."""
    delay, again, place = following
    if not rows[0].any() or not rows[1].any():
        return Estimate(np.nan, np.nan, np.nan, 0), (np.nan, np.nan)
    short, longer = (kaplan_meier(delay[mine], again[mine]) for mine in rows)
    visible = _visible(calls, known, place[rows[0] & again & (delay < HOUR_S)])
    share = _excess(short, longer, HOUR_S).scaled(1 / visible)
    times = short.times[(short.times > 0) & (short.times <= HOUR_S)]
    beyond = np.maximum.accumulate(
        [1 - short.at(time) / longer.at(time) for time in times] or [0.0]
    )
    if len(times) < LEAST_TIMES or beyond[-1] <= 0:
        return share, _lognormal(delay[rows[0] & again & (delay < HOUR_S)])
    ends = [float(times[np.searchsorted(beyond, q * beyond[-1])]) for q in (0.25, 0.5, 0.75)]
    low, middle, high = np.log(np.maximum(ends, 1.0) / 60.0)
    return share, (float(np.exp(middle)), float(high - low) / 1.349)


def _next_calls(calls: Calls, known: Flags) -> tuple[Numbers, Flags, Flags, np.ndarray, np.ndarray]:
    """For each call of an identified customer: seconds to the next, whether it was seen, and which.

    Last comes which call it is itself.

    A call without a next one is censored at the end of the records, and one whose next is about
    another reason when that comes: so calls that a centre returns, recorded as a reason of their
    own, are no redials.
    """
    start = calls.came[known].astype("datetime64[ms]").astype(float) / 1000
    lasted = np.where(calls.answered, calls.wait + np.nan_to_num(calls.handle), calls.wait)[known]
    customer, abandoned = calls.contacts.customer[known], calls.abandoned[known]
    order = np.lexsort((start, customer))
    end = (start + lasted)[order]
    same = np.append(customer[order][1:] == customer[order][:-1], False)
    following = np.append(start[order][1:], np.nan)
    limit = float(np.nanmax(start)) + 1
    delay = np.where(same, following, limit) - end
    usable = delay > 0
    rows = np.flatnonzero(known)[order]
    place = np.where(same, np.append(rows[1:], -1), -1)
    again = same & (calls.reason[place] == calls.reason[rows])
    return delay[usable], again[usable], abandoned[order][usable], place[usable], rows[usable]


def _excess(one: Survival, other: Survival, time: float) -> Estimate:
    """Share of `one` that has ended by `time` beyond those who would have ended as in `other`."""
    a, b = one.at(time), other.at(time)
    errors = _relative_error(one, time), _relative_error(other, time)
    relative = float(np.hypot(*errors))
    value, half = 1 - a / b, Z95 * a / b * relative
    return Estimate(max(value, 0.0), max(value - half, 0.0), max(value + half, 0.0), one.records)


def _relative_error(curve: Survival, time: float) -> float:
    place = max(int(np.searchsorted(curve.times, time, side="right")) - 1, 0)
    return float(curve.error[place]) / max(curve.at(time), 1e-9) if len(curve.error) else 0.0


def _visible(calls: Calls, known: Flags, place: np.ndarray) -> float:
    """Share identified among those who ask, in the half hours in which redials were seen."""
    if not len(place):
        return 1.0
    slot = calls.date.astype(int) * 48 + (np.nan_to_num(calls.second) // 1800).astype(int)
    slot -= slot.min()
    asked = np.bincount(slot[calls.asked], minlength=int(slot.max()) + 1)
    of_known = np.bincount(slot[known], minlength=len(asked))
    shares = of_known[slot[place]] / asked[slot[place]]
    return len(shares) / float(np.sum(1 / shares))


def _lognormal(delay_s: Numbers) -> tuple[float, float]:
    if len(delay_s) < 10:
        return 20.0, 1.5
    low, middle, high = np.quantile(np.log(np.maximum(delay_s, 1.0) / 60.0), [0.25, 0.5, 0.75])
    return float(np.exp(middle)), float((high - low) / 1.349)
