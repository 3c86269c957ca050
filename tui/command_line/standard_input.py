"""A scenario from standard input: ``-`` in the place of its name."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from results.runs.names import BASE, SCENARIO
from scenarios import Problem, Scenario, ScenarioError, load, load_text
from scenarios.files.reading import decoded
from tui.terminal.console import say

DASH = "-"
TITLE = "standard input"
STEM = "standard-input"
"""What the run folder of such a scenario is called after."""

_HOW_TO_PIPE = "Send a scenario into the command: cat my-centre.toml | firstline check -"

# Options that change the scenario: what is kept in the run folder has them in it already.
_CHANGING = ("--set", "--days")


def load_named(name: str) -> Scenario:
    """The scenario that a command names: shipped, a file's, or what comes by standard input.

    Raises:
        ScenarioError: it cannot be read, or cannot work.
    """
    if name != DASH:
        return load(name)
    if sys.stdin.isatty():
        say("Reading the scenario from the keyboard; end it with Ctrl-D.")
    text = decoded(sys.stdin.buffer.read(), TITLE)
    if not text.strip():
        raise ScenarioError([Problem(TITLE, "", None, "is empty", _HOW_TO_PIPE)])
    return load_text(text, file=TITLE, folder=Path())


def title_of(name: str) -> str:
    """What a scenario is called in messages."""
    return TITLE if name == DASH else name


def from_the_folder(arguments: Sequence[str], folder: Path) -> list[str]:
    """The arguments of a command, with the scenario kept in a run folder for standard input.

    What was piped in is gone when the command is given again.
    """
    if DASH not in arguments:
        return list(arguments)
    # A study has the scenario before anything was varied.
    there = [folder / name for name in (BASE, SCENARIO) if (folder / name).exists()]
    scenario = str(there[0] if there else folder / SCENARIO)
    kept, skipped = [], False
    for argument in arguments:
        if skipped or argument.startswith(tuple(f"{option}=" for option in _CHANGING)):
            skipped = False
            continue
        skipped = argument in _CHANGING
        if not skipped:
            kept.append(scenario if argument == DASH else argument)
    return kept


def as_typed(arguments: Sequence[str]) -> str:
    """A command of firstline as a person types it."""
    return shlex.join(["firstline", *arguments])
