"""What differs between two scenarios, key by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

from scenarios.files.documents import Document, full_document, short_document
from scenarios.files.toml_text import KeyPath, key_text
from scenarios.schema import Scenario


class Difference(NamedTuple):
    """One thing in which two scenarios differ."""

    key: str
    """Key path, as TOML writes it."""
    old: Any
    """Value in the first scenario, as in a file; None when it is left out there."""
    new: Any
    """Value in the second scenario; None when it is left out there."""


def differences(a: Scenario, b: Scenario) -> list[Difference]:
    """What differs between two scenarios, apart from their policies.

    A section that only one of them has is one difference; so is a list of another length.
    """
    old, new = (_without_policies(full_document(scenario)) for scenario in (a, b))
    old_short, new_short = (cache(partial(short_document, scenario)) for scenario in (a, b))
    return [
        Difference(key_text(path), _brief(before, old_short, path), _brief(after, new_short, path))
        for path, before, after in _differing(old, new, ())
    ]


def all_differences(a: Scenario, b: Scenario) -> list[Difference]:
    """What differs between two scenarios, their policies and the baseline included."""
    old, new = short_document(a), short_document(b)
    of_policies = [
        Difference(key_text(path), before, after)
        for key in ("baseline", "policies")
        for path, before, after in _differing(old.get(key), new.get(key), (key,))
    ]
    return differences(a, b) + of_policies


def _without_policies(document: Document) -> Document:
    return {key: v for key, v in document.items() if key not in ("policies", "baseline")}


def _differing(old: Any, new: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict) and _alike(old, new):
        for key in dict.fromkeys((*old, *new)):
            yield from _differing(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and _same_tables(old, new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differing(before, after, (*path, number))
    elif old != new:
        yield path, old, new


def _alike(old: Document, new: Document) -> bool:
    """Whether two tables can be told apart key by key: neither is another distribution or step."""
    return all(old.get(tag) == new.get(tag) for tag in ("distribution", "step"))


def _same_tables(old: list[Any], new: list[Any]) -> bool:
    tables = all(isinstance(entry, dict) for entry in (*old, *new))
    return tables and len(old) == len(new)


def _brief(value: Any, short: Callable[[], Document], path: KeyPath) -> Any:
    """A table without its defaults; anything else as it is."""
    if not isinstance(value, dict):
        return value
    place: Any = short()
    for part in path:
        if isinstance(place, dict) and part not in place:
            return value
        place = place[part]
    return place
