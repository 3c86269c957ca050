"""Parts of the centre: what a result can be broken down by, and what each part is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from results.comparison.compare import compare, measures_of
from results.comparison.comparison import Comparison
from results.comparison.estimate import TOTAL
from results.experiments.experiment import Experiment
from results.facts.causes import titles_of_causes
from results.measures.registry import MEASURES
from results.measures.slice import Cut
from results.reading.by import By
from scenarios import Scenario


def compared(
    experiment: Experiment, measures: Sequence[str] | None, by: By | None
) -> list[Comparison]:
    """Compare the policies in every part; one comparison for the whole.

    Args:
        experiment: with at least one replication under every policy.
        measures: by name; None is all that exist for the parts.
        by: what the centre is broken down by; None is not at all.
    """
    return [
        compare(experiment, measures_of(cut) if measures is None else measures, cut=cut)
        for cut in cuts_of(experiment, by)
    ]


def cuts_of(experiment: Experiment, by: By | None) -> list[Cut]:
    """The parts of the centre; the whole when it is not broken down."""
    if by is None:
        return [TOTAL]
    first, *_ = experiment.finished.values()
    return [cut for cut in first.values if cut[0] == by.value]


def ways_of(measure: str) -> list[By]:
    """What a measure can be broken down by."""
    return [by for by in By if by.value in MEASURES[measure].scope]


def title_of(scenario: Scenario, cut: Cut) -> str:
    """What a part of the centre is called."""
    kind, name = cut
    named: Mapping[str, str] = {}
    if kind == By.REASON:
        named = {key: reason.title for key, reason in scenario.reasons.items()}
    elif kind in (By.GROUP, By.QUEUE):
        named = {key: group.title for key, group in scenario.groups.items()}
    elif kind == By.CAUSE:
        named = titles_of_causes(scenario)
    return named.get(name) or name


def parts_of(experiment: Experiment) -> Sequence[tuple[str, Cut]]:
    """Everything that has an interval table of its own, by what it is called."""
    first, *_ = experiment.finished.values()
    kinds = [by.value for by in By]
    named = [
        (f"{cut[0].capitalize()}: {title_of(experiment.scenario, cut)}", cut)
        for cut in first.intervals
        if cut[0] in kinds
    ]
    return [("The whole centre", TOTAL), *named]
