"""Where the cases of a reason can get to: groups, escalation paths, and days after the last."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.answer_targets import live_channels
from scenarios.parts.authority import (
    ColdTransfer,
    EscalationPath,
    PromiseCallback,
    Step,
    Ticket,
    WarmTransfer,
)
from scenarios.parts.channels import WRITTEN, ChannelName
from scenarios.parts.demand import Reason
from scenarios.parts.staff import Group
from scenarios.schema import Scenario

Transfer = WarmTransfer | ColdTransfer


def is_whole(scenario: Scenario, reason: Reason) -> bool:
    """Whether the names on which a reason's way through the centre depends are all known."""
    profile = reason.volume.profile
    known = profile is None or profile in scenario.profiles
    return known and set(takers(reason)) <= set(scenario.groups)


def takers(reason: Reason) -> list[str]:
    """The groups that a reason's contacts can come to from the queue, in order."""
    names = [name for stage in reason.groups for name in stage.groups]
    for limit in (reason.waiting_limit, reason.queue_limit, reason.after_hours):
        if limit is not None and limit.group is not None:
            names.append(limit.group)
    return list(dict.fromkeys(names))


def answerers(reason: Reason) -> list[str]:
    """Those of them that need no queue to come: the others only help out while many wait."""
    only_help = {name for stage in reason.groups if stage.helps_out for name in stage.groups}
    own = {name for stage in reason.groups if not stage.helps_out for name in stage.groups}
    return [name for name in takers(reason) if name in own or name not in only_help]


def first_groups(scenario: Scenario, reason: Reason) -> list[str]:
    """Those of them that the scenario has."""
    return [name for name in takers(reason) if name in scenario.groups]


def groups_reached(scenario: Scenario, reason_name: str) -> list[str]:
    """Every group that can come to act on a case of the reason, in the order it is reached."""
    reason = scenario.reasons[reason_name]
    reached = first_groups(scenario, reason)
    if reason.then is not None and reason.then in scenario.escalation:
        reached += _targets(scenario.escalation[reason.then], reason_name)
    for name in reached:
        group = scenario.groups.get(name)
        for path in paths_of(scenario, group) if group else ():
            reached += [t for t in _targets(path, reason_name) if t not in reached]
    return [name for name in dict.fromkeys(reached) if name in scenario.groups]


def channels_to(scenario: Scenario, group: str) -> list[ChannelName]:
    """Those of voice and chat by which customers can come to a group."""
    return list(
        dict.fromkeys(
            channel
            for name, reason in scenario.reasons.items()
            if group in groups_reached(scenario, name)
            for channel in live_channels(reason)
        )
    )


def paths_of(scenario: Scenario, group: Group) -> Iterator[EscalationPath]:
    """The escalation paths of a group that are written in the scenario."""
    for name in (group.beyond_authority, group.beyond_knowledge, group.on_demand):
        if name in scenario.escalation:
            yield scenario.escalation[name]


def concerns(step: Step, reason_name: str) -> bool:
    """Whether a step can be tried for cases of the reason."""
    return step.reasons is None or reason_name in step.reasons


def _targets(path: EscalationPath, reason_name: str) -> list[str]:
    return [
        group
        for step in path.steps
        if isinstance(step, Transfer | PromiseCallback | Ticket) and concerns(step, reason_name)
        for group in (step.group, *(step.or_groups if isinstance(step, ColdTransfer) else ()))
        if group is not None
    ]


def handled_as(scenario: Scenario) -> set[str]:
    """The reasons as which customers of others are handled after a transfer."""
    steps = (step for path in scenario.escalation.values() for step in path.steps)
    return {step.handled_as for step in steps if isinstance(step, ColdTransfer) and step.handled_as}


def ends_unseen(scenario: Scenario) -> bool:
    """Whether these days are part of a longer horizon and a case begun in them can outlast them.

    A case outlasts a day by customers who come back, by promises and by writing. What such days
    cannot show is what became of the customers, and so no money that depends on it.
    """
    return scenario.horizon.part_of_days is not None and can_outlast_a_day(scenario)


def can_outlast_a_day(scenario: Scenario) -> bool:
    """Whether a case can go on after the day on which it began."""
    return any(_ways_on(scenario))


def _ways_on(scenario: Scenario) -> Iterator[bool]:
    """The ways in which a case can continue on another day."""
    yield scenario.redial is not None or scenario.repeat is not None
    yield scenario.callback_offer is not None or scenario.opening.at_closing == "offer_callback"
    for reason in scenario.reasons.values():
        yield reason.redial is not None or reason.repeat is not None
        yield reason.further_business is not None
        yield any(channel in WRITTEN for channel in reason.channels)
        limits = (reason.waiting_limit, reason.queue_limit)
        yield any(limit is not None and limit.then == "voicemail" for limit in limits)
        yield reason.after_hours is not None
    for path in scenario.escalation.values():
        yield any(isinstance(step, PromiseCallback | Ticket) for step in path.steps)
