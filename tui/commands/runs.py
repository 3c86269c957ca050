"""firstline runs: what was run before, and its answer again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import ByCut, Format, FormatChoice, Measures, Output
from tui.command_line.refusals import Refusing

EXAMPLES = """\b
Examples:
  firstline runs list
  firstline runs show runs/2025-11-21-184310-retail-complaints
  firstline runs show runs/2025-11-21-184310-retail-complaints --by reason
  firstline runs query "select run, policy, avg(value) from measures
                        where measure = 'asa' and dimension = 'all' group by all"
"""

app = typer.Typer(cls=Refusing, no_args_is_help=True, rich_markup_mode=None)


@app.callback(epilog=EXAMPLES)
def runs() -> None:
    """List past runs, compare one again, or query them all."""


@app.command("list")
def list_(root: Output = Path("runs"), format_: FormatChoice = Format.TABLE) -> None:
    """List the run folders, the unfinished ones as well."""
    from tui.answers.machine import write_csv, write_json
    from tui.answers.past import past_runs, print_runs, tell_left_out

    found = past_runs(root)
    tell_left_out(root)
    if format_ is Format.JSON:
        write_json(found)
    elif format_ is Format.CSV:
        write_csv(found)
    else:
        print_runs(found, root)


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A run folder.")],
    measures: Measures = None,
    by: ByCut = None,
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Compare a past run again, by other measures or part by part."""
    from results import compare
    from results.runs.store import open_run
    from tui.answers.comparison_answer import Shown, answer
    from tui.command_line import asked
    from tui.command_line.console import say
    from tui.run_files import RunFiles

    shown = Shown(asked.measures_asked(measures, by), by, format_)
    past = open_run(folder)
    if not past.experiment.complete:
        say(past.experiment.state)
    for words in past.notes:
        say(words)
    answer(past.experiment, compare(past.experiment), shown, RunFiles(folder))


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One question in DuckDB's SQL.")],
    root: Output = Path("runs"),
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Ask all finished runs at once.

    The tables are runs, definitions, measures, intervals, endings, waits, comparison and
    sensitivity, and with traces contacts, legs, decisions, promises, cases, spans and shifts.
    """
    from results.runs.query import query_runs
    from tui.answers.machine import write_csv, write_json
    from tui.answers.past import print_rows
    from tui.command_line.console import say

    found = query_runs(root, sql)
    for words in found.notes:
        say(words)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    if format_ is Format.JSON:
        write_json(rows)
    elif format_ is Format.CSV:
        write_csv(rows, found.columns)
    else:
        print_rows(found.columns, found.rows)
