"""The answer about one policy: its measures, or its interval table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from results import Comparison
from results.comparison.estimate import TOTAL
from results.measures.registry import MEASURES
from results.reading import format as numbers
from tui.answers.breakdown import compared
from tui.answers.comparison_answer import Shown, heading, print_files, print_tables, print_titled
from tui.answers.comparison_data import comparison_rows, json_of
from tui.answers.comparison_table import legend
from tui.answers.headline import CANDIDATES
from tui.answers.interval_table import interval_rows, interval_table
from tui.answers.machine import write_csv, write_json
from tui.answers.plain_table import plain_table
from tui.command_line.console import data, tell
from tui.command_line.finishing import Over
from tui.command_line.options import Format
from tui.run_files import RunFiles


def answer(over: Over, shown: Shown, kept: RunFiles | None) -> None:
    """Write the measures of the policy to stdout, and where its files are, where that is known."""
    comparisons = compared(over.experiment, shown.measures, shown.by)
    if shown.format is Format.TABLE:
        _print_heading(over)
        if comparisons[0].cut == TOTAL:
            _print_measures(comparisons[0], shown.measures)
        else:
            print_tables(over.experiment, comparisons, shown.measures)
        print_files(kept)
    else:
        _write(over, shown, comparison_rows(comparisons), kept)


def answer_by_interval(over: Over, shown: Shown, kept: RunFiles | None) -> None:
    """Write the interval table of the policy to stdout, and where its files are, if known."""
    if shown.format is Format.TABLE:
        _print_heading(over)
        for title, table in interval_table(over.experiment, shown.by):
            print_titled(title, table)
        print_files(kept)
    else:
        _write(over, shown, interval_rows(over.experiment, shown.by), kept)


def _write(over: Over, shown: Shown, rows: list[dict[str, Any]], kept: RunFiles | None) -> None:
    if shown.format is Format.CSV:
        write_csv(rows)
    else:
        write_json(json_of(over.experiment, over.comparison, rows, kept))


def _print_heading(over: Over) -> None:
    data().print(heading(over.experiment), style="bold")
    data().print(f"Policy {over.comparison.baseline}")


def _is_worth_a_line(name: str, mean: float) -> bool:
    """Leave out what this centre does not have at all; no wait is an answer, no tickets none."""
    return not math.isnan(mean) and (mean != 0.0 or name in CANDIDATES)


def _print_measures(whole: Comparison, measures: Sequence[str] | None) -> None:
    console = data()
    console.print()
    table = plain_table()
    table.add_column("Measure")
    table.add_column("Mean", justify="right")
    table.add_column("±", justify="right", style="dim")
    table.add_column("Name", style="dim")
    for name in whole.measures:
        found = whole.findings[whole.baseline, name].mean
        if measures is None and not _is_worth_a_line(name, found.mean):
            continue
        unit = MEASURES[name].unit
        half = found.half_width
        margin = "" if math.isnan(half) else numbers.margin(half, unit, found.mean)
        table.add_row(
            MEASURES[name].title, numbers.value(found.mean, unit, whole.currency), margin, name
        )
    console.print(table)
    console.print()
    tell(legend(whole), style="dim")
