"""What pooling gains: several equal queues apart, and the same work in one queue."""

from __future__ import annotations

from dataclasses import dataclass

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
    all_lines = None if lines is None else queues * lines
    contacts = queues * contacts_per_hour

    def apart(number: int) -> Answer:
        return queue_answer(
            contacts_per_hour,
            aht_s,
            number,
            target.target_s,
            mean_patience_s=mean_patience_s,
            lines=lines,
        )

    def together(number: int) -> Answer:
        return queue_answer(
            contacts,
            aht_s,
            number,
            target.target_s,
            mean_patience_s=mean_patience_s,
            lines=all_lines,
        )

    if agents is None:
        each = agents_needed(
            contacts_per_hour, aht_s, target, mean_patience_s=mean_patience_s, lines=lines
        ).agents
        goal: Target | None = target
    else:
        each, goal = agents, _as_good_as(apart(agents), target.target_s)
    fewest = None
    if goal is not None:
        fewest = agents_needed(
            contacts,
            aht_s,
            goal,
            mean_patience_s=mean_patience_s,
            lines=all_lines,
            shrinkage=shrinkage,
        )
    heads = queues * scheduled_for(each, shrinkage)
    number = queues * each
    return Pooling(
        queues=queues,
        separate=Staffing(number, heads, apart(each)),
        pooled=Staffing(number, scheduled_for(number, shrinkage), together(number)),
        least=fewest,
    )


def _as_good_as(answer: Answer, target_s: float) -> Target | None:
    """The service level, and the blocking, of an answer as a target; None where all is perfect."""
    if answer.service_level >= 1.0:
        return None
    return Target(
        service_level=answer.service_level, target_s=target_s, max_blocked=blocked(answer) or None
    )
