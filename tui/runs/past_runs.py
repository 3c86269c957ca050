"""Past runs for the screen: what each of them says, how precise it is, how it is removed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from results.errors import ExperimentError
from results.measures.registry import MEASURES
from results.reading import format as numbers
from results.reading.rows import CANDIDATES, short_title
from results.runs import running
from results.runs.finished_replications import count_in
from results.runs.query import query_runs
from results.runs.store import Manifest, list_runs, unreadable_runs

_PRECISION = """
select run, measure, mean_high - mean as half_width from comparison
where difference is null and dimension = 'all' and not isnan(mean_high - mean)
"""

_WAIT = "asa"


@dataclass(frozen=True)
class PastRun:
    """A run folder as a row of the table."""

    folder: Path
    manifest: Manifest | None
    """None when it cannot be read."""
    precision: str = ""
    """How far the first of the measures that a manager looks at may be off: ``±3.1 s``."""
    unreadable: str = ""
    """Why it cannot be read."""
    damaged: str = ""
    """Which of its files cannot be read, where the rest of it can."""
    elsewhere: bool = False
    """Whether another process is at work in it right now."""

    @property
    def state(self) -> str:
        """What is to be known of it in a word or two; empty for a whole run."""
        if self.manifest is None:
            return "unreadable"
        if self.damaged:
            return "damaged"
        if self.manifest.complete:
            return ""
        if self.manifest.cannot_go_on:
            return "start again"
        return "running" if self.elsewhere else "stopped"

    @property
    def can_go_on(self) -> bool:
        """Whether what is left of it can be run now."""
        return self.state == "stopped"


def past_runs(root: Path) -> list[PastRun]:
    """The run folders under a root, the latest first, those that cannot be read last."""
    precise, notes = _precisions(root)
    found = {**list_runs(root), **list_runs(root, finished=False)}
    readable = [
        PastRun(
            one,
            _counted(one, said),
            precise.get(one.name, ""),
            damaged=_about(one, notes),
            elsewhere=not said.complete and running.by_another(one),
        )
        for one, said in found.items()
    ]
    readable.sort(key=lambda one: one.folder.name, reverse=True)
    broken = [PastRun(one, None, "", why) for one, why in unreadable_runs(root).items()]
    return readable + broken


def _counted(folder: Path, manifest: Manifest) -> Manifest:
    """The manifest with what is finished: that of a killed run does not know it."""
    if manifest.complete:
        return manifest
    there = count_in(folder, manifest.policies)
    return replace(manifest, replications=max(manifest.replications, there))


def _about(folder: Path, notes: Sequence[str]) -> str:
    """What is said of the files in a folder."""
    return "\n".join(note for note in notes if f"{folder}{os.sep}" in note)


def _precisions(root: Path) -> tuple[dict[str, str], Sequence[str]]:
    """For each finished run, how precisely it knows the first measure of the headline.

    Returns:
        That, and what is to be said of files that cannot be read.
    """
    try:
        answer = query_runs(root, _PRECISION)
    except ExperimentError:
        return {}, ()
    rows = answer.rows
    found: dict[str, dict[str, float]] = {}
    for run, measure, half_width in rows:
        found.setdefault(run, {})[measure] = half_width
    return {run: text for run, known in found.items() for text in _first(known)}, answer.notes


def _first(known: dict[str, float]) -> Iterator[str]:
    # The wait says most to a manager; the shares come after it.
    for name in (_WAIT, *CANDIDATES):
        if name in known:
            words = "wait" if name == _WAIT else short_title(name)
            yield f"{words} {numbers.margin(known[name], MEASURES[name].unit)}"
            return
