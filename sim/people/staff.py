"""The people of a group through the weeks: who holds each place, what they know, how they feel."""

from __future__ import annotations

from collections.abc import Iterable
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from scenarios.parts.methodology import Engagement
from scenarios.parts.staff import Group as ScenarioGroup
from scenarios.schema import Scenario
from sim.draws.draws import Draws, Persons, crowd
from sim.people.engagement import Day, absence, follows, quit_chance, worth
from sim.people.hiring import Vacancies
from sim.people.learning import among_old_hands, learnt, pace, practised, still_to_learn
from sim.people.traits import (
    experience_of,
    mean_solve,
    own_traits_of,
    solve_probability,
    tenures_of,
    traits_of,
)
from sim.trace.codes import PlaceState
from sim.trace.trace import AgentTraits

if TYPE_CHECKING:
    from sim.floor.agents import Agent, Group
    from sim.people.roster import Duty, Roster
    from sim.trace.table import Table


def changes_by_day(group: ScenarioGroup) -> bool:
    """Whether a group's people change from day to day; otherwise they need no looking after."""
    sections = (group.training, group.tenure_weeks, group.engagement, group.hiring)
    return any(section is not None for section in sections)


class Member:
    """One person at a place of the group."""

    from_training = 0.0
    """Knowledge from training that is not forgotten."""
    remembered_h = 0.0
    """Hours of training in knowledge and pace that are not forgotten."""
    listening_h = 0.0
    """Hours of training in soft skills that are not forgotten."""
    coached = 1.0
    """Share of the planned coaching that was done when somebody was there to coach last."""

    def __init__(
        self, number: int, traits: AgentTraits, tenure_weeks: float, section: Engagement | None
    ) -> None:
        self.number = number
        """0 for the holder of the place when the horizon begins."""
        self.traits = traits
        self.tenure_weeks = tenure_weeks
        self.practised_weeks = tenure_weeks
        """Tenure as it counts for learning: time among old hands counts more."""
        self.empathy = traits.empathy
        """Of today: the person's own, and what training has taught."""
        self.feel_from(section)
        """Share of decisions made alone on the last day with any; before that what is assumed."""
        self.hired = -1
        """First paid day; -1 for those who were there before the horizon begins."""
        self.on_floor = 0
        """First day on the floor."""
        self.quits = False

    def feel_from(self, section: Engagement | None) -> None:
        """Engagement, and the share of decisions made alone, before the first day of it."""
        self.engagement = section.start if section else nan
        say = section.discretion if section else None
        self.discretion = self.engagement if say is None else say


