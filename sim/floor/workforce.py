"""The workforce: the rosters of all groups and the people on them, from one day to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.people.crews import Crews
from sim.people.roster import Duty

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Group
    from sim.floor.attendance import Attendance
    from sim.floor.outlook import Outlooks
    from sim.plan.centre_plan import CentrePlan, Outage


class Workforce:
    """Plans the days of all groups; the people of some change from day to day."""

    def __init__(
        self,
        groups: dict[str, Group],
        attendance: Attendance,
        crews: Crews,
        outages: dict[int, list[Outage]],
    ) -> None:
        """Have the groups and their people.

        Outages are by the number of the day.
        """
        self._outages = outages
        self._groups = groups
        self._attendance = attendance
        self._rosters, self._staff = crews.rosters, crews.staff
        self._day = 0
        self._duties: dict[str, list[Duty]] = {}
        """The day's stretches of duty of each group."""
        self._outlooks: Outlooks | None = None

    def change(self, plan: CentrePlan) -> None:
        """Other outages are planned from now on."""
        self._outages = plan.outages

    def morning(self, day: int) -> None:
        """The people of a new day: who comes new, and what everybody knows after a night."""
        self._day = day
        for staff in self._staff.values():
            staff.begin(day)

    def plan(self) -> None:
        """Plan the comings and goings of the day, lessons included."""
        for name, group in self._groups.items():
            self._attendance.new_day(group)
            self._duties[name] = self._attendance.plan(group, self._rosters[name], self._day)
            if name in self._staff:
                self._staff[name].learn(self._duties[name])
        for groups, start, end in self._outages.get(self._day, ()):
            there = list(self._groups.values())
            self._attendance.plan_outage([there[each] for each in groups], start, end)
        if self._outlooks is not None:
            self._look_ahead(self._outlooks)

    def keep(self, outlooks: Outlooks) -> None:
        """Keep the staffing outlooks of all groups up to date from now on."""
        self._outlooks = outlooks
        if self._duties:
            self._look_ahead(outlooks)

    def _look_ahead(self, outlooks: Outlooks) -> None:
        """Lay out who is at work for the rest of the day, and on the next."""
        for name, group in self._groups.items():
            roster, day = self._rosters[name], self._day
            outlooks.plan(group, self._duties[name], roster.planned(day + 1))
            outlooks.plan_heads(group, roster.headcounts(day), roster.headcounts(day + 1))

    def could_come(self, group: Group) -> list[Agent]:
        """Who is off duty now and neither absent, on a course nor a vacant place."""
        roster = self._rosters[group.name]
        away = {duty.agent for duty in self._duties[group.name] if duty.absent or duty.in_class}
        return [
            agent
            for place, agent in enumerate(group.agents)
            if not (agent.duties or agent.going or place in away or roster.vacant[place])
        ]

    def call_in(self, group: Group, agent: Agent, until: float) -> None:
        """Somebody off duty comes until a time, or until the agent's own duty begins."""
        place = group.agents.index(agent)
        duties, now = self._duties[group.name], self._attendance.now
        own = [duty.start for duty in duties if duty.agent == place and duty.start > now]
        self._attendance.call_in(agent, min([until, *own]))

    def evening(self) -> None:
        """What the day did to the people of those groups that change."""
        for staff in self._staff.values():
            staff.end(self._day, self._coached(staff.coached_by))

    def _coached(self, coaches: str | None) -> float | None:
        """Share of the coaching planned by a group that was done today."""
        if coaches is None:
            return None
        return self._attendance.own_work_done(self._groups[coaches], self._duties[coaches])
