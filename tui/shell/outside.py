"""The open scenario file on disk: whether somebody else has changed, deleted or broken it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tui.shell import scenario_file
from tui.shell.scenario_file import ScenarioFile

TABLE = ".csv"
"""Ends the names of files next to a scenario that are read with it."""

Stamps = tuple[tuple[int, int, int] | None, ...]
"""Of each file its identity, its size and when it was written; None for one that is not there."""


@dataclass(frozen=True)
class News:
    """What has happened to the open file outside the app."""

    kind: Literal["changed", "broken", "gone"]
    name: str
    """Of the file, as a person reads it."""

    @property
    def words(self) -> str:
        """One short sentence."""
        what = {
            "changed": "was changed outside",
            "broken": "was changed outside and has problems now",
            "gone": "is gone",
        }
        return f"{self.name} {what[self.kind]}."

    @property
    def anew(self) -> str:
        """What the first of the two keys does."""
        said = {"changed": "reads it anew", "broken": "says which", "gone": "looks again"}
        return said[self.kind]


class OutsideWatch:
    """Looks after the file that is open.

    A change counts when the scenario is another one than that which is open; a file that was only
    touched, or whose comments were edited, and what the app itself has saved, are no news.
    """

    def __init__(self) -> None:
        self.news: News | None = None
        """What a person has not decided about yet."""
        self._opened: ScenarioFile | None = None
        self._files: tuple[Path, ...] = ()
        self._known: Stamps | None = None
        """Of the files as they were read last; None when they have to be read."""
        self._before: Stamps | None = None
        """As seen by the look before: a file is read once it is not being written any more."""
        self._kept: ScenarioFile | None = None
        """What is on disk, where somebody chose to keep what is open."""

    def follow(self, opened: ScenarioFile, *, saved: bool = False) -> None:
        """Look after another file, or after another state of the same.

        Args:
            opened: the file as it is open now.
            saved: the app itself has just written it.
        """
        self._kept = scenario_file.read(opened.path) if saved and self._kept is not None else None
        self._opened, self.news = opened, None
        self._files = () if opened.shipped else (opened.path, *_tables(opened))
        self._known = self._before = None

    def must_read(self) -> bool:
        """Whether something is different on disk, so that it has to be read; quick."""
        if not self._files:
            return False
        stamps = tuple(_stamp(path) for path in self._files)
        settled, self._before = stamps == self._before, stamps
        if not settled or stamps == self._known:
            return False
        self._known = stamps
        return True

    def read(self) -> ScenarioFile | None:
        """Read the file anew; None where none is looked after. May take a moment: in a thread."""
        opened = self._opened
        if opened is None or (len(self._files) == 1 and _text(opened.path) == opened.document):
            return opened
        return scenario_file.read(opened.path)

    def take(self, found: ScenarioFile) -> None:
        """Decide whether what was read is news.

        Args:
            found: from ``read``.
        """
        opened = self._opened
        if opened is None or found.path != opened.path:
            return  # another file was opened while this one was read
        name = scenario_file.shown(found.path)
        if not found.path.exists():
            self.news = News("gone", name)
        elif found.scenario is None:
            self.news = News("broken", name)
        elif found.scenario != opened.scenario:
            self.news = News("changed", name)
        else:
            self.news = None
        if self._kept is not None and _same(self._kept, found):
            self.news = None

    def keep(self, found: ScenarioFile) -> None:
        """Somebody chose to keep what is open: no word any more until the file changes again.

        Args:
            found: the file as it is on disk.
        """
        self._kept, self.news = found, None

    def again(self) -> None:
        """Say again what was kept back."""
        self._known = self._kept = None

    def differs(self, found: ScenarioFile) -> bool:
        """Whether a file that was read is another state of the one that is open."""
        opened = self._opened
        return opened is not None and found.path == opened.path and not _same(opened, found)


def _same(one: ScenarioFile, other: ScenarioFile) -> bool:
    """Whether two states of a file mean the same; of two broken ones, whether they are the same."""
    if one.scenario is None or other.scenario is None:
        return one == other
    return one.scenario == other.scenario


def _tables(opened: ScenarioFile) -> Iterator[Path]:
    """The CSV files that a scenario is read with."""
    try:
        document = tomllib.loads(opened.document)
    except tomllib.TOMLDecodeError:
        return
    yield from sorted({opened.path.parent / name for name in _names(document)})


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.endswith(TABLE):
            yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _names(one)


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
