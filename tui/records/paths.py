"""Paths as people give them: typed, pasted, dragged into the window, looked for in a folder."""

from __future__ import annotations

import itertools
import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

ENDINGS = (".csv", ".gz", ".parquet", ".xlsx", ".xls", ".tsv", ".txt", ".log")
"""Endings of files that may be records; others are found when their names are typed."""
MOST = 500
"""Entries of a folder that are listed."""


def paths_in(text: str, folder: Path) -> tuple[Path, ...]:
    """The paths in what was typed or pasted, whole; one name with blanks in it is one path.

    Terminals write files that are dragged into them in quotes, with a backslash before blanks, or
    as ``file://`` addresses, one after the other.
    """
    whole = text.strip()
    if not whole:
        return ()
    if is_there(one := path_of(_bare(whole), folder)):
        return (one,)
    return tuple(path_of(word, folder) for word in _words(whole))


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; a name that no file can have is not there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _bare(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def _words(text: str) -> list[str]:
    try:
        words = shlex.split(text, posix=os.name != "nt")
    except ValueError:  # a quote that is never closed
        return [text]
    return [_bare(word) for word in words]


def path_of(word: str, folder: Path) -> Path:
    """The path that was typed, from a folder on."""
    if word.startswith("file://"):
        word = url2pathname(urlparse(word).path)
    try:
        return folder / Path(word).expanduser()
    except RuntimeError:  # nobody of that name has a home
        return folder / word


@dataclass(frozen=True)
class Entry:
    """Something in a folder: another folder, or a file that may be records."""

    path: Path
    is_folder: bool
    size: int = 0

    @property
    def words(self) -> str:
        """How large it is."""
        if self.is_folder:
            return "folder"
        if self.size < 1_000_000:
            return f"{max(self.size, 1_000) // 1_000:,} kB"
        return f"{self.size / 1_000_000:,.1f} MB"


def _common(names: Sequence[str]) -> str:
    """What all of some names begin with."""
    same = itertools.takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return "".join(signs[0] for signs in same)


@dataclass(frozen=True)
class Listing:
    """What a beginning of a path can become."""

    folder: Path
    entries: tuple[Entry, ...]
    problem: str = ""
    """Why the folder cannot be looked into."""

    def completed(self, typed: str) -> str:
        """What was typed with as much more as all entries have in common."""
        names = [one.path.name + ("/" if one.is_folder else "") for one in self.entries]
        begun = _common([name.lower() for name in names])
        head, _, tail = typed.rpartition("/")
        if len(begun) <= len(tail) and len(names) != 1:
            return typed
        more = names[0][: len(begun)] if len(names) != 1 else names[0]
        return f"{head}/{more}" if "/" in typed else more


def listing(typed: str, folder: Path) -> Listing:
    """The folders and files whose names begin as what was typed; hidden ones when it says so."""
    head, _, tail = typed.strip().rpartition("/")
    there = folder
    if "/" in typed:
        there = path_of(f"{head}/", folder)
    elif tail == "~":
        there, tail = path_of("~", folder), ""
    try:
        found = sorted(there.iterdir(), key=lambda one: one.name.lower())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no folder has such a name"
        return Listing(there, (), f"{there}: {why}.")
    entries = [one for path in found if (one := _entry(path, tail)) is not None]
    entries.sort(key=lambda one: one.is_folder)
    return Listing(there, tuple(entries[:MOST]))


def _entry(path: Path, begins: str) -> Entry | None:
    name = path.name.lower()
    if not name.startswith(begins.lower()) or (name.startswith(".") and not begins):
        return None
    try:
        if path.is_dir():
            return Entry(path, is_folder=True)
        if name.endswith(ENDINGS):
            return Entry(path, is_folder=False, size=path.stat().st_size)
    except OSError:
        return None
    return None
