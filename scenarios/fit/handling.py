"""How long agents work on a contact, by reason and by agent."""

from dataclasses import dataclass, replace

import numpy as np

from scenarios.fit.calls import Calls, Dates, places_of
from scenarios.fit.errors import FitError
from scenarios.fit.estimate import Estimate, mean_of, share_of
from scenarios.records.columns import Flags, Numbers

SHORT_S = 10.0
"""Shorter contacts are cut short: some agents have many, most hardly any."""
LONGEST_S = 7200.0
"""A contact of more than two hours is a line left open."""
LEAST_SPREAD = 0.01
"""No handling time is always the same."""
EQUAL_CONTACTS = 15.0
"""Contacts of an agent that weigh as much as what is known of all agents."""


@dataclass(frozen=True)
class HandlingTime:
    """Time to handle the contacts of one reason, short ones and the others apart.

    Attributes:
        mean: Of all contacts, in seconds.
        cv: Standard deviation over mean, of all.
        short: Share that is cut short.
        short_at: Their mean, in seconds.
        long_mean: Mean of the others.
        long_cv: Of the others, without the differences between agents.
    """

    mean: Estimate
    cv: float
    short: Estimate
    short_at: float
    long_mean: Estimate
    long_cv: Estimate

    def with_short(self, left: float) -> "HandlingTime":
        """The same with another share cut short: what is left to the reason."""
        scale = left / self.short.value if self.short.value else 0.0
        return replace(self, short=self.short.scaled(scale))


@dataclass(frozen=True)
class Handling:
    """Handling times by code of the reason, and agents' factors on them.

    Attributes:
        all: Of all reasons together.
        by_reason: Of each reason with contacts enough; the others are handled as `all`.
        agents: Factor of each agent on the time of the contacts that are not cut short, drawn
            towards 1 where there are few contacts.
        short: Share of contacts that each agent cuts short.
        spread: Standard deviation of agents' factors.
        left_out: Contacts longer than two hours.
    """

    all: HandlingTime
    by_reason: dict[int, HandlingTime]
    agents: dict[int, Estimate]
    short: dict[int, Estimate]
    spread: float
    left_out: int


def handling_of(calls: Calls, least: int = 60) -> Handling:
    """Fit the handling times; a reason with fewer than `least` contacts has none of its own.

    Raises:
        FitError: hardly any contact says how long an agent worked on it.
    """
    timed = calls.answered & ~np.isnan(calls.handle)
    usable = timed & (calls.handle <= LONGEST_S)
    if usable.sum() < least:
        raise FitError(
            f"Only {int(usable.sum())} answered contacts last up to two hours and have an end: "
            "handling times cannot be told."
        )
    whole = usable & (calls.handle >= SHORT_S)
    codes = [int(c) for c in np.unique(calls.reason[usable])]
    factors = _factors(calls, whole)
    agents = int(calls.agent.max(initial=-1)) + 1
    # The last is for contacts whose agent is not known.
    own = np.ones(agents + 1)
    own[list(factors)] = [factor.value for factor in factors.values()]
    own = own[calls.agent]
    by_reason = {
        code: _time(calls.handle, own, usable & (calls.reason == code))
        for code in codes
        if (usable & (calls.reason == code)).sum() >= least
    }
    known = calls.agent >= 0
    number = np.bincount(calls.agent[usable & known], minlength=agents)
    brief = np.bincount(calls.agent[usable & known & ~whole], minlength=agents)
    short = {
        agent: share_of(float(brief[agent]), int(number[agent]))
        for agent in np.flatnonzero(number).tolist()
    }
    spread = float(np.std([f.value for f in factors.values()])) if factors else 0.0
    left_out = int((timed & ~usable).sum())
    return Handling(_time(calls.handle, own, usable), by_reason, factors, short, spread, left_out)


def handled_by_day(calls: Calls, dates: Dates) -> Numbers:
    """Seconds worked on contacts of up to two hours, and how many they were: 2 × dates."""
    place, inside = places_of(dates, calls.date)
    rows, size = calls.answered & (calls.handle <= LONGEST_S) & inside, len(dates)
    sums = [np.bincount(place[rows], each, minlength=size) for each in (calls.handle[rows], None)]
    return np.array(sums, dtype=float)


def _factors(calls: Calls, whole: Flags) -> dict[int, Estimate]:
    """Agents' factors in logarithms, beside the reasons that they take."""
    log = np.log(np.where(whole, calls.handle, 1.0))
    level = np.zeros(len(log))
    for reason in np.unique(calls.reason[whole]):
        of_reason = calls.reason == reason
        level[of_reason] = log[of_reason & whole].mean()
    beyond = (log - level)[whole]
    agent, spread = calls.agent[whole], float(beyond.std()) if len(beyond) else 0.0
    counts = np.bincount(agent[agent >= 0])
    sums = np.bincount(agent[agent >= 0], beyond[agent >= 0])
    factors = {}
    for code in np.flatnonzero(counts).tolist():
        count = int(counts[code])
        weight = count / (count + EQUAL_CONTACTS)
        middle = weight * float(sums[code]) / count
        half = 1.96 * spread / np.sqrt(count + EQUAL_CONTACTS)
        low, value, high = np.exp([middle - half, middle, middle + half])
        factors[code] = Estimate(float(value), float(low), float(high), count)
    return factors


def _time(handle: Numbers, own: Numbers, rows: Flags) -> HandlingTime:
    times = handle[rows]
    short = times < SHORT_S
    usual = times[~short] / own[rows][~short]
    # Where every contact is cut short there is no other mean; any will do.
    long_mean = mean_of(usual) if len(usual) else mean_of(np.maximum(times, 1.0))
    sigma = max(float(np.std(np.log(usual))) if len(usual) > 1 else 0.0, LEAST_SPREAD)
    error = sigma / np.sqrt(2 * max(len(usual), 1))
    cvs = [
        float(np.sqrt(np.expm1(s**2)))
        for s in (sigma, max(sigma - 1.96 * error, LEAST_SPREAD), sigma + 1.96 * error)
    ]
    return HandlingTime(
        mean_of(times),
        float(np.std(times) / np.mean(times)) if len(times) and np.mean(times) else 0.0,
        share_of(float(short.sum()), len(times)),
        float(times[short].mean()) if short.any() else 0.0,
        long_mean,
        Estimate.of(cvs, len(usual)),
    )
