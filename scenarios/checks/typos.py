"""Typos in the policies of a scenario that does not work yet, so that all are reported together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from scenarios.checks.places import find
from scenarios.checks.problems import Problem
from scenarios.checks.validate import as_written
from scenarios.files.toml_text import parse_key
from scenarios.policies.changes import changed
from scenarios.policies.policy import at_change, traced
from scenarios.policies.relative_changes import place_of

Document = dict[str, Any]


def policy_typos(
    document: Document, known: Collection[Problem], file: str = ""
) -> Iterator[Problem]:
    """What is wrong in the changes of the policies as they are written, key by key.

    Args:
        document: the scenario, with its policies.
        known: what is wrong without them.
        file: the scenario's file, for messages.

    What follows from a change is looked at once the scenario works, and so is what it reaches into
    where the scenario itself is wrong on the way there.
    """
    policies = document.get("policies")
    reported = {_words(problem) for problem in known}
    base = {key: value for key, value in document.items() if key != "policies"}
    for name, policy in policies.items() if isinstance(policies, dict) else ():
        changes = policy.get("changes", {}) if isinstance(policy, dict) else None
        if not isinstance(changes, dict):
            continue
        remove = _removed(policy)
        result, misplaced = changed(_at_length(base, changes), changes, remove)
        for problem in misplaced:
            if not any(_on_the_way(one, problem.key) for one in known):
                yield replace(at_change(problem, ("policies", name), remove), file=file)
        for problem in as_written(result, file):
            if _words(problem) not in reported and _inside(problem, changes):
                yield replace(traced(problem, changes, (), ("policies", name)), file=file)


def _removed(policy: Document) -> tuple[str, ...]:
    """What a policy leaves out, where it says so in the right way."""
    remove = policy.get("remove")
    written = remove if isinstance(remove, list | tuple) else ()
    return tuple(key for key in written if isinstance(key, str))


def _words(problem: Problem) -> tuple[str, str, str]:
    return problem.key, problem.rule, repr(problem.value)


def _at_length(document: Document, changes: Mapping[str, Any]) -> Document:
    """The document with a table where a change reaches into a plain number, a constant."""
    result = deepcopy(document)
    for path in filter(None, map(parse_key, changes)):
        place: Any = result
        for depth, part in enumerate(path[:-1]):
            if not isinstance(place, dict):
                break
            inside = place.get(part)
            number = isinstance(inside, int | float) and not isinstance(inside, bool)
            if number and "constant" in find(path[: depth + 1], document).tags():
                place[part] = {"distribution": "constant", "value": inside}
            place = place.get(part)
    return result


def _on_the_way(wrong: Problem, change: str) -> bool:
    """Whether something wrong lies where a change goes through, or is the whole of it."""
    place, at = parse_key(wrong.key) or (), place_of(change) or ()
    return place == at[: len(place)]


def _inside(problem: Problem, changes: Mapping[str, Any]) -> bool:
    """Whether a problem lies in what a change sets."""
    place = parse_key(problem.key) or ()
    return any(place[: len(at)] == at for at in map(parse_key, changes) if at)
