"""Figures estimated again from days drawn with replacement, those of the same days together.

Every figure has an interval of its own, but a week of many calls is a week of short tempers as
well: what days have in common moves several figures at once. So days are drawn again, as many as
there are, and every figure is taken from the same ones. Each figure is a ratio of sums over days
(a mean, a share, a spread, a time per event) or a sum of what days add to it, so that a hundred
sets cost no more than a table with a row for each day.
"""

from dataclasses import dataclass, field

import numpy as np

from scenarios.fit.estimate import Z95, Estimate, reach_of
from scenarios.records.columns import Numbers

SETS = 100
"""Sets of figures that are written."""
LEAST_DAYS = 4
"""Fewer days show nothing of how much days differ."""
LEAST = 1e-3
"""No time and no factor is smaller."""
NOTHING = 1e-9
"""What sums that cancel leave is smaller."""
_SEED = 17
_NO_DATES = np.empty(0, dtype="datetime64[D]")

Key = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Drawn:
    """Days drawn with replacement.

    Attributes:
        dates: The days.
        times: How often each was drawn: sets × days.
    """

    dates: np.ndarray
    times: Numbers

    @classmethod
    def of(cls, dates: np.ndarray, sets: int = SETS) -> "Drawn":
        """Draw as many days as there are, again and again; always the same for as many days."""
        days = len(dates)
        if not days:
            return cls(dates, np.zeros((sets, 0)))
        picks = np.random.default_rng([_SEED, days]).integers(days, size=(sets, days))
        times = np.array([np.bincount(row, minlength=days) for row in picks], dtype=float)
        return cls(dates, times.reshape(sets, days))

    def on(self, dates: np.ndarray) -> "Drawn":
        """What was drawn of some of the days."""
        return Drawn(dates, self.times[:, np.isin(self.dates, dates)])

    def ratio(self, above: Numbers, below: Numbers) -> Numbers:
        """Sums over the drawn days, one over the other; NaN where there is nothing below."""
        return divided(self.times @ above, self.times @ below)

    def added(self, by_day: Numbers, free: int) -> Numbers:
        """What the drawn days add to a figure beyond what all days add to it.

        Args:
            by_day: What each day adds; they sum to 0.
            free: Days beyond the figures that were fitted to them. What days differ by is smaller
                around figures fitted to them, and known the less the fewer days there are: the
                sets are made to differ as much as the interval of Student's law.
        """
        count = self.times.sum(axis=1) / len(self.dates)
        sums = (self.times @ by_day) / np.maximum(count, 0.1)
        wider = np.sqrt(len(self.dates) / max(free, 1)) * reach_of(free) / Z95
        return np.asarray(sums * wider)


@dataclass
class Sets:
    """Figures of a scenario by key path, as many of each as there are sets."""

    drawn: Drawn = field(default_factory=lambda: Drawn.of(_NO_DATES))
    values: dict[Key, Numbers] = field(default_factory=dict)
    limits: dict[Key, tuple[float, float]] = field(default_factory=dict)
    """What each key can have."""

    @property
    def enough(self) -> bool:
        """Whether there are days enough to say how much they differ."""
        return len(self.drawn.dates) >= LEAST_DAYS

    def put(self, key: Key, value: float, values: Numbers, *, least: float, most: float) -> None:
        """Keep the figures of a key; sets without any record of it have its value.

        Args:
            key: Path of the key.
            value: What is written in the scenario.
            values: One for each set, in the same unit.
            least: The key can have nothing below.
            most: Nor above.
        """
        if not self.enough or not np.isfinite(value):
            return
        found = _clipped(np.where(np.isfinite(values), values, value), least, most)
        if np.ptp(found) > 0:
            self.values[key], self.limits[key] = found, (least, most)

    def scaled(
        self,
        key: Key,
        value: float,
        above: Numbers,
        below: Numbers,
        *,
        least: float = 0.0,
        most: float = np.inf,
    ) -> None:
        """Keep a figure that is a ratio of sums over days, in proportion to what all days give."""
        usual = divided(above.sum()[None], below.sum()[None])[0]
        if usual > 0:
            ratio = self.drawn.ratio(above, below) / usual
            # A share may be 0; a mean or a time of which a set has nothing is not known there.
            known = (ratio > 0) | (least == 0.0)
            self.put(key, value, np.where(known, value * ratio, np.nan), least=least, most=most)

    def settled(self, key: Key, estimate: Estimate) -> Estimate:
        """An interval that holds the middle 95 % of the sets, which reach as far as it does.

        Days drawn again show how much days differ. Where the interval holds something else as well
        (chance in simulations, few days), the sets are drawn out to its ends, and keep what they
        have in common with other figures.
        """
        if key not in self.values or not np.isfinite([estimate.low, estimate.high]).all():
            return estimate
        values = self.values[key]
        low, high = (float(end) for end in np.quantile(values, [0.025, 0.975]))
        off = values - estimate.value
        for side, end, wanted in ((-1, low, estimate.low), (1, high, estimate.high)):
            reach, needed = side * (end - estimate.value), side * (wanted - estimate.value)
            if 0 < reach < needed:
                off = np.where(side * off > 0, off * needed / reach, off)
        self.values[key] = _clipped(estimate.value + off, *self.limits[key])
        ends = min(low, estimate.low), max(high, estimate.high)
        return Estimate(estimate.value, *ends, estimate.records)


def _clipped(values: Numbers, least: float, most: float) -> Numbers:
    """Within the limits; what is left of sums that cancel is nothing."""
    nothing = np.abs(values) < NOTHING
    return np.asarray(np.clip(np.where(nothing, 0.0, values), least, most))


def divided(above: Numbers, below: Numbers) -> Numbers:
    """One over the other, NaN where there is nothing below."""
    nothing = np.full(np.shape(above), np.nan)
    return np.asarray(np.divide(above, below, out=nothing, where=np.asarray(below) > 0))


def spread_of(count: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Standard deviation from sums of ones, values and squares; NaN of nothing."""
    mean, square = divided(first, count), divided(second, count)
    return np.sqrt(np.maximum(square - mean**2, 0.0))
