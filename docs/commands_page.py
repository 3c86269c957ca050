"""Write docs/commands.md from the command line itself: `python docs/commands_page.py`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from tui.cli import app

PAGE = Path(__file__).with_name("commands.md")
HEADING, SHELL = "heading", "sh"
BLOCKS = (SHELL, "text")
COMMANDS = ("  firstline ", "  cat ", "  FIRSTLINE_")
TYPES = re.compile(r" <(str|path|list\[str\]|list\[Path\]|int range)>")
EXPLAINED = re.compile(r"\S {2,}\S")
"""A command with words on what it does after it: to read, not to type."""

HEAD = """# Commands and options

Every command with its options, made from the command line itself (`python docs/commands_page.py`);
`firstline COMMAND --help` says the same. `firstline` without a command opens [the app](app.md).
What the commands write: [run folders](runs.md), [JSON and CSV](json.md).

| exit code | when |
| --- | --- |
| 0 | done |
| 1 | failed: a full disk, a file that exists; with `check --run`, an expectation does not hold |
| 2 | the command line is wrong |
| 3 | the scenario cannot be run |
| 4 | with `check --run`: no expectation fails, and one is not known yet |
| 130 | interrupted; what is finished is kept |

With `validate`, 1 says that a figure differs, 4 that none does and one is too rough to tell; with
`backtest`, 4 says that a figure lies outside its band.

Results go to standard output; progress, notes and errors go to standard error, so that `> file`
takes the result alone. Two environment variables stand for options, which take precedence over
them: `FIRSTLINE_RUNS` for `--output` and `FIRSTLINE_WORKERS` for `--workers`. `NO_COLOR` turns
colours off.
"""


def page() -> str:
    """The whole page as Markdown."""
    whole = typer.main.get_command(app)
    commands = [("firstline", whole), *_commands(whole, ("firstline",))]
    index = " · ".join(f"[{name}](#{_anchor(name)})" for name, _ in commands)
    lines = [HEAD, index, ""]
    for name, command in commands:
        lines += [f"## {name}", "", *_section(command)]
    return "\n".join(lines).rstrip() + "\n"


def write() -> None:
    """Write the page next to this script."""
    PAGE.write_text(page(), encoding="utf-8")


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Every command with its whole name; a group of commands before those in it."""
    for name, command in group.commands.items():
        yield " ".join((*path, name)), command
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))


def _section(command: Any) -> list[str]:
    lines = [inspect.cleandoc(command.help), ""]
    context = typer.Context(command)
    records = [param.get_help_record(context) for param in command.params]
    rows = [
        f"| `{_cell(TYPES.sub('', name))}` | {_cell(words)} |"
        for name, words in filter(None, records)
    ]
    if rows:
        lines += ["| argument or option | meaning |", "| --- | --- |", *rows, ""]
    return lines + _epilogue(command.epilog or "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _epilogue(text: str) -> list[str]:
    """What follows the options: headings, then commands or other lines, each kind in its block."""
    lines: list[str] = []
    kind = ""
    for line in filter(None, text.replace("\b\n", "").splitlines()):
        now = _kind(line, kind)
        if kind in BLOCKS and now != kind:
            lines += ["```", ""]
        if now in BLOCKS and now != kind:
            lines.append(f"```{now}")
        lines += [line.removeprefix("  ")] if now in BLOCKS else [line, ""]
        kind = now
    return [*lines, "```", ""] if kind in BLOCKS else lines


def _kind(line: str, before: str) -> str:
    """A heading, a command that a shell takes, or something else; of a long command, every line."""
    if not line.startswith(" "):
        return HEADING
    if before == SHELL and line.startswith("   "):
        return SHELL
    if line.startswith(COMMANDS) and not EXPLAINED.search(line):
        return SHELL
    return "text"


if __name__ == "__main__":
    write()
