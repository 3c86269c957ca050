"""How many of those who call would have called anyway, by half hour: further business taken out.

What is further business comes hours after its first call, and where it would fall into closed hours
after the next opening. So first calls are not the same share of every half hour: at the opening
many are of the day before.
"""

from collections.abc import Mapping

import numpy as np

from scenarios.fit.arrivals import INTERVAL_MIN, INTERVALS
from scenarios.fit.calls import WEEKDAYS
from scenarios.parts.clock import seconds_of
from scenarios.records.columns import Flags, Numbers

AFTER_OPENING_MIN = 60.0
"""Mean minutes after the opening of a call that would have come before it, as scenarios have it."""
_WEEK = 7 * INTERVALS


def first_counts(
    counts: Mapping[str, Numbers],
    opening: Mapping[str, object],
    probability: float,
    delay_min: tuple[float, ...],
) -> dict[str, Numbers]:
    """Counts by weekday and half hour without those that are further business.

    Their sum is what `probability` leaves of that of all, whatever half hours would have less than
    nothing left.

    Args:
        counts: By weekday, who calls in each half hour of the day.
        opening: The section of the scenario; empty for a centre that never closes.
        probability: Share of calls after which there is further business.
        delay_min: Minutes until it comes, equally likely each, none of them as long as a week.
    """
    every = np.concatenate([_padded(counts.get(day, np.zeros(0))) for day in WEEKDAYS])
    coming = _arrives(probability * every, _open(opening), delay_min)
    first = np.maximum(every - coming, 0.0)
    first *= (1 - probability) * every.sum() / max(float(first.sum()), 1e-9)
    rows = first.reshape(7, INTERVALS)
    return {day: rows[place] for place, day in enumerate(WEEKDAYS) if day in counts}


def _padded(counts: Numbers) -> Numbers:
    return np.append(counts, np.zeros(INTERVALS - len(counts)))


def _open(opening: Mapping[str, object]) -> Flags:
    """Whether the centre is open in each half hour of the week."""
    days = opening.get("days", {})
    usual = opening.get("hours", "00:00-24:00")
    assert isinstance(days, Mapping)
    open_ = np.zeros(_WEEK, dtype=bool)
    for place, day in enumerate(WEEKDAYS):
        hours = str(days.get(day, usual))
        if hours != "closed":
            start, end = (int(seconds_of(part)) // (60 * INTERVAL_MIN) for part in hours.split("-"))
            open_[place * INTERVALS + start : place * INTERVALS + end] = True
    return open_ if open_.any() else ~open_


def _arrives(begun: Numbers, open_: Flags, delay_min: tuple[float, ...]) -> Numbers:
    """When what was begun in each half hour of a week comes, in a week like all others.

    It is begun at any time of its half hour: after 40 minutes it comes in the next one or in that
    after it.
    """
    coming = np.zeros(_WEEK)
    for minutes in delay_min:
        slots, part = divmod(minutes / INTERVAL_MIN, 1.0)
        for shift, share in ((int(slots), 1 - part), (int(slots) + 1, part)):
            coming += share * np.roll(begun, shift) / len(delay_min)
    return _after_opening(coming, open_)


def _after_opening(coming: Numbers, open_: Flags) -> Numbers:
    """What would come while it is closed comes after the next opening."""
    found = np.where(open_, coming, 0.0)
    if open_.all():
        return found
    starts = np.flatnonzero(open_ & ~np.roll(open_, 1))
    for start in starts:
        length = int(np.argmin(np.roll(open_, -int(start)))) or _WEEK
        closed = int(np.argmax(np.roll(open_, -int(start))[::-1]))
        waiting = float(sum(coming[(start - 1 - back) % _WEEK] for back in range(closed)))
        slots = np.arange(length + 1) * INTERVAL_MIN / AFTER_OPENING_MIN
        shares = -np.diff(np.exp(-slots))
        found[(start + np.arange(length)) % _WEEK] += waiting * shares / shares.sum()
    return found
