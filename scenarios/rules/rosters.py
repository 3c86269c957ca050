"""Rules about rosters: nobody works in two places at once, breaks lie within shifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from scenarios.checks.problems import Problem, found, listed
from scenarios.files.toml_text import KeyPath
from scenarios.parts.clock import DAY_S, WEEKDAYS
from scenarios.parts.staff import Break, Shift
from scenarios.rules.demand import past_midnight
from scenarios.schema import Scenario

Spans = list[tuple[float, float]]


def crews_in_one_place(scenario: Scenario) -> Iterator[Problem]:
    """The shift lines of a crew have the same heads and do not overlap."""
    for group_name, group in scenario.groups.items():
        lines: dict[str, list[tuple[str, Shift]]] = {}
        for name, shift in (group.shifts or {}).items():
            lines.setdefault(shift.crew or name, []).append((name, shift))
        for crew, shifts in lines.items():
            yield from _of_a_crew(("groups", group_name, "shifts"), crew, shifts)


def _of_a_crew(path: KeyPath, crew: str, shifts: Sequence[tuple[str, Shift]]) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(shifts, 2):
        same = f"the same crew as {first}, {crew}"
        if one.heads != other.heads:
            rule = f"is {same}, which has {one.heads} heads there"
            yield found((*path, second, "heads"), other.heads, rule, "Give both the same heads.")
        days = set(one.weekdays) & set(other.weekdays) - set(WEEKDAYS)
        on_days = days and _overlap([one.span()], [other.span()])
        if on_days or _overlap(week_of(one), week_of(other)):
            rule = f"overlaps {first}, and it is {same}"
            hint = "Let them follow one another, or leave crew out."
            yield found((*path, second, "start"), other.start, rule, hint)


def week_of(shift: Shift) -> Spans:
    """The shift's stretches in a week; what reaches over the end is found at the beginning too."""
    start, end = shift.span()
    named = [day for day in WEEKDAYS if day in shift.weekdays]
    days = [WEEKDAYS.index(weekday) * DAY_S for weekday in named]
    spans = [(day + start, day + end) for day in days]
    return spans + [(a - 7 * DAY_S, b - 7 * DAY_S) for a, b in spans if b > 7 * DAY_S]


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def breaks_within_shifts(scenario: Scenario) -> Iterator[Problem]:
    """Breaks lie within their shift, all waves of them, and do not overlap."""
    for group_name, group in scenario.groups.items():
        for name, shift in (group.shifts or {}).items():
            for problem in _shift_problems(shift):
                number, value, rule = problem
                path = ("groups", group_name, "shifts", name, "breaks", number, "at")
                yield found(path, value, rule)


def _shift_problems(shift: Shift) -> Iterator[tuple[int, str, str]]:
    begin, end = shift.span()
    taken: list[tuple[float, float, str]] = []
    for number, pause in enumerate(shift.breaks):
        leaving = max(1, min(pause.waves, shift.heads))  # each wave has somebody in it
        start, stop = _break_span(pause, begin, leaving)
        waves = f" in {leaving} waves" if leaving > 1 else ""
        if stop > end:
            rule = f"lies outside the shift {shift.start}-{shift.end}: {pause.minutes:g} minutes"
            yield number, pause.at, rule + waves
        others = [at for a, b, at in taken if start < b and a < stop]
        if others:
            yield number, pause.at, f"overlaps the break at {listed(others, 'and')}{waves}"
        taken.append((start, stop, pause.at))


def _break_span(pause: Break, shift_begin: float, waves: int) -> tuple[float, float]:
    start = pause.begins(shift_begin)
    return start, start + pause.minutes * 60.0 * waves


def minutes_of_persons(scenario: Scenario) -> Iterator[Problem]:
    """Meetings, training and logging off early are of persons, which numbers on duty are not."""
    for name, group in scenario.groups.items():
        if group.heads_by_interval is None:
            continue
        for key in ("meetings_min_per_day", "training_min_per_day", "early_log_off"):
            written = getattr(group, key)
            if written:
                rule = "is about persons; heads_by_interval names numbers"
                hint = "Write the roster as shifts or heads, or take them out of the numbers."
                value = None if key == "early_log_off" else written
                yield found(("groups", name, key), value, rule, hint)


def heads_within_the_day(scenario: Scenario) -> Iterator[Problem]:
    """Heads by interval end by midnight."""
    for name, group in scenario.groups.items():
        plan = group.heads_by_interval
        if plan is None:
            continue
        for weekday, heads in plan.heads.items():
            path = ("groups", name, "heads_by_interval", "heads", weekday)
            yield from past_midnight(path, plan.start, plan.interval_min, len(heads))
