"""Tables of a comparison: measures, parts of the centre and intervals, ready to be shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results import Comparison, Experiment, compare
from results.comparison.compare import Finding
from results.comparison.doubts import Effect
from results.comparison.estimate import TOTAL
from results.measures.cuts import Cut
from results.measures.registry import MEASURES
from results.reading import format as numbers
from tui.answers.breakdown import cuts_of, title_of
from tui.answers.comparison_table import MARKS
from tui.answers.headline import values
from tui.answers.interval_table import SHOWN as COLUMNS
from tui.answers.interval_table import alive, clock, means
from tui.command_line.options import By
from tui.views.measures import short_title, shown_measures


@dataclass(frozen=True)
class Cell:
    """A number with its ±, and what its difference from the baseline means."""

    value: str
    margin: str = ""
    effect: Effect = "unclear"

    @property
    def mark(self) -> str:
        """The sign of the effect."""
        return MARKS[self.effect]


@dataclass(frozen=True)
class Line:
    """A row of a table: a measure or a part of the centre, a cell for each policy."""

    name: str
    """Of the measure or the part, to be asked about further."""
    label: str
    cells: tuple[Cell, ...]


def measure_lines(comparison: Comparison) -> list[Line]:
    """The measures that say something about this centre under every policy."""
    return [
        Line(name, short_title(name), _cells(comparison, name))
        for name in shown_measures(comparison)
    ]


def part_lines(experiment: Experiment, measure: str, by: By) -> list[Line]:
    """One measure in every part of the centre that has it."""
    lines = []
    for cut in cuts_of(experiment, by):
        comparison = compare(experiment, (measure,), cut=cut)
        if values(comparison, measure):
            title = title_of(experiment.scenario, cut)
            lines.append(Line(cut[1], title, _cells(comparison, measure)))
    return lines


def ways_of(measure: str) -> list[By]:
    """What a measure can be broken down by."""
    return [by for by in By if by.value in MEASURES[measure].scope]


def _cells(comparison: Comparison, measure: str) -> tuple[Cell, ...]:
    found = (comparison.findings[policy, measure] for policy in comparison.policies)
    return tuple(_cell(one, comparison.currency) for one in found)


def _cell(found: Finding, currency: str) -> Cell:
    unit, half_width = MEASURES[found.measure].unit, found.mean.half_width
    return Cell(
        numbers.value(found.mean.mean, unit, currency),
        "" if math.isnan(half_width) else numbers.margin(half_width, unit),
        found.difference.effect if found.difference else "unclear",
    )


@dataclass(frozen=True)
class Intervals:
    """The interval table of one policy and part."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def interval_lines(experiment: Experiment, policy: str, cut: Cut = TOTAL) -> Intervals:
    """Every interval in which something happens, under one policy."""
    columns = means(experiment, cut, policy)
    rows = [
        (
            clock(experiment.scenario, float(columns["start_s"][row])),
            *(write(float(columns[name][row])) for name, (_, write) in COLUMNS.items()),
        )
        for row in np.flatnonzero(alive(columns))
    ]
    headers = (header.replace("-\n", "").replace("\n", " ") for header, _ in COLUMNS.values())
    return Intervals(("", *(one.strip() for one in headers)), tuple(rows))


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
