"""The figures of a report: every measure under every policy, with what it means."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from results.comparison.compare import Comparison, Finding, compare
from results.comparison.doubts import Effect
from results.comparison.estimate import Estimate
from results.experiments.experiment import Experiment
from results.facts.causes import titles_of_causes
from results.measures.cuts import CutKind
from results.measures.registry import MEASURES
from results.reading import format as words
from results.report.elements import element, table

FIRST = (
    *("blocked", "closed", "turned_away", "lost_in_menu"),
    *("service_level", "asa", "wait_p90", "abandonment", "response_within_target"),
    *("fcr_complaints", "fcr", "first_person_resolution", "contacts_per_case", "failure_demand"),
    *("approvals_per_complaint", "approval_wait", "promises_kept"),
    *("aht", "occupancy", "coaching_done"),
    *("unresolved", "staff_cost", "give_away", "service_cost", "cost_per_resolution"),
    *("remedies_due", "remedies_paid", "remedies_withheld", "remedies_open"),
    *("revenue_at_risk", "total_cost"),
)
"""Measures that a manager reads first, as far as a centre has them."""

PARTS: tuple[tuple[CutKind, str, str], ...] = (
    ("reason", "fcr", "By reason: first-contact resolution"),
    ("channel", "asa", "By channel: average speed of answer"),
    ("group", "occupancy", "By group: occupancy"),
    ("cause", "failure_demand", "By cause: failure demand, of all contacts that customers make"),
)
"""Parts of the centre with the measure and the heading of their table."""

_MARKS: dict[Effect, str] = {"better": "✓ ", "worse": "✗ ", "different": "≠ ", "unclear": ""}


@dataclass(frozen=True)
class Row:
    """A row of a table: a measure, of the whole centre or of a part."""

    label: str
    measure: str
    comparison: Comparison

    @property
    def findings(self) -> list[Finding]:
        """One for each policy."""
        return [self.comparison.findings[policy, self.measure] for policy in self.policies]

    @property
    def policies(self) -> tuple[str, ...]:
        """The baseline first."""
        return self.comparison.policies

    @property
    def says_something(self) -> bool:
        """False where nothing is defined, or nothing ever happens."""
        means = {found.mean.mean for found in self.findings}
        return not all(math.isnan(mean) or mean == 0.0 for mean in means)


def first_rows(comparison: Comparison) -> list[Row]:
    """What a manager reads first."""
    return _telling(comparison, [name for name in FIRST if name in comparison.measures])


def all_rows(comparison: Comparison) -> list[Row]:
    """Every measure that the centre has."""
    return _telling(comparison, comparison.measures)


def part_rows(experiment: Experiment, kind: CutKind, measure: str) -> list[Row]:
    """One measure for every part of a kind; no rows where there is only one part."""
    scenario = experiment.scenario
    titles = {
        "reason": {name: reason.title for name, reason in scenario.reasons.items()},
        "group": {name: group.title for name, group in scenario.groups.items()},
        "channel": dict.fromkeys(("voice", "chat", "email", "text"), ""),
        "cause": titles_of_causes(scenario),
    }[kind]
    rows = [
        Row(title or name, measure, compare(experiment, (measure,), cut=(kind, name)))
        for name, title in titles.items()
    ]
    telling = [row for row in rows if row.says_something]
    return telling if len(telling) > 1 else []


def figures(rows: Sequence[Row]) -> Element:
    """A table of rows by policy: the mean, and its difference from the baseline underneath."""
    policies = rows[0].policies
    return table(
        ["", *policies],
        ([row.label, *(_cell(found, row.comparison) for found in row.findings)] for row in rows),
        class_="figures",
    )


def meanings(rows: Iterable[Row]) -> Element:
    """The equation, unit and source of every measure that was shown."""
    names = dict.fromkeys(row.measure for row in rows)
    measures = [MEASURES[name] for name in names]
    units = {"s": "time", "hours": "hours", "share": "share", "count": "number", "money": "money"}
    return table(
        ["Measure", "Name", "Equation", "Unit", "Source"],
        ([m.title, element("code", m.name), m.equation, units[m.unit], m.source] for m in measures),
        class_="meanings",
    )


def legend(comparison: Comparison) -> str:
    """How the tables are read."""
    if comparison.replications < 2:
        return "One replication: there are no intervals, and differences may be chance."
    mean = f"± is the {100.0 * comparison.confidence:g} % interval of a mean"
    if not comparison.others:
        return f"{mean} over {comparison.replications} replications."
    return (
        f"{mean}. Underneath, the difference from {comparison.baseline} with its own, adjusted "
        "interval: ✓ clearly better, ✗ clearly worse, ≠ clearly different, grey: no clear "
        "difference."
    )


def with_margin(value: str, found: Estimate, unit: str) -> str:
    """A written value with its interval, if it has one."""
    if math.isnan(found.half_width):
        return value
    return f"{value} {words.margin(found.half_width, unit, found.mean)}"


def _telling(comparison: Comparison, names: Iterable[str]) -> list[Row]:
    rows = [Row(MEASURES[name].title, name, comparison) for name in names]
    return [row for row in rows if row.says_something]


def _cell(found: Finding, comparison: Comparison) -> Element:
    unit, currency = MEASURES[found.measure].unit, comparison.currency
    value = words.value(found.mean.mean, unit, currency)
    lines = [element("span", with_margin(value, found.mean, unit), class_="value")]
    effect: Effect = "unclear"
    if found.difference is not None and not math.isnan(found.difference.estimate.mean):
        shift = found.difference.estimate
        change = words.change(shift.mean, unit, currency)
        # A difference that rounds to nothing is nothing to a reader.
        if any(digit in change for digit in "123456789∞"):
            effect = found.difference.effect
        text = _MARKS[effect] + with_margin(change, shift, unit)
        lines += [element("br"), element("span", text, class_="change")]
    return element("td", *lines, class_=effect)
