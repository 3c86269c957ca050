"""Changes to a scenario as it is written: values set and sections left out, by key path."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date, time
from typing import Any

from scenarios.checks.places import TAGS
from scenarios.checks.problems import Problem, ScenarioError, nearest
from scenarios.files.extent import TOO_DEEP, beyond, long_key
from scenarios.files.toml_text import LONGEST_KEY, KeyPath, key_text, parse_key

Document = dict[str, Any]

# Tables whose keys are names that the user gives. A change reaches into an entry only when it is
# there, because a slip of the pen would otherwise make a new group.
_NAMED = (
    ("profiles",),
    ("reasons",),
    ("incidents",),
    ("root_causes",),
    ("groups",),
    ("authority",),
    ("escalation",),
    ("groups", "*", "shifts"),
    ("reasons", "*", "priority_classes"),
)
_UNTOUCHED = ("policies", "baseline")
_GONE = object()


class _NoSuchPlaceError(Exception):
    def __init__(self, rule: str, hint: str = "") -> None:
        self.rule, self.hint = rule, hint


def changed(
    document: Document, changes: Mapping[str, Any], remove: Iterable[str] = ()
) -> tuple[Document, list[Problem]]:
    """The document with sections left out first and then values set, and what did not work.

    Tables are merged; lists, numbers and texts replace the old value, and so does a table that
    names its distribution or step.
    """
    result, problems = deepcopy(document), []
    for key in remove:
        problems += _tried(key, key, _leave_out, result)
    _close_gaps(result)
    for key, value in changes.items():
        problems += _tried(key, value, _set, result, value)
    return result, problems


def _tried(key: str, value: Any, act: Any, document: Document, *more: Any) -> list[Problem]:
    path = parse_key(key)
    if rule := beyond(value):
        return [Problem("", key, None, rule)]
    if path is None:
        hint = "Write it as in groups.front_line.heads; a name with blanks or dots goes in quotes."
        return [Problem("", key, value, "is not a key path", hint)]
    if path[0] in _UNTOUCHED:
        return [Problem("", key, value, f"changes {path[0]}, which no change may do")]
    try:
        act(document, path, *more)
    except _NoSuchPlaceError as error:
        return [Problem("", key, value, error.rule, error.hint)]
    return []


def _set(document: Document, path: tuple[str, ...], value: Any) -> None:
    place: Any = document
    for depth, part in enumerate(path[:-1]):
        if isinstance(place, dict) and part not in place:
            _refuse_unknown_name(place, path[: depth + 1])
            place[part] = {}
        place = place[_key_in(place, part, path[:depth])]
    key = _key_in(place, path[-1], path[:-1])
    old = place.get(key) if isinstance(place, dict) else place[key]
    place[key] = _merged(old, value)


def _merged(old: Any, new: Any) -> Any:
    merges = isinstance(old, dict) and isinstance(new, dict)
    if not merges or any(tag in new for tag in TAGS):
        return deepcopy(new)
    return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}


def _leave_out(document: Document, path: tuple[str, ...]) -> None:
    place: Any = document
    for depth, part in enumerate(path):
        key = _key_in(place, part, path[:depth])
        if isinstance(place, dict) and key not in place:
            raise _NoSuchPlaceError(
                "has nothing to leave out", nearest(part, place, "Written here")
            )
        if depth == len(path) - 1:
            _cut(place, key)
            return
        place = place[key]


def _cut(place: Any, key: str | int) -> None:
    if isinstance(place, dict):
        del place[key]
    else:
        # The other entries keep their numbers until everything is left out.
        place[key] = _GONE


def _close_gaps(value: Any) -> None:
    if isinstance(value, list):
        value[:] = [entry for entry in value if entry is not _GONE]
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            _close_gaps(entry)


def _key_in(place: Any, part: str, path: KeyPath) -> str | int:
    if isinstance(place, dict):
        return part
    if not isinstance(place, list):
        raise _NoSuchPlaceError(f"reaches into {key_text(path)}, which has no keys of its own")
    if not part.isdecimal() or int(part) >= len(place):
        last = f"0 to {len(place) - 1}" if len(place) > 1 else "0"
        hint = f"Its entries have the numbers {last}." if place else "It is empty."
        raise _NoSuchPlaceError(
            f"reaches into the list {key_text(path)} without an entry's number", hint
        )
    return int(part)


def _refuse_unknown_name(place: Document, path: tuple[str, ...]) -> None:
    table = path[:-1]
    for named in _NAMED:
        if len(named) == len(table) and all(
            n in ("*", t) for n, t in zip(named, table, strict=True)
        ):
            rule = f"reaches into {key_text(path)}, which does not exist"
            raise _NoSuchPlaceError(rule, nearest(path[-1], place, f"Known in [{key_text(table)}]"))


def parse_change(text: str) -> tuple[str, Any]:
    """Key path and value of a change written as ``key=value``.

    The value is read as TOML; a bare word that is none is taken as text.

    Raises:
        ScenarioError: if there is no key path before the equals sign, or no value after it.
    """
    for at, sign in enumerate(text[: LONGEST_KEY + 1]):
        # An equals sign may stand in a quoted key; the first one after a whole key ends it.
        if sign == "=" and parse_key(text[:at]) is not None:
            return text[:at].strip(), _parsed_value(text[:at].strip(), text[at + 1 :].strip())
    rule = "is not a change; write one as key=value"
    hint = "As in groups.front_line.heads=40."
    raise ScenarioError([Problem("", text, None, rule, hint)])


def _parsed_value(key: str, text: str) -> Any:
    if long_key(text) is not None:
        raise ScenarioError([Problem("", key, text, TOO_DEEP)])
    try:
        document = tomllib.loads(f"value = {text}")
    except RecursionError:
        raise ScenarioError([Problem("", key, text, TOO_DEEP)]) from None
    except ValueError:
        document = {}
    if list(document) == ["value"] and not isinstance(document["value"], date | time):
        return document["value"]
    if text and text[0] not in "[{\"'" and "\n" not in text:
        return text
    raise ScenarioError([Problem("", key, text, "is not set to a value that TOML can read")])
