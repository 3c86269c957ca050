"""Keys and values as they are written in a TOML file."""

from __future__ import annotations

import json
import re
import tomllib
from functools import lru_cache
from typing import Any

from scenarios.files.characters import visible
from scenarios.files.extent import long_key

KeyPath = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and numbers of entries in a list, from 0."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_EXACT_INT = 2**53

LONGEST_KEY = 2_000
"""Characters of a key path; no scenario needs as many, and reading one takes its square in time."""


def key_text(path: KeyPath) -> str:
    """The key path with dots, names that need it in quotes: ``reasons."late parcel".solve``."""
    return ".".join(_name_text(str(part)) for part in path)


@lru_cache(maxsize=4096)  # a turned knob asks for the same few hundred keys again
def parse_key(text: str) -> tuple[str, ...] | None:
    """The parts of a key path written as in TOML; None when it cannot be read as one."""
    if len(text) > LONGEST_KEY or long_key(text) is not None:
        return None
    try:
        place: Any = tomllib.loads(f"{text} = 0")
    except (ValueError, RecursionError):
        return None
    parts: list[str] = []
    while isinstance(place, dict):
        if len(place) != 1:
            return None
        ((part, place),) = place.items()
        parts.append(part)
    return tuple(parts) if place == 0 and type(place) is int else None


def value_text(value: object, *, exact: bool = False) -> str:
    """The value as TOML writes it on one line.

    Args:
        value: to write.
        exact: 2.0 stays 2.0, for what is read again without knowing what it is.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _string_text(value)
    if isinstance(value, float):
        whole = not exact and value.is_integer() and abs(value) < _EXACT_INT
        return str(int(value)) if whole else repr(value)
    if isinstance(value, dict):
        inside = ", ".join(
            f"{_name_text(k)} = {value_text(v, exact=exact)}" for k, v in value.items()
        )
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(value_text(item, exact=exact) for item in value)}]"
    try:
        return str(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return f"{value:#x}"


def shortened(value: object, width: int = 60) -> str:
    """The value for a message: as TOML writes it, cut where a reader has seen enough."""
    if isinstance(value, list | tuple) and len(value) > width:
        value = value[:width]
    text = value_text(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"


def long_text(value: str) -> str:
    """A string of several lines in three quotes, line by line."""
    lines = "\n".join(_string_text(line)[1:-1] for line in value.split("\n"))
    return f'"""\n{lines}"""'


def _name_text(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string_text(name)


def _string_text(value: str) -> str:
    # JSON writes what lies below the blank so that TOML reads it; the rest is written here.
    return visible(json.dumps(value, ensure_ascii=False))
