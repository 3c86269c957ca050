"""Rules about people: who learns has the hours for it, who stays, goes or is hired is a person."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.calendar import calendar_of
from scenarios.checks.problems import Problem, found
from scenarios.parts.clock import WEEK_S
from scenarios.parts.staff import Group
from scenarios.rules.reach import takers
from scenarios.rules.rosters import week_of
from scenarios.schema import Scenario

_FEW = 0.25
"""Of the people of a group: a wait that is expected of all of them is far too short for so few."""


def persons_who_learn(scenario: Scenario) -> Iterator[Problem]:
    """Learning with the weeks needs the weeks; training needs a roster that names persons."""
    for name, group in scenario.groups.items():
        if group.learning is not None and group.tenure_weeks is None:
            rule = "needs to know how long the agents have been there"
            hint = f"Give groups.{name}.tenure_weeks, for example 60."
            yield found(("groups", name, "learning"), None, rule, hint)
        if group.training is not None and group.heads_by_interval is not None:
            rule = "needs to know who is on duty when; heads_by_interval names numbers, not persons"
            hint = "Write the roster as shifts, or as a number of heads."
            yield found(("groups", name, "training"), None, rule, hint)


def curves_that_rise(scenario: Scenario) -> Iterator[Problem]:
    """Nobody ends slower, or knowing less, than he or she began."""
    for name, group in scenario.groups.items():
        curve = group.learning
        if curve is None:
            continue
        path = ("groups", name, "learning")
        if curve.handle_time_at_start < 1.0:
            rule = "is a learning curve that ends slower than it starts: must be at least 1"
            hint = "1.64 is 64 % longer at the start."
            value = curve.handle_time_at_start
            yield found((*path, "handle_time_at_start"), value, rule, hint)
        if curve.knowledge_at_start > 0.0:
            rule = "is a learning curve that ends with less knowledge: must be at most 0"
            hint = "-1 takes a base rate of 80 % to 60 %."
            yield found((*path, "knowledge_at_start"), curve.knowledge_at_start, rule, hint)


def hours_to_learn(scenario: Scenario) -> Iterator[Problem]:
    """Training takes less than the hours that an agent is on duty in a week."""
    for name, group in scenario.groups.items():
        if group.training is None or group.heads_by_interval is not None:
            continue
        hours = _fewest_hours(scenario, name, group)
        if group.training.hours_per_week >= hours > 0.0:
            rule = f"leaves no time for customers: some agents have {hours:g} hours of duty a week"
            path = ("groups", name, "training", "hours_per_week")
            yield found(path, group.training.hours_per_week, rule)


def _fewest_hours(scenario: Scenario, group_name: str, group: Group) -> float:
    """Hours of duty in a week of those agents of a group who have least."""
    if group.heads is not None:
        calendar = calendar_of(scenario)
        days = [calendar.day(day).opening() for day in range(7)]
        return sum(span[1] - span[0] for span in days if span) / 3600.0
    crews: dict[str, float] = {}
    if group.persons is not None:
        calendar = calendar_of(scenario)
        stints = [s for day in range(7) for s in calendar.day(day).duty(group_name)]
        for stint in stints:
            one = str(stint.first)
            crews[one] = crews.get(one, 0.0) + (stint.end - stint.start) / 3600.0
    for name, shift in (group.shifts or {}).items():
        seconds = sum(end - start for start, end in week_of(shift) if start >= 0.0)
        crew = shift.crew or name
        crews[crew] = crews.get(crew, 0.0) + min(seconds, WEEK_S) / 3600.0
    return min(crews.values(), default=0.0)


def skills_for_every_reason(scenario: Scenario) -> Iterator[Problem]:
    """What a group of persons takes, somebody of it can take; and skills are of what it takes."""
    for name, group in scenario.groups.items():
        if group.persons is None:
            continue
        people = group.persons.by_name
        if not all(person.skills for person in people.values()):
            continue
        known = {skill for person in people.values() for skill in person.skills}
        for reason in scenario.reasons:
            if name in takers(scenario.reasons[reason]) and reason not in known:
                rule = f"are sent to {name}, where nobody has the skill"
                hint = f"Add {reason} to the skills of some persons there."
                yield found(("reasons", reason, "groups"), None, rule, hint)


def skills_of_use(scenario: Scenario) -> Iterator[Problem]:
    """A skill is of use where the group takes the reason."""
    for name, group in scenario.groups.items():
        for who, person in group.persons.by_name.items() if group.persons else ():
            for number, skill in enumerate(person.skills):
                reason = scenario.reasons.get(skill)
                if reason is not None and name not in takers(reason):
                    path = ("groups", name, "persons", "by_name", who, "skills", number)
                    rule = f"has no effect: {name} does not take this reason"
                    hint = f"Add {name} to reasons.{skill}.groups."
                    yield found(path, skill, rule, hint)


def waits_told_by_everybody(scenario: Scenario) -> Iterator[Problem]:
    """The expected wait counts every agent of a group, also those without the skill."""
    offer, told = scenario.callback_offer, scenario.acknowledgement
    by_wait = offer is not None and (offer.when_waiting_over is None or offer.when_wait_over_s > 0)
    announced = told is not None and told.announce == "expected_wait"
    if scenario.waiting.estimate != "queue_length" or not (by_wait or announced):
        return
    for name, group in scenario.groups.items():
        skills = [one.skills for one in group.persons.by_name.values()] if group.persons else []
        for reason in dict.fromkeys(skill for one in skills for skill in one):
            able = sum(not one or reason in one for one in skills)
            if able < _FEW * len(skills):
                rule = f"has {able} of {len(skills)} who take {reason}; expected waits count all"
                hint = (
                    "The wait that is told, or decides on a callback, is too short for them. A "
                    "group for each set of skills is counted by itself."
                )
                yield found(("groups", name, "persons"), None, rule, hint)


def persons_who_stay_or_go(scenario: Scenario) -> Iterator[Problem]:
    """Who stays or goes is a person, so the roster names persons; absence is said once."""
    for name, group in scenario.groups.items():
        for section in ("engagement", "hiring"):
            if getattr(group, section) is not None and group.heads_by_interval is not None:
                rule = "is about persons; heads_by_interval names numbers"
                hint = "Write the roster as shifts, or as a number of heads."
                yield found(("groups", name, section), None, rule, hint)
        if group.engagement is not None and group.absence > 0.0:
            rule = "is given twice: engagement decides who is absent"
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
    """A group that coaches has hours planned for it."""
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
