"""firstline runs: list, show, compare, query and remove past runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from tui.command_line.options import ByCut, Format, FormatChoice, Measures, Output, Why
from tui.terminal.refusals import Refusing

EXAMPLES = """\b
Examples:
  firstline runs list
  firstline runs show
  firstline runs show 2025-11-21-184310-retail-complaints --by reason
  firstline runs diff runs/2025-11-21-184310-retail-complaints runs/2025-11-22-090000-mine
  firstline runs rm 2025-11-21-184310-retail-complaints
  firstline runs rm --unfinished
  firstline runs query "select run, policy, avg(value) from measures
                        where measure = 'asa' and dimension = 'all' group by all"
"""

OF_SHOW = """\b
Examples:
  firstline runs show
  firstline runs show 2025-11-21-184310-retail-complaints --by reason
  firstline runs show 2025-11-21-184310-retail-complaints --why empowered
"""

app = typer.Typer(cls=Refusing, no_args_is_help=True, rich_markup_mode=None)


@app.callback(epilog=EXAMPLES)
def runs() -> None:
    """List, show, compare, query and remove past runs."""


@app.command("list")
def list_(root: Output = Path("runs"), format_: FormatChoice = Format.TABLE) -> None:
    """List the run folders, including unfinished ones."""
    from tui.command_line.answers.past import COLUMNS, past_runs, print_runs, tell_left_out
    from tui.terminal.machine import write_csv, write_json

    found = past_runs(root)
    tell_left_out(root)
    if format_ is Format.JSON:
        write_json(found)
    elif format_ is Format.CSV:
        write_csv(found, COLUMNS)
    else:
        print_runs(found, root)


@app.command(epilog=OF_SHOW)
def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="FOLDER",
            help="A run folder, by its path or its name. Default: the newest finished run.",
            show_default=False,
        ),
    ] = None,
    measures: Measures = None,
    by: ByCut = None,
    root: Output = Path("runs"),
    why: Why = None,
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Show a past run again, by other measures or by part."""
    from results import compare
    from results.runs.folders import folder_of
    from results.runs.listing import newest_run
    from results.runs.store import open_run
    from results.why.accounting import accounting
    from tui.command_line import parsed_options
    from tui.command_line.answers.comparison_answer import Shown, answer
    from tui.terminal.console import say
    from tui.terminal.run_files import RunFiles

    shown = Shown(parsed_options.parse_measures(measures, by), by, format_)
    folder = newest_run(root) if name is None else folder_of(root, name)
    past = open_run(folder)
    if not past.experiment.complete:
        say(past.experiment.state)
    for words in past.notes:
        say(words)
    explained = None
    if why is not None:
        parsed_options.explained(why, list(past.experiment.policies))
        explained = accounting(past.experiment, why)
    compared = compare(past.experiment)
    answer(past.experiment, compared, shown, RunFiles(folder), why=explained)


class Asking(TyperCommand):
    """A command whose argument may begin with a remark of SQL, which looks like an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take ``-- remark`` for what it is: no option has a blank in its name."""
        found: list[str] = super().parse_args(
            ctx, [f" {one}" if re.match(r"--[^\s=]*\s", one) else one for one in args]
        )
        return found


@app.command(cls=Asking)
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query in DuckDB's SQL.")],
    root: Output = Path("runs"),
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Query all finished runs together.

    The tables are runs, definitions, measures, intervals, endings, waits, accounts, comparison,
    accounting, sensitivity and study; with traces contacts, legs, decisions, promises, cases,
    spans, shifts, agents, and where there are any helps, staff, fixes and apologies. Columns of the
    same name are numbered: a, a_2. In data, times are ISO 8601, intervals seconds. A table on the
    terminal has the first 1,000 rows, data have all.
    """
    from results.runs.query import query_runs
    from tui.command_line.answers.past import print_rows
    from tui.terminal.console import say
    from tui.terminal.machine import write_csv, write_json

    found = query_runs(root, sql)
    for words in found.notes:
        say(words)
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    if format_ is Format.JSON:
        write_json(list(rows))
    elif format_ is Format.CSV:
        write_csv(rows, found.columns)
    else:
        print_rows(found.columns, found.rows)


@app.command()
def diff(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A run folder, by its path or its name.")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="Another run folder.")],
    *,
    measures: Measures = None,
    root: Output = Path("runs"),
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Show what differs between two runs.

    Scenario, seed, versions and measures are compared. Differences of measures are B minus A,
    replication by replication, for policies of the same name; if there are none, for the
    baselines.
    """
    from results.errors import ExperimentError
    from results.runs.differences import run_differences
    from results.runs.folders import folder_of
    from results.runs.store import open_run
    from tui.command_line import parsed_options
    from tui.command_line.answers.run_differences import (
        COLUMNS,
        as_data,
        default_measures,
        print_differences,
        rows_of,
    )
    from tui.terminal.console import say
    from tui.terminal.machine import write_csv, write_json

    wanted = parsed_options.parse_measures(measures)
    pair = [open_run(folder_of(root, name)) for name in (first, second)]
    for one in pair:
        if not one.experiment.replications:
            raise ExperimentError(
                f"{one.folder} has no finished replication to compare yet: resume it."
            )
        for words in one.notes:
            say(words)
    if wanted is None:
        wanted = default_measures(pair, everything=format_ is not Format.TABLE)
    found = run_differences(pair[0], pair[1], wanted)
    if format_ is Format.JSON:
        write_json(as_data(found))
    elif format_ is Format.CSV:
        write_csv(rows_of(found), COLUMNS)
    else:
        print_differences(found)


@app.command()
def rm(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="Run folders, by path or name.", show_default=False),
    ] = None,
    *,
    unfinished: Annotated[
        bool,
        typer.Option("--unfinished", help="All unfinished runs that no process is working on."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
    root: Output = Path("runs"),
) -> None:
    """Remove run folders and everything in them, after a question.

    Unfinished runs are removed by name or with --unfinished. If one of the names is a run in
    progress, not a run, or outside the folder of runs, nothing is removed.
    """
    from results.runs.folders import removable, remove
    from tui.command_line.answers.past import print_sizes
    from tui.terminal.console import say
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    if not names and not unfinished:
        raise typer.BadParameter("name a run folder, or give --unfinished.", param_hint="NAME")
    folders = removable(root, names or [], unfinished=unfinished)
    if not folders:
        say(f"There is no unfinished run to remove in {root}.")
        return
    if not yes:
        print_sizes(folders)
        count = "this run" if len(folders) == 1 else f"these {len(folders)} runs"
        try:
            sure = typer.confirm(f"Remove {count}?", err=True)
        except typer.Abort:
            say()
            refuse(
                "Nothing was removed: there was no reply. Use --yes to remove without a question.",
                ExitCode.FAILED,
            )
        if not sure:
            refuse("Nothing was removed.", ExitCode.FAILED)
    for folder in folders:
        remove(folder)
        say(f"Removed {folder}.")
