"""What pooling gains: several equal queues apart, and the same work in one queue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from results.formulas.inputs import whole_number
from results.formulas.staffing import (
    Answer,
    Staffing,
    Target,
    agents_needed,
    blocked,
    queue_answer,
    scheduled_for,
)


@dataclass(frozen=True, slots=True)
class Pooling:
    """So many equal queues, apart and as one; agents and heads are those of all of them.

    `separate` and `pooled` have the same agents, `least` the fewest agents in one queue that still
    keep the target, or reach the service level of the separate queues where there is none. It is
    None where every one of the separate queues' callers is answered in time already.
    """

    queues: int
    separate: Staffing
    pooled: Staffing
    least: Staffing | None

    @property
    def agents_saved(self) -> int:
        """Agents that one queue does without."""
        return self.separate.agents - self.least.agents if self.least else 0


def pooling(
    queues: int,
    contacts_per_hour: float,
    aht_s: float,
    *,
    agents: int | None = None,
    target: Target,
    mean_patience_s: float | None = None,
    lines: int | None = None,
    shrinkage: float = 0.0,
) -> Pooling:
    """Set so many equal queues, each with these contacts, agents and lines, against one of all.

    Without `agents` each queue has the fewest that meet the target, and so has the least pooled
    one. With agents, that one has the fewest that reach the service level of the separate queues,
    within the target's `target_s`, and block no more. In one queue nobody waits while an agent
    anywhere is idle, which is what pooling gains; it takes for granted that every agent can take
    every contact.

    Raises:
        ValueError: fewer than two queues, or as `queue_answer` and `agents_needed`.
    """
    whole_number("queues", queues, least=2)
    each = partial(queue_answer, contacts_per_hour, aht_s, target_s=target.target_s, lines=lines)
    all_of_them: dict[str, Any] = {
        "contacts_per_hour": queues * contacts_per_hour,
        "aht_s": aht_s,
        "lines": None if lines is None else queues * lines,
        "mean_patience_s": mean_patience_s,
    }
    goal: Target | None = target
    if agents is None:
        agents = agents_needed(
            contacts_per_hour, aht_s, target, mean_patience_s=mean_patience_s, lines=lines
        ).agents
        apart = each(agents, mean_patience_s=mean_patience_s)
    else:
        apart = each(agents, mean_patience_s=mean_patience_s)
        goal = _as_good_as(apart, target.target_s)
    number = queues * agents
    one = queue_answer(agents=number, target_s=target.target_s, **all_of_them)
    return Pooling(
        queues=queues,
        separate=Staffing(number, queues * scheduled_for(agents, shrinkage), apart),
        pooled=Staffing(number, scheduled_for(number, shrinkage), one),
        least=agents_needed(target=goal, shrinkage=shrinkage, **all_of_them) if goal else None,
    )


def _as_good_as(answer: Answer, target_s: float) -> Target | None:
    """The service level, and the blocking, of an answer as a target; None where all is perfect."""
    if answer.service_level >= 1.0:
        return None
    return Target(
        service_level=answer.service_level, target_s=target_s, max_blocked=blocked(answer) or None
    )
