"""When agents are on duty: shift lines and headcounts become stretches of duty with pauses.

Shift lines bind persons: an agent who is scheduled and absent leaves a gap. A headcount (heads
per interval) binds numbers: when it drops, whoever is free goes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scenarios.parts.clock import DAY_S, seconds_of
from scenarios.parts.staff import Group, HeadsByInterval, Shift
from scenarios.schema import Scenario
from sim.draws.draws import Draws, Persons, crowd
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


@dataclass(frozen=True)
class Headcount:
    """From ``start`` on a group has this many agents on duty, and others absent and paid."""

    start: float
    heads: int
    absent: int = 0


class Roster:
    """The duties of one group, day by day, in one replication."""

    def __init__(self, scenario: Scenario, name: str, draws: Draws) -> None:
        self._scenario = scenario
        self._group: Group = scenario.groups[name]
        self._draws = draws
        heads = self._group.places()
        self.persons: Persons = crowd(f"agent/{name}", np.arange(heads))
        """Who holds each place now."""
        self.absence = [self._group.absence] * heads
        """Probability of each of them to be absent on a day."""
        self.vacant = [False] * heads
        """Places that nobody holds: no duty, no pay."""
        self.in_class = [False] * heads
        """Places of newcomers in their initial training: paid, off the floor."""
        self._stretches_a_week = (
            Counter(agent for day in range(7) for agent, *_ in self._windows(day))
            if self._group.training
            else Counter[int]()
        )

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
        found: list[Duty] = []
        seen: set[int] = set()
        for agent, start, end, breaks in self._windows(day):
            if self.vacant[agent]:
                continue
            if self.in_class[agent]:
                found.append(Duty(agent, start, end, absent=False, pauses=(), in_class=True))
                continue
            absent = bool(marks["absence"][agent] < self.absence[agent])
            pauses = list(breaks)
            if agent not in seen:  # once a day, in the first stretch of a split shift
                for purpose, long in minutes.items():
                    pauses += self._away(purpose, long, start, end, float(marks[purpose][agent]))
            seen.add(agent)
            mark = float(marks["lesson"][agent])
            lesson = self._away("lesson", self._lesson_min(agent, day), start, end, mark)
            ordered = tuple(sorted((*pauses, *lesson), key=lambda pause: pause.due))
            learns_s = sum(pause.seconds for pause in lesson)
            found.append(
                Duty(agent, start, end, absent, () if absent else ordered, not absent and learns_s)
            )
        return found

    def _lesson_min(self, agent: int, day: int) -> float:
        """Minutes of training in a stretch of duty: a week's hours spread evenly over the week."""
        training = self._group.training
        if training is None or day < 7 * (training.from_week - 1):
            return 0.0
        return training.hours_per_week * 60.0 / self._stretches_a_week[agent]

    def headcounts(self, day: int) -> list[Headcount]:
        """The changes of the headcount on a day, for a group with heads per interval."""
        plan = self._group.heads_by_interval
        if plan is None:
            return []
        present = self._draws.marks(f"absence/{day}", self.persons) >= self._group.absence
        heads = _heads_on(plan, self._scenario.horizon.weekday(day))
        length = plan.interval_min * 60.0
        begin = day * DAY_S + seconds_of(plan.start)
        steps = [Headcount(day * DAY_S, 0)] if seconds_of(plan.start) > 0.0 else []
        for k, head in enumerate(heads):
            come = int(present[:head].sum())
            steps.append(Headcount(begin + k * length, come, head - come))
        close = begin + len(heads) * length
        if close < (day + 1) * DAY_S:
            steps.append(Headcount(close, 0))
        return steps

    def _windows(self, day: int) -> Iterator[tuple[int, float, float, list[Pause]]]:
        if self._group.heads is not None:
            yield from self._whenever_open(day, self._group.heads)
        first = 0
        crews: dict[str, int] = {}
        for name, shift in (self._group.shifts or {}).items():
            crew = shift.crew or name
            if crew not in crews:
                crews[crew] = first
                first += shift.heads
            if self._scenario.horizon.weekday(day) in shift.weekdays:
                yield from _shift_windows(shift, crews[crew], day)

    def _whenever_open(
        self, day: int, heads: int
    ) -> Iterator[tuple[int, float, float, list[Pause]]]:
        span = self._scenario.opening.span(self._scenario.horizon.weekday(day))
        if span is not None:
            for agent in range(heads):
                yield agent, day * DAY_S + span[0], day * DAY_S + span[1], []

    def _away(
        self, purpose: str, minutes: float, start: float, end: float, mark: float
    ) -> list[Pause]:
        """A meeting or training, somewhere in the stretch of duty by the agent's mark."""
        seconds = min(minutes * 60.0, end - start)
        if seconds <= 0.0:
            return []
        due = start + mark * (end - start - seconds)
        state = AgentState.MEETING if purpose == "meeting" else AgentState.TRAINING
        return [Pause(due, seconds, state)]


def _heads_on(plan: HeadsByInterval, weekday: str) -> tuple[int, ...]:
    for key, heads in plan.heads.items():
        if key == weekday:
            return heads
    return plan.heads.get("every_day", ())


def _shift_windows(
    shift: Shift, first: int, day: int
) -> Iterator[tuple[int, float, float, list[Pause]]]:
    start, end = shift.span()
    for head in range(shift.heads):
        breaks = []
        for pause in shift.breaks:
            wave = head % pause.waves
            at = seconds_of(pause.at)
            due = (at if at >= start else at + DAY_S) + wave * pause.minutes * 60.0
            breaks.append(Pause(day * DAY_S + due, pause.minutes * 60.0, AgentState.BREAK))
        yield first + head, day * DAY_S + start, day * DAY_S + end, breaks
