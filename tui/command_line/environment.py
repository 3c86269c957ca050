"""Choices that hold for every command of a shell, in its environment."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from tui.command_line.exits import ExitCode
from tui.command_line.options import RUNS_VARIABLE, WORKERS_VARIABLE, at_least_one
from tui.command_line.refusals import refuse


def runs_folder() -> Path:
    """Where run folders are, for what has no option of its own to say so."""
    return Path(os.environ.get(RUNS_VARIABLE) or "runs")


def typed(workers: int | None) -> int | None:
    """The number of worker processes if somebody asked for it now, and not for every command."""
    return None if os.environ.get(WORKERS_VARIABLE) else workers


def workers_or_default() -> int | None:
    """The number of worker processes; None is one for each core.

    Raises:
        typer.Exit: the variable is not a number of at least 1.
    """
    text = os.environ.get(WORKERS_VARIABLE, "")
    try:
        return at_least_one(int(text)) if text else None
    except (ValueError, typer.BadParameter):
        rule = f"{WORKERS_VARIABLE} is '{text}': it must be a whole number of at least 1."
        refuse(rule, ExitCode.USAGE)
