"""Changes as they are written on a command line: key=value, or key+=number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.files.extent import TOO_DEEP, long_key
from scenarios.files.toml_text import LONGEST_KEY, parse_key
from scenarios.policies.relative_changes import SIGNS, split


def parse_change(text: str) -> tuple[str, Any]:
    """Key path and value of a change written as ``key=value``, or ``key+=number``.

    The value is read as TOML; a bare word that is none is taken as text. The key of a relative
    change ends with its sign: ``groups.front_line.heads +=``.

    Raises:
        ScenarioError: if there is no key path before the equals sign, or no value after it.
    """
    for at, character in enumerate(text[: LONGEST_KEY + 1]):
        # An equals sign may stand in a quoted key; the first one after a whole key ends it.
        if character == "=":
            key, sign = split(text[: at + 1])
            key = (key if sign else text[:at]).strip()
            if parse_key(key) is not None:
                named = f"{key} {sign}" if sign else key
                return named, _parsed_value(named, text[at + 1 :].strip())
    rule = "is not a change; write one as key=value"
    hint = "As in groups.front_line.heads=40, or groups.front_line.heads+=2."
    raise ScenarioError([Problem("", text, None, rule, hint)])


def parse_changes(texts: Iterable[str]) -> dict[str, Any]:
    """The changes of a command line in their order; of a key that is set twice, the last one.

    Raises:
        ScenarioError: if one is no change, or a relative one is given twice.
    """
    changes: dict[str, Any] = {}
    for text in texts:
        key, value = parse_change(text)
        if key in changes and key.endswith(SIGNS):
            rule, hint = "is given twice", "Give one change for both."
            raise ScenarioError([Problem("", key, value, rule, hint)])
        changes.pop(key, None)
        changes[key] = value
    return changes


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
