"""firstline erlang: the queueing formulas, and how many agents it takes."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.command_line.options import Format, FormatChoice
from tui.command_line.shares import share

EXAMPLES = """\b
Examples:
  firstline erlang --contacts 240 --aht 300 --agents 22
  firstline erlang --contacts 240 --aht 300 --patience 120 --agents 20
  firstline erlang --contacts 240 --aht 300 --patience 120 --service-level 80%
  firstline erlang --contacts 240 --aht 300 --asa 15 --shrinkage 30%
"""


def erlang(  # noqa: PLR0913 - an option each
    *,
    contacts: Annotated[float, typer.Option(metavar="N", help="Contacts per hour.")],
    aht: Annotated[
        float, typer.Option(metavar="SECONDS", help="Average handle time: talk, hold and wrap-up.")
    ],
    agents: Annotated[
        int | None, typer.Option(metavar="N", help="Agents; left out, as many as it takes.")
    ] = None,
    patience: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Mean patience; left out, nobody gives up."),
    ] = None,
    within: Annotated[
        float, typer.Option(metavar="SECONDS", help="Answered in time is within this.")
    ] = 20.0,
    service_level: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Target: least share answered in time."),
    ] = None,
    asa: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Target: longest average speed of answer."),
    ] = None,
    max_abandonment: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Target: largest share that gives up."),
    ] = None,
    max_occupancy: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Target: highest occupancy."),
    ] = None,
    shrinkage: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Share of paid time away from contacts."),
    ] = None,
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Ask the formulas: how many agents does it take?

    Erlang C where nobody gives up, Erlang A with a patience. With a number of agents: what they
    reach. Without agents and targets the usual target counts, 80 % answered in time.
    """
    from tui.answers.formula_answer import Load, answer
    from tui.command_line.exits import ExitCode
    from tui.command_line.refusals import refuse

    targets = {
        "service_level": service_level,
        "asa_s": asa,
        "max_abandonment": max_abandonment,
        "max_occupancy": max_occupancy,
    }
    try:
        answer(Load(contacts, aht, patience, within), agents, targets, shrinkage or 0.0, format_)
    except ValueError as error:
        refuse(_by_option(str(error)), ExitCode.USAGE)


def _by_option(text: str) -> str:
    """The words of a formula with the options of this command for its inputs."""
    names = {"contacts_per_hour": "--contacts", "mean_patience_s": "--patience"}
    names |= {"aht_s": "--aht", "target_s": "--within", "asa_s": "--asa"}
    names |= {name: f"--{name.replace('_', '-')}" for name in ("max_abandonment", "max_occupancy")}
    names |= {"service_level": "--service-level", "shrinkage is": "--shrinkage is"}
    for name, option in names.items():
        text = text.replace(name, option)
    return text
