"""A rule about files: a scenario that is simulated needs none beside itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.problems import Problem, found
from scenarios.files.documents import document_of
from scenarios.files.toml_text import KeyPath
from scenarios.schema import Scenario


def tables_read(scenario: Scenario) -> Iterator[Problem]:
    """Tables in CSV files are read when the scenario's file is loaded, and at no other time."""
    document = document_of(scenario)
    document.pop("policies", None)
    for path, csv in _csv_keys(document, ()):
        rule = "names a file that is read only while a scenario file is loaded"
        yield found(
            path, csv, rule, "Write it into the scenario file, or into one of its policies."
        )


def _csv_keys(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("csv"), str):
            yield (*path, "csv"), value["csv"]
        for key, entry in value.items():
            yield from _csv_keys(entry, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, entry in enumerate(value):
            yield from _csv_keys(entry, (*path, number))
