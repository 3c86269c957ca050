"""What a measure is: one name, one equation, one place in the code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from results.measures.slice import CutKind, Slice

Unit = Literal["s", "hours", "share", "count", "money"]
"""Seconds, hours, a fraction of 1, a plain number, the scenario's currency."""

Scope = tuple[CutKind, ...]

CENTRE: Scope = ("all",)
CUSTOMERS: Scope = ("all", "complaints", "reason", "channel")
"""A contact that nobody answered belongs to no group."""
WAITS: Scope = (*CUSTOMERS, "queue")
"""But every wait belongs to a queue, answered or not."""
PEOPLE: Scope = ("all", "group", "tier")
REASONS: Scope = ("all", "complaints", "reason")
EVERYWHERE: Scope = (*CUSTOMERS, "group", "tier")
LEGS: Scope = (*WAITS, "group", "tier")
"""What agents' parts of contacts have, by whom they were answered and where they were offered."""


COPC = "COPC CX Standard"
METRICNET = "MetricNet, first-contact resolution; by case instead of contact"
COMMON = "common usage; as written here"
"""The field has no single written definition; the equation is the definition."""


@dataclass(frozen=True)
class Measure:
    """A number that a manager reads, with the only meaning it has here."""

    name: str
    title: str
    equation: str
    unit: Unit
    better: Literal["lower", "higher"] | None
    """None when neither is better by itself."""
    source: str
    """Where the definition comes from."""
    scope: Scope
    """Kinds of cut for which the measure is defined."""
    function: Callable[[Slice], float]
    """The equation in code; NaN where nothing is counted."""
    version: int = 1
    """Of the definition: one more whenever the same trace would give another number. Runs are
    compared only by measures of equal versions."""
    follows_cases: bool = False
    """It counts what becomes of cases later: days that cases outlast cannot show it."""
    least_days: float = 0.0
    """Days that must be measured for it to mean anything; less cannot show it."""

    @property
    def needs(self) -> str:
        """What the days must have for it to be shown, for a reader; empty where any will do."""
        if self.follows_cases:
            return "days in which cases come to an end: not shown over part of a horizon"
        return f"{self.least_days:g} days or more" if self.least_days else ""

    def is_shown_over(self, days: float, *, outlasted: bool) -> bool:
        """Whether days can show it.

        Args:
            days: that are measured.
            outlasted: they are part of a longer horizon, and cases begun in them can go on later.
        """
        return days >= self.least_days and not (outlasted and self.follows_cases)

    def exists_for(self, kind: str) -> bool:
        """Whether the measure is defined for a kind of cut; a week is the whole for a while."""
        return ("all" if kind == "week" else kind) in self.scope
