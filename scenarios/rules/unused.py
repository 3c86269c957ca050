"""A rule about names: what is written and never named does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.problems import Problem, found, nearest
from scenarios.checks.references import DEFAULT_PATHS, names_used
from scenarios.files.documents import document_of
from scenarios.schema import Scenario

_SECTIONS = ("profiles", "groups", "authority", "escalation")


def entries_never_named(scenario: Scenario) -> Iterator[Problem]:
    """An entry that neither the scenario nor a policy names is often a slip of the pen."""
    document = document_of(scenario)
    used = {(section, name) for _, section, name in names_used(document)}
    used |= {("escalation", name) for name in DEFAULT_PATHS}
    in_policies = _texts_in({name: p.changes for name, p in scenario.policies.items()})
    for section in _SECTIONS:
        for name in document.get(section, {}):
            if (section, name) not in used and name not in in_policies:
                hint = nearest(name, DEFAULT_PATHS) if section == "escalation" else ""
                hint = hint if hint.startswith("Did you mean") else ""
                yield found((section, name), None, "is named nowhere and does nothing", hint)


def _texts_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    entries = list(value.values()) if isinstance(value, dict) else value
    if isinstance(entries, list | tuple):
        return {text for entry in entries for text in _texts_in(entry)}
    return set()
