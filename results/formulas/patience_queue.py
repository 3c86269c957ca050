"""Queues whose callers give up: Erlang A, and any other law of patience (M/M/n+M and M/M/n+G).

All measures are means over one density, that of the *offered wait* V: how long a caller with
endless patience would wait. While V is above 0 it rises by the work of callers who will stay and
falls as agents get free, which gives (Baccelli & Hebuterne 1981; Zeltyn & Mandelbaum 2005)

    v(x) = λ exp(H(x)) / (1 / B + λ J),    H(x) = λ E[min(T, x)] - n x / aht,    J = ∫ exp(H) dx

with T the patience, λ the arrival rate and B Erlang's blocking with n - 1 lines. A caller offered x
gives up with probability P(T <= x). For exponential T this is Erlang A (Palm 1957; Garnett,
Mandelbaum & Reiman 2002).

Why integrals and not the textbook's incomplete gamma functions: with some hundred agents J leaves
the range of a double (scaled, it underflows in a quiet centre instead), and the formula for
abandonment, 1 + (λ - n / aht) J, is a difference of nearly equal numbers when few give up. Here
every integrand is positive, so nothing cancels, and H is concave, so exp(H) has one peak: dividing
by its height leaves no overflow, and cutting where it has fallen by exp(-45) leaves nothing out. A
fixed Gauss rule on that stretch agrees with the Markov chain to 1e-9 and better, for 1 agent or
5,000, half idle or overloaded tenfold. NumPy alone does it, in some milliseconds; SciPy's
integration, 0.6 s to load, is needed only for laws of patience without a formula.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from results.formulas.erlang import SECONDS_PER_HOUR, erlang_b, erlangs, mean_of_waiting
from results.formulas.inputs import above_zero, not_negative, whole_number
from results.formulas.patience_law import (
    ExponentialPatience,
    PatienceFromSurvival,
    PatienceLaw,
    Survival,
    Values,
    panel_nodes,
)

NEGLIGIBLE = -45.0
# Panels grow by a fifth from a billionth of the stretch on: fine next to its start, where laws such
# as Weibull's have no slope, and never wider than a fifth of the whole.
PANEL_ENDS = np.concatenate([[0.0], np.geomspace(1e-9, 1.0, 96)])
LONGEST_DOUBLINGS = 100


@dataclass(frozen=True, slots=True)
class PatienceQueue:
    """What callers meet when some give up before they are answered.

    `p_wait` is the share that finds every agent busy; `wait_all` the mean wait of all callers and
    `asa` that of the answered, in seconds; `mean_queue` counts contacts; the rest are shares of the
    offered, except where the name of a service level says otherwise. "Within target" includes the
    target itself.
    """

    offered_load: float
    agents: int
    p_wait: float
    abandonment: float
    wait_all: float
    asa: float
    mean_queue: float
    occupancy: float
    service_level: float
    abandoned_in_target: float

    @property
    def wait_of_waiting(self) -> float:
        """Mean wait in seconds of customers who have to wait, whether or not they are answered."""
        return mean_of_waiting(self.wait_all, self.p_wait)

    @property
    def sl_answered(self) -> float:
        """Answered within target / answered."""
        return self.service_level / (1 - self.abandonment)

    @property
    def sl_excl_short(self) -> float:
        """Answered within target / (answered + abandoned at or after the target)."""
        return self.service_level / (1 - self.abandoned_in_target)

    @property
    def sl_credit_short(self) -> float:
        """(Answered + abandoned, both within target) / offered."""
        return self.service_level + self.abandoned_in_target


def erlang_a(
    contacts_per_hour: float,
    aht_s: float,
    agents: int,
    mean_patience_s: float,
    target_s: float = 20.0,
) -> PatienceQueue:
    """Waits and abandonment with exponential patience, by Erlang A (M/M/n+M), exact.

    Raises:
        ValueError: an input outside its range. Any load is allowed: abandonment keeps the queue
            finite.
    """
    patience = ExponentialPatience(above_zero("mean_patience_s", mean_patience_s))
    return _describe(_queue(contacts_per_hour, aht_s, agents, patience), target_s)


def patience_queue(
    contacts_per_hour: float,
    aht_s: float,
    agents: int,
    survival: Survival,
    target_s: float = 20.0,
    breaks_s: Sequence[float] = (),
) -> PatienceQueue:
    """Waits and abandonment with any law of patience (M/M/n+G), by numerical integration.

    `survival` takes an array of seconds and gives the share of callers ready to wait longer, such
    as the `sf` of a SciPy distribution; a share that hangs up immediately starts below 1.
    `breaks_s` names the few waits at which it jumps or bends (a fixed patience, the end of a
    uniform); a jump that is not named can cost a tenth of a per cent.

    Raises:
        ValueError: an input outside its range, a survival function that is none, or callers who
            never give up and bring more work than the agents can carry.
    """
    breaks = tuple(sorted(not_negative("breaks_s", wait) for wait in breaks_s))
    patience = PatienceFromSurvival(survival, breaks)
    return _describe(_queue(contacts_per_hour, aht_s, agents, patience), target_s)


@dataclass(frozen=True, slots=True)
class _Queue:
    """The inputs of the formulas, rates per second."""

    load: float
    agents: int
    arrivals: float
    departures: float
    patience: PatienceLaw

    def drift(self, wait_s: Values) -> Values:
        """H of the module's equation."""
        return self.arrivals * self.patience.mean_wait_up_to(wait_s) - self.departures * wait_s

    def drift_at(self, wait_s: float) -> float:
        return float(self.drift(np.array([wait_s]))[0])

    def staying(self, wait_s: float) -> float:
        return float(self.patience.survival(np.array([wait_s]))[0])

    def rises_at(self, wait_s: float) -> bool:
        """Whether callers who stay that long still bring more work than is done."""
        return self.arrivals * self.staying(wait_s) > self.departures


