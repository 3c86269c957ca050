"""Rules about staying, going and hiring: persons, and figures that do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.problems import Problem, found
from scenarios.schema import Scenario


def persons_who_stay_or_go(scenario: Scenario) -> Iterator[Problem]:
    """Who stays or goes is a person, so the roster names persons; absence is said once."""
    for name, group in scenario.groups.items():
        for section in ("engagement", "hiring"):
            if getattr(group, section) is not None and group.heads_by_interval is not None:
                rule = "is about persons; heads_by_interval names numbers"
                hint = "Write the roster as shifts, or as a number of heads."
                yield found(("groups", name, section), None, rule, hint)
        if group.engagement is not None and group.absence > 0.0:
            rule = "is said twice: engagement decides who is absent"
            hint = f"Leave it out, or set groups.{name}.engagement.absence_engaged."
            yield found(("groups", name, "absence"), group.absence, rule, hint)


def worse_jobs_lose_more(scenario: Scenario) -> Iterator[Problem]:
    """People stay and come to work at least as much where the job is better."""
    for name, group in scenario.groups.items():
        section = group.engagement
        if section is None:
            continue
        for what in ("quits", "absence"):
            engaged = getattr(section, f"{what}_engaged")
            other = getattr(section, f"{what}_disengaged")
            if engaged > other:
                path = ("groups", name, "engagement", f"{what}_engaged")
                yield found(path, engaged, f"must not be above {what}_disengaged ({other:g})")


def coaching_planned(scenario: Scenario) -> Iterator[Problem]:
    """Whoever coaches has hours planned for it."""
    for name, group in scenario.groups.items():
        coaches = group.engagement.coached_by if group.engagement else None
        if coaches in scenario.groups and scenario.groups[coaches].own_work is None:
            rule = "names a group that plans no own work, and coaching is own work"
            hint = f"Give groups.{coaches}.own_work.hours_per_day."
            yield found(("groups", name, "engagement", "coached_by"), coaches, rule, hint)


def places_to_fill(scenario: Scenario) -> Iterator[Problem]:
    """Only places of the roster can be vacant."""
    for name, group in scenario.groups.items():
        if group.hiring is None or group.heads_by_interval is not None:
            continue
        if group.hiring.open_at_start > group.places():
            rule = f"is more than the roster has places: {group.places()}"
            path = ("groups", name, "hiring", "open_at_start")
            yield found(path, group.hiring.open_at_start, rule)
