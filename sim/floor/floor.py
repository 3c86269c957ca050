"""The floor: who is free, who takes what, and how agents spend their time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sim.floor.away import AwayOnDuty
from sim.floor.gates import Counted
from sim.floor.idle import NOT_IDLE, IdleBySkills, IdleInNoOrder, any_of
from sim.floor.interruptible_work import Work
from sim.floor.own_work import does_own_work, spend_on_own_work
from sim.floor.queues import Medium, Place
from sim.plan.routing import longest_idle
from sim.trace.codes import AgentState
from sim.trace.table import Table

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Group
    from sim.floor.clock import Clock
    from sim.floor.outlook import Outlooks
    from sim.observer import Observer
    from sim.plan.routing import AgentRule

_WRITING_LOAD = 0.5
"""An agent with written work in hand takes a call after those with nothing in hand."""

# Codes asked for with every contact; as members of an enumeration each costs Python 3.11 a call.
_READY = AgentState.READY
_AWAY = AgentState.AWAY
_HELP = Medium.HELP
_CHAT = Medium.CHAT
_WRITTEN = Medium.WRITTEN


class Floor:
    """Hands contacts to free agents, and free agents to contacts."""

    def __init__(
        self, clock: Clock, spans: Table, rule: AgentRule | None, *, counts_idle: bool = False
    ) -> None:
        self._clock = clock
        self._write = spans.add
        self._rule = None if rule is longest_idle else rule
        """None where all free agents stand alike."""
        self.by_mark = rule is None
        """Whether the customer's mark chooses among free agents, and no rule."""
        self._stamp = 0
        self.serves_out: Callable[[], Collection[Medium]] = tuple
        """What kinds of customers, those of channels that have closed, are to be served out."""
        self.goes: Callable[[Agent], None] = lambda _agent: None
        """Called when an agent whose duty is over has nothing in hand any more."""
        self.sent: dict[Agent, Group] = {}
        """Agents who are to work for another group as soon as they have nothing in hand."""
        self.counts_idle = counts_idle
        """Whether idle agents are counted, because some are kept free."""
        self.idle_now: dict[Agent, None] | None = None
        """Agents with nothing in hand, where somebody asks for them."""
        self.somebody_idle: Callable[[], None] = lambda: None
        """Called when there is one more of them."""
        self._counted: dict[Agent, list[Counted]] = {}
        """Where each is counted, by the kinds of attention that the agent could give."""
        self.away = AwayOnDuty(clock, self.turn)
        self.observer: Observer | None = None
        self.outlooks: Outlooks | None = None
        """The agents at work from now on, where customers are told how long they will wait."""

    def change_rule(self, rule: AgentRule | None) -> None:
        """Choose among free agents by another rule from now on; by chance only where it was so."""
        self._rule = None if rule is longest_idle else rule

    def show(self, agent: Agent, state: AgentState) -> None:
        """From now on the agent spends time in another state."""
        if self.observer is not None:
            self.observer.agent_shows(agent, state)
        now = self._clock.now
        start = agent.since
        if start < now:
            if agent.day is not None:
                agent.day.spend(agent.state, now - start)
            if agent.own_left > 0.0 and does_own_work(agent):
                spend_on_own_work(agent, now, self._write)
            else:  # as span() makes it: no other row is written as often
                self._write((agent.number, agent.state, start, now))
            agent.since = now
        agent.state = state

    # Who is free.

    def best(
        self, groups: tuple[Group, ...], medium: Medium, mark: float, reason: int = -1
    ) -> Agent | None:
        """The free agent among groups of equal standing who should take a contact, by the rule.

        Those who do not take its reason are passed over; no reason (-1) is taken by everybody.
        """
        if self.by_mark and len(groups) > 1:
            return _any_of(groups, medium, mark, reason)
        found = None
        for group in groups:
            entry = group.idle[medium].first(mark, reason)
            if entry is not None and (found is None or entry[:3] < found[:3]):
                found = entry
        return None if found is None else found[3]

    def available(self, agent: Agent, medium: Medium) -> bool:
        """Whether this very agent could take a contact now."""
        return self._takes_more(agent) and _has_room(agent, medium)

    def _takes_more(self, agent: Agent) -> bool:
        """Whether the agent could take anything beside what is in hand."""
        busy = agent.held or agent.pause is not None or agent.state is _AWAY
        return not busy and not self._stops(agent)

    def _stops(self, agent: Agent) -> bool:
        """Whether the agent only finishes what is in hand, to go home or to take a pause."""
        group = agent.group
        out = group.out_until > 0.0 and self.away.is_out(group)
        return not agent.duties or agent.going or out or bool(agent.pauses or group.drops)

    def make_available(self, agent: Agent) -> None:
        """The agent is idle for every kind of attention that the agent could give now."""
        self._stamp += 1
        agent.stamp = stamp = self._stamp
        if agent.chat_slots:
            load = float(agent.chat_slots)
        else:
            load = _WRITING_LOAD if agent.written is not None else 0.0
        standing = 0.0 if self._rule is None else self._rule(agent)
        entry = (load, standing, stamp, agent)
        if load == 0.0:
            for idle in agent.group.free:
                idle.add(entry)
        elif self._takes_more(agent):
            for medium, idle in agent.group.idle.items():
                if _has_room(agent, medium):
                    idle.add(entry)
        if self.idle_now is not None:
            self.idle_now.pop(agent, None)
            if load == 0.0:
                self.idle_now[agent] = None
                self.somebody_idle()
        if self.counts_idle:
            self._count(agent, load == 0.0)

    def make_unavailable(self, agent: Agent) -> None:
        """The agent is idle no more."""
        agent.stamp = NOT_IDLE
        if self.idle_now is not None:
            self.idle_now.pop(agent, None)
        if self.counts_idle:
            self._count_out(agent)

    def _count(self, agent: Agent, for_all: bool) -> None:
        """Count the agent among the idle, for every kind of attention that could be given now."""
        self._count_out(agent)
        counted: list[Counted] = [
            idle
            for medium, idle in agent.group.idle.items()
            if for_all or self.available(agent, medium)
        ]
        for idle in counted:
            idle.count += 1
        self._counted[agent] = counted

    def _count_out(self, agent: Agent) -> bool:
        """Count the agent no more; whether the agent was counted until now."""
        counted = self._counted.pop(agent, ())
        for idle in counted:
            idle.count -= 1
        return bool(counted)

    # What agents have in hand.

    def engage(self, agent: Agent, medium: Medium, state: AgentState) -> None:
        """The agent turns to a contact, or to somebody who asks; written work is put aside."""
        agent.stamp = NOT_IDLE
        if self.idle_now is not None:
            self.idle_now.pop(agent, None)
        if self.counts_idle:
            self._count_out(agent)
        if agent.written is not None:
            agent.written.work_at(0.0)
        if medium is _CHAT:
            agent.chat_slots += 1
            self._pace(agent)
            if agent.state is not state:  # free until now, or wrapping up another chat
                self.show(agent, state)
            if agent.chat_slots < agent.group.plan.chats_at_once:
                self.make_available(agent)
        else:
            agent.held += 1
            self.show(agent, state)

    def hand_over(self, agent: Agent, place: Place) -> None:
        """The agent turns to the holder of this place."""
        self.engage(agent, place.medium, place.state)
        place.take(agent)

    def release(self, agent: Agent, medium: Medium) -> None:
        """One thing in hand is finished; the agent turns to the next."""
        if medium is _CHAT:
            agent.chat_slots -= 1
            self._pace(agent)
        else:
            agent.held -= 1
        self.turn(agent)

    def write(
        self,
        agent: Agent,
        seconds: float,
        *,
        interrupted: bool = True,
        overnight: bool = False,
        handed_over: bool = False,
    ) -> Work:
        """Begin written work, which calls and chats may interrupt, and the end of the shift."""
        if agent.written is not None:
            agent.aside.append(agent.written)
        finished = partial(self._written, agent, interrupted)
        agent.written = work = Work(self._clock, seconds, finished)
        work.overnight, work.handed_over = overnight, handed_over
        if interrupted:
            agent.held -= 1
            self.turn(agent)
        else:
            work.work_at(1.0)
        return work

    def _written(self, agent: Agent, interrupted: bool) -> None:
        """Written work is done; immediately the agent is held by what follows (wrap-up, asking)."""
        agent.written = agent.aside.pop() if agent.aside else None
        agent.held += interrupted
        self.make_unavailable(agent)

    def chat(self, agent: Agent, seconds: float) -> Work:
        """Begin a chat (or resume it after a hold) alongside the others in hand."""
        work = Work(self._clock, seconds)
        agent.chats.append(work)
        work.work_at(self._chat_pace(agent))
        return work

    def _pace(self, agent: Agent) -> None:
        pace = self._chat_pace(agent)
        for chat in agent.chats:
            chat.work_at(pace)

    def _chat_pace(self, agent: Agent) -> float:
        return 1.0 / (1.0 + agent.group.plan.chat_slowdown * max(0, agent.chat_slots - 1))

    # What comes next.

    def has_closed(self, medium: int) -> bool:
        """Whether the channel of customers who ask for this has closed, and they are served out."""
        return medium in self.serves_out()

    def look_round(
        self, groups: tuple[Group, ...], medium: Medium, mark: float = 0.0, reason: int = -1
    ) -> None:
        """Idle agents of groups take the first in line where they may: a gate has opened."""
        while True:
            agent = self.best(groups, medium, mark, reason)
            if agent is None:
                return
            counted = self._count_out(agent)
            place = self._place_for(agent)
            if place is None:
                if counted:
                    self._count(agent, not agent.chat_slots and agent.written is None)
                return
            self.hand_over(agent, place)

    def turn(self, agent: Agent) -> None:
        """The agent turns to what comes next: home, a pause, somebody who waits, or waiting."""
        if self.sent and agent in self.sent:
            self._move(agent)
        if agent.held or agent.pause is not None:
            return
        if self.counts_idle:
            self._count_out(agent)
        if agent.state is _AWAY and self.away.stays(agent):
            pass
        elif agent.chat_slots:
            self._another_chat(agent)
        elif agent.going or agent.group.drops:
            self._go_home(agent)
        elif agent.pauses:
            self._take_pause(agent)
        else:
            self._serve_or_wait(agent)

    def _serve_or_wait(self, agent: Agent) -> None:
        """Serve who waits, resume what is in hand, or be idle."""
        group = agent.group
        if agent.away_in is not None or group.out_until > 0.0:
            self._serve_or_be_away(agent)
            return
        place = self._place_for(agent)
        if place is not None:
            self.hand_over(agent, place)
        else:
            self._resume_or_wait(agent, stops=not agent.duties)

    def _serve_or_be_away(self, agent: Agent) -> None:
        """An agent who is away serves only who waits on the line, and nobody in an outage."""
        away, out = agent.away_in is not None, self.away.is_out(agent.group)
        place = None if out else self._place_for(agent, _CHAT if away else _WRITTEN)
        if place is not None:
            self.hand_over(agent, place)
        elif out or away:
            self._be_away(agent)
        else:
            self._resume_or_wait(agent, stops=not agent.duties)

    def _be_away(self, agent: Agent) -> None:
        """Away until the time is over, an outage ends or, if that can be, somebody waits."""
        if agent.away_in is not None:
            agent.group.away[agent] = None
        self.make_unavailable(agent)
        if agent.written is not None:
            agent.written.work_at(0.0)
        self.show(agent, _AWAY)

    def _move(self, agent: Agent) -> None:
        """An agent who was sent to another group goes there, with nothing in hand any more."""
        if agent.held or agent.chat_slots or agent.pause or agent.written or agent.aside:
            return
        leave, join = agent.group, self.sent.pop(agent)
        leave.away.pop(agent, None)
        self.make_unavailable(agent)
        for group, heads in ((leave, -1), (join, 1)):
            group.on_duty += heads
            group.going += heads * agent.going
        agent.knowledge += join.looks_up - leave.looks_up
        agent.group = join
        if self.outlooks is not None:
            self.outlooks.renew(agent)
        if self.observer is not None:
            self.observer.agent_moves(agent)

    def _another_chat(self, agent: Agent) -> None:
        group = agent.group
        if agent.chat_slots >= group.plan.chats_at_once or self._stops(agent):
            self.make_unavailable(agent)
            return
        place = self._place_for(agent)
        if place is not None:
            self.hand_over(agent, place)
        else:
            self.make_available(agent)

    def _go_home(self, agent: Agent) -> None:
        """Go, unless somebody is held up, written work is in hand, or customers are served out."""
        queue, now = agent.group.queue, self._clock.now
        place = queue.first(now, _HELP, _HELP)
        for medium in self.serves_out() if queue.waiting else ():
            place = place or queue.first(now, medium, medium, None, agent.barred)
        if place is not None:
            self.hand_over(agent, place)
            return
        if agent.written is not None:
            _leave_to_colleagues(agent)
        if agent.written is not None and not (agent.going and agent.written.overnight):
            self._resume_or_wait(agent, stops=True)
        else:
            if agent.written is not None:
                agent.written.work_at(0.0)
            self.goes(agent)

    def _take_pause(self, agent: Agent) -> None:
        pause = agent.pause = replace(agent.pauses.popleft(), due=self._clock.now)
        if self.outlooks is not None:
            self.outlooks.renew(agent)
        self.make_unavailable(agent)
        if agent.written is not None:
            agent.written.work_at(0.0)
        self.show(agent, pause.state)
        self._clock.ring(pause.seconds, lambda _: self._end_pause(agent, pause))

    def _end_pause(self, agent: Agent, pause: object) -> None:
        if agent.pause is pause:
            agent.pause = None
            if self.outlooks is not None:
                self.outlooks.renew(agent)
            self.turn(agent)

    def _place_for(self, agent: Agent, least_urgent: Medium = _WRITTEN) -> Place | None:
        """The place that comes next; written work in hand comes before new written work."""
        if not (agent.group.queue.waiting or agent.promised.waiting):
            return None
        now = self._clock.now
        if agent.chat_slots:
            return agent.group.queue.first(now, _HELP, _CHAT, _CHAT, agent.barred)
        most = least_urgent if agent.written is None else _CHAT
        place = agent.group.queue.first(now, _HELP, most, None, agent.barred)
        if agent.promised.waiting and (place is None or place.lane is not _HELP):
            calls_wait = place is not None and place.lane is not _WRITTEN
            own = agent.promised.first(now, _HELP, _HELP if calls_wait else most)
            place = own or place
        return place

    def _resume_or_wait(self, agent: Agent, *, stops: bool) -> None:
        """Resume the writing in hand or be idle; who stops takes nothing else before going."""
        if agent.written is not None:
            if agent.written.rate == 0.0:
                agent.written.work_at(1.0)
            self.show(agent, AgentState.TALK)
        else:
            self.show(agent, _READY)
        if stops:
            self.make_unavailable(agent)
        else:
            self.make_available(agent)


def _has_room(agent: Agent, medium: Medium) -> bool:
    """Whether what is in hand leaves room for this: several chats, or a call beside writing."""
    if agent.chat_slots:
        return medium is _CHAT and agent.chat_slots < agent.group.plan.chats_at_once
    return medium is not _WRITTEN or agent.written is None


def _leave_to_colleagues(agent: Agent) -> None:
    """Written work that is handed over at the end of the shift is the agent's no more."""
    begun = [*agent.aside, agent.written] if agent.written is not None else agent.aside
    kept = [work for work in begun if not work.handed_over]
    for work in begun:
        if work.handed_over:
            work.give_up()
    agent.written = kept.pop() if kept else None
    agent.aside = kept


def _any_of(groups: tuple[Group, ...], medium: Medium, mark: float, reason: int) -> Agent | None:
    idle = [
        each
        for group in groups
        for here in [group.idle[medium]]
        for each in (here.those_for(reason) if isinstance(here, IdleBySkills) else [here])
    ]
    entry = any_of([each for each in idle if isinstance(each, IdleInNoOrder)], mark)
    return entry[3] if entry else None
