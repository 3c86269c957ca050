"""The scenario file that is open in the app."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tui.parts import loading

if TYPE_CHECKING:
    from scenarios import Problem, Scenario

FIRST = "retail-complaints"
"""The shipped scenario that is open when nobody has opened another yet."""


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario file as it was read: the scenario in it, or everything that is wrong with it."""

    path: Path
    """Whole and without links: two files of one name are told apart by it."""
    name: str
    """The file's name without its ending."""
    document: str
    """Its text, as it stands in the file."""
    scenario: Scenario | None
    """None when the file has problems."""
    problems: tuple[Problem, ...] = ()
    shipped: bool = False
    """It comes with the program: policies are saved into a copy."""
    copy_of: Path | None = field(default=None, compare=False)
    """The shipped file that it was copied from just now, to save into it."""

    @property
    def file(self) -> str:
        """The whole path of the user's own file; empty for a shipped one, known by its name."""
        return "" if self.shipped else str(self.path)

    @property
    def place(self) -> str:
        """Where it lies, for a reader; of a shipped one its name says enough."""
        return self.name if self.shipped else at_home(self.path)


def read(path: Path) -> ScenarioFile:
    """Read a scenario file; what is wrong with it is told, not raised.

    One that comes with the program does not change while it runs and is read once.
    """
    path = path.resolve()
    return _read_shipped(path) if is_shipped(path) else _read(path, shipped=False)


@cache
def _read_shipped(path: Path) -> ScenarioFile:
    return _read(path, shipped=True)


def _read(path: Path, *, shipped: bool) -> ScenarioFile:
    from scenarios.checks.problems import ScenarioError
    from scenarios.files.reading import read_text

    try:
        document = read_text(path)
    except ScenarioError as error:
        return ScenarioFile(path, path.stem, "", None, error.problems, shipped)
    return with_text(path, document, shipped=shipped)


def with_text(path: Path, document: str, *, shipped: bool = False) -> ScenarioFile:
    """A scenario file as it would be read with a text in it.

    Args:
        path: of the file, whole and without links.
        document: its text.
        shipped: it comes with the program.
    """
    from scenarios.checks.problems import ScenarioError
    from scenarios.load import load_text

    try:
        scenario = load_text(document, file=shown(path), folder=path.parent)
    except ScenarioError as error:
        return ScenarioFile(path, path.stem, document, None, error.problems, shipped)
    return ScenarioFile(path, path.stem, document, scenario, (), shipped)


_HEAD = re.compile(r"^\s*\[?(reasons|groups)\b", re.MULTILINE)


def own_files(folder: Path) -> list[Path]:
    """The scenario files in a folder, by name; other TOML files are left out."""
    return [path.resolve() for path in sorted(folder.glob("*.toml")) if _looks_like_one(path)]


def _looks_like_one(path: Path) -> bool:
    """A folder may hold other TOML files; a broken scenario is still one, and so is an empty file.

    One that is no text cannot be told from a scenario, and is shown with its problem.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return True
    except OSError:
        return False
    return not text.strip() or bool(_HEAD.search(text))


def newest(folder: Path) -> ScenarioFile | None:
    """The scenario file of a folder that was changed last, of those that can be used."""
    for path in sorted(own_files(folder), key=_changed, reverse=True):
        found = read(path)
        if found.scenario is not None:
            return found
    return None


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def at_home(path: Path) -> str:
    """A whole path, short where it lies in the user's own folder: ``~/shop/centre.toml``."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def shown(path: Path) -> str:
    """A path as a person reads it: from the folder they are in, where it lies in there."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else at_home(path)


def first() -> Path:
    """The file that is open when nobody has opened another yet."""
    loading.questions()
    from scenarios.library import path_of

    return path_of(FIRST)


def is_shipped(path: Path) -> bool:
    """Whether a file is one of those that come with the program."""
    loading.questions()
    from scenarios.library import names, path_of

    return path.stem in names() and path.resolve() == path_of(path.stem).resolve()
