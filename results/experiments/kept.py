"""Kept replications: what is finished is on disk as it comes, so that a killed run resumes."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from results.errors import ExperimentError, writing
from results.facts.traces import trace_tables
from results.runs import parquet
from results.runs.origin import Origin
from results.runs.tables import TABLES, Key, named, summaries_of, tables_of
from results.summary import Summary
from scenarios import Scenario
from sim import Trace

KEPT = "kept"
TRACES = "traces"
ORIGIN = "origin.json"


class Kept:
    """The finished replications in a folder, a folder for each, there or not there as a whole.

    Two runs of the same experiment may share the folder: they write the same.
    """

    def __init__(self, folder: Path, scenario: Scenario, seed: int, *, traces: bool) -> None:
        """Open the folder for an experiment, or make it.

        Args:
            folder: the run folder.
            scenario: of the experiment.
            seed: of the experiment.
            traces: keep the traces as well.

        Raises:
            ExperimentError: the folder keeps replications of another experiment.
        """
        self.traces = traces
        self._folder = folder
        origin = Origin.of(scenario, seed)
        there = origin_of(folder)
        if there is None:
            with writing(folder):
                (folder / KEPT).mkdir(parents=True, exist_ok=True)
                _write(folder / KEPT / ORIGIN, origin)
        elif differences := origin.differences(there):
            raise ExperimentError(
                f"{folder} keeps replications of another experiment: {', '.join(differences)}. "
                "Resume with what they were made with, or choose another folder."
            )

    def read(self, policy: str, replication: int) -> Summary | None:
        """The summary that is kept; None when there is none, or none of the wanted traces."""
        place = self._place(policy, replication)
        if not place.is_dir() or (self.traces and not (place / TRACES).exists()):
            return None
        return summaries_of(parquet.read(place, TABLES))[policy, replication]

    def write(self, policy: str, replication: int, summary: Summary, trace: Trace | None) -> None:
        """Keep a finished replication: written under another name, then renamed.

        Raises:
            ExperimentError: it cannot be written.
        """
        place = self._place(policy, replication)
        with writing(self._folder):
            place.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=place.parent, ignore_cleanup_errors=True) as new:
                whole = Path(new) / "whole"
                whole.mkdir()
                parquet.write(whole, tables_of({(policy, replication): summary}))
                if trace is not None:
                    _write_trace(whole / TRACES, (policy, replication), trace)
                shutil.rmtree(place, ignore_errors=True)
                whole.rename(place)

    def _place(self, policy: str, replication: int) -> Path:
        return self._folder / KEPT / quote(policy, safe="") / str(replication)


def origin_of(folder: Path) -> Origin | None:
    """What the replications kept in a folder were made from; None when it keeps none.

    Raises:
        ExperimentError: the file that says so cannot be read.
    """
    path = folder / KEPT / ORIGIN
    if not path.exists():
        return None
    try:
        return Origin.read(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError) as error:
        raise ExperimentError(
            f"{path} does not say what was kept there: {error}. Delete {folder} and run again."
        ) from error


def holds_anything(folder: Path) -> bool:
    """Whether a replication was finished in a run folder."""
    return any((folder / KEPT).glob("*/*/*.parquet"))


def drop(folder: Path) -> None:
    """Leave the traces where a reader looks for them, and nothing else of what was kept."""
    kept = folder / KEPT
    for path in sorted(kept.glob(f"*/*/{TRACES}/*.parquet")):
        policy, replication = path.parts[-4:-2]
        place = folder / TRACES / path.stem / f"{policy}-{replication}.parquet"
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    shutil.rmtree(kept, ignore_errors=True)


def _write_trace(folder: Path, key: Key, trace: Trace) -> None:
    folder.mkdir()
    tables = trace_tables(trace)
    parquet.write(folder, {name: named(key, columns) for name, columns in tables.items()})


def _write(path: Path, origin: Origin) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(origin), indent=2), encoding="utf-8")
    new.replace(path)
