"""Rules about workload: work that never gives up must fit into the hours of its groups."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.calendar.week import Span, binned, demand, duty, weekdays_of
from scenarios.checks.problems import Problem, found, listed
from scenarios.figures import mean_of
from scenarios.parts.clock import DAY_S, clock_text
from scenarios.parts.demand import WRITTEN, ChannelName, Reason
from scenarios.parts.staff import Group
from scenarios.rules.reach import is_whole, takers
from scenarios.schema import Scenario

_HOUR_S = 3600.0


def more_work_than_hours(scenario: Scenario) -> Iterator[Problem]:
    """Groups are offered more work of customers who wait for ever than they have hours."""
    told: set[frozenset[str]] = set()
    for name, reason in scenario.reasons.items():
        team = frozenset(takers(reason))
        if team in told or not is_whole(scenario, reason):
            continue
        told.add(team)
        text = _overload(scenario, team)
        if text:
            who = listed(sorted(team), "and")
            hint = "Give patience_s, or more heads; the queue will grow all the while."
            yield found(("reasons", name, "groups"), None, f"offers {who} {text}", hint)


def _overload(scenario: Scenario, team: frozenset[str]) -> str:
    """In words, the day (else the hour) in which the work is most above the hours; or nothing."""
    return _worst(scenario, team, DAY_S, written=True) or _worst(
        scenario, team, _HOUR_S, written=False
    )


def _worst(scenario: Scenario, team: frozenset[str], width: float, *, written: bool) -> str:
    days = weekdays_of(scenario)
    bins = int(len(days) * DAY_S / width)
    work = [w for r in scenario.reasons.values() for w in _work(scenario, r, team, written=written)]
    at_hand = [h for name in team for h in _heads(scenario, scenario.groups[name])]
    offered, there = binned(work, width, bins), binned(at_hand, width, bins)
    worst = max(range(bins), key=lambda k: offered[k] - there[k])
    if offered[worst] <= there[worst] or there[worst] == 0.0:
        return ""
    day = days[int(worst * width // DAY_S)]
    hour = "" if width == DAY_S else f" from {clock_text(worst * width % DAY_S)}"
    return (
        f"{offered[worst] / _HOUR_S:.1f} hours of work without patience on {day}{hour}, "
        f"and they have {there[worst] / _HOUR_S:.1f}"
    )


def _work(
    scenario: Scenario, reason: Reason, team: frozenset[str], *, written: bool
) -> Iterator[Span]:
    """Seconds of work that never gives up, by time of arrival, of reasons only the team takes."""
    names = set(takers(reason))
    if not names <= team or reason.waiting_limit is not None or not is_whole(scenario, reason):
        return
    total = sum(reason.channels.values())
    seconds = sum(
        weight / total * seconds_of_work(scenario, reason, channel, names)
        for channel, weight in reason.channels.items()
        if total and _never_gives_up(scenario, reason, channel, written=written)
    )
    for span in demand(scenario, reason) if seconds else ():
        yield span._replace(amount=span.amount * seconds)


def _never_gives_up(
    scenario: Scenario, reason: Reason, channel: ChannelName, *, written: bool
) -> bool:
    if channel in WRITTEN:
        return written
    section = scenario.channels.get(channel)
    return channel not in reason.patience_s and (section is None or section.lines is None)


def seconds_of_work(
    scenario: Scenario, reason: Reason, channel: ChannelName, names: set[str]
) -> float:
    """Mean handle time of a contact with the group that needs least for it."""
    handling = reason.handling.get(channel)
    if handling is None:
        return 0.0
    name = next(key for key, each in scenario.reasons.items() if each is reason)
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


def _heads(scenario: Scenario, group: Group) -> Iterator[Span]:
    """Seconds of agents on duty."""
    for span in duty(scenario, group):
        agents = span.amount * (1.0 - group.absence)
        yield span._replace(amount=agents * (span.end - span.start))
