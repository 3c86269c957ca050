"""The simulated figures beside those of a queueing formula, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from results import Experiment, compare
from results.comparison.estimate import Estimate
from results.formulas.cross_check import BESIDE, CrossCheck
from results.measures.definition import Unit
from results.measures.registry import MEASURES
from results.reading import format as numbers
from tui.answers.plain_table import plain_table

SHOWN_REASONS = 4


def beside(experiment: Experiment, checks: Mapping[str, CrossCheck]) -> Iterator[Table | str]:
    """The formula under the simulated figures for each policy that has one; why, for the others."""
    if any(check.formula for check in checks.values()):
        yield _table(experiment, checks)
    yield from dict.fromkeys(_sentences(checks))


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


def _sentences(checks: Mapping[str, CrossCheck]) -> Iterator[str]:
    """Why there is no formula, or why it is only close; told once where no policy has one."""
    if not any(check.formula for check in checks.values()):
        first, *_ = checks.values()
        yield f"No cross-check with Erlang C or A: {_listed(first.notes)}."
        return
    for policy, check in checks.items():
        same = all(other.notes == check.notes for other in checks.values())
        where = "" if same else f" under {policy}"
        if not check.formula:
            yield f"No cross-check with Erlang C or A{where}: {_listed(check.notes)}."
        elif check.notes:
            yield f"{check.formula} is close{where}, not exact: {_listed(check.notes)}."


def _listed(clauses: tuple[str, ...]) -> str:
    """The clauses as a sentence lists them, the weightiest when there are many."""
    shown = list(clauses[:SHOWN_REASONS])
    if len(clauses) > len(shown):
        return f"{', '.join(shown)}, and more"
    *first, last = shown
    return f"{', '.join(first)} and {last}" if first else last


def _table(experiment: Experiment, checks: Mapping[str, CrossCheck]) -> Table:
    table = plain_table()
    table.add_column("Beside the formula")
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
            table.add_row(policy, style="bold")
            table.add_row("  simulated", *(cell for cell, _ in cells))
            table.add_row(f"  {check.formula}", *(cell for _, cell in cells))
    return table


def _cells(found: Estimate, exact: float, unit: Unit) -> tuple[str, str]:
    """The simulated figure with its interval, and the formula's under it."""
    margin = "" if math.isnan(found.half_width) else f" {numbers.margin(found.half_width, unit)}"
    return numbers.value(found.mean, unit) + margin, numbers.value(exact, unit) + " " * len(margin)
