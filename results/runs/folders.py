"""Run folders by name: which are meant, and how they are removed."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from results.errors import ExperimentError
from results.runs import running
from results.runs.manifest import MANIFEST, UNFINISHED


def folder_of(root: Path, name: str) -> Path:
    """The run folder of a name: a path, or what it is called under the root."""
    path = Path(name)
    return path if path.is_dir() or not (root / name).is_dir() else root / name


def removable(root: Path, names: Sequence[str], *, unfinished: bool = False) -> list[Path]:
    """The run folders that are meant, each once.

    Args:
        root: where run folders are; nothing outside it is removed.
        names: of folders, as ``runs list`` shows them or without the root.
        unfinished: all unfinished ones as well, except those that are running.

    Raises:
        ExperimentError: one of them cannot be removed; all reasons, a line each.
    """
    problems, found = [], {}
    for name in names:
        folder = folder_of(root, name)
        if problem := _problem(root, folder):
            problems.append(problem)
        found[folder.resolve()] = folder
    if problems:
        raise ExperimentError("\n".join([*problems, "Nothing was removed."]))
    if unfinished:
        found |= {one.resolve(): one for one in _unfinished(root)}
    return list(found.values())


def _unfinished(root: Path) -> Iterator[Path]:
    for path in sorted(root.glob(f"*{UNFINISHED}/{MANIFEST}")):
        if not path.parent.is_symlink() and not running.by_another(path.parent):
            yield path.parent


def _problem(root: Path, folder: Path) -> str:
    """What keeps a folder from being removed; empty when nothing does."""
    if not folder.is_dir():
        there = sorted(path.parent.name for path in root.glob(f"*/{MANIFEST}"))
        if not there:
            return f"There is no run in {root}."
        near = difflib.get_close_matches(folder.name, there, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else "firstline runs list shows all of them."
        return f"There is no run '{folder}'. {hint}"
    if folder.is_symlink():
        return f"{folder} is a link to another place: remove that run where it is."
    if folder.resolve().parent != root.resolve():
        return f"{folder} is not in {root}: say with --output where the runs are."
    if not (folder / MANIFEST).exists():
        return f"{folder} is not a run: it has no {MANIFEST}."
    if running.by_another(folder):
        return f"{folder} is running right now: end that run first (Ctrl-C there)."
    return ""


def bytes_in(folder: Path) -> int:
    """How much is in a folder."""
    return sum(
        os.lstat(Path(place) / name).st_size
        for place, _, names in os.walk(folder)
        for name in names
    )


def remove(folder: Path) -> None:
    """Delete a run folder with all that is in it.

    Raises:
        ExperimentError: it cannot be deleted, or not all of it; or it is running.
    """
    running.claim(folder)
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise ExperimentError(
            f"{folder} cannot be removed, or not all of it: {error.strerror or error}."
        ) from error
    finally:
        running.release(folder)
