"""Rules about what is not known for sure: each range is about a figure, and has it inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.places import find
from scenarios.checks.problems import Problem, found, nearest
from scenarios.files.documents import full_document
from scenarios.files.toml_text import KeyPath, key_text, parse_key
from scenarios.parts.uncertain import Uncertain
from scenarios.schema import Scenario

_NOWHERE = object()


def figure_at(document: dict[str, Any], key: str) -> float | None:
    """The number that a key path leads to, a list's entry by its number; None where there is none.

    Args:
        document: the scenario as tables, with every default.
        key: a key path, such as ``reasons.order.solve``.
    """
    value = _value(document, parse_key(key) or ())
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None


def ranges_around_figures(scenario: Scenario) -> Iterator[Problem]:
    """The key of a range leads to a number, which lies within; both ends could stand there."""
    if not scenario.uncertain:
        return
    document = full_document(scenario)
    for key, one in scenario.uncertain.items():
        path, at = parse_key(key), ("uncertain", key)
        if not path or _value(document, path) is _NOWHERE:
            rule = "leads to nothing in the scenario"
            yield found(at, None, rule, _hint(document, path or ()))
            continue
        figure = figure_at(document, key)
        if figure is None:
            rule = "is not about a number"
            yield found(at, None, rule, "Name a figure: of a distribution, its mean for example.")
            continue
        if not one.low <= figure <= one.high:
            side = "low" if figure < one.low else "high"
            rule = f"leaves out the value that the scenario has: {key} is {figure:g}"
            yield found((*at, side), getattr(one, side), rule)
        yield from _ends(at, path, one, document)
    yield from _as_many_each(scenario)


def _as_many_each(scenario: Scenario) -> Iterator[Problem]:
    """Figures that are drawn together are as many in each row."""
    numbers = {key: len(one.drawn) for key, one in scenario.uncertain.items() if one.drawn}
    if len(set(numbers.values())) > 1:
        most = max(numbers, key=lambda key: numbers[key])
        for key, number in numbers.items():
            if number < numbers[most]:
                rule = f"has {number} figures, {most} has {numbers[most]}: they belong together"
                hint = "Give as many in each row, or leave drawn out of this one."
                yield found(("uncertain", key, "drawn"), None, rule, hint)


def _ends(
    at: KeyPath, path: KeyPath, one: Uncertain, document: dict[str, Any]
) -> Iterator[Problem]:
    """Problems of an end that the key could not have."""
    place = find(path, document)
    least, most, above = place.limits()
    for number, value in enumerate(one.drawn):
        if value < least or value > most or (above and value == least):
            rule = f"is nothing that {key_text(path)} can be"
            yield found((*at, "drawn", number), value, rule, "Leave out the row or its drawn.")
            break
    if one.low < least or (above and one.low == least):
        rule = f"must be {'above' if above else 'at least'} {least:g}, as {key_text(path)} is"
        yield found((*at, "low"), one.low, rule)
    if one.high > most:
        rule = f"must be at most {most:g}, as {key_text(path)} is"
        yield found((*at, "high"), one.high, rule)


def _value(document: Any, path: KeyPath) -> Any:
    for part in path:
        if isinstance(document, list) and str(part).isdecimal() and int(part) < len(document):
            document = document[int(part)]
        elif isinstance(document, dict) and part in document:
            document = document[part]
        else:
            return _NOWHERE
    return document


def _hint(document: Any, path: KeyPath) -> str:
    """What is known where the path leads astray."""
    for part in path:
        inside = _value(document, (part,))
        if inside is _NOWHERE:
            return nearest(str(part), document, "Known") if isinstance(document, dict) else ""
        document = inside
    return ""
