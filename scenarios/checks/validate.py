"""From the tables of a file to a checked scenario, or to everything that is wrong with them."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from scenarios.checks.characters import control_characters
from scenarios.checks.problems import Problem
from scenarios.checks.references import unknown_names
from scenarios.checks.wording import explain
from scenarios.files.toml_text import parse_key
from scenarios.rules import impossible
from scenarios.schema import Scenario

Document = dict[str, Any]

# Sections of named entries. A wrong entry is set aside and the others are checked without it.
_ENTRIES = (
    "reasons",
    "groups",
    "authority",
    "escalation",
    "day_types",
    "profiles",
    "incidents",
    "outages",
    "times_of_day",
    "outbound",
    "root_causes",
    "uncertain",
    "expect",
    "policies",
)


def examined(document: Document, file: str = "") -> tuple[Scenario | None, list[Problem]]:
    """The scenario (None when the schema refuses it) and everything that cannot work in it."""
    scenario, wrong, names = _read(document, file)
    if scenario is None:
        return None, [*wrong, *names, *_further(document, wrong, file)]
    return scenario, [*names, *impossible(scenario, file)]


def as_written(document: Document, file: str = "") -> list[Problem]:
    """What is wrong with keys, values and names by themselves, whatever follows from them."""
    _, wrong, names = _read(document, file)
    return [*wrong, *names]


def _read(document: Document, file: str) -> tuple[Scenario | None, list[Problem], list[Problem]]:
    """The scenario, or what the schema has against it; and what is wrong with its names."""
    names = [*control_characters(document, file), *unknown_names(document, file)]
    try:
        return Scenario.model_validate(document), [], names
    except ValidationError as error:
        wrong = explain(error, document, file)
        reported = {problem.key for problem in wrong}
        return None, wrong, [problem for problem in names if problem.key not in reported]


def _further(document: Document, wrong: list[Problem], file: str) -> list[Problem]:
    """Problems of the entries that the schema has nothing against.

    A rule that would need an entry set aside says nothing, as it does about an unknown name;
    for an escalation path it would be wrong to say that it is missing.
    """
    rest = {key: dict(v) if isinstance(v, dict) else v for key, v in document.items()}
    for problem in wrong:
        path = parse_key(problem.key) or ("",)
        if path[0] not in _ENTRIES or len(path) < 2 or not isinstance(rest.get(path[0]), dict):
            return []
        if path[0] == "escalation":
            rest[path[0]][path[1]] = {"steps": [{"step": "decline"}]}
        else:
            rest[path[0]].pop(path[1], None)
    try:
        return impossible(Scenario.model_validate(rest), file)
    except ValidationError:
        return []
