"""How long callers wait before they hang up, from waits of which most were ended by an answer."""

from dataclasses import dataclass

import numpy as np

from scenarios.fit.calls import Calls
from scenarios.fit.estimate import Estimate, share_of
from scenarios.fit.survival import Survival, Weibull, exponential_mean, kaplan_meier, weibull
from scenarios.records.columns import Flags, Numbers

AT_ONCE_S = 1.0
"""Who leaves within a second leaves because there is a queue at all."""
LEAST_EVENTS = 60
"""Fewer hang-ups do not make a curve of their own."""
LEAST_AT_RISK = 30
"""A curve ends where fewer are left to tell anything."""
WRITTEN_SHARES = 12
"""Points of the curve that is written."""
TAIL_FROM_S = 90.0
"""From here on patience is told by the mean that is left: few hang up at any one time."""
CROWD_LEVELS = (1, 2, 3, 4, 6, 9, 14, 20, 30, 45, 70, 100, 150, 220)
"""Numbers waiting from which patience may differ."""


@dataclass(frozen=True)
class Patience:
    """Patience of some callers among those who had to wait.

    Attributes:
        curve: Kaplan and Meier's estimate.
        weibull: The censored Weibull law, for comparison; None where it cannot be fitted.
        exponential: Mean of the censored exponential law.
        at_once: Share that hangs up within a second.
        naive: Mean wait of those who hung up: what patience is not.
        tail_mean: Mean patience left to those who have waited 90 seconds.
        crowded: Curves of those who found at least so many waiting already, where they differ.
    """

    curve: Survival
    weibull: Weibull | None
    exponential: Estimate
    at_once: Estimate
    naive: float
    tail_mean: float
    crowded: tuple[tuple[int, Survival], ...] = ()

    @property
    def alone(self) -> Survival:
        """The curve of those who found nobody waiting; of all where that does not matter."""
        return self.crowded[0][1] if self.crowded else self.curve


def written(curve: Survival, tail_mean: float) -> tuple[list[float], list[float], float]:
    """Times, shares still waiting, and the mean of the tail beyond, ready to be written.

    The curve ends where fewer than 30 callers or 5 % are left to tell anything; a tail with a mean
    of its own continues it.
    """
    sure = (curve.at_risk >= LEAST_AT_RISK) & (curve.survival > 0.05)
    last = int(np.flatnonzero(sure)[-1]) if sure.any() else len(curve.times) - 1
    levels = np.linspace(1.0, curve.survival[last], WRITTEN_SHARES)[1:]
    rows = np.unique(np.searchsorted(-curve.survival, -levels - 1e-12).clip(0, last))
    times = np.concatenate([[0.0], curve.times[rows]])
    shares = np.concatenate([[1.0], curve.survival[rows]])
    return times.tolist(), [float(f"{share:.4f}") for share in shares], tail_mean


def tail_mean(time: Numbers, left: Flags, beyond: float) -> float:
    """Mean patience that is left to those who have waited longer than `beyond` seconds.

    Where nobody was seen to leave after so long, it is the mean of an exponential law of all.
    """
    late = time > beyond
    if not (late & left).any():
        return float(time.sum() / max(left.sum(), 1))
    return float((time[late] - beyond).sum() / (late & left).sum())


def patience_of(calls: Calls, rows: Flags) -> Patience | None:
    """Patience of the waiting callers among some rows; None when too few of them hung up."""
    waited = calls.waited & rows
    left = calls.abandoned[waited]
    if left.sum() < LEAST_EVENTS:
        return None
    # Waits are recorded in whole seconds: a wait of 0 is somewhere within the first.
    time = np.maximum(calls.wait[waited], 0.5)
    return Patience(
        kaplan_meier(time, left),
        weibull(time, left),
        exponential_mean(time, left),
        share_of(float((left & (time <= AT_ONCE_S)).sum()), len(time)),
        float(time[left].mean()),
        tail_mean(time, left, TAIL_FROM_S),
        _crowded(time, left, calls.found_waiting[waited]),
    )


def _crowded(time: Numbers, left: Flags, found: Numbers) -> tuple[tuple[int, Survival], ...]:
    """Curves by how many waited already, if their hang-ups differ more than by chance."""
    from scipy.stats import chi2

    levels = _levels(found[left])
    if len(levels) < 2:
        return ()
    group = np.searchsorted(levels, found, side="right") - 1
    curve = kaplan_meier(time, left)
    risk = -np.log(np.maximum(curve.survival, 1e-9))
    place = np.searchsorted(curve.times, time, side="right")
    expected = np.bincount(group, np.append(0.0, risk)[place], minlength=len(levels))
    seen = np.bincount(group[left], minlength=len(levels))
    if np.sum((seen - expected) ** 2 / expected) < chi2.ppf(0.999, len(levels) - 1):
        return ()
    return tuple(
        (int(level), kaplan_meier(time[group == place], left[group == place]))
        for place, level in enumerate(levels)
    )


def _levels(found: Numbers) -> list[int]:
    """Numbers waiting from which a curve of its own begins, each with hang-ups enough."""
    levels, begin = [0], 0
    for level in CROWD_LEVELS:
        if (found >= level).sum() < LEAST_EVENTS:
            break
        if ((found >= begin) & (found < level)).sum() >= LEAST_EVENTS:
            levels.append(level)
            begin = level
    return levels


@dataclass(frozen=True)
class HangUps:
    """Patience of all who waited, by reason, and by reason and class.

    Attributes:
        all: Of everybody; None where hardly anybody hangs up.
        by_reason: By code of the reason, where there are hang-ups enough.
        by_class: By reason and class of priority, where there are hang-ups enough.
        menu: Share of all calls that end in the menu by reason: no abandonment.
    """

    all: Patience | None
    by_reason: dict[int, Patience]
    by_class: dict[tuple[int, float], Patience]
    menu: dict[int, Estimate]

    def of(self, reason: int, priority: float | None = None) -> Patience | None:
        """The curve that is nearest to a reason and class."""
        if priority is not None and (reason, priority) in self.by_class:
            return self.by_class[reason, priority]
        return self.by_reason.get(reason, self.all)


def hang_ups_of(calls: Calls, classes: tuple[float, ...]) -> HangUps:
    """Fit patience and menu hang-ups; `classes` are the values of priority that differ."""
    everybody = np.ones(len(calls.wait), dtype=bool)
    codes = [int(c) for c in np.unique(calls.reason)]
    by_reason = {code: patience_of(calls, calls.reason == code) for code in codes}
    by_class = {
        (code, value): patience_of(
            calls, (calls.reason == code) & (calls.contacts.priority == value)
        )
        for code in codes
        for value in classes
    }
    menu = {
        code: share_of(
            float((calls.in_menu & (calls.reason == code)).sum()),
            int(((calls.in_menu | calls.asked) & (calls.reason == code)).sum()),
        )
        for code in codes
    }
    return HangUps(
        patience_of(calls, everybody),
        {code: p for code, p in by_reason.items() if p is not None},
        {key: p for key, p in by_class.items() if p is not None},
        menu,
    )