@dataclass(frozen=True, slots=True)
class _Moments:
    """Integrals of exp(H - H at its peak) over a stretch of offered waits, by weight."""

    waiting: float
    answered: float
    giving_up: float
    waited: float
    waited_until_answered: float


def _queue(contacts_per_hour: float, aht_s: float, agents: int, patience: PatienceLaw) -> _Queue:
    return _Queue(
        load=erlangs(contacts_per_hour, aht_s),
        agents=whole_number("agents", agents),
        arrivals=contacts_per_hour / SECONDS_PER_HOUR,
        departures=agents / aht_s,
        patience=patience,
    )


def _describe(queue: _Queue, target_s: float) -> PatienceQueue:
    not_negative("target_s", target_s)
    low, peak, high = _stretch(queue)
    top = queue.drift_at(peak)
    split = min(max(target_s, low), high)
    cuts = (peak, *queue.patience.breaks_s)
    early = _moments(queue, top, _ends(low, split, cuts))
    late = _moments(queue, top, _ends(split, high, cuts))

    pressure = queue.arrivals * erlang_b(queue.load, queue.agents - 1)
    idle = math.exp(-top)
    total = idle + pressure * (early.waiting + late.waiting)
    at_once, scale = idle / total, pressure / total
    answered = at_once + scale * (early.answered + late.answered)
    until_answered = scale * (early.waited_until_answered + late.waited_until_answered)
    wait_all = scale * (early.waited + late.waited)
    gone_by_target = 1 - queue.staying(target_s)
    return PatienceQueue(
        offered_load=queue.load,
        agents=queue.agents,
        p_wait=scale * (early.waiting + late.waiting),
        abandonment=scale * (early.giving_up + late.giving_up),
        wait_all=wait_all,
        asa=until_answered / answered,
        mean_queue=queue.arrivals * wait_all,
        occupancy=min(1.0, queue.load * answered / queue.agents),  # not 1 + 4e-15 in overload
        service_level=at_once + scale * early.answered,
        abandoned_in_target=scale * (early.giving_up + gone_by_target * late.waiting),
    )


def _stretch(queue: _Queue) -> tuple[float, float, float]:
    """Find the offered waits that matter: where exp(H) begins, peaks and has died out."""
    beyond = 1 / queue.departures
    for _ in range(LONGEST_DOUBLINGS):
        if queue.drift_at(beyond) < NEGLIGIBLE:
            break
        beyond *= 2
    else:
        raise ValueError(
            f"{queue.load:.4g} erlangs are offered to {queue.agents} agents, and too many of these "
            "callers never give up: the queue grows without end. Add agents, or give a survival "
            "function that falls towards 0."
        )
    peak = _last_true(queue.rises_at, 0.0, beyond)
    least = queue.drift_at(peak) + NEGLIGIBLE
    low = _last_true(lambda wait: queue.drift_at(wait) < least, 0.0, peak)
    high = _last_true(lambda wait: queue.drift_at(wait) >= least, peak, beyond)
    return low, peak, high


def _last_true(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where a statement true below some point and false above it changes, by halving.

    SciPy's root finders need a continuous function; survival curves jump.
    """
    if not holds(low):
        return low
    for _ in range(100):
        middle = (low + high) / 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def _ends(start: float, stop: float, cuts: Sequence[float]) -> Values:
    """Ends of the panels that cover a stretch, refined after its start and after every cut."""
    corners = np.unique([start, *(cut for cut in cuts if start < cut < stop), stop])
    pieces = [low + (high - low) * PANEL_ENDS for low, high in pairwise(corners)]
    return np.unique(np.concatenate(pieces)) if pieces else corners


def _moments(queue: _Queue, top: float, ends: Values) -> _Moments:
    nodes, weights = panel_nodes(ends[:-1], ends[1:])
    wait, weight = nodes.ravel(), weights.ravel()
    density = weight * np.exp(queue.drift(wait) - top)
    staying = queue.patience.survival(wait)
    return _Moments(
        waiting=float(density.sum()),
        answered=float(density @ staying),
        giving_up=float(density @ (1 - staying)),
        waited=float(density @ queue.patience.mean_wait_up_to(wait)),
        waited_until_answered=float(density @ (wait * staying)),
    )
