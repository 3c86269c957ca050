"""The answer about one policy: its measures, or its interval table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from results import Comparison, Experiment
from results.comparison.estimate import TOTAL
from results.reading.interval_table import interval_rows
from results.reading.parts import compared
from results.reading.rows import means_of, says_something
from results.reading.table import NET, left_out_of_net, legend, measure_rows
from tui.command_line.answers.comparison_answer import (
    Shown,
    heading,
    print_files,
    print_tables,
    print_titled,
)
from tui.command_line.answers.comparison_data import comparison_rows, json_of
from tui.command_line.answers.interval_table import interval_tables
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.finishing import Over
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json
from tui.terminal.run_files import RunFiles


def answer(over: Over, shown: Shown, kept: RunFiles | None) -> None:
    """Write the measures of the policy to stdout, and where its files are, where that is known."""
    comparisons = compared(over.experiment, shown.measures, shown.by)
    if shown.format is Format.TABLE:
        _print_heading(over)
        if comparisons[0].cut == TOTAL:
            _print_measures(over.experiment, comparisons[0], shown.measures)
        else:
            print_tables(over.experiment, comparisons, shown.measures)
        print_files(kept)
    else:
        _write(over, shown, comparison_rows(comparisons), kept)


def answer_by_interval(over: Over, shown: Shown, kept: RunFiles | None) -> None:
    """Write the interval table of the policy to stdout, and where its files are, if known."""
    if shown.format is Format.TABLE:
        _print_heading(over)
        for title, table in interval_tables(over.experiment, shown.by):
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
    data().print(f"Policy: {over.comparison.title_of(over.comparison.baseline)}")


def _print_measures(
    experiment: Experiment, whole: Comparison, measures: Sequence[str] | None
) -> None:
    console = data()
    console.print()
    table = plain_table()
    table.add_column("Measure")
    table.add_column("Mean", justify="right")
    table.add_column("±", justify="right", style="dim")
    table.add_column("Name", style="dim")
    if measures is None:
        measures = [name for name, means in means_of(whole).items() if says_something(name, means)]
    for row in measure_rows(whole, measures):
        (cell,) = row.cells.values()
        table.add_row(row.label, cell.value, cell.margin, row.name)
    console.print(table)
    console.print()
    tell(legend(whole), style="dim")
    if NET in measures:
        tell(left_out_of_net(experiment), style="dim")
