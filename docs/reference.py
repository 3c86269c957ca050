"""Write docs/scenario-reference.md from the scenario schema: `python docs/reference.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenarios import json_schema

PAGE = Path(__file__).with_name("scenario-reference.md")

HEAD = """# Scenario reference

Every key of a scenario file, made from the schema (`python docs/reference.py`). A section that is
left out is off. Tables keyed by name stand as `[reasons.NAME]`; a distribution is a plain number
or `{ distribution = "lognormal", mean = 300, cv = 1.2 }`. `firstline schema` prints the JSON
Schema for editors, `firstline check FILE` says what is wrong with a file and what one replication
takes. Refused are more than 5 million new customers a day, 50 million contacts, 100,000 agents, 10
million days of duty, ten years, or 8,000 MB of memory; a doubt begins at 2 million contacts,
1,000 MB or ten minutes. What no key can say, and what to write instead: [cannot.md](cannot.md).

Names and texts may have any letters and signs of any script, and mean only themselves: `$`, `%`,
`_`, brackets, emoji. Control characters are refused; a story may have line breaks and tabs. For a
script that no font of the machine has, charts draw frames: install one, such as Noto Sans CJK.

CSV files have a line of column names and cells between commas or semicolons. Numbers are read as
`1000`, `1_000`, `1.5`, and `1,5` where the comma does not separate cells. `1.000` can be one or a
thousand: it is read where the other numbers of the column show which sign stands before decimals
(`12.5`, `0,25`), or where in a file with commas every number has three decimals, and refused
otherwise.
"""

DISTRIBUTIONS = "distribution"
MOST_NAMED = 20
"""As many choices as a cell of the table can name."""


def page() -> str:
    """The whole page as Markdown."""
    schema = json_schema()
    parts = schema["$defs"]
    lines = [HEAD, "## The scenario", "", schema["description"].split("\n")[0], ""]
    lines += _table(schema)
    for name in _order(schema, parts):
        part = parts[name]
        lines += [f"## {name}", "", part.get("description", "").split("\n\n")[0], ""]
        lines += _table(part)
    return "\n".join(lines).rstrip() + "\n"


def write() -> None:
    """Write the page next to this script."""
    PAGE.write_text(page(), encoding="utf-8")


def _order(schema: dict[str, Any], parts: dict[str, Any]) -> list[str]:
    """The parts in the order in which a reader meets them."""
    met: list[str] = []
    queue = _references(schema["properties"])
    while queue:
        name = queue.pop(0)
        if name not in met:
            met.append(name)
            queue += _references(parts[name].get("properties", {}))
    return met


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"].rsplit("/", 1)[-1]] if "$ref" in node else []
        return own + [name for value in node.values() for name in _references(value)]
    if isinstance(node, list):
        return [name for value in node for name in _references(value)]
    return []


def _table(part: dict[str, Any]) -> list[str]:
    rows = ["| key | value | default | meaning |", "| --- | --- | --- | --- |"]
    required = part.get("required", [])
    for key, node in part.get("properties", {}).items():
        default = "**required**" if key in required else _default(node)
        meaning = " ".join(node.get("description", "").split())
        rows.append(f"| `{key}` | {_kind(node)}{_unit(key, node)} | {default} | {meaning} |")
    return [*rows, ""]


def _unit(key: str, node: dict[str, Any]) -> str:
    """What a number is counted in, where neither its key nor its limits say so."""
    unit = node.get("x-firstline", {}).get("unit", "share")
    said = unit == "share" or unit in key.split("_") or key.startswith(unit)
    return "" if said else f" ({unit})"


def _default(node: dict[str, Any]) -> str:
    default = node.get("default")
    if default is None or default in ({}, [], ""):
        return "off"
    if isinstance(default, list) and len(default) > 4:
        return "all"
    if isinstance(default, dict):
        return "see below"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _kind(node: dict[str, Any]) -> str:
    """The kind of value in a reader's words."""
    choices = node.get("anyOf") or node.get("oneOf")
    if choices:
        kinds = [_kind(choice) for choice in choices if choice.get("type") != "null"]
        if "number" in kinds and len(kinds) > 1:
            return DISTRIBUTIONS
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if len(node.get("enum", ())) > MOST_NAMED:
        return _of_type(node)
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    return _of_type(node)


def _of_type(node: dict[str, Any]) -> str:
    kind = node.get("type", "anything")
    if kind == "array" and "items" in node:
        return "list of " + _kind(node["items"])
    if kind == "object" and isinstance(node.get("additionalProperties"), dict):
        return "by name: " + _kind(node["additionalProperties"])
    low, high = node.get("minimum", node.get("exclusiveMinimum")), node.get("maximum")
    if kind in ("number", "integer"):
        whole = "whole number" if kind == "integer" else "number"
        if low is not None and high is not None:
            return f"{whole} from {low:g} to {high:g}"
        if "exclusiveMinimum" in node:
            return f"{whole} above {low:g}"
        return whole if low is None else f"{whole} from {low:g}"
    return {"string": "text", "boolean": "true or false"}.get(kind, kind)


if __name__ == "__main__":
    write()
