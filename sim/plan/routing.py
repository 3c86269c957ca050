"""Who serves whom: plain functions chosen by name.

An agent rule gives the standing of a free agent (the lowest goes first; the longest idle among
equals); a contact rule gives the standing of a contact in a queue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.parts.waiting import AgentChoice, ContactChoice

if TYPE_CHECKING:
    from sim.floor.agents import Agent

AgentRule = Callable[["Agent"], float]
ContactRule = Callable[[float, float, float], float]


def longest_idle(_agent: Agent) -> float:
    """All free agents stand alike, so the longest idle goes first."""
    return 0.0


def best_skill(agent: Agent) -> float:
    """The agent who knows most."""
    return -agent.knowledge


def least_authority(agent: Agent) -> float:
    """The agent with the lowest tier and the smallest authority, to keep the others free."""
    return agent.group.standing


def fastest(agent: Agent) -> float:
    """The agent with the shortest talk time."""
    return agent.speed * agent.group.plan.talk_factor


def highest_resolution(agent: Agent) -> float:
    """The agent who resolves most per hour: resolution rate times speed.

    The index p*mu of De Vericourt & Zhou (2005), with the centre's mean base rate for p.
    """
    return -agent.resolution / (agent.speed * agent.group.plan.talk_factor)


def highest_score(priority: float, points_per_s: float, since: float) -> float:
    """Base priority plus points for every second waited.

    All places of a lane gain points at the same rate, so the order never changes while they
    wait and the score at time zero can stand for the score at any time.
    """
    return priority - points_per_s * since


def longest_waiting(_priority: float, _points_per_s: float, _since: float) -> float:
    """All contacts score alike, so the one that waited longest goes first."""
    return 0.0


AGENT_RULES: dict[AgentChoice, AgentRule] = {
    "longest_idle": longest_idle,
    "best_skill": best_skill,
    "least_authority": least_authority,
    "fastest": fastest,
    "highest_resolution": highest_resolution,
}
"""Rules by name; ``random`` is drawn by the customer's mark and needs no standing."""

CONTACT_RULES: dict[ContactChoice, ContactRule] = {
    "highest_score": highest_score,
    "longest_waiting": longest_waiting,
}
