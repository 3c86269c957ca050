"""Rules about what depends on how many wait, or on how many agents are idle."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from scenarios.checks.problems import Problem, found, listed
from scenarios.parts.channels import WRITTEN
from scenarios.parts.demand import Reason
from scenarios.parts.stages import Stage
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


def full_queues_lead_elsewhere(scenario: Scenario) -> Iterator[Problem]:
    """Who finds a queue full is not sent to the same queue."""
    for name, reason in scenario.reasons.items():
        limit = reason.queue_limit
        if limit is not None and limit.then == "group" and limit.group == _queue(reason):
            rule = "is the group whose queue is full"
            yield found(("reasons", name, "queue_limit", "group"), limit.group, rule)


def queues_that_can_be_full(scenario: Scenario) -> Iterator[Problem]:
    """A cap can be reached, and does not keep those away for whom others would help out."""
    for name, reason in scenario.reasons.items():
        limit = reason.queue_limit
        if limit is None:
            continue
        path = ("reasons", name, "queue_limit", "max_waiting")
        live = [channel for channel, part in reason.channels.items() if part > 0.0]
        live = [channel for channel in live if channel not in WRITTEN]
        sections = [scenario.channels.get(channel) for channel in live]
        lines = [section.lines if section else None for section in sections]
        few = [count for count in lines if count is not None and count <= limit.max_waiting]
        if not live:
            rule = "changes nothing: letters are always taken, and nobody calls or chats"
            yield found(path, limit.max_waiting, rule)
        elif len(few) == len(lines):
            rule = f"is never reached: no more than {max(few)} get in, see channels.{live[0]}.lines"
            yield found(path, limit.max_waiting, rule)


def helpers_called_in_time(scenario: Scenario) -> Iterator[Problem]:
    """As many can wait as it takes for others to help out."""
    for name, reason in scenario.reasons.items():
        queue = _queue(reason)
        limits = [one.queue_limit for one in scenario.reasons.values() if _queue(one) == queue]
        most = max(inf if limit is None else limit.max_waiting for limit in limits)
        for number, stage in enumerate(reason.groups):
            over = stage.when_waiting_over
            if over is not None and over >= most and stage.when_longest_over_s is None:
                rule = f"is never reached: no more than {most:g} can wait, see queue_limit"
                path = ("reasons", name, "groups", number, "when_waiting_over")
                yield found(path, over, rule)


def callbacks_offered_in_time(scenario: Scenario) -> Iterator[Problem]:
    """As many can wait as it takes for a callback to be offered."""
    offer = scenario.callback_offer
    if offer is None or offer.when_waiting_over is None:
        return
    calls = [one for one in scenario.reasons.values() if one.channels.get("voice", 0.0) > 0.0]
    limits = [one.queue_limit for one in calls]
    most = max((inf if each is None else each.max_waiting for each in limits), default=inf)
    if offer.when_waiting_over >= most:
        rule = f"is never reached: no more than {most:g} can wait, see queue_limit"
        yield found(("callback_offer", "when_waiting_over"), offer.when_waiting_over, rule)


def _queue(reason: Reason) -> str:
    """The group that the queue of a reason has its name from."""
    return min(reason.groups, key=lambda stage: stage.after_s).groups[0]


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
