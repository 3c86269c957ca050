"""The table of a comparison: a row for each measure or part of the centre, a cell for each policy.

Values, margins, differences and effects are ready to be read; a face only lays them out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from results.comparison.better_or_worse import Effect
from results.comparison.compare import compare
from results.comparison.comparison import Comparison, Finding
from results.comparison.estimate import TOTAL
from results.experiments.experiment import Experiment
from results.facts.tier_one import BeyondTierOne
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.by import By
from results.reading.notation import Notation, notation, row_notation
from results.reading.parts import cuts_of, title_of
from results.reading.rows import rows_of, short_title
from results.reading.shown_better_or_worse import MARKS, WORDS, shown_effect
from results.reading.within import within
from scenarios import Scenario
from scenarios.shares import percent_as_given

NET = "fcr_net"
"""A measure that needs a note: which cases it leaves out."""

_COUNTED = ("total_cost", "service_cost")
"""The money that counts, whose total is given as well: the first that is shown."""


@dataclass(frozen=True)
class Cell:
    """A number under one policy with its ±, and its difference from the baseline."""

    value: str
    margin: str = ""
    """Empty without an interval."""
    change: str = ""
    """Empty under the baseline, and where there is no difference."""
    change_margin: str = ""
    effect: Effect = "unclear"
    """What the difference means."""
    short: str = ""
    """The value where room is short and no difference stands next to it."""
    chance: bool = False
    """One replication: the difference may be chance."""
    interval: tuple[float, float, float] | None = None
    """Of the difference: its lower end, its mean, its upper end; NaN ends with one replication.
    None where there is no difference."""

    @property
    def mark(self) -> str:
        """The sign of the effect."""
        return MARKS[self.effect]

    @property
    def arrow(self) -> str:
        """Up, down or as before."""
        if not self.change or numbers.is_nothing(self.change):
            return "=" if self.change else ""
        return "▼" if self.change.startswith(numbers.MINUS) else "▲"

    @property
    def word(self) -> str:
        """The effect in a word: better, worse, differs, unclear; same, or so far by chance."""
        if not self.change or numbers.is_nothing(self.change):
            return "same" if self.change else ""
        return "so far" if self.chance else WORDS[self.effect]


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    name: str
    """Of the measure or the part, to be asked about further."""
    measure: str
    label: str
    short: str
    """The label where room is short."""
    cells: Mapping[str, Cell]
    """By policy, the baseline first."""


def measure_rows(
    comparison: Comparison, measures: Sequence[str] | None = None, *, total: bool = False
) -> list[Row]:
    """A row for each measure of the whole centre.

    Args:
        comparison: over the whole centre.
        measures: by name; None are those that a manager looks at first.
        total: give money that counts over all days as well, below that of a day.
    """
    names = list(rows_of([comparison]) if measures is None else measures)
    rows = [_row(name, title_in(comparison, name), name, comparison) for name in names]
    counted = next((name for name in _COUNTED if name in names), None)
    if total and counted is not None and comparison.days > 1.0:
        title = f"the same over the {numbers.number(comparison.days)} days"
        whole = _row(counted, title, counted, comparison, comparison.days)
        rows.insert(names.index(counted) + 1, whole)
    return rows


def title_in(comparison: Comparison, measure: str) -> str:
    """The title of a measure; that of the service level says in how many seconds."""
    return title_of_measure(measure, comparison.answer_within_s)


def title_of_measure(measure: str, answer_within_s: Sequence[float]) -> str:
    """The title of a measure, given the targets of the service level, the shortest first."""
    title = MEASURES[measure].title
    if measure != "service_level":
        return title
    return f"{title} within {within(answer_within_s)}"


def short_title_in(comparison: Comparison, measure: str) -> str:
    """The title of a measure where room is short; the service level says in how many seconds."""
    if measure != "service_level":
        return short_title(measure)
    return f"Answered in {within(comparison.answer_within_s)}"


def part_rows(scenario: Scenario, comparisons: Sequence[Comparison], measure: str) -> list[Row]:
    """A row for each part of the centre, also for one that has nothing to count."""
    return [_row(one.cut[1], title_of(scenario, one.cut), measure, one) for one in comparisons]


def rows_by(experiment: Experiment, measure: str, by: By) -> list[Row]:
    """One measure in every part of the centre."""
    comparisons = [compare(experiment, (measure,), cut=cut) for cut in cuts_of(experiment, by)]
    return part_rows(experiment.scenario, comparisons, measure) if comparisons else []


def sections(
    comparisons: Sequence[Comparison], measures: Sequence[str] | None, scenario: Scenario
) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each table: the measures of the whole, or for each measure the parts."""
    if comparisons[0].cut == TOTAL:
        yield "", measure_rows(comparisons[0], measures, total=True)
        return
    for name in rows_of(comparisons) if measures is None else measures:
        yield title_in(comparisons[0], name), part_rows(scenario, comparisons, name)


