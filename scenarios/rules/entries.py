"""Rules about what is written: entries are named somewhere, tables in files have been read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.problems import Problem, found, nearest
from scenarios.checks.references import DEFAULT_PATHS, names_used
from scenarios.files.documents import document_of
from scenarios.files.toml_text import KeyPath
from scenarios.schema import Scenario

_SECTIONS = ("profiles", "groups", "authority", "escalation")


def entries_never_named(scenario: Scenario) -> Iterator[Problem]:
    """An entry that neither the scenario nor a policy names is often a typo."""
    document = document_of(scenario)
    used = {(section, name) for _, section, name in names_used(document)}
    used |= {("escalation", name) for name in DEFAULT_PATHS}
    in_policies = _texts_in({name: p.changes for name, p in scenario.policies.items()})
    for section in _SECTIONS:
        for name in document.get(section, {}):
            if (section, name) not in used and name not in in_policies:
                hint = nearest(name, DEFAULT_PATHS) if section == "escalation" else ""
                hint = hint if hint.startswith("Did you mean") else ""
                yield found((section, name), None, "is not used anywhere and has no effect", hint)


def _texts_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    entries = list(value.values()) if isinstance(value, dict) else value
    if isinstance(entries, list | tuple):
        return {text for entry in entries for text in _texts_in(entry)}
    return set()


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
        for name in ("csv", "windows_csv", "records"):
            if isinstance(value.get(name), str):
                yield (*path, name), value[name]
        for key, entry in value.items():
            yield from _csv_keys(entry, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, entry in enumerate(value):
            yield from _csv_keys(entry, (*path, number))
