"""Places in a scenario file: what may be written there, in plain words.

The JSON Schema knows every place already; here one walks through it alongside the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import inf
from typing import Any

from scenarios.checks.problems import listed
from scenarios.files.editors import META, json_schema
from scenarios.files.toml_text import KeyPath
from scenarios.parts.meta import Meta

Node = dict[str, Any]

TAGS = ("distribution", "step")
"""Keys that say which of several tables is meant."""

_MOST_NAMED = 20
"""As many choices as a sentence can name."""

_A_DISTRIBUTION = 'a number, or a distribution such as { distribution = "exponential", mean = 300 }'


@cache
def _root() -> Node:
    return json_schema()


def _options(node: Node) -> list[Node]:
    """The node without references and without null, as one or several alternatives."""
    if "$ref" in node:
        return _options(_root()["$defs"][node["$ref"].rpartition("/")[2]])
    alternatives = node.get("anyOf") or node.get("oneOf")
    if alternatives is None:
        return [] if node.get("type") == "null" else [node]
    return [option for alternative in alternatives for option in _options(alternative)]


def _tag(node: Node) -> tuple[str, str] | None:
    """Key and value by which a table is told from its alternatives."""
    for key in TAGS:
        if "const" in node.get("properties", {}).get(key, {}):
            return key, node["properties"][key]["const"]
    return None


@dataclass(frozen=True)
class Place:
    """A place in the file and the alternatives that may stand there (none when unknown)."""

    path: KeyPath
    options: tuple[Node, ...]
    key: Node = field(default_factory=dict)
    """What is written about the key itself, or about the table of which this is an entry."""

    @property
    def meaning(self) -> str:
        """What the key means, as the scenario reference has it; empty where nothing is written."""
        return str(self.key.get("description", ""))

    @property
    def meta(self) -> Meta:
        """What the key is called and counted in."""
        return Meta(**self.key.get(META, {}))

    def limits(self) -> tuple[float, float, bool]:
        """Smallest and largest number allowed, and whether the smallest itself is not."""
        numbers = [one for one in self.options if one.get("type") in ("number", "integer")]
        above = [one["exclusiveMinimum"] for one in numbers if "exclusiveMinimum" in one]
        low = max([*above, *(one["minimum"] for one in numbers if "minimum" in one)], default=-inf)
        high = min((one["maximum"] for one in numbers if "maximum" in one), default=inf)
        return low, high, low in above

    @property
    def whole(self) -> bool:
        """Whether a number that stands here is a whole one."""
        kinds = {one.get("type") for one in self.options} & {"number", "integer"}
        return kinds == {"integer"}

    def known_keys(self) -> list[str]:
        """The keys that are known in the table at this place; empty when names are free."""
        keys: dict[str, None] = {}
        for option in self.options:
            keys |= dict.fromkeys(option.get("properties", {}))
            keys |= dict.fromkeys(option.get("propertyNames", {}).get("enum", []))
        return list(keys)

    def tags(self) -> list[str]:
        """The names by which the alternatives are told apart."""
        return [tag[1] for tag in map(_tag, self.options) if tag]

    def choices(self) -> list[Any]:
        """The values that may stand here, where they are few."""
        return [
            value
            for option in self.options
            for value in option.get("enum", [option["const"]] if "const" in option else [])
        ]

    def description(self) -> str:
        """What may stand here, as the end of the sentence "must be …"; empty when unknown."""
        if (
            self.path
            and self.tags()
            and not any(_tag(o) == ("step", "decline") for o in self.options)
        ):
            return _A_DISTRIBUTION
        return " or ".join(dict.fromkeys(map(_described, self.options)))


def _described(node: Node) -> str:
    choices = node.get("enum", [node["const"]] if "const" in node else [])
    if 0 < len(choices) <= _MOST_NAMED:
        return f"one of {listed(choices)}" if isinstance(choices[0], str) else _numbers(choices)
    kind = node.get("type", "")
    if kind in ("number", "integer"):
        return ("a whole number" if kind == "integer" else "a number") + _limits(node)
    if kind == "array":
        return "a list in square brackets"
    return {
        "string": "text in quotes",
        "boolean": "true or false",
        "object": "a table of keys and values",
    }.get(kind, "")


def _numbers(choices: list[int]) -> str:
    return f"one of {', '.join(map(str, choices[:-1]))} or {choices[-1]}"


def _limits(node: Node) -> str:
    low, above, high = (node.get(k) for k in ("minimum", "exclusiveMinimum", "maximum"))
    below = node.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f" from {low:g} to {high:g}"
    if above is not None and below is not None:
        return f" above {above:g} and below {below:g}"
    if above is not None:
        at_most = "" if high is None else f" and at most {high:g}".replace("e+", "e")
        return f" above {above:g}{at_most}"
    return "" if low is None else f" of at least {low:g}"


def find(location: tuple[str | int, ...], document: Any) -> Place:
    """The place in the file that a location in the checked scenario stands for.

    The location may hold more than the file does: the alternative that was tried, or a table
    that the file writes in short (a number for a constant, a group's name for a stage).
    """
    path: list[str | int] = []
    options = _options(_root())
    key: Node = {}
    written = document
    for part in location:
        if options and part in [tag[1] for tag in map(_tag, options) if tag]:
            options = [option for option in options if (_tag(option) or ("", ""))[1] == part]
            continue
        if not options and _is_told_by(written, part):
            continue
        options = _told(options, written)
        if isinstance(written, dict | list):
            path.append(_as_written(part, written))
            written = _inside(written, path[-1])
        # Taken before the ways of writing its value are told apart; entries have none of their own.
        key = next((o["properties"][part] for o in options if part in o.get("properties", {})), key)
        options = [child for option in options for child in _children(option, part)]
    return Place(tuple(path), tuple(options), key)


def _told(options: list[Node], written: Any) -> list[Node]:
    """Of several tables the one that the file says it is: what limits the others has no say."""
    if not isinstance(written, dict):
        return options
    said = {(key, written[key]) for key in TAGS if isinstance(written.get(key), str)}
    return [option for option in options if _tag(option) in said] or options


def _is_told_by(written: Any, part: str | int) -> bool:
    """Whether a part of a location is only the alternative that a table says it is.

    Where the place itself is unknown, the schema's alternatives are not there to be asked.
    """
    return isinstance(written, dict) and part not in written and part in map(written.get, TAGS)


def _as_written(part: str | int, written: Any) -> str | int:
    short = part == "groups" and isinstance(written, dict) and "group" in written
    return "group" if short and "groups" not in written else part


def _inside(written: Any, part: str | int) -> Any:
    try:
        return written[part]
    except (KeyError, IndexError, TypeError):
        return None


def _children(node: Node, part: str | int) -> list[Node]:
    if isinstance(part, int):
        return _options(node["items"]) if "items" in node else []
    if part in node.get("properties", {}):
        return _options(node["properties"][part])
    # Under a wrong name, of a channel for example, the same may stand as under a right one.
    more = node.get("additionalProperties")
    return _options(more) if isinstance(more, dict) else []


def homes(key: str) -> list[str]:
    """The places where a key is known, with NAME for names that the user gives."""
    return list(dict.fromkeys(home for known, home in _known_keys() if known == key))


@cache
def _known_keys() -> tuple[tuple[str, str], ...]:
    return tuple(_walk(_root(), ""))


def _walk(node: Node, prefix: str) -> Iterator[tuple[str, str]]:
    for option in _options(node):
        for key, child in option.get("properties", {}).items():
            yield key, prefix + key
            yield from _walk(child, f"{prefix}{key}.")
        if isinstance(option.get("additionalProperties"), dict):
            names = option.get("propertyNames", {}).get("enum", ["NAME"])
            yield from _walk(option["additionalProperties"], f"{prefix}{names[0]}.")
        if "items" in option:
            yield from _walk(option["items"], f"{prefix}0.")