def left_out_of_net(experiment: Experiment) -> str:
    """What is left out of ``fcr_net`` under every policy, in a sentence."""
    beyond = BeyondTierOne.of(experiment.under.values())
    reasons = experiment.scenario.reasons
    named = [
        *(f"{reasons[name].title or name} (never tier 1's to settle)" for name in beyond.reasons),
        *(
            f"{reasons[name].title or name} that needs a remedy (tier 1 may never grant one)"
            for name in beyond.remedies - beyond.reasons
        ),
    ]
    title = MEASURES[NET].title
    if not named:
        return f"{title}: leaves out no case, under any policy."
    return f"{title}: leaves out, under every policy, {'; '.join(sorted(named))}."


def legend(comparison: Comparison, *, differences: bool = False, claims: int | None = None) -> str:
    """What the marks and the ± mean.

    Args:
        comparison: that the table shows.
        differences: whether the ± next to a difference is its own.
        claims: among how many the sentences under the table are decided; None is those of the
            comparison. The sentences are of the whole centre where the table shows its parts.
    """
    if comparison.replications < 2:
        return "One replication: there are no intervals, and differences may be chance."
    base = comparison.called(comparison.baseline)
    mean = f"± is the {percent_as_given(comparison.confidence)} interval of a mean"
    if not comparison.others:
        return f"{mean} over {comparison.replications} replications."
    if differences:
        mean += f" under {base}, else of the difference next to it,"
    among = len(comparison.claims) if claims is None else claims
    return (
        f"{MARKS['better']} better, {MARKS['worse']} worse, {MARKS['different']} different from "
        f"{base} beyond chance; no mark: no clear difference. {mean} over "
        f"{comparison.replications} replications. Marks are adjusted for {comparison.tried}, "
        f"sentences for all {among} claims that they could make."
    )


def _row(name: str, label: str, measure: str, comparison: Comparison, days: float = 1.0) -> Row:
    """A row; money a day is multiplied by the days."""
    found = {policy: comparison.findings[policy, measure] for policy in comparison.policies}
    written = notation_of(found.values(), comparison.currency, days)
    unit, levels = written.unit, [one.mean.mean * days for one in found.values()]
    alone = notation(levels, unit, comparison.currency)
    cells = {policy: _cell(one, written, alone, days) for policy, one in found.items()}
    short = short_title_in(comparison, name) if name == measure else label
    return Row(name, measure, label, short, cells)


def notation_of(found: Collection[Finding], currency: str, days: float = 1.0) -> Notation:
    """How the numbers of one measure under some policies are written next to each other.

    Args:
        found: of the measure, at least one.
        currency: of the scenario.
        days: by which all of them are multiplied.
    """
    unit = MEASURES[next(iter(found)).measure].unit
    known = [one.difference for one in found if one.difference is not None]
    told = [one.estimate.mean * days for one in known if shown_effect(one, unit) != "unclear"]
    return row_notation([one.mean.mean * days for one in found], told, unit, currency)


def _cell(found: Finding, written: Notation, alone: Notation, days: float) -> Cell:
    value, short = (form.value(found.mean.mean * days) for form in (written, alone))
    margin = written.margin(found.mean.half_width * days)
    difference = found.difference
    if difference is None or math.isnan(difference.estimate.mean):
        return Cell(value, margin, short=short)
    mean, half = difference.estimate.mean * days, difference.estimate.half_width * days
    return Cell(
        value,
        margin,
        written.change(mean),
        written.margin(half),
        shown_effect(difference, written.unit),
        short=short,
        chance=difference.estimate.n < 2,
        interval=(mean - half, mean, mean + half),
    )
