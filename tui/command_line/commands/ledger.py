"""firstline ledger: what was predicted, what came, and how often the bands held."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.commands.fit import MappingName
from tui.command_line.options import Format, FormatChoice, Output, Quiet

EXAMPLES = """\b
Examples:
  firstline ledger
  firstline ledger calls.csv
  firstline ledger calls.csv --mapping columns.toml --format json
"""


def ledger(
    records: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[RECORDS]...",
            help="Call records or interval reports of the days that were predicted; as for fit. "
            "Default: none, and what is known already is listed.",
            show_default=False,
        ),
    ] = None,
    *,
    mapping: MappingName = None,
    root: Output = Path("runs"),
    save: Annotated[
        bool,
        typer.Option("--save/--no-save", help="Keep what came next to each prediction."),
    ] = True,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Hold every prediction to what came: inside its bands or not, and what to correct.

    A prediction of firstline predict names bands that hold 80 % of what may come. The ledger counts
    how many held, over all predictions made before their days began, and says which assumption lies
    furthest outside its band. Days, not persons, are kept.
    """
    from results.errors import refuse_unwritable
    from results.ledger.file import predictions, write_came
    from results.ledger.judged import came_from, judged, span_of
    from scenarios.records.mapping import load_mapping
    from scenarios.records.read import read_records
    from tui.command_line.answers.ledger_answer import answer_ledger
    from tui.terminal.console import say

    known = predictions(root)
    if not known:
        say(f"Nothing is predicted in {root}. firstline predict RUN --from DATE does it.")
    new = set()
    if records and known:
        if save:
            refuse_unwritable(known[0].path.parent, "ledger")
        found = read_records(records, None if mapping is None else load_mapping(mapping))
        first, last = span_of(found)
        say(f"Records of {first} to {last}.")
        held = [came_from(one, found) for one in known]
        new = {one.path for one, before in zip(held, known, strict=True) if one is not before}
        known = held
        if not new:
            say("No prediction is about these days.")
        if save:
            for one in known:
                if one.path in new:
                    write_came(one)
    answer_ledger([judged(one) for one in known], new, format_)
