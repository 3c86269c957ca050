"""Overrides: changes of a scenario that hold under every policy, whatever the policy says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from scenarios.checks.problems import Problem, ScenarioError
from scenarios.checks.validate import examined
from scenarios.files.documents import document_of, full_document
from scenarios.files.toml_text import parse_key
from scenarios.policies.changes import changed
from scenarios.policies.differences import Difference, differences
from scenarios.policies.policy import apply, policies_of, traced, with_changes
from scenarios.policies.relative_changes import place_of, split
from scenarios.policies.roster import reached_by
from scenarios.rules.uncertain import figure_at
from scenarios.schema import Policy, Scenario


@dataclass(frozen=True)
class Clash:
    """A key that a policy changes and that an override changes again."""

    change: str
    """Key of the override, with its sign where it has one."""
    policy: str
    key: str
    """Key path of what differs; within the override's where that is a table."""
    had: Any
    """Value under the policy alone; None when it is left out there."""
    now: Any
    """Value under the policy and the override; None when it is left out."""


@dataclass(frozen=True)
class Overridden:
    """A scenario in which some changes hold under every policy, and what that does to policies."""

    scenario: Scenario
    """Its policies end up as they would with the changes made after their own."""
    clashes: tuple[Clash, ...] = ()
    off: tuple[tuple[str, str, str], ...] = ()
    """Key of an override, and the policy that leaves out what it is about, by its key path."""
    same: tuple[str, ...] = ()
    """Policies that now are the same as the baseline, and were not before."""


def override(scenario: Scenario, changes: Mapping[str, Any]) -> Overridden:
    """The scenario with changes that hold under every policy: made after the policy's own.

    A relative change is made on top of what each policy has. Where a policy leaves out the section
    that a change is about, the section stays left out.

    Raises:
        ScenarioError: if a key path leads nowhere, or the scenario does not work any more under
            one of its policies.
    """
    if not changes:
        return Overridden(scenario)
    base = _known(with_changes(scenario, changes), scenario)
    policies: dict[str, Policy] = {}
    clashes: list[Clash] = []
    off: list[tuple[str, str, str]] = []
    same: list[str] = []
    for name, before in policies_of(scenario).items():
        if name == scenario.baseline:
            continue
        policy = scenario.policies[name]
        left_out = dict(_left_out(before, policy, changes))
        wanted = {key: value for key, value in changes.items() if key not in left_out}
        after = _after(before, wanted, name).model_copy(update={"uncertain": base.uncertain})
        own = differences(scenario, before)
        policies[name] = _policy(base, name, policy, after)
        alike = before.model_copy(update={"uncertain": base.uncertain})
        clashes += _clashes(name, wanted, own, differences(alike, after))
        off += [(key, name, section) for key, section in left_out.items()]
        if own and not differences(base, after):
            same.append(name)
    result = base.model_copy(update={"policies": policies})
    return Overridden(result, tuple(clashes), tuple(off), tuple(same))


def _known(changed: Scenario, before: Scenario) -> Scenario:
    """The changed scenario without the ranges of figures that were changed: they are known now."""
    if not changed.uncertain:
        return changed
    had, has = full_document(before), full_document(changed)
    kept = {
        key: one
        for key, one in changed.uncertain.items()
        if figure_at(had, key) == figure_at(has, key)
    }
    return changed.model_copy(update={"uncertain": kept})


def on_top(
    scenario: Scenario, name: str, under: Scenario, changes: Mapping[str, Any]
) -> tuple[Policy, Scenario]:
    """A policy with changes made after its own, and the scenario under it.

    Args:
        scenario: with its policies.
        name: of the policy, or of the baseline.
        under: the scenario under the policy.
        changes: as for ``override``; what the policy leaves out stays left out.

    Raises:
        ScenarioError: a key path leads nowhere, or the scenario does not work any more.
    """
    policy = scenario.policies.get(name, Policy())
    left_out = dict(_left_out(under, policy, changes))
    wanted = {key: value for key, value in changes.items() if key not in left_out}
    after = _after(under, wanted, name).model_copy(update={"uncertain": scenario.uncertain})
    return _written_out(scenario, policy.title, after), after


def _left_out(
    under: Scenario, policy: Policy, changes: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The changes about something that a policy leaves out, each with what that is."""
    document = document_of(under)
    for key in changes:
        place, sign = place_of(key) or (), split(key)[1]
        for removed in policy.remove:
            section = parse_key(removed) or ()
            # What is left out can be set anew as a whole; there is nothing to change in it.
            inside = len(section) < len(place) or (sign and section == place)
            if inside and place[: len(section)] == section and not _is_there(document, section):
                yield key, removed


def _is_there(document: Any, path: tuple[str, ...]) -> bool:
    for part in path:
        try:
            document = document[int(part) if isinstance(document, list) else part]
        except (KeyError, IndexError, TypeError, ValueError):
            return False
    return True


def _after(under: Scenario, changes: Mapping[str, Any], name: str) -> Scenario:
    """A scenario under a policy, changed again; ranges, of the scenario's figures, are left out."""
    bare = under.model_copy(update={"uncertain": {}})
    document, misplaced = changed(document_of(bare), changes)
    result, problems = examined(document)
    found = misplaced or [traced(problem, changes, (), ()) for problem in problems]
    if result is None or found:
        raise ScenarioError(_told_under(problem, name) for problem in found)
    return result


def _told_under(problem: Problem, name: str) -> Problem:
    return replace(problem, rule=f"under the policy {name}: {problem.rule}")


def _policy(base: Scenario, name: str, policy: Policy, after: Scenario) -> Policy:
    """The policy that makes of the changed base what it is to be; as it is written if it can."""
    # What it changes may not be there any more, as a step of a path that is shorter now.
    with suppress(ScenarioError):
        if not differences(apply(base, name), after):
            return policy
    return _written_out(base, policy.title, after)


def _written_out(base: Scenario, title: str, after: Scenario) -> Policy:
    """The policy that makes of one scenario another, key by key."""
    found = differences(base, after)
    return Policy(
        title=title,
        changes={one.key: one.new for one in found if one.new is not None},
        remove=tuple(one.key for one in found if one.new is None),
    )


def _clashes(
    name: str, changes: Mapping[str, Any], own: list[Difference], again: list[Difference]
) -> Iterator[Clash]:
    """What the policy changes itself and the overrides change again."""
    mine = [parse_key(one.key) or () for one in own]
    for one in again:
        place = parse_key(one.key) or ()
        if any(_overlap(place, other) for other in mine):
            change = next(
                key
                for key in reversed(list(changes))
                if any(_overlap(at, place) for at in reached_by(key))
            )
            yield Clash(change, name, one.key, one.old, one.new)


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two key paths are the same, or one leads into the other."""
    return a[: len(b)] == b or b[: len(a)] == a
