"""A goal: what a measure should come to, and at which level of a factor it does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from results.comparison.estimate import Estimate, estimate
from results.errors import ExperimentError, unknown
from results.measures.registry import MEASURES
from results.studies.crossing import Crossing, crossing
from results.studies.plan import AS_IT_IS
from results.studies.study import Study

_MORE_THAN_ALL = ("attrition",)
"""Shares that can be above 1: of a year, in which a place may be filled anew more than once."""


@dataclass(frozen=True)
class Goal:
    """A measure and the value it should reach."""

    measure: str
    at_least: bool
    """Whether more is asked for; else less."""
    value: float
    """In the unit of the measure."""

    @property
    def text(self) -> str:
        """As it is written: ``service_level>=0.8``."""
        return f"{self.measure}{'>=' if self.at_least else '<='}{self.value!r}"

    def short_by(self, found: Estimate) -> Estimate:
        """How far an estimate lies beyond the goal: negative is short of it."""
        sign = 1.0 if self.at_least else -1.0
        return Estimate(sign * (found.mean - self.value), found.half_width, found.n)


def goal_of(text: str) -> Goal:
    """The goal in ``service_level>=0.8`` or ``asa<=20``.

    Raises:
        ExperimentError: it is no goal, about no measure, or no number that the measure can be.
    """
    for sign in (">=", "<="):
        name, found, number = (part.strip() for part in text.partition(sign))
        if found:
            break
    else:
        raise ExperimentError(f"'{text}' is no goal; write service_level>=0.8 or asa<=20.")
    if name not in MEASURES:
        raise ExperimentError(unknown("measure", name, MEASURES))
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ExperimentError(
            f"'{number}' in {text} is no number; shares are fractions: 0.8 is 80 %."
        )
    if MEASURES[name].unit == "share" and name not in _MORE_THAN_ALL and not 0.0 <= value <= 1.0:
        raise ExperimentError(
            f"{number} in {text} is no share: shares are fractions from 0 to 1, and 0.8 is 80 %."
        )
    return Goal(name, sign == ">=", value)


def reached(study: Study, policy: str, goal: Goal) -> Crossing:
    """At which level of the one factor a policy reaches a goal, levels ascending."""
    (factor,) = study.plan.factors
    found = [goal.short_by(one) for one in study.curve(policy, goal.measure)]
    return crossing([float(level) for level in factor.levels], found)


def worth(study: Study, policy: str, baseline: str, measure: str, at: int = AS_IT_IS) -> Crossing:
    """At which level of the one factor the baseline does as well as a policy does.

    The differences are paired: the baseline at each level against the policy, with the same
    customers.

    Args:
        study: of one factor whose levels are ascending numbers.
        policy: whose worth is asked.
        baseline: whose knob is turned.
        measure: by name; one that has a better direction.
        at: number of the point at which the policy stands; as it is when left out.
    """
    (factor,) = study.plan.factors
    sign = 1.0 if MEASURES[measure].better == "higher" else -1.0
    aim = study.values((policy, at), measure)
    found = [
        estimate(sign * (study.values((baseline, here), measure) - aim))
        for here in range(len(factor.levels))
    ]
    return crossing([float(level) for level in factor.levels], found)
