"""The day that the bench runs: an ordinary one instead of the whole horizon, to be quick."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios import Scenario, ScenarioError, with_changes
from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import total
from scenarios.files.toml_text import key_text
from scenarios.parts.clock import WEEKDAYS

SLOW = {
    "training": "training",
    "learning": "learning curves",
    "engagement": "engagement",
    "hiring": "hiring",
}
"""Levers of a group that need weeks to show, and what they are called."""


@dataclass(frozen=True)
class Stretch:
    """The days that are run."""

    scenario: Scenario
    """The base over these days."""
    words: str
    """Which days they are, for the screen."""
    unseen: str = ""
    """What the scenario has and so few days cannot show; empty when nothing."""


def whole_horizon(scenario: Scenario) -> Stretch:
    """Every day of the scenario."""
    days = scenario.horizon.days
    weekday = scenario.horizon.weekday(0).capitalize()
    return Stretch(scenario, weekday if days == 1 else f"All {days} days")


def one_day(scenario: Scenario) -> Stretch:
    """One day that stands for the others: that of an incident, or else an ordinary one.

    The warm-up stays in front of it. The whole horizon where it has only one day, or cannot be cut.
    """
    horizon = scenario.horizon
    ahead = math.ceil(horizon.warm_up_days)
    if horizon.days <= ahead + 1:
        return whole_horizon(scenario)
    day = _incident_day(scenario)
    day = _ordinary_day(scenario) if day is None else day
    changes: dict[str, object] = {
        "horizon.days": ahead + 1,
        "horizon.part_of_days": horizon.days,
    }
    date = horizon.date(day - ahead)
    if date is None:
        changes["horizon.first_weekday"] = horizon.weekday(day - ahead)
    else:
        changes["horizon.first_date"] = date.isoformat()
    kept = {name for name, one in scenario.incidents.items() if one.day == day + 1}
    changes |= {key_text(("incidents", name, "day")): ahead + 1 for name in kept}
    remove = [key_text(("incidents", name)) for name in scenario.incidents if name not in kept]
    try:
        cut = with_changes(scenario.model_copy(update={"policies": {}}), changes, remove)
    except ScenarioError:
        return whole_horizon(scenario)
    kind = "the incident's" if kept else "an ordinary"
    words = f"One day, {kind} {horizon.weekday(day).capitalize()} of {horizon.days} days"
    return Stretch(cut, words, _unseen(scenario))


def _incident_day(scenario: Scenario) -> int | None:
    days = [one.day - 1 for one in scenario.incidents.values()]
    return min(days, default=None)


def _ordinary_day(scenario: Scenario) -> int:
    """The day with customers whose number is nearest to the mean of such days."""
    if any(reason.volume.at_s is not None for reason in scenario.reasons.values()):
        return 0
    calendar = calendar_of(scenario)
    by_day = [
        sum(total(day.volume(name)) for name in scenario.reasons) for day in calendar.laid_out
    ]
    totals = {day: customers for day, customers in enumerate(by_day) if customers > 0.0}
    weekend = {5, 6}
    first = WEEKDAYS.index(scenario.horizon.weekday(0))
    working = {d: n for d, n in totals.items() if (first + d) % 7 not in weekend} or totals
    if not working:
        return 0
    mean = sum(working.values()) / len(working)
    # Among equals the second is taken: the first carries whatever is special about a beginning.
    nearest = min(abs(n - mean) for n in working.values())
    equal = [d for d, n in sorted(working.items()) if abs(n - mean) <= nearest + 1e-9 * mean]
    return equal[min(1, len(equal) - 1)]


def _unseen(scenario: Scenario) -> str:
    groups = scenario.groups.values()
    found = [words for key, words in SLOW.items() if any(getattr(g, key) for g in groups)]
    found += ["root causes"] if scenario.root_causes else []
    return ", ".join(found)
