"""Unknown figures: what of a scenario is not known for sure, and between which ends it lies.

They come from two places: the table ``[uncertain]`` of the scenario, and the register of
assumptions where the scenario uses a relation at its default. What a scenario sets itself without
a range is taken as known, and so is what its policies set differently: that is the question.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from results.sensitivity.assumption_ranges import Variants, assumed_in
from scenarios import Scenario, apply, with_changes
from scenarios.checks.places import find
from scenarios.files.documents import full_document
from scenarios.files.toml_text import parse_key
from scenarios.policies.policy_set import PolicySet
from scenarios.register import Assumption
from scenarios.register.assumptions import Assumed, change_to
from scenarios.rules.uncertain import figure_at


@dataclass(frozen=True)
class Unknown:
    """A figure that is not known for sure, and its range."""

    keys: tuple[str, ...]
    """Every place that has it; they have the same value in a centre."""
    low: float
    value: float
    """What the scenario has, the likeliest."""
    high: float
    source: str
    title: str = ""
    """Of an assumption of the register; empty for a row of ``[uncertain]``."""
    whole: bool = False
    """A whole number."""
    drawn: tuple[float, ...] = ()
    """What was estimated from other days: the n-th of every figure that has any belong together."""

    @property
    def name(self) -> str:
        """What it is told by, and its draws are named after: no other figure has the same."""
        return f"{self.keys[0]} {self.title}".strip()

    def together(self, uniform: float) -> float:
        """The figure in a centre that takes one of those estimated together.

        Args:
            uniform: between 0 and 1; the same for every figure of a centre.
        """
        found = self.drawn[min(int(uniform * len(self.drawn)), len(self.drawn) - 1)]
        return round(found) if self.whole else found

    def at(self, uniform: float) -> float:
        """The figure in a centre: the triangular law between the ends, highest at the value.

        Args:
            uniform: between 0 and 1; the inverse of the law, so that more means more.
        """
        low, value, high = self.low, self.value, self.high
        turn = (value - low) / (high - low)
        if uniform < turn:
            found = low + math.sqrt(uniform * (high - low) * (value - low))
        else:
            found = high - math.sqrt((1.0 - uniform) * (high - low) * (high - value))
        # Rounding of the last digit may leave the range.
        found = min(max(found, low), high)
        return round(found) if self.whole else found


@dataclass(frozen=True)
class Unknowns:
    """All of a scenario under its policies, and how to give them values."""

    centre: PolicySet
    own: tuple[Unknown, ...]
    """Rows of ``[uncertain]``, in the order of the scenario."""
    assumed: tuple[tuple[Unknown, Assumption], ...]
    """Assumptions of the register, in its order."""
    rows: Mapping[str, tuple[Assumed, ...]]
    """By policy, the register as it stands there."""

    @property
    def all(self) -> tuple[Unknown, ...]:
        """Both, the scenario's own first."""
        return (*self.own, *(one for one, _ in self.assumed))

    def under(self, policy: str, values: Mapping[str, float]) -> Scenario:
        """The scenario under a policy in a centre of these figures.

        The policy is applied to the centre: what it sets stays what it sets.

        Args:
            policy: by name.
            values: of each unknown figure, by its name.

        Raises:
            ScenarioError: the figures do not go together.
        """
        scenario = self.centre.scenario
        changes = {key: values[one.name] for one in self.own for key in one.keys}
        made = with_changes(scenario, changes) if changes else scenario
        if policy != scenario.baseline:
            made = apply(made, policy)
        assumed = self._assumed(policy, made, values)
        return with_changes(made, assumed) if assumed else made

    def _assumed(self, policy: str, made: Scenario, values: Mapping[str, float]) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for one, assumption in self.assumed:
            for row in self.rows[policy]:
                mine = row.assumption is assumption and row.key in one.keys
                if not mine or not row.used or row.overridden:
                    continue
                for key, value in change_to(row, made, values[one.name]).items():
                    # Two figures of one distribution are changed together.
                    figures = {assumption.figure: values[one.name]}
                    changes[key] = changes[key] | figures if key in changes else value
        return changes


def unknowns_of(centre: PolicySet) -> Unknowns:
    """Everything that is not known for sure in a scenario.

    Args:
        centre: the scenario with all of its policies, so that what is drawn does not depend on
            which of them are compared.
    """
    variants = assumed_in(centre.under)
    own = tuple(_own(centre.scenario))
    named = [one.keys[0] for one in own]
    return Unknowns(centre, own, tuple(_assumed(variants, named)), variants.rows)


def _own(scenario: Scenario) -> Iterator[Unknown]:
    document = full_document(scenario) if scenario.uncertain else {}
    for key, one in scenario.uncertain.items():
        value = figure_at(document, key)
        # A figure outside its range was changed since, and is known.
        if value is not None and one.low <= value <= one.high and one.low < one.high:
            whole = find(parse_key(key) or (), document).whole
            mine = (one.low, value, one.high, one.source)
            yield Unknown((key,), *mine, whole=whole, drawn=one.drawn)


def _assumed(variants: Variants, named: list[str]) -> Iterator[tuple[Unknown, Assumption]]:
    for one in variants.ranges:
        assumption = one.assumption
        assert isinstance(assumption, Assumption), "there are no driving figures among them"
        mine = [
            row
            for found in variants.rows.values()
            for row in found
            if row.assumption is assumption
            and row.used
            and not row.overridden
            and row.key in one.keys
            and not any(key == row.key or key.startswith(f"{row.key}.") for key in named)
        ]
        if mine and one.low < one.high:
            keys = tuple(dict.fromkeys(row.key for row in mine))
            value, source = float(mine[0].value), assumption.source
            low, high = min(one.low, value), max(one.high, value)
            yield Unknown(keys, low, value, high, source, assumption.title), assumption
