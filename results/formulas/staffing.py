"""How many agents it takes to meet a target, on the floor and on the roster."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from results.formulas.erlang import ErlangC, erlang_c, erlangs
from results.formulas.inputs import (
    above_zero,
    not_negative,
    share_above_zero,
    share_below_one,
)
from results.formulas.patience_queue import PatienceQueue, erlang_a


@dataclass(frozen=True, slots=True)
class Target:
    """What the centre promises its callers and its agents. All that is given must hold at once.

    `service_level` is the least share answered within `target_s` seconds, `asa_s` the longest mean
    wait of the answered, `max_occupancy` and `max_abandonment` are the highest shares allowed.

    Raises:
        ValueError: nothing is promised, or a value is outside its range.
    """

    service_level: float | None = None
    target_s: float = 20.0
    asa_s: float | None = None
    max_occupancy: float | None = None
    max_abandonment: float | None = None

    def __post_init__(self) -> None:
        """Refuse a target that promises nothing or what no number of agents can keep."""
        not_negative("target_s", self.target_s)
        checks: dict[str, Callable[[str, float], float]] = {
            "service_level": share_below_one,
            "asa_s": above_zero,
            "max_occupancy": share_above_zero,
            "max_abandonment": share_above_zero,
        }
        given = {name: getattr(self, name) for name in checks if getattr(self, name) is not None}
        if not given:
            raise ValueError(
                f"The target is empty, but it must set at least one of {list(checks)}."
            )
        for name, value in given.items():
            checks[name](name, value)

    def met_by(self, answer: ErlangC | PatienceQueue) -> bool:
        """Say whether an answer of Erlang C or of a queue with abandonment keeps every promise."""
        abandonment = answer.abandonment if isinstance(answer, PatienceQueue) else 0.0
        limits = (
            (answer.asa, self.asa_s),
            (answer.occupancy, self.max_occupancy),
            (abandonment, self.max_abandonment),
        )
        fast_enough = self.service_level is None or answer.service_level >= self.service_level
        return fast_enough and all(limit is None or value <= limit for value, limit in limits)


@dataclass(frozen=True, slots=True)
class Staffing:
    """The least `agents` on the floor, heads `scheduled` for that, and what callers then meet."""

    agents: int
    scheduled: int
    answer: ErlangC | PatienceQueue


def agents_needed(
    contacts_per_hour: float,
    aht_s: float,
    target: Target,
    *,
    mean_patience_s: float | None = None,
    shrinkage: float = 0.0,
) -> Staffing:
    """Find the least number of agents that meets the target.

    Callers give up after an exponential patience of mean `mean_patience_s` (Erlang A), or never if
    it is left out (Erlang C). More agents never make a promised measure worse, so the number is
    found by doubling and halving.

    Raises:
        ValueError: an input outside its range, or a limit on abandonment without a patience.
    """
    if mean_patience_s is None and target.max_abandonment is not None:
        raise ValueError(
            f"max_abandonment is {target.max_abandonment!r}, but without mean_patience_s nobody "
            "gives up: give the mean patience in seconds, or leave max_abandonment out."
        )
    share_below_one("shrinkage", shrinkage)

    def answer(agents: int) -> ErlangC | PatienceQueue:
        if mean_patience_s is None:
            return erlang_c(contacts_per_hour, aht_s, agents, target.target_s)
        return erlang_a(contacts_per_hour, aht_s, agents, mean_patience_s, target.target_s)

    too_few = math.floor(erlangs(contacts_per_hour, aht_s)) if mean_patience_s is None else 0
    agents = _least(lambda number: target.met_by(answer(number)), too_few)
    return Staffing(agents, scheduled_for(agents, shrinkage), answer(agents))


def scheduled_for(agents: int, shrinkage: float) -> int:
    """Heads to put on the roster so that `agents` are on the floor: agents / (1 - shrinkage).

    Shrinkage is the share of paid time away from contacts: leave, sickness, training, breaks.

    Raises:
        ValueError: a shrinkage outside 0 up to, not including, 1.
    """
    heads = agents / (1 - share_below_one("shrinkage", shrinkage))
    # 21 / (1 - 0.3) is 30.000000000000004 in binary: that is 30 heads, not 31.
    return math.ceil(heads - 1e-9 * heads)


def _least(holds: Callable[[int], bool], too_few: int) -> int:
    """Smallest whole number above `too_few` for which a statement holds that then stays true."""
    step = 1
    while not holds(too_few + step):
        too_few, step = too_few + step, 2 * step
    enough = too_few + step
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if holds(middle):
            enough = middle
        else:
            too_few = middle
    return enough
