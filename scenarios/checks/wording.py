"""What the schema objects to, said in plain words, one problem per key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from scenarios.checks.cannot import instead
from scenarios.checks.places import TAGS, Place, find, homes
from scenarios.checks.problems import Problem, listed, nearest
from scenarios.files.toml_text import KeyPath, key_text, shortened, value_text

Detail = Mapping[str, Any]
"""One objection of the schema: its place, kind and value."""

_A_TYPO = 0.85
"""Likeness from which a key is a typo, whatever else it may mean."""

_SHOWN = 60
"""Characters of a number that a hint repeats."""

UNKNOWN_KEY = "is not a known key here"


def explain(error: ValidationError, document: Any, file: str = "") -> list[Problem]:
    """The problems behind a refusal of the schema, in the order of the schema.

    ``document`` is what was checked, as the file has it; only one problem of a key is shown.
    """
    details = error.errors(include_url=False)
    problems: dict[str, Problem] = {}
    for detail in _without_echo(details):
        problem = _problem(detail, document, file)
        problems.setdefault(problem.key, problem)
    return list(problems.values())


def _without_echo(details: Sequence[Detail]) -> Iterator[Detail]:
    """Leave out that a list is too short when only its entries are wrong."""
    places = [detail["loc"] for detail in details]
    for detail in details:
        loc = detail["loc"]
        if detail["type"] != "too_short" or not any(
            other[: len(loc)] == loc and other != loc for other in places
        ):
            yield detail


def _problem(detail: Detail, document: Any, file: str) -> Problem:
    loc, kind, value = detail["loc"], detail["type"], detail["input"]
    if "[key]" in loc:
        return _unknown_key(loc[: loc.index("[key]")], document, file)
    if kind == "extra_forbidden":
        return _unknown_key(loc, document, file)
    place = find(loc, document)
    if kind == "missing":
        wanted = place.description() or "a value"
        return Problem(file, key_text(place.path), None, f"is missing: it must be {wanted}")
    if kind.startswith("union_tag"):
        return _unknown_tag(place, value, file)
    rule, hint = _broken_rule(detail, place)
    about_keys = kind == "value_error" and isinstance(value, dict)
    return Problem(file, key_text(place.path), None if about_keys else value, rule, hint)


def _broken_rule(detail: Detail, place: Place) -> tuple[str, str]:
    value = detail["input"]
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"]), _how_to_write(value, place)
    if detail["type"] == "too_short":
        return "must not be empty", ""
    if detail["type"] == "finite_number":
        return "must be a finite number", "Leave the key out if there is no limit."
    wanted = place.description()
    rule = f"must be {wanted}" if wanted else detail["msg"]
    return rule, _how_to_write(value, place)


def _unknown_key(loc: tuple[str | int, ...], document: Any, file: str) -> Problem:
    place, around = find(loc, document), find(loc[:-1], document)
    key = str(loc[-1])
    value = _value_at(document, place.path)
    value = None if isinstance(value, dict) else value
    return Problem(file, key_text(place.path), value, UNKNOWN_KEY, _meant_key(key, around))


def _meant_key(key: str, around: Place) -> str:
    here = [known for known in around.known_keys() if known != key]
    if (cannot := instead(key)) and not get_close_matches(key, here, n=1, cutoff=_A_TYPO):
        return cannot
    hint = nearest(key, here)
    if hint.startswith("Did you mean"):
        return hint
    elsewhere = homes(key)
    if 0 < len(elsewhere) <= 3:
        return f"It belongs in {listed(elsewhere)}."
    return hint


def _unknown_tag(place: Place, value: Any, file: str) -> Problem:
    step = "decline" in place.tags()
    tag = TAGS[1] if step else TAGS[0]
    if not isinstance(value, dict) or tag not in value:
        example = "decline" if step else "lognormal"
        rule = f'must say which {tag} it is, as in {tag} = "{example}"'
        return Problem(file, key_text(place.path), value, rule, f"Known: {listed(place.tags())}.")
    rule = f"must be one of {listed(place.tags())}"
    hint = nearest(str(value[tag]), place.tags())
    hint = hint if hint.startswith("Did") else ""
    return Problem(file, key_text((*place.path, tag)), value[tag], rule, hint)


def _how_to_write(value: Any, place: Place) -> str:
    """A hint for a value that is only written in the wrong way."""
    wants = {option.get("type") for option in place.options}
    if isinstance(value, str):
        return _instead_of_text(value, wants, place)
    if "string" in wants and isinstance(value, int | float | date | time | datetime):
        text = value.isoformat("minutes") if isinstance(value, time) else value_text(value)
        return f'Write it in quotes: "{text}".'
    if "array" in wants and not isinstance(value, dict | list | tuple):
        return f"Write it in square brackets: [{value_text(value)}]."
    if isinstance(value, float) and "integer" in wants and value.is_integer():
        return f"Write it without a decimal point or an exponent: {shortened(int(value))}."
    return ""


def _instead_of_text(value: str, wants: Iterable[object], place: Place) -> str:
    choices = [str(choice) for choice in place.choices()]
    if choices:
        hint = nearest(value, choices)
        return hint if hint.startswith("Did you mean") else ""
    if {"number", "integer"} & set(wants) and _is_number(value):
        shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        return f"Write it without quotes: {shown}."
    if "boolean" in wants and value.lower() in ("true", "false"):
        return f"Write it without quotes: {value.lower()}."
    if wants == {"array"}:
        return f"Write it in square brackets: [{value_text(value)}]."
    return ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _value_at(document: Any, path: KeyPath) -> Any:
    for part in path:
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            return None
    return document
