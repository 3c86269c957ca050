"""A template filled in: a new scenario file with the user's own figures, its comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.files.toml_text import value_text
from scenarios.load import load_text
from scenarios.policies.policy import with_changes
from scenarios.policies.relative_changes import place_of, split
from scenarios.save import dump


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The text of a scenario with values set by key path; comments and all other lines stay.

    Raises:
        ScenarioError: if a key path leads nowhere, a key changes a number instead of setting it, or
            the result could not be run, its policies included.
    """
    relative = [
        Problem("", key, value, "changes a number; a new file takes values", "Write KEY=VALUE.")
        for key, value in values.items()
        if split(key)[1]
    ]
    if relative:
        raise ScenarioError(relative)
    wanted = with_changes(load_text(text), values)
    document = tomlkit.parse(text)
    for key, value in values.items():
        _set(document, place_of(key) or (), value)
    new_text = tomlkit.dumps(document)
    # What cannot be written into the text as it stands is still a scenario, without the comments.
    return new_text if load_text(new_text) == wanted else dump(wanted)


def _set(table: Any, path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        if not isinstance(table.get(part), dict):
            table[part] = tomlkit.table()
        table = table[part]
    table[path[-1]] = tomlkit.parse(f"x = {value_text(value)}")["x"]
