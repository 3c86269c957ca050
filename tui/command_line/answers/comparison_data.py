"""Policies side by side for programs: one row for each policy, part of the centre and measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from results import Comparison, Experiment
from results.comparison.table import comparison_table
from results.formulas.cross_check import cross_checks
from results.measures.registry import MEASURES
from tui.command_line.answers.cross_check_table import cross_check_data
from tui.terminal.machine import rows_of
from tui.terminal.run_files import NOTHING_KEPT, RunFiles


def comparison_rows(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """The rows of ``comparison.parquet`` with the unit of each measure."""
    return [
        {**row, "unit": MEASURES[row["measure"]].unit}
        for comparison in comparisons
        for row in rows_of(comparison_table(comparison))
    ]


def json_of(
    experiment: Experiment, whole: Comparison, rows: list[dict[str, Any]], kept: RunFiles | None
) -> dict[str, Any]:
    """What was run, its rows, the verdicts, the cross-check and where it is kept."""
    return {
        "scenario": experiment.scenario.title,
        "days": experiment.scenario.horizon.days,
        "days_measured": whole.days,
        "currency": experiment.scenario.costs.currency,
        "policies": experiment.policies,
        "baseline": whole.baseline,
        "seed": experiment.seed,
        "replications": whole.replications,
        "planned": experiment.planned,
        "complete": experiment.complete,
        "state": whole.state,
        "confidence": whole.confidence,
        "method": whole.method,
        "results": rows,
        "verdicts": dict(whole.verdicts),
        "overall": whole.verdicts.overall,
        "doubts": {policy: asdict(doubts) for policy, doubts in whole.doubts.items()},
        "break_even": {policy: asdict(found) for policy, found in whole.break_even.items()},
        "cross_check": cross_check_data(cross_checks(experiment)),
        **(NOTHING_KEPT if kept is None else kept.as_data()),
    }
