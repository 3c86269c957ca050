"""The register of assumptions as it stands in a scenario.

A scenario may set any of them. Those that nobody has measured say so; how much depends on each
is found by asking for the answer at both ends of its range.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from scenarios.files.toml_text import KeyPath, key_text, shortened
from scenarios.parts.part import Part
from scenarios.register import REGISTER, Assumption
from scenarios.register.entry import Standing
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

    @property
    def strength(self) -> Standing:
        """How well the value is known: what the scenario sets otherwise is its own figure."""
        return "own" if self.overridden else self.assumption.strength

    @property
    def source(self) -> str:
        """Where the value comes from; with an own figure, what the default has."""
        one = self.assumption
        if not self.overridden:
            return one.source
        return f"set by the scenario; the default is {one.strength}: {one.source}"

    @property
    def stands(self) -> bool:
        """The scenario has the relation, at the default or otherwise."""
        return self.used or self.overridden

    @property
    def number_or_text(self) -> float | str:
        """The value; a distribution as text: lognormal, median 2880, sigma 0.6."""
        if isinstance(self.value, int | float):
            return self.value
        given = self.value.model_dump(exclude_none=True, exclude={"point_share", "point_at"})
        kind = given.pop("distribution")
        return ", ".join([kind, *(f"{name} {shortened(figure)}" for name, figure in given.items())])

    @property
    def value_text(self) -> str:
        """The value with its unit."""
        value = self.number_or_text
        return value if isinstance(value, str) else self.assumption.written(value)


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
        rows += [_assumed(one, path, part, scenario) for path, part in found] or [_left_out(one)]
    return tuple(rows)


@dataclass(frozen=True)
class AssumedUnder:
    """An assumption at one place and one value, and the policies under which it has it."""

    assumed: Assumed
    policies: tuple[str, ...]


def under_policies(scenarios: Mapping[str, Scenario]) -> tuple[AssumedUnder, ...]:
    """The register as it stands under several policies, each place and value once.

    What a policy leaves out has no row of its own where another policy uses it.

    Args:
        scenarios: by policy, its changes applied; without any, the register by itself.
    """
    found: dict[Assumed, list[str]] = {} if scenarios else {_left_out(one): [] for one in REGISTER}
    for policy, scenario in scenarios.items():
        for row in assumptions(scenario):
            found.setdefault(row, []).append(policy)
    used = {row.assumption for row in found if row.stands}
    found_under = [
        AssumedUnder(row, tuple(policies))
        for row, policies in found.items()
        if row.stands or row.assumption not in used
    ]
    return tuple(sorted(found_under, key=lambda one: REGISTER.index(one.assumed.assumption)))


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


def allows(row: Assumed, scenario: Scenario, value: float) -> bool:
    """Whether an assumption can have another value next to what else its section says.

    Args:
        row: of this scenario.
        scenario: the scenario.
        value: within the range of the register; customers who leave though resolved later cannot
            be more than the scenario has leaving unresolved, for example.
    """
    one = row.assumption
    if one.figure:
        return True
    for path, part in _parts(scenario, ()):
        if type(part) is one.part and key_text((*path, one.field)) == row.key:
            beside = {name: getattr(part, name) for name in type(part).model_fields}
            whole = isinstance(one.part.model_fields[one.field].get_default(), int)
            try:
                one.part.model_validate({**beside, one.field: round(value) if whole else value})
            except ValidationError:
                return False
    return True


def _assumed(one: Assumption, path: KeyPath, part: Part, scenario: Scenario) -> Assumed:
    value = getattr(part, one.field)
    if one.figure:
        value = getattr(value, one.figure, None) or value
    used = isinstance(value, int | float) and value != one.off_at
    used = used and (one.applies is None or one.applies(part, scenario))
    return Assumed(key_text((*path, one.field)), one, value, used, value != one.default)


def _left_out(one: Assumption) -> Assumed:
    key = ".".join(map(str, (*_homes()[one.part], one.field)))
    return Assumed(key, one, one.default, used=False, overridden=False)


@cache
def _homes() -> dict[type[Part], KeyPath]:
    """Where each section may stand in a scenario, the first place found; ``*`` is any name."""
    homes: dict[type[Part], KeyPath] = {}
    coming: list[tuple[KeyPath, Any]] = [((), Scenario)]
    for path, kind in coming:
        if isinstance(kind, type) and issubclass(kind, Part):
            if kind not in homes:
                homes[kind] = path
                fields = kind.model_fields.items()
                coming += [((*path, name), field.annotation) for name, field in fields]
        else:
            many = get_origin(kind) in (dict, tuple)
            coming += [((*path, "*") if many else path, inner) for inner in get_args(kind)]
    return homes


def _parts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Part]]:
    """Every section within a section, with its key path; policies are left out."""
    if isinstance(value, Part):
        yield path, value
        for field in _fields(type(value)):
            inner = getattr(value, field)
            if isinstance(inner, Part | dict | tuple):
                yield from _parts(inner, (*path, field))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _parts(entry, (*path, key))
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            yield from _parts(entry, (*path, number))


@cache
def _fields(kind: type[Part]) -> tuple[str, ...]:
    """The keys of a section, policies left out."""
    return tuple(field for field in kind.model_fields if field != "policies")
