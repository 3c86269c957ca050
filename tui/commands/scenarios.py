"""firstline scenarios: list, show and copy the shipped scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import Format, FormatChoice, shipped
from tui.command_line.refusals import Refusing

EXAMPLES = """\b
Examples:
  firstline scenarios list
  firstline scenarios show retail-complaints
  firstline scenarios copy textbook my-centre.toml
"""

app = typer.Typer(cls=Refusing, no_args_is_help=True, rich_markup_mode=None)

ShippedName = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A shipped scenario.", autocompletion=shipped),
]


@app.callback(epilog=EXAMPLES)
def scenarios() -> None:
    """List, show or copy the shipped scenarios."""


@app.command("list")
def list_(format_: FormatChoice = Format.TABLE) -> None:
    """List the shipped scenarios."""
    from scenarios import list_scenarios
    from tui.answers.machine import write_csv, write_json
    from tui.command_line.console import data, tell

    found = [one._asdict() for one in list_scenarios()]
    if format_ is Format.JSON:
        write_json(found)
    elif format_ is Format.CSV:
        write_csv(found)
    else:
        for one in found:
            data().print(one["name"], style="bold")
            tell(one["story"] or one["title"], mark="  ")


@app.command()
def show(name: ShippedName) -> None:
    """Show the file of a shipped scenario, which begins with what to look at."""
    from scenarios import path_of

    typer.echo(path_of(name).read_text(encoding="utf-8"), nl=False)


@app.command()
def copy(
    name: ShippedName,
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="The new file. Default: NAME.toml.")
    ] = None,
) -> None:
    """Copy a shipped scenario to a file that you can change.

    An existing file is never overwritten.
    """
    from scenarios import path_of
    from tui.command_line.console import say
    from tui.command_line.exits import ExitCode
    from tui.command_line.refusals import refuse

    text = path_of(name).read_text(encoding="utf-8")
    target = Path(f"{name}.toml") if path is None else path
    if target.is_dir():
        target /= f"{name}.toml"
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        refuse(
            f"{target} already exists and was not overwritten. Name another file.", ExitCode.FAILED
        )
    say(f"Copied to {target}. Change it, then: firstline check {target}")
