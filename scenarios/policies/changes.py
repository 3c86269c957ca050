"""Changes to a scenario as it is written: values set and sections left out, by key path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

from pydantic import ValidationError

from scenarios.checks.places import TAGS, find
from scenarios.checks.problems import Problem, nearest
from scenarios.files.documents import full_document
from scenarios.files.extent import beyond
from scenarios.files.toml_text import KeyPath, key_text, shortened
from scenarios.policies import roster
from scenarios.policies.relative_changes import is_number, place_of, result_of, split
from scenarios.schema import Scenario

Document = dict[str, Any]

# Tables whose keys are names that the user gives. A change reaches into an entry only when it is
# there, because a typo would otherwise make a new group.
_NAMED = (
    ("day_types",),
    ("profiles",),
    ("reasons",),
    ("incidents",),
    ("outages",),
    ("times_of_day",),
    ("outbound",),
    ("root_causes",),
    ("groups",),
    ("authority",),
    ("escalation",),
    ("expect",),
    ("groups", "*", "shifts"),
    ("groups", "*", "persons", "by_name"),
    ("reasons", "*", "priority_classes"),
)
_UNTOUCHED = ("policies", "baseline", "report", "uncertain")
_GONE = object()


class _NoSuchPlaceError(Exception):
    def __init__(self, rule: str, hint: str = "") -> None:
        self.rule, self.hint = rule, hint


def changed(
    document: Document, changes: Mapping[str, Any], remove: Iterable[str] = ()
) -> tuple[Document, list[Problem]]:
    """The document with sections left out first and then values set, and what did not work.

    Tables are merged; lists, numbers and texts replace the old value, and so does a table that
    names its distribution or step. A key that ends with ``+=``, ``-=``, ``*=`` or ``/=`` changes
    the number that is there by then.
    """
    result, problems = deepcopy(document), []
    for key in remove:
        problems += _tried(key, key, _leave_out, result)
    _close_gaps(result)
    for key, value in changes.items():
        if rule := beyond(value):
            problems.append(Problem("", key, None, rule))
            continue
        sign = split(key)[1]
        if sign:
            problems += _tried(key, value, partial(_reckon, sign=sign, by=value), result)
            continue
        plain, relative = _parted(value)
        if plain or not relative:
            problems += _tried(key, value, partial(_set, value=plain), result)
        for inside, sign, by in relative:
            act = partial(_reckon, inside=inside, sign=sign, by=by)
            problems += _tried(key, value, act, result)
    return result, problems


def _tried(key: str, value: Any, act: Any, document: Document) -> list[Problem]:
    path = place_of(key)
    if path is None:
        hint = "Write it as in groups.front_line.heads; a name with blanks or dots goes in quotes."
        return [Problem("", key, value, "is not a key path", hint)]
    if path[0] in _UNTOUCHED:
        return [Problem("", key, value, f"changes {path[0]}, which a change may not do")]
    try:
        act(document, path)
    except _NoSuchPlaceError as error:
        return [Problem("", key, value, error.rule, error.hint)]
    return []


def _set(document: Document, path: tuple[str, ...], value: Any) -> None:
    _refuse_number_for_roster(document, path)
    place: Any = document
    for depth, part in enumerate(path[:-1]):
        if isinstance(place, dict) and part not in place:
            _refuse_unknown_name(place, path[: depth + 1])
            place[part] = {}
        place = place[_key_in(place, part, path[:depth])]
    key = _key_in(place, path[-1], path[:-1])
    old = place.get(key) if isinstance(place, dict) else place[key]
    place[key] = _merged(old, value)


def _refuse_number_for_roster(document: Document, path: tuple[str, ...]) -> None:
    """One number for a group that is planned by shift or interval would be a second roster."""
    if path[0] == "groups" and path[2:] == (roster.HEADS,):
        group = document.get("groups", {}).get(path[1])
        _refuse_number_for_persons(group, path)
        if roster.is_planned_in_parts(group):
            raise _NoSuchPlaceError(
                f"sets one number, and {path[1]} has {roster.planned(group)}",
                f"{key_text(path)} += 2 adds two, and *= 1.1 a tenth.",
            )


def _refuse_number_for_persons(group: Any, path: tuple[str, ...]) -> None:
    """A number says not who of a table of persons goes, or what somebody new can do."""
    if people := roster.persons_of(group):
        table = key_text((*path[:2], "persons", "by_name"))
        raise _NoSuchPlaceError(
            f"is a number of people, and {path[1]} has {people} persons by name",
            f"Write one more as {table}.NAME, like the others there, or leave one of them out.",
        )


def _parted(value: Any) -> tuple[Any, list[tuple[KeyPath, str, Any]]]:
    """A value without the relative changes that stand in its tables, and these by their paths."""
    if not isinstance(value, dict):
        return value, []
    plain: Document = {}
    relative: list[tuple[KeyPath, str, Any]] = []
    for key, entry in value.items():
        name, sign = split(key)
        if sign:
            relative.append(((name,), sign, entry))
            continue
        rest, inside = _parted(entry)
        relative += [((key, *path), sign, by) for path, sign, by in inside]
        if rest or not inside:
            plain[key] = rest
    return plain, relative


def _reckon(
    document: Document, path: tuple[str, ...], *, sign: str, by: Any, inside: KeyPath = ()
) -> None:
    """Change the number at a place by another one."""
    path = (*path, *map(str, inside))
    where = f"{key_text(inside)}: " if inside else ""
    if not is_number(by):
        raise _NoSuchPlaceError(f"{where}must have a number after {sign}", f"As in {sign} 2.")
    if path[0] == "groups" and path[2:] == (roster.HEADS,):
        groups = document.get("groups")
        group: Any = groups.get(path[1]) if isinstance(groups, dict) else None
        _refuse_number_for_persons(group, path)
        if roster.is_planned_in_parts(group):
            _change_roster(group, sign, by, where)
            return
    place, old = _number_at(document, path, sign)
    location = tuple(_with_tags(document, place))
    kinds = {option.get("type") for option in find(location, document).options}
    try:
        new = result_of(old, sign, by, whole="integer" in kinds and "number" not in kinds)
    except ZeroDivisionError:
        raise _NoSuchPlaceError(f"{where}{_BY_ZERO}") from None
    _set(document, place, new)


def _change_roster(group: Document, sign: str, by: float, where: str) -> None:
    """Change the people of a group that are planned by shift or interval."""
    try:
        roster.change(group, partial(result_of, sign=sign, by=by, whole=True))
    except ZeroDivisionError:
        raise _NoSuchPlaceError(f"{where}{_BY_ZERO}") from None
    except ValueError as error:
        raise _NoSuchPlaceError(f"{where}{error}") from None


_BY_ZERO = "is divided by 0, which has no result"


def _number_at(
    document: Document, path: tuple[str, ...], sign: str
) -> tuple[tuple[str, ...], float]:
    """The number at a key path, and where it is written: a constant is a table with a value."""
    value: Any = document
    for depth, part in enumerate(path):
        if isinstance(value, dict) and part not in value:
            _refuse_unknown_name(value, path[: depth + 1])
            return path, _default_at(document, path, sign)
        value = value[_key_in(value, part, path[:depth])]
    if isinstance(value, dict) and value.get("distribution") == "constant":
        path, value = (*path, "value"), value.get("value")
    if not is_number(value):
        raise _NoSuchPlaceError(*_no_number(path, value, sign))
    return path, value


def _default_at(document: Document, path: tuple[str, ...], sign: str) -> float:
    """The number that holds at a place where nothing is written, unless it means that it is off."""
    try:
        value: Any = full_document(Scenario.model_validate(document))
    except ValidationError:
        value = None
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    if is_number(value) and value:
        return float(value) if isinstance(value, float) else int(value)
    if not find(tuple(_with_tags(document, path)), document).options:
        known = find(tuple(_with_tags(document, path[:-1])), document).known_keys()
        raise _NoSuchPlaceError("is not a known key", nearest(path[-1], known))
    rule = f"is off here: there is no number for {sign} to change"
    raise _NoSuchPlaceError(rule, "Set a value with = instead, or first.")


def _no_number(path: KeyPath, value: Any, sign: str) -> tuple[str, str]:
    if isinstance(value, dict):
        figure = next((key for key, figure in value.items() if is_number(figure)), "KEY")
        what = f"a {value['distribution']} distribution" if "distribution" in value else "a table"
        hint = f"Change a number in it, as in {key_text((*path, figure))} {sign} 2."
        return f"is {what}, and {sign} changes only a number", hint
    what = "a list" if isinstance(value, list) else shortened(value)
    return f"is {what}, and {sign} changes only a number", "Set its new value with = instead."


def _with_tags(document: Document, path: KeyPath) -> Iterator[str | int]:
    """The way to a place in the schema: past which distribution or step is written there."""
    value: Any = document
    for part in path:
        at = int(part) if isinstance(value, list) else part
        yield at
        value = value.get(at) if isinstance(value, dict) else value[int(at)]
        if isinstance(value, dict):
            yield from (value[tag] for tag in TAGS if tag in value)
        elif not isinstance(value, list):
            value = {}


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
        hint = f"Its entries have the numbers 0 to {len(place) - 1}." if place else "It is empty."
        hint = "Its only entry has the number 0." if len(place) == 1 else hint
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


def combined(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Changes and then further ones, as one set of changes.

    What a later one sets anew is not in it any more, nor a relative change of it.
    """
    places = {place_of(key) for key in after if not split(key)[1]}
    kept = {key: value for key, value in before.items() if place_of(key) not in places}
    return {**kept, **after}
