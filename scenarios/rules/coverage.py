"""Rules about hours: whether anybody is there when customers are, and who comes in fewer hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.calendar.calendar import Calendar, calendar_of
from scenarios.calendar.day import main_channel
from scenarios.calendar.spans import Span, parts_within, total, union
from scenarios.checks.problems import Problem, found, listed
from scenarios.files.toml_text import KeyPath
from scenarios.parts.authority import PromiseCallback, Ticket
from scenarios.parts.channels import WRITTEN, ChannelName
from scenarios.parts.clock import DAY_S, EVERY_DAY, planned_for
from scenarios.parts.demand import Reason
from scenarios.rules.reach import answerers, is_whole, takers
from scenarios.schema import Scenario
from scenarios.shares import percent

_A_SPECK = 0.001
"""Share of contacts below which nobody would look."""
_MANY = 0.25
_DAYS_TOLD = 7
"""Days that a sentence can name."""


def somebody_to_answer(scenario: Scenario) -> Iterator[Problem]:
    """Every reason has a group that is on duty at some time when its contacts are there."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        if not is_whole(scenario, reason) or not calendar.volume(name):
            continue
        closed = [c for c in _live_channels(reason) if not calendar.opening(c)]
        for channel in closed:
            rule = "brings customers, but the channel is closed on every day of the horizon"
            hint = f"See [opening] and channels.{channel}.opening."
            yield found(("reasons", name, "channels", channel), None, rule, hint)
        if not closed and not _can_be_answered(calendar, name, reason):
            who = answerers(reason)
            if any(calendar.duty(group) for group in who):
                rule = "are never on duty when contacts of this reason are there"
            else:
                rule = "have nobody on duty on any day of the horizon"
            yield found(("reasons", name, "groups"), who, rule)


def silent_days(scenario: Scenario) -> Iterator[Problem]:
    """Counts by weekday leave out days on which the centre is open and somebody on duty."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        counts = reason.volume.counts
        if counts is None or EVERY_DAY in counts or not is_whole(scenario, reason):
            continue
        there = _days_of(calendar, _duties(calendar, reason))
        doors = [span for channel in _used_channels(reason) for span in _doors(calendar, channel)]
        open_days = there & _days_of(calendar, doors)
        missing = [
            label
            for number, (day, label) in enumerate(
                zip(calendar.laid_out, calendar.labels, strict=True)
            )
            if number in open_days and planned_for(day.names, counts) is None
        ]
        if missing and calendar.volume(name):
            rule = f"has no counts for {_and(missing)}, when agents who take them are on duty"
            hint = 'Add the days ("every_day" stands for all others), with 0 where nobody comes.'
            yield found(("reasons", name, "volume"), None, rule, hint)


def _doors(calendar: Calendar, channel: ChannelName) -> Sequence[Span]:
    """When a channel can be reached; letters are written when the centre is open."""
    return calendar.opening(None if channel in WRITTEN else channel)


def _days_of(calendar: Calendar, spans: Sequence[Span]) -> set[int]:
    end = len(calendar.laid_out) * DAY_S
    return {int(span.start // DAY_S) for span in spans if span.start < end}


def _and(words: list[str]) -> str:
    words = words if len(words) <= _DAYS_TOLD else [*words[:_DAYS_TOLD], "others"]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _used_channels(reason: Reason) -> list[ChannelName]:
    return [channel for channel, weight in reason.channels.items() if weight > 0.0]


def _live_channels(reason: Reason) -> list[ChannelName]:
    return [channel for channel in _used_channels(reason) if channel not in WRITTEN]


def _can_be_answered(calendar: Calendar, name: str, reason: Reason) -> bool:
    """Whether somebody is on duty after a contact has come: that day, in writing on any.

    A message is answered on any day too: that of who calls after hours, or will not wait.
    """
    spans = _duties(calendar, reason)
    if not spans:
        return False
    if len(_live_channels(reason)) < len(_used_channels(reason)) or _leads_to_a_message(reason):
        return True
    return any(_served_on_its_day(span, spans) for span in calendar.volume(name))


def messages_answered(scenario: Scenario) -> Iterator[Problem]:
    """A group that is to answer messages is on duty on some day."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        for key in ("waiting_limit", "queue_limit", "after_hours"):
            rule = getattr(reason, key)
            group = None if rule is None else rule.group
            if group in scenario.groups and not calendar.duty(group):
                rule = "has nobody on duty on any day of the horizon"
                yield found(("reasons", name, key, "group"), group, rule)


