"""Whether some callers are served before others, and how long a head start they have."""

from dataclasses import dataclass, field

import numpy as np

from scenarios.fit.calls import Calls
from scenarios.fit.estimate import Estimate, share_of

LONGEST_S = 600
STEP_S = 5
NEAR_S = 120
FURTHEST = 40
"""Of callers in their order, pairs that are further apart are not looked at."""
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
    overtaking = {value: _Overtaking() for value in values}
    if values:
        _note_pairs(calls, overtaking)
    found = []
    for value, seen in overtaking.items():
        pairs = seen.pairs
        # Equals of the other classes: the later goes first because of skills.
        others = [one for other, one in overtaking.items() if other != value]
        number = sum(one.equals for one in others)
        plain = sum(one.equals_overtook for one in others) / number if number else 0.0
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
    near = pairs.of(pairs.lag <= NEAR_S)
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


@dataclass
class _Overtaking:
    """Pairs whose later caller is of one class, noted part by part.

    Attributes:
        noted: Lag, whether the later went first, and the date, where the earlier is of another.
        equals: Pairs of the class within two minutes.
        equals_overtook: Those of them whose later caller went first.
    """

    noted: list[tuple[np.ndarray, ...]] = field(default_factory=list)
    equals: int = 0
    equals_overtook: int = 0

    @property
    def pairs(self) -> _Pairs:
        if not self.noted:
            return _Pairs(np.zeros(0), np.zeros(0), np.zeros(0, "datetime64[D]"))
        return _Pairs(*(np.concatenate(column) for column in zip(*self.noted, strict=True)))


def _note_pairs(calls: Calls, overtaking: dict[float, _Overtaking]) -> None:
    """Note pairs of the same reason who waited at once, by the class of the later."""
    value = calls.contacts.priority
    rows = np.flatnonzero(calls.waited & calls.answered & ~np.isnan(value))
    for reason in np.unique(calls.reason[rows]):
        mine = rows[calls.reason[rows] == reason]
        came = calls.came[mine].astype("datetime64[ms]").astype(float) / 1000
        mine, came = mine[np.argsort(came)], np.sort(came)
        left, classes, dates = came + calls.wait[mine], value[mine], calls.date[mine]
        for step in range(1, FURTHEST):
            lags = came[step:] - came[:-step]
            earlier = np.flatnonzero((lags > 0) & (came[step:] < left[:-step]))
            if not len(earlier):
                break
            later, lag = earlier + step, lags[earlier]
            overtook = left[later] < left[earlier]
            same = classes[later] == classes[earlier]
            for each, seen in overtaking.items():
                of_class = classes[later] == each
                use, near = of_class & ~same, of_class & same & (lag <= NEAR_S)
                seen.noted.append((lag[use], overtook[use], dates[later[use]]))
                seen.equals += int(near.sum())
                seen.equals_overtook += int(overtook[near].sum())
