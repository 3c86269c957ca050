"""Agents behind a limited number of lines: callers wait while a line is free, else are blocked.

No loop over agents or lines. The states below "every agent is busy" are Erlang B's; those above are
a geometric series with ratio r = load / agents, which is summed from its larger end so that nothing
overflows, and with exponentials so that nothing cancels where r is close to 1.
"""

import math
from dataclasses import dataclass

import numpy as np

from results.formulas.blocking import NEGLIGIBLE, log_inverse_blocking
from results.formulas.erlang import SECONDS_PER_HOUR, erlangs, mean_of_waiting
from results.formulas.inputs import not_negative, whole_number

LARGEST_EXPONENT = 700.0
SMALL = 0.25
"""Below this the power series is exact to the last digit, and the difference is not."""


@dataclass(frozen=True, slots=True)
class LimitedLines:
    """What callers meet when every call, waiting or in service, holds one of a few lines.

    `blocked` and `p_empty` (nobody in the centre) are shares of all who try; `p_wait` and
    `service_level` (answered within the target) are shares of callers who find a line, `asa` their
    mean wait in seconds; `mean_queue` counts contacts.
    """

    offered_load: float
    agents: int
    lines: int
    blocked: float
    p_empty: float
    p_wait: float
    asa: float
    service_level: float
    occupancy: float
    mean_queue: float

    @property
    def wait_all(self) -> float:
        """Mean wait in seconds of all who find a line, every one of whom is answered."""
        return self.asa

    @property
    def wait_of_waiting(self) -> float:
        """Mean wait in seconds of customers who have to wait."""
        return mean_of_waiting(self.asa, self.p_wait)


def limited_lines(
    contacts_per_hour: float, aht_s: float, agents: int, lines: int, target_s: float = 20.0
) -> LimitedLines:
    """Blocking and waits with `lines` lines in all, of callers who never give up (M/M/c/K).

    As many lines as agents gives Erlang B; lines without end give Erlang C. Loads above the number
    of agents are allowed: blocking keeps the queue finite. A caller who finds a line sees the
    centre as it would be with one line fewer, which gives `p_wait`.

    Raises:
        ValueError: an input outside its range, or fewer lines than agents.
    """
    load = erlangs(contacts_per_hour, aht_s)
    not_negative("target_s", target_s)
    if whole_number("lines", lines) < whole_number("agents", agents):
        raise ValueError(
            f"lines is {lines}, but {agents} agents in service hold a line each: it must be at "
            f"least {agents}."
        )
    if load == 0.0:
        return LimitedLines(load, agents, lines, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    states = _States(load, agents, lines - agents)
    free = 1.0 / (states.below + states.waiting)  # 1 / the weight of all who find a line
    everybody = 1.0 / (states.below + states.waiting + states.full)
    got_in = (states.below + states.waiting) * everybody if free else 1.0
    queue = states.mean_waiting * (states.waiting + states.full) * everybody
    late = states.waiting_longer(agents * target_s / aht_s)
    return LimitedLines(
        offered_load=load,
        agents=agents,
        lines=lines,
        blocked=states.full * everybody,
        # Where agents are never all busy, in floating point, the centre is Poisson.
        p_empty=states.empty * everybody if everybody else math.exp(-load),
        p_wait=states.waiting * free,
        asa=queue * SECONDS_PER_HOUR / (contacts_per_hour * got_in),
        service_level=1.0 - late * free,
        occupancy=load * got_in / agents,
        mean_queue=queue,
    )


class _States:
    """Weights of the states of a centre: relative to "all busy, nobody waits", or to "full".

    Relative to the larger of the two, so that no weight of the series overflows.
    """

    def __init__(self, load: float, agents: int, places: int) -> None:
        self.places, self.growth = places, _log_ratio(load, agents)
        self._largest = places if self.growth > 0.0 else 0
        self.full = math.exp(self._log_weight(places))
        self.waiting = self._series(0, places)
        below = math.log(agents / load)
        below += log_inverse_blocking(load, agents - 1) if agents > 1 else 0.0
        self.below = _exp(below + self._log_weight(0))
        empty = math.lgamma(agents + 1.0) - agents * math.log(load)
        self.empty = _exp(empty + self._log_weight(0))

    @property
    def mean_waiting(self) -> float:
        """Mean number waiting while every agent is busy: that of a geometric law cut off."""
        places, less = self.places + 1, -self.growth
        if abs(less) >= SMALL:
            return 1.0 / _expm1(less) - places / _expm1(places * less)
        return _remainder(less) - places * _remainder(places * less)

    def waiting_longer(self, services: float) -> float:
        """Weight of customers who find all busy and wait longer than it takes for `services` ends.

        Who finds j waiting waits for j + 1 ends of a service, of which the number in any time is
        Poisson with mean `services`.
        """
        from scipy.special import gammaincc

        spread = 10.0 * math.sqrt(services) + 50.0
        first = min(max(math.floor(services - spread), 0), self.places)
        last = min(math.ceil(services + spread), self.places)
        # Nor do more terms count than those whose weight is not far below the largest.
        reach = math.ceil(min(-NEGLIGIBLE / abs(self.growth or 1e-300), 1e15))
        first = max(first, self._largest - reach) if self.growth > 0.0 else first
        last = last if self.growth > 0.0 else min(last, max(first, reach))
        found = np.arange(first, last)
        weights = np.exp(self.growth * (found - self._largest))
        some = float(weights @ gammaincc(found + 1.0, services)) if len(found) else 0.0
        return some + self._series(last, self.places)

    def _series(self, start: int, stop: int) -> float:
        """Sum of the weights of `start` up to, not including, `stop` waiting."""
        if stop <= start:
            return 0.0
        if self.growth == 0.0:
            return float(stop - start)
        edge = stop - 1 if self.growth > 0.0 else start
        step = -abs(self.growth)
        whole = math.expm1((stop - start) * step) / math.expm1(step)
        return math.exp(self._log_weight(edge)) * whole

    def _log_weight(self, waiting: int) -> float:
        return self.growth * (waiting - self._largest)


def _log_ratio(load: float, agents: int) -> float:
    """log(load / agents), with all its digits where the two are close."""
    spare = (load - agents) / agents
    return math.log1p(spare) if abs(spare) < 0.5 else math.log(load / agents)


def _remainder(number: float) -> float:
    """1 / (exp(x) - 1) - 1 / x, which is smooth at 0."""
    if abs(number) >= SMALL:
        return 1.0 / _expm1(number) - 1.0 / number
    terms = (1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160)
    return sum((term * number ** (2 * i + 1) for i, term in enumerate(terms)), -0.5)


def _expm1(number: float) -> float:
    return math.expm1(number) if number < LARGEST_EXPONENT else math.inf


def _exp(number: float) -> float:
    return math.exp(number) if number < LARGEST_EXPONENT else math.inf
