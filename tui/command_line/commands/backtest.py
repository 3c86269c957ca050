"""firstline backtest: how well a fitted centre predicts days that it has not seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.command_line.commands.fit import MappingName, RecordFiles
from tui.command_line.options import Format, FormatChoice, Quiet, Seed, Workers

if TYPE_CHECKING:
    from scenarios.fit.calls import Dates

EXAMPLES = """\b
Examples:
  firstline backtest calls.csv
  firstline backtest calls.csv --train 2026-01-01..2026-01-20 --test 2026-01-21..2026-01-31
  firstline backtest calls.csv --mapping columns.toml -n 100 --format json
"""


def backtest(  # noqa: PLR0913 - an option each
    records: RecordFiles,
    *,
    train: Annotated[
        str | None,
        typer.Option(
            "--train",
            metavar="FROM..TO",
            help="Days that are fitted, as 2026-01-01..2026-01-20. Default: the first two thirds.",
            show_default=False,
        ),
    ] = None,
    test: Annotated[
        str | None,
        typer.Option(
            "--test",
            metavar="FROM..TO",
            help="Days that are predicted. Default: all days after those that are fitted.",
            show_default=False,
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option("--replications", "-n", min=2, help="How many times the days are simulated."),
    ] = 40,
    within: Annotated[
        float, typer.Option("--within", min=0.0, help="Target of the service level, in seconds.")
    ] = 20.0,
    mapping: MappingName = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where pictures are drawn.")
    ] = Path("backtest"),
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="Draw the pictures.")] = True,
    seed: Seed = None,
    workers: Workers = None,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Fit the first days of call records, predict the others, and compare with what came.

    The days predicted are simulated from when customers came and which agents were logged on,
    and from nothing else of them. Shown are abandonment, mean wait, share that had to wait,
    service level and the wait of those who hung up: in all, by day and by half hour, with the
    error that chance alone would leave (floor) and the error of Erlang A on the same inputs.
    Exit code 0 when every figure in all lies within its 80 % band, 4 when one does not.
    """
    from results.backtest.backtest import backtest as run_backtest
    from results.backtest.words import verdict_holds
    from results.errors import refuse_unwritable
    from results.experiments.workers import opened
    from scenarios.fit.calls import Calls
    from scenarios.fit.errors import FitError
    from scenarios.records.contacts import Contacts
    from scenarios.records.mapping import load_mapping
    from scenarios.records.read import read_records
    from scenarios.shares import percent
    from tui.command_line.answers.backtest_answer import answer
    from tui.terminal.console import say, words
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    drawn = charts and format_ is Format.TABLE
    if drawn:
        refuse_unwritable(output, "backtest")
    found = read_records(records, None if mapping is None else load_mapping(mapping))
    if not isinstance(found, Contacts):
        refuse(
            "A backtest needs call records, a row for each call; these are "
            f"{found.report.kind}. firstline fit writes a scenario from them.",
            ExitCode.FAILED,
        )
    calls = Calls(found)
    if not len(calls.dates):
        refuse(f"{records[0]}: nobody asked for an agent in these records.", ExitCode.FAILED)
    days = _days(calls.dates, train, test)
    try:
        with opened(workers) as pool, words().status("Reading the records") as status:
            result = run_backtest(
                calls,
                *days,
                replications=replications,
                within_s=within,
                seed=1 if seed is None else seed,
                workers=pool,
                told=lambda what, share: status.update(f"{what.capitalize()}: {percent(share)}"),
            )
    except FitError as error:
        refuse(f"{records[0]}: {error}", ExitCode.FAILED)
    answer(result, format_)
    if drawn:
        from results.charts.backtest import draw_backtest

        for path in draw_backtest(result, output):
            say(f"Drawn: {path}")
    if not verdict_holds(result):
        raise typer.Exit(ExitCode.NOT_KNOWN)


def _days(dates: Dates, train: str | None, test: str | None) -> tuple[Dates, Dates]:
    """The days that are fitted and those that are predicted."""
    from results.backtest.backtest import split

    first, rest = split(dates)
    if train is not None:
        first = _span(dates, train, "--train")
        rest = dates[dates > first[-1]]
    if test is not None:
        rest = _span(dates, test, "--test")
        if train is None:
            first = dates[dates < rest[0]]
    if not len(first) or not len(rest):
        raise typer.BadParameter(
            f"no days are left to fit or to predict; the records have {dates[0]} to {dates[-1]}.",
            param_hint="--test" if test is not None else "--train",
        )
    if set(first.tolist()) & set(rest.tolist()):
        raise typer.BadParameter(
            "a day cannot be fitted and predicted; give --train days before the --test days.",
            param_hint="--test",
        )
    return first, rest


def _span(dates: Dates, text: str, option: str) -> Dates:
    import numpy as np

    parts = text.split("..")
    try:
        first, last = (np.datetime64(part.strip(), "D") for part in (parts[0], parts[-1]))
        if len(parts) > 2 or np.isnat(first) or np.isnat(last):
            raise ValueError
    except ValueError:
        rule = f'"{text}" is no span of days; write FROM..TO, as 2026-01-01..2026-01-20.'
        raise typer.BadParameter(rule, param_hint=option) from None
    found = dates[(dates >= first) & (dates <= last)]
    if not len(found):
        raise typer.BadParameter(
            f"no records on {text}; they have {dates[0]} to {dates[-1]}.", param_hint=option
        )
    return found
