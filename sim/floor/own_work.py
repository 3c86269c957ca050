"""Own work of supervisors and others: coaching and the like, done while nobody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.trace.codes import AgentState
from sim.trace.rows import span

if TYPE_CHECKING:
    from sim.floor.agents import Agent

_READY = AgentState.READY


def does_own_work(agent: Agent) -> bool:
    """Whether the agent is at own work: with nothing in hand, as long as some of the day's is left.

    It gives way to a question or a contact, which takes the agent out of this state, and resumes
    when the agent has nothing in hand again.
    """
    return agent.own_left > 0.0 and agent.state is _READY


def spend_on_own_work(agent: Agent, now: float, write: Callable[[tuple[float, ...]], None]) -> None:
    """Count idle time as the agent's own work first, as long as some of the day's is left.

    Own work has no event of its own: it gives way to questions, because an agent who is asked is
    not idle, and resumes when the agent is idle again. The rest of the time until ``now`` is idle.
    """
    start = agent.since
    own = min(agent.own_left, now - start)
    agent.own_left -= own
    write(span(agent=agent.number, state=AgentState.OWN_WORK, start=start, end=start + own))
    if start + own < now:
        write(span(agent=agent.number, state=agent.state, start=start + own, end=now))
