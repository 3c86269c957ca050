"""Erlang B and Erlang C: lines that block and agents whose callers wait without giving up.

Loads are in erlangs (contacts per hour × handle time in hours), waits in seconds. Callers who give
up are in `results.formulas.patience_queue`, a limited number of lines in
`results.formulas.limited_lines`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from results.formulas.blocking import blocking
from results.formulas.inputs import (
    above_zero,
    carried_load,
    not_negative,
    share_above_zero,
    whole_number,
)
from results.formulas.search import least

SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class ErlangC:
    """What callers meet when they arrive at random, all wait, and agents share one queue.

    `p_wait` is the share that finds every agent busy; `asa` and `wait_all` are in seconds and the
    same here, since all are answered; `mean_queue` counts contacts; the others are shares.
    """

    offered_load: float
    agents: int
    p_wait: float
    asa: float
    service_level: float
    occupancy: float
    mean_queue: float

    @property
    def wait_all(self) -> float:
        """Mean wait in seconds of all callers, every one of whom is answered."""
        return self.asa

    @property
    def wait_of_waiting(self) -> float:
        """Mean wait in seconds of customers who have to wait."""
        return mean_of_waiting(self.asa, self.p_wait)


@dataclass(frozen=True, slots=True)
class Overflow:
    """The traffic that a full group of lines passes on, in erlangs and erlangs squared."""

    mean: float
    variance: float
    peakedness: float


@dataclass(frozen=True, slots=True)
class PriorityWaits:
    """Mean waits in seconds per class, highest priority first, and over all callers."""

    p_wait: float
    wait_by_class: tuple[float, ...]
    wait_all: float


def mean_of_waiting(wait_all: float, p_wait: float) -> float:
    """Mean wait of customers who have to wait, from that of all; 0 where nobody has to."""
    return wait_all / p_wait if p_wait else 0.0


def erlangs(contacts_per_hour: float, aht_s: float) -> float:
    """Work brought in, in erlangs: the mean number of agents it would keep busy.

    Raises:
        ValueError: contacts below 0, a handle time that is not above 0, or too large a load.
    """
    contacts = not_negative("contacts_per_hour", contacts_per_hour)
    return carried_load(contacts * above_zero("aht_s", aht_s) / SECONDS_PER_HOUR)


def erlang_b(offered_load: float, lines: int) -> float:
    """Share of calls blocked when `lines` are all there is and nobody waits (Erlang 1917).

    The number of the textbook's recursion B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)), in the same
    time for one line or a billion (`results.formulas.blocking`). The distribution of the holding
    time does not matter.

    Raises:
        ValueError: a load below 0, or lines that are not a whole number of 0 or more.
    """
    load = carried_load(not_negative("offered_load", offered_load))
    return blocking(load, whole_number("lines", lines, least=0))


def lines_for_blocking(offered_load: float, max_blocked: float) -> int:
    """Find the least number of lines that blocks no more than `max_blocked` of the calls.

    Raises:
        ValueError: a load below 0, or a share that is not above 0 and at most 1.
    """
    load = carried_load(not_negative("offered_load", offered_load))
    limit = share_above_zero("max_blocked", max_blocked)
    return least(lambda lines: blocking(load, lines) <= limit, -1)


def overflow(offered_load: float, lines: int) -> Overflow:
    """Traffic that a group without waiting room passes on to an endless second group.

    With m = a B(n, a): variance m (1 - m + a / (n + 1 - a + m)) (Riordan; Wilkinson 1956). A
    peakedness (variance / mean) above 1 says the overflow is burstier than random arrivals, so it
    needs more agents than its mean suggests. It is 1 where nothing overflows.

    Raises:
        ValueError: a load below 0, or lines that are not a whole number of 0 or more.
    """
    mean = offered_load * erlang_b(offered_load, lines)
    peakedness = 1 - mean + offered_load / (lines + 1 - offered_load + mean)
    return Overflow(mean=mean, variance=mean * peakedness, peakedness=peakedness)


def erlang_c(
    contacts_per_hour: float, aht_s: float, agents: int, target_s: float = 20.0
) -> ErlangC:
    """Waits of callers who never give up, by Erlang C (M/M/n; Erlang 1917).

    C = n B / (n - a (1 - B)), asa = C aht / (n - a), and customers who wait do so exponentially:
    service level = 1 - C exp(-(n - a) target / aht).

    Raises:
        ValueError: an input outside its range, or a load that the agents cannot carry: then the
            queue has no steady state.
    """
    load = erlangs(contacts_per_hour, aht_s)
    not_negative("target_s", target_s)
    spare = whole_number("agents", agents) - load
    if spare <= 0:
        raise ValueError(
            f"{load:.4g} erlangs are offered to {agents} agents, but without abandonment the queue "
            f"then grows without end: Erlang C needs at least {math.floor(load) + 1} agents. "
            "Add agents, or give callers a patience (Erlang A)."
        )
    blocked = erlang_b(load, agents)
    p_wait = agents * blocked / (spare + load * blocked)
    return ErlangC(
        offered_load=load,
        agents=agents,
        p_wait=p_wait,
        asa=p_wait * aht_s / spare,
        service_level=1 - p_wait * math.exp(-spare * target_s / aht_s),
        occupancy=load / agents,
        mean_queue=p_wait * load / spare,
    )


def mean_wait_any_handle_time(
    contacts_per_hour: float, aht_s: float, agents: int, aht_cv: float
) -> float:
    """Mean wait in seconds when handle times are not exponential: Erlang C × (1 + cv²) / 2.

    Exact for one agent (Pollaczek 1930, Khinchine 1932), an approximation for more (Allen 1978,
    after Cunneen), some per cent off at high load.

    Raises:
        ValueError: as `erlang_c`, or a coefficient of variation below 0.
    """
    spread = not_negative("aht_cv", aht_cv)
    return erlang_c(contacts_per_hour, aht_s, agents).asa * (1 + spread**2) / 2


def priority_waits(
    contacts_per_hour_by_class: Sequence[float], aht_s: float, agents: int
) -> PriorityWaits:
    """Mean wait of each class when a freed agent takes the highest class waiting.

    The classes come highest first and share one exponential handle time; a contact in hand is never
    put aside. With s_k the occupancy by classes 1 to k and W_0 = C aht / n, class k waits
    W_0 / ((1 - s_(k-1)) (1 - s_k)) (Cobham 1954; Kella & Yechiali 1985). The order moves waits
    between classes and leaves the mean over all callers that of Erlang C.

    Raises:
        ValueError: no class, an input outside its range, or more work than the agents can carry.
    """
    if not contacts_per_hour_by_class:
        raise ValueError(
            "contacts_per_hour_by_class is empty, but it must name at least one class."
        )
    loads = [erlangs(contacts, aht_s) for contacts in contacts_per_hour_by_class]
    together = erlang_c(sum(contacts_per_hour_by_class), aht_s, agents)
    spare = [1 - load / agents for load in accumulate(loads, initial=0.0)]
    base = together.p_wait * aht_s / agents
    waits = (base / (above * here) for above, here in pairwise(spare))
    return PriorityWaits(p_wait=together.p_wait, wait_by_class=tuple(waits), wait_all=together.asa)


def halfin_whitt_p_wait(beta: float) -> float:
    """Share that waits in a very large centre staffed with load + beta × √load agents.

    1 / (1 + β Φ(β) / φ(β)), the limit of Erlang C as the load grows (Halfin & Whitt 1981).

    Raises:
        ValueError: beta is not above 0.
    """
    above_zero("beta", beta)
    density = math.exp(-beta * beta / 2) / math.sqrt(2 * math.pi)
    below = math.erfc(-beta / math.sqrt(2)) / 2
    return density / (density + beta * below)
