"""firstline erlang: the queueing formulas, and how many agents it takes."""

from __future__ import annotations

import re
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
  firstline erlang --contacts 240 --aht 300 --agents 22 --lines 30
  firstline erlang --contacts 240 --aht 300 --lines 30 --max-blocked 2%
  firstline erlang --contacts 60 --aht 300 --queues 4
"""


def erlang(  # noqa: PLR0913 - an option each
    *,
    contacts: Annotated[float, typer.Option(metavar="N", help="Contacts per hour.")],
    aht: Annotated[
        float, typer.Option(metavar="SECONDS", help="Average handle time: talk, hold and wrap-up.")
    ],
    agents: Annotated[
        int | None,
        typer.Option(metavar="N", help="Number of agents. Default: as many as the target needs."),
    ] = None,
    patience: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", help="Mean patience of a caller. Default: nobody gives up."
        ),
    ] = None,
    lines: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Lines: how many contacts can wait or be in service at a time. Default: no limit. "
            "As many lines as agents: nobody waits (Erlang B).",
        ),
    ] = None,
    queues: Annotated[
        int,
        typer.Option(
            min=1,
            metavar="N",
            help="Compare N queues, each with these contacts, agents and lines, with one pool.",
        ),
    ] = 1,
    within: Annotated[
        float, typer.Option(metavar="SECONDS", help="A contact is answered in time within this.")
    ] = 20.0,
    service_level: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Target: minimum share answered in time."),
    ] = None,
    asa: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Target: maximum average speed of answer."),
    ] = None,
    max_abandonment: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Target: maximum share that gives up."),
    ] = None,
    max_blocked: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", parser=share, help="Target: maximum share that finds no free line."
        ),
    ] = None,
    max_occupancy: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Target: maximum occupancy."),
    ] = None,
    shrinkage: Annotated[
        float | None,
        typer.Option(metavar="SHARE", parser=share, help="Share of paid time away from contacts."),
    ] = None,
    format_: FormatChoice = Format.TABLE,
) -> None:
    """Find the number of agents with the Erlang formulas.

    Erlang C where nobody gives up, Erlang A with a patience, Erlang B and M/M/c/K with lines. With
    a number of agents: what they achieve. Without agents and targets, the target is 80 % answered
    in time. With lines, waits are those of callers who get a line.
    """
    from tui.command_line.answers.formula_answer import Load, answer
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    targets = {
        "service_level": service_level,
        "asa_s": asa,
        "max_abandonment": max_abandonment,
        "max_blocked": max_blocked,
        "max_occupancy": max_occupancy,
    }
    asked = [name for name, value in targets.items() if value is not None]
    if agents is not None and asked:
        option = _by_option(asked[0])
        refuse(
            f"{option} finds the number of agents: leave out either it or --agents.",
            ExitCode.USAGE,
        )
    try:
        load = Load(contacts, aht, patience, within, lines, queues)
        answer(load, agents, targets, shrinkage or 0.0, format_)
    except ValueError as error:
        refuse(_by_option(str(error)), ExitCode.USAGE)


def _by_option(text: str) -> str:
    """The words of a formula with the options of this command for its inputs."""
    options = {"contacts_per_hour": "--contacts", "mean_patience_s": "--patience"}
    options |= {"aht_s": "--aht", "target_s": "--within", "asa_s": "--asa"}
    limits = ("max_abandonment", "max_blocked", "max_occupancy", "service_level")
    options |= {name: f"--{name.replace('_', '-')}" for name in limits}
    # What is a word of English too is an option where a value follows.
    values = ("agents", "lines", "queues", "shrinkage")
    options |= {f"{name} is": f"--{name} is" for name in values}
    for name, option in options.items():
        text = re.sub(rf"\b{name}\b", option, text)
    return text
