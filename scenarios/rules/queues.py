"""Rules about what depends on how many wait, or on how many agents are idle."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.problems import Problem, found, listed
from scenarios.parts.demand import Stage
from scenarios.rules.reach import is_whole
from scenarios.schema import Scenario


def somebody_tried_first(scenario: Scenario) -> Iterator[Problem]:
    """The group tried first takes contacts by itself; others may help it out."""
    for name, reason in scenario.reasons.items():
        number = min(range(len(reason.groups)), key=lambda k: reason.groups[k].after_s)
        stage = reason.groups[number]
        if stage.helps_out:
            key = _helps_by(stage)
            rule = "is a rule for groups that help out; the group tried first has nobody to help"
            hint = "Name the group in whose queue they wait before it, without this key."
            yield found(("reasons", name, "groups", number, key), getattr(stage, key), rule, hint)


def some_not_kept_free(scenario: Scenario) -> Iterator[Problem]:
    """A group keeps fewer agents free than it has."""
    for name, reason in scenario.reasons.items():
        for number, stage in enumerate(reason.groups):
            if not stage.reserve or not is_whole(scenario, reason):
                continue
            heads = sum(scenario.groups[group].places() for group in dict.fromkeys(stage.groups))
            if stage.reserve >= heads:
                who = listed(stage.groups, "and")
                rule = f"keeps every agent of {who} free, who are {heads}: nobody is ever taken"
                yield found(("reasons", name, "groups", number, "reserve"), stage.reserve, rule)


def kept_free_for_somebody(scenario: Scenario) -> Iterator[Problem]:
    """Agents are kept free for contacts that may take them sooner."""
    least: dict[str, int] = {}
    for reason in scenario.reasons.values():
        for stage in reason.groups:
            for group in stage.groups:
                least[group] = min(stage.reserve, least.get(group, stage.reserve))
    for name, reason in scenario.reasons.items():
        for number, stage in enumerate(reason.groups):
            if stage.reserve and all(least[group] >= stage.reserve for group in stage.groups):
                who = listed(stage.groups, "and")
                rule = f"keeps agents of {who} free, and no other reason takes them sooner"
                hint = "Give the reason for whom they are kept free the same group, with less."
                path = ("reasons", name, "groups", number, "reserve")
                yield found(path, stage.reserve, rule, hint)


def helpers_not_there_anyway(scenario: Scenario) -> Iterator[Problem]:
    """A group that helps out while many wait does not take the same contacts anyway."""
    for name, reason in scenario.reasons.items():
        for number, stage in enumerate(reason.groups):
            anyway = {
                group
                for other in reason.groups
                if not other.helps_out and other.after_s <= stage.after_s
                for group in other.groups
            }
            if stage.helps_out and set(stage.groups) <= anyway:
                key = _helps_by(stage)
                rule = f"changes nothing: {listed(stage.groups, 'and')} takes these contacts anyway"
                yield found(("reasons", name, "groups", number, key), getattr(stage, key), rule)


def _helps_by(stage: Stage) -> str:
    given = stage.when_waiting_over is not None
    return "when_waiting_over" if given else "when_longest_over_s"
