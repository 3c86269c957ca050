"""firstline report: a stored run as one page to read, print and send, and as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import Format, FormatChoice, Output

EXAMPLES = """\b
Examples:
  firstline report
  firstline report 2025-11-21-184310-retail-complaints
  firstline report runs/2025-11-21-184310-retail-complaints --to for-the-board
"""


def report(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN",
            help="A run folder, by its path or its name. Default: the newest finished run.",
            show_default=False,
        ),
    ] = None,
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FOLDER",
            help="Write the report there, with its pictures. Default: into the run folder.",
            show_default=False,
        ),
    ] = None,
    root: Output = Path("runs"),
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Write the report of a stored run: compare, run, study, sweep, worth, or kept in the app.

    One page of HTML that needs no other file and no network, and the same in Markdown: the
    question, the answer, verdicts and why, tables and pictures, equations, assumptions and their
    strength, the STRESS-DES checklist, and the exact command and versions that repeat it. Nothing
    is simulated again.
    """
    from results.report.stored import report_on
    from results.runs.folders import folder_of
    from results.runs.listing import newest_run
    from tui.terminal.console import data, say
    from tui.terminal.machine import write_csv, write_json

    folder = newest_run(root) if name is None else folder_of(root, name)
    made = report_on(folder, to)
    for words in made.notes:
        say(words)
    files = {"run": str(folder), "html": str(made.html), "markdown": str(made.markdown)}
    if format_ is Format.JSON:
        write_json(files)
    elif format_ is Format.CSV:
        write_csv([files])
    else:
        data().print(f"Report  {made.html}\n        {made.markdown}", soft_wrap=True, markup=False)
