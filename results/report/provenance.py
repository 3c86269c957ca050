"""Provenance: what a report is made from, and the commands that make the same again."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self
from xml.etree.ElementTree import Element

from results.errors import ExperimentError
from results.experiments.experiment import Experiment
from results.reading import format as words
from results.report.elements import element, listed
from results.runs.manifest import Manifest, read_manifest
from results.runs.names import SCENARIO, STUDY_FILE
from results.runs.origin import Origin


@dataclass(frozen=True)
class Provenance:
    """Where the figures of a report come from."""

    origin: Origin
    folder: str = ""
    """Name of the run folder; empty where there is none."""
    command: str = ""
    """That made it; empty where nobody gave one."""
    again: tuple[str, ...] = ()
    """The command that makes the same figures from what is in the folder, given inside it."""
    took_s: float | None = None
    """From its beginning to its last table."""
    notes: tuple[str, ...] = ()
    """What a reader must know of the folder, a sentence each."""

    @classmethod
    def of(cls, experiment: Experiment, folder: Path | None, notes: tuple[str, ...] = ()) -> Self:
        """The provenance of an experiment in its folder; of this very program without one."""
        manifest = None
        if folder is not None:
            with suppress(ExperimentError):
                manifest = read_manifest(folder)
        if folder is None or manifest is None:
            return cls(Origin.of(experiment.scenario, experiment.seed), notes=notes)
        again = _again(folder, manifest, experiment)
        name = folder.name.removesuffix(".unfinished")
        return cls(manifest.origin, name, manifest.command, again, _took(manifest), notes)

    @property
    def packages(self) -> str:
        """The libraries as a package installer reads them."""
        of_python = ("python", "firstline")
        named = self.origin.versions.items()
        return " ".join(f"{name}=={number}" for name, number in named if name not in of_python)


def _again(folder: Path, manifest: Manifest, experiment: Experiment) -> tuple[str, ...]:
    count = ("-n", str(experiment.planned))
    if (folder / STUDY_FILE).exists():
        return ("firstline", "study", STUDY_FILE, *count)
    seed = ("--seed", str(manifest.origin.seed))
    if len(experiment.policies) == 1:
        return ("firstline", "run", SCENARIO, "--policy", experiment.policies[0], *count, *seed)
    named = ",".join(experiment.policies)
    return ("firstline", "compare", SCENARIO, "--policies", named, *count, *seed)


def _took(manifest: Manifest) -> float | None:
    try:
        began, ended = map(datetime.fromisoformat, (manifest.started, manifest.ended))
    except ValueError:
        return None
    return (ended - began).total_seconds()


def repeating(made: Provenance) -> list[Element]:
    """The exact commands and versions that give the same figures again."""
    python = made.origin.versions.get("python", "?")
    ours = made.origin.versions.get("firstline", "?")
    steps: list[Element] = []
    if made.command:
        steps.append(element("p", "It was made by ", element("code", made.command), _from(made)))
    if made.again:
        steps.append(
            element(
                "p",
                "Inside the run folder, with the scenario that is kept there, ",
                element("code", shlex.join(made.again)),
                " makes the same figures again.",
            )
        )
    steps.append(
        element(
            "p",
            f"Versions: firstline {ours}, Python {python}, ",
            element("code", f"pip install {made.packages}"),
            ".",
        )
    )
    return [element("h3", "To repeat it"), *steps]


def noted(made: Provenance) -> list[Element]:
    """What a reader must know of the run folder before the answer; nothing of a whole one."""
    return [listed(made.notes, class_="note")] if made.notes else []


def _from(made: Provenance) -> str:
    took = "" if made.took_s is None else f", in {words.duration(made.took_s)}"
    return f"{took}; the run folder is {made.folder}."
