"""The user's scenario files: where they may go, how they are made and checked."""

from __future__ import annotations

from pathlib import Path

from scenarios import warnings
from scenarios.files.copying import copy_tables
from scenarios.files.reading import read_text
from scenarios.library import opening_comment
from scenarios.save import write_text
from scenarios.templates import templates as templates
from tui.shell import scenario_file

SUFFIX = ".toml"


def text_of(path: Path) -> str:
    """The text of a scenario file.

    Raises:
        ScenarioError: it cannot be read.
    """
    return read_text(path)


def about(text: str) -> str:
    """The first line of a template's opening comment."""
    return opening_comment(text).partition("\n")[0]


def free_name(folder: Path, name: str) -> str:
    """A file name in the folder that is not taken yet."""
    wanted, number = f"{name}{SUFFIX}", 2
    while (folder / wanted).exists():
        wanted, number = f"{name}-{number}{SUFFIX}", number + 1
    return wanted


def refusal(folder: Path, typed: str) -> str:
    """Why a name cannot be that of a new file, as a readable message; empty when it can."""
    if not typed:
        return "Type a name, or press Escape."
    path = _path(folder, typed)
    if path.exists():
        return f"{path.name} is there already. Choose another name."
    if not path.parent.is_dir():
        return f"There is no folder {path.parent}."
    return ""


def write(folder: Path, typed: str, text: str, tables: Path | None = None) -> Path:
    """Write the text into a new file.

    Args:
        folder: Where a name without one goes.
        typed: The name.
        text: The scenario.
        tables: The folder from which it names tables, which are copied along.

    Raises:
        ScenarioError: it cannot be written.
    """
    path = _path(folder, typed).resolve()
    if tables is not None:
        copy_tables(text, tables, path.parent)
    write_text(path, text)
    return path


def _path(folder: Path, typed: str) -> Path:
    path = folder / Path(typed).expanduser()
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def checked(path: Path) -> tuple[str, str]:
    """What a check finds in a scenario file: words, and every problem or warning in full."""
    found = scenario_file.read(path)
    if found.scenario is None:
        count = len(found.problems)
        problems = f"{count} {'problem' if count == 1 else 'problems'}"
        words = f"✗ {problems} found; the scenario cannot be run yet."
        return words, "\n\n".join(map(str, found.problems))
    warned = warnings(found.scenario)
    policies = len(found.scenario.policies)
    words = f"✓ No problems found. {policies} {'policy' if policies == 1 else 'policies'} besides "
    words += f"{found.scenario.baseline}."
    if warned:
        said = f"{len(warned)} warning{'s' if len(warned) > 1 else ''}"
        words += f"\n{said}; allowed, and may well be a mistake:"
    return words, "\n\n".join(map(str, warned))
