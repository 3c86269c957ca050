"""The store: a run is a folder, whole when it has its name.

    runs/2025-11-21-184310-retail-complaints/
        manifest.json      what was run, from what, with what, when
        scenario.toml      the complete scenario
        dictionary.csv     tables, columns and measures: type, unit, meaning, equation
        measures.parquet  intervals.parquet  endings.parquet  waits.parquet  accounts.parquet
        comparison.parquet  accounting.parquet
        traces/            only when asked for

Until it is complete the folder's name ends in ``.unfinished``, and the finished replications are
kept in it. The tables are written before charts and report are made; the name comes last. There is
no server: a folder with its name never changes again, and an unfinished one is locked by the
process that runs in it (``running``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from results.comparison.comparison import Comparison
from results.comparison.table import COMPARISON, comparison_table
from results.errors import writing
from results.experiments.experiment import Experiment
from results.runs import finished_replications as kept
from results.runs import parquet, running
from results.runs.dictionary import write_dictionary
from results.runs.listing import list_runs, unfinished, unreadable_runs
from results.runs.manifest import (
    MANIFEST,
    UNFINISHED,
    Manifest,
    read_manifest,
    write_manifest,
)
from results.runs.names import SCENARIO
from results.runs.origin import Origin
from results.runs.past import Run, open_run
from results.runs.tables import tables_of
from results.why.accounting import accountings, keeps_accounts
from results.why.table import ACCOUNTING, accounting_table
from scenarios import Scenario
from scenarios.save import dump

__all__ = [
    "MANIFEST",
    "SCENARIO",
    "UNFINISHED",
    "Manifest",
    "Run",
    "begin",
    "begun_again",
    "finish",
    "list_runs",
    "open_run",
    "read_manifest",
    "repaired",
    "unfinished",
    "unreadable_runs",
]


def begin(  # noqa: PLR0913 - what a manifest says
    root: Path,
    name: str,
    scenario: Scenario,
    scenario_text: str,
    seed: int,
    command: str = "",
    policies: Sequence[str] = (),
    planned: int = 0,
    *,
    file: str = "",
    precision: str = "",
    centres: int = 0,
) -> Path:
    """Make the unfinished folder of a new run.

    Args:
        root: where run folders are, ``runs`` for example; made when it is not there.
        name: of the scenario, for the folder's name.
        scenario: the scenario that will be run, changes applied.
        scenario_text: the same as TOML.
        seed: of the experiment.
        command: that was given, for the manifest.
        policies: that were asked for; a run that is killed can resume with the same.
        planned: replications that were asked for under each policy.
        file: the scenario file, its whole path; empty for a shipped one.
        precision: that was asked for instead of a number of replications, as it is typed.
        centres: that fit the figures, asked for as well.

    Raises:
        ExperimentError: the folder cannot be made.
    """
    now = datetime.now(UTC)
    stem = f"{now:%Y-%m-%d-%H%M%S}-{re.sub(r'[^A-Za-z0-9._-]+', '-', name).strip('-.') or 'run'}"
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        folder = _made(root, stem)
        (folder / SCENARIO).write_text(scenario_text, encoding="utf-8")
        origin = Origin.of(scenario, seed)
        said = (_written(name), _written(command), _iso(now))
        manifest = Manifest(
            *said,
            origin,
            policies=tuple(policies),
            planned=planned,
            file=_written(file),
            precision=precision,
            centres=centres,
        )
        write_manifest(folder, manifest)
    running.claim(folder)
    return folder


def begun_again(
    folder: Path, experiment: Experiment, name: str = "", command: str = "", file: str = ""
) -> None:
    """Make the folder of a run anew that somebody deleted while it ran; what was found is not lost.

    Args:
        folder: that is gone, or holds only what was kept since.
        experiment: what was run.
        name: of the scenario; that in the folder's name when it is empty.
        command: that was given.
        file: the scenario file, its whole path.

    Raises:
        ExperimentError: it cannot be made.
    """
    origin = Origin.of(experiment.scenario, experiment.seed)
    called = name or re.sub(r"^[\d-]{18}", "", folder.name.removesuffix(UNFINISHED))
    said = (_written(called), _written(command), _iso(datetime.now(UTC)))
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SCENARIO).write_text(dump(experiment.scenario), encoding="utf-8")
        write_manifest(folder, Manifest(*said, origin, file=_written(file)))


def repaired(
    folder: Path, name: str, command: str, policies: Sequence[str], planned: int
) -> Manifest | None:
    """Write the manifest of an unfinished run anew, from what its replications say.

    Args:
        folder: of the run, whose manifest is damaged.
        name: of the scenario.
        command: that resumes the run.
        policies: that are asked for now.
        planned: replications that are asked for now.

    Returns:
        The manifest; None where the replications do not say what they were made from.

    Raises:
        ExperimentError: it cannot be written.
    """
    origin = kept.origin_of(folder)
    if origin is None:
        return None
    said = (_written(name), _written(command), _iso(datetime.now(UTC)))
    manifest = Manifest(*said, origin, policies=tuple(policies), planned=planned)
    with writing(folder):
        write_manifest(folder, manifest)
    return manifest


def finish(folder: Path, experiment: Experiment, comparison: Comparison | None = None) -> Path:
    """Write the tables of a run; a complete one gets its name.

    An interrupted run stays unfinished, with tables of what is there, and can be resumed.

    Args:
        folder: from ``begin``, with whatever else belongs to the run (charts, a report).
        experiment: what was run.
        comparison: its policies compared.

    Returns:
        The folder under the name that it has now.

    Raises:
        ExperimentError: something cannot be written; what was kept stays.
    """
    write_tables(folder, experiment, comparison)
    return give_name(folder)


def write_tables(
    folder: Path,
    experiment: Experiment,
    comparison: Comparison | None = None,
    *,
    whole: bool = True,
) -> None:
    """Write what was found, so that it is safe before anything is made of it; no name yet.

    Args:
        folder: from ``begin``.
        experiment: what was run.
        comparison: its policies compared.
        whole: nothing else that was asked for is still to be simulated.

    Raises:
        ExperimentError: something cannot be written; what was kept stays.
    """
    if not (folder / MANIFEST).exists():
        begun_again(folder, experiment)
    with writing(folder):
        if experiment.finished:
            parquet.write(folder, tables_of(experiment.finished))
        if comparison is not None:
            parquet.write(folder, {COMPARISON: comparison_table(comparison)})
            if keeps_accounts(experiment):
                found = accountings(experiment).values()
                parquet.write(folder, {ACCOUNTING: accounting_table(found)})
    manifest = replace(
        read_manifest(folder),
        ended=_iso(datetime.now(UTC)),
        complete=experiment.complete and whole,
        policies=experiment.policies,
        planned=experiment.planned,
        replications=len(experiment.replications),
        verdicts=dict(comparison.verdicts) if comparison is not None else {},
    )
    with writing(folder):
        write_dictionary(folder)
        write_manifest(folder, manifest)


def give_name(folder: Path) -> Path:
    """Give the folder of a complete run its name; that of an interrupted one stays as it is.

    Args:
        folder: with its tables, and whatever else belongs to the run (charts, a report).

    Returns:
        The folder under the name that it has now.

    Raises:
        ExperimentError: it cannot be renamed.
    """
    complete = read_manifest(folder).complete
    running.release(folder)
    if not complete:
        return folder
    with writing(folder):
        kept.drop(folder)
        return folder.rename(folder.with_name(folder.name.removesuffix(UNFINISHED)))


def _made(root: Path, stem: str) -> Path:
    """A new folder, numbered when the second has seen another run begin."""
    for number in count(1):
        folder = root / (stem if number == 1 else f"{stem}-{number}")
        if folder.exists():
            continue
        try:
            unfinished_folder = folder.with_name(folder.name + UNFINISHED)
            unfinished_folder.mkdir()
        except FileExistsError:
            continue
        if folder.exists():
            # A run that began in the same second got its name in between.
            unfinished_folder.rmdir()
            continue
        return unfinished_folder
    raise AssertionError("numbers do not end")


def _written(text: str) -> str:
    """Text as it can be written: a file's name need not be."""
    return text.encode("utf-8", "replace").decode()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
