"""The command line: firstline and its commands."""

from __future__ import annotations

import os
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from tui.app.full_screen import app_in_terminal
from tui.command_line.commands import (
    assumptions,
    backtest,
    check,
    compare,
    erlang,
    fit,
    ledger,
    measures,
    predict,
    report,
    run,
    runs,
    scenarios,
    schema,
    serve,
    stress,
    study,
    sweep,
    validate,
    worth,
)
from tui.terminal.refusals import Refusing, fault

EXAMPLES = """\b
Start here:
  firstline                             open the app: change, watch, compare
  firstline scenarios list              list the shipped scenarios
  firstline compare retail-complaints   run its policies and compare them
  firstline scenarios copy textbook     copy one to a file that you can change
  firstline check textbook.toml         list what is wrong with it
"""

app = typer.Typer(
    name="firstline",
    cls=Refusing,
    # Plain help and plain errors: half the time to load, and the same in a pipe.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("compare", cls=compare.Comparing, epilog=compare.EXAMPLES)(compare.compare)
app.command("run", epilog=run.EXAMPLES)(run.run)
app.command("stress", epilog=stress.EXAMPLES)(stress.stress)
app.command("study", epilog=study.EXAMPLES)(study.study)
app.command("sweep", epilog=sweep.EXAMPLES)(sweep.sweep)
app.command("worth", epilog=worth.EXAMPLES)(worth.worth)
app.command("report", epilog=report.EXAMPLES)(report.report)
app.command("check", epilog=check.EXAMPLES)(check.check)
app.add_typer(scenarios.app, name="scenarios")
app.command("fit", epilog=fit.EXAMPLES)(fit.fit)
app.command("backtest", epilog=backtest.EXAMPLES)(backtest.backtest)
app.command("predict", epilog=predict.EXAMPLES)(predict.predict)
app.command("ledger", epilog=ledger.EXAMPLES)(ledger.ledger)
app.command("validate", epilog=validate.EXAMPLES)(validate.validate)
app.command("measures", epilog=measures.EXAMPLES)(measures.measures)
app.command("assumptions", epilog=assumptions.EXAMPLES)(assumptions.assumptions)
app.command("erlang", epilog=erlang.EXAMPLES)(erlang.erlang)
app.add_typer(runs.app, name="runs")
app.command("schema", epilog=schema.EXAMPLES)(schema.schema)
app.command("serve", epilog=serve.EXAMPLES)(serve.serve)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from sim import CORE

        typer.echo(f"firstline {version('firstline')} (simulation: {CORE})")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog=EXAMPLES)
def firstline(
    context: typer.Context,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Show what a policy does to a contact centre before you try it on customers.

    Describe the centre in one file, name a few policies, and see what each of them does to waits,
    to complaints resolved at first contact and to cost. Without a command, the app opens.
    """
    if context.invoked_subcommand is None:
        app_in_terminal()


def main() -> None:
    """Run the command that was given and exit with its code."""
    if sys.stdin is None:
        # Started without standard input (cron, <&-), there is nothing to read.
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - to the end
    for stream in (sys.stdout, sys.stderr):
        # An old terminal shows a question mark for a sign that it does not know.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    _end_like_ctrl_c()
    try:
        app(prog_name="firstline")
    except Exception as error:  # noqa: BLE001 - whatever is left is a fault, reported readably
        sys.exit(fault(error))


def _end_like_ctrl_c() -> None:
    """Take what a system sends when somebody wants an end for a Ctrl-C: what is done is kept.

    Who told us to ignore it, as nohup does for a hang-up, is obeyed.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
