"""The answer of firstline validate: cases under headings for people, rows for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from results.reading.listing import joined
from results.validation.case import Case, History
from results.validation.catalogue import GROUPS, group_of
from results.validation.catalogue import cases as all_cases
from results.validation.validate import Outcome, Result, Validation
from results.validation.verdict import FALSE_ALARM, Verdict
from results.validation.words import cells, rule, set_name, summary, title
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, say, tell
from tui.terminal.machine import write_csv, write_json

COLUMNS = {"": 33, "expected": 10, "formula": 8, "simulated": 15, "verdict": 9}
"""The columns of the table with their widths: the same in every group."""
OF_A_HISTORY = {"": 68, "verdict": 9}


def answer(found: Validation, format_: Format) -> None:
    """Write the answer in the format asked for."""
    if format_ is Format.JSON:
        counts = found.count()
        write_json(
            {
                "set": set_name(found),
                "seed": found.seed,
                "false_alarm": FALSE_ALARM,
                "figures_of_the_set": found.figures,
                "agree": counts[Verdict.AGREES],
                "differ": counts[Verdict.DIFFERS],
                "too_rough": counts[Verdict.TOO_ROUGH],
                "rows": list(rows(found)),
            }
        )
    elif format_ is Format.CSV:
        write_csv(rows(found))
    else:
        _print(found)


def rows(found: Validation) -> Iterator[dict[str, Any]]:
    """One row for each figure of each case."""
    for result in found.results:
        case = all_cases()[result.name]
        for outcome in result.outcomes:
            yield {
                "group": group_of(case.name),
                "case": case.name,
                "title": case.title,
                "figure": outcome.figure,
                "unit": outcome.unit,
                "expected": outcome.expected,
                "formula": outcome.computed,
                "simulated": outcome.simulated,
                "margin": outcome.margin,
                "verdict": outcome.verdict.value,
                "source": case.source,
                "length": result.length,
                "counts": case.counts if isinstance(case, Case) else "events",
            }


def _print(found: Validation) -> None:
    by_name = {result.name: result for result in found.results}
    for group in GROUPS:
        shown = [by_name[case.name] for case in group.cases if case.name in by_name]
        if shown:
            tell(group.title, style="bold")
            _print_group(shown)
            data().print()
    tell(rule(found))
    for result in found.results:
        if result.verdict is not Verdict.AGREES:
            tell(f"{result.name}: {_complaint(result)}", mark="✗ ")
    tell(summary(found))
    if any(result.verdict is not Verdict.AGREES for result in found.results):
        say(_what_next(found))


def _print_group(results: list[Result]) -> None:
    """A line for each figure; for each history, where every event must be right."""
    is_headed = False
    for result in results:
        case = all_cases()[result.name]
        if isinstance(case, History):
            table = _table(OF_A_HISTORY, header=not is_headed)
            table.add_row(f"  {case.title} ({case.source})", result.verdict.value)
        else:
            tell(f"{case.name}: {case.title} ({case.source})", mark="  ")
            table = _table(COLUMNS, header=not is_headed)
            for outcome in result.outcomes:
                table.add_row(f"    {title(outcome.figure)}", *cells(outcome))
        data().print(table)
        is_headed = True


def _table(columns: Mapping[str, int], *, header: bool) -> Table:
    """An empty table; numbers are on the right, between the words of the first and the last."""
    table = plain_table()
    table.show_header = header
    for name, width in columns.items():
        is_number = name in ("expected", "formula", "simulated")
        table.add_column(name, width=width, justify="right" if is_number else "left")
    return table


def _complaint(result: Result) -> str:
    """The figures that do not agree, each with what is right and what came instead."""
    said = "; ".join(
        f"{title(outcome.figure)} {outcome.verdict.value}{_came_to(outcome)}"
        for outcome in result.outcomes
        if outcome.verdict is not Verdict.AGREES
    )
    return f"{said}."


def _came_to(outcome: Outcome) -> str:
    right, formula, simulated, _ = cells(outcome)
    if outcome.unit == "events":
        return ""
    came = [f"{formula} by the formula"] if outcome.computed is not None else []
    came += [f"{simulated} simulated"] if outcome.simulated is not None else []
    return f": {right} is right, {joined(came)}" if came else ""


def _what_next(found: Validation) -> str:
    """How to look closer at cases that do not agree."""
    names = [one.name for one in found.results if one.verdict is not Verdict.AGREES]
    what = "it" if len(names) == 1 else "them"
    how = "with other random draws" if found.long else "ten times as long"
    option = f"--long --seed {found.seed + 1}" if found.long else "--long"
    return f'Next: firstline validate --only "{",".join(names)}" {option} runs {what} {how}.'