def messages_that_can_be_left(scenario: Scenario) -> Iterator[Problem]:
    """Some customers come while it is closed or nobody is on duty, if they may leave a message."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        if reason.after_hours is None or not is_whole(scenario, reason):
            continue
        duties = _duties(calendar, reason)
        if all(_always_met(calendar, name, c, duties) for c in _live_channels(reason)):
            rule = "changes nothing: it is open, and somebody is on duty, whenever customers come"
            yield found(("reasons", name, "after_hours"), None, rule)


def _always_met(
    calendar: Calendar, name: str, channel: ChannelName, duties: Sequence[Span]
) -> bool:
    """Whether a channel is open, and somebody on duty, whenever contacts of a reason come."""
    doors = union(calendar.opening(channel))
    spans = calendar.volume(name)
    inside = total(part for span in spans for part in parts_within(span, doors))
    shut = 1.0 - inside / total(spans) if spans else 0.0
    return max(shut, _share_alone(calendar, name, channel, duties)) <= _A_SPECK


def _leads_to_a_message(reason: Reason) -> bool:
    """Whether customers whom nobody takes can leave a message."""
    limit, full, rule = reason.waiting_limit, reason.queue_limit, reason.after_hours
    never_waits = full is not None and full.max_waiting == 0 and full.then == "voicemail"
    moved_on = limit is not None and limit.then == "voicemail"
    return never_waits or moved_on or (rule is not None and rule.leaves_message > 0.0)


def _duties(calendar: Calendar, reason: Reason) -> list[Span]:
    return [span for group in answerers(reason) for span in calendar.duty(group)]


def _served_on_its_day(arrivals: Span, duties: Sequence[Span]) -> bool:
    midnight = (arrivals.start // DAY_S + 1.0) * DAY_S
    return any(d.end > arrivals.start and d.start < max(midnight, arrivals.end) for d in duties)


def nobody_on_duty(scenario: Scenario) -> Iterator[Problem]:
    """Contacts get in while none of the groups that take them is on duty."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        duties = _duties(calendar, reason)
        for channel in () if _leads_to_a_message(reason) else _live_channels(reason):
            alone = _share_alone(calendar, name, channel, duties)
            if alone > _A_SPECK:
                rule = f"brings {_percent(alone)} of its contacts while nobody is on duty"
                hint = f"The groups that take them: {', '.join(answerers(reason))}."
                yield found(("reasons", name, "channels", channel), None, rule, hint)


def moved_to_nobody(scenario: Scenario) -> Iterator[Problem]:
    """A limit moves contacts to a group that is off duty when they come."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        for key in ("waiting_limit", "queue_limit"):
            limit = getattr(reason, key)
            group = None if limit is None or limit.then != "group" else limit.group
            if group not in scenario.groups:
                continue
            duties = calendar.duty(group)
            alone = [_share_alone(calendar, name, c, duties) for c in _live_channels(reason)]
            if max(alone, default=0.0) > _A_SPECK:
                rule = f"is off duty when {_percent(max(alone))} of the contacts come"
                hint = "They stay in the queue in which they wait."
                yield found(("reasons", name, key, "group"), group, rule, hint)


def _share_alone(
    calendar: Calendar, reason: str, channel: ChannelName, duties: Sequence[Span]
) -> float:
    """Share of a channel's contacts that get in outside these stretches of duty."""
    doors, there = union(calendar.opening(channel)), union(duties)
    inside = [p for span in calendar.volume(reason) for p in parts_within(span, doors)]
    answered = total(p for span in inside for p in parts_within(span, there))
    return 1.0 - answered / total(inside) if total(inside) else 0.0


