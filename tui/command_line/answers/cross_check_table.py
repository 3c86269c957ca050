"""The simulated figures next to those of a queueing formula, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from results import Experiment, compare
from results.comparison.estimate import Estimate
from results.formulas.cross_check import BESIDE, CrossCheck
from results.measures.definition import Unit
from results.measures.registry import MEASURES
from results.reading.formula import formula_sentences
from results.reading.names import titles_of
from results.reading.notation import row_notation
from tui.command_line.answers.plain_table import plain_table


def next_to_the_formula(
    experiment: Experiment, checks: Mapping[str, CrossCheck]
) -> Iterator[Table | str]:
    """The formula under the simulated figures for each policy that has one; why, for the others."""
    if any(check.formula for check in checks.values()):
        yield _table(experiment, checks)
    yield from formula_sentences(checks, titles_of(experiment.scenario, checks))


def cross_check_data(checks: Mapping[str, CrossCheck]) -> dict[str, Any]:
    """The same for programs, by policy."""
    return {
        policy: {
            "formula": check.formula or None,
            "values": dict(check.values),
            "notes": check.notes,
        }
        for policy, check in checks.items()
    }


def _table(experiment: Experiment, checks: Mapping[str, CrossCheck]) -> Table:
    table = plain_table()
    table.add_column("Next to the formula")
    for name in BESIDE:
        table.add_column(
            MEASURES[name].title.replace("Average speed of answer", "ASA"), justify="right"
        )
    simulated = compare(experiment, BESIDE)
    for policy, check in checks.items():
        if check.formula:
            found = [simulated.findings[policy, name].mean for name in BESIDE]
            cells = [
                _cells(one, check.values[name], MEASURES[name].unit)
                for name, one in zip(BESIDE, found, strict=True)
            ]
            table.add_row(simulated.title_of(policy), style="bold")
            table.add_row("  simulated", *(cell for cell, _ in cells))
            table.add_row(f"  {check.formula}", *(cell for _, cell in cells))
    return table


def _cells(found: Estimate, exact: float, unit: Unit) -> tuple[str, str]:
    """The simulated figure with its interval, and the formula's under it."""
    written = row_notation([found.mean, exact], [], unit)
    margin = f" {written.margin(found.half_width)}".rstrip()
    return written.value(found.mean) + margin, written.value(exact) + " " * len(margin)
