"""The textbook queue in a scenario.

The textbook knows one group of agents, always as many, and customers who come at a constant rate
and either are answered or give up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import Span
from scenarios.parts.channels import ChannelName
from scenarios.parts.distributions import AnyDistribution, Exponential
from scenarios.parts.figures import mean_of
from scenarios.parts.staff import Group
from scenarios.schema import Scenario

SAME = 1e-9
"""Levels that differ by less than this share are the same."""


@dataclass(frozen=True)
class Queue:
    """One queue before one group of agents."""

    contacts_per_hour: float
    aht_s: float
    agents: int
    patience: AnyDistribution | None
    """In seconds; None where nobody gives up."""
    notes: tuple[str, ...]
    """Why its formula is only close, as clauses."""


def queue_of(scenario: Scenario) -> Queue:
    """The queue in a scenario that does not differ from the textbook."""
    (group,) = answering(scenario)
    channel = channel_of(scenario)
    rates = {name: rate_of(scenario, name) or 0.0 for name in scenario.reasons}
    work = sum(rate * _handle_time(scenario, name, group) for name, rate in rates.items())
    first, *_ = scenario.reasons.values()
    return Queue(
        contacts_per_hour=3600.0 * sum(rates.values()),
        aht_s=work / sum(rates.values()),
        agents=int(agents_of(scenario) or 0),
        patience=first.patience_s.get(channel),
        notes=tuple(_notes(scenario, group)),
    )


def _notes(scenario: Scenario, group: Group) -> Iterator[str]:
    times = {_handle_time(scenario, name, group) for name in scenario.reasons}
    if len(times) > 1 or not all(_memoryless(scenario, name, group) for name in scenario.reasons):
        yield "handle times are not exponential"
    if scenario.opening.hours != "00:00-24:00" or scenario.opening.days:
        yield "every day starts with an empty queue"


def _memoryless(scenario: Scenario, name: str, group: Group) -> bool:
    """Whether the handle time of a reason is exponential."""
    handling = scenario.reasons[name].handling[channel_of(scenario)]
    talk = group.talk_s.get(name, handling.talk_s)
    nothing_else = group.wrap_up_factor * mean_of(handling.wrap_up_s) + _look_up_s(group) == 0.0
    return isinstance(talk, Exponential) and talk.point_share == 0.0 and nothing_else


def _handle_time(scenario: Scenario, name: str, group: Group) -> float:
    """Mean talk, looking up and wrap-up time of a reason, in seconds."""
    handling = scenario.reasons[name].handling[channel_of(scenario)]
    own, factor = group.talk_s.get(name), group.talk_factors.get(name, group.talk_factor)
    talk = factor * mean_of(handling.talk_s) if own is None else mean_of(own)
    return talk + _look_up_s(group) + group.wrap_up_factor * mean_of(handling.wrap_up_s)


def _look_up_s(group: Group) -> float:
    return mean_of(group.knowledge_base.look_up_s) if group.knowledge_base else 0.0


def channels_of(scenario: Scenario) -> set[ChannelName]:
    """The channels that customers use."""
    reasons = scenario.reasons.values()
    return {name for reason in reasons for name, share in reason.channels.items() if share > 0.0}


def channel_of(scenario: Scenario) -> ChannelName:
    """The channel that customers use, where it is one."""
    return min(channels_of(scenario))


def answering(scenario: Scenario) -> list[Group]:
    """The groups that a contact can come to without an escalation."""
    return [scenario.groups[name] for name in _answering(scenario)]


def _answering(scenario: Scenario) -> list[str]:
    stages = [stage for reason in scenario.reasons.values() for stage in reason.groups]
    return list(dict.fromkeys(name for stage in stages for name in stage.groups))


def rate_of(scenario: Scenario, name: str) -> float | None:
    """Contacts of a reason per second while the centre is open; None when it changes."""
    if scenario.reasons[name].volume.at_s is not None:
        return None
    calendar = calendar_of(scenario)
    spans = calendar.volume(name)
    rates = [span._replace(amount=span.amount / (span.end - span.start)) for span in spans]
    return _level(rates, calendar.opening())


def agents_of(scenario: Scenario) -> float | None:
    """Agents on duty while the centre is open; None when their number changes."""
    calendar = calendar_of(scenario)
    return _level(calendar.duty(_answering(scenario)[0]), calendar.opening())


def _level(spans: Sequence[Span], times: Sequence[Span]) -> float | None:
    """What the spans add up to at any of the times; None when it changes."""
    ends = sorted({at for span in (*spans, *times) for at in (span.start, span.end)})
    levels = [
        sum(span.amount for span in spans if span.start < middle < span.end)
        for middle in ((start + end) / 2.0 for start, end in pairwise(ends))
        if any(time.start < middle < time.end for time in times)
    ]
    steady = levels and max(levels) - min(levels) <= SAME * max(levels)
    return levels[0] if steady else None
