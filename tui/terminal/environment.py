"""Choices that hold for every command of a shell, in its environment."""

from __future__ import annotations

import os
from pathlib import Path

from tui.terminal.exits import ExitCode
from tui.terminal.refusals import refuse

RUNS_VARIABLE, WORKERS_VARIABLE = "FIRSTLINE_RUNS", "FIRSTLINE_WORKERS"
"""Environment variables; an option on the command line comes before them."""


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
        number = int(text) if text else None
    except ValueError:
        number = 0
    if number is not None and number < 1:
        rule = f"{WORKERS_VARIABLE} is '{text}': it must be a whole number of at least 1."
        refuse(rule, ExitCode.USAGE)
    return number
