"""When agents are on duty: shift lines and headcounts become stretches of duty with pauses.

Shift lines bind persons: an agent who is scheduled and absent leaves a gap. A headcount (heads
per interval) binds numbers: when it drops, free agents go first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S
from scenarios.parts.staff import Group
from scenarios.schema import Scenario
from sim.draws.draws import Draws, Persons
from sim.draws.quantiles import quantile_of
from sim.people.away import Away, OnDuty, TimesAway
from sim.people.traits import crew_of
from sim.trace.codes import AgentState


@dataclass(frozen=True)
class Pause:
    """A stretch of paid time away from contacts, due at a time and as long as it takes."""

    due: float
    seconds: float
    state: AgentState


@dataclass(frozen=True)
class Duty:
    """One agent's stretch of duty, in seconds from midnight of the first day."""

    agent: int
    """Number of the agent within the group."""
    start: float
    end: float
    absent: bool
    pauses: tuple[Pause, ...]
    lesson_s: float = 0.0
    """Seconds of training from which the agent learns."""
    in_class: bool = False
    """The whole stretch is initial training."""
    times_away: tuple[Away, ...] = ()
    """Those that last only while nobody waits; the others are pauses."""
    leaves: float = math.inf
    """When the agent logs off, if that is before the end."""


@dataclass(frozen=True)
class Headcount:
    """From ``start`` on a group has this many agents on duty, and others absent and paid."""

    start: float
    heads: int
    absent: int = 0