def closed_doors(scenario: Scenario) -> Iterator[Problem]:
    """Many customers find the centre closed."""
    calendar = calendar_of(scenario)
    for name, reason in scenario.reasons.items():
        spans = calendar.volume(name)
        for channel in _live_channels(reason) if reason.after_hours is None else ():
            doors = union(calendar.opening(channel))
            inside = total(part for span in spans for part in parts_within(span, doors))
            outside = 1.0 - inside / total(spans) if spans else 0.0
            if outside > _MANY:
                rule = f"brings {_percent(outside)} of its contacts outside opening hours"
                yield found(("reasons", name, "channels", channel), None, rule)


def _percent(share: float) -> str:
    return percent(share, 1 if share < 0.1 else 0)


def idle_while_closed(scenario: Scenario) -> Iterator[Problem]:
    """Heads are on duty on days on which nobody can get in."""
    calendar = calendar_of(scenario)
    channels: set[ChannelName] = {c for r in scenario.reasons.values() for c in _live_channels(r)}
    doors = union(s for channel in channels for s in calendar.opening(channel))
    busy = _with_paperwork(scenario)
    for name in scenario.groups:
        if name in busy:
            continue
        for day, label in enumerate(calendar.labels):
            today = Span(day * DAY_S, (day + 1) * DAY_S)
            heads = [s for s in calendar.duty(name) if today.start <= s.start < today.end]
            if heads and not parts_within(today, doors):
                rule = f"has agents on duty on {label}, when the centre is closed all day"
                yield found(("groups", name), None, rule)
                break


def _with_paperwork(scenario: Scenario) -> set[str]:
    """Groups with work that does not need open doors: written contacts, promises, own work."""
    names = {name for name, group in scenario.groups.items() if group.own_work is not None}
    for reason in scenario.reasons.values():
        if set(_used_channels(reason)) & set(WRITTEN) or _leads_to_a_message(reason):
            names |= set(takers(reason))
    for path in scenario.escalation.values():
        for step in path.steps:
            if isinstance(step, Ticket | PromiseCallback):
                names |= set(scenario.groups) if step.group is None else {step.group}
    return names


def same_callers_in_other_hours(scenario: Scenario, under: Scenario) -> Iterator[Problem]:
    """A policy changes the hours over which a volume without a profile is spread evenly.

    Args:
        scenario: the scenario without the policy.
        under: the scenario under the policy.
    """
    squeezed: dict[KeyPath, list[str]] = {}
    before, after = calendar_of(scenario), calendar_of(under)
    for name, reason in under.reasons.items():
        channel = main_channel(reason)
        evenly = reason.volume.per_day and reason.volume.profile is None
        moved = before.opening(channel) != after.opening(channel)
        if evenly and moved and name in scenario.reasons:
            squeezed.setdefault(_place(under, channel), []).append(name)
    for path, names in squeezed.items():
        channel = main_channel(under.reasons[names[0]])
        more_s = _open_s(after, channel) - _open_s(before, channel)
        how = "other" if more_s == 0.0 else "fewer" if more_s < 0.0 else "more"
        rule = f"brings the same number of customers of {listed(names, 'and')} into {how} hours"
        hint = (
            "A volume without a profile is spread evenly over the opening hours. Give it a "
            "profile, and those who would come at another time find the centre closed."
        )
        yield found(path, None, rule, hint)


def _place(under: Scenario, channel: ChannelName) -> KeyPath:
    section = under.channels.get(channel)
    if section is not None and section.opening is not None:
        return ("channels", channel, "opening")
    return ("opening",)


def _open_s(calendar: Calendar, channel: ChannelName) -> float:
    return sum(span.end - span.start for span in calendar.opening(channel))
