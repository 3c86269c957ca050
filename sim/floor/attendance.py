"""Attendance: agents come to work, take their pauses, and go."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from math import fsum
from typing import TYPE_CHECKING

from sim.floor.agenda import Agenda
from sim.floor.clock import Order
from sim.people.roster import pause_of
from sim.trace.codes import AgentState
from sim.trace.rows import span
from sim.trace.table import Table

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Group
    from sim.floor.floor import Floor
    from sim.people.away import Away
    from sim.people.roster import Duty, Headcount, Pause, Roster


class Attendance:
    """Brings the roster onto the floor, day by day."""

    def __init__(self, agenda: Agenda, floor: Floor, spans: Table, shifts: Table) -> None:
        self._agenda = agenda
        self._floor = floor
        self._spans = spans
        self._shifts = shifts
        floor.goes = self._goes

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return self._agenda.now

    def plan(self, group: Group, roster: Roster, day: int) -> list[Duty]:
        """Plan a day's comings, goings and pauses of a group; its stretches of duty."""
        duties = roster.duties(day)
        for duty in duties:
            agent = group.agents[duty.agent]
            self._shifts.write(agent=agent.number, start=duty.start, end=duty.end)
            if duty.absent or duty.in_class:
                self._agenda.at(duty.start, partial(self._stays_away, agent, duty), Order.COMING)
            else:
                self._plan_duty(agent, duty)
        for step in roster.headcounts(day):
            self._agenda.at(step.start, partial(self._headcount_changes, group, step), Order.COMING)
        if group.plan.by_headcount:
            for away in roster.times_away(day):
                self._plan_away(group.agents[away.agent], away)
        return duties

    def plan_outage(self, groups: Iterable[Group], start: float, end: float) -> None:
        """Nobody of these groups takes a contact between two times."""
        away = self._floor.away
        for group in groups:
            self._agenda.at(start, partial(away.out, group, end), Order.GOING)
            self._agenda.at(end, partial(away.turn_all, group), Order.COMING)

    def _plan_away(self, agent: Agent, away: Away) -> None:
        """Plan a time away: a pause, or one that lasts only while nobody waits."""
        if away.only_while_nobody_waits:
            self._agenda.at(away.start, partial(self._floor.away.begins, agent, away), Order.GOING)
            self._agenda.at(away.end, partial(self._floor.away.ends, agent, away), Order.GOING)
        else:
            pause = pause_of(away)
            self._agenda.at(pause.due, partial(self._pause_due, agent, pause), Order.GOING)

    def _plan_duty(self, agent: Agent, duty: Duty) -> None:
        self._agenda.at(duty.start, partial(self._comes, agent), Order.COMING)
        for pause in duty.pauses:
            self._agenda.at(pause.due, partial(self._pause_due, agent, pause), Order.GOING)
        if duty.leaves < duty.end:
            self._agenda.at(duty.leaves, partial(self._logs_off, agent, duty.end), Order.GOING)
        else:
            self._agenda.at(duty.end, partial(self._duty_ends, agent), Order.GOING)
        for away in duty.times_away:  # who is away until the end of duty does not come back for it
            self._plan_away(agent, away)

    def own_work_done(self, group: Group, duties: list[Duty]) -> float | None:
        """Share of the day's planned own work that was done; None when nobody was on duty."""
        own_s = group.plan.own_work_s
        present = {duty.agent for duty in duties if not (duty.absent or duty.in_class)}
        if own_s is None or not present:
            return None
        for agent in group.agents:
            if agent.duties or agent.going:
                self._floor.show(agent, agent.state)
        left = fsum(group.agents[place].own_left for place in present)
        return 1.0 - left / (own_s * len(present))

    def new_day(self, group: Group) -> None:
        """What an agent plans of own work for the day begins anew."""
        own_s = group.plan.own_work_s
        if own_s is not None:
            for agent in group.agents:
                if agent.duties or agent.going:
                    self._floor.show(agent, agent.state)
                agent.own_left = own_s

    def _stays_away(self, agent: Agent, duty: Duty) -> None:
        """Absent or in class, from now on or once the duty before is finished."""
        state = AgentState.ABSENT if duty.absent else AgentState.TRAINING
        if agent.duties or agent.going:
            agent.away = (state, duty.end)
        else:
            self._spans.add(span(agent=agent.number, state=state, start=duty.start, end=duty.end))

    def _comes(self, agent: Agent) -> None:
        agent.duties += 1
        if self._floor.outlooks is not None:
            self._floor.outlooks.renew(agent)
        if agent.going:
            agent.group.going -= 1
            agent.going = False
        elif agent.duties == 1:
            self._start(agent)

    def _start(self, agent: Agent) -> None:
        agent.group.on_duty += 1
        agent.since = agent.came = self._agenda.now
        agent.state = AgentState.READY
        if self._floor.observer is not None:
            self._floor.observer.agent_comes(agent)
        self._floor.turn(agent)

    def call_in(self, agent: Agent, until: float) -> None:
        """Somebody who is off duty comes now, and stays until a time."""
        self._shifts.write(agent=agent.number, start=self._agenda.now, end=until)
        if self._floor.outlooks is not None:
            self._floor.outlooks.call_in(agent, self._agenda.now, until)
        self._comes(agent)
        self._agenda.at(until, partial(self._duty_ends, agent), Order.GOING)

    def _pause_due(self, agent: Agent, pause: Pause) -> None:
        if agent.group.plan.by_headcount and not agent.duties:
            return  # of a number on duty it is not this one
        agent.pauses.append(pause)
        if agent.duties and not agent.going:
            self._floor.turn(agent)

    def _duty_ends(self, agent: Agent) -> None:
        agent.duties -= 1
        if agent.duties == 0:
            agent.going = True
            agent.group.going += 1
            agent.pause = None
            agent.pauses.clear()
            if self._floor.outlooks is not None:
                self._floor.outlooks.renew(agent)
            self._floor.turn(agent)

    def _logs_off(self, agent: Agent, end: float) -> None:
        """Duty is over for the agent, who is paid until its end and away until then."""
        agent.away = (AgentState.AWAY, end)
        self._duty_ends(agent)

    def _goes(self, agent: Agent) -> None:
        """Leave the floor."""
        group = agent.group
        dropped = not agent.going
        if dropped:  # the headcount dropped while everybody was busy
            agent.duties -= 1
            agent.pauses.clear()
            self._shifts.write(agent=agent.number, start=agent.came, end=group.drops.popleft())
        self._floor.show(agent, AgentState.READY)
        self._floor.make_unavailable(agent)
        group.going -= agent.going
        agent.going = False
        group.on_duty -= 1
        self._floor.sent.pop(agent, None)
        state, until = agent.away
        if until > self._agenda.now:
            self._spans.add(
                span(agent=agent.number, state=state, start=self._agenda.now, end=until)
            )
        if dropped and len(group.absent) < group.to_be_absent:
            group.absent[agent] = self._agenda.now
        if dropped and not group.drops:
            self._take_more(group)
        if self._floor.observer is not None:
            self._floor.observer.agent_goes(agent)

    def _take_more(self, group: Group) -> None:
        """Nobody has to go any more: who only finished chats or writing takes contacts again."""
        for agent in group.agents:
            if agent.duties and (agent.chat_slots or agent.written is not None):
                self._floor.turn(agent)

    def _headcount_changes(self, group: Group, step: Headcount) -> None:
        """So many are on duty from now on; others are absent, where there are others."""
        while len(group.absent) > step.absent:
            self._comes_back(group)
        group.to_be_absent = step.absent
        self.set_headcount(group, step.heads)
        for agent in reversed(group.agents):
            if len(group.absent) == step.absent:
                break
            if not (agent.duties or agent in group.absent):
                group.absent[agent] = self._agenda.now

    def _comes_back(self, group: Group) -> None:
        """One absent agent fewer: what was paid until now is written down."""
        agent, since = group.absent.popitem()
        now = self._agenda.now
        self._spans.add(span(agent=agent.number, state=AgentState.ABSENT, start=since, end=now))
        self._shifts.write(agent=agent.number, start=since, end=now)

    def set_headcount(self, group: Group, heads: int) -> None:
        """Call agents in or send them home until the headcount is met; free agents go."""
        were_to_go = bool(group.drops)
        while group.drops and group.on_duty - len(group.drops) < heads:
            group.drops.pop()
        if were_to_go and not group.drops:
            self._take_more(group)
        for agent in group.agents:
            if group.on_duty - len(group.drops) >= heads:
                break
            if not agent.duties and agent not in group.absent:
                agent.duties = 1
                self._start(agent)
        for _ in range(group.on_duty - len(group.drops) - heads):
            group.drops.append(self._agenda.now)
        for agent in reversed(group.agents):
            if not group.drops:
                break
            if agent.duties:
                agent.pause = None  # who is away on duty goes home from there
                self._floor.turn(agent)

    def close(self, group: Group, horizon_s: float) -> None:
        """End of the horizon: what agents are doing now ends here."""
        while group.absent:
            self._comes_back(group)
        for agent in group.agents:
            if agent.duties or agent.going:
                self._floor.show(agent, agent.state)
                if group.plan.by_headcount and agent.duties:
                    end = group.drops.popleft() if group.drops else horizon_s
                    self._shifts.write(agent=agent.number, start=agent.came, end=end)
