"""Times of which some are only known to be longer: Kaplan and Meier, exponential, Weibull.

A caller who is answered after 40 seconds had a patience of *more* than 40 seconds. Averaging the
waits of those who hung up leaves that out, and makes patience several times too short.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.estimate import Z95, Estimate, rate_of
from scenarios.records.columns import Flags, Numbers


@dataclass(frozen=True)
class Survival:
    """Kaplan and Meier's estimate of the share that lasts longer than a time.

    Attributes:
        times: Times at which somebody left, rising.
        survival: Share that lasts longer than each of them.
        error: Greenwood's standard error of that share.
        at_risk: How many were still there just before.
        tail_mean: Mean time beyond the last time that is written, from the censored exponential
            of those who got there.
        records: Times in all, those censored included.
        events: Times that were seen to their end.
    """

    times: Numbers
    survival: Numbers
    error: Numbers
    at_risk: Numbers
    records: int
    events: int

    def at(self, time: float) -> float:
        """Share that lasts longer than a time."""
        place = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[place - 1]) if place else 1.0

    def quantile(self, share: float) -> Estimate:
        """The time after which a share has left (0.5: the median), NaN where it is never reached.

        The interval is where the pointwise 95 % band crosses that share.
        """
        half = Z95 * self.error
        bands = (self.survival, self.survival - half, self.survival + half)
        value, low, high = (self._first_below(band, 1 - share) for band in bands)
        return Estimate(value, low, high, self.records)

    def _first_below(self, band: Numbers, level: float) -> float:
        below = np.flatnonzero(band <= level)
        return float(self.times[below[0]]) if len(below) else np.nan


def kaplan_meier(time: Numbers, ended: Flags) -> Survival:
    """Kaplan and Meier's estimate; `ended` says which times were seen to their end.

    Of times that are equal, those that ended count before those that were censored.
    """
    times = np.unique(time[ended])
    order = np.sort(time)
    at_risk = (len(time) - np.searchsorted(order, times, side="left")).astype(float)
    left = np.diff(np.searchsorted(np.sort(time[ended]), np.append(times, np.inf))).astype(float)
    survival = np.cumprod(1 - left / at_risk)
    # Where everybody left the sum is endless, and the share is 0 for certain.
    spread = np.cumsum(left / (at_risk * np.maximum(at_risk - left, 1e-9)))
    error = np.where(survival > 0, survival * np.sqrt(spread), 0.0)
    return Survival(times, survival, error, at_risk, len(time), int(ended.sum()))


def exponential_mean(time: Numbers, ended: Flags) -> Estimate:
    """Mean of a censored exponential time: all time over the number seen to their end."""
    return rate_of(int(ended.sum()), float(time.sum()))


SHAPES = (1e-3, 1e3)
"""Between these the shape of a law is looked for."""


@dataclass(frozen=True)
class Weibull:
    """A Weibull law fitted to censored times."""

    shape: Estimate
    scale: Estimate

    @property
    def mean(self) -> float:
        """Mean of the law."""
        from scipy.special import gamma

        return self.scale.value * float(gamma(1 + 1 / self.shape.value))


def weibull(time: Numbers, ended: Flags) -> Weibull:
    """The Weibull law of greatest likelihood; its intervals from the curvature in logarithms.

    Times of 0 have no logarithm: count them apart (who leaves at once), or as half a second.
    """
    times, place = np.unique(time, return_inverse=True)
    number, left = np.bincount(place).astype(float), np.bincount(place, ended).astype(float)
    shape, scale = _likeliest(times, number, left)
    # Minus the second derivatives of the log-likelihood in (ln shape, ln scale).
    events, lean = float(left.sum()), shape * np.log(times / scale)
    hazard = number * np.exp(lean)
    of_shape = float(np.sum(hazard * lean * (lean + 1)) - left @ lean)
    of_scale = float(shape**2 * np.sum(hazard))
    both = float(shape * (events - np.sum(hazard) - np.sum(hazard * lean)))
    covariance = np.linalg.pinv(np.array([[of_shape, both], [both, of_scale]]))
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    return Weibull(*(_around(v, e, len(time)) for v, e in zip((shape, scale), errors, strict=True)))


def _likeliest(times: Numbers, number: Numbers, left: Numbers) -> tuple[float, float]:
    """Shape and scale, from different times, how often each was seen and how often to its end."""
    from scipy.optimize import brentq

    log = np.log(times)
    # The powers of the longest time are 1, so that none is too large.
    beyond, events = log - log[-1], float(left.sum())
    mean = float(left @ beyond / events)

    def slope(shape: float) -> float:
        powers = number * np.exp(shape * beyond)
        return float(powers @ beyond / powers.sum() - 1 / shape - mean)

    # It rises with the shape; where all left at the longest time there is no end to it.
    shape = float(brentq(slope, *SHAPES)) if slope(SHAPES[1]) > 0 else SHAPES[1]
    powers = float(number @ np.exp(shape * beyond))
    return shape, float(times[-1] * (powers / events) ** (1 / shape))


def _around(value: float, log_error: float, records: int) -> Estimate:
    factor = float(np.exp(Z95 * log_error))
    return Estimate(value, value / factor, value * factor, records)
