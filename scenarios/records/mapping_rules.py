"""What may stand in a mapping file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from scenarios.checks.problems import Problem, nearest
from scenarios.records.values.clock import UNIT_MS
from scenarios.records.values.dates import DAY_FIRST, MONTH_FIRST
from scenarios.records.values.zones import zone_named

TABLES = ("columns", "units", "missing", "outcomes", "only", "rename")
OUTCOMES = ("answered", "abandoned", "menu", "other", "outbound")


def wrong(
    document: dict[str, Any], file: str, fields: Mapping[str, Collection[str]]
) -> list[Problem]:
    """Everything that is wrong with a mapping file.

    Args:
        document: Its tables.
        file: As the user named it.
        fields: The fields of each kind of records.
    """
    known = [*TABLES, *_SETTINGS, "kind"]
    problems = [
        Problem(file, key, None, "is not known", nearest(key, known))
        for key in document
        if key not in known
    ]
    problems += [
        Problem(file, name, document[name], "must be a table", f"[{name}]")
        for name in TABLES
        if not isinstance(document.get(name, {}), dict)
    ]
    kind = document.get("kind")
    if not isinstance(kind, str) or kind not in fields:
        rule = f"must be one of {', '.join(fields)}"
        hint = 'kind = "contacts" for call records.'
        problems.append(Problem(file, "kind", kind, rule, hint))
    for key, (rule, fits) in _SETTINGS.items():
        if key in document and not fits(document[key]):
            problems.append(Problem(file, key, document[key], rule))
    return problems or _wrong_entries(document, file, set(fields[str(kind)]))


def _is_zone(value: object) -> bool:
    return isinstance(value, str) and (not value or zone_named(value) is not None)


def _is_amount(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < float(str(value)) < 100_000


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_ZONE = 'must be a time zone as "Europe/Lisbon" or "America/Chicago"'
_SETTINGS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "title": ("must be a text", lambda value: isinstance(value, str)),
    "dates": (
        f'must be "{DAY_FIRST}" or "{MONTH_FIRST}"',
        lambda value: value in ("", DAY_FIRST, MONTH_FIRST),
    ),
    "time_zone": (_ZONE, _is_zone),
    "recorded_in": (_ZONE, _is_zone),
    "interval_min": ("must be a number over 0", _is_amount),
    "service_level_s": ("must be a number over 0", _is_amount),
    "events": ('must be "asterisk"', lambda value: value in ("", "asterisk")),
    "per_agent": ("must be true or false", lambda value: isinstance(value, bool)),
    "signature": ("must be a list of texts", _is_texts),
    "bands": ("must be a list of texts", _is_texts),
}


def _wrong_entries(document: dict[str, Any], file: str, fields: set[str]) -> list[Problem]:
    problems = []
    for name in ("columns", "units", "missing", "only"):
        for key, value in document.get(name, {}).items():
            problems += _wrong_entry(file, name, key, value, fields)
    for key, value in document.get("outcomes", {}).items():
        if value not in OUTCOMES:
            rule = f"must be one of {', '.join(OUTCOMES)}"
            problems.append(Problem(file, f"outcomes.{key}", value, rule))
    for key, value in document.get("rename", {}).items():
        if not isinstance(value, str):
            problems.append(Problem(file, f"rename.{key}", value, "must be a text"))
    return problems


def _wrong_entry(file: str, table: str, key: str, value: object, fields: set[str]) -> list[Problem]:
    place = f"{table}.{key}"
    if key not in fields:
        return [
            Problem(file, place, None, "is no field of this kind", nearest(key, sorted(fields)))
        ]
    if table == "units":
        return (
            [] if value in UNIT_MS else [Problem(file, place, value, "must be s, ms, min, h or d")]
        )
    entries = value if isinstance(value, list) else [value]
    wanted = (str,) if table == "columns" else (str, int, float)
    if not all(isinstance(each, wanted) for each in entries):
        return [Problem(file, place, value, "must be a text or a list of texts")]
    return []
