"""firstline scenarios: the shipped scenarios, and the beginning of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import Format, FormatChoice, shipped
from tui.terminal.refusals import Refusing

EXAMPLES = """\b
Examples:
  firstline scenarios list
  firstline scenarios show retail-complaints
  firstline scenarios new my-centre.toml
  firstline scenarios copy textbook my-textbook.toml
"""

OF_NEW = """\b
Templates:
  one-queue                   everybody calls one number, and one group answers
  front-line-and-supervisors  two reasons, a front line, supervisors who are asked
Examples:
  firstline scenarios new my-centre.toml
  firstline scenarios new small.toml --template one-queue
  firstline scenarios new own.toml --set groups.front_line.heads=9
"""

DEFAULT_TEMPLATE = "front-line-and-supervisors"

app = typer.Typer(cls=Refusing, no_args_is_help=True, rich_markup_mode=None)

ShippedName = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A shipped scenario.", autocompletion=shipped),
]


@app.callback(epilog=EXAMPLES)
def scenarios() -> None:
    """List, show or copy the shipped scenarios, or begin your own."""


@app.command("list")
def list_(format_: FormatChoice = Format.TABLE) -> None:
    """List the shipped scenarios."""
    from scenarios import list_scenarios
    from tui.terminal.console import data, tell
    from tui.terminal.machine import write_csv, write_json

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
    """Copy a shipped scenario to a file that you can change, with the tables that it names.

    An existing file is never overwritten.
    """
    from scenarios import ScenarioError, path_of
    from scenarios.files.copying import copy_tables
    from tui.terminal.console import say
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    shipped = path_of(name)
    text = shipped.read_text(encoding="utf-8")
    target = Path(f"{name}.toml") if path is None else path
    if target.is_dir():
        target /= f"{name}.toml"
    _write_new(target, text)
    try:
        copy_tables(text, shipped.parent, target.parent)
    except ScenarioError as error:
        refuse(str(error), ExitCode.FAILED)
    say(f"Copied to {target}. Change it, then: firstline check {target}")


@app.command(epilog=OF_NEW)
def new(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="The new file; .toml is added where it is missing."),
    ],
    template: Annotated[
        str, typer.Option(metavar="NAME", help="What to begin with, see below.")
    ] = DEFAULT_TEMPLATE,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Put a figure of your own in the place of the template's. Can be repeated.",
        ),
    ] = None,
) -> None:
    """Begin your own scenario: a small centre that can be run, with a comment on each figure.

    An existing file is never overwritten.
    """
    from scenarios import ScenarioError, parse_changes
    from scenarios.templates import templates
    from scenarios.templates.filled import filled
    from tui.command_line.parsed_options import known
    from tui.terminal.console import say
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    text = templates()[known("template", [template], templates(), "--template")[0]]
    target = path / template if path.is_dir() else path
    if target.suffix != ".toml":
        target = target.with_name(f"{target.name}.toml")
    try:
        text = filled(text, parse_changes(values or []))
    except ScenarioError as error:
        # The template is fine: it is the command that asks for what cannot be.
        refuse(str(error), ExitCode.USAGE)
    _write_new(target, text)
    say(f"Written to {target}. Put your own figures in, then: firstline check {target}")


def _write_new(target: Path, text: str) -> None:
    from tui.terminal.exits import ExitCode
    from tui.terminal.refusals import refuse

    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        refuse(
            f"{target} already exists and was not overwritten. Name another file.", ExitCode.FAILED
        )
