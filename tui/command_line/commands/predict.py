"""firstline predict: write down what a decision is to bring, before it does."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import Format, FormatChoice, Output, Quiet, Seed, Workers

EXAMPLES = """\b
Examples:
  firstline predict --from 2026-12-01 --policy decide-alone
  firstline predict 2025-11-21-184310-retail-complaints --from 2026-12-01 --policy empowered
  firstline predict --from 2027-01-01 --until 2027-01-31 --policy decide-alone -n 200
"""


def predict(  # noqa: PLR0913 - an option each
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[RUN]",
            help="The run folder that the decision rests on, by its path or its name. Default: the "
            "newest finished run.",
            show_default=False,
        ),
    ] = None,
    *,
    first: Annotated[
        datetime,
        typer.Option(
            "--from",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="First day that is predicted, as 2026-12-01.",
            show_default=False,
        ),
    ],
    last: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Last day. Default: as many days as the run has.",
            show_default=False,
        ),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy",
            metavar="NAME",
            help="The policy that was chosen. Default: that of [report] in the scenario, or the "
            "only one.",
            show_default=False,
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option("--replications", "-n", min=20, help="How many times the days are simulated."),
    ] = 100,
    root: Output = Path("runs"),
    seed: Seed = None,
    workers: Workers = None,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Predict what a policy brings on given days, and keep that to be held to it.

    The policy is simulated on these days by the calendar, each time in a centre that fits what is
    known: figures of [uncertain] and assumptions of the register are drawn within their ranges. The
    prediction, with bands that hold 80 % of what may come, is a file in predictions/ beside the run
    folders. When the days have come, firstline ledger RECORDS says how it did.
    """
    from results.ledger.prediction import predict as predicted
    from results.runs.folders import folder_of
    from results.runs.listing import newest_run
    from results.runs.store import open_run
    from tui.command_line.answers.ledger_answer import answer_forecast
    from tui.terminal.console import say, words

    run = open_run(newest_run(root) if name is None else folder_of(root, name))
    for note in run.notes:
        say(note)
    with words().status("Simulating") as status:
        forecast, path = predicted(
            run,
            root,
            first.date(),
            None if last is None else last.date(),
            policy=policy,
            replications=replications,
            seed=seed,
            workers=workers,
            progress=lambda now: status.update(f"Simulated {now.done} of {now.total}"),
        )
    answer_forecast(forecast, path, format_)
