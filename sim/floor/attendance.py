"""Attendance: agents come to work, take their pauses, and go."""

from __future__ import annotations

from functools import partial
from math import fsum
from typing import TYPE_CHECKING

from sim.floor.calendar import Calendar
from sim.floor.clock import COMING, GOING
from sim.trace.codes import AgentState
from sim.trace.table import Table

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Team
    from sim.floor.floor import Floor
    from sim.people.roster import Duty, Headcount, Pause, Roster


class Attendance:
    """Brings the roster onto the floor, day by day."""

    def __init__(self, calendar: Calendar, floor: Floor, spans: Table, shifts: Table) -> None:
        self._calendar = calendar
        self._floor = floor
        self._spans = spans
        self._shifts = shifts
        floor.goes = self._goes

    @property
    def now(self) -> float:
        """Seconds from midnight of the first day."""
        return self._calendar.now

    def plan(self, team: Team, roster: Roster, day: int) -> list[Duty]:
        """Plan a day's comings, goings and pauses of a team; its stretches of duty."""
        duties = roster.duties(day)
        for duty in duties:
            agent = team.agents[duty.agent]
            self._shifts.add((agent.number, duty.start, duty.end))
            if duty.absent or duty.in_class:
                self._calendar.at(duty.start, partial(self._stays_away, agent, duty), COMING)
            else:
                self._plan_duty(agent, duty)
        for step in roster.headcounts(day):
            self._calendar.at(step.start, partial(self._headcount_changes, team, step), COMING)
        return duties

    def _plan_duty(self, agent: Agent, duty: Duty) -> None:
        self._calendar.at(duty.start, partial(self._comes, agent), COMING)
        for pause in duty.pauses:
            self._calendar.at(pause.due, partial(self._pause_due, agent, pause), GOING)
        self._calendar.at(duty.end, partial(self._duty_ends, agent), GOING)

    def own_work_done(self, team: Team, duties: list[Duty]) -> float | None:
        """Share of the day's planned own work that was done; None when nobody was on duty."""
        own_s = team.plan.own_work_s
        present = {duty.agent for duty in duties if not (duty.absent or duty.in_class)}
        if own_s is None or not present:
            return None
        for agent in team.agents:
            if agent.duties or agent.going:
                self._floor.show(agent, agent.state)
        left = fsum(team.agents[place].own_left for place in present)
        return 1.0 - left / (own_s * len(present))

    def new_day(self, team: Team) -> None:
        """What an agent plans of own work for the day begins anew."""
        own_s = team.plan.own_work_s
        if own_s is not None:
            for agent in team.agents:
                if agent.duties or agent.going:
                    self._floor.show(agent, agent.state)
                agent.own_left = own_s

    def _stays_away(self, agent: Agent, duty: Duty) -> None:
        """Absent or in class, from now on or once the duty before is finished."""
        state = AgentState.ABSENT if duty.absent else AgentState.TRAINING
        if agent.duties or agent.going:
            agent.away = (state, duty.end)
        else:
            self._spans.add((agent.number, state, duty.start, duty.end))

    def _comes(self, agent: Agent) -> None:
        agent.duties += 1
        if agent.going:
            agent.team.going -= 1
            agent.going = False
        elif agent.duties == 1:
            self._start(agent)

    def _start(self, agent: Agent) -> None:
        agent.team.on_duty += 1
        agent.since = agent.came = self._calendar.now
        agent.state = AgentState.READY
        if self._floor.observer is not None:
            self._floor.observer.agent_comes(agent)
        self._floor.turn(agent)

    def call_in(self, agent: Agent, until: float) -> None:
        """Somebody who is off duty comes now, and stays until a time."""
        self._shifts.add((agent.number, self._calendar.now, until))
        self._comes(agent)
        self._calendar.at(until, partial(self._duty_ends, agent), GOING)

    def _pause_due(self, agent: Agent, pause: Pause) -> None:
        agent.pauses.append(pause)
        if agent.duties and not agent.going:
            self._floor.turn(agent)

    def _duty_ends(self, agent: Agent) -> None:
        agent.duties -= 1
        if agent.duties == 0:
            agent.going = True
            agent.team.going += 1
            agent.pause = None
            agent.pauses.clear()
            self._floor.turn(agent)

    def _goes(self, agent: Agent) -> None:
        """Leave the floor."""
        team = agent.team
        dropped = not agent.going
        if dropped:  # the headcount dropped while everybody was busy
            agent.duties -= 1
            self._shifts.add((agent.number, agent.came, team.drops.popleft()))
        self._floor.show(agent, AgentState.READY)
        self._floor.stand_up(agent)
        team.going -= agent.going
        agent.going = False
        team.on_duty -= 1
        self._floor.sent.pop(agent, None)
        state, until = agent.away
        if until > self._calendar.now:
            self._spans.add((agent.number, state, self._calendar.now, until))
        if dropped and len(team.absent) < team.to_be_absent:
            team.absent[agent] = self._calendar.now
        if dropped and not team.drops:
            self._take_more(team)
        if self._floor.observer is not None:
            self._floor.observer.agent_goes(agent)

    def _take_more(self, team: Team) -> None:
        """Nobody has to go any more: who only finished chats or writing takes contacts again."""
        for agent in team.agents:
            if agent.duties and (agent.chat_slots or agent.written is not None):
                self._floor.turn(agent)

    def _headcount_changes(self, team: Team, step: Headcount) -> None:
        """So many are on duty from now on; others are absent, as far as there are others."""
        while len(team.absent) > step.absent:
            self._comes_back(team)
        team.to_be_absent = step.absent
        self.set_headcount(team, step.heads)
        for agent in reversed(team.agents):
            if len(team.absent) == step.absent:
                break
            if not (agent.duties or agent in team.absent):
                team.absent[agent] = self._calendar.now

    def _comes_back(self, team: Team) -> None:
        """One absent agent fewer: what was paid until now is written down."""
        agent, since = team.absent.popitem()
        now = self._calendar.now
        self._spans.add((agent.number, AgentState.ABSENT, since, now))
        self._shifts.add((agent.number, since, now))

    def set_headcount(self, team: Team, heads: int) -> None:
        """Call agents in or send them home until the headcount is met; whoever is free goes."""
        were_to_go = bool(team.drops)
        while team.drops and team.on_duty - len(team.drops) < heads:
            team.drops.pop()
        if were_to_go and not team.drops:
            self._take_more(team)
        for agent in team.agents:
            if team.on_duty - len(team.drops) >= heads:
                break
            if not agent.duties and agent not in team.absent:
                agent.duties = 1
                self._start(agent)
        for _ in range(team.on_duty - len(team.drops) - heads):
            team.drops.append(self._calendar.now)
        for agent in reversed(team.agents):
            if not team.drops:
                break
            if agent.duties:
                self._floor.turn(agent)

    def close(self, team: Team, horizon_s: float) -> None:
        """End of the horizon: what agents are doing now ends here."""
        while team.absent:
            self._comes_back(team)
        for agent in team.agents:
            if agent.duties or agent.going:
                self._floor.show(agent, agent.state)
                if team.plan.by_headcount and agent.duties:
                    end = team.drops.popleft() if team.drops else horizon_s
                    self._shifts.add((agent.number, agent.came, end))
