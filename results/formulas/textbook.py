"""The textbook queue in a scenario, or what the scenario has that the textbook does not know.

The textbook knows one group of agents, always as many, and customers who come at a constant rate
and either are answered or give up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scenarios.figures import mean_of
from scenarios.parts.demand import WRITTEN, ChannelName, Reason, Redial, Repeat
from scenarios.parts.distributions import AnyDistribution, Constant, Empirical, Exponential
from scenarios.parts.staff import Group
from scenarios.schema import Scenario
from scenarios.week import Span, demand, duty, open_spans

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


def differences_from_textbook(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario has that no formula knows, as clauses; the weightiest first."""
    return tuple(clause for clause, holds in _DIFFERENCES if holds(scenario))


def queue_of(scenario: Scenario) -> Queue:
    """The queue in a scenario that does not differ from the textbook."""
    (group,) = _answering(scenario)
    channel = _channel(scenario)
    rates = {name: _rate(scenario, reason) or 0.0 for name, reason in scenario.reasons.items()}
    work = sum(rate * _handle_time(scenario, name, group) for name, rate in rates.items())
    first, *_ = scenario.reasons.values()
    return Queue(
        contacts_per_hour=3600.0 * sum(rates.values()),
        aht_s=work / sum(rates.values()),
        agents=int(_agents(scenario) or 0),
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
    handling = scenario.reasons[name].handling[_channel(scenario)]
    talk = group.talk_s.get(name, handling.talk_s)
    no_wrap_up = group.wrap_up_factor * mean_of(handling.wrap_up_s) == 0.0
    return isinstance(talk, Exponential) and talk.point_share == 0.0 and no_wrap_up


def _handle_time(scenario: Scenario, name: str, group: Group) -> float:
    """Mean talk and wrap-up time of a reason, in seconds."""
    handling = scenario.reasons[name].handling[_channel(scenario)]
    own, factor = group.talk_s.get(name), group.talk_factors.get(name, group.talk_factor)
    talk = factor * mean_of(handling.talk_s) if own is None else mean_of(own)
    return talk + group.wrap_up_factor * mean_of(handling.wrap_up_s)


def _channels(scenario: Scenario) -> set[ChannelName]:
    reasons = scenario.reasons.values()
    return {name for reason in reasons for name, share in reason.channels.items() if share > 0.0}


def _channel(scenario: Scenario) -> ChannelName:
    return min(_channels(scenario))


def _answering(scenario: Scenario) -> list[Group]:
    """The groups that a contact can come to without an escalation."""
    stages = [stage for reason in scenario.reasons.values() for stage in reason.groups]
    return [scenario.groups[name] for name in {name for stage in stages for name in stage.groups}]


def _rate(scenario: Scenario, reason: Reason) -> float | None:
    """Contacts per second while the centre is open; None when it changes."""
    if reason.volume.at_s is not None:
        return None
    spans = demand(scenario, reason)
    rates = [span._replace(amount=span.amount / (span.end - span.start)) for span in spans]
    return _level(rates, open_spans(scenario))


def _agents(scenario: Scenario) -> float | None:
    """Agents on duty while the centre is open; None when their number changes."""
    return _level(duty(scenario, _answering(scenario)[0]), open_spans(scenario))


def _level(spans: list[Span], times: list[Span]) -> float | None:
    """What the spans add up to at any of the times; None when it changes."""
    ends = sorted({at for span in (*spans, *times) for at in (span.start, span.end)})
    levels = [
        sum(span.amount for span in spans if span.start < middle < span.end)
        for middle in ((start + end) / 2.0 for start, end in pairwise(ends))
        if any(time.start < middle < time.end for time in times)
    ]
    steady = levels and max(levels) - min(levels) <= SAME * max(levels)
    return levels[0] if steady else None


def _volume_changes(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    days_differ = scenario.busyness_cv > 0.0 or any(reason.busyness_cv > 0.0 for reason in reasons)
    steady = all(_rate(scenario, reason) is not None for reason in reasons)
    return not steady or days_differ or bool(scenario.incidents)


def _staff_changes(scenario: Scenario) -> bool:
    away = any(
        group.absence or group.meetings_min_per_day or group.training_min_per_day or _breaks(group)
        for group in _answering(scenario)
    )
    return away or not _agents(scenario)


def _breaks(group: Group) -> bool:
    return any(shift.breaks for shift in (group.shifts or {}).values())


def _agents_differ(scenario: Scenario) -> bool:
    return any(group.speed_cv or group.own_work for group in _answering(scenario))


def _several_chats(scenario: Scenario) -> bool:
    return any(group.chats_at_once > 1 for group in _answering(scenario))


def _order_matters(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    ranked = any(group.serves_first for group in _answering(scenario))
    classes = any(reason.priority_classes for reason in reasons)
    return ranked or classes or len({reason.priority for reason in reasons}) > 1


def _patience_differs(scenario: Scenario) -> bool:
    """Whether patience is not one law with a smooth curve."""
    channel = _channel(scenario)
    first, *others = [reason.patience_s.get(channel) for reason in scenario.reasons.values()]
    return any(other != first for other in others) or isinstance(first, Constant | Empirical)


def _limited(scenario: Scenario) -> bool:
    lines = any(channel.lines is not None for channel in scenario.channels.values())
    return lines or any(reason.waiting_limit for reason in scenario.reasons.values())


def _menu(scenario: Scenario) -> bool:
    reasons = scenario.reasons.values()
    return scenario.voice_menu is not None or any(
        reason.self_service or reason.hangs_up_in_menu for reason in reasons
    )


def _escalated(scenario: Scenario) -> bool:
    return any(
        reason.solve < 1.0 or reason.remedy or reason.demands_boss or reason.then
        for reason in scenario.reasons.values()
    )


def _come_back(scenario: Scenario) -> bool:
    own = [part for reason in scenario.reasons.values() for part in (reason.redial, reason.repeat)]
    return any(map(_any_come_back, (scenario.redial, scenario.repeat, *own)))


def _any_come_back(rules: Redial | Repeat | None) -> bool:
    match rules:
        case Redial():
            return bool(rules.after_abandoning or rules.after_blocked or rules.after_closed)
        case Repeat():
            return rules.probability > 0.0
    return False


def _nobody(scenario: Scenario) -> bool:
    return all(_rate(scenario, reason) == 0.0 for reason in scenario.reasons.values())


_DIFFERENCES: tuple[tuple[str, Callable[[Scenario], bool]], ...] = (
    ("nobody makes contact", _nobody),
    ("more than one group answers", lambda s: len(_answering(s)) > 1),
    ("there is more than one channel", lambda s: len(_channels(s)) > 1),
    ("contacts are written", lambda s: not _channels(s).isdisjoint(WRITTEN)),
    ("volume changes with time", _volume_changes),
    ("the number of agents changes with time", _staff_changes),
    ("customers come back", _come_back),
    ("cases are escalated", _escalated),
    ("waiting customers are told something", lambda s: s.acknowledgement is not None),
    ("callbacks are offered", lambda s: s.callback_offer is not None),
    ("lines or waits are limited", _limited),
    ("some customers go first", _order_matters),
    ("agents differ or have other work", _agents_differ),
    (
        "agents chat with several customers",
        lambda s: any(g.chats_at_once > 1 for g in _answering(s)),
    ),
    ("patience has no smooth law of its own", _patience_differs),
    ("there is a voice menu", _menu),
)
