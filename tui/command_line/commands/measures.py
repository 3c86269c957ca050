"""firstline measures: every measure with its equation."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.command_line.options import Format, FormatChoice

EXAMPLES = """\b
Examples:
  firstline measures
  firstline measures service_level
  firstline measures --format csv > measures.csv
"""


def measures(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Show this measure in full.", show_default=False),
    ] = None,
    format_: FormatChoice = Format.TABLE,
) -> None:
    """List the measures with their equations, or one in full.

    A name from an earlier version leads to the measure's present name.
    """
    from tui.command_line.answers.definitions import definitions, print_all, print_one
    from tui.terminal.machine import write_csv, write_json

    found = definitions()
    if name is not None:
        from results.measures.renamed import answered, now_called
        from tui.command_line.parsed_options import MEASURE, known
        from tui.terminal.console import say

        if new := now_called(name, found):
            say(answered(name, found))
            name = new
        known(MEASURE, [name], found, "NAME")
        found = {name: found[name]}
    if format_ is Format.JSON:
        write_json(list(found.values()))
    elif format_ is Format.CSV:
        write_csv(found.values())
    elif name is None:
        print_all(found)
    else:
        print_one(found[name])
