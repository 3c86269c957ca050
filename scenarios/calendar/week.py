"""An ordinary week of a scenario: when it is open, who is on duty, when customers turn up.

Times are seconds from the midnight at which the horizon begins. What repeats every week is laid
out once: for the days of the horizon, at most seven.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from math import inf
from typing import NamedTuple

from scenarios.parts.clock import DAY_S, Opening, Weekday, seconds_of
from scenarios.parts.demand import ChannelName, Reason
from scenarios.parts.staff import Group, HeadsByInterval, Shift
from scenarios.schema import Scenario


class Span(NamedTuple):
    """A stretch of time and how much there is of something in it: heads, or contacts."""

    start: float
    end: float
    amount: float = 1.0


def weekdays_of(scenario: Scenario) -> list[Weekday]:
    """The weekdays of the horizon in their order, at most seven."""
    horizon = scenario.horizon
    return [horizon.weekday(day) for day in range(min(horizon.days, 7))]


def opening_of(scenario: Scenario, channel: ChannelName | None = None) -> Opening:
    """Opening hours of a channel; those of the centre when it has none of its own."""
    own = scenario.channels[channel].opening if channel in scenario.channels else None
    return own or scenario.opening


def main_channel(reason: Reason) -> ChannelName:
    """The channel by which most customers of a reason make contact; by voice where none is named.

    That none is named is refused by a rule of its own.
    """
    return max(reason.channels, key=lambda channel: reason.channels[channel], default="voice")


def open_spans(scenario: Scenario, channel: ChannelName | None = None) -> list[Span]:
    """When customers can get in on a channel, or when the centre itself is open."""
    opening, spans = opening_of(scenario, channel), []
    for day, weekday in enumerate(weekdays_of(scenario)):
        span = opening.span(weekday)
        if span is not None:
            spans.append(Span(day * DAY_S + span[0], day * DAY_S + span[1]))
    return spans


def duty(scenario: Scenario, group: Group) -> list[Span]:
    """When agents of the group are on duty, and how many; breaks are not taken out."""
    days = weekdays_of(scenario)
    if group.shifts is not None:
        spans = [s for shift in group.shifts.values() for s in _shift_spans(shift, days)]
        spans = _within(spans, len(days) * DAY_S, repeats=scenario.horizon.days > len(days))
    elif group.heads_by_interval is not None:
        spans = _interval_heads(group.heads_by_interval, days)
    else:
        spans = [span._replace(amount=group.heads or 0) for span in open_spans(scenario)]
    return [span for span in spans if span.amount > 0]


def _shift_spans(shift: Shift, days: list[Weekday]) -> Iterator[Span]:
    start, end = shift.span()
    for day, weekday in enumerate(days):
        if weekday in shift.weekdays:
            yield Span(day * DAY_S + start, day * DAY_S + end, shift.heads)


def _within(spans: list[Span], end: float, *, repeats: bool) -> list[Span]:
    """Spans up to ``end``; what reaches beyond starts the next week when there is one."""
    inside = [span._replace(end=min(span.end, end)) for span in spans]
    if repeats:
        inside += [Span(0.0, s.end - end, s.amount) for s in spans if s.end > end]
    return inside


def _interval_heads(plan: HeadsByInterval, days: list[Weekday]) -> list[Span]:
    spans = []
    for day, weekday in enumerate(days):
        heads = plan.heads.get(weekday, plan.heads.get("every_day", ()))
        begin = day * DAY_S + seconds_of(plan.start)
        spans += _intervals(begin, plan.interval_min * 60.0, heads)
    return spans


def _intervals(begin: float, length: float, amounts: Iterable[float]) -> list[Span]:
    return [
        Span(begin + i * length, begin + (i + 1) * length, amount)
        for i, amount in enumerate(amounts)
    ]


def demand(scenario: Scenario, reason: Reason) -> list[Span]:
    """When customers of the reason turn up on ordinary days, and how many, on all channels."""
    if reason.volume.at_s is not None:
        return [Span(at, at) for at in reason.volume.at_s]
    spans = []
    for day, weekday in enumerate(weekdays_of(scenario)):
        factor = reason.volume.factor * reason.volume.weekdays.get(weekday, 1.0)
        for span in _day_demand(scenario, reason, weekday):
            start, end = span.start + day * DAY_S, span.end + day * DAY_S
            spans.append(Span(start, end, span.amount * factor))
    return [span for span in spans if span.amount > 0.0]


def _day_demand(scenario: Scenario, reason: Reason, weekday: Weekday) -> list[Span]:
    volume = reason.volume
    if volume.counts is not None:
        counts = volume.counts.get(weekday) or volume.counts.get("every_day", ())
        return _intervals(seconds_of(volume.start), volume.interval_min * 60.0, counts)
    per_day = volume.per_day or 0.0
    if volume.profile is not None:
        profile = scenario.profiles[volume.profile]
        amounts = [per_day * share / sum(profile.shares) for share in profile.shares]
        return _intervals(seconds_of(profile.start), profile.interval_min * 60.0, amounts)
    # Without a profile customers come evenly while their main channel is open.
    hours = opening_of(scenario, main_channel(reason)).span(weekday)
    return [] if hours is None else [Span(*hours, per_day)]


def union(spans: Iterable[Span]) -> list[Span]:
    """The time that the spans cover together, as spans apart from one another, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(Span(span.start, span.end))
    return merged


def parts_within(span: Span, times: list[Span]) -> list[Span]:
    """The parts of a span that lie in a ``union``, each with its share of the amount."""
    length, parts = span.end - span.start, []
    for time in times[max(0, bisect(times, (span.start, inf)) - 1) :]:
        if time.start > span.end:
            break
        start, end = max(span.start, time.start), min(span.end, time.end)
        if end > start:
            parts.append(Span(start, end, span.amount * (end - start) / length))
        elif length == 0.0 and time.start <= span.start < time.end:
            parts.append(span)
    return parts


def total(spans: Iterable[Span]) -> float:
    """The amounts of the spans together."""
    return sum(span.amount for span in spans)


def binned(spans: Iterable[Span], width: float, bins: int) -> list[float]:
    """Amounts of counts by bins of one width from time 0 on, spread evenly over their spans."""
    totals = [0.0] * bins
    for span in spans:
        first, last = int(span.start // width), int(span.end // width)
        for number in range(first, min(last, bins - 1) + 1):
            overlap = min(span.end, (number + 1) * width) - max(span.start, number * width)
            length = span.end - span.start
            totals[number] += span.amount * (overlap / length if length else 1.0)
    return totals
