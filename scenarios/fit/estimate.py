"""A fitted figure: its value, how far it may be off, and how many records it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.records.columns import Numbers

Z95 = 1.959964
"""Standard errors on either side of a 95 % interval."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval.

    Attributes:
        value: The figure.
        low: Lower end of the interval.
        high: Upper end; equal to `low` where the records leave nothing open.
        records: How many records it was fitted to.
    """

    value: float
    low: float
    high: float
    records: int

    @classmethod
    def of(cls, value_low_high: Sequence[float], records: int) -> "Estimate":
        """From the figure and its ends, in that order."""
        value, low, high = (float(x) for x in value_low_high)
        return cls(value, low, high, records)

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def complement(self) -> "Estimate":
        """What a share leaves of all."""
        return Estimate(1 - self.value, 1 - self.high, 1 - self.low, self.records)

    def scaled(self, factor: float) -> "Estimate":
        """The same in another unit."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Estimate(self.value * factor, low, high, self.records)


def reach_of(free: int) -> float:
    """Standard errors on either side of a 95 % interval of a spread that few values told.

    Args:
        free: Values beyond the figures that were fitted to them (Student's law).
    """
    from scipy.stats import t

    return float(t.ppf(0.975, max(free, 1)))


def mean_of(values: Numbers) -> Estimate:
    """Mean of independent values, with the interval of the normal law (NaN where there is none)."""
    count = len(values)
    if not count:
        return Estimate(np.nan, np.nan, np.nan, 0)
    mean = float(np.mean(values))
    error = float(np.std(values, ddof=1) / np.sqrt(count)) if count > 1 else np.nan
    return Estimate(mean, mean - Z95 * error, mean + Z95 * error, count)


def share_of(events: float, records: int) -> Estimate:
    """A share with Wilson's interval, which never leaves 0 to 1 (NaN where there is no record)."""
    if not records:
        return Estimate(np.nan, np.nan, np.nan, 0)
    share, z2 = events / records, Z95**2
    centre = (share + z2 / (2 * records)) / (1 + z2 / records)
    half = Z95 / (1 + z2 / records) * np.sqrt(share * (1 - share) / records + z2 / (4 * records**2))
    return Estimate(share, float(max(0.0, centre - half)), float(min(1.0, centre + half)), records)


def rate_of(events: int, exposure: float) -> Estimate:
    """Mean time per event: exposure over events, with the exact interval of an exponential time."""
    from scipy.stats import chi2

    if not events or exposure <= 0:
        return Estimate(np.nan, np.nan, np.nan, events)
    low = 2 * exposure / float(chi2.ppf(0.975, 2 * events))
    high = 2 * exposure / float(chi2.ppf(0.025, 2 * events))
    return Estimate(exposure / events, low, high, events)
