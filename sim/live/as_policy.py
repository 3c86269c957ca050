"""Changes of a run written as a policy: key paths of the scenario, where available."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from scenarios.calendar.calendar import calendar_of
from scenarios.parts.clock import DAY_S
from scenarios.parts.staff import Group, Shift
from scenarios.schema import Scenario
from sim.live.changes import Announce, CallIn, Made, SendAgents, SetLimit


@dataclass
class AsPolicy:
    """What a policy would say that does the same."""

    changes: dict[str, Any] = field(default_factory=dict)
    """New values by key path."""
    remove: list[str] = field(default_factory=list)
    """Key paths of sections to leave out."""
    words: dict[str, str] = field(default_factory=dict)
    """What the changes say, as readable messages by key path, or by section for several keys."""
    notes: list[str] = field(default_factory=list)
    """How the policy differs from what was done, as readable messages."""
    left_out: list[str] = field(default_factory=list)
    """What cannot be saved as a policy, and why, as readable messages."""


def as_policy(scenario: Scenario, made: Iterable[Made]) -> AsPolicy:
    """Write changes as a policy of a scenario.

    A policy holds from the first day on and all day, and heads are changed for whole shifts; the
    notes say so.
    """
    policy = AsPolicy()
    for one in made:
        change = one.change
        if isinstance(change, SetLimit):
            key = f"authority.{change.level}.limit"
            policy.changes[key], policy.words[key] = change.limit, one.words
        elif isinstance(change, Announce):
            _announce(policy, scenario, one)
        else:
            _heads(policy, scenario, one)
    if policy.changes or policy.remove:
        policy.notes.insert(0, "A policy holds from the first opening on, not from a time of day.")
    return policy


def _announce(policy: AsPolicy, scenario: Scenario, made: Made) -> None:
    change = made.change
    assert isinstance(change, Announce)
    for key in [key for key in policy.changes if key.startswith("acknowledgement.")]:
        del policy.changes[key]
    policy.remove = [key for key in policy.remove if key != "acknowledgement"]
    policy.words["acknowledgement"] = made.words
    if change.announce == "none":
        if scenario.acknowledgement is not None:
            policy.remove.append("acknowledgement")
        return
    policy.changes["acknowledgement.announce"] = change.announce
    policy.changes["acknowledgement.patience_factor"] = change.patience_factor
    policy.changes["acknowledgement.told_factor"] = change.told_factor


def _heads(policy: AsPolicy, scenario: Scenario, made: Made) -> None:
    """Heads of whole shifts: more where people came, fewer where they left."""
    change = made.change
    assert isinstance(change, SendAgents | CallIn)
    moves = (
        [(change.group, change.count)]
        if isinstance(change, CallIn)
        else [(change.leave, -change.count), (change.join, change.count)]
    )
    wanted, words = dict(policy.changes), dict[str, str]()
    for name, heads in moves:
        key = _key_of_heads(scenario, name, made.at)
        if key is None:
            policy.left_out.append(
                f"{made.words}: {_group(scenario, name)} has no shift at that time of day whose "
                "heads a policy could change."
            )
            return
        path, who, now = key
        wanted[path] = wanted.get(path, now) + heads
        words[path] = f"{who}: {wanted[path]} instead of {now}"
        if wanted[path] < 0:
            policy.left_out.append(
                f"{made.words}: {who} would have fewer than nobody; they belong to more than one "
                "shift."
            )
            return
    policy.changes.update(wanted)
    policy.words.update(words)
    note = "Heads are changed for a whole shift on all its days, not for some hours of one day."
    if note not in policy.notes:
        policy.notes.append(note)


def _key_of_heads(scenario: Scenario, name: str, at: float) -> tuple[str, str, int] | None:
    """The key path of the heads on duty at a time, who that is, and how many they are."""
    group, title = scenario.groups[name], _group(scenario, name)
    if group.heads is not None:
        return f"groups.{name}.heads", title, group.heads
    day = int(at // DAY_S)
    # The largest of the shifts at that time can best do with one head more or less.
    there = _on_duty(scenario, group, day, at - day * DAY_S)
    lines = sorted(there, key=lambda line: -line[1].heads)
    if not lines:
        return None
    line, shift = lines[0]
    return f"groups.{name}.shifts.{line}.heads", f"{title}, shift {_said(line)}", shift.heads


def _group(scenario: Scenario, name: str) -> str:
    return scenario.groups[name].title or _said(name)


def _said(name: str) -> str:
    """A name from the file, as it is said."""
    return name.replace("_", " ").replace("-", " ")


def _on_duty(
    scenario: Scenario, group: Group, day: int, second: float
) -> Iterator[tuple[str, Shift]]:
    for name, shift in calendar_of(scenario).day(day).lines(group.shifts or {}):
        start, end = shift.span()
        if start <= second < end:
            yield name, shift
