"""What was found in a centre's records, for a person and for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.files.toml_text import key_text
from scenarios.records.field_words import missing
from scenarios.records.report import DataReport
from scenarios.records.report_words import amount, sentence, stretch
from scenarios.records.shown import Columns
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, tell

if TYPE_CHECKING:
    from results.fitting import Written

_MOST_DAYS = 12
"""Odd dates and outages that a screen shows; all of them are in the JSON."""


def print_columns(columns: Columns) -> None:
    """Show what was taken for what, and what was left."""
    console = data()
    head = f"{columns.kind.capitalize()}, recognised as {columns.layout}: {columns.rows:,} rows."
    tell(head)
    console.print()
    table = plain_table(2)
    for name in ("field", "column", "unit", "values"):
        table.add_column(name, overflow="fold")
    for each in columns.taken:
        shown = ", ".join(each.values) if each.values else "(not shown)"
        table.add_row(each.field, each.column, each.unit, shown)
    console.print(table)
    if columns.left:
        console.print()
        tell(f"Not used: {', '.join(columns.left)}.")
    for one in missing(columns.mapping, {each.field for each in columns.taken}):
        tell(f"Not found: {one.what[0].lower()}{one.what[1:]}: {one.cost}")


def print_report(report: DataReport) -> None:
    """Show what was read, found and done, and what it does to the figures."""
    console = data()
    files = ", ".join(report.sources)
    tell(f"{files}: {report.kind} ({report.layout}).")
    tell(f"{report.rows_read:,} rows read, {report.rows_used:,} used.")
    if report.findings:
        console.print()
        console.print("What was found", style="bold")
        for finding in report.findings:
            tell(sentence(finding), mark="  ")
    _print_figures(report)
    _print_days(report)


def _print_figures(report: DataReport) -> None:
    known = [one for one in report.figures if not np.isnan(one.after)]
    if not known:
        return
    console = data()
    console.print()
    table = plain_table(2)
    table.add_column("figure", overflow="fold")
    for name in ("as they came", "as used"):
        table.add_column(name, justify="right")
    for one in known:
        table.add_row(one.name, amount(one, one.before), amount(one, one.after))
    console.print(table)


def _print_days(report: DataReport) -> None:
    odd = [day for day in report.days if day.odd]
    if not odd and not report.outages:
        return
    console = data()
    console.print()
    console.print("Days to look at", style="bold")
    for day in odd[:_MOST_DAYS]:
        tell(f"{day.date}: {day.odd}", mark="  ")
    for outage in report.outages[:_MOST_DAYS]:
        tell(stretch(outage), mark="  ")
    more = max(len(odd) - _MOST_DAYS, 0) + max(len(report.outages) - _MOST_DAYS, 0)
    if more:
        tell(f"and {more} more (--format json has all)", mark="  ")


def columns_data(columns: Columns) -> dict[str, Any]:
    """What was taken for what, for programs."""
    return {
        "kind": columns.kind,
        "layout": columns.layout,
        "rows": columns.rows,
        "columns": [asdict(each) for each in columns.taken],
        "left": list(columns.left),
    }


def report_data(report: DataReport) -> dict[str, Any]:
    """A report for programs: shares as fractions, times in ISO form."""
    return {
        "sources": list(report.sources),
        "kind": report.kind,
        "layout": report.layout,
        "rows_read": report.rows_read,
        "rows_used": report.rows_used,
        "columns": report.columns,
        "left": list(report.left),
        "findings": [asdict(each) for each in report.findings],
        "figures": [asdict(each) for each in report.figures],
        "days": [
            {"date": str(day.date), "contacts": day.contacts, "odd": day.odd} for day in report.days
        ],
        "outages": [
            {
                "start": str(each.start),
                "end": str(each.end),
                "contacts": each.contacts,
                "reason": each.reason,
            }
            for each in report.outages
        ],
    }


def fitted_data(written: Written) -> dict[str, Any]:
    """A fitted scenario for programs: its files, what was fitted, and every figure's interval."""
    return {
        "files": [str(path) for path in written.files],
        "sentences": list(written.lines),
        "fitted": [
            {
                "key": key_text(each.key),
                "value": each.estimate.value,
                "low": each.estimate.low,
                "high": each.estimate.high,
                "records": each.estimate.records,
                "source": each.source,
            }
            for each in written.figures
        ],
    }
