"""The register of assumptions as it stands in a scenario.

A scenario may set any of them. Those that nobody has measured say so; how much hangs on each is
found by asking for the answer at both ends of its range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.files.toml_text import KeyPath, key_text
from scenarios.parts.part import Part
from scenarios.register import REGISTER, Assumption
from scenarios.schema import Scenario


@dataclass(frozen=True)
class Assumed:
    """An assumption at one place of a scenario."""

    key: str
    """Key path in the scenario, or of the section that would have it."""
    assumption: Assumption
    value: Any
    """A number; the distribution itself where the scenario has one of another kind."""
    used: bool
    """The scenario has the section, and the relation is on."""
    overridden: bool
    """The scenario says something else than the default."""


def assumptions(scenario: Scenario) -> tuple[Assumed, ...]:
    """The register as it stands in a scenario: a row for each place that has the relation.

    A relation that the scenario leaves out has one row, not used, at its default.
    """
    places: dict[type[Part], list[tuple[KeyPath, Part]]] = {}
    for path, part in _parts(scenario, ()):
        places.setdefault(type(part), []).append((path, part))
    rows = []
    for one in REGISTER:
        found = places.get(one.part, [])
        rows += [_assumed(one, path, part) for path, part in found] or [_left_out(one)]
    return tuple(rows)


def change_to(row: Assumed, scenario: Scenario, value: float) -> dict[str, Any]:
    """The change that gives an assumption another value, for ``with_changes``.

    Args:
        row: of this scenario.
        scenario: the scenario; where the assumption is a figure of a distribution, the rest of
            the distribution stays.
        value: a whole number where the key takes only those.
    """
    one = row.assumption
    if not one.figure:
        whole = isinstance(one.part.model_fields[one.field].get_default(), int)
        return {row.key: round(value) if whole else value}
    for path, part in _parts(scenario, ()):
        if key_text((*path, one.field)) == row.key:
            given = getattr(part, one.field).model_dump(exclude_none=True)
            return {row.key: {**given, one.figure: value}}
    return {}


def _assumed(one: Assumption, path: KeyPath, part: Part) -> Assumed:
    value = getattr(part, one.field)
    if one.figure:
        value = getattr(value, one.figure, None) or value
    used = isinstance(value, int | float) and value != one.off_at
    return Assumed(key_text((*path, one.field)), one, value, used, value != one.default)


def _left_out(one: Assumption) -> Assumed:
    return Assumed(
        f"{one.part.__name__}.{one.field}", one, one.default, used=False, overridden=False
    )


def _parts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Part]]:
    """Every section within a section, with its key path; policies are left out."""
    if isinstance(value, Part):
        yield path, value
        for field in type(value).model_fields:
            if field != "policies":
                yield from _parts(getattr(value, field), (*path, field))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _parts(entry, (*path, key))
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            yield from _parts(entry, (*path, number))
