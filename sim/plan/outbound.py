"""Outbound lists as plain numbers: who calls, when, whom, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S, planned_for, seconds_of, span_of
from scenarios.parts.outbound import Outbound
from scenarios.schema import Scenario
from sim.draws.amounts import Amount, amount_of


@dataclass(frozen=True, slots=True, eq=False)
class OutboundPlan:
    """One list of customers to call."""

    name: str
    position: int
    groups: tuple[int, ...]
    windows: tuple[tuple[float, float] | None, ...]
    """By day, when calls are begun, in seconds from the midnight of the first day."""
    records: tuple[int, ...]
    """By day, customers who are put on the list."""
    contact_rate: float
    contact_rates: tuple[tuple[float, float, float], ...]
    """Begin and end in seconds from midnight, and the rate between them."""
    right_party: float
    dials_ahead: bool
    pace: float
    most_abandoned: float
    """1 where any share may be."""
    reserve: int
    preview: Amount
    ring: Amount
    talk: Amount
    wrong_party: Amount
    wrap_up: Amount
    tries: int
    retry_after_min: Amount

    def is_open(self, now: float) -> bool:
        """Whether calls are begun at a time."""
        day = int(now // DAY_S)
        window = self.windows[day] if day < len(self.windows) else None
        return window is not None and window[0] <= now < window[1]

    def answered_at(self, time: float) -> float:
        """The share of calls that somebody answers at a time."""
        second = time % DAY_S
        for start, end, rate in self.contact_rates:
            if start <= second < end:
                return rate
        return self.contact_rate


def outbound_of(scenario: Scenario) -> tuple[OutboundPlan, ...]:
    """All lists, in the order of the scenario."""
    return tuple(
        _plan(scenario, name, number, section)
        for number, (name, section) in enumerate(scenario.outbound.items())
    )


def _plan(scenario: Scenario, name: str, number: int, section: Outbound) -> OutboundPlan:
    groups = list(scenario.groups)
    most = section.abandoned_at_most
    return OutboundPlan(
        name=name,
        position=number,
        groups=tuple(map(groups.index, section.groups)),
        windows=_windows(scenario, section),
        records=_records(scenario, section),
        contact_rate=section.contact_rate,
        contact_rates=tuple(
            (seconds_of(one.start), seconds_of(one.end), one.contact_rate)
            for one in section.contact_rate_by_time
        ),
        right_party=section.right_party,
        dials_ahead=section.mode == "progressive",
        pace=section.pace,
        most_abandoned=1.0 if most is None else most,
        reserve=section.reserve,
        preview=amount_of(section.preview_s) if section.mode == "preview" else 0.0,
        ring=amount_of(section.ring_s),
        talk=amount_of(section.talk_s),
        wrong_party=amount_of(section.wrong_party_s),
        wrap_up=amount_of(section.wrap_up_s),
        tries=section.tries,
        retry_after_min=amount_of(section.retry_after_min),
    )


def _windows(scenario: Scenario, section: Outbound) -> tuple[tuple[float, float] | None, ...]:
    calendar = calendar_of(scenario)
    own = span_of(section.hours) if section.hours is not None else None
    found: list[tuple[float, float] | None] = []
    for day in range(scenario.horizon.days):
        span = calendar.day(day).opening("voice")
        if span is not None and section.hours is not None:
            span = own
        found.append(None if span is None else (day * DAY_S + span[0], day * DAY_S + span[1]))
    return tuple(found)


def _records(scenario: Scenario, section: Outbound) -> tuple[int, ...]:
    calendar = calendar_of(scenario)
    found = []
    for day in range(scenario.horizon.days):
        factor = planned_for(calendar.day(day).names, section.weekdays)
        new = section.records_per_day * (1.0 if factor is None else factor)
        found.append(int(new + 0.5))
    found[0] += section.records_at_start
    return tuple(found)
