"""The run folders under a root, and what each of them says about itself."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from results.errors import ExperimentError
from results.runs import running
from results.runs.manifest import MANIFEST, UNFINISHED, Manifest, read_manifest
from results.runs.origin import Origin
from scenarios import Scenario


def list_runs(root: Path, *, finished: bool = True) -> dict[Path, Manifest]:
    """The run folders under a root with what they say about themselves, the oldest first.

    A folder that cannot be read is left out; ``unreadable_runs`` says which and why.

    Args:
        root: where run folders are.
        finished: the whole ones, or only the unfinished ones.
    """
    found = {}
    for folder in _folders(root):
        if (folder.suffix != UNFINISHED) == finished:
            with suppress(ExperimentError):
                found[folder] = read_manifest(folder)
    return found


def newest_run(root: Path) -> Path:
    """The finished run under a root that was started last.

    Raises:
        ExperimentError: there is none.
    """
    found = list_runs(root)
    if not found:
        raise ExperimentError(
            f"No finished run in {root} yet. firstline compare retail-complaints makes one."
        )
    return max(found, key=lambda folder: (found[folder].started, folder.name))


def unreadable_runs(root: Path) -> dict[Path, str]:
    """The run folders under a root whose manifest cannot be read, and why, as text."""
    found = {}
    for folder in _folders(root):
        try:
            read_manifest(folder)
        except ExperimentError as error:
            found[folder] = str(error)
    return found


def _folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.glob(f"*/{MANIFEST}"))


def unfinished(root: Path, scenario: Scenario, seed: int) -> Path | None:
    """The latest unfinished run of the scenario and seed that can be resumed now."""
    origin = Origin.of(scenario, seed)
    for folder, manifest in reversed(list_runs(root, finished=False).items()):
        free = not manifest.note and not running.by_another(folder)
        if free and not origin.differences(manifest.origin):
            return folder
    return None
