"""The scenario file that is open in the app."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tui import loading

if TYPE_CHECKING:
    from scenarios import Problem, Scenario

FIRST = "retail-complaints"
"""The shipped scenario that is open when nobody has opened another yet."""


@dataclass(frozen=True)
class Opened:
    """A scenario file as it was read: the scenario in it, or everything that is wrong with it."""

    path: Path
    name: str
    """The file's name without its ending."""
    document: str
    """Its text, as it stands in the file."""
    scenario: Scenario | None
    """None when the file has problems."""
    problems: tuple[Problem, ...] = ()
    shipped: bool = False
    """It comes with the program: policies are saved into a copy."""


def read(path: Path) -> Opened:
    """Read a scenario file; what is wrong with it is told, not raised.

    One that comes with the program does not change while it runs and is read once.
    """
    return _read_shipped(path) if is_shipped(path) else _read(path, shipped=False)


@cache
def _read_shipped(path: Path) -> Opened:
    return _read(path, shipped=True)


def _read(path: Path, *, shipped: bool) -> Opened:
    from scenarios.checks.problems import ScenarioError
    from scenarios.files.reading import read_text
    from scenarios.load import load_text

    document = ""
    try:
        document = read_text(path)
        scenario = load_text(document, file=shown(path), folder=path.parent)
    except ScenarioError as error:
        return Opened(path, path.stem, document, None, error.problems, shipped)
    return Opened(path, path.stem, document, scenario, (), shipped)


def shown(path: Path) -> str:
    """A path as a person reads it: from the folder they are in, where it lies in there."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def first() -> Path:
    """The file that is open when nobody has opened another yet."""
    loading.everything()
    from scenarios.library import path_of

    return path_of(FIRST)


def is_shipped(path: Path) -> bool:
    """Whether a file is one of those that come with the program."""
    loading.everything()
    from scenarios.library import names, path_of

    return path.stem in names() and path.resolve() == path_of(path.stem).resolve()
