"""Driving figures: the scenario's own numbers on which an answer may depend, each moved as a whole.

A register of assumptions cannot know them: how long contacts take, how often agents can solve a
case, how long approvers need and how often they decline, what complaints cost, how patient
customers are, how many come. Each is varied by a factor wherever it stands, on top of what a
policy sets. The ranges are nobody's measurement: a tenth either way for what a centre counts every
day, a fifth for what it estimates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scenarios.checks.problems import ScenarioError
from scenarios.files.documents import document_of
from scenarios.files.toml_text import key_text
from scenarios.parts.authority import AskApprover
from scenarios.policies.policy import with_changes
from scenarios.policies.stresses import Changes, longer, scaled
from scenarios.register.entry import Side, Standing
from scenarios.schema import Scenario

_TENTH, _FIFTH = (0.9, 1.1), (0.8, 1.2)
_DIGITS = 9


@dataclass(frozen=True)
class DrivingFigure:
    """A kind of number that a scenario sets itself."""

    title: str
    """What it is in a manager's words."""
    key: str
    """Where it stands, ``*`` for any name."""
    low: float
    high: float
    make: Callable[[Scenario, float], Changes]
    """The changes that multiply it, wherever it stands under a policy."""
    unit: str = "factor"
    side: Side = "floor"
    strength: Standing = "own"

    def written(self, *values: float) -> str:
        """Factors as shares of what the scenario says: 80 to 120 % of it."""
        return f"{' to '.join(f'{100.0 * value:.4g}' for value in values)} % of the scenario's"

    def moved(self, scenario: Scenario, factor: float) -> Scenario | None:
        """The scenario with the figure multiplied; None where it has none, or allows no such one.

        Args:
            scenario: with the changes of a policy applied.
            factor: on the figure wherever it stands.
        """
        changes = self.make(scenario, factor)
        try:
            moved = with_changes(scenario, changes) if changes else scenario
        except ScenarioError:
            return None
        return None if moved == scenario else moved


def _volume(scenario: Scenario, factor: float) -> Changes:
    return {
        key_text(("reasons", name, "volume", "factor")): reason.volume.factor * factor
        for name, reason in scenario.reasons.items()
        if reason.volume.at_s is None
    }


def _unsolved(scenario: Scenario, factor: float) -> Changes:
    return {
        key_text(("reasons", name, "solve")): _complement(reason.solve, factor)
        for name, reason in scenario.reasons.items()
        if 0.0 < reason.solve < 1.0
    }


def _complement(share: float, factor: float) -> float:
    """A share of which the rest is multiplied."""
    return round(max(1.0 - (1.0 - share) * factor, 0.0), _DIGITS)


def _patience(scenario: Scenario, factor: float) -> Changes:
    """Of every customer: those of priority classes, and where many wait, as well."""
    return {
        key_text(("reasons", name, "patience_factor")): reason.patience_factor * factor
        for name, reason in scenario.reasons.items()
        if reason.patience_s or reason.crowded_anywhere
    }


def _money(scenario: Scenario, factor: float) -> Changes:
    reasons = document_of(scenario)["reasons"]
    return {
        key_text(("reasons", name, "remedy", "money")): scaled(
            reasons[name]["remedy"]["money"], factor
        )
        for name, reason in scenario.reasons.items()
        if reason.remedy is not None
    }


def _generosity(scenario: Scenario, factor: float) -> Changes:
    return {
        key_text(("groups", name, "generosity", "mean")): group.generosity.mean * factor
        for name, group in scenario.groups.items()
        if group.generosity.mean != 1.0
    }


def _decisions(scenario: Scenario, factor: float) -> Changes:
    document = document_of(scenario)
    return {
        key_text(("escalation", *place, "decision_s")): scaled(
            document["escalation"][place[0]]["steps"][place[2]]["decision_s"], factor
        )
        for place, _ in _asked(scenario)
    }


def _declined(scenario: Scenario, factor: float) -> Changes:
    return {
        key_text(("escalation", *place, "approval")): _complement(step.approval, factor)
        for place, step in _asked(scenario)
        if step.approval < 1.0
    }


def _asked(scenario: Scenario) -> list[tuple[tuple[str, str, int], Any]]:
    """The steps in which somebody is asked to approve, each with its place."""
    return [
        ((name, "steps", number), step)
        for name, path in scenario.escalation.items()
        for number, step in enumerate(path.steps)
        if isinstance(step, AskApprover) or getattr(step, "approver", None)
    ]


DRIVING_FIGURES = (
    DrivingFigure("Customers who come", "reasons.*.volume", *_TENTH, _volume),
    DrivingFigure("Handling time", "groups.*.talk_factor", *_TENTH, longer),
    DrivingFigure("Cases that agents cannot solve", "reasons.*.solve", *_FIFTH, _unsolved),
    DrivingFigure("Patience while waiting", "reasons.*.patience_factor", *_FIFTH, _patience),
    DrivingFigure("Money that complaints need", "reasons.*.remedy.money", *_FIFTH, _money),
    DrivingFigure("What agents give alone", "groups.*.generosity.mean", *_TENTH, _generosity),
    DrivingFigure(
        "Time of an approver's decision", "escalation.*.steps.*.decision_s", *_FIFTH, _decisions
    ),
    DrivingFigure(
        "Requests that are declined", "escalation.*.steps.*.approval", *_FIFTH, _declined
    ),
)
"""All kinds, in the order of reports."""
