"""A centre that is watched: what happens on its floor is told to an observer as it happens.

The engine makes its own plain objects and never asks whether somebody watches. A watched centre
gives each of them, as it appears, the class of a watched one, which tells what is set on it and
changes nothing: so a plain run costs nothing more, and a watched one has the same trace.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from scenarios.schema import Scenario
from sim.centre import Centre
from sim.floor.agents import Agent, Team
from sim.floor.cases import Case, Contact, Leg
from sim.floor.floor import Floor
from sim.floor.queues import Medium, Place
from sim.journey.promises import Promise
from sim.live.changes import move
from sim.live.moments import What
from sim.live.watch import Watch
from sim.trace.codes import AgentState, CaseState, ContactKind
from sim.trace.table import Table


class WatchedCase(Case):
    """A case that tells when somebody has to ask for it."""

    __slots__ = ()
    watch: ClassVar[Watch]

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "asked_boss":
            self.watch.asks_boss(self)


class WatchedContact(Contact):
    """A contact that tells how it goes on."""

    __slots__ = ()
    watch: ClassVar[Watch]

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        tell = _OF_CONTACT.get(name)
        if tell is not None:
            tell(self.watch, self, value)
        if name == "leg" and value is not None:
            value.__class__ = WatchedLeg


class WatchedLeg(Leg):
    """An agent's part of a contact, telling what the agent meets with."""

    __slots__ = ()

    def __setattr__(self, name: str, value: Any) -> None:
        tell = _OF_LEG.get(name)
        if tell is not None:
            watch: Watch = self.contact.watch  # type: ignore[attr-defined]  # a watched one's leg
            tell(watch, self, value)
        super().__setattr__(name, value)


_OF_CONTACT: dict[str, Callable[[Watch, Any, Any], None]] = {
    "outcome": Watch.outcome,
    "told_s": Watch.told,
    "offered_callback": Watch.offered,
    "leg": Watch.answered,
    "ending": Watch.contact_ends,
}
_OF_LEG: dict[str, Callable[[Watch, Any, Any], None]] = {
    "trigger": Watch.stuck,
    "hold_s": Watch.off_hold,
    "ending": Watch.leg_ends,
}


class WatchedFloor(Floor):
    """A floor on which coming, going and holding are seen."""

    watch: Watch

    def show(self, agent: Agent, state: AgentState) -> None:
        """From now on the agent spends time in another state."""
        self.watch.shows(agent, state)
        super().show(agent, state)

    def engage(self, agent: Agent, medium: Medium, state: AgentState) -> None:
        """The agent turns to a contact, or to somebody who asks."""
        if state is AgentState.DECIDING:
            self.watch.asks.somebody_decides(agent)
        super().engage(agent, medium, state)

    def turn(self, agent: Agent) -> None:
        """The agent turns to what comes next; first to another team, if that is where to go."""
        watch = self.watch
        watch.is_here(agent)
        if agent in watch.moving and not (
            agent.held or agent.chat_slots or agent.pause or agent.written or agent.aside
        ):
            join = watch.moving.pop(agent)
            move(self, agent, join)
            watch.note(What.MOVES, agent=agent, detail=join.name)
        super().turn(agent)


def _tell(table: Table, heard: Callable[[tuple[float, ...]], None]) -> None:
    """Have somebody hear of every new row of a table."""
    add = table.add

    def add_and_tell(row: tuple[float, ...]) -> None:
        add(row)
        heard(row)

    table.add = add_and_tell


class _Line(dict[Place, Contact]):
    """Customers in line, seen when they begin to wait."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def __setitem__(self, place: Place, contact: Contact) -> None:
        super().__setitem__(place, contact)
        self._watch.waits(place, contact)


class _Promises(dict[Promise, None]):
    """Open promises, seen when they are made and closed."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def pop(self, promise: Promise, *default: None) -> None:  # type: ignore[override]
        """The promise is kept, or called off."""
        super().pop(promise, *default)
        self._watch.closes(promise)


class WatchedCentre(Centre):
    """One contact centre at work, with an observer."""

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        super().__init__(scenario, seed, replication)
        self.watch = watch = Watch(self)
        self.in_line = _Line(watch)
        self.promises = _Promises(watch)
        # Cases and contacts have no room to know who watches; their classes of this run do.
        self._case_seen = type("SeenCase", (WatchedCase,), {"__slots__": (), "watch": watch})
        self._contact_seen = type(
            "SeenContact", (WatchedContact,), {"__slots__": (), "watch": watch}
        )
        floor = self.floor
        floor.__class__ = WatchedFloor
        floor.watch = watch  # type: ignore[attr-defined]  # it is a watched one now
        goes = floor.goes

        def seen_going(agent: Agent) -> None:
            goes(agent)
            watch.is_gone(agent)

        floor.goes = seen_going
        for table, heard in (
            (self.trace.decisions, watch.asks.decision),
            (self.trace.promises, watch.promise_row),
        ):
            _tell(table, heard)

    def begin_contact(self, case: Case, kind: ContactKind, channel: int) -> Contact:
        """A contact within a case begins now."""
        contact = super().begin_contact(case, kind, channel)
        if kind is ContactKind.FIRST:
            case.__class__ = self._case_seen
        contact.__class__ = self._contact_seen
        self.watch.begins(contact)
        return contact

    def goodbye(self, contact: Contact) -> None:
        """The contact is over; the case goes on or ends."""
        first = contact.case.answered == 1  # a promise to keep may be answered at once
        super().goodbye(contact)
        self.watch.over(contact, first)

    def returns(self, case: Case, kind: ContactKind, delay_s: float) -> None:
        """The customer will come back after this time, unless something happens before."""
        super().returns(case, kind, delay_s)
        self.watch.note(What.WILL_TRY_AGAIN, case, amount=delay_s)

    def close_case(self, case: Case, state: CaseState) -> None:
        """The case ends, once and for all."""
        super().close_case(case, state)
        self.watch.ends(case)

    # Who can be sent and called.

    def floor_of(self, team: Team) -> list[Agent]:
        """Agents who work for a team now and whose duty is not over."""
        return [
            agent
            for home in self.teams.values()
            for agent in home.agents
            if agent.team is team and agent.duties and not agent.going
        ]

    def at_home(self, team: Team) -> list[Agent]:
        """Agents of a team who are off duty and could be called in."""
        return self._workforce.could_come(team)

    def comes_in(self, team: Team, agent: Agent, until: float) -> None:
        """An agent of a team who is off duty comes now."""
        self._workforce.call_in(team, agent, until)

    def set_headcount(self, team: Team, heads: int) -> None:
        """So many agents of a team, staffed by numbers, are on duty from now on."""
        self._attendance.set_headcount(team, heads)
