"""The days that the bench runs: the whole horizon where that is quick, else an ordinary day."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios import Scenario, ScenarioError, with_changes
from scenarios.calendar.calendar import calendar_of
from scenarios.calendar.spans import total
from scenarios.checks.size import size_of
from scenarios.files.toml_text import key_text
from scenarios.parts.clock import WEEKDAYS
from scenarios.rules.reach import can_outlast_a_day

QUICK_S = 0.5
"""Seconds of one core that a replication of the whole horizon takes at most, by the estimate of
``firstline check``, for it to be run unless one day is asked for: base and what-if, one after the
other on one core, then show a first estimate within a second."""

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
    day: str = ""
    """Which day it is, where it is one of several: ``one ordinary Tuesday``."""

    @property
    def whole(self) -> bool:
        """Whether these are all days of the scenario."""
        return not self.day


def whole_horizon(scenario: Scenario) -> Stretch:
    """Every day of the scenario."""
    days = scenario.horizon.days
    weekday = scenario.horizon.weekday(0).capitalize()
    return Stretch(scenario, weekday if days == 1 else f"All {days} days")


def horizon_words(scenario: Scenario) -> str:
    """All days of a scenario, inside a sentence."""
    days = scenario.horizon.days
    if days == 1:
        return f"one {scenario.horizon.weekday(0).capitalize()}"
    return "the whole week" if days == 7 else f"all {days} days"


def is_quick(scenario: Scenario) -> bool:
    """Whether the whole horizon of a scenario shows a first estimate within a second."""
    return size_of(scenario).seconds <= QUICK_S


def stretch_for(scenario: Scenario, chosen: str) -> Stretch:
    """The days to run.

    Args:
        scenario: that is open.
        chosen: ``day`` or ``all``; empty where nobody has chosen, and then all where that is quick.
    """
    whole = chosen == "all" if chosen else is_quick(scenario)
    return whole_horizon(scenario) if whole else one_day(scenario)


def why_all(scenario: Scenario, chosen: str) -> str:
    """Why a comparison runs all days of a scenario, and whether a what-if does, in a sentence.

    Args:
        scenario: that is open.
        chosen: for its what-ifs: ``day`` or ``all``; empty where nobody has chosen.
    """
    if scenario.horizon.days == 1:
        return f"{_sentence(horizon_words(scenario))}: the scenario has no other day."
    on = "cases go on for days" if can_outlast_a_day(scenario) else "days differ"
    whole = chosen == "all" if chosen else is_quick(scenario)
    other = "as What-if does" if whole else "What-if runs one day"
    return f"{_sentence(horizon_words(scenario))}, because {on}; {other}."


def days_of_run(scenario: Scenario) -> str:
    """Which days a past run has, in a sentence."""
    horizon = scenario.horizon
    if horizon.part_of_days is None:
        return f"{_sentence(horizon_words(scenario))} of that run."
    days = horizon_words(scenario) if horizon.days == 1 else f"{horizon.days} days"
    return (
        f"{_sentence(days)} of {horizon.part_of_days} days: what shows later is left out; "
        "Compare runs all."
    )


def why_this(stretch: Stretch, scenario: Scenario, chosen: str) -> str:
    """Which days are run, why these, and where others are, in a sentence.

    Args:
        stretch: that is run.
        scenario: with its whole horizon.
        chosen: ``day`` or ``all``; empty where nobody has chosen.
    """
    horizon = horizon_words(scenario)
    if stretch.day:
        takes, it = ("takes", "it") if scenario.horizon.days == 7 else ("take", "them")
        because = f"because {horizon} {takes} over a second; Compare and d run {it}"
        said = f"as chosen; Compare and d run {horizon}" if chosen else because
        lacks = f" One day shows nothing of {stretch.unseen}." if stretch.unseen else ""
        return f"{_sentence(stretch.day)}, {said}.{lacks}"
    if scenario.horizon.days == 1:
        return f"{_sentence(horizon)}, as in Compare: the scenario has no other day."
    because = "as chosen" if chosen else "because it is quick to run"
    return f"{_sentence(horizon)}, as in Compare, {because}; d runs one day."


def _sentence(said: str) -> str:
    return said[:1].upper() + said[1:]


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
    weekday = horizon.weekday(day).capitalize()
    kind = "the incident's" if kept else "an ordinary"
    words = f"One day, {kind} {weekday} of {horizon.days} days"
    name = f"the incident's {weekday}" if kept else f"one ordinary {weekday}"
    return Stretch(cut, words, _unseen(scenario), name)


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
