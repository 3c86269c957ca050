"""The JSON Schema of a scenario file, for editors that complete and check while one types."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from math import inf
from typing import Any

from pydantic import BaseModel

from scenarios.parts.meta import meta_of
from scenarios.parts.part import Part
from scenarios.schema import Scenario

DRAFT = "https://json-schema.org/draft/2020-12/schema"
META = "x-firstline"
"""Key of the schema under which names and unit of a scenario's key stand."""


@cache
def _schema() -> dict[str, Any]:
    schema = Scenario.model_json_schema()
    classes = {part.__name__: part for part in _parts(Part)}
    for name, node in {"Scenario": schema, **schema["$defs"]}.items():
        for base in reversed(classes[name].__mro__):
            for key, text in _texts(base).items():
                node["properties"].get(key, {}).setdefault("description", text)
        _say_what_keys_are_called(classes[name], node["properties"])
        _say_what_sections_are(node["properties"], schema["$defs"])
        _say_what_tags_are(node["properties"])
        _leave_out_infinity(node["properties"])
        _let_files_stand_for_keys(node)
    return {"$schema": DRAFT, **schema}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file, with the meaning of every key."""
    return deepcopy(_schema())


def _say_what_keys_are_called(part: type[BaseModel], properties: dict[str, Any]) -> None:
    """Title and unit of each key, and what the what-if calls it."""
    for key, node in properties.items():
        named = vars(meta_of(part, key)).items()
        meta = {name: value for name, value in named if value not in ("", None)}
        if meta:
            node[META] = meta
            node["title"] = meta.get("title", node.get("title", key))


def _say_what_sections_are(properties: dict[str, Any], parts: dict[str, Any]) -> None:
    """A key without a text of its own that holds one kind of section means that section."""
    for node in properties.values():
        held = dict.fromkeys(_references(node))
        if "description" not in node and len(held) == 1:
            text = parts[next(iter(held))].get("description", "")
            node["description"] = text.split("\n\n")[0]


def _references(node: Any) -> Iterator[str]:
    """The sections that a node of the schema names."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rsplit("/", 1)[-1]
        node = list(node.values())
    for inside in node if isinstance(node, list) else ():
        yield from _references(inside)


def _say_what_tags_are(properties: dict[str, Any]) -> None:
    """Every kind of distribution and step has a key with its name."""
    for key, node in properties.items():
        if "const" in node:
            node.setdefault("description", f"Which {key} it is.")


def _leave_out_infinity(properties: dict[str, Any]) -> None:
    """JSON cannot write "no limit"; where that is the default, the schema names none."""
    for node in properties.values():
        if node.get("default") == inf:
            del node["default"]


def _let_files_stand_for_keys(node: dict[str, Any]) -> None:
    """A table that a section needs may stand in the CSV file that it names instead."""
    if "csv" in node["properties"] and "required" in node:
        kinds = {key: node["properties"][key].get("type") for key in node["required"]}
        node["required"] = [key for key, kind in kinds.items() if kind not in ("object", "array")]


def _parts(part: type[BaseModel]) -> list[type[BaseModel]]:
    return [part, *(sub for child in part.__subclasses__() for sub in _parts(child))]


def _texts(part: type) -> dict[str, str]:
    """The text written under each key of a part of the schema, in its own class body."""
    tree = _module_classes(part.__module__).get(part.__name__)
    if tree is None:
        return {}
    return {
        key.target.id: inspect.cleandoc(text.value.value)
        for key, text in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(key, ast.AnnAssign)
        and isinstance(key.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


@cache
def _module_classes(module: str) -> dict[str, ast.ClassDef]:
    if not module.startswith("scenarios."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
