"""The simulated figures of a report next to those of a queueing formula, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from results.comparison.compare import compare
from results.comparison.comparison import Comparison
from results.experiments.experiment import Experiment
from results.formulas.cross_check import BESIDE, CrossCheck, cross_checks
from results.measures.registry import MEASURES
from results.reading.formula import formula_sentences
from results.reading.names import titles_of
from results.reading.notation import row_notation
from results.report.elements import element, table


def next_to_the_formula(experiment: Experiment) -> list[Element]:
    """A table for the policies that a formula knows, and a sentence for those it does not."""
    checks = cross_checks(experiment)
    titles = titles_of(experiment.scenario, checks)
    parts = [element("p", sentence) for sentence in formula_sentences(checks, titles)]
    if not any(check.formula for check in checks.values()):
        return parts
    return [_table(checks, compare(experiment, BESIDE)), *parts]


def _table(checks: Mapping[str, CrossCheck], comparison: Comparison) -> Element:
    rows = []
    for policy, check in checks.items():
        if check.formula:
            name = comparison.title_of(policy)
            simulated, formula = [], []
            for measure in BESIDE:
                found, exact = comparison.findings[policy, measure].mean, check.values[measure]
                written = row_notation([found.mean, exact], [], MEASURES[measure].unit)
                margin = written.margin(found.half_width)
                simulated.append(f"{written.value(found.mean)} {margin}".rstrip())
                formula.append(written.value(exact))
            rows += [[f"{name}, simulated", *simulated], [f"{name}, {check.formula}", *formula]]
    return table(["", *(MEASURES[name].title for name in BESIDE)], rows, class_="figures")
