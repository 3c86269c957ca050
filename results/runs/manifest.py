"""The manifest: what a run folder says about itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from results.errors import ExperimentError
from results.runs.fields import Fields
from results.runs.origin import Origin

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"
START_AGAIN = "begun by an earlier version: start again"
"""What is said of an unfinished run that cannot go on; it stays as it is."""


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
    """The scenario file, its whole path; empty for a shipped one, which its name tells."""

    @property
    def cannot_go_on(self) -> bool:
        """It is unfinished, and this version would go on with something else."""
        return not self.complete and self.origin.by_another_version


def read_manifest(folder: Path) -> Manifest:
    """What a run folder says about itself; fields that this version does not know are left out.

    Raises:
        ExperimentError: there is no manifest, or it cannot be read.
    """
    path = folder / MANIFEST
    try:
        there = Fields(json.loads(path.read_text(encoding="utf-8")))
        return Manifest(
            name=there.text("name"),
            command=there.text("command", ""),
            started=there.text("started", ""),
            origin=Origin.read(there.raw("origin")),
            ended=there.text("ended", ""),
            complete=there.flag("complete", default=False),
            policies=there.texts("policies"),
            planned=there.number("planned", 0),
            replications=there.number("replications", 0),
            verdicts=there.table("verdicts", str, {}),
            file=there.text("file", ""),
        )
    except FileNotFoundError as error:
        raise ExperimentError(f"{folder} is not a run: it has no {MANIFEST}.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ExperimentError(f"{path} cannot be read as a manifest: {error}.") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what a run folder says about itself, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    place, new = folder / MANIFEST, folder / f"{MANIFEST}.new"
    text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False)
    new.write_text(text + "\n", encoding="utf-8")
    if place.is_dir():
        # Whatever put a folder in its place: a file does not take the place of one.
        place.rename(folder / f"{MANIFEST}.damaged")
    new.replace(place)
