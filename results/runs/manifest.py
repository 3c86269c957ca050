"""The manifest: what a run folder says about itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from results.errors import ExperimentError
from results.runs.fields import Fields
from results.runs.origin import Origin

MANIFEST = "manifest.json"
FORMAT = 1
"""Of run folders: one more whenever a field, a table or a column goes or means something else.
Fields, tables and columns are added without a new number. A manifest of version 0.1 says none."""
UNFINISHED = ".unfinished"
START_AGAIN = "begun by an earlier version: start again"
"""What is said of an unfinished run that cannot be resumed; it stays as it is."""


@dataclass(frozen=True)
class Manifest:
    """What a run folder says about itself."""

    name: str
    """Of the scenario."""
    command: str
    """That made the folder."""
    started: str
    """ISO 8601, in UTC like ``ended``."""
    origin: Origin
    ended: str = ""
    complete: bool = False
    """False while it runs, and when it was interrupted."""
    policies: tuple[str, ...] = ()
    """The baseline first."""
    planned: int = 0
    """Replications asked for under each policy."""
    replications: int = 0
    """Replications finished under every policy."""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    """One sentence for each policy."""
    file: str = ""
    """The scenario file, its whole path; empty for a shipped one, which its name shows."""
    precision: str = ""
    """How closely things were to be known, as it is typed; empty when replications are counted."""
    centres: int = 0
    """Centres that fit the figures that were asked for as well; 0 where nobody asked."""
    format: int = FORMAT
    unread: tuple[str, ...] = ()
    """Fields of a later format that say something this version does not understand."""

    @property
    def cannot_go_on(self) -> bool:
        """It is unfinished, and this version would resume something else."""
        return not self.complete and (self.origin.by_another_version or self.format > FORMAT)

    @property
    def note(self) -> str:
        """What a reader must know of a folder of a later format, after its name; else empty."""
        if self.format <= FORMAT:
            return ""
        without = f", without {', '.join(self.unread)}" if self.unread else ""
        return (
            f"was written by a later version of firstline (format {self.format}; this one knows "
            f"{FORMAT}); what is known of it is read{without}. That version shows all of it."
        )


def read_manifest(folder: Path) -> Manifest:
    """What a run folder says about itself; fields that this version does not know are left out.

    Of a later format, a field that means nothing to this version counts as missing (``unread``).

    Raises:
        ExperimentError: there is no manifest, or it cannot be read.
    """
    path = folder / MANIFEST
    try:
        return _manifest_of(json.loads(path.read_text(encoding="utf-8")), folder)
    except FileNotFoundError as error:
        if not folder.exists():
            raise ExperimentError(
                f"There is no run {folder}. firstline runs list shows all of them."
            ) from error
        raise ExperimentError(f"{folder} is not a run: it has no {MANIFEST}.") from error
    except NotADirectoryError as error:
        raise ExperimentError(f"{folder} is a file; a run is a folder. Name the folder.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ExperimentError(f"{path} cannot be read as a manifest: {error}.") from error


def _manifest_of(found: Any, folder: Path) -> Manifest:
    there = Fields(found)
    try:
        number = there.number("format", 0)
        return Manifest(**{name: read(there) for name, read in _FIELDS.items()}, format=number)
    except ValueError:
        number = found.get("format")
        if type(number) is not int or number <= FORMAT:
            raise
    values: dict[str, Any] = {"name": folder.name, "command": "", "started": "", "format": number}
    values |= {"origin": Origin.unknown(), "complete": folder.suffix != UNFINISHED}
    unread = []
    for name, read in _FIELDS.items():
        try:
            values[name] = read(there)
        except ValueError:
            unread.append(name)
    return Manifest(**values, unread=tuple(unread))


_FIELDS: Mapping[str, Callable[[Fields], Any]] = {
    "name": lambda there: there.text("name"),
    "command": lambda there: there.text("command", ""),
    "started": lambda there: there.text("started", ""),
    "origin": lambda there: Origin.read(there.raw("origin")),
    "ended": lambda there: there.text("ended", ""),
    "complete": lambda there: there.flag("complete", default=False),
    "policies": lambda there: there.texts("policies"),
    "planned": lambda there: there.number("planned", 0),
    "replications": lambda there: there.number("replications", 0),
    "verdicts": lambda there: there.table("verdicts", str, {}),
    "file": lambda there: there.text("file", ""),
    "precision": lambda there: there.text("precision", ""),
    "centres": lambda there: there.number("centres", 0),
}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what a run folder says about itself, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    place, new = folder / MANIFEST, folder / f"{MANIFEST}.new"
    said = {name: value for name, value in asdict(manifest).items() if name != "unread"}
    said = {"format": FORMAT} | said | {"format": FORMAT}
    text = json.dumps(said, indent=2, ensure_ascii=False)
    new.write_text(text + "\n", encoding="utf-8")
    if place.is_dir():
        # Whatever put a folder in its place: a file does not take the place of one.
        place.rename(folder / f"{MANIFEST}.damaged")
    new.replace(place)
