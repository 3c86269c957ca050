"""The worst quarter of an hour of a day, and what was otherwise in it than in the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan, sqrt

from results.reading.listing import joined
from scenarios import Scenario
from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import binned
from scenarios.parts.clock import DAY_S, seconds_of
from sim.live import Doing, Snapshot
from tui.floor.names import said
from tui.floor.recorded_day import QUARTER_S, QUARTERS, RecordedDay

_FEWEST = 3
"""Waits that a quarter of an hour needs to be called the worst."""
_LEAST = 0.75
"""Agents more or less than usual, from which on it is a reason."""
_BEYOND_CHANCE = 1.5
"""Standard deviations more customers than planned, from which on it is a reason."""
_MOST_REASONS = 4
_CHANCE = "nobody missing: the calls came close together"

_ABSENT: Mapping[Doing, str] = {
    Doing.BREAK: "on break",
    Doing.AWAY: "in a meeting or training",
    Doing.WITH_APPROVER: "with an approver",
    Doing.HOLD: "with a customer on hold",
    Doing.HELPING: "helping others",
    Doing.WRITING: "writing",
}
"""What agents do instead of taking the next call."""


@dataclass(frozen=True)
class Reason:
    """Something that was otherwise than in the rest of the day."""

    weight: float
    """About how many agents it comes to."""
    words: str
    usual: str = ""
    """How it was in the rest of the day; empty for what there was nothing of."""

    @property
    def whole(self) -> str:
        """With what is usual."""
        return f"{self.words} ({self.usual})" if self.usual else self.words


@dataclass(frozen=True)
class Worst:
    """The quarter of an hour in which those who came waited longest."""

    begins: float
    """Seconds from midnight of the first day."""
    mean_s: float
    """Mean wait of the customers who came in it."""
    reasons: tuple[Reason, ...]
    """What was otherwise than in the rest of the day, the weightiest first."""

    @property
    def words(self) -> str:
        """The reasons as a phrase, with what is usual."""
        return joined(one.whole for one in self.reasons) or _CHANCE

    @property
    def short(self) -> str:
        """The reasons as a phrase."""
        return joined(one.words for one in self.reasons) or _CHANCE


def worst_of(day: RecordedDay, scenario: Scenario) -> Worst | None:
    """The worst quarter of an hour of a day, as far as it is recorded; None when nobody waited."""
    quarters = day.quarters
    known = [n for n in range(QUARTERS) if quarters[n].waits]
    if not known:
        return None
    usual = sum(quarters[n].waits for n in known) / len(known)
    enough = [n for n in known if quarters[n].waits >= max(_FEWEST, 0.25 * usual)] or known
    worst = max(enough, key=lambda n: quarters[n].mean_s)
    mean_s = quarters[worst].mean_s
    if isnan(mean_s) or mean_s <= 0.0:
        return None
    found = sorted(_reasons(day, scenario, worst), key=lambda reason: -reason.weight)
    return Worst(day.begins + worst * QUARTER_S, mean_s, tuple(found[:_MOST_REASONS]))


def _reasons(day: RecordedDay, scenario: Scenario, worst: int) -> Iterator[Reason]:
    """Everything that is otherwise than usual."""
    begins = day.begins + worst * QUARTER_S
    for words in _incidents(scenario, begins):
        yield Reason(inf, words)
    seen = _by_quarter(day)
    rest = [n for n in seen if n != worst and day.quarters[n].came]
    if worst not in seen or not rest:
        return
    yield from _people(seen, worst, rest)
    yield from _customers(day, scenario, worst, rest, seen)


def _people(
    seen: Mapping[int, Sequence[Snapshot]], worst: int, rest: Sequence[int]
) -> Iterator[Reason]:
    """Agents who do something else, or are not there."""
    for doing, words in _ABSENT.items():
        now = _mean(seen[worst], doing)
        usual = sum(_mean(seen[n], doing) for n in rest) / len(rest)
        if now - usual >= _LEAST:
            yield Reason(now - usual, f"{round(now)} {words}", _otherwise(usual))
    duty = _on_duty(seen[worst])
    usual = sum(_on_duty(seen[n]) for n in rest) / len(rest)
    if usual - duty >= max(_LEAST, 0.05 * usual):
        yield Reason(usual - duty, f"{round(duty)} on duty", _otherwise(usual))


def _otherwise(usual: float) -> str:
    return f"otherwise {round(usual)}" if round(usual) else ""


def _customers(
    day: RecordedDay,
    scenario: Scenario,
    worst: int,
    rest: Sequence[int],
    seen: Mapping[int, Sequence[Snapshot]],
) -> Iterator[Reason]:
    """More customers than were planned for, or than at other times."""
    came = day.quarters[worst].came
    mean_came = sum(day.quarters[n].came for n in rest) / len(rest)
    each = _busy(seen, rest) / mean_came if mean_came else 0.0
    planned = _planned(scenario, day.number)[worst]
    new = day.quarters[worst].new
    if planned and new - planned >= max(1.0, _BEYOND_CHANCE * sqrt(planned)):
        more, plan = (new - planned) * each, f"{round(planned)} planned"
        yield Reason(more, f"{new} new calls and chats", plan)
    elif came >= 1.2 * mean_came and came - mean_came >= 1.0:
        more = (came - mean_came) * each
        yield Reason(more, f"{came} calls and chats", _otherwise(mean_came))
    waiting = _waiting(seen[worst][0])
    usual = sum(_waiting(seen[n][0]) for n in rest) / len(rest)
    if waiting >= max(3.0, 2.0 * usual):
        yield Reason(0.5 * _LEAST, f"{waiting} waiting when it began")


def _incidents(scenario: Scenario, begins: float) -> Iterator[str]:
    """Incidents and outages that the scenario has at that time."""
    ends = begins + QUARTER_S
    for name, incident in scenario.incidents.items():
        start = (incident.day - 1) * DAY_S + seconds_of(incident.start)
        if start < ends and begins < start + incident.minutes * 60.0:
            yield f"incident: {said(name)}"
    for name, outage in scenario.outages.items():
        day = scenario.horizon.number(outage.date) if outage.date else (outage.day or 1) - 1
        start = day * DAY_S + seconds_of(outage.start)
        if start < ends and begins < start + outage.minutes * 60.0:
            yield f"outage: {said(name)}"


def _planned(scenario: Scenario, number: int) -> list[float]:
    """Calls and chats that are planned in each quarter of an hour of a day."""
    planned = [0.0] * QUARTERS
    day = calendar_of(scenario).day(number)
    for name, reason in scenario.reasons.items():
        weights = reason.channels
        live = sum(weights.get(channel, 0.0) for channel in ("voice", "chat"))
        share = live / sum(weights.values()) if weights else 0.0
        for place, amount in enumerate(binned(day.volume(name), QUARTER_S, QUARTERS)):
            planned[place] += amount * share
    return planned


def _by_quarter(day: RecordedDay) -> dict[int, list[Snapshot]]:
    found: dict[int, list[Snapshot]] = {}
    for snapshot in day.minutes:
        place = min(QUARTERS - 1, int((snapshot.now - day.begins) // QUARTER_S))
        found.setdefault(place, []).append(snapshot)
    return found


def _mean(minutes: Sequence[Snapshot], *doing: Doing) -> float:
    """How many agents are seen doing this, on average."""
    seen = sum(
        group.doing.count(one) for minute in minutes for group in minute.groups for one in doing
    )
    return seen / len(minutes)


def _on_duty(minutes: Sequence[Snapshot]) -> float:
    everybody = sum(len(group.doing) for minute in minutes for group in minute.groups)
    return everybody / len(minutes) - _mean(minutes, Doing.OFF)


def _busy(seen: Mapping[int, Sequence[Snapshot]], rest: Sequence[int]) -> float:
    serving = (Doing.TALK, Doing.HOLD, Doing.WITH_APPROVER, Doing.WRAP_UP)
    return sum(_mean(seen[n], *serving) for n in rest) / len(rest)


def _waiting(snapshot: Snapshot) -> int:
    return sum(queue.waiting for queue in snapshot.queues if queue.channel in ("voice", "chat"))
