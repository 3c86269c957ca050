"""Expectations against what was found: a plan is held to what it promises, with confidence.

A bound is compared with the t interval of the mean over replications: it holds when the interval
lies on its right side, does not when the interval lies on the other, and is not known yet while
the interval straddles it. Several expectations are not adjusted for one another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from results.comparison.estimate import Estimate, across, estimate
from results.comparison.unseen import hidden_in
from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.measures.summary import Summary
from results.reading.notation import Notation, row_notation
from scenarios import Scenario
from scenarios.parts.expectation import EVERY_POLICY, Expectation
from scenarios.policies.policy_set import PolicySet

Outcome = Literal["holds", "does_not_hold", "not_known"]

MOST_FORESEEN = 10_000
"""Replications beyond which nobody would wait for a decision."""


@dataclass(frozen=True)
class Expected:
    """One expectation of one policy."""

    name: str
    policy: str
    expectation: Expectation


@dataclass(frozen=True)
class Checked:
    """One expectation of one policy, and what the replications say about it."""

    name: str
    policy: str
    expectation: Expectation
    found: Estimate
    """The measure over the replications, with the interval of the expectation's confidence."""
    outcome: Outcome
    more: int | None
    """Replications that might decide what is not known, at the spread seen so far; None where it
    is known, or where more replications are not likely to decide it."""

    @property
    def slack(self) -> float:
        """How far the mean lies within its bounds, as a share of the bound; below 0 outside."""
        return slack(self.expectation, self.found.mean)


def expected_of(
    scenario: Scenario | PolicySet, policies: Iterable[str] | None = None
) -> tuple[Expected, ...]:
    """What is expected of each policy, the baseline first, in the order of the scenario.

    An expectation that names no policy is one of the baseline; one that a policy brings or
    changes is one of that policy.

    Args:
        scenario: the centre with its policies.
        policies: those that count; all when None.
    """
    checked = PolicySet.of(scenario)
    scenario, under = checked.scenario, checked.under
    return tuple(
        Expected(name, policy, one)
        for policy in (under if policies is None else policies)
        for name, one in under[policy].expect.items()
        if _is_meant(scenario, policy, name, one)
    )


def _is_meant(scenario: Scenario, policy: str, name: str, one: Expectation) -> bool:
    if one.policy is None:
        return policy == scenario.baseline or scenario.expect.get(name) != one
    return one.policy in (EVERY_POLICY, policy)


def check_expectations(experiment: Experiment) -> tuple[Checked, ...]:
    """Hold an experiment to what is expected of its policies.

    Args:
        experiment: only replications finished under every policy count.

    Raises:
        ExperimentError: no replication is finished under every policy.
    """
    if not experiment.replications:
        raise ExperimentError(f"Nothing can be checked yet. {experiment.state}")
    summaries = experiment.summaries
    hidden = hidden_in(experiment)
    return tuple(
        checked(one, values_of(one.expectation, summaries[one.policy], hidden))
        for one in expected_of(experiment.policy_set, experiment.policies)
    )


def values_of(
    expectation: Expectation, summaries: Sequence[Summary], hidden: Iterable[str] = ()
) -> NDArray[np.float64]:
    """The measure that is meant in each replication, shape (n,); NaN where undefined.

    Args:
        expectation: that names measure and part.
        summaries: one for each replication.
        hidden: measures that the days simulated cannot show.
    """
    values = across(summaries, expectation.measure, expectation.cut)
    return values * math.nan if expectation.measure in hidden else values


def checked(one: Expected, values: NDArray[np.float64]) -> Checked:
    """Hold the values of the replications, shape (n,), to an expectation."""
    found = estimate(values, one.expectation.confidence)
    outcome = outcome_of(one.expectation, found)
    more = _more(one.expectation, found) if outcome == "not_known" else None
    return Checked(one.name, one.policy, one.expectation, found, outcome, more)


def outcome_of(expectation: Expectation, found: Estimate) -> Outcome:
    """Whether a mean with its interval keeps within the bounds."""
    if math.isnan(found.half_width):
        return "not_known"
    low, high = _bounds(expectation)
    if found.high < low or found.low > high:
        return "does_not_hold"
    return "holds" if found.low >= low and found.high <= high else "not_known"


def slack(expectation: Expectation, mean: float) -> float:
    """How far a mean lies within the bounds, as a share of the nearest one; below 0 outside.

    A bound of zero has no shares: the distance itself is taken. NaN without a mean.
    """
    low, high = _bounds(expectation)
    ways = [(mean - low, low), (high - mean, high)]
    return min(room / (abs(bound) or 1.0) for room, bound in ways if math.isfinite(bound))


def _bounds(expectation: Expectation) -> tuple[float, float]:
    low, high = expectation.at_least, expectation.at_most
    return -math.inf if low is None else low, math.inf if high is None else high


def _more(expectation: Expectation, found: Estimate) -> int | None:
    """Replications until the interval no longer reaches the bound, if mean and spread stay.

    Half the width falls with the root of the number: n (half width / distance)².
    """
    if math.isnan(found.half_width):
        return None
    straddled = [abs(found.mean - end) for end in _bounds(expectation) if math.isfinite(end)]
    reached = [gap for gap in straddled if gap <= found.half_width]
    gap = min(reached, default=0.0)
    if not gap or found.n * (found.half_width / gap) ** 2 > MOST_FORESEEN:
        return None
    return max(math.ceil(found.n * (found.half_width / gap) ** 2) - found.n, 1)


_OUTCOMES: Mapping[Outcome, str] = {
    "holds": "holds",
    "does_not_hold": "does not hold",
    "not_known": "not known yet",
}


def sentence(one: Checked, currency: str, title: str) -> str:
    """What became of an expectation, in one sentence for a person.

    Args:
        one: the expectation, checked.
        currency: of the scenario.
        title: of the policy, for a reader.
    """
    measure = MEASURES[one.expectation.measure]
    where = part_words(one.expectation)
    what = f"{measure.title} ({where})" if where else measure.title
    written = checked_notation(one, currency)
    value = f"{written.value(one.found.mean)} {written.margin(one.found.half_width)}".rstrip()
    bounds = bound_words(one.expectation, written)
    return (
        f"{one.name}, {title}: {_OUTCOMES[one.outcome]}. {what} {value}, expected {bounds}."
        f"{_why_not_known(one)}"
    )


def part_words(expectation: Expectation) -> str:
    """The part of the centre that is meant: ``reason damaged``; empty for the whole."""
    return " ".join(part for part in (expectation.by, expectation.part) if part)


def checked_notation(one: Checked, currency: str) -> Notation:
    """How what was found and its bounds are written next to each other."""
    bounds = (one.expectation.at_least, one.expectation.at_most)
    known = [one.found.mean, *(bound for bound in bounds if bound is not None)]
    return row_notation(known, [], MEASURES[one.expectation.measure].unit, currency)


def bound_words(expectation: Expectation, written: Notation) -> str:
    """What is expected: ``at least 80.0 %``."""
    ends = (("at least", expectation.at_least), ("at most", expectation.at_most))
    return " and ".join(
        f"{word} {written.value(bound)}" for word, bound in ends if bound is not None
    )


def _why_not_known(one: Checked) -> str:
    if one.outcome != "not_known":
        return ""
    if not one.found.n:
        return " Nothing was there to be measured."
    if one.found.n < 2:
        return " One value has no interval: run at least two replications."
    if one.more is None:
        return " It lies so near the bound that more replications are not likely to decide."
    count = "1 more replication" if one.more == 1 else f"{one.more:,} more replications"
    return f" About {count} might decide."
