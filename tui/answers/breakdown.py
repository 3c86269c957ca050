"""What is compared: the centre as a whole, or part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from results import Comparison, Experiment, compare
from results.comparison.compare import measures_of
from results.comparison.estimate import TOTAL
from results.facts.causes import titles_of_causes
from results.measures.cuts import Cut
from results.measures.registry import MEASURES
from results.reading import format as numbers
from scenarios import Scenario
from tui.answers.comparison_table import Row
from tui.answers.headline import values
from tui.command_line.options import By

_COUNTED = ("total_cost", "service_cost")
"""The money that counts, whose total is printed as well: the first that is shown."""


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
        compare(experiment, _existing(measures, cut), cut=cut) for cut in cuts_of(experiment, by)
    ]


def sections(
    comparisons: Sequence[Comparison], measures: Sequence[str], scenario: Scenario
) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each table: the measures of the whole, or for each measure the parts with it."""
    if comparisons[0].cut == TOTAL:
        (whole,) = comparisons
        rows = [Row(MEASURES[name].title, name, whole) for name in measures]
        counted = next((name for name in _COUNTED if name in measures), None)
        if counted is not None and whole.days > 1.0:
            place = list(measures).index(counted) + 1
            title = f"the same over the {numbers.number(whole.days)} days"
            rows.insert(place, Row(title, counted, whole, whole.days))
        yield "", rows
        return
    for name in measures:
        defined = [one for one in comparisons if values(one, name)]
        rows = [Row(title_of(scenario, one.cut), name, one) for one in defined or comparisons]
        yield MEASURES[name].title, rows


def _existing(measures: Sequence[str] | None, cut: Cut) -> Sequence[str]:
    return measures_of(cut) if measures is None else measures


def cuts_of(experiment: Experiment, by: By | None) -> list[Cut]:
    """The parts of the centre; the whole when it is not broken down."""
    if by is None:
        return [TOTAL]
    first, *_ = experiment.finished.values()
    return [cut for cut in first.values if cut[0] == by.value]


def title_of(scenario: Scenario, cut: Cut) -> str:
    """What a part of the centre is called."""
    kind, name = cut
    if kind == By.REASON:
        return scenario.reasons[name].title or name
    if kind == By.GROUP:
        return scenario.groups[name].title or name
    if kind == By.CAUSE:
        return titles_of_causes(scenario).get(name, name)
    return name
