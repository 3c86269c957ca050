"""States of agents and outcomes of contacts, gathered as live counts and measures count them."""

from __future__ import annotations

from sim.trace.codes import AgentState, Outcome

NEVER_OFFERED = (
    *(Outcome.SELF_SERVED, Outcome.LEFT_MENU, Outcome.CLOSED, Outcome.UNREACHED),
    Outcome.LEFT_MESSAGE,
)
"""Outcomes of contacts that met nobody (closed, or nobody on duty), or that the menu settled or
lost."""

LOST = (
    *(Outcome.ABANDONED, Outcome.BLOCKED, Outcome.CLOSED),
    *(Outcome.TURNED_AWAY, Outcome.UNREACHED),
)
"""Outcomes of contacts after which the customer has not been served, and may try again."""

COLLEAGUE_STATES = (AgentState.HELPING, AgentState.DECIDING)
BUSY_STATES = (
    *(AgentState.TALK, AgentState.HOLD, AgentState.WRAP_UP),
    *COLLEAGUE_STATES,
    AgentState.OUTBOUND,
)
"""States of somebody who serves a customer or a colleague."""
AVAILABLE_STATES = (AgentState.READY, AgentState.OWN_WORK)
"""States of somebody who would serve immediately; own work is done while nobody asks."""
