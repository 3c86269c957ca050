"""How many agents it takes to meet a target, on the floor and on the roster."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass

from results.formulas.erlang import ErlangC, erlang_c, erlangs
from results.formulas.inputs import (
    above_zero,
    not_negative,
    share_above_zero,
    share_below_one,
    whole_number,
)
from results.formulas.limited_lines import LimitedLines, limited_lines
from results.formulas.patience_queue import PatienceQueue, erlang_a
from results.formulas.search import least

Answer = ErlangC | PatienceQueue | LimitedLines
"""What the formula of a queue says."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the centre promises its callers and its agents. All that is given must hold together.

    `service_level` is the least share answered within `target_s` seconds, `asa_s` the longest mean
    wait of the answered, `max_occupancy`, `max_abandonment` and `max_blocked` are the highest
    shares allowed. Where lines are limited, `service_level` and `asa_s` are promised to those who
    find a line.

    Raises:
        ValueError: nothing is promised, or a value is outside its range.
    """

    service_level: float | None = None
    target_s: float = 20.0
    asa_s: float | None = None
    max_occupancy: float | None = None
    max_abandonment: float | None = None
    max_blocked: float | None = None

    def __post_init__(self) -> None:
        """Refuse a target that promises nothing or what no number of agents can keep."""
        not_negative("target_s", self.target_s)
        checks: dict[str, Callable[[str, float], float]] = {
            "service_level": share_below_one,
            "asa_s": above_zero,
            "max_occupancy": share_above_zero,
            "max_abandonment": share_above_zero,
            "max_blocked": share_above_zero,
        }
        given = {name: getattr(self, name) for name in checks if getattr(self, name) is not None}
        if not given:
            raise ValueError(
                f"The target is empty, but it must set at least one of {list(checks)}."
            )
        for name, value in given.items():
            checks[name](name, value)

    def met_by(self, answer: Answer) -> bool:
        """Say whether an answer of a formula keeps every promise."""
        limits = (
            (answer.asa, self.asa_s),
            (answer.occupancy, self.max_occupancy),
            (abandonment(answer), self.max_abandonment),
            (blocked(answer), self.max_blocked),
        )
        fast_enough = self.service_level is None or answer.service_level >= self.service_level
        return fast_enough and all(limit is None or value <= limit for value, limit in limits)


@dataclass(frozen=True, slots=True)
class Staffing:
    """The least `agents` on the floor, heads `scheduled` for that, and what callers then meet."""

    agents: int
    scheduled: int
    answer: Answer


def abandonment(answer: Answer) -> float:
    """Share of the offered that gives up; 0 where the formula knows no patience."""
    return answer.abandonment if isinstance(answer, PatienceQueue) else 0.0


def blocked(answer: Answer) -> float:
    """Share of callers who try that finds no line; 0 where the formula knows no lines."""
    return answer.blocked if isinstance(answer, LimitedLines) else 0.0


def queue_answer(
    contacts_per_hour: float,
    aht_s: float,
    agents: int,
    target_s: float = 20.0,
    *,
    mean_patience_s: float | None = None,
    lines: int | None = None,
) -> Answer:
    """Ask the formula that knows the queue: Erlang A with a patience, M/M/c/K with lines, or C.

    Raises:
        ValueError: an input outside its range, a queue that grows without end, or both a patience
            and a limit on lines, for which there is no formula here.
    """
    load = contacts_per_hour, aht_s, agents
    if lines is not None:
        if mean_patience_s is not None:
            raise ValueError(
                f"lines is {lines!r} and mean_patience_s is {mean_patience_s!r}, but no formula "
                "here knows both: leave one out, or run a scenario that has both."
            )
        return limited_lines(*load, lines, target_s)
    if mean_patience_s is not None:
        return erlang_a(*load, mean_patience_s, target_s)
    return erlang_c(*load, target_s)


def agents_needed(
    contacts_per_hour: float,
    aht_s: float,
    target: Target,
    *,
    mean_patience_s: float | None = None,
    lines: int | None = None,
    shrinkage: float = 0.0,
) -> Staffing:
    """Find the least number of agents that meets the target.

    Callers give up after an exponential patience of mean `mean_patience_s` (Erlang A), or never if
    it is left out (Erlang C; M/M/c/K with so many `lines` in all). More agents never make a
    promised measure worse, so the number is found by doubling and halving.

    Raises:
        ValueError: an input outside its range, a limit on abandonment without a patience or on
            blocking without lines, or lines that are too few for the target.
    """
    _refuse_idle_limits(target, mean_patience_s, lines)
    share_below_one("shrinkage", shrinkage)

    def answer(agents: int) -> Answer:
        return queue_answer(
            contacts_per_hour,
            aht_s,
            agents,
            target.target_s,
            mean_patience_s=mean_patience_s,
            lines=lines,
        )

    if lines is not None and not target.met_by(answer(whole_number("lines", lines))):
        raise ValueError(
            f"lines is {lines}, but the target cannot be met with so few, even with an agent for "
            "each: add lines, or ask for less."
        )
    endless = mean_patience_s is None and lines is None
    too_few = math.floor(erlangs(contacts_per_hour, aht_s)) if endless else 0
    most = math.inf if lines is None else lines
    agents = least(lambda number: number >= most or target.met_by(answer(number)), too_few)
    return Staffing(agents, scheduled_for(agents, shrinkage), answer(agents))


def _refuse_idle_limits(target: Target, mean_patience_s: float | None, lines: int | None) -> None:
    if mean_patience_s is None and target.max_abandonment is not None:
        raise ValueError(
            f"max_abandonment is {target.max_abandonment!r}, but without mean_patience_s nobody "
            "gives up: give the mean patience in seconds, or leave max_abandonment out."
        )
    if lines is None and target.max_blocked is not None:
        raise ValueError(
            f"max_blocked is {target.max_blocked!r}, but without lines nobody is blocked: give the "
            "number of lines, or leave max_blocked out."
        )


def scheduled_for(agents: int, shrinkage: float) -> int:
    """Heads to put on the roster so that `agents` are on the floor: agents / (1 - shrinkage).

    Shrinkage is the share of paid time away from contacts: leave, sickness, training, breaks.

    Raises:
        ValueError: a shrinkage outside 0 up to, not including, 1.
    """
    heads = agents / (1 - share_below_one("shrinkage", shrinkage))
    # 21 / (1 - 0.3) is 30.000000000000004 in binary: that is 30 heads, not 31.
    rounding = 4 * sys.float_info.epsilon / (1 - shrinkage)
    return max(math.ceil(heads - rounding * heads), agents)
