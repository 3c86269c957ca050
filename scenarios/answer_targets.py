"""Within how many seconds a call or chat should be answered, by reason and channel."""

from __future__ import annotations

from scenarios.parts.channels import WRITTEN, ChannelName
from scenarios.parts.demand import Reason
from scenarios.schema import Scenario


def answer_within_s(scenario: Scenario, reason: str, channel: ChannelName) -> float:
    """The target of contacts of a reason on a channel: the reason's, the channel's, the centre's.

    Args:
        scenario: the centre.
        reason: name of one of its reasons.
        channel: voice or chat; what is written has a response target instead.
    """
    of_reason = scenario.reasons[reason].answer_within_s
    if of_reason is not None:
        return of_reason
    section = scenario.channels.get(channel)
    of_channel = None if section is None else section.answer_within_s
    return scenario.targets.answer_within_s if of_channel is None else of_channel


def answer_targets(scenario: Scenario, channel: str | None = None) -> tuple[float, ...]:
    """The different targets that a scenario has, the shortest first; one where all are alike.

    Args:
        scenario: the centre.
        channel: only those of contacts on this channel.
    """
    found = {
        answer_within_s(scenario, name, each)
        for name, reason in scenario.reasons.items()
        for each in live_channels(reason)
        if channel in (None, each)
    }
    return tuple(sorted(found)) or (scenario.targets.answer_within_s,)


def live_channels(reason: Reason) -> list[ChannelName]:
    """The channels of a reason on which customers wait on the line, in the order of its mix."""
    return [
        channel
        for channel, weight in reason.channels.items()
        if weight > 0.0 and channel not in WRITTEN
    ]
