"""Stresses: what a plan should survive, as named changes on top of every policy.

The set is fixed, so that plans can be compared: a fifth more customers, two people absent, a tenth
more work in every contact, an hour at three times the volume, and an approver ill. Which group,
which hour and which approvers are meant is read from the scenario as it stands, and is the same
under every policy. What the scenario has no place for is left out, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.day import main_channel
from scenarios.calendar.spans import binned, parts_within, union
from scenarios.checks.problems import ScenarioError
from scenarios.files.documents import document_of
from scenarios.files.toml_text import key_text
from scenarios.parts.authority import AskApprover, Ticket
from scenarios.parts.clock import DAY_S, clock_text
from scenarios.parts.persons import Persons
from scenarios.parts.staff import Group
from scenarios.policies.policy import with_changes
from scenarios.schema import Scenario

MORE_CUSTOMERS = 1.2
LONGER = 1.1
ABSENT = 2
OUTAGE_MULTIPLIER = 3.0

_HOUR_S = 3600.0
_DIGITS = 9
_SIZES = (
    *("value", "point_at", "mean", "median", "p90", "scale", "low", "mode", "high", "values"),
    *("times", "tail_mean"),
)
"""Keys of a distribution in its unit; the others are shapes and shares."""

Changes = dict[str, Any]


@dataclass(frozen=True)
class Stress:
    """Something that a plan should survive."""

    name: str
    """A word, as in tables for programs."""
    title: str
    """What it is called, for a reader."""
    about: str
    """What happens, in a sentence; why there is no such thing where it is missing."""
    make: Callable[[Scenario], Changes] | None
    """The changes it makes to a scenario, a policy's changes applied; None where it is missing."""

    @property
    def exists(self) -> bool:
        """Whether the scenario has a place for it."""
        return self.make is not None

    def changes(self, scenario: Scenario) -> Changes | None:
        """What it changes in the scenario under a policy; None where that cannot be.

        Args:
            scenario: with the changes of the policy applied.
        """
        try:
            changes = self.make(scenario) if self.make is not None else {}
            if changes:
                with_changes(scenario, changes)
        except (ScenarioError, _NobodyError):
            return None
        return changes or None


class _NobodyError(Exception):
    """There are not so many people to be absent."""


def stresses_of(scenario: Scenario) -> tuple[Stress, ...]:
    """The stresses for a scenario, in a fixed order; one that is missing says why.

    Args:
        scenario: as it stands, under its baseline.
    """
    found = (
        _more_customers(scenario),
        _two_absent(scenario),
        _more_work(),
        _outage_hour(scenario),
        _approver_ill(scenario),
    )
    return tuple(_checked(one, scenario) for one in found)


def _checked(stress: Stress, scenario: Scenario) -> Stress:
    """The stress itself, or the same without its changes where none of the policies can bear it."""
    if not stress.exists or stress.changes(scenario) is not None:
        return stress
    return Stress(
        stress.name, stress.title, f"{stress.about} Not here: nobody would be left.", None
    )


def _more_customers(scenario: Scenario) -> Stress:
    title = "Volume +20 %"
    if all(reason.volume.at_s is not None for reason in scenario.reasons.values()):
        return Stress(
            "volume", title, "All customers come at given times, which no factor changes.", None
        )
    return Stress("volume", title, "A fifth more customers of every reason.", _volume)


def _volume(scenario: Scenario) -> Changes:
    return {
        key_text(("reasons", name, "volume", "factor")): round(
            reason.volume.factor * MORE_CUSTOMERS, _DIGITS
        )
        for name, reason in scenario.reasons.items()
        if reason.volume.at_s is None
    }


def _two_absent(scenario: Scenario) -> Stress:
    title, name = "Two absent", largest_front_line(scenario)
    if name is None:
        return Stress("two-absent", title, "No group of tier 1 has anybody on duty.", None)
    about = f"Two people of {name} absent the whole time{_from_where(scenario.groups[name])}."
    return Stress("two-absent", title, about, partial(_fewer, name, ABSENT))


def largest_front_line(scenario: Scenario) -> str | None:
    """The group of tier 1 with the most people; None where none has any."""
    groups = {name: g.places() for name, g in scenario.groups.items() if g.tier == 1}
    largest = max(groups, key=lambda name: groups[name], default=None)
    return largest if largest is not None and groups[largest] else None


def _approver_ill(scenario: Scenario) -> Stress:
    title, name = "Approver ill", next(_approvers(scenario), None)
    if name is None:
        return Stress("approver-ill", title, "Nobody is asked to approve anything.", None)
    where = _from_where(scenario.groups[name])
    about = f"One person of {name}, who approve for others, absent the whole time{where}."
    return Stress("approver-ill", title, about, partial(_fewer, name, 1))


def _approvers(scenario: Scenario) -> Iterator[str]:
    """The groups that are asked to approve, those that the largest front line asks first."""
    first = scenario.groups.get(largest_front_line(scenario) or "")
    paths = [] if first is None else [first.beyond_authority, first.beyond_knowledge]
    in_order = dict.fromkeys((*paths, *scenario.escalation))
    for path in (scenario.escalation[name] for name in in_order if name in scenario.escalation):
        for step in path.steps:
            name = step.group if isinstance(step, AskApprover) else getattr(step, "approver", None)
            if name in scenario.groups:
                yield str(name)


