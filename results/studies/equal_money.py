"""Equal money: what the baseline would be if it spent on one knob what a policy spends.

What is spent is the service and what is due to customers, the two sides of a break-even; whether
customers stay is not counted as money here, but compared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import Estimate, estimate
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.listing import joined
from results.studies.plan import AS_IT_IS, Place
from results.studies.study import Study
from results.studies.words import title, written_in

SPENT = ("service_cost", "remedies_due")
"""Measures that are spent together; one that is undefined counts as nothing."""


@dataclass(frozen=True)
class EqualMoney:
    """The baseline at the highest level that costs no more than the policy."""

    at: int | None
    """Number of the point; None where the baseline costs more at every level."""
    beyond: bool
    """It is the last level that was run: the money pays for more than that, or just for that."""
    more: Estimate
    """What the policy spends above the baseline at that level, or at the lowest one where there is
    none; money, paired."""
    differences: dict[str, Estimate]
    """By measure, the policy minus the baseline there, paired; empty where there is none."""


def spent(study: Study, place: Place) -> NDArray[np.float64]:
    """What is spent under a policy at a point, shape (replications,)."""
    parts = [np.nan_to_num(study.values(place, name)) for name in SPENT]
    return np.asarray(sum(parts))


def equal_money(study: Study, policy: str, baseline: str, measures: Sequence[str]) -> EqualMoney:
    """Find the level of the one factor at which the baseline spends what a policy spends.

    Args:
        study: of one factor whose levels are ascending numbers and cost more the higher they are,
            with the policy next to them as it is.
        policy: whose money is spent.
        baseline: whose knob is turned.
        measures: that are compared there.
    """
    aim = spent(study, (policy, AS_IT_IS))
    gaps = [estimate(aim - spent(study, (baseline, at))) for at in range(len(study.plan.points))]
    paid = [at for at, gap in enumerate(gaps) if gap.mean >= 0.0]
    if not paid:
        return EqualMoney(None, beyond=False, more=gaps[0], differences={})
    at = paid[-1]
    differences = {
        name: study.difference((policy, AS_IT_IS), (baseline, at), name) for name in measures
    }
    return EqualMoney(at, at == len(gaps) - 1, gaps[at], differences)


def equal_money_words(
    study: Study,
    policy: str,
    measures: Sequence[str],
    bought: Callable[[Any], str] | None = None,
) -> str:
    """What a policy's money would buy instead, and how the two compare, as sentences.

    Args:
        study: of one factor under the baseline, the policy next to it.
        policy: whose money is spent.
        measures: that are compared there.
        bought: what a level of the factor is to a reader; its name and value unless given.
    """
    (factor,), (baseline,) = study.plan.factors, study.plan.policies
    places = [(baseline, at) for at in range(len(study.plan.points))]
    if len({float(spent(study, place).mean()) for place in places}) < 2:
        what = f"{factor.name} costs" if bought is None else f"{bought(factor.levels[-1])} cost"
        return f"{what} nothing here: there is no equal money."
    found = equal_money(study, policy, baseline, measures)
    called, base = study.plan.called(policy), study.plan.called(baseline)
    currency = study.plan.scenario.costs.currency
    if found.at is None:
        less = numbers.money(abs(found.more.mean), currency)
        lowest = bought(factor.levels[0]) if bought is not None else f"{factor.name} at its lowest"
        return (
            f"{called} spends {less} a day less than {base} with {lowest}: "
            "its money buys nothing more."
        )
    level = factor.levels[found.at]
    has = bought(level) if bought is not None else f"{factor.name} {factor.written(level)}"
    only = " (the highest that was run)" if found.beyond else ""
    said = f"For the money of {called}, {base} has {has}{only}"
    parts = [
        part
        for name, difference in found.differences.items()
        if (part := _part(study, policy, name, difference))
    ]
    if not parts:
        return f"{said}."
    return f"{said}. Against that, under {called}: {joined(parts)}."


def _part(study: Study, policy: str, measure: str, difference: Estimate) -> str:
    if not difference.n or math.isnan(difference.half_width):
        return ""
    number = written_in(study, measure)
    value = number.value(study.level((policy, AS_IT_IS), measure).mean)
    change = f"{number.change(difference.mean)} {number.margin(difference.half_width)}".rstrip()
    better = MEASURES[measure].better
    word = "not known to differ"
    if difference.excludes_zero:
        word = "better" if (difference.mean < 0.0) == (better == "lower") else "worse"
    return f"{title(study, measure).lower()} {value} ({change}, {word})"
