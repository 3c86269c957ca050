"""The JSON Schema that editors use to complete and check while somebody types."""

import json
import tomllib
from typing import Any

import pytest

from scenarios import json_schema, list_scenarios, path_of

SCHEMA = json_schema()


KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def matches(value: Any, node: Any) -> bool:
    """Whether a value fits a node, by the few words of JSON Schema that the schema uses."""
    if isinstance(node, bool):
        return node
    if "$ref" in node:
        return matches(value, SCHEMA["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node or "oneOf" in node:
        return any(matches(value, option) for option in node.get("anyOf") or node["oneOf"])
    if "type" in node and not isinstance(value, KINDS[node["type"]]):
        return False
    if value not in node.get("enum", [value]) or value != node.get("const", value):
        return False
    if isinstance(value, list):
        return all(matches(entry, node.get("items", True)) for entry in value)
    return not isinstance(value, dict) or _fits_table(value, node)


def _fits_table(table: dict[str, Any], node: dict[str, Any]) -> bool:
    known, others = node.get("properties", {}), node.get("additionalProperties", True)
    has_all = all(key in table for key in node.get("required", []))
    return has_all and all(matches(value, known.get(key, others)) for key, value in table.items())


@pytest.mark.parametrize("name", [shipped.name for shipped in list_scenarios()])
def test_shipped_scenarios_fit_the_schema(name: str) -> None:
    assert matches(tomllib.loads(path_of(name).read_text()), SCHEMA)


def test_a_slip_does_not_fit_the_schema() -> None:
    document = tomllib.loads(path_of("textbook").read_text())
    document["groups"]["agents"]["hedas"] = 5
    assert not matches(document, SCHEMA)


def test_the_schema_is_plain_json_of_the_2020_draft() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    json.dumps(SCHEMA, allow_nan=False)


def test_keys_carry_their_meaning() -> None:
    group = SCHEMA["$defs"]["Group"]["properties"]
    assert group["heads"]["description"] == "Agents on duty whenever the centre is open."
    step = SCHEMA["$defs"]["ColdTransfer"]["properties"]
    assert step["contacts_from"]["description"] == "Only from this contact of the case on."


def test_changing_the_schema_in_hand_changes_no_other_copy() -> None:
    json_schema()["properties"].clear()
    assert json_schema() == SCHEMA
