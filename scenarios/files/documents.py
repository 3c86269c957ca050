"""A scenario as tables, lists and values: the form in which it is changed and written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenarios.checks.places import TAGS
from scenarios.parts.distributions import Constant
from scenarios.parts.part import Part
from scenarios.parts.stages import Stage
from scenarios.schema import Scenario

Document = dict[str, Any]


def document_of(scenario: Scenario) -> Document:
    """The scenario as tables with everything that was given, ready to be changed.

    Distributions and stages are tables with their own keys, so that a change can reach them.
    """
    return _tables(scenario, lambda part, key: key in part.model_fields_set)


def short_document(scenario: Scenario) -> Document:
    """The scenario as tables without defaults, each value in its shortest way of writing."""
    return _tables(scenario, _differs_from_default, _shortest)


def full_document(scenario: Scenario) -> Document:
    """The scenario as tables with every default, each value in its shortest way of writing."""
    return _tables(scenario, lambda _part, _key: True, _shortest)


def _as_it_is(_part: Part) -> Any:
    return None


def _shortest(part: Part) -> Any:
    """A plain number for a constant and a group's name for a stage; None when there is no way."""
    if isinstance(part, Constant) and not (part.point_share or part.point_at):
        return part.value
    if isinstance(part, Stage):
        rules = _tables(part, _differs_from_default)
        groups = rules.pop("groups")
        if len(groups) > 1:
            return {"groups": groups, **rules}
        return {"group": groups[0], **rules} if rules else groups[0]
    return None


def _tables(
    part: Part, kept: Callable[[Part, str], bool], short: Callable[[Part], Any] = _as_it_is
) -> Document:
    return {
        key: _value(value, kept, short)
        for key in type(part).model_fields
        if (value := getattr(part, key)) is not None and (key in TAGS or kept(part, key))
    }


def _value(value: Any, kept: Callable[[Part, str], bool], short: Callable[[Part], Any]) -> Any:
    if isinstance(value, Part):
        brief = short(value)
        return _tables(value, kept, short) if brief is None else brief
    if isinstance(value, dict):
        return {key: _value(entry, kept, short) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_value(entry, kept, short) for entry in value]
    return value


def _differs_from_default(part: Part, key: str) -> bool:
    value, default = getattr(part, key), type(part).model_fields[key].get_default()
    # A default distribution is written in the class as a file would have it.
    return bool(value != default and _value(value, _differs_from_default, _shortest) != default)
