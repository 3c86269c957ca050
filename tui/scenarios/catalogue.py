"""The catalogue: shipped scenarios, the user's own files and the latest runs, for one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from results.runs.names import SCENARIO
from scenarios import Problem, library
from scenarios.checks.outline import Outline, outline
from tui.shell import scenario_file
from tui.shell.run_facts import moment

if TYPE_CHECKING:
    from results.runs.manifest import Manifest

Kind = Literal["shipped", "own", "run"]

KINDS: dict[Kind, str] = {"own": "yours", "shipped": "shipped", "run": "run"}
"""What the kinds are called in the table."""

LATEST_RUNS = 5

FOLDER = 20
"""Columns for the folder of a file that lies elsewhere."""


@dataclass(frozen=True)
class Entry:
    """One row: a scenario file, or the folder of a run."""

    kind: Kind
    path: Path
    name: str
    title: str = ""
    comment: str = ""
    """What the file opens with, or its story."""
    outline: Outline | None = None
    """None when the file cannot be used."""
    problems: tuple[Problem, ...] = ()
    last_run: str = ""
    """When it was run last, ISO 8601 in UTC; empty for never."""
    run: Manifest | None = None

    @property
    def file(self) -> Path:
        """The scenario file: that of a run lies in its folder."""
        return self.path / SCENARIO if self.kind == "run" else self.path

    @property
    def called(self) -> str:
        """Its name; with its folder where that is another one than this."""
        if self.kind != "own" or self.path.parent == Path.cwd():
            return self.name
        folder = scenario_file.at_home(self.path.parent)
        short = folder if len(folder) <= FOLDER else f"…{folder[1 - FOLDER :]}"
        return f"{self.name} in {short}"

    @property
    def cells(self) -> list[str | Text]:
        """Name, kind, last run."""
        kind, last = Text(KINDS[self.kind], "$muted"), moment(self.last_run)
        if self.problems:
            return [Text(f"✗ {self.called}", "$error"), kind, last]
        return [self.called, kind, last]


def places(folder: Path, recent: Iterable[str]) -> list[tuple[Kind, Path]]:
    """Where scenario files are: the shipped, those in a folder, those opened recently elsewhere."""
    shipped = [library.path_of(name).resolve() for name in library.names()]
    found = scenario_file.own_files(folder)
    found += [Path(one) for one in recent if Path(one).is_file()]
    known, own = set(shipped), []
    for path in found:
        if path.resolve() not in known:
            known.add(path.resolve())
            own.append(path.resolve())
    kinds: list[tuple[Kind, Path]] = [("own", path) for path in own]
    return kinds + [("shipped", path) for path in shipped]


def entry_of(kind: Kind, path: Path, last_runs: dict[str, str]) -> Entry:
    """Read a scenario file for the table.

    Args:
        kind: whose it is.
        path: of the file.
        last_runs: from ``last_runs_of``.
    """
    found = scenario_file.read(path)
    comment = library.opening_comment(found.document)
    last = last_run_of(kind, path, last_runs)
    scenario = found.scenario
    if scenario is None:
        return Entry(kind, path, found.name, "", comment, None, found.problems, last)
    text = comment or scenario.story
    return Entry(kind, path, found.name, scenario.title, text, outline(scenario), (), last)


def manifests(root: Path) -> dict[Path, Manifest]:
    """The finished runs that can be read, the latest first."""
    from results.runs.listing import list_runs

    return dict(reversed(list_runs(root).items()))


def last_runs_of(runs: dict[Path, Manifest]) -> dict[str, str]:
    """When each scenario was run last, by its file; by its name where no file is known."""
    last: dict[str, str] = {}
    for manifest in runs.values():
        key = manifest.file or manifest.name
        last[key] = max(last.get(key, ""), manifest.started)
    return last


def last_run_of(kind: Kind, path: Path, last_runs: dict[str, str]) -> str:
    """When a scenario file was run last, ISO 8601 in UTC; empty for never.

    Runs of a shipped scenario, and those of earlier versions, know its name alone: that is taken
    for the file of this folder, and for no other of the same name.
    """
    by_name = last_runs.get(path.stem, "")
    if kind == "shipped":
        return by_name
    here = path.parent == Path.cwd() and path.stem not in library.names()
    return max(last_runs.get(str(path), ""), by_name if here else "")


def named(folder: Path, recent: Iterable[str]) -> Iterator[Entry]:
    """The scenario files by their names alone, before any of them is read."""
    for kind, path in places(folder, recent):
        yield Entry(kind, path, path.stem)


def read(folder: Path, runs: Path, recent: Iterable[str]) -> Iterator[Entry]:
    """Everything for the table: own files, shipped ones, the latest runs.

    Args:
        folder: where the user's own files are.
        runs: where run folders are.
        recent: paths of the files opened recently.
    """
    past = manifests(runs)
    last = last_runs_of(past)
    for kind, path in places(folder, recent):
        yield entry_of(kind, path, last)
    yield from run_entries(past)


def run_entries(runs: dict[Path, Manifest]) -> Iterator[Entry]:
    """The latest runs as rows."""
    for folder, manifest in list(runs.items())[:LATEST_RUNS]:
        found = scenario_file.read(folder / SCENARIO)
        size = outline(found.scenario) if found.scenario else None
        title = found.scenario.title if found.scenario else ""
        yield Entry(
            "run",
            folder,
            manifest.name,
            title,
            outline=size,
            problems=found.problems,
            last_run=manifest.started,
            run=manifest,
        )
