"""Policies: what if? A policy is a named set of changes to the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scenarios.checks.problems import Problem, ScenarioError, found, nearest
from scenarios.checks.validate import examined
from scenarios.files.documents import document_of
from scenarios.files.toml_text import KeyPath, key_text, parse_key, shortened
from scenarios.policies.changes import changed
from scenarios.policies.differences import Difference as Difference
from scenarios.policies.differences import differences as differences
from scenarios.policies.phases import phase_problems, yielding
from scenarios.policies.relative_changes import place_of, split
from scenarios.policies.roster import reached_by
from scenarios.schema import Phase, Policy, Scenario


def apply(scenario: Scenario, policy_name: str) -> Scenario:
    """The scenario under one of its policies; under the baseline it is the scenario itself.

    The policies themselves are kept, so that any of them can be applied to the result.

    Raises:
        ScenarioError: if there is no such policy, or the scenario does not work under it.
    """
    if policy_name == scenario.baseline:
        return scenario
    if policy_name not in scenario.policies:
        hint = nearest(policy_name, [scenario.baseline, *scenario.policies], "Policies")
        raise ScenarioError([found(("policies", policy_name), None, "is not a policy", hint)])
    policy = scenario.policies[policy_name]
    path = ("policies", policy_name)
    result, problems = _under(scenario, changes_of(policy, scenario.phases), policy.remove, path)
    if result is None or problems:
        raise ScenarioError(problems)
    return result


def changes_of(policy: Policy, phases: Sequence[Phase] = ()) -> Mapping[str, Any]:
    """The changes of a policy; what it changes from later days on follows the scenario's phases.

    What the policy sets from the first day on holds on all of them, whatever those phases say.
    """
    if not policy.phases:
        return policy.changes
    later = [*yielding(phases, policy.changes), *policy.phases]
    return {**policy.changes, "phases": [one.model_dump(exclude_defaults=True) for one in later]}


def with_changes(
    scenario: Scenario, changes: Mapping[str, Any], remove: Iterable[str] = ()
) -> Scenario:
    """The scenario with sections left out, then values set, by key path.

    Tables are merged, lists and single values replaced; a number in a path counts the entries of
    a list from 0. A key that ends with a sign changes the number that is there: ``"heads +=": 2``;
    a whole number stays whole, halves rounded up.

    Raises:
        ScenarioError: if a key path leads nowhere, or the scenario does not work any more.
    """
    result, problems = _under(scenario, changes, tuple(remove), ())
    if result is None or problems:
        raise ScenarioError(problems)
    return result


def policies_of(scenario: Scenario) -> dict[str, Scenario]:
    """The scenario under each of its policies by name, the baseline first.

    Raises:
        ScenarioError: with the problems of every policy that does not work.
    """
    if _checked_last is not None and _checked_last[0] is scenario:
        return dict(_checked_last[1])
    results = {scenario.baseline: scenario}
    problems: list[Problem] = []
    for name in scenario.policies:
        try:
            results[name] = apply(scenario, name)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return results


def policy_problems(scenario: Scenario, file: str = "") -> list[Problem]:
    """What cannot work in the policies of a scenario that works without them."""
    global _checked_last  # noqa: PLW0603 - a scenario is frozen: what it becomes stays true
    results = {scenario.baseline: scenario}
    found_wrong = [replace(problem, file=file) for problem in phase_problems(scenario)]
    for name, policy in scenario.policies.items():
        path = ("policies", name)
        if name == scenario.baseline:
            rule = "has the name of the baseline, which is the scenario unchanged"
            problems = [found(path, None, rule, "Give it another name.")]
        else:
            result, problems = _under(
                scenario, changes_of(policy, scenario.phases), policy.remove, path
            )
            if result is not None:
                results[name] = result
        found_wrong += [replace(problem, file=file) for problem in problems]
    if not found_wrong:
        _checked_last = scenario, results
    return found_wrong


_checked_last: tuple[Scenario, dict[str, Scenario]] | None = None
"""The scenario whose policies were found to work last, and what it is under them: a reader of a
file asks for them next."""


def _under(
    scenario: Scenario, changes: Mapping[str, Any], remove: tuple[str, ...], path: KeyPath
) -> tuple[Scenario | None, list[Problem]]:
    # What the policies say was checked with the scenario: of a thousand, each would be read again
    # under every other. Ranges are those of the scenario's own figures, which a change may leave.
    names = dict.fromkeys(scenario.policies, Policy())
    kept = {"policies": scenario.policies, "uncertain": scenario.uncertain}
    bare = scenario
    if names or scenario.uncertain:
        bare = scenario.model_copy(update={"policies": names, "uncertain": {}})
    if scenario.phases:
        bare = bare.model_copy(update={"phases": yielding(scenario.phases, changes)})
    document, misplaced = changed(document_of(bare), changes, remove)
    result, problems = examined(document)
    if result is not None and bare is not scenario:
        result = result.model_copy(update=kept)
    if result is not None and not problems and result.phases:
        problems = phase_problems(result)
    reported = [at_change(problem, path, remove) for problem in misplaced]
    for problem in problems:
        # Without a change that went nowhere, only what lies in another one is sure to be wrong.
        if not misplaced or _inside(problem, changes):
            reported.append(traced(problem, changes, remove, path))
    return result, reported


def _inside(problem: Problem, changes: Mapping[str, Any]) -> bool:
    place = parse_key(problem.key) or ()
    return any(place[: len(at)] == at for key in changes for at in reached_by(key))


def at_change(problem: Problem, path: KeyPath, remove: tuple[str, ...]) -> Problem:
    """A change that goes nowhere, told by where the policy has it."""
    if not path:
        return problem
    if problem.key in remove and problem.value == problem.key:
        key: KeyPath = (*path, "remove", remove.index(problem.key))
    else:
        key = (*path, "changes", problem.key)
    return replace(problem, key=key_text(key))


def traced(
    problem: Problem, changes: Mapping[str, Any], remove: tuple[str, ...], path: KeyPath
) -> Problem:
    """A problem of the changed scenario, reported for the change that causes it."""
    place = parse_key(problem.key) or ()
    # Of several changes of a place, the last one that has it decides about it.
    latest = reversed(list(changes.items()))
    for key, value in sorted(latest, key=lambda one: not _has(one[0], one[1], place)):
        at = _reaching(key, place)
        if place[: len(at)] == at:
            if split(key)[1]:
                rule = f"gives {shortened(problem.value)}, which {problem.rule}"
                return _told(problem, (*path, "changes", key), key, value, rule)
            rest = place[len(at) :]
            depth, there = _written(value, rest)
            whole = depth == len(rest)
            rule = problem.rule if whole else f"{key_text(rest[depth:])}: {problem.rule}"
            shown = problem.value if whole and rest else there
            inside = rest[:depth]
            name = ".".join(filter(None, (key, key_text(inside))))
            return _told(problem, (*path, "changes", key, *inside), name, shown, rule)
    for key in (*changes, *remove):
        at = place_of(key) or ()
        if at[: len(place)] == place:
            part = ("changes", key) if key in changes else ("remove", remove.index(key))
            rule = f"{problem.key}: {problem.rule}"
            return _told(problem, (*path, *part), key, changes.get(key, key), rule)
    if not path:
        return problem
    return replace(problem, key=key_text(path), rule=f"{problem.key}: {problem.rule}")


def _reaching(key: str, place: KeyPath) -> tuple[str, ...]:
    """Of the paths that a change reaches the one on which a place lies, else the first."""
    paths = reached_by(key) or ((),)
    return next((at for at in paths if place[: len(at)] == at), paths[0])


def _has(key: str, value: object, place: tuple[str, ...]) -> bool:
    """Whether a change has a place in it, and not only a table around it."""
    at = _reaching(key, place)
    rest = place[len(at) :]
    return place[: len(at)] == at and _written(value, rest)[0] == len(rest)


def _written(value: object, path: KeyPath) -> tuple[int, object]:
    """How many parts of a key path lead through tables and lists as a change has them, and where.

    What a change merges into, or what a rule says of it, is not written in it.
    """
    for depth, part in enumerate(path):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list | tuple) and str(part).isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return depth, value
    return len(path), value


def _told(problem: Problem, where: KeyPath, key: str, value: object, rule: str) -> Problem:
    # A change that belongs to no policy comes from the command line, where it has only its key.
    name = key_text(where) if where[0] == "policies" else key
    return replace(problem, key=name, value=value, rule=rule)
