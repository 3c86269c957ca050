"""Customers who call again soon though they were answered, as further business of theirs.

A record without a column of resolution does not say why they call. Taken for failures they would
lower first-contact resolution by figures that nobody measured; so they are further business, and
said to be an assumption. Only what goes beyond the usual rate of the same customers is meant.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.estimate import Estimate, share_of
from scenarios.fit.survival import kaplan_meier
from scenarios.records.columns import Codes, Flags, Numbers

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
LEAST = 200
"""Fewer answers of known customers of a reason say nothing of what follows them."""
LEAST_DAYS = 8
"""The usual rate is that of the third to seventh day after an answer."""
DELAYS = 20
"""How long it takes is written as so many times."""


@dataclass(frozen=True)
class Further:
    """Further business after an answer.

    Attributes:
        probability: Share who call again within a day about the same reason, beyond the usual
            rate.
        delay_min: Minutes until they do, equally likely each.
    """

    probability: Estimate
    delay_min: tuple[float, ...]


def further_of(
    delay: Numbers, again: Flags, reason: Codes, days: int, codes: int
) -> dict[int, Further]:
    """By code of the reason, where it is beyond chance that customers call again soon.

    Args:
        delay: Seconds from the end of each answered call to the next, or to what ends its record.
        again: Whether a next call about the same reason was seen.
        reason: Code of the reason of each.
        days: Days of the records.
        codes: How many reasons there are.
    """
    if days < LEAST_DAYS:
        return {}
    found = {}
    for code in range(codes):
        mine = reason == code
        one = _of_reason(delay[mine], again[mine]) if mine.sum() >= LEAST else None
        if one is not None and one.probability.low > 0:
            found[code] = one
    return found


def _of_reason(delay: Numbers, again: Flags) -> Further | None:
    curve = kaplan_meier(delay, again)
    later = curve.at(2 * DAY_S) / max(curve.at(7 * DAY_S), 1e-9)
    daily = 1 - later ** (-1 / 5)
    if not 0 <= daily < 1:
        return None
    within = share_of((1 - curve.at(DAY_S)) * len(delay), len(delay))
    ends = [
        max(0.0, 1 - (1 - share) / (1 - daily)) for share in (within.value, within.low, within.high)
    ]
    soon = Estimate.of(ends, len(delay))
    times = curve.times[(curve.times > 0) & (curve.times <= DAY_S)]
    if not len(times) or soon.value <= 0:
        return None
    stay = np.array([curve.at(time) for time in times])
    beyond = np.maximum.accumulate(1 - stay / (1 - daily) ** (times / DAY_S))
    if beyond[-1] <= 0:
        return None
    parts = (np.arange(DELAYS) + 0.5) / DELAYS
    ends = times[np.searchsorted(beyond, parts * beyond[-1])] / 60.0
    return Further(soon, tuple(round(float(minutes), 1) for minutes in ends))
