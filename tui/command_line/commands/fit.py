"""firstline fit: from a centre's own records to a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.command_line.options import Format, FormatChoice, Quiet, Workers

if TYPE_CHECKING:
    from results.fitting import Written
    from scenarios.records.mapping import Mapping
    from scenarios.records.read import Records
    from scenarios.records.shown import Columns

EXAMPLES = """\b
Examples:
  firstline fit calls.csv --columns
  firstline fit calls.csv --columns -o columns.toml
  firstline fit calls.csv --mapping columns.toml -o my-centre.toml
  firstline fit january.csv.gz february.csv.gz -o both-months.toml --yes
"""

RecordFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="RECORDS...",
        help="Call records, interval reports or ticket logs: CSV (gzip or not), Parquet or .xlsx. "
        "Several files are read as one.",
        show_default=False,
    ),
]
MappingName = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="Which column is which: your own file (--columns -o writes one), or a shipped "
        "mapping by its name.",
    ),
]


def fit(  # noqa: PLR0913 - an option each
    records: RecordFiles,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the scenario to this file; with --columns, the mapping.",
            show_default=False,
        ),
    ] = None,
    one_file: Annotated[
        bool,
        typer.Option(
            "--one-file", help="Write the agents into the scenario, not into tables next to it."
        ),
    ] = False,
    columns: Annotated[
        bool, typer.Option("--columns", help="Only show which column is taken for what.")
    ] = False,
    mapping: MappingName = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask whether the columns are right.")
    ] = False,
    workers: Workers = None,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Read a centre's own records, report what is in them, and write a scenario from them.

    The kind of records and the columns are recognised and shown. What cannot be true is reported
    with what was done and what it does to the figures; no row is left out silently. Names and
    numbers of persons are never shown and reach no file.
    """
    if format_ is Format.CSV:
        raise typer.BadParameter("csv is not written here: table or json.", param_hint="--format")
    from tui.command_line.answers.records_report import fitted_data, print_report, report_data
    from tui.terminal.console import say
    from tui.terminal.machine import write_json

    if output is not None:
        _refuse_unwritable(output, one_file=one_file)
    from scenarios.records.mapping import load_mapping
    from scenarios.records.read import open_records

    own: Mapping | None = None if mapping is None else load_mapping(mapping)
    with open_records(records, own) as opened:
        found = opened.columns
        if columns:
            _show(found, output, format_)
            return
        _confirm(found, sure=yes or mapping is not None or format_ is Format.JSON)
        made = opened.read()
    if format_ is Format.TABLE:
        print_report(made.report)
    written = None if output is None else _fit(made, output, one_file=one_file, workers=workers)
    if format_ is Format.JSON:
        write_json(report_data(made.report) | ({} if written is None else fitted_data(written)))
    if output is None:
        say("\nNothing was written: -o my-centre.toml writes a scenario from these records.")


def _refuse_unwritable(output: Path, *, one_file: bool) -> None:
    """Say what could not be written before minutes are spent on it."""
    from results.errors import refuse_unwritable
    from results.fitting import in_the_way
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    if not output.parent.is_dir():
        refuse(f"{output.parent} is no folder. Make it, or name another.", ExitCode.FAILED)
    if (there := in_the_way(output, one_file=one_file)) is not None:
        _refuse_existing(there)
    refuse_unwritable(output.parent, "scenario")


def _show(found: Columns, output: Path | None, format_: Format) -> None:
    from tui.command_line.answers.records_report import columns_data, print_columns
    from tui.terminal.console import say
    from tui.terminal.machine import write_json

    if format_ is Format.JSON:
        write_json(columns_data(found))
    else:
        print_columns(found)
    if output is None:
        say("\nIf this is not right: --columns -o columns.toml, change the file, --mapping it.")
        return
    _write_new(output, found.toml())
    say(f"\nWritten to {output}. Change what is wrong, then give it with --mapping {output}")


def _confirm(found: Columns, *, sure: bool) -> None:
    """Ask a person at a terminal whether the columns are right; tell everybody what they are."""
    import sys

    from tui.command_line.answers.records_report import print_columns
    from tui.terminal.console import data

    if sure:
        return
    print_columns(found)
    data().print()
    if sys.stdin.isatty() and not typer.confirm("Is this right?", default=True, err=True):
        raise typer.Exit


def _fit(made: Records, output: Path, *, one_file: bool, workers: int | None) -> Written:
    """Write the scenario, and say what was fitted and what is next."""
    from results.experiments.workers import opened
    from results.fitting import write_fitted
    from scenarios.fit.errors import FitError
    from scenarios.shares import percent
    from tui.terminal.console import say, words
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    try:
        with opened(workers) as pool, words().status("Fitting") as status:
            written = write_fitted(
                made,
                output,
                one_file=one_file,
                workers=pool,
                told=lambda what, share: status.update(f"{what.capitalize()}: {percent(share)}"),
            )
    except FileExistsError as error:
        refuse(f"{error} Name another file.", ExitCode.FAILED)
    except FitError as error:
        files = ", ".join(made.report.sources)
        refuse(f"{files}: {error}", ExitCode.BAD_SCENARIO)
    say()
    for line in written.lines:
        say(line)
    say("Written: " + ", ".join(str(path) for path in written.files))
    say(f"Next: firstline check {output}, and firstline backtest with the same records.")
    return written


def _write_new(target: Path, text: str) -> None:
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        _refuse_existing(target)


def _refuse_existing(target: Path) -> None:
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    refuse(f"{target} already exists and was not overwritten. Name another file.", ExitCode.FAILED)