class Roster:
    """The duties of one group, day by day, in one replication."""

    def __init__(self, scenario: Scenario, name: str, draws: Draws, heads: int) -> None:
        """Have a group's roster; ``heads`` are the most places that it has on any day."""
        self._name = name
        self._draws = draws
        self._plan_by(scenario)
        self.persons: Persons = crew_of(name, self._group, heads)
        """Who holds each place now."""
        self.absence = [self._group.absence] * heads
        """Probability of each of them to be absent on a day."""
        self.vacant = [False] * heads
        """Places that nobody holds: no duty, no pay."""
        self.in_class = [False] * heads
        """Places of newcomers in their initial training: paid, off the floor."""

    def _plan_by(self, scenario: Scenario) -> None:
        self._calendar = calendar_of(scenario)
        self._group: Group = scenario.groups[self._name]
        section = self._group.availability
        self._times_away = None if section is None else TimesAway(section, self._name, self._draws)
        early = self._group.early_log_off
        self._early_min = None if early is None else quantile_of(early.minutes)
        days = scenario.horizon.days
        self._stretches_a_week = self._stretches(days) if self._group.training else {}

    def change(self, scenario: Scenario) -> None:
        """Plan the days from now on by another scenario, with the same people."""
        self._plan_by(scenario)
        if self._group.engagement is None:
            self.absence = [self._group.absence] * len(self.persons)

    def _stretches(self, days: int) -> dict[int, float]:
        """Stretches of duty of each agent in a week, on average where days differ by their date."""
        days = days if self._calendar.dated else 7
        found = Counter(agent for day in range(days) for agent, *_ in self._windows(day))
        return {agent: count * 7 / days for agent, count in found.items()}

    def duties(self, day: int) -> list[Duty]:
        """Stretches of duty that begin on a day, in order of agents; none for headcounts."""
        marks = {
            purpose: self._draws.marks(f"{purpose}/{day}", self.persons)
            for purpose in ("absence", "meeting", "training", "lesson")
        }
        minutes = {
            "meeting": self._group.meetings_min_per_day,
            "training": self._group.training_min_per_day,
        }
        away, last = self._away_by_agent(day), self._early_ends(day)
        found: list[Duty] = []
        seen: set[int] = set()
        for agent, start, end, breaks in self._windows(day):
            if self.vacant[agent]:
                continue
            if self.in_class[agent]:
                found.append(Duty(agent, start, end, absent=False, pauses=(), in_class=True))
                continue
            again = agent in seen
            seen.add(agent)
            if marks["absence"][agent] < self.absence[agent]:
                found.append(Duty(agent, start, end, absent=True, pauses=()))
                continue
            pauses = list(breaks)
            for purpose, long in minutes.items():
                if not again:  # once a day, in the first stretch of a split shift
                    mark = float(marks[purpose][agent])
                    pauses += self._shrinkage(purpose, long, start, end, mark)
            mark = float(marks["lesson"][agent])
            lesson = self._shrinkage("lesson", self._lesson_min(agent, day), start, end, mark)
            leaves = max(start, last.get((agent, end), math.inf))
            mine = _within(away.get(agent, ()), start, min(end, leaves))
            pauses += [pause_of(each) for each in mine if not each.only_while_nobody_waits]
            planned = (pause for pause in (*pauses, *lesson) if pause.due < leaves)
            ordered = tuple(sorted(planned, key=lambda pause: pause.due))
            learns_s = fsum(pause.seconds for pause in lesson)
            called = tuple(each for each in mine if each.only_while_nobody_waits)
            found.append(
                Duty(
                    agent,
                    start,
                    end,
                    absent=False,
                    pauses=ordered,
                    lesson_s=learns_s,
                    times_away=called,
                    leaves=leaves,
                )
            )
        return found

    def _early_ends(self, day: int) -> dict[tuple[int, float], float]:
        """When agents log off before the end of their last stretch of a day, by agent and end."""
        early, minutes = self._group.early_log_off, self._early_min
        if early is None or minutes is None or early.share == 0.0:
            return {}
        marks = self._draws.marks(f"early_log_off/{day}", self.persons)
        by = 60.0 * minutes(self._draws.marks(f"early_log_off_min/{day}", self.persons))
        ends: dict[int, float] = {}
        for agent, _, end, _ in self._windows(day):
            ends[agent] = max(end, ends.get(agent, end))
        return {
            (agent, end): end - float(by[agent])
            for agent, end in ends.items()
            if marks[agent] < early.share and by[agent] > 0.0
        }

    def times_away(self, day: int) -> list[Away]:
        """The times away on a day of everybody who may be on duty, on duty or not."""
        stints = self._calendar.day(day).duty(self._name)
        if self._times_away is None or not stints:
            return []
        midnight = day * DAY_S
        first = midnight + min(stint.start for stint in stints)
        last = midnight + max(stint.end for stint in stints)
        on_duty = OnDuty((midnight + s.start, midnight + s.end, s.heads) for s in stints)
        return self._times_away.of_day(day, self.persons, first, last, on_duty)

    def _away_by_agent(self, day: int) -> dict[int, list[Away]]:
        """The times away of a day by agent; none of numbers, whose agents nobody knows before."""
        found: dict[int, list[Away]] = {}
        if self._group.heads_by_interval is None:
            for each in self.times_away(day):
                found.setdefault(each.agent, []).append(each)
        return found

    def planned(self, day: int) -> list[Duty]:
        """Stretches of duty as they are planned for a day to come: nobody is absent yet."""
        return [
            Duty(agent, start, end, absent=False, pauses=tuple(breaks))
            for agent, start, end, breaks in self._windows(day)
            if not (self.vacant[agent] or self.in_class[agent])
        ]

    def _lesson_min(self, agent: int, day: int) -> float:
        """Minutes of training in a stretch of duty: a week's hours spread evenly over the week."""
        training = self._group.training
        if training is None or day < 7 * (training.from_week - 1):
            return 0.0
        return training.hours_per_week * 60.0 / self._stretches_a_week[agent]

    def headcounts(self, day: int) -> list[Headcount]:
        """The changes of the headcount on a day, for a group with heads per interval."""
        if self._group.heads_by_interval is None:
            return []
        present = self._draws.marks(f"absence/{day}", self.persons) >= self._group.absence
        midnight, until = day * DAY_S, 0.0
        steps: list[Headcount] = []
        for stint in self._calendar.day(day).duty(self._name):
            if not steps and stint.start > 0.0:
                steps.append(Headcount(midnight, 0))
            come = int(present[: stint.heads].sum())
            steps.append(Headcount(midnight + stint.start, come, stint.heads - come))
            until = stint.end
        if until < DAY_S:
            steps.append(Headcount(midnight + until, 0))
        return steps

    def _windows(self, day: int) -> Iterator[tuple[int, float, float, list[Pause]]]:
        """Everybody's stretches of duty: agent, begin, end and breaks; none of headcounts."""
        if self._group.heads_by_interval is not None:
            return
        midnight = day * DAY_S
        for stint in self._calendar.day(day).duty(self._name):
            for head in range(stint.heads):
                breaks = [
                    Pause(midnight + (at + head % waves * seconds), seconds, AgentState.BREAK)
                    for at, seconds, waves in stint.breaks
                ]
                yield stint.first + head, midnight + stint.start, midnight + stint.end, breaks

    def _shrinkage(
        self, purpose: str, minutes: float, start: float, end: float, mark: float
    ) -> list[Pause]:
        """A meeting or training, somewhere in the stretch of duty by the agent's mark."""
        seconds = min(minutes * 60.0, end - start)
        if seconds <= 0.0:
            return []
        due = start + mark * (end - start - seconds)
        state = AgentState.MEETING if purpose == "meeting" else AgentState.TRAINING
        return [Pause(due, seconds, state)]


def pause_of(away: Away) -> Pause:
    """A time away that is taken in full, no matter who waits."""
    return Pause(away.start, away.end - away.start, AgentState.AWAY)


def _within(times: Iterable[Away], start: float, end: float) -> list[Away]:
    """The times away, cut to a stretch of duty."""
    return [
        each._replace(start=max(each.start, start), end=min(each.end, end))
        for each in times
        if each.start < end and each.end > start
    ]
