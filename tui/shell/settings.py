"""What the app remembers: a choice of theme, the files opened last, where it was left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self, TypeVar

from platformdirs import PlatformDirs

from tui.shell.given_answers import GivenAnswers

RECENT = 12
"""Opened files that are remembered."""

FOLDERS = 50
"""Folders and files of which something else is remembered."""


@dataclass
class Choices:
    """What a person has chosen once and for all."""

    theme: str = "dark"
    """``dark`` or ``light``."""


@dataclass
class LastState:
    """How the app was left."""

    opened: dict[str, str] = field(default_factory=dict)
    """By the folder that the app was begun in, the scenario file that was open last."""
    picked: dict[str, list[str]] = field(default_factory=dict)
    """By scenario file, the policies picked for comparing."""
    planned: dict[str, list[str]] = field(default_factory=dict)
    """By scenario file, how it was compared last: replications, precision and seed, as typed."""
    days: dict[str, str] = field(default_factory=dict)
    """By scenario file, the days that a what-if was asked to run: ``day`` or ``all``."""
    recent: list[str] = field(default_factory=list)
    """The files opened, the last one first; all paths are whole and without links."""


_Kept = TypeVar("_Kept", Choices, LastState)


class Settings:
    """Choices and last state, each in a file of its own in the platform's folders.

    What cannot be read is as if it had never been written: no setting is worth an error at the
    start. What cannot be written is told once, by ``save``.
    """

    def __init__(self, config: Path, state: Path) -> None:
        self._choices, self._last = config / "settings.json", state / "last.json"
        self.choices = _read(self._choices, Choices)
        self.last = _read(self._last, LastState)
        self.answers = GivenAnswers(state / "answers.json")
        """What was answered last; written by itself, as soon as it is given."""

    @classmethod
    def of_this_user(cls) -> Self:
        """The settings of the current user."""
        folders = PlatformDirs("firstline", appauthor=False)
        return cls(folders.user_config_path, folders.user_state_path)

    def remember(self, path: Path, folder: Path) -> None:
        """Put a scenario file first among those opened, and open it next time in this folder.

        In another folder it is listed, and not opened: there may be one of the same name.
        """
        there = str(path.resolve())
        self.last.opened = _with(self.last.opened, str(folder.resolve()), there)
        others = [one for one in self.last.recent if one != there]
        self.last.recent = [there, *others][:RECENT]

    def opened_in(self, folder: Path) -> Path | None:
        """The scenario file that was open last in a folder; None when none was."""
        found = self.last.opened.get(str(folder.resolve()))
        return Path(found) if found else None

    def pick(self, path: Path, policies: Iterable[str]) -> None:
        """Remember the policies of a scenario file that are picked for comparing."""
        self.last.picked = _with(self.last.picked, str(path.resolve()), list(policies))

    def picked_of(self, path: Path) -> list[str]:
        """The policies of a scenario file that were picked; none when nobody has picked any."""
        return self.last.picked.get(str(path.resolve()), [])

    def plan(self, path: Path, settings: Iterable[str]) -> None:
        """Remember how a scenario file is compared: replications, precision and seed, as typed."""
        self.last.planned = _with(self.last.planned, str(path.resolve()), list(settings))

    def plan_of(self, path: Path) -> list[str]:
        """How a scenario file was compared last; empty when nobody has set anything."""
        return self.last.planned.get(str(path.resolve()), [])

    def choose_days(self, path: Path, days: str) -> None:
        """Remember the days that what-ifs of a scenario file run: ``day`` or ``all``."""
        self.last.days = _with(self.last.days, str(path.resolve()), days)

    def days_of(self, path: Path) -> str:
        """The days chosen for a scenario file; empty when nobody has chosen."""
        return self.last.days.get(str(path.resolve()), "")

    def save(self) -> None:
        """Write both files.

        Raises:
            OSError: a folder or file cannot be written.
        """
        for path, kept in ((self._choices, self.choices), (self._last, self.last)):
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_suffix(".new")
            new.write_text(json.dumps(asdict(kept), indent=2) + "\n", encoding="utf-8")
            new.replace(path)


_Value = TypeVar("_Value")


def _with(kept: Mapping[str, _Value], key: str, value: _Value) -> dict[str, _Value]:
    """The same with a value put last, and without the oldest when there are too many."""
    others = [(name, one) for name, one in kept.items() if name != key]
    return dict([*others, (key, value)][-FOLDERS:])


def _read(path: Path, kind: type[_Kept]) -> _Kept:
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return kind()
    kept = kind()
    if isinstance(found, dict):
        for one in fields(kept):
            value = found.get(one.name)
            if _fits(value, getattr(kept, one.name)):
                setattr(kept, one.name, value)
    return kept


def _fits(value: object, default: object) -> bool:
    """Whether a value read has the kind of the default; lists and tables are of text."""
    if isinstance(default, list):
        return _are_texts(value)
    if isinstance(default, dict):
        return isinstance(value, dict) and (
            all(map(_are_texts, value.values())) or _are_texts(list(value.values()))
        )
    return isinstance(value, type(default))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
