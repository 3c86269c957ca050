"""Names in a scenario that stand for something written elsewhere in it.

They are looked up in the file as it is written, so that a wrong name is reported together with
wrong values elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.problems import Problem, nearest
from scenarios.files.toml_text import KeyPath, key_text
from scenarios.parts.clock import EVERY_DAY, WEEKDAYS, is_date

DEFAULT_PATHS = ("beyond_authority", "beyond_knowledge", "on_demand")
"""Escalation paths that every group has by these names; they need not be written."""

_DAYS = "day_types"
"""Section of which the names stand among weekdays and dates."""

# Where a name stands ("*" is any key or entry; "=" means that the keys themselves are the names),
# and the section that must have it.
_REFERENCES: tuple[tuple[str, str], ...] = (
    ("reasons.*.volume.profile", "profiles"),
    ("reasons.*.groups.*", "groups"),
    ("reasons.*.groups.*.group", "groups"),
    ("reasons.*.groups.*.groups.*", "groups"),
    ("reasons.*.waiting_limit.group", "groups"),
    ("reasons.*.queue_limit.group", "groups"),
    ("reasons.*.after_hours.group", "groups"),
    ("reasons.*.then", "escalation"),
    ("incidents.*.reasons.*", "reasons"),
    ("times_of_day.*.reasons.*", "reasons"),
    ("root_causes.*.reasons.*", "reasons"),
    ("outages.*.groups.*", "groups"),
    ("outbound.*.groups.*", "groups"),
    ("groups.*.authority", "authority"),
    ("groups.*.approver", "groups"),
    ("groups.*.beyond_authority", "escalation"),
    ("groups.*.beyond_knowledge", "escalation"),
    ("groups.*.on_demand", "escalation"),
    ("groups.*.engagement.coached_by", "groups"),
    ("groups.*.serves_first.*", "reasons"),
    ("groups.*.talk_factors.=", "reasons"),
    ("groups.*.talk_s.=", "reasons"),
    ("groups.*.solve.=", "reasons"),
    ("loyalty.values.=", "reasons"),
    ("escalation.*.steps.*.group", "groups"),
    ("escalation.*.steps.*.approver", "groups"),
    ("escalation.*.steps.*.prepared_by", "groups"),
    ("escalation.*.steps.*.or_groups.*", "groups"),
    ("escalation.*.steps.*.handled_as", "reasons"),
    ("escalation.*.steps.*.reasons.*", "reasons"),
    ("opening.days.=", _DAYS),
    ("channels.*.opening.days.=", _DAYS),
    ("reasons.*.volume.weekdays.=", _DAYS),
    ("reasons.*.volume.counts.=", _DAYS),
    ("outbound.*.weekdays.=", _DAYS),
    ("groups.*.shifts.*.weekdays.*", _DAYS),
    ("groups.*.heads_by_interval.heads.=", _DAYS),
    ("groups.*.persons.by_name.*.windows.=", _DAYS),
    ("groups.*.persons.by_name.*.skills.*", "reasons"),
)

_EVERY_DAY_TOO = ("counts", "heads", "windows")
"""Where days that are not named may be meant as well."""

_NOUNS = {
    "profiles": "profile",
    "groups": "group",
    "reasons": "reason",
    "authority": "authority level",
    "escalation": "escalation path",
}


def names_used(document: Any) -> Iterator[tuple[KeyPath, str, str]]:
    """Every name in the document that stands for something: where, the section, the name."""
    for pattern, section in _REFERENCES:
        for path, value in _matches(document, tuple(pattern.split("."))):
            if isinstance(value, str):
                yield path, section, value


def unknown_names(document: dict[str, Any], file: str = "") -> list[Problem]:
    """The names in the document that stand for nothing."""
    problems = []
    for path, section, name in names_used(document):
        known = document.get(section, {})
        if section == _DAYS:
            problems += _unknown_day(path, name, known, file)
            continue
        default = section == "escalation" and path[-1] == name and name in DEFAULT_PATHS
        if isinstance(known, dict) and name not in known and not default:
            noun = _NOUNS[section]
            rule = f"names a{'n' if noun[0] in 'ae' else ''} {noun} that does not exist"
            hint = nearest(name, known, f"Known in [{section}]")
            problems.append(Problem(file, key_text(path), name, rule, hint))
    return problems


def _unknown_day(path: KeyPath, name: str, types: Any, file: str) -> list[Problem]:
    """A name that is no weekday, no day type and no date; a place that is a list has its values."""
    known = [*WEEKDAYS, *(types if isinstance(types, dict) else ())]
    if path[-2] in _EVERY_DAY_TOO:
        known.append(EVERY_DAY)
    if name in known or is_date(name):
        return []
    rule = 'is no weekday, no day type and no date such as "2026-12-24"'
    value = None if path[-1] == name else name
    return [Problem(file, key_text(path), value, rule, nearest(name, known, "Known"))]


def _matches(value: Any, pattern: tuple[str, ...]) -> Iterator[tuple[KeyPath, Any]]:
    if not pattern:
        yield (), value
        return
    for key, child in _entries(value, pattern[0]):
        for path, found in _matches(child, pattern[1:]):
            yield (key, *path), found


def _entries(value: Any, wanted: str) -> Iterator[tuple[str | int, Any]]:
    if wanted == "*":
        if isinstance(value, dict):
            yield from value.items()
        elif isinstance(value, list | tuple):
            yield from enumerate(value)
    elif isinstance(value, dict):
        if wanted == "=":
            yield from ((key, key) for key in value)
        elif wanted in value:
            yield wanted, value[wanted]
