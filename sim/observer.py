"""What can be seen of a run: one method for each event on the floor.

An observer overrides the methods that it needs and is shown the centre:
`centre.observe(observer)`. A run without an observer pays a comparison with None for each
thing that happens; an observer changes nothing, so a watched run has the same trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Team
    from sim.floor.cases import Case, Contact, Leg, Promise
    from sim.floor.queues import Place
    from sim.trace.codes import AgentState


class Observer:
    """Sees everything that happens in a run, in the order in which it happens."""

    # Customers.

    def contact_begins(self, contact: Contact) -> None:
        """The customer calls or writes, or the centre does."""

    def waits(self, place: Place, contact: Contact) -> None:
        """The customer begins to wait for an agent, the first or another one."""

    def wait_announced(self, contact: Contact) -> None:
        """The customer hears how long the wait is expected to be."""

    def callback_offered(self, contact: Contact) -> None:
        """The customer is offered a callback instead of waiting."""

    def answered(self, leg: Leg) -> None:
        """An agent answers: the first, or who takes over."""

    def contact_ends(self, contact: Contact) -> None:
        """The contact is over, answered or not; what becomes of the case follows."""

    def will_return(self, case: Case, delay_s: float) -> None:
        """The customer is going to try again after a time."""

    def case_ends(self, case: Case) -> None:
        """The case ends in its final state."""

    # What an agent does for a customer.

    def needs_help(self, leg: Leg) -> None:
        """The agent cannot settle the case alone; the leg's trigger says why."""

    def on_hold(self, leg: Leg) -> None:
        """The customer is put on hold."""

    def off_hold(self, leg: Leg) -> None:
        """The hold is over, or somebody who was waited for has come and a new one follows."""

    def asks_approver(self, leg: Leg, team: Team) -> None:
        """The agent asks for a decision: the customer hears "I will have to ask my boss"."""

    def helper_comes(self, leg: Leg, helper: Agent, state: AgentState) -> None:
        """Somebody has time for the agent who asked: to decide, to help, or to take over."""

    def decided_alone(self, case: Case, agent: Agent, paid: float) -> None:
        """The agent decides within the authority given, and pays so much."""

    def decided(
        self,
        case: Case,
        contact: int,
        team: Team,
        approver: Agent | None,
        asked: float,
        verdict: int | None,
        paid: float,
    ) -> None:
        """A request for a decision is answered, or nobody will answer it.

        Args:
            case: what it was about.
            contact: number of the contact in which it came up.
            team: who was asked.
            approver: who decided; None when nobody came in time.
            asked: when the team was asked, in seconds from midnight of the first day.
            verdict: 1 yes, 0 no, -1 passed up the line; None when nobody decided.
            paid: money paid by the decision.
        """

    def leg_ends(self, leg: Leg) -> None:
        """The agent's part of the contact is over."""

    # Promises.

    def promises(self, leg: Leg, promise: Promise) -> None:
        """The agent promises an answer by a due time."""

    def promise_closed(self, promise: Promise) -> None:
        """A promise is kept in time or late, or called off because the customer came first."""

    # Agents.

    def agent_comes(self, agent: Agent) -> None:
        """An agent comes to work."""

    def agent_shows(self, agent: Agent, state: AgentState) -> None:
        """An agent is about to do something else than the agent's state says."""

    def agent_moves(self, agent: Agent) -> None:
        """An agent begins to work for another team."""

    def agent_goes(self, agent: Agent) -> None:
        """An agent goes home."""
