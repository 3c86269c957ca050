"""Whether some callers are served before others, and how long a head start they have."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import Calls
from scenarios.fit.estimate import Estimate, share_of

LONGEST_S = 600
STEP_S = 5
CLEAR = 15.0
"""Twice the gain in log-likelihood from which a rule or its first day is believed."""


@dataclass(frozen=True)
class HeadStart:
    """Callers of one class who are served before others that came earlier.

    Attributes:
        priority: The recorded priority that has it.
        seconds: How much earlier the others must have come to go first (infinite: always later).
        share: Share of the class that really has it.
        since: The first date on which it shows.
        pairs: Pairs of callers who waited at the same time that it was read from.
    """

    priority: float
    seconds: float
    share: Estimate
    since: np.datetime64
    pairs: int


def priorities_of(calls: Calls) -> tuple[float, ...]:
    """The values of priority that callers who waited have, each at least once in fifty."""
    values = calls.contacts.priority[calls.waited]
    known = values[~np.isnan(values)]
    found = [float(v) for v in np.unique(known) if (known == v).mean() >= 0.02]
    return tuple(found) if len(found) > 1 else ()


@dataclass(frozen=True, eq=False)
class _Pairs:
    lag: np.ndarray
    overtook: np.ndarray
    date: np.ndarray

    def of(self, rows: np.ndarray) -> "_Pairs":
        return _Pairs(self.lag[rows], self.overtook[rows], self.date[rows])


def head_starts_of(calls: Calls) -> tuple[HeadStart, ...]:
    """Read the rule from pairs of the same reason who waited at once and were both answered.

    Where no later caller may overtake, hardly any does, whatever the lag. With a head start of 90
    seconds those who came up to 90 seconds later overtake, and nobody after.
    """
    values = priorities_of(calls)
    found = []
    for value in values:
        pairs = _pairs(calls, value)
        plain = _plain_overtaking(calls, value)
        start = _rule(pairs, plain, value) if len(pairs.lag) >= 200 else None
        if start is not None:
            found.append(start)
    return tuple(found)


def _rule(pairs: _Pairs, plain: float, priority: float) -> HeadStart | None:
    since, gain = _since(pairs)
    valid = pairs.of(pairs.date >= since) if gain >= CLEAR else pairs
    lags = np.arange(STEP_S, LONGEST_S + 1, STEP_S, dtype=float)
    gains = np.array([_gain(valid.lag <= lag, valid.overtook) for lag in lags])
    best = int(np.argmax(gains))
    near = valid.overtook[valid.lag <= lags[best]]
    if gains[best] < CLEAR or near.mean() <= plain:
        return None
    raw = share_of(float(near.sum()), len(near))
    # Of those with the head start the later goes first unless a skill decides, as among equals.
    span = max(1 - 2 * plain, 0.1)
    ends = [float(np.clip((x - plain) / span, 0, 1)) for x in (raw.value, raw.low, raw.high)]
    first = since if gain >= CLEAR else np.datetime64(pairs.date.min(), "D")
    return HeadStart(priority, float(lags[best]), Estimate.of(ends, raw.records), first, len(near))


def _since(pairs: _Pairs) -> tuple[np.datetime64, float]:
    """The date from which on overtaking within two minutes is clearly more frequent."""
    near = pairs.of(pairs.lag <= 120)
    dates = np.unique(near.date)[1:]
    gains = [_gain(near.date >= date, near.overtook) for date in dates]
    if not gains:
        return np.datetime64(pairs.date.min(), "D"), 0.0
    best = int(np.argmax(gains))
    return dates[best], gains[best]


def _gain(part: np.ndarray, overtook: np.ndarray) -> float:
    """Twice the log-likelihood gained by a rate of its own for a part, if that rate is higher."""
    inside, outside = overtook[part], overtook[~part]
    if not len(inside) or not len(outside) or inside.mean() <= outside.mean():
        return 0.0
    return 2 * (_likelihood(inside) + _likelihood(outside) - _likelihood(overtook))


def _likelihood(events: np.ndarray) -> float:
    share = float(np.clip(events.mean(), 1e-9, 1 - 1e-9))
    return len(events) * float(share * np.log(share) + (1 - share) * np.log(1 - share))


def _pairs(calls: Calls, priority: float | None, other: float | None = None) -> _Pairs:
    """Pairs whose later caller has a priority and whose earlier one has not (or has `other`)."""
    value = calls.contacts.priority
    rows = np.flatnonzero(calls.waited & calls.answered & ~np.isnan(value))
    lags, overtook, dates = [], [], []
    for reason in np.unique(calls.reason[rows]):
        mine = rows[calls.reason[rows] == reason]
        came = calls.came[mine].astype("datetime64[ms]").astype(float) / 1000
        mine, came = mine[np.argsort(came)], np.sort(came)
        left = came + calls.wait[mine]
        for step in range(1, 40):
            lag = came[step:] - came[:-step]
            both = (lag > 0) & (came[step:] < left[:-step])
            earlier, later = value[mine][:-step], value[mine][step:]
            asked = earlier != priority if other is None else earlier == other
            use = both & (later == priority) & asked
            lags.append(lag[use])
            overtook.append((left[step:] < left[:-step])[use])
            dates.append(calls.date[mine][step:][use])
            if not both.any():
                break
    if not lags:
        return _Pairs(np.zeros(0), np.zeros(0), np.zeros(0, "datetime64[D]"))
    return _Pairs(np.concatenate(lags), np.concatenate(overtook), np.concatenate(dates))


def _plain_overtaking(calls: Calls, priority: float) -> float:
    """Share of pairs of equals in which the later goes first, because of skills."""
    values = [v for v in priorities_of(calls) if v != priority]
    pairs = [_pairs(calls, v, v) for v in values]
    overtook = np.concatenate([p.overtook[p.lag <= 120] for p in pairs]) if pairs else np.zeros(0)
    return float(overtook.mean()) if len(overtook) else 0.0
