"""Away on duty: agents who are not ready, and come back as soon as somebody begins to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Group
    from sim.floor.clock import Clock
    from sim.floor.queues import Place
    from sim.people.away import Away


class AwayOnDuty:
    """Who is away by the clock, or because of an outage."""

    def __init__(self, clock: Clock, turn: Callable[[Agent], None]) -> None:
        self._clock = clock
        self._turn = turn

    def is_out(self, group: Group) -> bool:
        """Whether an outage keeps a group from taking contacts."""
        return group.out_until > self._clock.now

    def out(self, group: Group, until: float) -> None:
        """Nobody of the group takes a contact until a time."""
        group.out_until = max(group.out_until, until)
        self.turn_all(group)

    def turn_all(self, group: Group) -> None:
        """Everybody of a group on duty turns to what comes next."""
        for agent in group.agents:
            if agent.duties:
                self._turn(agent)

    def begins(self, agent: Agent, away: Away) -> None:
        """A time away begins, in which the agent comes back when somebody waits."""
        agent.away_in = away
        if agent.duties and not agent.going:
            self._turn(agent)

    def ends(self, agent: Agent, away: Away) -> None:
        """A time away ends, unless another has begun."""
        if agent.away_in is away:
            agent.away_in, agent.coming = None, False
            if agent.duties and not agent.going:
                self._turn(agent)

    def stays(self, agent: Agent) -> bool:
        """Whether an agent who is away only comes later; otherwise the agent is back."""
        if agent.coming and not (agent.going or agent.group.drops or agent.pauses):
            return True
        agent.coming = False
        agent.group.away.pop(agent, None)
        return False

    def call_back(self, groups: Iterable[Group], place: Place) -> None:
        """Somebody begins to wait: who has been away longest of these groups comes, if anybody."""
        for group in groups:
            if not group.away or self.is_out(group):
                continue
            for agent in group.away:
                if agent.away_in is not None and place.reason not in agent.barred:
                    del group.away[agent]
                    agent.coming = True
                    after_s = agent.away_in.back_after_s
                    self._clock.ring(after_s, partial(self._is_back, agent, agent.away_in))
                    return

    def _is_back(self, agent: Agent, away: Away, _: object) -> None:
        if agent.coming and agent.away_in is away:
            agent.coming = False
            self._turn(agent)
