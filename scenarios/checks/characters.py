"""Control characters in a scenario: names and texts are refused that hold any.

They are looked for in the file as it is written, so that they are reported together with wrong
values elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.problems import Problem
from scenarios.files.characters import LINES, controls_in
from scenarios.files.toml_text import KeyPath, key_text

_IN_LINES: dict[KeyPath, str] = {("story",): LINES}
"""Texts of several lines, with what they may hold."""


def control_characters(document: dict[str, Any], file: str = "") -> list[Problem]:
    """Every name and every text in the document that holds a control character."""
    return [
        Problem(file, key_text(path), value, _rule(held, allowed), _hint(held))
        for path, text, value in _texts(document, ())
        for allowed in [_IN_LINES.get(path, "") if value is not None else ""]
        if (held := controls_in(text, allowed))
    ]


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str, str | None]]:
    """Each text with its place; the value is None where the text is the name of the place."""
    if isinstance(value, str):
        yield path, value, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield (*path, key), str(key), None
            yield from _texts(entry, (*path, key))
    elif isinstance(value, list | tuple):
        for number, entry in enumerate(value):
            yield from _texts(entry, (*path, number))


def _rule(held: list[str], allowed: str) -> str:
    but = " but line breaks and tabs" if allowed else ""
    return f"must not have control characters{but}: it has {', '.join(held)}"


def _hint(held: list[str]) -> str:
    them = "it" if len(held) == 1 else "them"
    return f"Leave {them} out: a terminal would obey {them} instead of showing {them}."
