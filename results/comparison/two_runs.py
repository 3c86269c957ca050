"""Two runs side by side: what changed from one to the other, measure by measure.

Replications are paired by their number. Runs of one seed meet the same customers where their
scenarios agree, and then the pairs take out what these have in common; runs of different seeds make
pairs of strangers, whose intervals are as honest and wider. Source: Law, Simulation Modeling and
Analysis, 5th ed., section 10.2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from results.comparison.compare import paired_difference
from results.comparison.comparison import Difference
from results.comparison.doubts import doubts_of, values_of_customers
from results.comparison.estimate import Estimate, across, estimate
from results.comparison.unseen import hidden_in
from results.experiments.experiment import Experiment
from results.measures.registry import MEASURES
from results.measures.renamed import why_unequal
from results.reading.notation import Notation, row_notation
from results.reading.shown_better_or_worse import shown_effect

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Change:
    """One measure in both runs."""

    measure: str
    first: Estimate
    second: Estimate
    difference: Difference
    """Second minus first, over the replications that both have."""


def notation_of(change: Change, currency: str) -> Notation:
    """How the numbers of both runs and their difference are written next to each other."""
    unit = MEASURES[change.measure].unit
    moved = change.difference
    told = [moved.estimate.mean] if shown_effect(moved, unit) != "unclear" else []
    return row_notation([change.first.mean, change.second.mean], told, unit, currency)


def policy_pairs(first: Experiment, second: Experiment) -> tuple[tuple[str, str], ...]:
    """The policies to compare with each other: those of the same name, else the baselines."""
    same = [(name, name) for name in first.policies if name in second.policies]
    return tuple(same) or ((first.policies[0], second.policies[0]),)


def unequal(first: Experiment, second: Experiment, measures: Sequence[str]) -> dict[str, str]:
    """The measures by which two runs cannot be compared, each with the reason.

    Args:
        first: a run.
        second: another, of another version perhaps.
        measures: by name.
    """
    found = {
        name: why_unequal(name, first.definitions.get(name), second.definitions.get(name))
        for name in measures
    }
    return {name: why for name, why in found.items() if why}


def changes(
    first: Experiment, second: Experiment, policies: tuple[str, str], measures: Sequence[str]
) -> list[Change]:
    """What changed from the first run to the second.

    Args:
        first: a run with at least one replication.
        second: another.
        policies: the policy of the first, and that of the second.
        measures: by name; those of unequal definitions (``unequal``) are left out, and those
            that the days of one of them cannot show.
    """
    left_out = {*unequal(first, second, measures), *hidden_in(first), *hidden_in(second)}
    measures = [name for name in measures if name not in left_out]
    ours, theirs = first.summaries[policies[0]], second.summaries[policies[1]]
    pairs = min(len(ours), len(theirs))

    def paired(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return across(theirs, name)[:pairs], across(ours, name)[:pairs]

    valued = [
        values_of_customers(run.under.get(policy, run.scenario))
        for run, policy in zip((first, second), policies, strict=True)
    ]
    doubts = replace(doubts_of(paired, CONFIDENCE), other_values=valued[0] != valued[1])
    found = []
    for name in measures:
        before, after = across(ours, name), across(theirs, name)
        found.append(
            Change(
                name,
                estimate(before, CONFIDENCE),
                estimate(after, CONFIDENCE),
                paired_difference(name, *paired(name), CONFIDENCE, doubts),
            )
        )
    return found