def _fewer(name: str, count: int, scenario: Scenario) -> Changes:
    """The group with so many people fewer, taken from its largest shift, one after the other."""
    group = scenario.groups.get(name)
    if group is None or group.places() < count:
        raise _NobodyError
    if group.heads is not None:
        return {key_text(("groups", name, "heads")): group.heads - count}
    if group.heads_by_interval is not None:
        return {
            key_text(("groups", name, "heads_by_interval", "heads", day)): [
                max(heads - count, 0) for heads in row
            ]
            for day, row in group.heads_by_interval.heads.items()
        }
    if group.persons is not None:
        return _days_off(name, count, group.persons)
    return _smaller_shifts(name, count, group)


def _days_off(name: str, count: int, persons: Persons) -> Changes:
    """Those with the most windows are never on duty."""
    people = persons.by_name
    longest = sorted(people, key=lambda one: -sum(map(len, people[one].windows.values())))
    return {
        key_text(("groups", name, "persons", "by_name", one, "windows", day)): []
        for one in longest[:count]
        for day in people[one].windows
    }


def _from_where(group: Group) -> str:
    return ", from the largest shifts" if group.shifts is not None else ""


def _smaller_shifts(name: str, count: int, group: Group) -> Changes:
    shifts = group.shifts or {}
    crews = {shift.crew or line: shift.heads for line, shift in shifts.items()}
    for _ in range(count):
        crews[max(crews, key=lambda crew: crews[crew])] -= 1
    return {
        key_text(("groups", name, "shifts", line, "heads")): crews[shift.crew or line]
        for line, shift in shifts.items()
        if crews[shift.crew or line] != shift.heads
    }


def _more_work() -> Stress:
    about = "Talk, wrap-up and the writing of tickets take a tenth longer, in every group."
    return Stress("handling-time", "Handling time +10 %", about, partial(longer, factor=LONGER))


def longer(scenario: Scenario, factor: float) -> Changes:
    """Talk, wrap-up and the writing of tickets so many times as long, in every group."""
    changes: Changes = {}
    document = document_of(scenario)
    for name, group in scenario.groups.items():
        for key in ("talk_factor", "wrap_up_factor"):
            changes[key_text(("groups", name, key))] = round(getattr(group, key) * factor, _DIGITS)
        for reason, own in group.talk_factors.items():
            path = ("groups", name, "talk_factors", reason)
            changes[key_text(path)] = round(own * factor, _DIGITS)
        for reason in group.talk_s:
            amount = document["groups"][name]["talk_s"][reason]
            changes[key_text(("groups", name, "talk_s", reason))] = scaled(amount, factor)
    for name, steps in ((name, path.steps) for name, path in scenario.escalation.items()):
        for number, step in enumerate(steps):
            if isinstance(step, Ticket):
                amount = document["escalation"][name]["steps"][number]["work_s"]
                key = key_text(("escalation", name, "steps", number, "work_s"))
                changes[key] = scaled(amount, factor)
    return changes


def scaled(distribution: dict[str, Any], factor: float) -> dict[str, Any]:
    """The distribution, as a table, with every amount so many times as large."""

    def larger(amount: Any) -> Any:
        return [one * factor for one in amount] if isinstance(amount, list) else amount * factor

    return {
        key: larger(value) if key in _SIZES and value is not None else value
        for key, value in distribution.items()
    }


def _outage_hour(scenario: Scenario) -> Stress:
    title, busiest = "Outage hour", busiest_hour(scenario)
    if busiest is None:
        why = "No reason has a volume that an incident could multiply."
        return Stress("outage-hour", title, why, None)
    day, start = busiest
    weekday = scenario.horizon.weekday(day - 1).capitalize()
    about = (
        f"Three times the customers for an hour from {clock_text(start)} on day {day} ({weekday}), "
        "the busiest of the horizon"
    )
    about += ", in addition to the incidents in the scenario." if scenario.incidents else "."
    return Stress("outage-hour", title, about, partial(_incident, day, clock_text(start)))


def _incident(day: int, start: str, scenario: Scenario) -> Changes:
    name = "stress_outage"
    while name in scenario.incidents:
        name += "_"
    incident = {"day": day, "start": start, "minutes": 60, "multiplier": OUTAGE_MULTIPLIER}
    return {key_text(("incidents", name)): incident}


def busiest_hour(scenario: Scenario) -> tuple[int, float] | None:
    """The full hour in which most customers turn up, after the warm-up.

    Returns:
        The day of the horizon, 1 is the first, and the hour's begin in seconds from midnight; the
        first of several alike. None where no customers turn up that an incident could multiply.
    """
    horizon, calendar = scenario.horizon, calendar_of(scenario)
    week = len(calendar.laid_out)
    hours = int(DAY_S / _HOUR_S)
    arriving = [
        part
        for name, reason in scenario.reasons.items()
        if reason.volume.at_s is None
        for doors in [union(calendar.opening(main_channel(reason)))]
        for span in calendar.volume(name)
        for part in parts_within(span, doors)
    ]
    by_hour = binned(arriving, _HOUR_S, week * hours)
    first = ceil(horizon.warm_up_days * hours)
    last = min(horizon.days * hours, first + week * hours)
    places = [divmod(hour, hours) for hour in range(first, last)]
    found = max(places, key=lambda at: by_hour[at[0] % week * hours + at[1]], default=None)
    if found is None or not by_hour[found[0] % week * hours + found[1]]:
        return None
    return found[0] + 1, found[1] * _HOUR_S
