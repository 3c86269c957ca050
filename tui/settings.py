"""What the app remembers: a choice of theme, the files opened last, where it was left."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self, TypeVar

from platformdirs import PlatformDirs

RECENT = 12
"""Opened files that are remembered."""


@dataclass
class Choices:
    """What a person has chosen once and for all."""

    theme: str = "dark"
    """``dark`` or ``light``."""


@dataclass
class LastState:
    """How the app was left."""

    screen: str = "scenarios"
    opened: str = ""
    """Path of the scenario file; empty for none yet."""
    policies: list[str] = field(default_factory=list)
    """Those picked for comparing."""
    recent: list[str] = field(default_factory=list)
    """Paths of the files opened, the last one first."""


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

    @classmethod
    def of_this_user(cls) -> Self:
        """The settings of whoever is logged in."""
        folders = PlatformDirs("firstline", appauthor=False)
        return cls(folders.user_config_path, folders.user_state_path)

    def remember(self, path: Path) -> None:
        """Put a scenario file first among those opened, to be found from any folder."""
        there = str(path.absolute())
        self.last.opened = there
        others = [one for one in self.last.recent if one != there]
        self.last.recent = [there, *others][:RECENT]

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
    """Whether a value read has the kind of the default; lists are of text."""
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, type(default))
