"""Phases: what a scenario becomes from a day on, and from which day.

The rules change at a midnight; people, customers, queues and promises stay as they are. So a phase
changes rules, volumes and rosters, and neither what the centre consists of nor how it is measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from scenarios.checks.problems import Problem, ScenarioError, found
from scenarios.checks.validate import examined
from scenarios.files.documents import document_of
from scenarios.files.toml_text import key_text
from scenarios.policies.changes import changed
from scenarios.policies.relative_changes import place_of, split
from scenarios.schema import Phase, Scenario

_FIXED = (
    *("title", "story", "horizon", "day_types", "opening", "targets", "relevance", "report"),
    *("costs", "satisfaction", "survey", "loyalty", "word_of_mouth", "expect", "phases"),
)
"""Sections that hold from the first day to the last: the calendar, and how it is measured."""

_FIXED_OF_GROUPS = (("tier",), ("title",), ("cost_per_hour",), ("empathy",), ("empathy_sd",))
"""Keys of a group by which its days are measured."""

_DEEPEST = 3
"""Keys down to what is fixed: ``groups.NAME.tier``, ``channels.NAME.opening``."""


class Stage(NamedTuple):
    """What holds from a day on."""

    day: int
    """Number of the day, 0 is the first of the horizon."""
    scenario: Scenario
    """Without phases."""


_STAGED = 16
"""Scenarios whose stages are kept: a comparison simulates its policies by turns."""

_latest: list[tuple[Scenario, tuple[Stage, ...]]] = []


def staged(scenario: Scenario) -> tuple[Stage, ...]:
    """What a scenario is from which day on, the first day first.

    Raises:
        ScenarioError: if a phase does not work.
    """
    if not scenario.phases:
        return (Stage(0, scenario),)
    stages = next((stages for known, stages in _latest if known is scenario), None)
    if stages is None:
        stages, problems = _staged(scenario)
        if problems:
            raise ScenarioError(problems)
        _latest[:] = [*_latest[1 - _STAGED :], (scenario, stages)]
    return stages


def phase_problems(scenario: Scenario) -> list[Problem]:
    """What cannot work in the phases of a scenario that works without them."""
    return _staged(scenario)[1] if scenario.phases else []


def yielding(phases: Iterable[Phase], changes: Mapping[str, Any]) -> tuple[Phase, ...]:
    """Phases that leave to changes of the whole horizon what both are about.

    A value that is set holds on later days too, whatever a phase says of it; a relative change is
    made on top of the value that a phase sets.
    """
    set_to = [place for key in changes if not split(key)[1] and (place := place_of(key))]
    relative = {key: value for key, value in changes.items() if split(key)[1]}
    found = []
    for phase in phases:
        kept: dict[str, Any] = {}
        for key, value in phase.changes.items():
            place = place_of(key) or ()
            if any(place[: len(at)] == at for at in set_to):
                continue
            kept[key] = value
            if not split(key)[1]:
                kept |= {one: by for one, by in relative.items() if place_of(one) == place}
        found.append(phase.model_copy(update={"changes": kept}))
    return tuple(found)


def _staged(scenario: Scenario) -> tuple[tuple[Stage, ...], list[Problem]]:
    now = scenario.model_copy(update={"phases": (), "policies": {}, "uncertain": {}, "expect": {}})
    stages, problems = [Stage(0, now)], list(_dates(scenario))
    if problems:
        return tuple(stages), problems
    numbered = enumerate(scenario.phases)
    for number, phase in sorted(numbered, key=lambda one: one[1].begins(scenario.horizon)):
        wrong = [*_fixed(number, phase)]
        document, misplaced = changed(document_of(now), phase.changes, phase.remove)
        after, impossible = examined(document) if not (wrong or misplaced) else (None, [])
        wrong += [_told(number, problem) for problem in (*misplaced, *impossible)]
        if after is not None and not wrong:
            wrong += [*_same_centre(number, now, after)]
        problems += wrong
        if after is None or wrong:
            continue
        now, day = after, phase.begins(scenario.horizon)
        stages = [one for one in stages if one.day < day] + [Stage(day, now)]
    return tuple(stages), problems


def _dates(scenario: Scenario) -> Iterator[Problem]:
    """A phase begins on a day of the horizon."""
    horizon = scenario.horizon
    for number, phase in enumerate(scenario.phases):
        if phase.from_date is not None and horizon.first_date is None:
            rule = "is a date, and nothing says which day of the horizon it is"
            hint = 'Give horizon.first_date, such as "2026-12-01".'
            yield found(("phases", number, "from_date"), phase.from_date, rule, hint)
        elif not 0 <= phase.begins(horizon) < horizon.days:
            days = f"{horizon.days} day{'s' if horizon.days > 1 else ''}"
            rule = f"begins on no day of the horizon, which has {days}"
            key = next(key for key in phase.WHEN if getattr(phase, key) is not None)
            yield found(("phases", number, key), getattr(phase, key), rule)


def _fixed(number: int, phase: Phase) -> Iterator[Problem]:
    """A phase does not change what holds from the first day to the last."""
    for key in (*phase.changes, *phase.remove):
        value = phase.changes.get(key)
        for place in _reached(place_of(key) or ("",), value):
            hours = place[:1] == ("channels",) and place[2:3] == ("opening",)
            of_group = place[:1] == ("groups",) and place[2:] in _FIXED_OF_GROUPS
            if place[0] not in _FIXED and not of_group and not hours:
                continue
            named = "" if place == place_of(key) else f"{key_text(place)}: "
            rule = f"{named}holds from the first day to the last, and cannot begin on a later one"
            day = place[0] == "opening" or hours
            hint = "Hours of single days are written by date, in opening.days." if day else ""
            yield found(("phases", number, "changes", key), value, rule, hint)
            break


def _reached(place: tuple[str, ...], value: Any) -> Iterator[tuple[str, ...]]:
    """The places that a change sets, to the depth at which something can be fixed."""
    yield place
    if isinstance(value, dict) and len(place) < _DEEPEST:
        for key, inside in value.items():
            yield from _reached((*place, split(key)[0]), inside)


def _told(number: int, problem: Problem) -> Problem:
    """A problem of the changed scenario, told by the phase."""
    rule = f"{problem.key}: {problem.rule}" if problem.key else problem.rule
    return found(("phases", number), problem.value, rule, problem.hint)


def _same_centre(number: int, before: Scenario, after: Scenario) -> Iterator[Problem]:
    """What a centre consists of stays the same through its phases."""
    parts = {
        "reasons": _names(before.reasons, after.reasons),
        "groups": _names(before.groups, after.groups),
        "root causes": _names(before.root_causes, after.root_causes),
        "lists of customers to call": _names(before.outbound, after.outbound),
        "kinds of roster": _names(*(_rosters(one) for one in (before, after))),
        "persons and their skills": _names(*(_persons(one) for one in (before, after))),
        "kinds of decision": _names(*(_kinds(one) for one in (before, after))),
        "random choice of agents": _names(
            *({str(one.routing.agent_choice == "random"): 0} for one in (before, after))
        ),
    }
    other = [part for part, same in parts.items() if not same]
    if other:
        rule = f"changes {' and '.join(other)}, which stay the same on the whole horizon"
        hint = "Have them from the first day on, and let the phase change their figures."
        yield found(("phases", number), None, rule, hint)


def _names(before: Any, after: Any) -> bool:
    return list(before) == list(after)


def _rosters(scenario: Scenario) -> dict[tuple[str, bool, bool], int]:
    return {
        (name, group.heads_by_interval is None, group.persons is None): 0
        for name, group in scenario.groups.items()
    }


def _persons(scenario: Scenario) -> dict[tuple[str, str, tuple[str, ...]], int]:
    return {
        (name, who, person.skills): 0
        for name, group in scenario.groups.items()
        for who, person in (group.persons.by_name.items() if group.persons else ())
    }


def _kinds(scenario: Scenario) -> dict[tuple[str, str], int]:
    return {
        (name, kind): 0
        for name, reason in scenario.reasons.items()
        for kind in (reason.remedy.kinds if reason.remedy else ())
    }