class Staff:
    """Looks after the people of one group, day by day."""

    def __init__(
        self, scenario: Scenario, group: Group, roster: Roster, draws: Draws, rows: Table
    ) -> None:
        """Know everybody; places that the roster does not have yet open later, see ``change``."""
        self._group = group
        self._scenario_group = scenario_group = scenario.groups[group.name]
        feeling = scenario_group.engagement
        self.coached_by = feeling.coached_by if feeling else None
        """The group that coaches them, if any."""
        self._roster = roster
        self._draws = draws
        self._rows = rows
        self._mean_solve = mean_solve(scenario)
        persons = roster.persons
        traits = own_traits_of(scenario_group, group.position, persons, draws)
        tenures = tenures_of(scenario_group, persons, draws)
        self._members = [
            Member(0, who, weeks, scenario_group.engagement)
            for who, weeks in zip(traits, tenures, strict=True)
        ]
        self._vacancies = Vacancies(scenario_group.hiring)
        self._vacant = [False] * len(persons)
        self._places = places = scenario_group.places()
        """How many the roster has today; the others are nobody's, and not vacant either."""
        hiring = scenario_group.hiring
        for place in range(places - (hiring.open_at_start if hiring else 0), places):
            self._leave(place)
        self._vacancies.look_for_all(0)

    def change(self, scenario: Scenario, day: int) -> None:
        """Another scenario holds from today on: the same people, by other rules.

        Further places of the roster are filled as vacancies are, where people are hired.
        """
        self._scenario_group = section = scenario.groups[self._group.name]
        self.coached_by = section.engagement.coached_by if section.engagement else None
        self._mean_solve = mean_solve(scenario)
        self._vacancies.change(section.hiring)
        own = own_traits_of(section, self._group.position, self._roster.persons, self._draws)
        for place, member in enumerate(self._members):
            if member.number == 0:
                member.traits = own[place]
            if section.engagement is not None and member.engagement != member.engagement:
                member.feel_from(section.engagement)
        before, self._places = self._places, max(self._places, section.places())
        for place in range(before, self._places if section.hiring else before):
            self._leave(place)
        self._vacancies.look_for_all(day)

    def begin(self, day: int) -> None:
        """A new day: new people come, everybody has slept a night over what was learnt."""
        for place in self._vacancies.filled(day):
            self._hire(place, day)
        taught = self._learning_speeds(day)
        for place, (agent, member) in enumerate(
            zip(self._group.agents, self._members, strict=True)
        ):
            if day > member.on_floor:
                member.tenure_weeks += 1.0 / 7.0
                member.practised_weeks += taught[place] / 7.0
            self._ready(agent, member)
            self._roster.in_class[place] = day < member.on_floor
            if self._scenario_group.engagement is not None:
                self._roster.absence[place] = absence(
                    self._scenario_group.engagement, member.engagement
                )
                agent.day = Day()

    def _learning_speeds(self, day: int) -> list[float]:
        """How much faster than alone each learns on the job, by the old hands among the others."""
        curve, people = self._scenario_group.learning, range(len(self._members))
        if curve is None or curve.faster_among_old_hands == 0.0:
            return [1.0 for _ in people]
        there = [
            day > member.on_floor and not self._vacant[place]
            for place, member in enumerate(self._members)
        ]
        old = [
            there[place] and member.tenure_weeks >= curve.old_hand_weeks
            for place, member in enumerate(self._members)
        ]
        return [
            among_old_hands(curve, sum(old) - old[place], sum(there) - there[place])
            for place in people
        ]

    def learn(self, duties: Iterable[Duty]) -> None:
        """The lessons of the day; they are of use from tomorrow on."""
        training = self._scenario_group.training
        if training is None:
            return
        hours = [0.0] * len(self._members)
        for duty in duties:
            hours[duty.agent] += duty.lesson_s / 3600.0
        for member, taken in zip(self._members, hours, strict=True):
            listening = training.soft_skills * taken
            rest = taken - listening
            gain = training.knowledge_per_hour * rest
            member.from_training = learnt(training, member.from_training, gain)
            member.remembered_h = learnt(training, member.remembered_h, rest)
            member.listening_h = learnt(training, member.listening_h, listening)

    def end(self, day: int, coached: float | None) -> None:
        """The day is over: what it did to people, and who does not come back.

        ``coached`` is the share of the planned coaching that was done, None when nobody was there.
        """
        marks = self._draws.marks(f"quit/{day}", self._roster.persons)
        for place, (agent, member) in enumerate(
            zip(self._group.agents, self._members, strict=True)
        ):
            felt = member.engagement
            if self._scenario_group.engagement is not None and not self._vacant[place]:
                chance = quit_chance(self._scenario_group.engagement, felt)
                member.quits = bool(marks[place] < chance)
                self._feel(agent, member, coached)
            self._write(place, day, felt)
            if member.quits and not self._vacant[place]:
                self._leave(place)

    def _feel(self, agent: Agent, member: Member, coached: float | None) -> None:
        """What the day did to the engagement of somebody who was at work."""
        section, day = self._scenario_group.engagement, agent.day
        if section is None or day is None or not day.worked:
            return
        if coached is not None:
            member.coached = coached
        if day.alone + day.asked:
            member.discretion = day.alone / (day.alone + day.asked)
        goal = self._scenario_group.handle_time_goal
        today = worth(
            section, day, member.discretion, goal.pressure if goal else 0.0, member.coached
        )
        member.engagement = follows(section, member.engagement, today)

    def _write(self, place: int, day: int, felt: float) -> None:
        if place >= self._places:
            return
        agent, member = self._group.agents[place], self._members[place]
        vacant = self._vacant[place]
        state = PlaceState.IN_TRAINING if day < member.on_floor else PlaceState.PRESENT
        self._rows.write(
            agent=agent.number,
            day=day,
            person=member.number,
            tenure_weeks=nan if vacant else member.tenure_weeks,
            knowledge=nan if vacant else agent.knowledge,
            speed=nan if vacant else agent.speed,
            empathy=nan if vacant else member.empathy,
            engagement=nan if vacant else felt,
            state=PlaceState.VACANT if vacant else state,
            quit=member.quits and not vacant,
            hired=member.hired == day and not vacant,
        )

    def _leave(self, place: int) -> None:
        """Nobody holds the place any more."""
        self._vacant[place] = self._roster.vacant[place] = True
        self._vacancies.opens(place)

    def _hire(self, place: int, day: int) -> None:
        """Somebody new holds the place, with traits of their own."""
        hiring, scenario_group = self._scenario_group.hiring, self._scenario_group
        assert hiring is not None  # places are filled by hiring only
        number = self._members[place].number + 1
        who: Persons = crowd(f"agent/{self._group.name}/{number}", np.array([place]))
        (plain,) = traits_of(scenario_group, self._group.position, who, self._draws)
        traits = AgentTraits(
            plain.group,
            plain.speed * hiring.talk_factor,
            plain.knowledge + hiring.knowledge,
            plain.empathy + hiring.empathy,
            cut_off=plain.cut_off,
        )
        weeks = experience_of(hiring, who, self._draws)
        member = self._members[place] = Member(number, traits, weeks, scenario_group.engagement)
        member.hired = day
        member.on_floor = day + round(hiring.training_weeks * 7)
        self._roster.persons[place] = who[0]
        self._vacant[place] = self._roster.vacant[place] = False

    def _ready(self, agent: Agent, member: Member) -> None:
        """What the agent knows and how fast the agent is today."""
        curve, weeks = self._scenario_group.learning, member.practised_weeks
        agent.pace = pace(curve, weeks) * practised(
            self._scenario_group.training, member.remembered_h
        )
        agent.speed = member.traits.speed * agent.pace
        agent.wrap_up, agent.cut_off = member.traits.wrap_up, member.traits.cut_off
        agent.knowledge = (
            member.traits.knowledge
            + agent.group.looks_up  # of the group where the agent works now
            + still_to_learn(curve, weeks)
            + member.from_training
        )
        agent.resolution = solve_probability(self._mean_solve, agent.knowledge)
        training = self._scenario_group.training
        taught = training.empathy_per_hour * member.listening_h if training else 0.0
        member.empathy = member.traits.empathy + taught
