"""firstline assumptions: what is assumed about people and customers, and how sure it is."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.command_line.options import SCENARIO_HELP, Changes, Format, FormatChoice, shipped

EXAMPLES = """\b
Examples:
  firstline assumptions
  firstline assumptions train-or-hire
  firstline assumptions my-centre.toml --format csv > assumptions.csv
How much the results depend on them:
  firstline compare my-centre.toml --sensitivity
"""


def assumptions(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO",
            help=f"{SCENARIO_HELP} Default: the whole register.",
            autocompletion=shipped,
            show_default=False,
        ),
    ] = None,
    *,
    changes: Changes = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show those that the scenario does not use.")
    ] = False,
    format_: FormatChoice = Format.TABLE,
) -> None:
    """List assumptions with value, range, source and strength.

    With a scenario: the assumptions that any of its policies uses, and the values that it changes.
    """
    from scenarios import Scenario, policies_of, under_policies
    from tui.command_line.answers.assumptions import print_assumptions, print_register, rows_of
    from tui.command_line.standard_input import title_of
    from tui.terminal.machine import write_csv, write_json

    if scenario is None and changes:
        raise typer.BadParameter("needs a SCENARIO to change.", param_hint="--set")
    under: dict[str, Scenario] = {}
    if scenario is not None:
        from tui.command_line.parsed_options import load_scenario

        under = policies_of(load_scenario(scenario, changes))
    found = under_policies(under)
    if format_ is Format.JSON:
        write_json(rows_of(found))
    elif format_ is Format.CSV:
        write_csv(rows_of(found))
    elif scenario is None:
        print_register(found)
    else:
        print_assumptions(title_of(scenario), found, tuple(under), everything=everything)
