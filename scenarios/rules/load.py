"""Rules about workload: work that never gives up must fit into the hours of its groups."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.calendar import Calendar, calendar_of
from scenarios.calendar.spans import Span, binned
from scenarios.checks.problems import Problem, found, listed
from scenarios.parts.channels import WRITTEN, ChannelName
from scenarios.parts.clock import DAY_S, clock_text
from scenarios.parts.demand import Reason
from scenarios.parts.figures import mean_of
from scenarios.parts.staff import Group
from scenarios.rules.reach import is_whole, takers
from scenarios.schema import Scenario

_HOUR_S = 3600.0


def more_work_than_hours(scenario: Scenario) -> Iterator[Problem]:
    """Groups are offered more work of customers who wait for ever than they have hours."""
    calendar = calendar_of(scenario)
    seen: set[frozenset[str]] = set()
    for name, reason in scenario.reasons.items():
        together = frozenset(takers(reason))
        if together in seen or not is_whole(scenario, reason):
            continue
        seen.add(together)
        text = _overload(scenario, calendar, together)
        if text:
            who = listed(sorted(together), "and")
            hint = "Give patience_s, or more heads; otherwise the queue keeps growing."
            yield found(("reasons", name, "groups"), None, f"offers {who} {text}", hint)


def _overload(scenario: Scenario, calendar: Calendar, together: frozenset[str]) -> str:
    """The day (else the hour) in which the work is most above the hours, or nothing."""
    names, groups = scenario.reasons, scenario.groups
    hours = [h for name in together for h in agent_seconds(calendar, name, groups[name])]
    for width, written in ((DAY_S, True), (_HOUR_S, False)):
        work = [
            w for one in names for w in _work(scenario, calendar, one, together, written=written)
        ]
        text = _worst(calendar.labels, work, hours, width)
        if text:
            return text
    return ""


def _worst(days: list[str], work: list[Span], hours: list[Span], width: float) -> str:
    bins = int(len(days) * DAY_S / width)
    offered, there = binned(work, width, bins), binned(hours, width, bins)
    worst = max(range(bins), key=lambda k: offered[k] - there[k])
    if offered[worst] <= there[worst] or there[worst] == 0.0:
        return ""
    day = days[int(worst * width // DAY_S)]
    hour = "" if width == DAY_S else f" from {clock_text(worst * width % DAY_S)}"
    return (
        f"{offered[worst] / _HOUR_S:.1f} hours of work that no customer abandons on {day}{hour}, "
        f"and they have {there[worst] / _HOUR_S:.1f}"
    )


def _work(
    scenario: Scenario, calendar: Calendar, name: str, together: frozenset[str], *, written: bool
) -> Iterator[Span]:
    """Seconds of work that never gives up, by time of arrival, that only these groups take."""
    reason = scenario.reasons[name]
    names = set(takers(reason))
    if not names <= together or _leave(reason) or not is_whole(scenario, reason):
        return
    total = sum(reason.channels.values())
    seconds = sum(
        weight / total * seconds_of_work(scenario, name, channel, names)
        for channel, weight in reason.channels.items()
        if total and _never_gives_up(scenario, reason, channel, written=written)
    )
    if reason.further_business is not None:
        seconds /= 1.0 - reason.further_business.probability
    for span in calendar.volume(name) if seconds else ():
        yield span._replace(amount=span.amount * seconds)


def _never_gives_up(
    scenario: Scenario, reason: Reason, channel: ChannelName, *, written: bool
) -> bool:
    if channel in WRITTEN:
        return written
    section = scenario.channels.get(channel)
    return channel not in reason.patience_s and (section is None or section.lines is None)


def seconds_of_work(scenario: Scenario, name: str, channel: ChannelName, names: set[str]) -> float:
    """Mean handle time of a contact of a reason with the group that needs least for it."""
    reason = scenario.reasons[name]
    handling = reason.handling.get(channel)
    if handling is None:
        return 0.0
    wrap_up, talk = mean_of(handling.wrap_up_s), mean_of(handling.talk_s)
    least = min(_group_seconds(scenario.groups[n], name, channel, talk, wrap_up) for n in names)
    past_menu = 1.0 - reason.self_service - reason.hangs_up_in_menu if channel == "voice" else 1.0
    return least * past_menu


def _group_seconds(
    group: Group, reason: str, channel: ChannelName, talk: float, wrap_up: float
) -> float:
    factor = group.talk_factors.get(reason, group.talk_factor)
    own = mean_of(group.talk_s[reason]) if reason in group.talk_s else talk * factor
    if channel == "chat":
        at_once = group.chats_at_once
        own *= (1.0 + group.chat_slowdown * (at_once - 1)) / at_once
    return own + wrap_up * group.wrap_up_factor


def agent_seconds(calendar: Calendar, name: str, group: Group) -> Iterator[Span]:
    """Seconds of agents on duty, without those absent or away; breaks are not taken out."""
    away = group.availability
    there = 1.0 if away is None else 1.0 - (1.0 - away.share) * (1.0 - away.called_back)
    for span in calendar.duty(name):
        agents = span.amount * (1.0 - group.absence) * there
        yield span._replace(amount=agents * (span.end - span.start))


def _leave(reason: Reason) -> bool:
    """Whether customers do not wait for ever, because the wait or the queue is limited."""
    return reason.waiting_limit is not None or reason.queue_limit is not None
