"""Refusals: an error becomes a readable message and an exit code."""

from __future__ import annotations

import errno
import re
import sys
import tempfile
import traceback
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from tui.terminal.exits import ExitCode
from tui.terminal.quiet import be_quiet


class Refusing(TyperGroup):
    """The commands; an error in one of them becomes a readable message."""

    def get_params(self, ctx: Any) -> Any:
        """The options of the group itself."""
        params = super().get_params(ctx)
        for param in params:
            # Typer has pydantic make a bool of a flag that was not given, and loads it for that:
            # a tenth of a second before every --help.
            if getattr(param, "is_bool_flag", False) and param.default is None:
                param.default = False
        return params

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        be_quiet(
            False
        )  # A command before this one, of the same process, may have been asked to be.
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            refuse("Interrupted.", ExitCode.INTERRUPTED)
        except Exception as error:
            code = _code_of(error)
            if code is None:
                # A wrong option is told by Typer, with the value as it was given.
                if isinstance(message := getattr(error, "message", None), str):
                    error.message = shown(plain(message))  # type: ignore[attr-defined]
                raise
            refuse(_words_of(error), code)


def plain(message: str) -> str:
    """What a library says of an option, in the words of the other options."""
    for foreign, own in _FOREIGN:
        message = re.sub(foreign, own, message)
    return message


_FOREIGN = (
    (r"^Value error, ", ""),
    (r"does not match the formats? '%Y-%m-%d'\.?", "is not a date: write it as in 2026-12-01."),
    (r"^Input should be a valid integer.*", "must be a whole number."),
    (r"^Input should be a valid number.*", "must be a number."),
    (r"^Input should be greater than or equal to (\S+)", r"must be at least \1."),
    (r"^Input should be less than or equal to (\S+)", r"must be at most \1."),
)
"""Patterns of pydantic, by which Typer reads options, and what stands for them."""


def refuse(text: str, code: ExitCode) -> NoReturn:
    """End the command with words on stderr."""
    typer.echo(shown(text), err=True)
    raise typer.Exit(code)


def fault(error: BaseException) -> ExitCode:
    """Say that the program itself failed, and where the details are."""
    typer.echo(shown(fault_words(error)), err=True)
    return ExitCode.FAILED


def fault_words(error: BaseException) -> str:
    """The same as a readable message; the details are written to a file."""
    said = f"This is an error in firstline, not in your scenario: {type(error).__name__}: {error}\n"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="firstline-", suffix=".txt", encoding="utf-8", delete=False
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError as full:
        said += f"The details cannot be written: {full.strerror or full}.\n"
        return f"{said}Please report it with the command and the scenario."
    return f"{said}Please report it with the command, the scenario and {file.name}."


def shown(text: str) -> str:
    """The text with control characters written out: it may quote a file, or be a file's name."""
    # Loaded when something went wrong: a tenth of a second that --help does not need.
    from scenarios.files.characters import visible

    return visible(text)


def _code_of(error: Exception) -> ExitCode | None:
    """The exit code of an error that a person can do something about; None for others."""
    if _is(error, "scenarios.checks.problems", "ScenarioError"):
        return ExitCode.BAD_SCENARIO
    if _is(error, "results.errors", "ExperimentError"):
        return ExitCode.FAILED
    # A reader that closes the pipe early (head, less) has seen enough; Typer ends quietly.
    if isinstance(error, OSError) and error.errno != errno.EPIPE:
        return ExitCode.FAILED
    return None


def _is(error: Exception, module: str, name: str) -> bool:
    # An error of a class that nobody has loaded cannot be there: no need to load it for asking.
    return module in sys.modules and isinstance(error, getattr(sys.modules[module], name))


def _words_of(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)
